import { expect, test } from "vitest";
import { whyItEnded } from "../../../hub/store/postgres-programs.ts";

test.each([0xc0000135, 0xc0000135 | 0])(
	"a database that Windows does not start for want of a library says which installer brings it (%i)",
	(code) => {
		expect(whyItEnded("initdb.exe", code, "")).toMatch(
			/Visual C\+\+ Redistributable/,
		);
	},
);
test("a program of the database that fails is quoted", () => {
	expect(
		whyItEnded("initdb", 1, "creating …\ninitdb: error: no space left\n"),
	).toBe("initdb ended with 1:\ncreating …\ninitdb: error: no space left");
	expect(whyItEnded("pg_ctl", 1, "")).toBe("pg_ctl ended with 1");
});
