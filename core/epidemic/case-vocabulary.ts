/**
 * The two case vocabularies of Indonesia and what may be joined across the break of 13 July 2020.
 *
 * Before: Pedoman rev. 4 (27 March 2020), KMK 247/2020. After: KMK HK.01.07/MENKES/413/2020, which gives no one-to-one
 * map. A count carries its vocabulary in its type, so the compiler refuses a difference across the break; data read at
 * run time is refused by `VocabularyBreakError`.
 */

import { type Day, isoFromDay } from "../series/day.ts";
import {
	type Indicator,
	type IndicatorKey,
	indicatorByKey,
	VOCABULARY_BREAK,
} from "../series/indicator.ts";
import { ModelInputError } from "./input-error.ts";

export { VOCABULARY_BREAK };

export type Vocabulary = "before-2020-07-13" | "after-2020-07-13";

/** Statuses before the break. */
export type LegacyStatus = "OTG" | "ODP" | "PDP" | "konfirmasi";

/** Statuses after it. */
export type CurrentStatus =
	| "suspek"
	| "probable"
	| "konfirmasi-simptomatik"
	| "konfirmasi-asimptomatik"
	| "kontak-erat"
	| "discarded"
	| "selesai-isolasi"
	| "kematian";

export type StatusOf<V extends Vocabulary> = V extends "before-2020-07-13"
	? LegacyStatus
	: CurrentStatus;

/** A difference or sum that would cross the break. */
export class VocabularyBreakError extends Error {
	override name = "VocabularyBreakError";
}

/** Daily counts of one status in one vocabulary; NaN = not reported. Made by `statusSeries` only. */
export type StatusSeries<V extends Vocabulary = Vocabulary> = {
	readonly vocabulary: V;
	readonly status: StatusOf<V>;
	readonly firstDay: Day;
	readonly counts: Float64Array;
};

/** Which vocabulary a source speaks on a day. */
export function vocabularyOn(
	on: Day,
	sourceSwitch: Day = VOCABULARY_BREAK,
): Vocabulary {
	return on < sourceSwitch ? "before-2020-07-13" : "after-2020-07-13";
}

/**
 * Binds counts to their vocabulary.
 * @param sourceSwitch day on which this source took up the new vocabulary
 * @throws VocabularyBreakError when the days do not all lie on the vocabulary's side
 */
export function statusSeries<V extends Vocabulary>(
	vocabulary: V,
	status: StatusOf<V>,
	firstDay: Day,
	counts: ArrayLike<number>,
	sourceSwitch: Day = VOCABULARY_BREAK,
): StatusSeries<V> {
	const lastDay = firstDay + Math.max(0, counts.length - 1);
	for (const end of [firstDay, lastDay])
		if (vocabularyOn(end, sourceSwitch) !== vocabulary)
			throw new VocabularyBreakError(
				`${status} on ${isoFromDay(end)}: this source changed its vocabulary on ${isoFromDay(sourceSwitch)}; a series of "${vocabulary}" must end or begin there`,
			);
	return { vocabulary, status, firstDay, counts: Float64Array.from(counts) };
}

/**
 * Change of one status between two days. Both must belong to the same series, so no change crosses the break.
 * @returns NaN when either day was not reported
 * @throws ModelInputError for a day outside the series
 */
export function changeBetween<V extends Vocabulary>(
	series: StatusSeries<V>,
	from: Day,
	to: Day,
): number {
	const at = (on: Day): number => {
		const value = series.counts[on - series.firstDay];
		if (value === undefined)
			throw new ModelInputError(
				"day",
				isoFromDay(on),
				`a day from ${isoFromDay(series.firstDay)} to ${isoFromDay(series.firstDay + series.counts.length - 1)}, inside one vocabulary`,
			);
		return value;
	};
	return at(to) - at(from);
}

/**
 * Difference of two series of the same vocabulary over their common days. The type refuses two vocabularies.
 * @throws VocabularyBreakError when data typed loosely still mixes them
 */
export function differenceOf<V extends Vocabulary>(
	minuend: StatusSeries<V>,
	subtrahend: StatusSeries<NoInfer<V>>,
): { firstDay: Day; difference: Float64Array } {
	if (minuend.vocabulary !== subtrahend.vocabulary)
		throw new VocabularyBreakError(
			`${minuend.status} (${minuend.vocabulary}) and ${subtrahend.status} (${subtrahend.vocabulary}) are not comparable`,
		);
	const firstDay = Math.max(minuend.firstDay, subtrahend.firstDay);
	const lastDay = Math.min(
		minuend.firstDay + minuend.counts.length,
		subtrahend.firstDay + subtrahend.counts.length,
	);
	return {
		firstDay,
		difference: Float64Array.from(
			{ length: Math.max(0, lastDay - firstDay) },
			(_, index) =>
				minuend.counts[firstDay + index - minuend.firstDay] -
				subtrahend.counts[firstDay + index - subtrahend.firstDay],
		),
	};
}

/** What is known of a person beside the legacy status. undefined = not recorded, which is neither yes nor no. */
export type Findings = {
	/** Fever of 38 °C or a history of it. Fever alone is a symptom, but no ISPA. */
	fever?: boolean;
	/** A respiratory sign: cough, sore throat, cold, shortness of breath, pneumonia. */
	respiratorySigns?: boolean;
	contactWithCase?: boolean;
	localTransmissionArea?: boolean;
	/** `none`: recorded that no RT-PCR result exists. */
	pcr?: "positive" | "negative" | "none";
	/** Severe ISPA or ARDS, or died, with a convincing clinical picture. */
	severeOrDied?: boolean;
};

/** Successor of a legacy status; both are kept, with the day of the change. */
export type Successor =
	| { status: CurrentStatus; because: string }
	| { status: undefined; because: string };

/**
 * Status after the break of one person known by a legacy status, by the definitions of both documents.
 * Never a rule for counts: aggregates have no findings (see `COMPARABILITY`).
 */
export function successorOf(
	legacy: LegacyStatus,
	findings: Findings,
): Successor {
	if (legacy === "konfirmasi" || findings.pcr === "positive")
		return confirmedStatus(legacy, findings);
	switch (legacy) {
		case "OTG":
			return hasSymptoms(findings)
				? {
						status: undefined,
						because:
							"an OTG with symptoms is a suspect only with the signs and exposure of one: kept as legacy",
					}
				: {
						status: "kontak-erat",
						because: "no symptoms, contact of a confirmed case",
					};
		case "PDP":
			if (!findings.severeOrDied)
				return {
					status: "suspek",
					because: "PDP without a PCR-positive result",
				};
			if (findings.pcr === "none")
				return {
					status: "probable",
					because: "severe or died, convincing picture, no PCR result",
				};
			return {
				status: "suspek",
				because:
					findings.pcr === "negative"
						? "severe or died, but with a PCR result"
						: "severe or died; whether there is a PCR result was not recorded, and probable asks for none",
			};
		case "ODP":
			return findings.respiratorySigns &&
				(findings.contactWithCase || findings.localTransmissionArea)
				? {
						status: "suspek",
						because:
							"respiratory signs with contact or stay in an area of local transmission",
					}
				: {
						status: undefined,
						because:
							"no successor in KMK 413/2020 (fever alone, or findings not recorded): kept as legacy",
					};
	}
}

function hasSymptoms({
	fever,
	respiratorySigns,
	severeOrDied,
}: Findings): boolean {
	return fever === true || respiratorySigns === true || severeOrDied === true;
}

/**
 * Simptomatik or asimptomatik: any symptom makes the first, and the second asks that there was none. ODP and PDP are defined by symptoms
 * (an ODP by fever alone too), an OTG by having none.
 */
function confirmedStatus(legacy: LegacyStatus, findings: Findings): Successor {
	const without =
		findings.fever === false && findings.respiratorySigns === false;
	const bySymptoms = legacy === "ODP" || legacy === "PDP";
	if (hasSymptoms(findings) || (bySymptoms && !without))
		return {
			status: "konfirmasi-simptomatik",
			because: "PCR positive with symptoms",
		};
	if (legacy === "OTG" || without)
		return {
			status: "konfirmasi-asimptomatik",
			because: "PCR positive without symptoms",
		};
	return {
		status: undefined,
		because:
			"confirmed; whether there were symptoms was not recorded: kept as konfirmasi",
	};
}

export type Comparability =
	| "comparable"
	/** May be drawn on one axis with a line at the break; never differenced across it. */
	| "with-break-mark"
	| "not-comparable";

const COMPARABLE: Record<Indicator["vocabulary"], Comparability> = {
	both: "comparable",
	redefined: "not-comparable",
	"before-2020-07-13": "not-comparable",
	"since-2020-07-13": "not-comparable",
};

/** Whether a series of an indicator may be compared across the break: said once, where the indicator is defined. */
const across = (key: IndicatorKey): Comparability =>
	COMPARABLE[indicatorByKey(key).vocabulary];

/** What of the aggregates may be compared across the break. */
export const COMPARABILITY: readonly {
	before: string;
	after: string;
	comparability: Comparability;
	because: string;
}[] = [
	{
		before: "konfirmasi",
		after: "konfirmasi",
		comparability: across("confirmed"),
		because: "PCR positive in both documents",
	},
	{
		before: "sembuh",
		after: "selesai isolasi / sembuh",
		comparability: across("recovered"),
		because:
			"recoveries of confirmed cases, though the criterion for release changed",
	},
	{
		before: "spesimen",
		after: "spesimen",
		comparability: "comparable",
		because: "counts of specimens",
	},
	{
		before: "ODP + PDP",
		after: "suspek",
		comparability: "with-break-mark",
		because:
			"nearest successor of both together; ODP with fever alone has none",
	},
	{
		before: "OTG",
		after: "kontak erat",
		comparability: across("otg"),
		because: "the definition of a contact and of its window changed",
	},
	{
		before: "kematian",
		after: "kematian",
		comparability: across("deaths"),
		because: "deaths of probable cases were added",
	},
];
