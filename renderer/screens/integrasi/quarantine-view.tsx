import type { ColDef } from "ag-grid-community";
import { useCallback, useMemo, useState } from "react";
import { Quarantine, type QuarantineRow } from "../../../core/api/sources.ts";
import { GivenTables } from "../../../core/api/tables.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useAnswer } from "../../state/answers.ts";
import { useSearch } from "../../state/search.ts";
import { DeskGrid } from "./desk-grid.tsx";
import { useFaultWords } from "./fault-words.ts";
import styles from "./integrasi.module.css";
import { integrationSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

type Line = QuarantineRow & { at: number };

/** Rows that could not be used; those of a table that was given here lead to it, where it is mapped and taken in again. */
export default function QuarantineView(_: ViewProps) {
	const { t, format, language } = useLanguage();
	const { reason, expects } = useFaultWords();
	const root = useRootSize();
	const [filter, setFilter] = useState("");
	const [, change] = useSearch(integrationSearch);
	const query = useAnswer(Quarantine, { file: null }, { keepLast: true });
	const given = useAnswer(GivenTables, {}, { keepLast: true });
	const rows = useMemo(
		() => (query.data ?? []).map((row, at): Line => ({ ...row, at })),
		[query.data],
	);
	const tables = given.data;
	const tableOf = useCallback(
		(file: number) => tables?.find(({ taken }) => taken?.file === file)?.table,
		[tables],
	);
	const columns = useMemo(
		(): ColDef<Line>[] => [
			{
				field: "file",
				headerName: t("integration.quarantine.file"),
				flex: 1.3,
				minWidth: root * 9,
				valueFormatter: ({ value, data }) =>
					data && tableOf(data.fileId) !== undefined
						? `${value} · ${t("integration.quarantine.toTables")}`
						: String(value),
				cellClass: styles.wraps,
				wrapText: true,
				autoHeight: true,
			},
			{
				field: "line",
				headerName: t("integration.quarantine.line"),
				type: "rightAligned",
				width: root * 5,
				valueFormatter: ({ value }) =>
					value === null ? "–" : format.number(value as number),
			},
			{
				field: "column",
				headerName: t("integration.quarantine.column"),
				width: root * 8,
			},
			{
				colId: "reason",
				headerName: t("integration.quarantine.reason"),
				width: root * 10,
				valueGetter: ({ data }) => data && reason(data),
			},
			{
				field: "found",
				headerName: t("integration.quarantine.found"),
				flex: 1.3,
				minWidth: root * 8,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
			},
			{
				colId: "expected",
				headerName: t("integration.quarantine.expected"),
				valueGetter: ({ data }) => data && expects(data),
				// As the reader wrote it, in English, with what it holds against what was found.
				...(language === "en" && { tooltipField: "expected" }),
				flex: 1.6,
				minWidth: root * 9,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
			},
			{
				field: "alike",
				headerName: t("integration.quarantine.alike"),
				type: "rightAligned",
				width: root * 5,
				valueFormatter: ({ value }) => format.number(value as number),
			},
		],
		[t, format, language, root, tableOf, reason, expects],
	);
	return (
		<Panel
			title={t("integration.quarantine.title", {
				shown: query.data ? format.number(rows.length) : "…",
			})}
			testId="quarantine-panel"
			className={styles.whole}
		>
			<div className={styles.tools}>
				<TableFilter
					value={filter}
					change={setFilter}
					testId="quarantine-filter"
					label={t("integration.filter")}
					className={styles.filter}
				/>
			</div>
			{query.error && !query.data ? (
				<PanelFailure error={query.error} again={query.refetch} />
			) : !query.data ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : rows.length === 0 ? (
				<PanelNotice>{t("integration.quarantine.none")}</PanelNotice>
			) : (
				<DeskGrid
					rows={rows}
					columns={columns}
					idOf={({ at }) => String(at)}
					filter={filter}
					open={({ fileId }) => {
						const table = tableOf(fileId);
						if (table !== undefined)
							change({ view: "tabel", table: String(table) });
					}}
					testId="quarantine-table"
				/>
			)}
			<p className={styles.how}>{t("integration.quarantine.how")}</p>
		</Panel>
	);
}
