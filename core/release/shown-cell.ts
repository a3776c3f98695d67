import type { CountedTable } from "./counted-table.ts";
import type { Statement } from "./disclosure.ts";

/** What a release says of each cell. */
export interface ReleasedTable extends Statement {
	/** By cell: 1 where a sum lacks an area that was expected. */
	readonly partial: Uint8Array;
	/** Where each area lies, by code: of areas without a place there is none. */
	readonly places: ReadonlyMap<string, readonly [lng: number, lat: number]>;
}

/** How a cell stands: its code in the files, and what that means in both languages. */
export const CELL_STATES = {
	tersedia: ["angka tersedia", "the count is shown"],
	sebagian: [
		"angka tersedia, sebagian wilayah di bawahnya belum melapor",
		"the count is shown; some of the areas below did not report",
	],
	dirahasiakan: [
		"dirahasiakan agar tidak seorang pun dikenali",
		"withheld so that nobody can be recognised",
	],
	"tidak-dilaporkan": [
		"tidak ada laporan, atau kurang dari separuh wilayah di bawahnya melapor",
		"no report, or fewer than half of the areas below reported",
	],
} as const;
export type CellState = keyof typeof CELL_STATES;

/** What anybody outside is told of a cell. */
export interface ShownCell {
	readonly state: CellState;
	/** null where there is no count to show. */
	readonly value: number | null;
}

/** A count as it is shown. */
export function shownValue(value: number, rounding: number): number {
	return Math.round(value / rounding) * rounding;
}

/** The one place that says what leaves the house of a cell: every file and picture of a release is made from it. */
export function shownCell(
	{ table, shown, partial, recipe }: Omit<ReleasedTable, "places">,
	cell: number,
): ShownCell {
	const value = table.values[cell] as number;
	if (Number.isNaN(value)) return { state: "tidak-dilaporkan", value: null };
	if (!shown[cell]) return { state: "dirahasiakan", value: null };
	return {
		state: partial[cell] ? "sebagian" : "tersedia",
		value: shownValue(value, recipe.rounding),
	};
}

/** How much is withheld of the counts of an indicator and level that were reported. */
export interface WithheldShare {
	readonly indicator: CountedTable["indicators"][number];
	readonly level: CountedTable["areas"][number]["level"];
	readonly withheld: number;
	readonly reported: number;
}

/** How much is withheld, by indicator and level. */
export function withheldShares(
	content: Omit<ReleasedTable, "places">,
): WithheldShare[] {
	const { indicators, areas, days } = content.table;
	const levels = [...new Set(areas.map(({ level }) => level))];
	return indicators.flatMap((indicator, of) =>
		levels.map((level) => {
			let withheld = 0;
			let reported = 0;
			areas.forEach((area, at) => {
				if (area.level !== level) return;
				const first = (of * areas.length + at) * days.length;
				for (let cell = first; cell < first + days.length; cell++) {
					const { state } = shownCell(content, cell);
					if (state !== "tidak-dilaporkan") reported++;
					if (state === "dirahasiakan") withheld++;
				}
			});
			return { indicator, level, withheld, reported };
		}),
	);
}
