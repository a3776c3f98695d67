import type { z } from "zod";
import {
	CensusChoiceForm,
	LONGEST_CENSUS_WEEKS,
} from "../../../core/logistics/census-choice.ts";
import { type Day, dayFromIso, isoFromDay } from "../../../core/series/day.ts";
import { typedDay } from "../../parts/ui/day-input.tsx";

/** The ways in which patients ahead are told: the methods, two of them by what is known to start from. */
export const WAYS = [
	"held",
	"chime",
	"first",
	"renewal",
	"doubling",
	"hand",
] as const;
export type Way = (typeof WAYS)[number];

export const SEVERITIES = ["mild", "moderate", "severe", "critical"] as const;
/** People in hospital of a week by severity; "": not known. */
export type HandWeek = Record<(typeof SEVERITIES)[number], number | "">;

/** A way with what is typed for it. */
export interface CensusDraft {
	readonly way: Way;
	readonly doubling: number | string;
	/** As it is typed. */
	readonly firstDay: string;
	/** Per cent by which contacts fall, of CHIME; and from which day on, as it is typed: nothing is from the day of the reports. */
	readonly fewerContacts: number | string;
	readonly fewerFrom: string;
	readonly hand: readonly HandWeek[];
}

const DOUBLING_DAYS = 9;
const NOT_KNOWN: HandWeek = {
	mild: "",
	moderate: "",
	severe: "",
	critical: "",
};

export function wayOf(census: CensusChoiceForm): Way {
	if (census.method === "chime")
		return census.fit.by === "doubling-time" ? "chime" : "first";
	if (census.method === "renewal")
		return (census.doublingDays ?? null) === null ? "renewal" : "doubling";
	return census.method;
}

/** What a person would have typed for a choice. */
export function draftOf(
	census: CensusChoiceForm,
	dayText: (day: Day) => string,
): CensusDraft {
	const written = (iso: string) => dayText(dayFromIso(iso) ?? Number.NaN);
	const chime = census.method === "chime" ? census : null;
	return {
		way: wayOf(census),
		// Without the last digits of a part that is told in per cent.
		fewerContacts: Number((100 * (chime?.contactReduction ?? 0)).toFixed(6)),
		fewerFrom: chime?.mitigation ? written(chime.mitigation) : "",
		doubling:
			chime?.fit.by === "doubling-time"
				? chime.fit.doublingTime
				: census.method === "renewal"
					? (census.doublingDays ?? DOUBLING_DAYS)
					: DOUBLING_DAYS,
		firstDay:
			chime?.fit.by === "first-hospitalized" ? written(chime.fit.day) : "",
		hand:
			census.method === "hand"
				? census.weeks.map((week) => ({
						mild: week.mild ?? "",
						moderate: week.moderate ?? "",
						severe: week.severe ?? "",
						critical: week.critical ?? "",
					}))
				: [],
	};
}

/** So many weeks of a draft; those that nobody typed are not known. */
export function handWeeks(
	{ hand }: Pick<CensusDraft, "hand">,
	weeks: number,
): HandWeek[] {
	// While a number of weeks is typed it may be any.
	const length = Math.min(weeks, LONGEST_CENSUS_WEEKS);
	return Array.from({ length }, (_, week) => hand[week] ?? NOT_KNOWN);
}

/**
 * The choice that a draft states; null: something of it is not typed, or cannot be.
 * @param weeks for how many weeks ahead
 * @param before what of the same way was chosen elsewhere, as shares and stays in a file, stays
 */
export function choiceOf(
	draft: CensusDraft,
	weeks: number,
	before: CensusChoiceForm,
): CensusChoiceForm | null {
	const same = draft.way === wayOf(before) && draft.way !== "hand";
	const read = CensusChoiceForm.safeParse({
		...(same && before),
		...statedBy(draft, weeks),
	});
	return read.success ? CensusChoiceForm.encode(read.data) : null;
}

function statedBy(draft: CensusDraft, weeks: number): object {
	const { way, doubling, firstDay } = draft;
	switch (way) {
		case "chime":
			return {
				method: "chime",
				fit: { by: "doubling-time", doublingTime: numberOf(doubling) },
				...contactsOf(draft),
			};
		case "first":
			return {
				method: "chime",
				fit: { by: "first-hospitalized", day: isoOf(firstDay) ?? "" },
				...contactsOf(draft),
			};
		case "doubling":
			return { method: "renewal", doublingDays: numberOf(doubling) };
		case "hand": {
			const stated = handWeeks(draft, weeks);
			// What nobody typed at all is no statement.
			const known = stated.some((week) =>
				SEVERITIES.some((one) => week[one] !== ""),
			);
			return {
				method: "hand",
				weeks: known
					? stated.map((week) =>
							Object.fromEntries(
								SEVERITIES.map((one) => [
									one,
									week[one] === "" ? null : week[one],
								]),
							),
						)
					: [],
			};
		}
		default:
			return { method: way };
	}
}

function contactsOf({ fewerContacts, fewerFrom }: CensusDraft) {
	return {
		contactReduction: (numberOf(fewerContacts) || 0) / 100,
		mitigation: isoOf(fewerFrom),
	};
}

/** A typed day; null: nothing is typed, "": what is typed is no day. */
function isoOf(text: string): string | null {
	const day = typedDay(text);
	return day == null ? (day === null ? null : "") : isoFromDay(day);
}

function numberOf(typed: number | string): number {
	return typed === "" ? Number.NaN : Number(typed);
}

/** A choice as it stands in the address of the screen: a word where nothing else is said. */
export function censusText(choice: CensusChoiceForm): string {
	const way = wayOf(choice);
	const plain = JSON.stringify(choice) === JSON.stringify(PLAIN[way]);
	return plain ? way : JSON.stringify(choice);
}

/** The choice of an address; what it cannot mean is as reported. */
export function choiceIn(text: string): CensusChoiceForm {
	const plain = PLAIN[text as Way];
	if (plain) return plain;
	let stated: unknown;
	try {
		stated = JSON.parse(text);
	} catch {
		return HELD;
	}
	const read = CensusChoiceForm.safeParse(stated);
	return read.success ? CensusChoiceForm.encode(read.data) : HELD;
}

const HELD: CensusChoiceForm = { method: "held" };
const PLAIN: Partial<Record<Way, CensusChoiceForm>> = {
	held: HELD,
	renewal: CensusChoiceForm.encode(
		CensusChoiceForm.parse({ method: "renewal" }),
	),
};

/** A choice as a question states it: with what the models take where nothing is said. */
export function questionOf(
	choice: CensusChoiceForm,
): z.output<typeof CensusChoiceForm> {
	return CensusChoiceForm.parse(choice);
}
