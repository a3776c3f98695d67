import { type Day, dayFromIso, dayInWib } from "../series/day.ts";
import type { Reading } from "./fault.ts";

/** How a file may speak of a day: alone, or with the time by the source's own clock behind it. */
export type DayForm = "day" | "day-and-time";

const DAY_AND_TIME =
	/^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const MIDNIGHT = /^\d{4}-\d{2}-\d{2}(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?$/;

/** What databases and statistics programs write for "nothing is known": no value, and never 0. */
export function isNothing(text: string): boolean {
	return /^(?:|null|\\n|n\/?a|#n\/a|nan|none)$/i.test(text.trim());
}

/**
 * Reads a day as it is written: `2020-04-12`. Nothing is guessed: `05/04/2020` may be two days, 2020-02-31 is none.
 * @param form `day`: alone, or at midnight (`2020-04-12 00:00:00`, as pandas writes a day); `day-and-time`: with any time of the
 * source's own clock, of which the day is taken as written. A time in another zone that is another day in Jakarta
 * (`2020-04-11T17:00:00Z`, how programs there write the 12th) may be either day, and is refused.
 */
export function readDay(text: string, form: DayForm = "day"): Reading<Day> {
	const found = text.trim();
	const match = DAY_AND_TIME.exec(found);
	const [, iso, hour = "0", minute = "0", second = "0"] = match ?? [];
	if (iso === undefined || (form === "day" && !MIDNIGHT.test(found)))
		return {
			ok: false,
			reason: "not-a-day",
			expected: "a day such as 2020-04-12",
		};
	const day = dayFromIso(iso);
	if (day === undefined || +hour > 23 || +minute > 59 || +second > 60)
		return {
			ok: false,
			reason: "impossible-day",
			expected: "a day of the calendar",
		};
	const zone = /(?:Z|[+-]\d{2}:?\d{2})$/.exec(found)?.[0];
	if (zone !== undefined) {
		const east = hoursEast(zone);
		if (east === undefined)
			return {
				ok: false,
				reason: "not-a-day",
				expected: "a time zone such as +07:00",
			};
		const inJakarta = +hour + +minute / 60 - east + JAKARTA;
		if (
			(east < JAKARTA || east > JAYAPURA) &&
			(inJakarta < 0 || inJakarta >= 24)
		)
			return {
				ok: false,
				reason: "not-a-day",
				expected:
					"a day, or a time by Indonesia's own clocks (in Jakarta this is another day)",
			};
	}
	return { ok: true, value: day };
}

/** The months as Indonesian offices write them, November and Februari in both spellings. */
const MONTHS: Readonly<Record<string, number>> = {
	januari: 1,
	februari: 2,
	pebruari: 2,
	maret: 3,
	april: 4,
	mei: 5,
	juni: 6,
	juli: 7,
	agustus: 8,
	september: 9,
	oktober: 10,
	november: 11,
	nopember: 11,
	desember: 12,
};

/** Reads a day in Indonesian words: `7 November 2021`, `09 Desember 2021`. */
export function readDayInWords(text: string): Reading<Day> {
	const [, day = "", name = "", year = ""] =
		/^(\d{1,2})\s+([a-z]+)\s+(\d{4})$/i.exec(text.trim()) ?? [];
	const month = MONTHS[name.toLowerCase()];
	if (month === undefined)
		return {
			ok: false,
			reason: "not-a-day",
			expected: "a day in Indonesian words such as 7 November 2021",
		};
	const value = dayFromIso(
		`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`,
	);
	return value === undefined
		? {
				ok: false,
				reason: "impossible-day",
				expected: "a day of the calendar",
			}
		: { ok: true, value };
}

/** Hours east of Greenwich of Indonesia's first and last time zone. */
const JAKARTA = 7;
const JAYAPURA = 9;

/** Hours east of Greenwich of `Z`, `+07:00` or `-0330`; undefined for what is no zone. */
function hoursEast(zone: string): number | undefined {
	if (zone === "Z") return 0;
	const digits = zone.slice(1).replace(":", "");
	const [hours, minutes] = [+digits.slice(0, 2), +digits.slice(2)];
	if (hours > 14 || minutes > 59) return undefined;
	return (zone.startsWith("-") ? -1 : 1) * (hours + minutes / 60);
}

/**
 * Reads a moment: a day (its beginning in UTC), or a day and a time with a zone (`2020-03-01T07:00:00+07:00`). A time without a zone
 * would be another moment on every machine, and is none.
 * @returns days since 1970-01-01T00:00Z, with a fraction
 */
export function readMoment(text: string): Reading<number> {
	const found = text.trim();
	const zone = /^(.{10})[ T](.*?)(Z|[+-]\d{2}:?\d{2})$/.exec(found);
	const day = readDay(zone ? `${zone[1]} ${zone[2]}` : text, "day-and-time");
	if (!day.ok || /^\d{4}-\d{2}-\d{2}$/.test(found)) return day;
	const east = zone ? hoursEast(zone[3]) : undefined;
	if (!zone || east === undefined)
		return {
			ok: false,
			reason: "not-a-day",
			expected:
				"a day such as 2020-04-12, or a time with its zone such as 2020-04-12T00:00:00Z",
		};
	const [hour = 0, minute = 0, second = 0] = zone[2].split(":").map(Number);
	return {
		ok: true,
		value: day.value + (hour * 60 + minute + second / 60 - east * 60) / 1440,
	};
}

/**
 * Reads a number as people in Indonesia and in English write it: `1103`, `0.5`, `0,5`, `1.103,5`, `1,103.5`, `1.103.204`, `1e-5`.
 * One separator with three digits behind it (`1.103`) may be a thousand or one and a bit, and is refused, unless the table says that
 * its decimal sign is the point. `0x1F`, `5 000`, `4%` and a number with anything behind it are none.
 * @param decimal `point` where a point can only be the decimal sign: numbers of JSON, quantities of a table parted by commas
 */
export function readNumber(
	text: string,
	decimal: "point" | "unknown" = "unknown",
): Reading<number> {
	const value = plainNumber(text.trim(), decimal);
	if (value === undefined || !Number.isFinite(value))
		return {
			ok: false,
			reason: "not-a-number",
			expected: /^-?\d{1,3}[.,]\d{3}$/.test(text.trim())
				? "a number without a sign for thousands, such as 1103 or 1.1030"
				: "a number such as 1103 or 0.5",
		};
	return { ok: true, value };
}

function plainNumber(
	text: string,
	decimal: "point" | "unknown",
): number | undefined {
	if (/^-?\d+(?:\.\d+)?[eE][+-]?\d+$/.test(text)) return Number(text);
	const match = /^(-?)(\d[\d.,]*)$/.exec(text);
	if (!match) return undefined;
	const [, sign, digits = ""] = match;
	const marks = digits.match(/[.,]/g) ?? [];
	if (marks.length === 0) return Number(text);
	const last = marks.at(-1) as string;
	const at = digits.lastIndexOf(last);
	const [whole, fraction] = [digits.slice(0, at), digits.slice(at + 1)];
	if (fraction === "") return undefined;
	const repeated = marks.length > 1 && marks.every((mark) => mark === last);
	const thousands = (part: string, mark: string) =>
		part
			.split(mark)
			.every((group, index) =>
				index === 0 ? /^[1-9]\d{0,2}$/.test(group) : /^\d{3}$/.test(group),
			);
	if (repeated)
		return thousands(digits, last)
			? Number(sign + digits.replaceAll(last, ""))
			: undefined;
	if (marks.length > 1) {
		const mark = last === "." ? "," : ".";
		return !whole.includes(last) && thousands(whole, mark)
			? Number(`${sign}${whole.replaceAll(mark, "")}.${fraction}`)
			: undefined;
	}
	const unclear = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
	if (unclear && !(decimal === "point" && last === ".")) return undefined;
	return Number(`${sign}${whole}.${fraction}`);
}

/**
 * Reads a whole count of 0 or more that a double holds exactly. `40.0`, as pandas writes a whole number beside an empty cell, is 40;
 * 40.5 is no count.
 */
export function readCount(text: string): Reading<number> {
	const found = text.trim();
	const whole = /^(-?\d+)(?:[.,]0{1,2})?$/.exec(found);
	const number = whole ? Number(whole[1]) : undefined;
	if (number === undefined || !Number.isSafeInteger(number))
		return {
			ok: false,
			reason: "not-a-number",
			expected: "a whole number such as 1103",
		};
	if (number < 0)
		return { ok: false, reason: "negative", expected: "a count of 0 or more" };
	return { ok: true, value: number === 0 ? 0 : number };
}

/** Reads the day in Jakarta of a moment with its zone; of a day alone, or a time without one, the day as it is written. */
export function readDayInJakarta(text: string): Reading<Day> {
	if (!/[T ].*(?:Z|[+-]\d{2}:?\d{2})$/.test(text.trim()))
		return readDay(text, "day-and-time");
	const moment = readMoment(text);
	if (!moment.ok) return moment;
	// Whole milliseconds: the fraction of a day that midnight is, no binary number holds.
	const at = Math.round(moment.value * 86_400_000);
	return { ok: true, value: dayInWib(at) };
}
