import type { ColDef, ICellRendererParams } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo, useState } from "react";
import type {
	ReproductionAreas,
	ReproductionRow,
} from "../../../core/api/reproduction.ts";
import { directionOf } from "../../../core/epidemic/reproduction-class.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { Panel } from "../../parts/ui/panel.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { usePrinting } from "../../parts/ui/use-printing.ts";
import styles from "./reproduction.module.css";
import { signOf } from "./reproduction-signs.ts";
import { useReproductionWords } from "./reproduction-words.ts";
import type { ReproductionChoice } from "./use-reproduction.ts";
import type { ViewProps } from "./view-props.ts";

interface TableRow extends ReproductionRow {
	name: string;
	code: string;
	place: string;
}

const FIGURES = ["mean", "aboveOne", "before", "cases"] as const;
type Figure = (typeof FIGURES)[number];

/** All areas by R: each with its interval and how sure it is that it grows, or why nothing can be told. */
export function ReproductionTable({
	areas,
	selected,
	select,
	choice,
	data,
}: ViewProps & { choice: ReproductionChoice; data: ReproductionAreas }) {
	const { t, format, language } = useLanguage();
	const words = useReproductionWords();
	const grid = useGridAnew();
	const root = useRootSize();
	const printing = usePrinting();
	const { save, notice } = useSave();
	const [filter, setFilter] = useState("");
	const rows = useMemo(
		() =>
			data.rows
				.flatMap((row): TableRow[] => {
					const area = areas.byId(row.area);
					return area
						? [
								{
									...row,
									name: area.name,
									code: area.code,
									place: areas.byId(area.parent ?? -1)?.name ?? "",
								},
							]
						: [];
				})
				.sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1)),
		[data, areas],
	);
	const told = rows.filter(({ mean }) => mean !== null);
	const directed = (direction: "grows" | "wanes") =>
		told.filter(({ aboveOne }) => directionOf(aboveOne ?? 0.5) === direction)
			.length;
	const title = t("epidemic.ranking.title", {
		grows: format.number(directed("grows")),
		wanes: format.number(directed("wanes")),
		told: format.number(told.length),
		all: format.number(rows.length),
	});
	const text = (row: TableRow, figure: Figure): string => {
		if (figure === "mean") return words.value(row);
		const value = row[figure];
		if (value === null) return "–";
		if (figure === "aboveOne") return words.share(value);
		return figure === "before" ? format.rate(value) : format.count(value, 0);
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: how figures are written changes with the language, as `t` does
	const columns = useMemo(
		(): ColDef<TableRow>[] => [
			{
				field: "name",
				headerName: t("epidemic.ranking.area"),
				pinned: "left",
				width: root * 10.5,
				wrapText: true,
				autoHeight: true,
				tooltipValueGetter: ({ data }) =>
					data && `${data.name} · ${data.place} · ${data.code}`,
			},
			...FIGURES.map(
				(figure): ColDef<TableRow> => ({
					colId: figure,
					headerName: t(`epidemic.ranking.${figure}`, {
						days: data.window,
					}),
					headerTooltip: t(`epidemic.ranking.${figure}Help`, {
						days: data.window,
					}),
					type: "rightAligned",
					flex: figure === "mean" ? 2 : 1,
					minWidth: root * (figure === "mean" ? 9.6 : 5.2),
					valueGetter: ({ data }) => data?.[figure],
					comparator: knownFirst,
					sortingOrder: ["desc", "asc", null],
					initialSort: figure === "mean" ? "desc" : null,
					cellRenderer: ({ data: row }: ICellRendererParams<TableRow>) =>
						row && (
							<div
								className={styles.cell}
								data-missing={row[figure] === null || undefined}
								title={
									figure === "mean" && row.reason
										? t(`epidemic.gap.${row.reason}`)
										: undefined
								}
							>
								{figure === "mean" && <span aria-hidden>{signOf(row)}</span>}
								{text(row, figure)}
							</div>
						),
				}),
			),
			{
				colId: "marks",
				headerName: t("table.marks"),
				sortable: false,
				width: root * 6,
				cellRenderer: ({ data: row }: ICellRendererParams<TableRow>) =>
					row && <MarkChips marks={row.marks} signsOnly />,
			},
		],
		[t, root, data.window],
	);
	const exported = useExport({
		part: "rt",
		area: selected,
		indicator: "confirmed",
		day: data.shown,
		asKnown: choice.asKnown,
	});
	const heads = [
		t("table.code"),
		t("epidemic.ranking.area"),
		t("epidemic.export.mean"),
		t("epidemic.export.low"),
		t("epidemic.export.high"),
		t("epidemic.export.aboveOne"),
		t("epidemic.export.cases"),
		t("epidemic.export.reason"),
		t("epidemic.export.window"),
		t("epidemic.export.interval"),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: row.code, kind: "code" },
			{ value: row.name, kind: "text" },
			{ value: row.mean, kind: "number" },
			{ value: row.low, kind: "number" },
			{ value: row.high, kind: "number" },
			{ value: row.aboveOne, kind: "number" },
			{ value: row.cases, kind: "number" },
			{ value: row.reason && t(`epidemic.gap.${row.reason}`), kind: "text" },
			{ value: data.window, kind: "number" },
			{
				value: t(`epidemic.intervalOf.${data.serialInterval.key}`),
				kind: "text",
			},
			...exported.row(data.shown, null),
		]);
	return (
		<Panel
			title={title}
			subtitle={words.titleOf(data)}
			testId="reproduction-ranking"
			className={styles.ranking ?? ""}
			tools={
				<TableExport
					table={{ title: "Rt", name: exported.name, heads, rows: cells }}
					save={save}
					testId="reproduction-export"
				/>
			}
		>
			<TableFilter
				value={filter}
				change={setFilter}
				testId="reproduction-filter"
				className={styles.filter}
				label={t("epidemic.ranking.filter")}
			/>
			{notice}
			<div className={grids.grid} data-testid="reproduction-table">
				<AgGridReact<TableRow>
					key={grid.key}
					{...grid.inOrder}
					theme={GRID_THEME}
					rowData={rows}
					columnDefs={columns}
					getRowId={({ data }) => String(data.area)}
					localeText={gridTexts(language)}
					quickFilterText={filter}
					enableCellTextSelection
					ensureDomOrder
					suppressColumnVirtualisation
					animateRows={false}
					tooltipShowDelay={400}
					rowClassRules={{
						[styles.chosen ?? "chosen"]: ({ data }) =>
							data?.area === selected.id,
					}}
					onCellClicked={({ data }) => {
						const area = data && areas.byId(data.area);
						if (area) select(area);
					}}
					onCellKeyDown={({ event, data }) => {
						const area = data && areas.byId(data.area);
						if (area && event instanceof KeyboardEvent && event.key === "Enter")
							select(area);
					}}
				/>
			</div>
			{printing && (
				<table data-testid="printed-reproduction">
					<caption>
						{title} · {words.titleOf(data)}
					</caption>
					<thead>
						<tr>
							<th>{t("epidemic.ranking.area")}</th>
							{FIGURES.map((figure) => (
								<th key={figure}>
									{t(`epidemic.ranking.${figure}`, { days: data.window })}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr key={row.area}>
								<th scope="row">{row.name}</th>
								{FIGURES.map((figure) => (
									<td key={figure} className="number">
										{text(row, figure)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
