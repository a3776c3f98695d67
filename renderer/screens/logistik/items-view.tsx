import { SegmentedControl } from "@mantine/core";
import type { CellKeyDownEvent, ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo, useRef, useState } from "react";
import {
	ChangeItem,
	Items,
	type ItemVersion,
	RestoreItem,
} from "../../../core/api/items.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { itemsEn } from "../../i18n/items-en.ts";
import { itemsId } from "../../i18n/items-id.ts";
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
import { itemsShown } from "./item-changes.ts";
import { ItemPanel } from "./item-panel.tsx";
import styles from "./records.module.css";
import { ITEMS_SHOWN, type ItemsShown } from "./search.ts";
import shortage from "./shortage.module.css";
import { useItemWords } from "./use-item-words.ts";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("items", { id: itemsId, en: itemsEn });

const ITEM_DECISIONS = [ChangeItem.name, RestoreItem.name];
const itemIn = (request: unknown) => (request as { item: string }).item;

/** The items of the catalogue: units, packs, rates, prices, who says each of them, and what nobody verified. */
export default function ItemsView({ areas }: ViewProps) {
	const { t, format, language } = useLanguage();
	const grid = useGridAnew();
	const { search, changeSearch, asked } = useStockChoice();
	const choose = (about: string) => leave(() => changeSearch({ about }));
	const [filter, setFilter] = useState("");
	const side = useRef<HTMLDivElement>(null);
	const root = useRootSize();
	const { save, notice } = useSave();
	const words = useItemWords();
	const query = useAnswer(Items, { item: null }, { keepLast: true });
	const decided = useDecidedHere(ITEM_DECISIONS, itemIn, query.isFetching);
	const shown = useMemo(
		() => itemsShown(query.data ?? [], search.items),
		[query.data, search.items],
	);
	const chosen = query.data?.find(({ id }) => id === search.about) ?? null;
	const columns = useMemo(
		(): ColDef<ItemVersion>[] => [
			{
				colId: "name",
				headerName: t("items.column.name"),
				flex: 2,
				minWidth: root * 13,
				wrapText: true,
				autoHeight: true,
				valueGetter: ({ data }) => data && words.name(data),
				tooltipValueGetter: ({ data }) => data?.id,
				// Found by its name in either language, its code and its group.
				getQuickFilterText: ({ data }) =>
					[data.name.id, data.name.en, data.id, data.group].join(" "),
			},
			{
				colId: "kind",
				headerName: t("items.column.kind"),
				flex: 1,
				minWidth: root * 8,
				valueGetter: ({ data }) => data && t(`items.kind.${data.kind}`),
			},
			{
				colId: "unit",
				headerName: t("items.column.unit"),
				width: root * 5.5,
				valueGetter: ({ data }) => data && words.unit(data),
			},
			{
				colId: "pack",
				headerName: t("items.column.pack"),
				type: "rightAligned",
				width: root * 7,
				valueGetter: ({ data }) => data?.pack?.value.size ?? null,
				comparator: knownFirst,
				valueFormatter: ({ data }) => (data?.pack ? words.pack(data) : "–"),
			},
			{
				colId: "price",
				headerName: t("items.column.price"),
				type: "rightAligned",
				width: root * 6,
				valueGetter: ({ data }) => data?.priceUsd?.value ?? null,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null ? "–" : words.exact(value as number),
			},
			{
				colId: "lead",
				headerName: t("items.column.lead"),
				type: "rightAligned",
				width: root * 5,
				valueGetter: ({ data }) => data?.leadDays?.value ?? null,
				comparator: knownFirst,
				valueFormatter: ({ value }) =>
					value === null ? "–" : format.number(value as number),
			},
			{
				colId: "unverified",
				headerName: t("items.column.unverified"),
				flex: 1,
				minWidth: root * 7.5,
				valueGetter: ({ data }) =>
					data?.unverified.map((fact) => t(`items.fact.${fact}`)).join(", "),
				cellClass: styles.doubt,
			},
			{
				field: "version",
				headerName: t("items.column.version"),
				type: "rightAligned",
				width: root * 4.5,
				valueFormatter: ({ data, value }) =>
					data && decided.onTheirWay.has(data.id)
						? `${value} → …`
						: String(value),
				tooltipValueGetter: ({ data }) =>
					data && decided.onTheirWay.has(data.id)
						? t("items.pending")
						: (data?.changed?.person ?? t("items.shipped")),
			},
		],
		[t, format, root, words, decided.onTheirWay],
	);
	const exported = useExport({
		part: "barang",
		area: areas.nation,
		indicator: "stock",
		day: asked.day,
		asKnown: null,
	});
	const heads = [
		...(
			[
				"id",
				"name",
				"kind",
				"unit",
				"pack",
				"packName",
				"price",
				"lead",
				"reserve",
				"volume",
				"rates",
				"unverified",
				"version",
				"person",
				"at",
				"reason",
			] as const
		).map((column) => t(`items.column.${column}`)),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		shown.map((item) => [
			{ value: item.id, kind: "code" },
			{ value: words.name(item), kind: "text" },
			{ value: t(`items.kind.${item.kind}`), kind: "text" },
			{ value: words.unit(item), kind: "text" },
			{ value: item.pack?.value.size ?? null, kind: "number" },
			{
				value: item.pack && words.packName(item.pack.value.name),
				kind: "text",
			},
			{ value: item.priceUsd?.value ?? null, kind: "number" },
			{ value: item.leadDays?.value ?? null, kind: "number" },
			{ value: item.reserveDays?.value ?? null, kind: "number" },
			{ value: item.volumeM3, kind: "number" },
			{ value: item.rates.map(words.rate).join("; "), kind: "text" },
			{
				value: item.unverified
					.map((fact) => t(`items.fact.${fact}`))
					.join(", "),
				kind: "text",
			},
			{ value: item.version, kind: "number" },
			{ value: item.changed?.person ?? null, kind: "text" },
			{
				value: item.changed && new Date(item.changed.at).toISOString(),
				kind: "text",
			},
			{ value: item.changed?.reason ?? null, kind: "text" },
			...exported.row(asked.day, null),
		]);
	return (
		<div className={shortage.view}>
			<div className={shortage.options}>
				<SegmentedControl
					size="xs"
					aria-label={t("items.show")}
					data-testid="items-shown"
					value={search.items}
					data={ITEMS_SHOWN.map((one) => ({
						value: one,
						label: t(`items.shown.${one}`, {
							count: itemsShown(query.data ?? [], one).length,
						}),
					}))}
					onChange={(one) => changeSearch({ items: one as ItemsShown })}
				/>
				<TableFilter
					value={filter}
					change={setFilter}
					testId="items-filter"
					label={t("items.filter")}
					className={styles.filter}
				/>
			</div>
			<div className={styles.parts}>
				<Panel
					title={t("items.title")}
					testId="items-panel"
					className={styles.list}
					tools={
						<TableExport
							table={{
								title: t("items.title"),
								name: exported.name,
								heads,
								rows: cells,
							}}
							save={save}
							testId="items-export"
							disabled={shown.length === 0}
						/>
					}
				>
					{notice}
					{query.error && !query.data ? (
						<PanelFailure error={query.error} again={query.refetch} />
					) : !query.data ? (
						<PanelNotice>{t("app.loading")}</PanelNotice>
					) : shown.length === 0 ? (
						<PanelNotice>{t(`items.none.${search.items}`)}</PanelNotice>
					) : (
						<div className={grids.grid} data-testid="items-table">
							<AgGridReact<ItemVersion>
								key={grid.key}
								{...grid.inOrder}
								theme={GRID_THEME}
								rowData={shown as ItemVersion[]}
								columnDefs={columns}
								defaultColDef={{ sortable: true, resizable: true }}
								getRowId={({ data }) => data.id}
								localeText={gridTexts(language)}
								quickFilterText={filter}
								enableCellTextSelection
								ensureDomOrder
								animateRows={false}
								tooltipShowDelay={400}
								rowClassRules={{
									[styles.chosen ?? "chosen"]: ({ data }) =>
										data?.id === search.about,
								}}
								onRowClicked={({ data }) => data && choose(data.id)}
								onCellKeyDown={(event) => {
									const { data, event: key } =
										event as CellKeyDownEvent<ItemVersion>;
									if (
										!data ||
										!(key instanceof KeyboardEvent) ||
										key.key !== "Enter"
									)
										return;
									key.preventDefault();
									choose(data.id);
									requestAnimationFrame(() => side.current?.focus());
								}}
							/>
						</div>
					)}
					<p className={styles.foot}>{t("items.ofAll")}</p>
				</Panel>
				<div ref={side} tabIndex={-1} className={styles.side}>
					<ItemPanel
						key={chosen?.id ?? ""}
						item={chosen}
						waits={chosen !== null && decided.onTheirWay.has(chosen.id)}
						undo={chosen ? decided.undoable.get(chosen.id) : undefined}
					/>
				</div>
			</div>
		</div>
	);
}
