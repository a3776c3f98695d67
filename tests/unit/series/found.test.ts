import { expect, test } from "vitest";
import { feedTable } from "../../../core/feed/table.ts";
import { ruleId } from "../../../core/quality/rule.ts";
import { found } from "../../../core/series/found.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";

test("what must be there and is not is named, and is never a value that goes on as nothing", () => {
	expect(found(0, "a count")).toBe(0);
	expect(() => found(undefined, "a count")).toThrow("a count is not there");
	expect(() => indicatorByKey("infected" as "confirmed")).toThrow(
		"indicator infected is not there",
	);
	expect(() => feedTable("rumour" as "fact")).toThrow(
		"feed table rumour is not there",
	);
	expect(() => ruleId("guess" as "only-source")).toThrow(
		"rule guess is not there",
	);
});
