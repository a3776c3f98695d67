import { type Day, dayFromIso } from "../../core/series/day.ts";
import type { Measure } from "../../core/series/measure.ts";
import { isRate } from "../../core/series/measure.ts";
import type { Language } from "./language.ts";
import type { TimeZoneName } from "./time-zone.ts";
import { TIME_ZONES } from "./time-zone.ts";

const LOCALES = { id: "id-ID", en: "en-GB" } as const;
const MILLISECONDS_PER_DAY = 86_400_000;

/** How one language writes numbers, days and times: the only place where they become text. */
export interface Format {
	/** `1.234`; up to two decimals when the number is small and not whole. */
	number(value: number): string;
	/** With all its digits, up to seven that say something: what goes into a formula comes to what is stated. */
	exact(value: number): string;
	/** A count, or a mean of counts: `1.234`, or `1.234,5` with one digit: the same number of digits wherever it stands beside others. */
	count(value: number, digits: 0 | 1): string;
	/** A rate per 100,000 with two decimals, or one: `0,37`, `123,4`. */
	rate(value: number, digits?: 1 | 2): string;
	/**
	 * A figure as its measure is written: rates as `rate`, changes as `signed`, counts as `count`. People are whole: a count that is a share
	 * of several days has its fraction only where it is proved.
	 */
	figure(measure: Measure, value: number, digits?: 0 | 1 | 2): string;
	/** `+1.234`, `−5`, `0`; with a number of digits as a count has. */
	signed(value: number, digits?: 0 | 1): string;
	/** `1,25 jt`: for axes and legends. */
	short(value: number): string;
	/** `2 rb`: also below 10.000, where nothing is lost. */
	shortest(value: number): string;
	/** `12 Apr 2020` */
	day(day: Day): string;
	/** `12 Apr` */
	dayOfYear(day: Day): string;
	/** `Min, 12 Apr 2020` */
	dayWithWeekday(day: Day): string;
	/** `April 2020`, of any of its days */
	month(day: Day): string;
	/** `Min` */
	weekday(day: Day): string;
	/** `12 Apr 2020 13.05 WIB`, by the clock of whoever reads it, or of a zone. */
	time(milliseconds: number, zone?: TimeZoneName): string;
	/** `13.05`, by the clock of a zone. */
	timeOfDay(milliseconds: number, zone: TimeZoneName): string;
}

function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => {
		made ??= make();
		return made;
	};
}

function build(language: Language, own: TimeZoneName): Format {
	const locale = LOCALES[language];
	// Each is made when it is first used: all of them take the browser longer than the first figures.
	const numbers = (options: Intl.NumberFormatOptions) =>
		once(() => new Intl.NumberFormat(locale, options));
	const whole = numbers({ maximumFractionDigits: 0 });
	const decimal = numbers({ maximumFractionDigits: 1 });
	const fine = numbers({ maximumFractionDigits: 2 });
	const tenths = numbers({
		minimumFractionDigits: 1,
		maximumFractionDigits: 1,
	});
	const hundredths = numbers({
		minimumFractionDigits: 2,
		maximumFractionDigits: 2,
	});
	const exact = numbers({
		maximumFractionDigits: 0,
		maximumSignificantDigits: 7,
		roundingPriority: "morePrecision",
	});
	const compact = numbers({ notation: "compact", maximumFractionDigits: 2 });
	const date = (options: Intl.DateTimeFormatOptions) => {
		const formatter = once(
			() => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }),
		);
		return (day: Day) => formatter().format(day * MILLISECONDS_PER_DAY);
	};
	const clocks = new Map<TimeZoneName, Intl.DateTimeFormat>();
	const clock = (zone: TimeZoneName): Intl.DateTimeFormat => {
		let formatter = clocks.get(zone);
		if (!formatter) {
			formatter = new Intl.DateTimeFormat(locale, {
				day: "numeric",
				month: "short",
				year: "numeric",
				hour: "2-digit",
				minute: "2-digit",
				hourCycle: "h23",
				timeZone: TIME_ZONES[zone],
			});
			clocks.set(zone, formatter);
		}
		return formatter;
	};
	const partsOf = (milliseconds: number, zone: TimeZoneName) => {
		const parts = clock(zone).formatToParts(milliseconds);
		return (type: Intl.DateTimeFormatPartTypes): string =>
			parts.find((entry) => entry.type === type)?.value ?? "";
	};
	const hourAndMinute = (part: ReturnType<typeof partsOf>): string =>
		`${part("hour")}${language === "id" ? "." : ":"}${part("minute")}`;
	// One minus sign everywhere, as wide as the plus of a change beside it.
	const write = (form: () => Intl.NumberFormat, value: number): string =>
		form().format(value).replace("-", "−");
	const number = (value: number): string => {
		if (Number.isInteger(value) || Math.abs(value) >= 1000)
			return write(whole, value);
		return write(Math.abs(value) < 10 ? fine : decimal, value);
	};
	const count = (value: number, digits: 0 | 1): string =>
		write(digits === 0 ? whole : tenths, value);
	const rate = (value: number, digits: 1 | 2 = 2): string =>
		write(digits === 1 ? tenths : hundredths, value);
	const signed = (value: number, digits?: 0 | 1): string => {
		const size = (of: number) =>
			digits === undefined ? number(of) : count(of, digits);
		return value > 0
			? `+${size(value)}`
			: value < 0
				? `−${size(-value)}`
				: size(0);
	};
	return {
		number,
		exact: (value) => write(exact, value),
		count,
		rate,
		figure: (measure, value, digits) => {
			if (isRate(measure)) return rate(value, digits === 1 ? 1 : 2);
			const of = digits === 1 ? 1 : 0;
			return measure === "change7" ? signed(value, of) : count(value, of);
		},
		signed,
		short: (value) =>
			Math.abs(value) < 10_000 ? number(value) : write(compact, value),
		shortest: (value) =>
			value < 1_000 || value % 100 ? number(value) : write(compact, value),
		day: date({ day: "numeric", month: "short", year: "numeric" }),
		dayOfYear: date({ day: "numeric", month: "short" }),
		dayWithWeekday: date({
			weekday: "short",
			day: "numeric",
			month: "short",
			year: "numeric",
		}),
		month: date({ month: "long", year: "numeric" }),
		weekday: date({ weekday: "short" }),
		time: (milliseconds, zone = own) => {
			const part = partsOf(milliseconds, zone);
			return `${part("day")} ${part("month")} ${part("year")} ${hourAndMinute(part)} ${zone}`;
		},
		timeOfDay: (milliseconds, zone) =>
			hourAndMinute(partsOf(milliseconds, zone)),
	};
}

const FORMATS = new Map<string, Format>();

/** @param clock the zone in which times are told */
export function formatFor(
	language: Language,
	clock: TimeZoneName = "WIB",
): Format {
	const key = `${language} ${clock}`;
	const format = FORMATS.get(key) ?? build(language, clock);
	FORMATS.set(key, format);
	return format;
}

const MONTHS = [
	["jan", "januari", "january"],
	["feb", "februari", "february"],
	["mar", "maret", "march"],
	["apr", "april"],
	["mei", "may"],
	["jun", "juni", "june"],
	["jul", "juli", "july"],
	["agu", "agt", "ags", "agustus", "aug", "august"],
	["sep", "sept", "september"],
	["okt", "oktober", "oct", "october"],
	["nov", "november", "nop"],
	["des", "desember", "dec", "december"],
];

/**
 * Reads a day as a person types it: `2020-04-12`, `12 Apr 2020`, `12/4/2020` (day first, as in Indonesia).
 * @returns undefined for anything else, so that the screen can say what it expects.
 */
export function dayFromText(text: string): Day | undefined {
	const trimmed = text.trim();
	const iso = dayFromIso(trimmed);
	if (iso !== undefined) return iso;
	const match = /^(\d{1,2})[\s./-]+([\p{L}]+|\d{1,2})[\s./-]+(\d{4})$/u.exec(
		trimmed,
	);
	if (!match) return undefined;
	const [, dayText, monthText, year] = match as unknown as [
		string,
		string,
		string,
		string,
	];
	const month = /^\d/.test(monthText)
		? Number(monthText)
		: MONTHS.findIndex((names) => names.includes(monthText.toLowerCase())) + 1;
	return dayFromIso(
		`${year}-${String(month).padStart(2, "0")}-${dayText.padStart(2, "0")}`,
	);
}
