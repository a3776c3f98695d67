import {
	ActionIcon,
	Button,
	Menu,
	SegmentedControl,
	Tooltip,
} from "@mantine/core";
import type {
	CellKeyDownEvent,
	ColDef,
	GridApi,
	GridState,
	ICellRendererParams,
	PostSortRowsParams,
	RowClassParams,
	ValueGetterParams,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { ArrowUpToLine, Check, Copy, Download } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Villages } from "../../../core/api/areas.ts";
import { TableOf } from "../../../core/api/figures.ts";
import { type ApartLevel, isApart } from "../../../core/areas/codes.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { indicatorByKey, isStatedAt } from "../../../core/series/indicator.ts";
import { marksIn } from "../../../core/series/mark.ts";
import type { Measure } from "../../../core/series/measure.ts";
import { isRate } from "../../../core/series/measure.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import {
	type AreaIndex,
	parentOf,
	useDistricts,
} from "../../state/area-index.ts";
import { useSearch } from "../../state/search.ts";
import { useChangeWorkspace, useWorkspace } from "../../state/settings.ts";
import { areaTableSearch } from "../../state/table-search.ts";
import { useViewOf, useViewStore } from "../../state/view-state.ts";
import { abbreviated } from "../ui/area-name.ts";
import {
	type CsvCell,
	type CsvForm,
	clipboardForm,
	csvCell,
	csvTable,
} from "../ui/csv.ts";
import { CsvItems } from "../ui/csv-items.tsx";
import { ESTIMATED } from "../ui/estimated-people.ts";
import { FreshnessChip } from "../ui/freshness-chip.tsx";
import { MarkChips, MarkSigns } from "../ui/mark-list.tsx";
import { Panel } from "../ui/panel.tsx";
import { PanelFailure } from "../ui/panel-failure.tsx";
import { usePendingWords } from "../ui/pending-value.tsx";
import { useRootSize } from "../ui/root-size.ts";
import { useSave } from "../ui/save.tsx";
import { useSourceChangeText } from "../ui/source-change.ts";
import { useExport } from "../ui/use-export.ts";
import { usePrinting } from "../ui/use-printing.ts";
import { type AreaTableRow, areaTableRows } from "./area-rows.ts";
import styles from "./area-table.module.css";
import { ColumnMenu } from "./column-menu.tsx";
import { copyText } from "./copy-text.ts";
import { figureColumns, figureText, measureOf } from "./figure-columns.ts";
import grids from "./grid.module.css";
import { useGridAnew } from "./grid-anew.ts";
import { gridTexts } from "./grid-texts.ts";
import { GRID_THEME } from "./grid-theme.ts";
import { arranged, layoutOf } from "./kept-columns.ts";
import { knownFirst } from "./known-first.ts";
import { PrintedTable } from "./printed-table.tsx";
import { TableFilter } from "./table-filter.tsx";
import { rowsInOrder, silentFirst, tableOrder } from "./table-order.ts";

/** The name of this table in the workspace of a person. */
const LAYOUT = "situasi-areas";
const {
	hovered: HOVERED = "",
	selected: SELECTED = "",
	unknown: UNKNOWN = "",
} = styles;

/** The areas below the selected one (or beside it), for the chosen indicator and day. */
export function AreaTable({
	areas: given,
	selected,
	select,
	className,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	className: string | undefined;
}) {
	const { t, format, language } = useLanguage();
	const { key: drawnAs } = useGridAnew();
	const { indicator, measure, asKnown, hover, explain } = useViewOf(
		"indicator",
		"measure",
		"asKnown",
		"hover",
		"explain",
	);
	const day = usePanelDay();
	const [search, changeSearch] = useSearch(areaTableSearch);
	const isBelow = isApart(selected.level);
	const { data: villages } = useAnswer(Villages, {});
	const hasVillages = (villages ?? []).some(
		({ code }) =>
			selected.level === "nation" || code.startsWith(`${selected.code}.`),
	);
	const apart = apartRows(selected, search.rows, hasVillages);
	const withDistricts = useDistricts(given, apart !== null);
	const areas = withDistricts.index ?? given;
	// A kabupaten/kota opens into its kecamatan, a kecamatan into its kelurahan; among the others it stands beside its neighbours.
	const parent =
		apart && apart !== selected.level ? selected : parentOf(areas, selected);
	const query = useAnswer(
		TableOf,
		{
			indicator,
			area: parent.id,
			day,
			as_known: asKnown,
			...(apart && { level: apart }),
		},
		{ keepLast: true },
	);
	// Figures of another area, level or indicator would stand under this one's name.
	const table =
		query.data?.area === parent.id &&
		query.data.indicator === indicator &&
		(!apart || withDistricts.index !== null) &&
		query.data.level === apart
			? query.data
			: undefined;

	const rows = useMemo(() => {
		const nameOf = (area: AreaRow) =>
			!area.unknownPlace
				? isApart(area.level) && area.parent !== parent.id
					? `${area.name}, ${areas.byId(area.parent ?? -1)?.name}`
					: area.name
				: t(area.level === "province" ? "area.noProvince" : "area.noRegency");
		return table ? areaTableRows(areas, table, nameOf) : [];
	}, [areas, table, t, parent]);
	const { sourceChangeText } = useSourceChangeText();
	const grid = useRef<GridApi<AreaTableRow> | null>(null);
	const printing = usePrinting();
	const [filter, setFilter] = useState("");
	const [copied, setCopied] = useState<boolean | null>(null);
	const { save, notice } = useSave();
	const [silentOnTop, setSilentOnTop] = useState(false);
	const root = useRootSize();
	const exported = useExport({
		part: "situasi",
		area: parent,
		indicator,
		day: table?.day ?? day,
		asKnown,
	});

	// What was looked for in one area is not there in another: all of it would seem to have gone.
	const narrowedIn = useRef(parent.id);
	useEffect(() => {
		if (narrowedIn.current === parent.id) return;
		narrowedIn.current = parent.id;
		setFilter("");
		grid.current?.setFilterModel(null);
	}, [parent.id]);
	// The grid takes its texts once: another language, or another size of letters, is another grid, which goes on as the one before was left. It is drawn before the
	// other is gone, so what it was left as is noted as it changes.
	const left = useRef<GridState | undefined>(undefined);

	// What the map shows is what the table is sorted by.
	const sorted = measure;
	const sortedBy = useRef(sorted);
	useEffect(() => {
		if (sortedBy.current === sorted) return;
		sortedBy.current = sorted;
		grid.current?.applyColumnState({
			state: [{ colId: sorted, sort: "desc" }],
			defaultState: { sort: null },
		});
	}, [sorted]);

	const onTop = useRef(silentOnTop);
	// One function for as long as the table lives: given another, the grid sorts anew and makes every row and cell again.
	const putSilentFirst = useCallback(
		({ nodes }: PostSortRowsParams<AreaTableRow>) => {
			if (onTop.current) silentFirst(nodes);
		},
		[],
	);
	useEffect(() => {
		onTop.current = silentOnTop;
		grid.current?.refreshClientSideRowModel("sort");
	}, [silentOnTop]);

	const shownRows = useRef(rows);
	shownRows.current = rows;
	const waiting = rows.some((row) => row.pending !== null);
	const words = usePendingWords();
	const pendingWords = useRef(words);
	pendingWords.current = words;
	const layout = useWorkspace("tables")[LAYOUT];
	const changeWorkspace = useChangeWorkspace();
	/** Keeps the columns as a person has just left them. */
	const keepColumns = () => {
		const states = grid.current?.getColumnState();
		if (states)
			changeWorkspace({ tables: { [LAYOUT]: layoutOf(states, root) } });
	};
	const standard = useMemo((): ColDef<AreaTableRow>[] => {
		const figure = (field: Measure): ColDef<AreaTableRow> => ({
			field,
			headerName: t(`table.${field}`),
			type: "rightAligned",
			filter: "agNumberColumnFilter",
			flex: 1,
			// The sorted one has an arrow beside its name.
			minWidth: root * (ROOM[field] + (field === sorted ? 0.4 : 0)),
			sortingOrder: ["desc", "asc", null],
			comparator: knownFirst,
			initialSort: field === sorted ? "desc" : null,
			cellClass: `ag-right-aligned-cell ${styles.number}`,
			tooltipValueGetter: ({ data }) =>
				data?.estimatedPeople && isRate(field)
					? `${t("value.explain")} ${ESTIMATED} ${t("people.estimated")}`
					: t("value.explain"),
			valueFormatter: ({ value, data }) =>
				value === null
					? data?.notYetKnown
						? "?"
						: "–"
					: `${data?.estimatedPeople && isRate(field) ? ESTIMATED : ""}${figureText(format, field, value as number, shownRows.current)}`,
		});
		return [
			{
				field: "name",
				headerName: t("table.area"),
				filter: "agTextColumnFilter",
				flex: 2.1,
				minWidth: root * 9,
				cellClass: styles.name,
				wrapText: true,
				autoHeight: true,
				tooltipField: "name",
				valueFormatter: ({ value }) => abbreviated(String(value)),
			},
			{
				field: "code",
				headerName: t("table.code"),
				filter: "agTextColumnFilter",
				flex: 0.7,
				minWidth: root * (apart === "village" ? 7.6 : apart ? 4.8 : 3.6),
			},
			...figureColumns(indicator).map(figure),
			// There only while something waits: a value of its own, since the number beside it stands until it is published.
			...(waiting
				? [
						{
							colId: "pending",
							headerName: t("table.pending"),
							valueGetter: ({ data }: ValueGetterParams<AreaTableRow>) =>
								data?.pending ? pendingWords.current(data.pending) : null,
							cellClass: styles.pending,
							filter: false,
							flex: 1.2,
							minWidth: root * 7,
						},
					]
				: []),
			{
				field: "marks",
				headerName: t("table.marks"),
				sortable: true,
				filter: false,
				flex: 1,
				minWidth: root * 4.6,
				cellRenderer: (params: ICellRendererParams<AreaTableRow>) => (
					<MarkChips
						marks={(params.value as number) ?? 0}
						sourceChange={params.data?.sourceChange ?? null}
						reportDay={params.data?.reportDay ?? null}
						signsOnly
					/>
				),
			},
		];
	}, [t, format, indicator, sorted, root, waiting, apart]);
	const columns = useMemo(
		() => arranged(standard, layout, root),
		[standard, layout, root],
	);

	// Lit by class and not drawn again: a row taken from under the pointer would say that the pointer had left.
	const under = useRef<number | null>(null);
	const box = useRef<HTMLDivElement>(null);
	const view = useViewStore();
	useEffect(() => {
		const light = ({ hovered }: { hovered: number | null }) => {
			under.current =
				hovered === null || rows.some((row) => row.id === hovered)
					? hovered
					: (areas.byId(hovered)?.parent ?? null);
			for (const row of box.current?.querySelectorAll(".ag-row") ?? []) {
				const id = Number(row.getAttribute("row-id"));
				row.classList.toggle(HOVERED, id === under.current);
				row.classList.toggle(SELECTED, id === selected.id);
			}
		};
		light(view.getState());
		return view.subscribe((now, before) => {
			if (now.hovered !== before.hovered) light(now);
		});
	}, [rows, areas, selected.id, view]);
	useEffect(() => {
		const api = grid.current;
		if (!api || (selected.level !== "regency" && !isBelow)) return;
		const node = api.getRowNode(String(selected.id));
		if (node) api.ensureNodeVisible(node, "middle");
	}, [selected, isBelow]);

	/** What is shown, in its order; in a file with what it is of. */
	const write = (form: CsvForm, withOrigin: boolean): string => {
		const api = grid.current;
		if (!api) return "";
		const shown = api
			.getAllDisplayedColumns()
			.map((column) => column.getColId());
		return csvTable(
			[
				...shown.map((id) => t(`table.${headOf(id)}`)),
				...(withOrigin ? [...exported.heads, t("export.of")] : []),
			],
			rowsInOrder(api).map((row) => [
				...shown.map((id) => cellOf(row, id)),
				...(withOrigin
					? [
							...exported.row(table?.day ?? day, row.origin),
							{ value: parent.code, kind: "code" } as const,
						]
					: []),
			]),
			form,
		);
	};
	const cellOf = (row: AreaTableRow, column: string): CsvCell => {
		const measured = measureOf(column);
		if (measured) return { value: row[measured], kind: "number" };
		if (column === "code") return { value: row.code, kind: "code" };
		if (column === "name") return { value: row.name, kind: "text" };
		if (column === "pending")
			return {
				value: row.pending && pendingWords.current(row.pending),
				kind: "text",
			};
		return {
			value: [
				...marksIn(row.marks).map((key) =>
					key === "sourceChanged" && row.sourceChange
						? sourceChangeText(row.sourceChange)
						: key === "lastReport" && row.reportDay !== null
							? `${t("markShort.lastReport")} (${isoFromDay(row.reportDay)})`
							: t(`markShort.${key}`),
				),
				...(row.estimatedPeople ? [t("people.estimatedShort")] : []),
			].join(", "),
			kind: "text",
		};
	};
	const exportCsv = (form: CsvForm): Promise<void> =>
		save(
			exported.name("csv"),
			() => write(form, true),
			"text/csv;charset=utf-8",
		);
	const copyTable = async () => {
		setCopied(await copyText(write(clipboardForm(language), false)));
		setTimeout(() => setCopied(null), 2_000);
	};

	/** A number leads to its origin, a name to its area. */
	const open = (row: AreaTableRow, column: string) => {
		const measured = measureOf(column);
		const area = areas.byId(row.id);
		if (measured)
			explain({
				indicator,
				area: row.id,
				day: table?.day ?? day,
				measure: measured,
			});
		else if (area && !area.unknownPlace) select(area);
	};

	return (
		<Panel
			title={t(`indicator.${indicator}`)}
			subtitle={`${parent.name} · ${format.day(table?.day ?? day)}`}
			testId="table-panel"
			pin={{
				kind: "table",
				what: `${t("pin.table")}, ${t(`indicator.${indicator}`)}, ${parent.name}`,
			}}
			className={`${styles.panel} ${className}`}
			freshness={
				<FreshnessChip
					indicator={indicator}
					completeness={table?.completeness ?? null}
					area={parent}
					areas={areas}
					apart={apart}
				/>
			}
		>
			<div className={styles.tools}>
				<SegmentedControl
					size="xs"
					aria-label={t("table.rowsOf")}
					data-testid="table-rows"
					disabled={isBelow}
					value={apart ? ROWS_OF[apart] : "below"}
					data={[
						{
							value: "below",
							label: t(
								selected.level === "nation"
									? "level.province"
									: "level.regency",
							),
						},
						{ value: "kecamatan", label: t("level.district") },
						...(hasVillages || apart === "village"
							? [{ value: "kelurahan", label: t("level.village") }]
							: []),
					]}
					onChange={(rows) =>
						changeSearch({ rows: rows as typeof search.rows })
					}
				/>
				<TableFilter value={filter} change={setFilter} testId="table-filter" />
				<Tooltip label={t("table.silentFirst")}>
					<ActionIcon
						variant={silentOnTop ? "filled" : "default"}
						aria-label={t("table.silentFirst")}
						aria-pressed={silentOnTop}
						aria-keyshortcuts="s"
						data-testid="table-silent-first"
						onClick={() => setSilentOnTop(!silentOnTop)}
					>
						<ArrowUpToLine size="1em" />
					</ActionIcon>
				</Tooltip>
				<Tooltip
					label={
						copied === null
							? t("table.copy")
							: copied
								? t("table.copied")
								: t("table.copyFailed")
					}
					opened={copied === null ? undefined : true}
				>
					<ActionIcon
						variant="default"
						aria-label={t("table.copy")}
						data-testid="table-copy"
						onClick={() => void copyTable()}
					>
						{copied ? <Check size="1em" /> : <Copy size="1em" />}
					</ActionIcon>
				</Tooltip>
				<ColumnMenu
					columns={columns.map(({ colId, field, hide }) => ({
						name: colId ?? String(field),
						head: t(`table.${headOf(colId ?? String(field))}`),
						shown: !hide,
					}))}
					show={(name, shown) => {
						grid.current?.setColumnsVisible([name], shown);
						keepColumns();
					}}
					restore={
						layout && (() => changeWorkspace({ tables: { [LAYOUT]: null } }))
					}
				/>
				<Menu position="bottom-end">
					<Menu.Target>
						<Button
							variant="default"
							size="xs"
							leftSection={<Download size="1em" />}
							data-testid="table-export"
						>
							{t("table.export")}
						</Button>
					</Menu.Target>
					<Menu.Dropdown>
						<CsvItems save={exportCsv} />
					</Menu.Dropdown>
				</Menu>
			</div>
			{notice}
			{query.isError && !table ? (
				<PanelFailure error={query.error} again={query.refetch} />
			) : (
				<div ref={box} className={grids.grid} data-testid="area-table">
					<AgGridReact<AreaTableRow>
						key={drawnAs}
						theme={GRID_THEME}
						rowData={rows}
						columnDefs={columns}
						getRowId={rowIdOf}
						localeText={gridTexts(language)}
						quickFilterText={filter}
						initialState={left.current}
						onStateUpdated={({ state }) => {
							left.current = state;
						}}
						postSortRows={putSilentFirst}
						loading={!table}
						enableCellTextSelection
						ensureDomOrder
						suppressDragLeaveHidesColumns
						suppressColumnVirtualisation
						animateRows={false}
						tooltipShowDelay={400}
						rowClassRules={{
							[HOVERED]: ({ data }: RowClassParams<AreaTableRow>) =>
								data?.id === under.current,
							[SELECTED]: ({ data }: RowClassParams<AreaTableRow>) =>
								data?.code === view.getState().area,
							[UNKNOWN]: ({ data }: RowClassParams<AreaTableRow>) =>
								data?.unknownPlace === true,
						}}
						onGridReady={({ api }) => {
							grid.current = api;
						}}
						onColumnMoved={({ finished, source }) => {
							if (finished && source.startsWith("ui")) keepColumns();
						}}
						onColumnResized={({ finished, source }) => {
							if (finished && source.startsWith("ui")) keepColumns();
						}}
						onCellClicked={({ data, column }) => {
							if (data) open(data, column.getColId());
						}}
						onCellMouseOver={({ data }) => data && hover(data.id)}
						onCellMouseOut={() => hover(null)}
						onCellKeyDown={(event) => {
							if (!("column" in event)) return;
							const {
								data,
								value,
								event: key,
							} = event as CellKeyDownEvent<AreaTableRow>;
							if (!(key instanceof KeyboardEvent) || !data) return;
							if (key.key === "c" && (key.ctrlKey || key.metaKey)) {
								if (!window.getSelection()?.toString())
									void copyText(
										csvCell(
											value,
											typeof value === "number" ? "number" : "text",
											clipboardForm(language),
										),
									);
								return;
							}
							const column = event.column.getColId();
							if (key.key === "Enter") open(data, column);
							else if (key.key === "e" && measureOf(column)) {
								key.preventDefault();
								open(data, column);
							}
						}}
					/>
				</div>
			)}
			<MarkSigns
				marks={rows.reduce((all, row) => all | row.marks, 0)}
				className={styles.note}
			/>
			{apart && (
				<p className={styles.note} data-testid="table-districts">
					{t("table.onMapAbove")}
					{rows.some(({ noPeople }) => noPeople) && ` ${t("people.unknown")}`}
				</p>
			)}
			{!isStatedAt(indicatorByKey(indicator), apart ?? parent.level) && (
				<p className={styles.note} data-testid="table-only-districts">
					{t("table.onlyDistricts", {
						indicator: t(`indicator.${indicator}`),
					})}
				</p>
			)}
			{rows.some((row) => row.estimatedPeople) && (
				<p className={styles.note} data-testid="table-estimated">
					{ESTIMATED} {t("people.estimated")}
				</p>
			)}
			{printing && grid.current && (
				<PrintedTable
					rows={rowsInOrder(grid.current)}
					of={rows.length}
					order={tableOrder(grid.current, filter, gridTexts(language))}
					columns={grid.current
						.getAllDisplayedColumns()
						.flatMap((column) => measureOf(column.getColId()) ?? [])}
					caption={`${t(`indicator.${indicator}`)} · ${parent.name} · ${format.day(table?.day ?? day)}${
						asKnown === null
							? ""
							: ` · ${t("asKnown.short", { day: format.day(asKnown) })}`
					}`}
				/>
			)}
		</Panel>
	);
}

const rowIdOf = ({ data }: { data: AreaTableRow }): string => String(data.id);

/** Room for the largest figure of a column, also in the bold of the chosen row (rem): 1.234.567 people, ≈12.345,6 of 100,000. */
const ROOM: Readonly<Record<Measure, number>> = {
	total: 5.3,
	new7: 4.7,
	change7: 4.7,
	per100k: 5.2,
	new7per100k: 4.7,
};

const ROWS_OF = { district: "kecamatan", village: "kelurahan" } as const;

/** Of which level that is in no sum the rows are: as was chosen, or as a kecamatan or kelurahan that is chosen has it. */
function apartRows(
	selected: AreaRow,
	rows: "below" | "kecamatan" | "kelurahan",
	hasVillages: boolean,
): ApartLevel | null {
	if (selected.level === "village") return "village";
	if (selected.level === "district")
		return hasVillages ? "village" : "district";
	if (rows === "below") return null;
	return rows === "kelurahan" && hasVillages ? "village" : "district";
}

/** The text of a column's head. */
function headOf(
	column: string,
): Measure | "area" | "code" | "pending" | "marks" {
	if (column === "name") return "area";
	return (
		measureOf(column) ??
		(column === "code" || column === "pending" ? column : "marks")
	);
}
