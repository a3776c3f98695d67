import { useMemo } from "react";
import {
	type ReproductionAreas,
	type ReproductionLines,
	ReproductionLinesOf,
	type ReproductionRow,
} from "../../../core/api/reproduction.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { abbreviated } from "../../parts/ui/area-name.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import { parentOf } from "../../state/area-index.ts";
import styles from "./reproduction.module.css";
import { useReproductionWords } from "./reproduction-words.ts";
import type { ReproductionChoice } from "./use-reproduction.ts";
import type { ViewProps } from "./view-props.ts";

/** Areas that are drawn beside one another. */
const SHOWN = 12;
/** Greatest R that is drawn: one scale for all of them. */
const HIGHEST = 2.5;
const WIDE = 100;
const HIGH = 36;

/** The areas with the most cases beside one another, each with its interval, on one scale. */
export function ReproductionSmall({
	areas,
	selected,
	select,
	choice,
	data,
}: ViewProps & { choice: ReproductionChoice; data: ReproductionAreas }) {
	const { t, format } = useLanguage();
	// Provinces stand among all of them, kabupaten/kota among those of their province.
	const parent =
		data.level === "province" ? areas.nation : parentOf(areas, selected);
	const most = useMemo(
		() =>
			data.rows
				.filter(({ area, cases }) => {
					const one = areas.byId(area);
					return (
						cases !== null &&
						one !== undefined &&
						(parent.level === "nation" ||
							one.id === parent.id ||
							one.parent === parent.id)
					);
				})
				.sort((a, b) => (b.cases ?? 0) - (a.cases ?? 0))
				.slice(0, SHOWN),
		[data, areas, parent],
	);
	return (
		<Panel
			title={t("epidemic.small.title", {
				count: most.length,
				area: parent.name,
			})}
			subtitle={t("epidemic.small.scale", { most: format.rate(HIGHEST, 1) })}
			testId="reproduction-small"
			className={styles.small ?? ""}
		>
			{most.length === 0 ? (
				// Nothing is asked of no areas: there is no such question.
				<PanelNotice>{t("epidemic.small.none")}</PanelNotice>
			) : (
				<Multiples {...{ areas, selected, select, choice, data, most }} />
			)}
		</Panel>
	);
}

function Multiples({
	areas,
	selected,
	select,
	choice,
	data,
	most,
}: Pick<ViewProps, "areas" | "selected" | "select"> & {
	choice: ReproductionChoice;
	data: ReproductionAreas;
	most: readonly ReproductionRow[];
}) {
	const words = useReproductionWords();
	const query = useAnswer(
		ReproductionLinesOf,
		{
			...choice.asked,
			level: data.level,
			day: data.shown,
			areas: most.map(({ area }) => area),
		},
		{ keepLast: true },
	);
	if (query.error && !query.data)
		return <PanelFailure error={query.error} again={query.refetch} />;
	const lineOf = new Map(
		(query.data?.lines ?? []).map((line) => [line.area, line]),
	);
	return (
		<ul className={styles.multiples}>
			{most.map((row) => {
				const area = areas.byId(row.area);
				const line = lineOf.get(row.area);
				return (
					area && (
						<li key={row.area}>
							<button
								type="button"
								data-chosen={area.id === selected.id || undefined}
								title={area.name}
								onClick={() => select(area)}
							>
								<span>{abbreviated(area.name)}</span>
								<b>{words.value(row)}</b>
								{line && query.data ? (
									<Small line={line} firstDay={query.data.firstDay} />
								) : (
									<svg viewBox={BOX} aria-hidden />
								)}
							</button>
						</li>
					)
				);
			})}
		</ul>
	);
}

const BOX = `0 0 ${WIDE} ${HIGH}`;

/** A line with its interval; broken where nothing can be told, ended where counts are still coming in, and cut off at the top of the scale. */
function Small({
	line,
	firstDay,
}: {
	line: ReproductionLines["lines"][number];
	firstDay: number;
}) {
	const { mean, low, high, told } = line;
	const x = (at: number) => (at / Math.max(1, mean.length - 1)) * WIDE;
	const y = (value: number) =>
		HIGH - (Math.min(HIGHEST, Math.max(0, value)) / HIGHEST) * HIGH;
	const runs: number[][] = [];
	mean.forEach((value, at) => {
		if (value === null || firstDay + at > told) return;
		const run = runs.at(-1);
		if (run && run.at(-1) === at - 1) run.push(at);
		else runs.push([at]);
	});
	const point = (at: number, of: readonly (number | null)[]) =>
		`${x(at).toFixed(2)},${y(of[at] ?? 0).toFixed(2)}`;
	return (
		<svg viewBox={BOX} preserveAspectRatio="none" aria-hidden>
			<line x1="0" x2={WIDE} y1={y(1)} y2={y(1)} className={styles.one} />
			{runs.map((run) => (
				<g key={run[0]}>
					<polygon
						className={styles.band}
						points={[
							...run.map((at) => point(at, high)),
							...run.toReversed().map((at) => point(at, low)),
						].join(" ")}
					/>
					<polyline
						className={styles.line}
						points={run.map((at) => point(at, mean)).join(" ")}
					/>
				</g>
			))}
		</svg>
	);
}
