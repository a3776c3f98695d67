import { Button, SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import {
	NOWCAST_INDICATORS,
	NOWCAST_LEAST_DAYS,
	NowcastOf,
	type ToldNowcast,
} from "../../../core/api/nowcast.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { TableExport } from "../../parts/table/table-export.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Option } from "../../parts/ui/option.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { BackendError } from "../../state/ask.ts";
import { useSearch } from "../../state/search.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { useViewOf } from "../../state/view-state.ts";
import { ModelWords } from "./model-card.tsx";
import styles from "./nowcast.module.css";
import { NowcastDelays } from "./nowcast-delays.tsx";
import { NowcastLateness } from "./nowcast-lateness.tsx";
import { NowcastScore } from "./nowcast-score.tsx";
import { NowcastWeekdays } from "./nowcast-weekdays.tsx";
import table from "./reproduction.module.css";
import { epidemicSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

/** What the counts of the last days will be once all reports are in, how long these take, and how well that was told before. */
export default function NowcastView({ areas, selected }: ViewProps) {
	const { t, format } = useLanguage();
	const [search, changeSearch] = useSearch(epidemicSearch);
	const day = usePanelDay();
	const { asKnown, change, wall } = useViewOf("asKnown", "change", "wall");
	const [as, setAs] = useState<"chart" | "table" | "model">("chart");
	const { save, notice } = useSave();
	const found = useStoppable(NowcastOf, {
		area: selected.id,
		indicator: search.counted,
		day,
		as_known: asKnown,
	});
	const { data, error } = found.query;
	const answer =
		data?.area === selected.id && data.indicator === search.counted
			? data
			: undefined;
	const outcome = answer?.outcome;
	const told = outcome?.status === "told" ? outcome : null;
	/** While another day is asked for, the answer still shown is of the one before. */
	const shownDay = answer?.day ?? day;
	const isOld = found.query.isPlaceholderData;
	const of = {
		area: selected,
		indicator: search.counted,
		day: shownDay,
		asKnown: answer?.known ?? asKnown,
	};
	const exported = useExport({ part: "perkiraan-terkini", ...of });
	const exportedAs = {
		lateness: useExport({ part: "keterlambatan", ...of }),
		weekdays: useExport({ part: "hari-pekan", ...of }),
	};
	const lines = useMemo((): ChartLine[] => {
		if (!told) return [];
		return [
			{
				label: t("epidemic.nowcast.reported"),
				values: told.days.map(({ observed }) => observed),
				look: 0,
			},
			{
				label: t("epidemic.nowcast.estimate"),
				values: told.days.map(({ estimate }) => estimate),
				look: 1,
				band: {
					low: told.days.map(({ low }) => low),
					high: told.days.map(({ high }) => high),
				},
			},
		];
	}, [told, t]);
	const latest = told?.days.findLast(({ estimate }) => estimate !== null);
	const statement = latest
		? t(`epidemic.nowcast.${latest.completeness === 1 ? "nothing" : "says"}`, {
				day: format.day(latest.day),
				estimate: format.count(latest.estimate ?? 0, 0),
				low: format.count(latest.low ?? 0, 0),
				high: format.count(latest.high ?? 0, 0),
				reported: format.count(latest.observed ?? 0, 0),
			})
		: "";
	const rows = told ? told.days.toReversed() : [];
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: row.observed, kind: "number" },
			{ value: row.completeness, kind: "number" },
			{ value: row.estimate, kind: "number" },
			{ value: row.low, kind: "number" },
			{ value: row.high, kind: "number" },
			{
				value: row.reason && t(`epidemic.nowcast.gap.${row.reason}`),
				kind: "text",
			},
			...exported.row(row.day, null),
		]);
	const isComing = (one: ToldNowcast["days"][number]) =>
		told?.coming != null && one.day >= told.coming;
	const failure = (error: Error) => (
		<PanelFailure error={error} again={found.again}>
			{error instanceof BackendError && error.code === "changed"
				? t("epidemic.nowcast.changed")
				: undefined}
		</PanelFailure>
	);
	const state = found.stopped ? (
		<Stopped again={found.again} />
	) : error && !answer ? (
		failure(error)
	) : !outcome ? (
		<Working progress={found.progress} stop={found.stop} />
	) : null;
	const beside =
		state ??
		(outcome?.status === "not-known" && outcome.reason === "settled" ? (
			<PanelNotice>{t("epidemic.nowcast.onlyAwaited")}</PanelNotice>
		) : null);
	return (
		<div className={styles.view}>
			<Panel
				title={t("epidemic.nowcast.title", { area: selected.name })}
				subtitle={statement}
				testId="nowcast-panel"
				className={styles.main ?? ""}
				tools={
					<>
						<SegmentedControl
							size="xs"
							aria-label={t("epidemic.shownAs.label")}
							data-testid="nowcast-as"
							value={as}
							data={(["chart", "table", "model"] as const).map((one) => ({
								value: one,
								label: t(`epidemic.shownAs.${one}`),
							}))}
							onChange={(one) => setAs(one as typeof as)}
						/>
						<TableExport
							table={{
								title: t("epidemic.view.terkini"),
								name: exported.name,
								heads: [
									t("epidemic.nowcast.export.reported"),
									t("epidemic.nowcast.export.completeness"),
									t("epidemic.nowcast.export.estimate"),
									t("epidemic.nowcast.export.low"),
									t("epidemic.nowcast.export.high"),
									t("epidemic.nowcast.export.reason"),
									...exported.heads,
								],
								rows: cells,
							}}
							save={save}
							testId="nowcast-export"
							disabled={!told || isOld}
						/>
					</>
				}
			>
				{notice}
				<div className={styles.choice}>
					<Option
						label={t("epidemic.nowcast.counted")}
						help={t("epidemic.nowcast.countedHelp")}
						testId="nowcast-counted"
						value={search.counted}
						values={NOWCAST_INDICATORS}
						nameOf={(one) => t(`epidemic.nowcast.of.${one}`)}
						choose={(counted) => changeSearch({ counted })}
					/>
				</div>
				{state}
				{!state && outcome && (
					<>
						{error && failure(error)}
						{found.query.isFetching && (
							<Working progress={found.progress} stop={found.stop} />
						)}
						{as === "model" ? (
							<ModelWords model="nowcast" score={null} />
						) : !told || !answer ? (
							<PanelNotice
								action={
									outcome.status === "not-known" &&
									outcome.reason === "settled" &&
									outcome.from !== null &&
									shownDay >= outcome.from &&
									!wall && (
										<Button
											size="compact-sm"
											data-testid="nowcast-then"
											onClick={() => change({ asKnown: shownDay })}
										>
											{t("epidemic.nowcast.seeThen", {
												day: format.day(shownDay),
											})}
										</Button>
									)
								}
							>
								{outcome.status === "not-known" &&
									(outcome.reason === "settled"
										? t("epidemic.nowcast.settled", {
												day: format.day(shownDay),
												known: format.day(answer?.known ?? shownDay),
											})
										: t("epidemic.nowcast.short", {
												has: outcome.has,
												needs: NOWCAST_LEAST_DAYS,
											}))}
							</PanelNotice>
						) : as === "table" ? (
							// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
							<div className={table.scroll} tabIndex={0}>
								<table data-testid="nowcast-days">
									<thead>
										<tr>
											<th scope="col">{t("epidemic.rt.day")}</th>
											<th scope="col" className="number">
												{t("epidemic.nowcast.reported")}
											</th>
											<th scope="col" className="number">
												{t("epidemic.nowcast.completeness")}
											</th>
											<th scope="col" className="number">
												{t("epidemic.nowcast.estimate")}
											</th>
										</tr>
									</thead>
									<tbody>
										{rows.map((row) => (
											<tr
												key={row.day}
												data-coming={isComing(row) || undefined}
											>
												<th scope="row">{format.day(row.day)}</th>
												<td className="number">
													{row.observed === null
														? t("epidemic.nowcast.notReported")
														: format.count(row.observed, 0)}
												</td>
												<td className="number">
													{row.completeness === null
														? "–"
														: `${format.count(row.completeness * 100, 0)} %`}
												</td>
												<td className="number">
													{row.estimate === null
														? row.reason &&
															t(`epidemic.nowcast.gap.${row.reason}`)
														: `${format.count(row.estimate, 0)} (${format.count(row.low ?? 0, 0)}–${format.count(row.high ?? 0, 0)})`}
												</td>
											</tr>
										))}
									</tbody>
								</table>
							</div>
						) : (
							<LinesChart
								firstDay={told.days[0]?.day ?? shownDay}
								lines={lines}
								today={told.days.at(-1)?.day ?? shownDay}
								todayLabel={format.day(told.days.at(-1)?.day ?? shownDay)}
								description={statement}
								comingFrom={told.coming}
								testId="nowcast-chart"
							/>
						)}
						{told && answer && (
							<p className={table.note}>
								{t("epidemic.nowcast.knownOn", {
									day: format.day(answer.known),
								})}{" "}
								{told.corrections > 0 &&
									t("epidemic.nowcast.corrections", {
										count: told.corrections,
									})}{" "}
								{t("epidemic.nowcast.byReport")}
							</p>
						)}
					</>
				)}
			</Panel>
			<NowcastScore area={selected} told={told} state={beside} />
			<NowcastDelays told={told} state={beside} />
			<NowcastLateness
				area={selected}
				{...{ areas, told, isOld }}
				state={beside}
				exported={exportedAs.lateness}
			/>
			<NowcastWeekdays
				{...{ told, isOld }}
				day={shownDay}
				state={beside}
				exported={exportedAs.weekdays}
			/>
		</div>
	);
}
