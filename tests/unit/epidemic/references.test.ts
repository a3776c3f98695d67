import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { epidemicVerifiers } from "../../../main/analyst/epidemic-verifiers.ts";
import { formatReport, verifyFile } from "../../../main/analyst/verify.ts";

const REFERENCES = "../shared/refs";

describe.skipIf(!existsSync(REFERENCES))(
	"every published epidemic reference is reached to its tolerance",
	() => {
		for (const family of ["rt", "hospital", "nowcast", "levels"]) {
			const folder = `${REFERENCES}/${family}`;
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
	},
);
