import { readDay, readDayInWords } from "../reading/cell.ts";
import type { Reading } from "../reading/fault.ts";
import { type Day, dayFromIso } from "../series/day.ts";
import type { DayForm, Thousands } from "./mapping.ts";

/** `5/4/2020`, `05-04-2020 00:00`: three numbers, the year last and whole, parted by one sign. A year of two digits is no year: it may be a day. */
const YEAR_LAST =
	/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$/;

/** The numbers of a day that is written with the year last; undefined for other text. */
export function partsOfDay(
	text: string,
): { first: number; second: number; year: number } | undefined {
	const [, first, , second, year] = YEAR_LAST.exec(text.trim()) ?? [];
	return year === undefined
		? undefined
		: { first: Number(first), second: Number(second), year: Number(year) };
}

/**
 * Reads a day in the form that is stated. A day that begins with its year is the same in every form and is read in all of them.
 * @param dayZero the day that the workbook counts as 0; null: the table is no workbook, and a number is no day
 */
export function readDayAs(
	text: string,
	form: DayForm,
	dayZero: Day | null,
): Reading<Day> {
	const iso = readDay(text, "day-and-time");
	if (iso.ok || iso.reason === "impossible-day") return iso;
	const counted = dayZero === null ? undefined : countedDay(text, dayZero);
	if (counted !== undefined) return { ok: true, value: counted };
	if (form === "iso") return iso;
	if (form === "words") return readDayInWords(text);
	const parts = partsOfDay(text);
	if (!parts)
		return {
			ok: false,
			reason: "not-a-day",
			expected:
				form === "day-month-year"
					? "a day such as 12/04/2020 (day first)"
					: "a day such as 04/12/2020 (month first)",
		};
	const { first, second, year } = parts;
	const [day, month] =
		form === "day-month-year" ? [first, second] : [second, first];
	const two = (number: number) => String(number).padStart(2, "0");
	const value = dayFromIso(`${year}-${two(month)}-${two(day)}`);
	return value === undefined
		? {
				ok: false,
				reason: "impossible-day",
				expected: `a day of the calendar, ${form === "day-month-year" ? "day" : "month"} first`,
			}
		: { ok: true, value };
}

/** Days among which a number of a cell may be one: 2000 to 2099. */
const FIRST = 10_957;
const LAST = 47_481;

/** A day that is written as the number by which Excel counts it. */
export function countedDay(text: string, dayZero: Day): Day | undefined {
	const value = /^\d{5}$/.test(text.trim())
		? Number(text) + dayZero
		: Number.NaN;
	return value >= FIRST && value <= LAST ? value : undefined;
}

const GROUPED = {
	point: /^\d{1,3}(?:\.\d{3})+$/,
	comma: /^\d{1,3}(?:,\d{3})+$/,
} as const;

/** By what the thousands of a count seem to be parted; null where they are not. */
export function thousandsIn(text: string): Exclude<Thousands, "none"> | null {
	const found = text.trim();
	if (GROUPED.point.test(found)) return "point";
	return GROUPED.comma.test(found) ? "comma" : null;
}

/** A count without the signs between its thousands, where they are what was stated; other text as it is. */
export function withoutThousands(text: string, thousands: Thousands): string {
	return thousands !== "none" && thousandsIn(text) === thousands
		? text.trim().replace(/[.,]/g, "")
		: text;
}
