import { SegmentedControl } from "@mantine/core";
import type { CellKeyDownEvent, ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo, useRef, useState } from "react";
import { Facilities } from "../../../core/api/facilities.ts";
import { Items } from "../../../core/api/items.ts";
import { HeldStock } from "../../../core/api/stock.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { heldStockEn } from "../../i18n/held-stock-en.ts";
import { heldStockId } from "../../i18n/held-stock-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useAnswer } from "../../state/answers.ts";
import { useDecidedHere } from "../../state/decided-here.ts";
import { leave } from "../../state/drafts.ts";
import { HeldCountPanel } from "./held-count.tsx";
import {
	COUNT_DECISIONS,
	countKey,
	type HeldRow,
	heldShown,
} from "./held-counts.ts";
import styles from "./records.module.css";
import { HELD_SHOWN, type HeldShown } from "./search.ts";
import shortage from "./shortage.module.css";
import { useHeldWords } from "./use-held-words.ts";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("heldStock", { id: heldStockId, en: heldStockEn });

/** The counts that are doubtful and in no sum until a person decides, and what was decided of others. */
export default function HeldView({ areas, selected }: ViewProps) {
	const { t, format, language } = useLanguage();
	const grid = useGridAnew();
	const { search, changeSearch, asked } = useStockChoice();
	const [filter, setFilter] = useState("");
	const panel = useRef<HTMLDivElement>(null);
	const root = useRootSize();
	const { save, notice } = useSave();
	const words = useHeldWords();
	const query = useAnswer(
		HeldStock,
		{ area: selected.id, day: asked.day, as_known: asked.as_known },
		{ keepLast: true },
	);
	const items = useAnswer(Items, { item: null });
	const facilities = useAnswer(Facilities, {});
	const decided = useDecidedHere(
		COUNT_DECISIONS,
		(request) => countKey(request as HeldRow),
		query.isFetching,
	);
	const told = useMemo((): readonly HeldRow[] | null => {
		if (!query.data || !items.data || !facilities.data) return null;
		const itemOf = new Map(items.data.map((one) => [one.id, one]));
		const codeOf = new Map(facilities.data.map((one) => [one.id, one.code]));
		return query.data.map((count) => {
			const item = itemOf.get(count.item);
			return {
				...count,
				key: countKey(count),
				code: codeOf.get(count.facility) ?? "",
				place: areas.byId(count.area)?.name ?? "",
				itemName: item?.name[language] ?? count.item,
				unit: item ? t(`logistics.catalogueUnit.${item.unit as "Each"}`) : "",
			};
		});
	}, [query.data, items.data, facilities.data, areas, language, t]);
	// The counts of one area and day are never shown, or exported, under the name of another; what is typed about one of them stays meanwhile.
	const rows = query.isPlaceholderData ? null : told;
	const shown = useMemo(
		() => (rows ? (heldShown(rows, search.held) as readonly HeldRow[]) : []),
		[rows, search.held],
	);
	const chosen = told?.find(({ key }) => key === search.count) ?? null;
	const choose = (key: string) => leave(() => changeSearch({ count: key }));
	const columns = useMemo(
		(): ColDef<HeldRow>[] => [
			{
				field: "day",
				headerName: t("heldStock.column.day"),
				width: root * 6.6,
				valueFormatter: ({ value }) => format.day(value as number),
			},
			{
				field: "name",
				headerName: t("heldStock.column.facility"),
				flex: 1.5,
				minWidth: root * 10,
				wrapText: true,
				autoHeight: true,
				getQuickFilterText: ({ data }) => `${data.name} ${data.place}`,
				tooltipValueGetter: ({ data }) =>
					data && `${data.name} · ${data.place}`,
			},
			{
				field: "itemName",
				headerName: t("heldStock.column.item"),
				flex: 1,
				minWidth: root * 8,
				wrapText: true,
				autoHeight: true,
			},
			{
				field: "stated",
				headerName: t("heldStock.column.stated"),
				type: "rightAligned",
				width: root * 7.6,
				valueFormatter: ({ value }) => format.number(value as number),
			},
			{
				colId: "fault",
				headerName: t("heldStock.column.fault"),
				flex: 1,
				minWidth: root * 8.5,
				wrapText: true,
				autoHeight: true,
				valueGetter: ({ data }) => data && words.fault(data),
			},
			{
				field: "meant",
				headerName: t("heldStock.column.meant"),
				type: "rightAligned",
				width: root * 7.6,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null ? "–" : format.number(value as number),
			},
			{
				colId: "decision",
				headerName: t("heldStock.column.decision"),
				flex: 1,
				minWidth: root * 8,
				wrapText: true,
				autoHeight: true,
				valueGetter: ({ data }) =>
					data && words.standing(data, decided.onTheirWay.get(data.key)),
			},
		],
		[t, format, root, words, decided.onTheirWay],
	);
	const exported = useExport({
		part: "diragukan",
		area: selected,
		indicator: "stock",
		day: asked.day,
		asKnown: asked.as_known,
	});
	const heads = [
		...(
			[
				"day",
				"code",
				"facility",
				"place",
				"item",
				"unit",
				"stated",
				"fault",
				"meant",
				"decision",
				"value",
				"person",
				"at",
				"reason",
			] as const
		).map((column) => t(`heldStock.column.${column}`)),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		shown.map((row) => [
			{ value: isoFromDay(row.day), kind: "text" },
			{ value: row.code, kind: "code" },
			{ value: row.name, kind: "text" },
			{ value: row.place, kind: "text" },
			{ value: row.itemName, kind: "text" },
			{ value: row.unit, kind: "text" },
			{ value: row.stated, kind: "number" },
			{ value: words.fault(row), kind: "text" },
			{ value: row.meant, kind: "number" },
			{
				value: t(`heldStock.verdict.${row.decision?.verdict ?? "waiting"}`, {
					value: words.amount(row.decision?.value ?? null),
				}),
				kind: "text",
			},
			{ value: row.decision?.value ?? null, kind: "number" },
			{ value: row.decision?.person ?? null, kind: "text" },
			{
				value: row.decision && new Date(row.decision.at).toISOString(),
				kind: "text",
			},
			{ value: row.decision?.reason ?? null, kind: "text" },
			...exported.row(
				row.day,
				row.source && { source: row.source, sum: false },
			),
		]);
	const error = query.error ?? items.error ?? facilities.error;
	return (
		<div className={shortage.view}>
			<div className={shortage.options}>
				<SegmentedControl
					size="xs"
					aria-label={t("heldStock.show")}
					data-testid="held-shown"
					value={search.held}
					data={HELD_SHOWN.map((one) => ({
						value: one,
						label: t(`heldStock.shown.${one}`, {
							count: rows ? format.number(heldShown(rows, one).length) : "–",
						}),
					}))}
					onChange={(one) => changeSearch({ held: one as HeldShown })}
				/>
				<TableFilter
					value={filter}
					change={setFilter}
					testId="held-filter"
					label={t("heldStock.filter")}
					className={styles.filter}
				/>
			</div>
			<div className={styles.parts}>
				<Panel
					title={t("heldStock.title")}
					subtitle={`${selected.name} · ${t("heldStock.window", { day: format.day(asked.day) })}`}
					testId="held-panel"
					className={styles.list}
					tools={
						<TableExport
							table={{
								title: t("heldStock.title"),
								name: exported.name,
								heads,
								rows: cells,
							}}
							save={save}
							testId="held-export"
							disabled={shown.length === 0}
						/>
					}
				>
					{notice}
					{error && !rows ? (
						<PanelFailure
							error={error}
							again={() =>
								Promise.all([
									query.refetch(),
									items.refetch(),
									facilities.refetch(),
								])
							}
						/>
					) : !rows ? (
						<PanelNotice>{t("app.loading")}</PanelNotice>
					) : shown.length === 0 ? (
						<PanelNotice>
							{t(`heldStock.none.${search.held}`, {
								area: selected.name,
								day: format.day(asked.day),
							})}
						</PanelNotice>
					) : (
						<div className={grids.grid} data-testid="held-table">
							<AgGridReact<HeldRow>
								key={grid.key}
								{...grid.inOrder}
								theme={GRID_THEME}
								rowData={shown as HeldRow[]}
								columnDefs={columns}
								defaultColDef={{ sortable: true, resizable: true }}
								getRowId={({ data }) => data.key}
								localeText={gridTexts(language)}
								quickFilterText={filter}
								enableCellTextSelection
								ensureDomOrder
								animateRows={false}
								tooltipShowDelay={400}
								rowClassRules={{
									[styles.chosen ?? "chosen"]: ({ data }) =>
										data?.key === search.count,
								}}
								onRowClicked={({ data }) => data && choose(data.key)}
								onCellKeyDown={(event) => {
									const { data, event: key } =
										event as CellKeyDownEvent<HeldRow>;
									if (
										!data ||
										!(key instanceof KeyboardEvent) ||
										key.key !== "Enter"
									)
										return;
									key.preventDefault();
									choose(data.key);
									// What can be decided of it is the next thing that a key reaches.
									requestAnimationFrame(() => panel.current?.focus());
								}}
							/>
						</div>
					)}
					<p className={styles.foot}>{t("heldStock.byKeys")}</p>
				</Panel>
				<div
					ref={panel}
					tabIndex={-1}
					className={styles.side}
					data-testid="held-side"
				>
					<HeldCountPanel
						key={chosen?.key ?? ""}
						row={chosen}
						day={asked.day}
						asKnown={asked.as_known}
						entry={chosen ? decided.onTheirWay.get(chosen.key) : undefined}
						undo={chosen ? decided.undoable.get(chosen.key) : undefined}
						scope={areas.byId(chosen?.area ?? -1)?.code ?? null}
						toFacility={(facility) =>
							leave(() =>
								changeSearch({
									view: "fasilitas",
									facility: String(facility),
								}),
							)
						}
					/>
				</div>
			</div>
		</div>
	);
}
