import type { ColDef } from "ag-grid-community";
import { useMemo, useState } from "react";
import {
	MATRIX_DAYS,
	type MatrixCell,
	type ReportingMatrix,
	ReportingOf,
} from "../../../core/api/desk.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import type { Language } from "../../i18n/language.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useDeskExport } from "./desk-export.ts";
import { DeskGrid } from "./desk-grid.tsx";
import styles from "./integrasi.module.css";
import type { ViewProps } from "./view-props.ts";

type Row = ReportingMatrix["rows"][number];
type Reminder = ReportingMatrix["reminders"][number];

const SIGNS = {
	full: "●",
	late: "◔",
	part: "−",
	silent: "✕",
	empty: "∅",
	none: "·",
} as const;

/** What a day of a source comes to. */
export function stateOf({
	reported,
	late,
	silent,
	empty,
}: MatrixCell): keyof typeof SIGNS {
	if (reported === 0) return silent > 0 ? "silent" : empty ? "empty" : "none";
	if (silent > 0) return "part";
	return late > 0 ? "late" : "full";
}

function nameIn(language: Language, { source }: { source: Row["source"] }) {
	return language === "id" ? source.id_name : source.en_name;
}

/** Who reported on which day, and whom to remind. */
export default function MatrixView(_: ViewProps) {
	const { t, format, language } = useLanguage();
	const asked = usePanelDay();
	const root = useRootSize();
	const { save, notice } = useSave();
	const [filter, setFilter] = useState("");
	const query = useAnswer(ReportingOf, { day: asked }, { keepLast: true });
	const { data } = query;
	// While the answer of another day is on its way the last one stays, under its own day.
	const day = data?.day ?? asked;
	const exported = useDeskExport(day);
	const firstDay = data?.firstDay ?? day;
	const columns = useMemo(
		(): ColDef<Row>[] => [
			{
				colId: "source",
				headerName: t("integration.source"),
				pinned: "left",
				width: root * 14,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueGetter: ({ data: row }) => row && nameIn(language, row),
				tooltipValueGetter: ({ data: row }) => row?.source.key,
			},
			{
				colId: "cadence",
				headerName: t("integration.matrix.column.cadence"),
				width: root * 6,
				valueGetter: ({ data: row }) =>
					row && t(`integration.matrix.cadence.${row.cadence}`),
			},
			{
				field: "expected",
				headerName: t("integration.matrix.column.expected"),
				type: "rightAligned",
				width: root * 6,
				valueFormatter: ({ value }) => format.number(value as number),
			},
			{
				field: "complete",
				headerName: t("integration.matrix.column.complete"),
				type: "rightAligned",
				width: root * 5.5,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null
						? "–"
						: `${format.count((value as number) * 100, 0)} %`,
			},
			...Array.from(
				{ length: MATRIX_DAYS },
				(_, at): ColDef<Row> => ({
					colId: `day${at}`,
					headerName: format.dayOfYear(firstDay + at),
					width: root * 3.5,
					sortable: false,
					valueGetter: ({ data: row }) => {
						const cell = row?.cells[at];
						if (!cell) return "";
						const state = stateOf(cell);
						return state === "part"
							? `${SIGNS.part}${format.number(cell.silent)}`
							: SIGNS[state];
					},
					cellClass: ({ data: row }) => [
						styles.cell ?? "",
						styles[row ? stateOf(row.cells[at]) : "none"] ?? "",
					],
					tooltipValueGetter: ({ data: row }) => {
						const cell = row?.cells[at];
						return (
							cell &&
							[
								t("integration.matrix.cell", {
									day: format.day(firstDay + at),
									reported: format.number(cell.reported),
									late: format.number(cell.late),
									silent: format.number(cell.silent),
								}),
								...(cell.empty === null
									? []
									: [
											t("integration.matrix.emptyFiles", {
												empty: format.number(cell.empty),
											}),
										]),
							].join(", ")
						);
					},
				}),
				// The newest day first: it is the one that is acted on.
			).reverse(),
		],
		[t, format, root, firstDay, language],
	);
	const reminderColumns = useMemo(
		(): ColDef<Reminder>[] => [
			{
				colId: "who",
				headerName: t("integration.reminders.who"),
				flex: 1.4,
				minWidth: root * 7,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueGetter: ({ data: row }) => row && `${row.name} (${row.code})`,
			},
			{
				colId: "source",
				headerName: t("integration.source"),
				flex: 1.2,
				minWidth: root * 6,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueGetter: ({ data: row }) => row && nameIn(language, row),
			},
			{
				colId: "days",
				headerName: t("integration.reminders.silentDays"),
				type: "rightAligned",
				width: root * 5,
				valueGetter: ({ data: row }) => row && day - row.lastDay,
			},
			{
				field: "lastDay",
				headerName: t("integration.reminders.last"),
				width: root * 6.5,
				valueFormatter: ({ value }) => format.day(value as number),
			},
		],
		[t, format, root, day, language],
	);
	if (query.error && !data)
		return (
			<Panel title={t("integration.view.kelengkapan")} testId="matrix-panel">
				<PanelFailure error={query.error} again={query.refetch} />
			</Panel>
		);
	const reminders = data?.reminders ?? [];
	return (
		<div className={styles.two}>
			<Panel
				title={t("integration.matrix.title", { day: format.day(day) })}
				testId="matrix-panel"
				tools={
					<TableExport
						table={{
							title: t("integration.view.kelengkapan"),
							name: exported.name("kelengkapan"),
							heads: [
								t("integration.source"),
								t("integration.matrix.column.cadence"),
								t("integration.matrix.column.expected"),
								t("integration.matrix.column.complete"),
								...Array.from({ length: MATRIX_DAYS }, (_, at) =>
									format.day(firstDay + at),
								),
								...exported.heads,
							],
							rows: () =>
								(data?.rows ?? []).map((row) => [
									{ value: nameIn(language, row), kind: "text" },
									{
										value: t(`integration.matrix.cadence.${row.cadence}`),
										kind: "text",
									},
									{ value: row.expected, kind: "number" },
									{
										value:
											row.complete === null
												? null
												: `${format.count(row.complete * 100, 0)} %`,
										kind: "text",
									},
									...row.cells.map((cell) => ({
										value: `${t(`integration.matrix.sign.${stateOf(cell)}`)} ${cell.reported}/${cell.reported + cell.silent}`,
										kind: "text" as const,
									})),
									...exported.cells,
								]),
						}}
						save={save}
						testId="matrix-export"
						disabled={!data}
					/>
				}
			>
				{notice}
				<div className={styles.tools}>
					<TableFilter
						value={filter}
						change={setFilter}
						testId="matrix-filter"
						label={t("integration.filter")}
						className={styles.filter}
					/>
				</div>
				{!data ? (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				) : data.rows.length === 0 ? (
					<PanelNotice>{t("integration.matrix.none")}</PanelNotice>
				) : (
					<DeskGrid
						rows={data.rows}
						columns={columns}
						idOf={({ source }) => source.key}
						filter={filter}
						testId="matrix-table"
					/>
				)}
				<ul className={styles.legend}>
					{(Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((state) => (
						<li key={state}>
							<span className={styles[state]} aria-hidden>
								{SIGNS[state]}
							</span>{" "}
							{t(`integration.matrix.sign.${state}`)}
						</li>
					))}
				</ul>
				<p className={styles.how}>{t("integration.matrix.how")}</p>
			</Panel>
			<Panel
				title={t("integration.reminders.title", {
					// A number that is not known yet is none, and not 0.
					shown: data ? format.number(reminders.length) : "…",
					of: data ? format.number(data.silent) : "…",
				})}
				testId="reminder-panel"
				tools={
					<TableExport
						table={{
							title: t("integration.reminders.all"),
							name: exported.name("pengingat"),
							heads: [
								t("integration.reminders.who"),
								t("integration.area"),
								t("integration.source"),
								t("integration.reminders.last"),
								...exported.heads,
							],
							rows: () =>
								reminders.map((row) => [
									{ value: row.name, kind: "text" },
									{ value: row.code, kind: "code" },
									{ value: nameIn(language, row), kind: "text" },
									{ value: format.day(row.lastDay), kind: "text" },
									...exported.cells,
								]),
						}}
						save={save}
						testId="reminder-export"
						disabled={reminders.length === 0}
					/>
				}
			>
				{!data ? (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				) : reminders.length === 0 ? (
					<PanelNotice>
						{t("integration.reminders.none", { day: format.day(day) })}
					</PanelNotice>
				) : (
					<DeskGrid
						rows={reminders}
						columns={reminderColumns}
						idOf={({ source, area, code }) => `${source.key} ${area} ${code}`}
						testId="reminder-table"
					/>
				)}
			</Panel>
		</div>
	);
}
