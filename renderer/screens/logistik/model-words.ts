import type { TFunction } from "i18next";
import type { DemandOutcome, ModelFound } from "../../../core/api/demand.ts";
import type { CensusChoiceForm } from "../../../core/logistics/census-choice.ts";
import { dayFromIso } from "../../../core/series/day.ts";
import type { Format } from "../../i18n/format.ts";
import { wayOf } from "./census-way.ts";

interface Words {
	readonly t: TFunction;
	readonly format: Format;
}

/** In which way patients ahead are told, with what is chosen of it on the screen. */
export function choiceWords(
	census: CensusChoiceForm,
	{ t, format }: Words,
): string {
	const days = (count: number) =>
		t("logistics.days", { days: format.number(count) });
	const day = (text: string) => format.day(dayFromIso(text) ?? Number.NaN);
	const told: string[] = [];
	if (census.method === "renewal" && census.doublingDays != null)
		told.push(days(census.doublingDays));
	if (census.method === "chime") {
		const { fit, contactReduction = 0, mitigation } = census;
		told.push(
			fit.by === "doubling-time" ? days(fit.doublingTime) : day(fit.day),
		);
		if (contactReduction > 0)
			told.push(
				t("census.fewer", {
					percent: format.number(100 * contactReduction),
					from: mitigation ? day(mitigation) : t("census.fromReports"),
				}),
			);
	}
	const way = t(`census.ways.${wayOf(census)}`);
	return told.length === 0 ? way : `${way} (${told.join("; ")})`;
}

/** What a model found: the doubling time of every fit, or R. */
export function fitWords(
	{ chime, renewal, refusedDoublingTime }: ModelFound,
	{ t, format }: Words,
): string[] {
	const figure = (value: number) => format.rate(value, 2);
	return [
		...(refusedDoublingTime === null
			? []
			: [t("census.refusedTime", { days: figure(refusedDoublingTime) })]),
		...(chime
			? [
					t("census.chime", {
						doubles: t(
							chime.doublingTime > 0 ? "census.doubles" : "census.halves",
							{ days: figure(Math.abs(chime.doublingTime)) },
						),
						basic: figure(chime.basicReproduction),
						mitigated: figure(chime.mitigatedReproduction),
						since: format.number(chime.daysSinceFirst),
					}),
				]
			: []),
		...(renewal
			? [
					t("census.renewal", {
						mean: figure(renewal.reproduction.mean),
						low: figure(renewal.reproduction.low),
						high: figure(renewal.reproduction.high),
					}),
					...(renewal.reproductionAsked === null
						? []
						: [
								t("census.asked", {
									asked: figure(renewal.reproductionAsked),
								}),
							]),
				]
			: []),
	];
}

/**
 * What the model behind patients ahead found, or why there are none.
 * @param reported people in hospital in the last reports; null: nobody told
 */
export function modelWords(
	outcome: DemandOutcome,
	reported: number | null,
	words: Words,
): string[] {
	const { t, format } = words;
	if (outcome.status === "refused")
		return [
			t("census.refused", { reason: t(`census.reasons.${outcome.reason}`) }),
			...fitWords(
				{
					...{ chime: null, renewal: null },
					refusedDoublingTime: outcome.doublingTime,
				},
				words,
			),
		];
	const { modelled, peak, trustedDays, totalWide } = outcome;
	return [
		...fitWords({ ...outcome, refusedDoublingTime: null }, words),
		...(modelled
			? [
					t("census.modelled", {
						ward: format.count(modelled.ward, 0),
						intensive: format.count(modelled.intensive, 0),
						reported: reported === null ? "–" : format.count(reported, 0),
					}),
				]
			: []),
		...(trustedDays === null
			? []
			: [t("census.trusted", { days: format.number(trustedDays) })]),
		...(peak
			? [
					t("census.peak", {
						people: format.count(peak.people, 0),
						day: format.day(peak.day),
					}),
				]
			: []),
		...(totalWide ? [t("census.band")] : []),
	];
}
