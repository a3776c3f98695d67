import type { ColDef, ICellRendererParams } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { type CSSProperties, useMemo, useState } from "react";
import type {
	Laboratories,
	LaboratoryRow,
} from "../../../core/api/laboratories.ts";
import { LABORATORY_LIMITS } from "../../../core/logistics/laboratory.ts";
import { type Day, isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import numbers from "../../parts/ui/number-button.module.css";
import { Panel } from "../../parts/ui/panel.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { usePrinting } from "../../parts/ui/use-printing.ts";
import { boundSign, leastUnlessNone } from "./bound-sign.ts";
import styles from "./laboratory.module.css";
import { originOfAll, originOfLaboratory } from "./laboratory-origin.ts";
import {
	doubts,
	exportCells,
	exportHeads,
	FIGURES,
	type Figure,
	figureText,
	written,
} from "./laboratory-words.ts";
import { OriginDrawer } from "./origin-drawer.tsx";
import type { ShownLaboratories } from "./shown-laboratories.ts";

interface TableRow extends LaboratoryRow {
	name: string;
	code: string;
	place: string;
}

/** In rem, of those that are not as wide as most. */
const WIDTHS: Partial<Record<Figure, number>> = {
	able: 9.4,
	waiting: 5,
	received: 4.9,
	positivity: 5,
	pool: 4.4,
	age: 4.6,
};
const COLUMNS = Object.keys(FIGURES) as Figure[];

/** All laboratories of the area: what each can do and what waits there, with bars where a whole is known. */
export function LaboratoryTable({
	asKnown,
	...shown
}: ShownLaboratories & { asKnown: Day | null }) {
	const { areas, selected, data, known, chosen, choose } = shown;
	const { t, format, language } = useLanguage();
	const grid = useGridAnew();
	const [filter, setFilter] = useState("");
	const root = useRootSize();
	const printing = usePrinting();
	const { save, notice } = useSave();
	const [asked, setAsked] = useState<TableRow | "all" | null>(null);
	const rows = useMemo(
		() =>
			data.laboratories.map((row): TableRow => {
				const facility = known.get(row.facility);
				return {
					...row,
					name: facility?.name ?? "",
					code: facility?.code ?? "",
					place: areas.byId(row.area)?.name ?? "",
				};
			}),
		[data, known, areas],
	);
	const assumed = data.assumptions;
	const columns = useMemo(
		(): ColDef<TableRow>[] => [
			{
				field: "name",
				headerName: t("laboratories.column.name"),
				pinned: "left",
				width: root * 11.5,
				wrapText: true,
				autoHeight: true,
				tooltipValueGetter: ({ data }) =>
					data && `${data.name} · ${data.place} · ${data.code}`,
			},
			...COLUMNS.map(
				(figure): ColDef<TableRow> => ({
					colId: figure,
					headerName: t(`laboratories.column.${figure}`),
					type: "rightAligned",
					flex: 1,
					minWidth: root * (WIDTHS[figure] ?? 5.6),
					valueGetter: ({ data }) => data && FIGURES[figure](data),
					comparator: knownFirst,
					sortingOrder: ["desc", "asc", null],
					initialSort: figure === "wait" ? "desc" : null,
					cellRenderer: ({ data }: ICellRendererParams<TableRow>) =>
						data && <Cell row={data} figure={figure} assumed={assumed} />,
				}),
			),
		],
		[t, root, assumed],
	);
	const exported = useExport({
		part: "laboratorium",
		area: selected,
		indicator: "stock",
		day: data.day,
		asKnown,
	});
	const heads = [
		t("table.code"),
		t("laboratories.column.name"),
		t("table.area"),
		...COLUMNS.flatMap((figure) => exportHeads(figure, t)),
		t("laboratories.limitTitle"),
		t("laboratories.refutedTitle"),
		...LABORATORY_LIMITS.map((limit) => t(`laboratories.limit.${limit}`)),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: row.code, kind: "code" },
			{ value: row.name, kind: "text" },
			{ value: row.place, kind: "text" },
			...COLUMNS.flatMap((figure) => exportCells(row, figure, { t, format })),
			{
				value: row.limit && t(`laboratories.limit.${row.limit}`),
				kind: "text",
			},
			{
				value: row.refuted
					.map(({ part }) => t(`laboratories.limit.${part}`))
					.join(", "),
				kind: "text",
			},
			...LABORATORY_LIMITS.map(
				(limit): CsvCell => ({ value: row.parts[limit], kind: "number" }),
			),
			...exported.row(row.day ?? data.day, null),
		]);
	return (
		<Panel
			title={t("laboratories.title")}
			subtitle={`${selected.name} · ${format.day(data.day)}`}
			testId="laboratory-panel"
			pin={{
				kind: "laboratories",
				what: `${t("pin.laboratories")}, ${selected.name}`,
			}}
			className={styles.table ?? ""}
			tools={
				<TableExport
					table={{
						title: t("laboratories.title"),
						name: exported.name,
						heads,
						rows: cells,
					}}
					save={save}
					testId="laboratory-export"
				/>
			}
		>
			<Summary {...shown} explain={() => setAsked("all")} />
			<TableFilter
				value={filter}
				change={setFilter}
				testId="laboratory-filter"
				className={styles.filter}
				label={t("laboratories.filter")}
			/>
			{notice}
			<div className={grids.grid} data-testid="laboratory-table">
				<AgGridReact<TableRow>
					key={grid.key}
					{...grid.inOrder}
					theme={GRID_THEME}
					rowData={rows}
					columnDefs={columns}
					getRowId={({ data }) => String(data.facility)}
					localeText={gridTexts(language)}
					quickFilterText={filter}
					enableCellTextSelection
					ensureDomOrder
					suppressColumnVirtualisation
					animateRows={false}
					tooltipShowDelay={400}
					rowClassRules={{
						[styles.chosen ?? "chosen"]: ({ data }) =>
							data?.facility === chosen?.facility,
					}}
					onCellClicked={({ data, column }) => {
						if (!data) return;
						choose(data.facility);
						// A name leads in, a number tells its origin.
						if (column.getColId() !== "name") setAsked(data);
					}}
					onCellKeyDown={(event) => {
						const key = event.event;
						if (!event.data || !(key instanceof KeyboardEvent)) return;
						if (key.key === "Enter") choose(event.data.facility);
						if (key.key === "e") {
							key.preventDefault();
							key.stopPropagation();
							setAsked(event.data);
						}
					}}
				/>
			</div>
			<p className={styles.note}>
				{t("laboratories.assumptions", {
					wastage: `${format.number(data.assumptions.reagentWastage * 100)} %`,
					pool: format.number(data.assumptions.largestPool),
					plate: format.number(data.assumptions.samplesPerPlate),
					refuted: format.number(data.assumptions.refutedAbove),
				})}
			</p>
			<OriginDrawer
				about={
					asked === null
						? null
						: `${asked === "all" ? selected.name : asked.name} · ${format.day(data.day)}`
				}
				figures={
					asked === null
						? []
						: asked === "all"
							? originOfAll(
									data.total,
									(facility) => known.get(facility)?.name ?? "",
									{ t, format },
								)
							: originOfLaboratory(asked, data.assumptions, {
									t,
									format,
									language,
								})
				}
				notes={
					asked === null || asked === "all" || asked.day === null
						? []
						: [
								t("laboratories.origin.report", {
									day: format.day(asked.day),
									age: format.number(asked.age ?? 0),
									sources: asked.sources
										.map((source) => source[`${language}_name`])
										.join(", "),
								}),
							]
				}
				close={() => setAsked(null)}
			/>
			{printing && (
				<table data-testid="printed-laboratories">
					<caption>
						{t("laboratories.title")} · {selected.name} · {isoFromDay(data.day)}
					</caption>
					<thead>
						<tr>
							<th>{t("laboratories.column.name")}</th>
							{COLUMNS.map((figure) => (
								<th key={figure}>{t(`laboratories.column.${figure}`)}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr key={row.facility}>
								<th scope="row">{row.name}</th>
								{COLUMNS.map((figure) => (
									<td key={figure} className="number">
										{figureText(row, figure, { t, format })}
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

/** The figures of all of them, each with how many told it. */
function Summary({
	data,
	known,
	explain,
}: ShownLaboratories & { explain: () => void }) {
	const { t, format } = useLanguage();
	const { total } = data;
	const count = (value: number | null) =>
		value === null ? "–" : format.count(value, 0);
	const { positivity, longest } = total;
	const figures = [
		{
			key: "waiting",
			value: count(total.waiting),
			help: t("laboratories.summary.waitingOf", {
				told: format.number(total.waitingTold),
				all: format.number(total.laboratories),
			}),
		},
		{
			key: "able",
			value: `${boundSign(total.ableIsMost ? "most" : null)}${count(total.able)}`,
			help: t("laboratories.summary.ableHelp", {
				...written(total.heldBy, format),
				told: format.number(total.ableTold),
				all: format.number(total.laboratories),
			}),
		},
		{
			key: "longest",
			// Nobody waits only where that was told; the wait of those who wait may not be known.
			value: longest
				? `${boundSign(longest.isLeast ? "least" : null)}${format.count(longest.days, 1)}`
				: total.waiting === 0
					? "0"
					: "–",
			help: [
				...(longest
					? [
							t("laboratories.summary.longestHelp", {
								name: known.get(longest.facility)?.name ?? "",
								late: `${boundSign(total.lateIsLeast ? "least" : null)}${format.number(total.late)}`,
								days: format.number(total.lateAfter),
							}),
						]
					: total.waiting === 0
						? [t("laboratories.summary.nobody")]
						: []),
				...(total.endless > 0
					? [
							t("laboratories.summary.endless", {
								count: format.number(total.endless),
							}),
						]
					: []),
			].join("; "),
		},
		{
			key: "positivity",
			value:
				positivity.share === null
					? "–"
					: `${format.count(positivity.share * 100, 1)} %`,
			help: t("laboratories.summary.positivityHelp", {
				positives: count(positivity.positives),
				tests: count(positivity.tests),
			}),
		},
		{
			key: "reagents",
			value: format.number(total.fewReagents),
			help: t("laboratories.summary.reagentsHelp"),
		},
	] as const;
	return (
		<dl className={styles.summary} data-testid="laboratory-summary">
			{figures.map(({ key, value, help }) => (
				<div key={key}>
					<dt>{t(`laboratories.summary.${key}`)}</dt>
					<dd>
						<button
							type="button"
							className={numbers.button}
							title={t("value.explain")}
							onClick={explain}
						>
							<b>{value}</b>
						</button>
						<small title={help}>{help}</small>
					</dd>
				</div>
			))}
		</dl>
	);
}

/** A figure of a laboratory, with a bar where it is part of a whole. */
function Cell({
	row,
	figure,
	assumed,
}: {
	row: LaboratoryRow;
	figure: Figure;
	assumed: Laboratories["assumptions"];
}) {
	const { t, format } = useLanguage();
	const value = FIGURES[figure](row);
	const share = figure === "load" || figure === "positivity" ? value : null;
	return (
		<div
			className={styles.cell}
			data-missing={value === null || undefined}
			style={
				share === null
					? undefined
					: ({ "--share": `${Math.min(1, share) * 100}%` } as CSSProperties)
			}
			title={
				figure !== "pool"
					? figure === "able"
						? doubts(row, assumed, { t, format }).join(" ")
						: undefined
					: row.pool
						? t("laboratories.poolHelp", {
								size: format.number(row.pool.size),
								tests: format.number(row.pool.testsPerSpecimen),
								reach: format.number(row.pool.reach),
								wait:
									row.pool.waitDays === null
										? "–"
										: `${boundSign(leastUnlessNone(row.isMost, row.pool.waitDays))}${format.count(row.pool.waitDays, 1)}`,
							})
						: t("laboratories.fewTests", { count: assumed.leastTests })
			}
		>
			{figureText(row, figure, { t, format })}
		</div>
	);
}
