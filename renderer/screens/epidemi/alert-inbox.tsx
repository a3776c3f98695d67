import { SegmentedControl } from "@mantine/core";
import type { CellKeyDownEvent, ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo, useRef, useState } from "react";
import type { AlertsRaised, InboxAlert } from "../../../core/api/alerts.ts";
import { HandleAlert } from "../../../core/api/alerts.ts";
import { ALERT_TURNS } from "../../../core/epidemic/alert-standing.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useDecidedHere } from "../../state/decided-here.ts";
import { useSearch } from "../../state/search.ts";
import type { useStoppable } from "../../state/stoppable.ts";
import { AlertPanel } from "./alert-panel.tsx";
import { type AlertWords, alertKey } from "./alert-words.ts";
import styles from "./alerts.module.css";
import { ALERTS_SHOWN, epidemicSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

type Shown = (typeof ALERTS_SHOWN)[number];
export type InboxAsked = ReturnType<typeof useStoppable<typeof AlertsRaised>>;

const isShown = ({ turn }: InboxAlert, shown: Shown): boolean =>
	shown === "all" ||
	(shown === "open" ? turn !== "closed" && turn !== "snoozed" : turn === shown);

/** What is to be done first is first; evidence and what can be done stand beside it. */
export function AlertInboxPart({
	areas,
	selected,
	select,
	inbox,
	words,
}: ViewProps & { inbox: InboxAsked; words: AlertWords }) {
	const { t, format, language } = useLanguage();
	const { query, progress, stopped, stop, again } = inbox;
	const { data = null, error } = query;
	const [search, change] = useSearch(epidemicSearch);
	const [filter, setFilter] = useState("");
	const panel = useRef<HTMLDivElement>(null);
	const grid = useGridAnew();
	const root = useRootSize();
	const { save, notice } = useSave();
	const decided = useDecidedHere(
		[HandleAlert.name],
		(request) => {
			const { rule, area, day } = request as {
				rule: string;
				area: string;
				day: Day;
			};
			return alertKey({ rule, code: area, day });
		},
		query.isFetching,
	);
	const within = useMemo(() => {
		const { code, level } = selected;
		return (
			data?.alerts.filter(
				(one) =>
					level === "nation" ||
					one.code === code ||
					one.code.startsWith(`${code}.`),
			) ?? []
		);
	}, [data, selected]);
	const rows = useMemo(
		() => within.filter((one) => isShown(one, search.turn)),
		[within, search.turn],
	);
	const chosen =
		data?.alerts.find((one) => alertKey(one) === search.alert) ?? null;
	const { onTheirWay } = decided;
	const columns = useMemo(
		(): ColDef<InboxAlert>[] => [
			{
				colId: "turn",
				headerName: t("alerts.column.turn"),
				width: root * 6.6,
				valueGetter: ({ data }) =>
					data &&
					`${t(`alerts.turn.${data.turn}`)}${onTheirWay.has(alertKey(data)) ? " …" : ""}`,
				comparator: (_a, _b, a, b) =>
					ALERT_TURNS.indexOf(a.data?.turn ?? "closed") -
					ALERT_TURNS.indexOf(b.data?.turn ?? "closed"),
				cellClassRules: {
					[styles.overdue ?? "overdue"]: ({ data }) => data?.turn === "overdue",
					[styles.fresh ?? "fresh"]: ({ data }) => data?.turn === "new",
				},
			},
			{
				field: "day",
				headerName: t("alerts.column.day"),
				width: root * 6.8,
				valueFormatter: ({ value }) => format.day(value as number),
			},
			{
				field: "name",
				headerName: t("alerts.column.area"),
				flex: 1.3,
				minWidth: root * 9,
				tooltipField: "name",
			},
			{
				colId: "rule",
				headerName: t("alerts.column.rule"),
				flex: 1.1,
				minWidth: root * 8,
				valueGetter: ({ data }) => data && words.rule(data.rule),
				tooltipValueGetter: ({ data }) => data && words.basis(data),
			},
			{
				field: "value",
				headerName: t("alerts.column.value"),
				type: "rightAligned",
				width: root * 5.4,
				valueFormatter: ({ data, value }) =>
					data ? words.figure(data.kind, value as number | null) : "",
			},
			{
				field: "threshold",
				headerName: t("alerts.column.threshold"),
				type: "rightAligned",
				width: root * 5.4,
				valueFormatter: ({ data, value }) =>
					data ? words.figure(data.kind, value as number) : "",
			},
			{
				colId: "assignee",
				headerName: t("alerts.column.assignee"),
				flex: 0.8,
				minWidth: root * 6,
				valueGetter: ({ data }) => data?.standing.assignee ?? "–",
			},
			{
				colId: "verdict",
				headerName: t("alerts.column.verdict"),
				width: root * 6.4,
				hide: search.turn !== "closed" && search.turn !== "all",
				valueGetter: ({ data }) =>
					data?.standing.verdict
						? t(`alerts.verdict.${data.standing.verdict}`)
						: "–",
			},
		],
		[t, format, root, words, onTheirWay, search.turn],
	);
	const exported = useExport({
		part: "peringatan",
		area: selected,
		indicator: "confirmed",
		day: data?.lastDay ?? 0,
		asKnown: null,
	});
	const heads = [
		...(
			[
				"turn",
				"day",
				"code",
				"area",
				"rule",
				"version",
				"value",
				"threshold",
				"size",
				"against",
				"now",
				"holds",
				"assignee",
				"verdict",
			] as const
		).map((column) => t(`alerts.column.${column}`)),
		...exported.heads,
	];
	const number = (value: number | null): CsvCell => ({ value, kind: "number" });
	const text = (value: string | null): CsvCell => ({ value, kind: "text" });
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			text(t(`alerts.turn.${row.turn}`)),
			text(isoFromDay(row.day)),
			{ value: row.code, kind: "code" },
			text(row.name),
			text(words.rule(row.rule)),
			number(row.version),
			number(row.value),
			number(row.threshold),
			number(row.size),
			number(row.against),
			number(row.now),
			text(
				t(`alerts.holds.${row.holds ? "yes" : "no"}`, {
					day: format.day(row.until),
				}),
			),
			text(row.standing.assignee),
			text(row.standing.verdict && t(`alerts.verdict.${row.standing.verdict}`)),
			...exported.row(row.day, null),
		]);
	const words4 = {
		area: selected.name,
		from: data ? format.day(data.firstDay) : "",
	};
	return (
		<>
			<div className={styles.options}>
				<SegmentedControl
					size="xs"
					aria-label={t("alerts.show")}
					data-testid="alerts-shown"
					value={search.turn}
					data={ALERTS_SHOWN.map((one) => ({
						value: one,
						label: t(`alerts.shown.${one}`, {
							count: data
								? (format.number(
										within.filter((alert) => isShown(alert, one)).length,
									) as unknown as number)
								: ("–" as unknown as number),
						}),
					}))}
					onChange={(one) => change({ turn: one as Shown })}
				/>
				<TableFilter
					value={filter}
					change={setFilter}
					testId="alerts-filter"
					label={t("alerts.filter")}
					className={styles.filter}
				/>
			</div>
			<div className={styles.parts}>
				<Panel
					title={t("alerts.title")}
					subtitle={
						data &&
						`${selected.name} · ${t("alerts.window", {
							from: format.day(data.firstDay),
							to: format.day(data.lastDay),
						})}`
					}
					testId="alerts-panel"
					className={styles.list}
					tools={
						<TableExport
							table={{
								title: t("alerts.title"),
								name: exported.name,
								heads,
								rows: cells,
							}}
							save={save}
							testId="alerts-export"
							disabled={rows.length === 0}
						/>
					}
				>
					{notice}
					{!data ? (
						stopped ? (
							<Stopped again={again} />
						) : error ? (
							<PanelFailure error={error} again={again} />
						) : (
							<Working progress={progress} stop={stop} />
						)
					) : (
						<>
							{error && <PanelFailure error={error} again={again} />}
							{rows.length === 0 ? (
								<PanelNotice>
									{t(`alerts.none.${search.turn}`, words4)}
								</PanelNotice>
							) : (
								<div className={grids.grid} data-testid="alerts-table">
									<AgGridReact<InboxAlert>
										key={`${grid.key} ${search.turn}`}
										{...grid.inOrder}
										theme={GRID_THEME}
										rowData={rows as InboxAlert[]}
										columnDefs={columns}
										defaultColDef={{ sortable: true, resizable: true }}
										getRowId={({ data }) => alertKey(data)}
										localeText={gridTexts(language)}
										quickFilterText={filter}
										enableCellTextSelection
										ensureDomOrder
										animateRows={false}
										tooltipShowDelay={400}
										rowClassRules={{
											[styles.chosen ?? "chosen"]: ({ data }) =>
												data !== undefined && alertKey(data) === search.alert,
										}}
										onRowClicked={({ data }) =>
											data && change({ alert: alertKey(data) })
										}
										onCellKeyDown={(event) => {
											const { data, event: key } =
												event as CellKeyDownEvent<InboxAlert>;
											if (
												!data ||
												!(key instanceof KeyboardEvent) ||
												key.key !== "Enter"
											)
												return;
											key.preventDefault();
											change({ alert: alertKey(data) });
											// What can be done with it is the next thing that a key reaches.
											requestAnimationFrame(() => panel.current?.focus());
										}}
									/>
								</div>
							)}
						</>
					)}
					<p className={styles.foot}>{t("alerts.byKeys")}</p>
				</Panel>
				<div
					ref={panel}
					tabIndex={-1}
					className={styles.side}
					data-testid="alert-side"
				>
					<AlertPanel
						key={chosen ? alertKey(chosen) : ""}
						alert={chosen}
						today={data?.lastDay ?? 0}
						entry={chosen ? onTheirWay.get(alertKey(chosen)) : undefined}
						undo={chosen ? decided.undoable.get(alertKey(chosen)) : undefined}
						words={words}
						toArea={(id) => {
							const area = areas.byId(id);
							if (area) select(area);
						}}
					/>
				</div>
			</div>
		</>
	);
}
