import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type ProjectionScores,
	type ProjectionScoresOf,
	type RenewalProjected,
	SCORED_DAYS,
	SCORED_EVERY,
} from "../../../core/api/projection.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import type { useStoppable } from "../../state/stoppable.ts";
import styles from "./projection.module.css";
import table from "./reproduction.module.css";

/** Each second one: they follow one another without overlapping. */
const EACH = SCORED_DAYS / SCORED_EVERY;

/** The score of an area's projections as a sentence. */
export function useScoreText() {
	const { t, format } = useLanguage();
	return (
		score: NonNullable<ProjectionScores["score"]>,
		area: string,
		days: number,
	): string =>
		t("epidemic.past.score", {
			area,
			days: format.number(days),
			scored: format.number(score.scored),
			shares: score.coverage
				.map(({ level, share }) =>
					t("epidemic.past.inside", {
						share: format.count(share * 100, 0),
						level: format.count(level * 100, 0),
					}),
				)
				.join(", "),
			wis: format.count(score.weightedIntervalScore, 1),
			error: format.count(score.absoluteError, 1),
		});
}

/** Projections as they would have been made, beside what came: how far the one above can be trusted. */
export function PastProjections({
	area,
	found,
	told,
	cases,
}: {
	area: AreaRow;
	found: ReturnType<typeof useStoppable<typeof ProjectionScoresOf>>;
	told: ProjectionScores | undefined;
	cases: RenewalProjected | null;
}) {
	const { t, format } = useLanguage();
	const scoreText = useScoreText();
	const { error } = found.query;
	const shown = useMemo(() => {
		if (!told || !cases) return null;
		const { firstDay, values } = cases.cases;
		const line = () => values.map((): number | null => null);
		const median = line();
		const band = { low: line(), high: line() };
		// The newest whole, and before it each that ends where the next begins.
		for (const [at, one] of told.past.toReversed().entries()) {
			if (at % EACH !== 0) continue;
			for (const [ahead, value] of one.median.entries()) {
				const place = one.firstDay + ahead - firstDay;
				if (place < 0 || place >= values.length) continue;
				median[place] = value;
				band.low[place] = one.low[ahead] ?? null;
				band.high[place] = one.high[ahead] ?? null;
			}
		}
		const lines: ChartLine[] = [
			{ label: t("epidemic.projection.cases"), values, look: 0 },
			{
				label: t("epidemic.past.line", { days: SCORED_DAYS }),
				values: median,
				look: 1,
				band,
			},
		];
		return { firstDay, lines, last: firstDay + values.length - 1 };
	}, [told, cases, t]);
	const says = told?.score && scoreText(told.score, area.name, SCORED_DAYS);
	return (
		<Panel
			title={t("epidemic.past.title", { days: SCORED_DAYS })}
			testId="past-projections"
			className={styles.past ?? ""}
		>
			{found.stopped ? (
				<Stopped again={found.again} />
			) : error && !told ? (
				<PanelFailure error={error} again={found.again} />
			) : !told || !shown ? (
				<Working progress={found.progress} stop={found.stop} />
			) : !says ? (
				<PanelNotice>{t("epidemic.past.none")}</PanelNotice>
			) : (
				<>
					<LinesChart
						firstDay={shown.firstDay}
						lines={shown.lines}
						today={shown.last}
						todayLabel={format.day(shown.last)}
						description={says}
						testId="past-chart"
					/>
					<p className={table.note} data-testid="projection-score">
						{says}{" "}
						{told.notProjected > 0 &&
							t("epidemic.past.notProjected", { count: told.notProjected })}
					</p>
				</>
			)}
		</Panel>
	);
}
