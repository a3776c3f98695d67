/**
 * The supplies that facilities state in their daily report, and what each is in the catalogue of items. The report counts in the unit of the
 * catalogue, so that a stock can be held against a need without a factor.
 */

import { REPORT_COLUMNS, type ReportColumn } from "../facilities/report.ts";
import { found } from "../series/found.ts";
import type { SupplyItem } from "./catalogue.ts";

/** A column of the daily report that states what lies on the shelf at the end of the day. */
export type StockColumn = Extract<ReportColumn, `stock_${string}`>;

/** All of them, in the order of the report. */
export const STOCK_COLUMNS = REPORT_COLUMNS.filter(
	(column): column is StockColumn => column.startsWith("stock_"),
);

export interface WatchedItem {
	readonly column: StockColumn;
	/** Id of the item in the catalogue for which the column stands. */
	readonly item: string;
	/** Other items of the catalogue that the report counts in the same column: their needs draw on the same shelf. */
	readonly alsoCounts: readonly string[];
	/** In which the column, the sheet and the catalogue count. */
	readonly unit: "piece" | "pair" | "m3" | "test" | "set";
}

/** Oxygen is no row of the catalogue of supplies, since its need follows from flows (core/logistics/oxygen); its stock is cubic metres of gas. */
export const OXYGEN = "oxygen";

/** In the order of the report. */
export const WATCHED_ITEMS: readonly WatchedItem[] = [
	{
		column: "stock_gown",
		item: "gown-protective",
		alsoCounts: [],
		unit: "piece",
	},
	{
		column: "stock_respirator",
		item: "respirator",
		alsoCounts: [],
		unit: "piece",
	},
	{
		column: "stock_mask",
		item: "mask-health-worker",
		alsoCounts: ["mask-patient"],
		unit: "piece",
	},
	{
		column: "stock_gloves",
		item: "gloves-examination",
		alsoCounts: [],
		unit: "pair",
	},
	{
		column: "stock_face_shield",
		item: "face-shield",
		alsoCounts: [],
		unit: "piece",
	},
	{
		column: "stock_oxygen_m3",
		item: OXYGEN,
		alsoCounts: [],
		unit: "m3",
	},
	{
		column: "stock_reagent",
		item: "pcr-kit-manual",
		alsoCounts: ["pcr-test-high-throughput"],
		unit: "test",
	},
	{
		column: "stock_vtm",
		item: "swab-vtm",
		alsoCounts: [],
		unit: "set",
	},
];

/** The item of a column. */
export function watchedIn(column: StockColumn): WatchedItem {
	return found(
		WATCHED_ITEMS.find((watched) => watched.column === column),
		`the watched item of ${column}`,
	);
}

/** What is watched of an item of the catalogue; undefined: the daily report does not state it. */
export function watchedAs(item: string): WatchedItem | undefined {
	return WATCHED_ITEMS.find(
		(watched) => watched.item === item || watched.alsoCounts.includes(item),
	);
}

/**
 * Units in a pack of a watched item.
 * @param items those of the catalogue that applies
 * @returns undefined where no pack is known
 */
export function packSizeOf(
	watched: WatchedItem,
	items: readonly Pick<SupplyItem, "id" | "pack">[],
): number | undefined {
	return items.find(({ id }) => id === watched.item)?.pack?.size;
}
