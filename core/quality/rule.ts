import { found } from "../series/found.ts";

/**
 * The rules of reconciliation, each named in the data it marks. A fact carries the rule that chose its value and a set of marks
 * (core/series/mark). Ids are stored in feed and replica: never reuse one.
 */
export const RULES = [
	{
		id: 1,
		key: "only-source",
		id_text: "Satu-satunya sumber untuk sel ini.",
		en_text: "The only source for this cell.",
	},
	{
		id: 2,
		key: "source-order",
		id_text:
			"Beberapa sumber melapor; dipakai sumber dengan urutan tertinggi untuk tingkat wilayah ini.",
		en_text:
			"Several sources reported; the one that ranks first for this level of area is used.",
	},
	{
		id: 3,
		key: "sum-of-areas",
		id_text:
			"Jumlah wilayah di bawahnya yang melapor pada hari itu; wilayah yang diam tidak dihitung nol, tetapi disebut.",
		en_text:
			"Sum of the areas below that reported on the day; silent areas are named, not counted as zero.",
	},
	{
		id: 4,
		key: "silent",
		id_text: "Laporan diharapkan tetapi tidak ada; tidak ada nilai.",
		en_text: "A report was expected but none came; there is no value.",
	},
	{
		id: 5,
		key: "implausible-zero",
		id_text:
			"Nol menggantikan angka kumulatif yang sudah lebih besar: dianggap laporan hilang, bukan nol.",
		en_text:
			"A zero stands where the cumulative count was already larger: taken as a missing report, not as zero.",
	},
	{
		id: 6,
		key: "carried-forward",
		id_text:
			"Sumber ini hanya menulis hari yang berubah; nilai terakhirnya berlaku sampai baris berikutnya.",
		en_text:
			"This source writes only days that changed; its last value holds until its next row.",
	},
	{
		id: 7,
		key: "withdrawn",
		id_text:
			"Yang pernah dilaporkan untuk sel ini ditarik kembali; tidak ada sumber lain yang menyebutnya.",
		en_text:
			"What was reported for this cell was taken back; no other source speaks of it.",
	},
	{
		id: 8,
		key: "decision",
		id_text:
			"Ditetapkan oleh pengelola data; siapa, mengapa dan sampai kapan tercatat di jejak audit.",
		en_text:
			"Decided by a data manager; who, why and until when stands in the audit trail.",
	},
] as const;

export type RuleKey = (typeof RULES)[number]["key"];

export function ruleById(id: number): (typeof RULES)[number] | undefined {
	return RULES.find((rule) => rule.id === id);
}

export function ruleId(key: RuleKey): number {
	return found(
		RULES.find((rule) => rule.key === key),
		`rule ${key}`,
	).id;
}
