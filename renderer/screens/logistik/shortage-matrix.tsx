import { SegmentedControl, Select } from "@mantine/core";
import type {
	CellKeyDownEvent,
	ColDef,
	GridApi,
	ICellRendererParams,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo, useRef, useState } from "react";
import type {
	AreaCell,
	PlaceCell,
	Shortage,
} from "../../../core/api/logistics.ts";
import { SUPPLY_CLASSES } from "../../../core/logistics/supply-class.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import { Panel } from "../../parts/ui/panel.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { usePrinting } from "../../parts/ui/use-printing.ts";
import {
	isOfArea,
	type MatrixRow,
	matrixRows,
	outDay,
	type ShownShortage,
	sortedBy,
} from "./matrix-rows.ts";
import { useOpenedFormula } from "./opened-formula.ts";
import { MATRIX_FIGURES, type MatrixFigure } from "./search.ts";
import styles from "./shortage.module.css";
import { useShortageTable } from "./shortage-table.ts";
import {
	SupplySign,
	useDaysText,
	useOutText,
	useStateHelp,
	useSupplyCss,
} from "./supply-words.tsx";

/** Items by areas, or by facilities: coloured by class, sorted by what matters, each name leads in. */
export function ShortageMatrix(shown: ShownShortage) {
	const { selected, select, shortage, choice } = shown;
	const { t, format, language } = useLanguage();
	const { search, changeSearch } = choice;
	const { figure } = search;
	const drawn = useGridAnew(figure);
	const [filter, setFilter] = useState("");
	const grid = useRef<GridApi<MatrixRow> | null>(null);
	const root = useRootSize();
	const printing = usePrinting();
	const help = useStateHelp(shortage.cutOffs);
	const { save, notice } = useSave();
	const rows = useMemo(
		() => matrixRows(shown, (area) => t("logistics.own", { area: area.name })),
		[shown, t],
	);
	const total = useMemo(
		(): MatrixRow => ({
			key: "total",
			name: t("logistics.matrix.total", { area: selected.name }),
			code: selected.code,
			own: false,
			area: selected,
			facility: null,
			cells: shortage.total,
		}),
		[t, selected, shortage],
	);
	const table = useShortageTable(shown);
	const explain = useOpenedFormula((state) => state.open);
	/** A name leads in, a number tells its origin. */
	const open = (row: MatrixRow, column: string) => {
		const item = shortage.items.find((one) => one.column === column);
		if (!item) {
			if (row.facility)
				changeSearch({
					view: "fasilitas",
					facility: String(row.facility.id),
				});
			else if (row.area && !row.own && row.key !== "total") select(row.area);
			return;
		}
		const area = row.area?.id ?? row.facility?.area;
		// What lies in an area and in none below it is no area that could be asked about.
		if (area === undefined || row.own) return;
		explain({
			area,
			facility: row.facility?.id ?? null,
			item: item.column,
			name: `${row.name} · ${item.name[language]}`,
		});
	};
	const columns = useMemo(
		(): ColDef<MatrixRow>[] => [
			{
				field: "name",
				headerName: t(
					shortage.facilities.length > 0
						? "logistics.matrix.facility"
						: "logistics.matrix.name",
				),
				pinned: "left",
				width: root * 12,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.name,
				cellClassRules: {
					[styles.own ?? "own"]: ({ data }) => data?.own === true,
				},
				tooltipValueGetter: ({ data }) => data && `${data.name} · ${data.code}`,
			},
			...shortage.items.map(
				(item, at): ColDef<MatrixRow> => ({
					colId: item.column,
					headerName: item.name[language],
					wrapHeaderText: true,
					autoHeaderHeight: true,
					headerTooltip: `${item.name[language]} (${t(`logistics.unit.${item.unit as "piece"}`)})`,
					type: "rightAligned",
					flex: 1,
					minWidth: root * 5.7,
					valueGetter: ({ data }) =>
						data ? sortedBy(data.cells[at] ?? null, figure) : null,
					comparator: knownFirst,
					sortingOrder:
						figure === "need" || figure === "below"
							? ["desc", "asc", null]
							: ["asc", "desc", null],
					initialSort:
						item.column === search.item
							? figure === "need" || figure === "below"
								? "desc"
								: "asc"
							: null,
					cellRenderer: ({ data }: ICellRendererParams<MatrixRow>) => (
						<Cell cell={data?.cells[at] ?? null} figure={figure} />
					),
				}),
			),
		],
		[t, language, shortage, figure, root, search.item],
	);
	return (
		<Panel
			title={t("logistics.title")}
			subtitle={`${selected.name} · ${format.day(shortage.day)}`}
			testId="shortage-panel"
			pin={{ kind: "shortage", what: `${t("pin.shortage")}, ${selected.name}` }}
			className={styles.matrix ?? ""}
		>
			<div className={styles.tools}>
				<Select
					size="xs"
					className={styles.figure}
					aria-label={t("logistics.figure")}
					data-testid="matrix-figure"
					allowDeselect={false}
					value={figure}
					data={MATRIX_FIGURES.map((one) => ({
						value: one,
						label: t(`logistics.figures.${one}`),
					}))}
					onChange={(one) => changeSearch({ figure: one as MatrixFigure })}
				/>
				{selected.level === "province" && (
					<SegmentedControl
						size="xs"
						aria-label={t("logistics.rows")}
						data-testid="matrix-rows"
						value={search.rows}
						data={(["areas", "facilities"] as const).map((one) => ({
							value: one,
							label: t(`logistics.rowsOf.${one}`),
						}))}
						onChange={(one) =>
							changeSearch({ rows: one as typeof search.rows })
						}
					/>
				)}
				<TableFilter value={filter} change={setFilter} testId="matrix-filter" />
				<TableExport
					table={{ title: t("logistics.title"), ...table }}
					save={save}
					testId="matrix-export"
				/>
			</div>
			{notice}
			<div className={grids.grid} data-testid="shortage-matrix">
				<AgGridReact<MatrixRow>
					key={drawn.key}
					{...drawn.inOrder}
					theme={GRID_THEME}
					rowData={rows}
					pinnedTopRowData={[total]}
					columnDefs={columns}
					getRowId={({ data }) => data.key}
					localeText={gridTexts(language)}
					quickFilterText={filter}
					enableCellTextSelection
					ensureDomOrder
					suppressColumnVirtualisation
					animateRows={false}
					tooltipShowDelay={400}
					onGridReady={({ api }) => {
						grid.current = api;
					}}
					onCellClicked={({ data, column }) => {
						if (data) open(data, column.getColId());
					}}
					onCellKeyDown={(event) => {
						if (!("column" in event)) return;
						const {
							data,
							column,
							event: key,
						} = event as CellKeyDownEvent<MatrixRow>;
						if (!(key instanceof KeyboardEvent) || !data) return;
						if (key.key === "Enter" || key.key === "e") {
							key.preventDefault();
							open(data, column.getColId());
						}
					}}
				/>
			</div>
			<ul className={styles.legend} data-testid="supply-legend">
				{SUPPLY_CLASSES.map((supply) => (
					<li key={supply}>
						<SupplySign supply={supply} /> {t(`logistics.state.${supply}`)}:{" "}
						{help(supply)}
					</li>
				))}
				<li>{t("logistics.cutOffs")}</li>
			</ul>
			{printing && (
				<Printed rows={[total, ...rows]} shortage={shortage} figure={figure} />
			)}
		</Panel>
	);
}

/** A cell of the matrix: the figure, and the state by colour and sign. */
function Cell({
	cell,
	figure,
}: {
	cell: AreaCell | PlaceCell | null;
	figure: MatrixFigure;
}) {
	const { t } = useLanguage();
	const css = useSupplyCss();
	const text = useFigureText();
	if (!cell) return null;
	return (
		<div
			className={styles.cell}
			data-supply={cell.supply}
			data-missing={sortedBy(cell, figure) === null || undefined}
			style={
				{
					"--state": cell.supply === "none" ? "transparent" : css(cell.supply),
				} as React.CSSProperties
			}
			title={t(`logistics.state.${cell.supply}`)}
		>
			<span>{text(cell, figure)}</span>
			<SupplySign supply={cell.supply} />
		</div>
	);
}

/** The figure of a cell as it is written. */
function useFigureText() {
	const { format } = useLanguage();
	const days = useDaysText();
	const out = useOutText();
	return (cell: AreaCell | PlaceCell, figure: MatrixFigure): string => {
		switch (figure) {
			case "days":
				return cell.daysOfSupply === null && !cell.unused ? "–" : days(cell);
			case "need":
				return cell.netNeed === null ? "–" : format.count(cell.netNeed, 0);
			case "out":
				return out(outDay(cell));
			case "below":
				return isOfArea(cell)
					? `${format.number(cell.below)}/${format.number(cell.facilities)}`
					: "";
		}
	};
}

/** The matrix on paper, all of its rows. */
function Printed({
	rows,
	shortage,
	figure,
}: {
	rows: readonly MatrixRow[];
	shortage: Shortage;
	figure: MatrixFigure;
}) {
	const { t, language } = useLanguage();
	const text = useFigureText();
	return (
		<table data-testid="printed-matrix">
			<caption>{t(`logistics.figures.${figure}`)}</caption>
			<thead>
				<tr>
					<th>{t("logistics.matrix.name")}</th>
					{shortage.items.map((item) => (
						<th key={item.column}>{item.name[language]}</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.key}>
						<th scope="row">{row.name}</th>
						{row.cells.map((cell, at) => (
							<td key={shortage.items[at]?.column} className="number">
								{cell &&
									`${text(cell, figure)} ${t(`logistics.state.${cell.supply}`)}`}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
