import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { epidemicVerifiers } from "../../../main/analyst/epidemic-verifiers.ts";
import { formatReport, verifyFile } from "../../../main/analyst/verify.ts";
import { expectFacts, referencesOf } from "../../fixtures/references/facts.ts";

const FAMILIES = ["rt", "hospital", "nowcast", "levels"] as const;

describe("the numbers of published implementations are reached", () => {
	for (const family of FAMILIES)
		for (const reference of referencesOf(family))
			it(
				`${family}: ${reference.name}`,
				() => expectFacts(reference, epidemicVerifiers),
				180_000,
			);

	it("a number that is off by a thousandth is found, and one that is not recomputed", async () => {
		const [reference] = referencesOf("rt");
		if (!reference) throw new Error("no reference");
		const [first = [], ...others] = reference.facts;
		const wrong = [...first.slice(0, -1), 1.001 * Number(first.at(-1))];
		for (const facts of [[wrong, ...others], [["windows", 0, "mode", 1]]])
			await expect(
				expectFacts({ ...reference, facts }, epidemicVerifiers),
			).rejects.toThrow(reference.source);
	});
});

const WHOLE = "../shared/refs";
if (existsSync(WHOLE))
	describe("every value of the whole reference files is reached to its tolerance", () => {
		for (const family of FAMILIES) {
			const folder = `${WHOLE}/${family}`;
			const files = existsSync(folder)
				? readdirSync(folder).filter((name) => name.endsWith(".json"))
				: [];
			for (const file of files)
				it(`${family}/${file}`, async () => {
					const report = await verifyFile(
						`${folder}/${file}`,
						epidemicVerifiers,
					);
					expect(report.outcome, formatReport(report)).toBe("pass");
					// The uncertain serial interval draws 22 million values of R.
				}, 180_000);
		}
	});
