import type { TFunction } from "i18next";
import type { DemandOutcome, ModelFound } from "../../../core/api/demand.ts";
import type { Format } from "../../i18n/format.ts";

interface Words {
	readonly t: TFunction;
	readonly format: Format;
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
