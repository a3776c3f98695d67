import type { ColDef } from "ag-grid-community";
import { useMemo, useState } from "react";
import { type Conflict, ConflictsOf } from "../../../core/api/desk.ts";
import { RULES } from "../../../core/quality/rule.ts";
import { isIndicatorKey } from "../../../core/series/indicator.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { fetched } from "../../parts/ui/fetched.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useView } from "../../state/view-state.ts";
import { useDeskExport } from "./desk-export.ts";
import { DeskGrid } from "./desk-grid.tsx";
import styles from "./integrasi.module.css";
import type { ViewProps } from "./view-props.ts";

const ExplainDrawer = fetched(() =>
	import("../../parts/explain/explain-drawer.tsx").then(
		({ ExplainDrawer }) => ({ default: ExplainDrawer }),
	),
);

/** Where sources differ, by size and age, with what each of them says; a row leads to the evidence and to a decision. */
export default function ConflictView({ areas }: ViewProps) {
	const { t, format } = useLanguage();
	const asked = usePanelDay();
	const root = useRootSize();
	const explain = useView((view) => view.explain);
	const { save, notice } = useSave();
	const [filter, setFilter] = useState("");
	const [count, setCount] = useState(0);
	const query = useAnswer(ConflictsOf, { day: asked }, { keepLast: true });
	// While the answer of another day is on its way the last one stays, under its own day.
	const day = query.data?.day ?? asked;
	const exported = useDeskExport(day);
	const { sourceName, indicatorName, says, evidence, ruleText } =
		useConflictWords();
	const columns = useMemo(
		(): ColDef<Conflict>[] => [
			{
				colId: "area",
				headerName: t("integration.area"),
				flex: 1.3,
				minWidth: root * 9,
				valueGetter: ({ data }) => data && `${data.name} (${data.code})`,
			},
			{
				colId: "level",
				headerName: t("integration.level"),
				width: root * 7.5,
				valueGetter: ({ data }) => data && t(`level.${data.level}`),
			},
			{
				colId: "indicator",
				headerName: t("integration.indicator"),
				width: root * 8,
				valueGetter: ({ data }) => data && indicatorName(data),
			},
			{
				field: "shown",
				headerName: t("integration.conflict.shown"),
				type: "rightAligned",
				width: root * 6,
				valueFormatter: ({ value }) =>
					value === null
						? t("value.notReported")
						: format.number(value as number),
			},
			{
				colId: "by",
				headerName: t("integration.conflict.by"),
				flex: 1,
				minWidth: root * 8,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueGetter: ({ data }) => data && sourceName(data.source),
				// By which rule it is the one that is shown.
				tooltipValueGetter: ({ data }) => data && ruleText(data),
			},
			{
				colId: "says",
				headerName: t("integration.conflict.says"),
				flex: 3,
				minWidth: root * 16,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueGetter: ({ data }) => data && says(data),
				tooltipValueGetter: ({ data }) => data && evidence(data),
			},
			{
				field: "gap",
				headerName: t("integration.conflict.gap"),
				type: "rightAligned",
				width: root * 5.5,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null ? "–" : format.number(value as number),
			},
			{
				field: "share",
				headerName: t("integration.conflict.share"),
				type: "rightAligned",
				width: root * 5.5,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null
						? "–"
						: `${format.count((value as number) * 100, 1)} %`,
			},
			{
				field: "days",
				headerName: t("integration.conflict.days"),
				type: "rightAligned",
				width: root * 5,
			},
			{
				colId: "tolerance",
				headerName: t("integration.conflict.tolerance"),
				width: root * 7,
				sortable: false,
				valueGetter: ({ data }) =>
					data &&
					t("integration.conflict.toleranceOf", {
						absolute: format.number(data.tolerance.absolute),
						relative: format.number(data.tolerance.relative * 100),
					}),
			},
		],
		[t, format, root, sourceName, indicatorName, says, evidence, ruleText],
	);
	const rows = query.data?.conflicts ?? [];
	return (
		<>
			<Panel
				title={t("integration.conflict.title", {
					day: format.day(day),
					shown: query.data
						? format.number(filter === "" ? rows.length : count)
						: "…",
					of: query.data ? format.number(rows.length) : "…",
				})}
				testId="conflict-panel"
				className={styles.whole}
				tools={
					<TableExport
						table={{
							title: t("integration.view.konflik"),
							name: exported.name("konflik"),
							heads: [
								t("integration.area"),
								t("integration.level"),
								t("integration.indicator"),
								t("integration.conflict.shown"),
								t("integration.conflict.by"),
								t("integration.conflict.says"),
								t("integration.conflict.gap"),
								t("integration.conflict.days"),
								t("integration.conflict.rule"),
								...exported.heads,
							],
							rows: () =>
								rows.map((row) => [
									{ value: row.code, kind: "code" },
									{ value: t(`level.${row.level}`), kind: "text" },
									{ value: indicatorName(row), kind: "text" },
									{ value: row.shown, kind: "number" },
									{ value: sourceName(row.source), kind: "text" },
									{ value: says(row), kind: "text" },
									{ value: row.gap, kind: "number" },
									{ value: row.days, kind: "number" },
									{ value: ruleText(row), kind: "text" },
									...exported.cells,
								]),
						}}
						save={save}
						testId="conflict-export"
						disabled={rows.length === 0}
					/>
				}
			>
				{notice}
				<div className={styles.tools}>
					<TableFilter
						value={filter}
						change={setFilter}
						testId="conflict-filter"
						label={t("integration.filter")}
						className={styles.filter}
					/>
				</div>
				{query.error && !query.data ? (
					<PanelFailure error={query.error} again={query.refetch} />
				) : !query.data ? (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				) : rows.length === 0 ? (
					<PanelNotice>
						{t("integration.conflict.none", { day: format.day(day) })}
					</PanelNotice>
				) : (
					<DeskGrid
						rows={rows}
						columns={columns}
						idOf={({ area, indicator }) => `${area} ${indicator}`}
						filter={filter}
						shown={setCount}
						open={({ area, indicator }) =>
							isIndicatorKey(indicator) &&
							explain({ area, indicator, measure: "total", day })
						}
						testId="conflict-table"
					/>
				)}
				<p className={styles.how}>{t("integration.conflict.how")}</p>
			</Panel>
			<ExplainDrawer waiting={null} areas={areas} />
		</>
	);
}

/** What is written of a conflict. */
function useConflictWords() {
	const { t, format, language } = useLanguage();
	return useMemo(() => {
		const sourceName = (source: Conflict["source"]) =>
			source === null
				? "–"
				: language === "id"
					? source.id_name
					: source.en_name;
		return {
			sourceName,
			ruleText: ({ rule }: Conflict) => {
				const found = RULES.find(({ key }) => key === rule);
				return found
					? language === "id"
						? found.id_text
						: found.en_text
					: rule;
			},
			indicatorName: ({ indicator }: Conflict) =>
				isIndicatorKey(indicator) ? t(`indicator.${indicator}`) : indicator,
			says: ({ statements }: Conflict) =>
				statements
					.map(
						({ source, kind, value, reporting, expected }) =>
							`${sourceName(source)} ${format.number(value)}${kind === "sum" ? ` (${t("integration.conflict.sumOf", { reporting, expected })})` : ""}`,
					)
					.join(" · "),
			evidence: ({ statements }: Conflict) =>
				statements
					.flatMap(({ file, line }) =>
						file === null
							? []
							: [t("integration.conflict.evidence", { file, line })],
					)
					.join("; "),
		};
	}, [t, format, language]);
}
