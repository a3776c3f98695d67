import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { API_DOC, apiDoc } from "./api-doc.ts";

test("docs/api.md is what the table of the contract says (npm run api-doc writes it)", () => {
	expect(readFileSync(API_DOC, "utf8")).toBe(apiDoc());
});
