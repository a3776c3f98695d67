import { OXYGEN, watchedIn } from "../../core/logistics/watched-item.ts";
import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { StockRow } from "../reports/report.ts";
import type { ReceivedFile } from "./received-file.ts";
import { sheetFile } from "./received-file.ts";
import type { ShelfLine } from "./stock-movements.ts";

/** Sheets cover a week; the first that is sent is of this day of the exercise, so that the opening holds two. */
const PERIOD = 7;
const FIRST_SHEET_DAY = 293;

const FAULT = {
	/** A facility sends no sheet. */
	silent: 0.12,
	/** Closing is copied from the week before instead of counted. */
	notCounted: 0.004,
	/** A sign slipped in. */
	negative: 0.0004,
} as const;

/** Share of a shelf that is of an older lot, which expires sooner. */
const OLDER = 0.3;

/** The sheets of stock (LPLPO) of a week; null on every other day. What moved before the first week is taken from the lines and not sent. */
export function stockSheets(
	number: number,
	at: Day,
	taken: () => ShelfLine[],
	random: Random,
	write: boolean,
): ReceivedFile | null {
	if (
		number < FIRST_SHEET_DAY - PERIOD ||
		(number - FIRST_SHEET_DAY) % PERIOD !== 0
	)
		return null;
	const lines = taken();
	if (number < FIRST_SHEET_DAY) return null;
	const rows: StockRow[] = [];
	const silent = new Map<string, boolean>();
	for (const { code, column, received, used, left } of lines) {
		if (!silent.has(code)) silent.set(code, random.uniform() < FAULT.silent);
		const chance = random.uniform();
		const days = 30 + random.integer(600);
		if (silent.get(code)) continue;
		const opening = left - received + used;
		const closing =
			chance < FAULT.negative
				? -left
				: chance > 1 - FAULT.notCounted
					? opening
					: left;
		const { item } = watchedIn(column);
		const row: StockRow = {
			facility: code,
			item,
			day: at,
			firstDay: at - PERIOD + 1,
			asOf: at,
			line: 0,
			values: {
				opening,
				received,
				used,
				closing,
				requested: Math.max(0, Math.round(3 * used - left)),
			},
		};
		if (item === OXYGEN || left <= 0) rows.push(row);
		else {
			const older = Math.round(left * OLDER);
			rows.push({
				...row,
				lot: {
					id: `B${at % 1000}`,
					units: left - older,
					expires: at + days + 365,
				},
			});
			if (older > 0)
				rows.push({
					...row,
					values: {},
					lot: { id: `A${at % 1000}`, units: older, expires: at + days },
				});
		}
	}
	return write ? sheetFile(at, rows) : null;
}
