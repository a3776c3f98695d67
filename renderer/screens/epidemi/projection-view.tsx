import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { z } from "zod";
import {
	measures as measuresOf,
	PROJECTION_DAYS,
	ProjectionOf,
	ProjectionScoresOf,
	SCORED_DAYS,
} from "../../../core/api/projection.ts";
import { useAskedDay, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { addressOf } from "../../navigation/address.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useSearch } from "../../state/search.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { useView } from "../../state/view-state.ts";
import { MeasureList } from "./measure-list.tsx";
import { ModelCard } from "./model-card.tsx";
import { PastProjections, useScoreText } from "./past-projections.tsx";
import styles from "./projection.module.css";
import {
	lastCaseOf,
	ProjectionChart,
	projectedDays,
	readMeasures,
	useProjectionStatement,
} from "./projection-chart.tsx";
import table from "./reproduction.module.css";
import { epidemicSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

/** What comes in four weeks if R stays as it is, or changes by measures; and how well that was told before. */
export default function ProjectionView({ selected }: ViewProps) {
	const { t, format } = useLanguage();
	const [search, changeSearch] = useSearch(epidemicSearch);
	const day = usePanelDay();
	const askedDay = useAskedDay();
	const asKnown = useView((view) => view.asKnown);
	const logistics = useView((view) =>
		addressOf({
			...view,
			day: askedDay,
			screen: "logistik",
			own: { view: "kebutuhan", census: "renewal" },
		}),
	);
	const measures = useMemo(
		() => readMeasures(search.measures),
		[search.measures],
	);
	const [as, setAs] = useState<"chart" | "table">("chart");
	const { save, notice } = useSave();
	const asked = { area: selected.id, day, as_known: asKnown };
	const found = useStoppable(ProjectionOf, { ...asked, measures });
	const scores = useStoppable(ProjectionScoresOf, asked);
	const { data, error } = found.query;
	const told = data?.area === selected.id ? data : undefined;
	const scoreText = useScoreText();
	const scored =
		scores.query.data?.area === selected.id ? scores.query.data : undefined;
	const exported = useExport({
		part: "proyeksi",
		area: selected,
		indicator: "confirmed",
		day,
		asKnown,
	});
	const outcome = told?.outcome;
	const projected = outcome?.status === "projected" ? outcome : null;
	const lastCase = told ? lastCaseOf(told) : day;
	const rows = told ? projectedDays(told) : [];
	const statement = useProjectionStatement(rows);
	// Of the measures, or of the day, before: nothing may be read from it as if it were of those that stand beside it.
	const isOfBefore = found.query.isPlaceholderData;
	const levels = projected?.incidence.bands.map(({ level }) => level) ?? [];
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: row.median, kind: "number" },
			...row.bands.flatMap(({ low, high }): CsvCell[] => [
				{ value: low, kind: "number" },
				{ value: high, kind: "number" },
			]),
			{ value: row.came, kind: "number" },
			{ value: search.measures, kind: "text" },
			...exported.row(row.day, null),
		]);
	return (
		<div className={styles.view}>
			<Panel
				title={t("epidemic.projection.title", { area: selected.name })}
				subtitle={isOfBefore ? "" : statement}
				testId="projection-panel"
				className={styles.main ?? ""}
				pin={{
					kind: "projection",
					what: t("epidemic.projection.title", { area: selected.name }),
				}}
				tools={
					<>
						<SegmentedControl
							size="xs"
							aria-label={t("epidemic.shownAs.label")}
							data-testid="projection-as"
							value={as}
							data={(["chart", "table"] as const).map((one) => ({
								value: one,
								label: t(`epidemic.shownAs.${one}`),
							}))}
							onChange={(one) => setAs(one as typeof as)}
						/>
						<TableExport
							table={{
								title: t("epidemic.view.proyeksi"),
								name: exported.name,
								heads: [
									t("epidemic.projection.median"),
									...levels.flatMap((level) => [
										`${format.count(level * 100, 0)} % ↓`,
										`${format.count(level * 100, 0)} % ↑`,
									]),
									t("epidemic.projection.came"),
									t("epidemic.measure.title"),
									...exported.heads,
								],
								rows: cells,
							}}
							save={save}
							testId="projection-export"
							disabled={!projected || isOfBefore}
						/>
						<a
							className={styles.link}
							href={logistics}
							data-testid="projection-logistics"
							title={t("epidemic.projection.toLogisticsHelp")}
						>
							{t("epidemic.projection.toLogistics")}
						</a>
					</>
				}
			>
				{notice}
				{found.stopped ? (
					<Stopped again={found.again} />
				) : error && !told ? (
					<PanelFailure error={error} again={found.again} />
				) : !told || !outcome ? (
					<Working progress={found.progress} stop={found.stop} />
				) : (
					<>
						{error && <PanelFailure error={error} again={found.again} />}
						{found.query.isFetching && (
							<Working progress={found.progress} stop={found.stop} />
						)}
						<div
							className={styles.told}
							data-of-before={isOfBefore || undefined}
							data-testid="projection-told"
							aria-hidden={isOfBefore}
							inert={isOfBefore}
						>
							{outcome.status === "not-projected" ? (
								<PanelNotice>
									{t("epidemic.projection.none", {
										day: format.day(lastCase),
										why: t(
											outcome.reason === "too-short"
												? "epidemic.gap.too-early"
												: `epidemic.gap.${outcome.reason}`,
										),
									})}
								</PanelNotice>
							) : as === "table" ? (
								// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
								<div className={table.scroll} tabIndex={0}>
									<table data-testid="projection-days">
										<thead>
											<tr>
												<th scope="col">{t("epidemic.rt.day")}</th>
												<th scope="col" className="number">
													{t("epidemic.projection.median")}
												</th>
												{levels.map((level) => (
													<th key={level} scope="col" className="number">
														{format.count(level * 100, 0)} %
													</th>
												))}
												<th scope="col" className="number">
													{t("epidemic.projection.came")}
												</th>
											</tr>
										</thead>
										<tbody>
											{rows.map((row) => (
												<tr key={row.day}>
													<th scope="row">{format.day(row.day)}</th>
													<td className="number">
														{format.count(row.median, 0)}
													</td>
													{row.bands.map(({ level, low, high }) => (
														<td key={level} className="number">
															{format.count(low, 0)}–{format.count(high, 0)}
														</td>
													))}
													<td className="number">
														{row.came === null
															? "–"
															: format.count(row.came, 0)}
													</td>
												</tr>
											))}
										</tbody>
									</table>
								</div>
							) : (
								<ProjectionChart told={told} description={statement} />
							)}
							{projected && (
								<p className={table.note} data-testid="projection-note">
									{t("epidemic.projection.held", {
										mean: format.rate(projected.reproduction.mean),
										low: format.rate(projected.reproduction.low),
										high: format.rate(projected.reproduction.high),
										day: format.day(lastCase),
									})}{" "}
									{lastCase < day &&
										t("epidemic.rt.comingHelp", {
											day: format.day(lastCase),
										})}
								</p>
							)}
						</div>
						<MeasureList
							measures={measures}
							firstDay={lastCase + 1}
							days={PROJECTION_DAYS}
							change={(list) =>
								changeSearch({
									measures:
										(z.encode(measuresOf, list) as string | undefined) ?? "",
								})
							}
						/>
					</>
				)}
			</Panel>
			<PastProjections
				area={selected}
				found={scores}
				told={scored}
				cases={told ?? null}
			/>
			<ModelCard
				model="renewal"
				score={
					scored?.score
						? scoreText(scored.score, selected.name, SCORED_DAYS)
						: null
				}
			/>
		</div>
	);
}
