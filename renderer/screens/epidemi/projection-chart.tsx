import { useMemo } from "react";
import {
	measures as measuresOf,
	type RenewalProjected,
} from "../../../core/api/projection.ts";
import type { DatedMeasure } from "../../../core/epidemic/dated-measure.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";

/** Measures as they stand in the address; those that make no sense are none. */
export function readMeasures(text: string): DatedMeasure[] {
	const read = measuresOf.safeParse(text === "" ? undefined : text);
	return read.success ? read.data : [];
}

/** The last day whose cases the projection starts from. */
export function lastCaseOf({ cases }: RenewalProjected): Day {
	return cases.firstDay + cases.values.length - 1;
}

/** The projected days with their ranges, narrow ones first, and what came; none where nothing could be projected. */
export function projectedDays({ outcome, came }: RenewalProjected) {
	if (outcome.status !== "projected") return [];
	return outcome.incidence.median.map((median, at) => ({
		day: outcome.firstDay + at,
		median,
		bands: outcome.incidence.bands.map(({ level, low, high }) => ({
			level,
			low: low[at] ?? Number.NaN,
			high: high[at] ?? Number.NaN,
		})),
		came: came[at] ?? null,
	}));
}

/** What is projected for the last day, in one sentence. */
export function useProjectionStatement(
	rows: ReturnType<typeof projectedDays>,
): string {
	const { t, format } = useLanguage();
	const last = rows.at(-1);
	const wide = last?.bands.at(-1);
	return last && wide
		? t("epidemic.projection.says", {
				day: format.day(last.day),
				median: format.count(last.median, 0),
				low: format.count(wide.low, 0),
				high: format.count(wide.high, 0),
			})
		: "";
}

/** The fan of a projection behind the cases so far. */
export function ProjectionChart({
	told,
	description,
}: {
	told: RenewalProjected;
	description: string;
}) {
	const { format } = useLanguage();
	const lastCase = lastCaseOf(told);
	return (
		<LinesChart
			firstDay={told.cases.firstDay}
			lines={useLines(told)}
			today={lastCase}
			todayLabel={format.day(lastCase)}
			description={description}
			testId="projection-chart"
		/>
	);
}

/** Cases so far, what is projected with its bands, the same without measures, and what came. */
function useLines(told: RenewalProjected): ChartLine[] {
	const { t, format } = useLanguage();
	return useMemo(() => {
		const past = told.cases.values;
		const before = past.map(() => null);
		const ahead = (values: readonly (number | null)[]) => [
			...before,
			...values,
		];
		const { outcome } = told;
		const lines: ChartLine[] = [
			{ label: t("epidemic.projection.cases"), values: past, look: 0 },
		];
		if (outcome.status !== "projected") return lines;
		const { incidence, without } = outcome;
		const none = incidence.median.map(() => null);
		const bands = incidence.bands.toReversed().map(
			({ level, low, high }, at): ChartLine => ({
				label:
					at === 0
						? t("epidemic.projection.medianBand", {
								level: format.count(level * 100, 0),
							})
						: t("epidemic.projection.band", {
								level: format.count(level * 100, 0),
							}),
				values: ahead(at === 0 ? incidence.median : none),
				look: 1,
				band: { low: ahead(low), high: ahead(high) },
			}),
		);
		return [
			{ ...(lines[0] as ChartLine), values: [...past, ...none] },
			...bands,
			...(without
				? [
						{
							label: t("epidemic.projection.without"),
							values: ahead(without.median),
							look: 2,
						},
					]
				: []),
			...(told.came.some((one) => one !== null)
				? [
						{
							label: t("epidemic.projection.came"),
							values: ahead([...told.came, ...none.slice(told.came.length)]),
							look: 3,
						},
					]
				: []),
		];
	}, [told, t, format]);
}
