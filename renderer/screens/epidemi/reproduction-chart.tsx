import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type Reproduction,
	type ReproductionGap,
	ReproductionOf,
} from "../../../core/api/reproduction.ts";
import { INTERVALS } from "../../../core/epidemic/published-interval.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { TableExport } from "../../parts/table/table-export.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { ModelWords } from "./model-card.tsx";
import styles from "./reproduction.module.css";
import { useReproductionWords } from "./reproduction-words.ts";
import type { ReproductionChoice } from "./use-reproduction.ts";

/** As far back as it is drawn. Days. */
const SHOWN = 182;

/** R of the chosen area, day by day, with its interval; where it cannot be told the line is broken and the reason said. */
export function ReproductionChart({
	area,
	choice,
}: {
	area: AreaRow;
	choice: ReproductionChoice;
}) {
	const { t, format } = useLanguage();
	const words = useReproductionWords();
	const { search, day, asKnown } = choice;
	const [as, setAs] = useState<"chart" | "table" | "model">("chart");
	const { save, notice } = useSave();
	const canDraw = INTERVALS[search.interval].uncertainty !== null;
	const { query, progress, stopped, stop, again } = useStoppable(
		ReproductionOf,
		{
			area: area.id,
			as_known: asKnown,
			window: Number(search.window),
			interval: search.interval,
			fixed: search.draw === "fixed" || !canDraw,
		},
	);
	const { data, error } = query;
	const told = data?.area === area.id ? data : undefined;
	const shown = useMemo(() => (told ? upTo(told, day) : null), [told, day]);
	const lines = useMemo((): ChartLine[] => {
		if (!told || !shown) return [];
		const settled = told.told - shown.firstDay;
		const until = (values: readonly (number | null)[]) =>
			values.map((one, at) => (at <= settled ? one : null));
		const coming = shown.mean.map((one, at) => (at >= settled ? one : null));
		return [
			{
				label: t("epidemic.rt.mean"),
				values: until(shown.mean),
				look: 0,
				band: { low: until(shown.low), high: until(shown.high) },
			},
			...(shown.mean.some((one, at) => one !== null && at > settled)
				? [{ label: t("epidemic.rt.coming"), values: coming, look: 2 }]
				: []),
			{
				label: t("epidemic.rt.one"),
				values: shown.mean.map(() => 1),
				look: 1,
			},
		];
	}, [told, shown, t]);
	const exported = useExport({
		part: "rt-harian",
		area,
		indicator: "confirmed",
		day,
		asKnown,
	});
	const latest =
		told &&
		shown?.mean.findLastIndex(
			(one, at) => one !== null && shown.firstDay + at <= told.told,
		);
	const at = latest === undefined || latest < 0 || !shown ? null : latest;
	const statement =
		at === null || !shown
			? ""
			: t("epidemic.rt.latest", {
					day: format.day(shown.firstDay + at),
					value: words.interval({
						mean: shown.mean[at] ?? null,
						low: shown.low[at] ?? null,
						high: shown.high[at] ?? null,
					}),
					share: words.probability(shown.aboveOne[at] ?? 0),
				});
	const rows = shown
		? Array.from(shown.mean.keys())
				.map((one) => ({
					day: shown.firstDay + one,
					mean: shown.mean[one] ?? null,
					low: shown.low[one] ?? null,
					high: shown.high[one] ?? null,
					aboveOne: shown.aboveOne[one] ?? null,
					cases: shown.cases[one] ?? null,
					reason: shown.reason[one] ?? null,
					marks: shown.marks[one] ?? 0,
				}))
				.reverse()
		: [];
	const isComing = (one: number) => told !== undefined && one > told.told;
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: row.mean, kind: "number" },
			{ value: row.low, kind: "number" },
			{ value: row.high, kind: "number" },
			{ value: row.aboveOne, kind: "number" },
			{ value: row.cases, kind: "number" },
			{
				value: isComing(row.day)
					? t("epidemic.gap.still-coming")
					: row.reason && t(`epidemic.gap.${row.reason}`),
				kind: "text",
			},
			...exported.row(row.day, null),
		]);
	const gaps = shown ? gapsOf(shown.reason) : [];
	return (
		<Panel
			title={t("epidemic.rt.chart", { area: area.name })}
			subtitle={statement}
			testId="reproduction-curve"
			className={styles.curve ?? ""}
			pin={{ kind: "rt", what: `${t("epidemic.rt.title")}, ${area.name}` }}
			tools={
				<>
					<SegmentedControl
						size="xs"
						aria-label={t("epidemic.shownAs.label")}
						data-testid="reproduction-as"
						value={as}
						data={(["chart", "table", "model"] as const).map((one) => ({
							value: one,
							label: t(`epidemic.shownAs.${one}`),
						}))}
						onChange={(one) => setAs(one as typeof as)}
					/>
					<TableExport
						table={{
							title: "Rt",
							name: exported.name,
							heads: [
								t("epidemic.export.mean"),
								t("epidemic.export.low"),
								t("epidemic.export.high"),
								t("epidemic.export.aboveOne"),
								t("epidemic.export.cases"),
								t("epidemic.export.reason"),
								...exported.heads,
							],
							rows: cells,
						}}
						save={save}
						testId="curve-export"
						disabled={!shown}
					/>
				</>
			}
		>
			{notice}
			{stopped ? (
				<Stopped again={again} />
			) : error && !told ? (
				<PanelFailure error={error} again={again} />
			) : !told || !shown ? (
				<Working progress={progress} stop={stop} />
			) : (
				<>
					{error && <PanelFailure error={error} again={again} />}
					{query.isFetching && <Working progress={progress} stop={stop} />}
					{as === "model" ? (
						<ModelWords model="rt" score={null} />
					) : as === "table" ? (
						// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
						<div className={styles.scroll} tabIndex={0}>
							<table data-testid="reproduction-days">
								<thead>
									<tr>
										<th scope="col">{t("epidemic.rt.day")}</th>
										<th scope="col" className="number">
											{t("epidemic.rt.mean")}
										</th>
										<th scope="col" className="number">
											{t("epidemic.ranking.aboveOne")}
										</th>
										<th scope="col" className="number">
											{t("epidemic.ranking.cases", { days: told.window })}
										</th>
										<th scope="col">{t("table.marks")}</th>
									</tr>
								</thead>
								<tbody>
									{rows.map((row) => (
										<tr
											key={row.day}
											data-coming={isComing(row.day) || undefined}
										>
											<th scope="row">{format.day(row.day)}</th>
											<td className="number">
												{words.value(row)}
												{isComing(row.day) && (
													<small>{t("epidemic.gapShort.still-coming")}</small>
												)}
											</td>
											<td className="number">
												{row.aboveOne === null
													? "–"
													: words.share(row.aboveOne)}
											</td>
											<td className="number">
												{row.cases === null ? "–" : format.count(row.cases, 0)}
											</td>
											<td>
												<MarkChips marks={row.marks} />
											</td>
										</tr>
									))}
								</tbody>
							</table>
						</div>
					) : at === null && shown.mean.every((one) => one === null) ? (
						<PanelNotice>
							{t("epidemic.rt.none", {
								why: gaps[0] ? t(`epidemic.gap.${gaps[0].reason}`) : "",
							})}
						</PanelNotice>
					) : (
						<LinesChart
							firstDay={shown.firstDay}
							lines={lines}
							today={day}
							todayLabel={format.day(day)}
							description={statement}
							comingFrom={told.told + 1}
							digits={2}
							testId="reproduction-line"
						/>
					)}
					<p className={styles.note}>
						{gaps.map(({ reason, days }) => (
							<span key={reason}>
								{t("epidemic.rt.gapDays", {
									why: t(`epidemic.gap.${reason}`),
									count: days,
								})}{" "}
							</span>
						))}
						{told.told < day &&
							t("epidemic.rt.comingHelp", {
								day: format.day(told.told),
							})}{" "}
						{t("epidemic.rt.byReport")}
					</p>
				</>
			)}
		</Panel>
	);
}

/** The last days up to one. */
function upTo(told: Reproduction, day: number) {
	const end = Math.max(0, Math.min(told.mean.length, day - told.firstDay + 1));
	const begin = Math.max(0, end - SHOWN);
	const part = <T,>(values: readonly T[]) => values.slice(begin, end);
	return {
		firstDay: told.firstDay + begin,
		mean: part(told.mean),
		low: part(told.low),
		high: part(told.high),
		aboveOne: part(told.aboveOne),
		cases: part(told.cases),
		reason: part(told.reason),
		marks: part(told.marks),
	};
}

/** On how many of the days it cannot be told for which reason, the most frequent first. */
function gapsOf(reasons: readonly (ReproductionGap | null)[]) {
	const days = new Map<ReproductionGap, number>();
	for (const reason of reasons)
		if (reason) days.set(reason, (days.get(reason) ?? 0) + 1);
	return [...days]
		.map(([reason, count]) => ({ reason, days: count }))
		.sort((a, b) => b.days - a.days);
}
