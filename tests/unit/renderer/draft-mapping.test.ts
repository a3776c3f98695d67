import { expect, test } from "vitest";
import type { MappingDraft } from "../../../core/api/tables.ts";
import { faultsOf } from "../../../core/mapping/mapping.ts";
import { READING_REASONS } from "../../../core/reading/fault.ts";
import { ROW_REASONS } from "../../../hub/reports/report.ts";
import { integrationEn } from "../../../renderer/i18n/integration-en.ts";
import { integrationId } from "../../../renderer/i18n/integration-id.ts";
import {
	absentColumns,
	withoutColumn,
} from "../../../renderer/screens/integrasi/draft-mapping.ts";

const column = (
	name: string,
	meaning: MappingDraft["columns"][number]["meaning"],
	otherNames: string[] = [],
) => ({ name, otherNames, meaning });
const DRAFT: MappingDraft = {
	...{ level: "regency", thousands: "none", encoding: "utf-8" },
	columns: [
		column("Kode", { is: "area", scheme: "bps" }),
		column("Positif", { is: "count", indicator: "confirmed" }, ["Kasus"]),
		column("ODP", { is: "count", indicator: "odp" }),
	],
};

test("a column that a source sends no longer is shown beside those of the file, and can be taken out of the mapping", () => {
	const header = ["KODE", "Kasus", "Suspek"];
	expect(absentColumns(DRAFT, header).map(({ name }) => name)).toEqual(["ODP"]);
	const left = withoutColumn(DRAFT, "ODP");
	expect(absentColumns(left, header)).toEqual([]);
	expect(faultsOf(left)).toEqual([]);
});

test("whatever reason a line is refused for has its words, and says in the language of the screen what was expected", () => {
	const all = [...READING_REASONS, ...ROW_REASONS].sort();
	for (const { quarantine } of [integrationId, integrationEn])
		for (const words of [quarantine.reasons, quarantine.expects])
			expect(Object.keys(words).sort()).toEqual(all);
	for (const [reason, text] of Object.entries(integrationId.quarantine.expects))
		expect(text, reason).not.toBe(
			integrationEn.quarantine.expects[
				reason as keyof typeof integrationEn.quarantine.expects
			],
		);
});
