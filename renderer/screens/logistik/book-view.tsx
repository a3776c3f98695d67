import { Select } from "@mantine/core";
import { useMemo } from "react";
import { Facilities } from "../../../core/api/facilities.ts";
import { Items } from "../../../core/api/items.ts";
import { type StockBook, StockLedger } from "../../../core/api/stock.ts";
import { watchedIn } from "../../../core/logistics/watched-item.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { stockBookEn } from "../../i18n/stock-book-en.ts";
import { stockBookId } from "../../i18n/stock-book-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useAnswer } from "../../state/answers.ts";
import { useFollows } from "../../state/follow.ts";
import { facilitiesIn } from "./facilities-in.ts";
import needs from "./needs.module.css";
import styles from "./records.module.css";
import shortage from "./shortage.module.css";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("stockBook", { id: stockBookId, en: stockBookEn });

const AMOUNTS = [
	"opening",
	"received",
	"given",
	"book",
	"counted",
	"gap",
	"newGap",
] as const;

/** The book of an item in a warehouse: what came, what was given out, what the book says is there, what was counted, and the gap. */
export default function BookView({ areas, selected }: ViewProps) {
	const { t, format, language } = useLanguage();
	const { search, changeSearch, asked } = useStockChoice();
	const { save, notice } = useSave();
	const follows = useFollows("facilities");
	const all = useAnswer(Facilities, {});
	const items = useAnswer(Items, { item: null });
	const within = useMemo(() => {
		const inside = facilitiesIn(all.data ?? [], selected, areas);
		/** The warehouses of the area itself, then those of the areas in it, then who is given to. */
		const place = ({ kind, area }: (typeof inside)[number]) =>
			kind !== "warehouse" ? 2 : area === selected.id ? 0 : 1;
		return inside.toSorted((a, b) => place(a) - place(b));
	}, [all.data, areas, selected]);
	const facility =
		all.data?.find(({ id }) => String(id) === search.facility) ??
		within[0] ??
		null;
	const id = search.about || watchedIn(search.item).item;
	const item = items.data?.find((one) => one.id === id);
	const query = useAnswer(
		StockLedger,
		{ facility: facility?.id ?? 1, item: id, as_known: asked.as_known },
		{ keepLast: true, enabled: facility !== null },
	);
	const book =
		query.data?.facility === facility?.id && query.data?.item === id
			? query.data
			: undefined;
	const lines = book?.lines ?? [];
	const exported = useExport({
		part: `buku-${id}`,
		area: selected,
		indicator: "stock",
		day: asked.day,
		asKnown: asked.as_known,
	});
	const error = all.error ?? items.error ?? query.error;
	const itemName = item?.name[language] ?? id;
	const unit = item ? t(`logistics.catalogueUnit.${item.unit as "Each"}`) : "";
	const heads = [
		t("logistics.export.facility"),
		t("logistics.export.facilityName"),
		t("logistics.export.item"),
		t("logistics.export.unit"),
		t("stockBook.column.from"),
		t("stockBook.column.to"),
		...AMOUNTS.map((column) => t(`stockBook.column.${column}`)),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		lines.map((line) => [
			{ value: facility?.code ?? null, kind: "code" },
			{ value: facility?.name ?? null, kind: "text" },
			{ value: itemName, kind: "text" },
			{ value: unit, kind: "text" },
			{ value: isoFromDay(line.firstDay), kind: "text" },
			{ value: isoFromDay(line.day), kind: "text" },
			...AMOUNTS.map(
				(column): CsvCell => ({ value: line[column], kind: "number" }),
			),
			...exported.row(
				line.day,
				line.source && { source: line.source, sum: false },
			),
		]);
	return (
		<div className={shortage.view}>
			<div className={shortage.options}>
				<Select
					size="xs"
					className={needs.choice}
					label={t("stockBook.facility")}
					data-testid="book-facility"
					searchable
					limit={60}
					allowDeselect={false}
					aria-keyshortcuts="/"
					value={facility ? String(facility.id) : null}
					data={(facility && !within.includes(facility)
						? [facility, ...within]
						: within
					).map((one) => ({ value: String(one.id), label: one.name }))}
					onChange={(one) => changeSearch({ facility: one ?? "" })}
				/>
				<Select
					size="xs"
					className={needs.choice}
					label={t("stockBook.item")}
					data-testid="book-item"
					searchable
					limit={60}
					allowDeselect={false}
					value={id}
					data={(items.data ?? []).map((one) => ({
						value: one.id,
						label: one.name[language],
					}))}
					onChange={(one) => changeSearch({ about: one ?? "" })}
				/>
			</div>
			<Panel
				title={t("stockBook.title")}
				subtitle={facility ? `${facility.name} · ${itemName}` : selected.name}
				testId="book-panel"
				className={needs.panel}
				tools={
					<TableExport
						table={{
							title: t("stockBook.title"),
							name: exported.name,
							heads,
							rows: cells,
						}}
						save={save}
						testId="book-export"
						disabled={lines.length === 0}
					/>
				}
			>
				{notice}
				{error && !book ? (
					<PanelFailure
						error={error}
						again={() =>
							Promise.all([all.refetch(), items.refetch(), query.refetch()])
						}
					/>
				) : all.data && !facility ? (
					<PanelNotice>
						{t(follows ? "follow.facilities" : "stockBook.noFacilities")}
					</PanelNotice>
				) : !book ? (
					<PanelNotice>
						{query.data === null
							? t(follows ? "follow.facilities" : "stockBook.noFacilities")
							: t("app.loading")}
					</PanelNotice>
				) : lines.length === 0 ? (
					<PanelNotice>
						{t("stockBook.none", {
							item: itemName,
							facility: facility?.name ?? "",
						})}
					</PanelNotice>
				) : (
					<>
						<GapSentence lines={lines} unit={unit} />
						<div className={shortage.list}>
							<table data-testid="book-table">
								<thead>
									<tr>
										<th scope="col">{t("stockBook.column.from")}</th>
										<th scope="col">{t("stockBook.column.to")}</th>
										{AMOUNTS.map((column) => (
											<th key={column} scope="col" className="number">
												{t(`stockBook.column.${column}`)}
											</th>
										))}
										<th scope="col">{t("stockBook.column.source")}</th>
									</tr>
								</thead>
								<tbody>
									{lines.map((line) => (
										<tr
											key={`${line.firstDay} ${line.day}`}
											data-day={line.day}
										>
											<td>{format.day(line.firstDay)}</td>
											<td>{format.day(line.day)}</td>
											{AMOUNTS.map((column) => {
												const value = line[column];
												const gap = column === "gap" || column === "newGap";
												return (
													<td
														key={column}
														className={`number ${gap && value ? styles.doubt : ""}`}
														data-column={column}
													>
														{value === null
															? "–"
															: gap
																? format.signed(value)
																: format.number(value)}
													</td>
												);
											})}
											<td>{line.source?.[`${language}_name`] ?? "–"}</td>
										</tr>
									))}
								</tbody>
							</table>
						</div>
						<p className={styles.foot}>{t("stockBook.how")}</p>
					</>
				)}
			</Panel>
		</div>
	);
}

/** How the book stands at its end, in one sentence: a gap is said, and never smoothed away. */
function GapSentence({
	lines,
	unit,
}: {
	lines: StockBook["lines"];
	unit: string;
}) {
	const { t, format } = useLanguage();
	const last = lines.findLast(({ gap }) => gap !== null);
	return (
		<p className={styles.sentence} data-testid="book-gap">
			{!last || last.gap === null
				? t("stockBook.unknownGap")
				: last.gap === 0
					? t("stockBook.noGap", { day: format.day(last.day) })
					: t("stockBook.gapNow", {
							day: format.day(last.day),
							counted: format.number(last.counted ?? 0),
							book: format.number(last.book ?? 0),
							gap: format.signed(last.gap),
							unit,
						})}
		</p>
	);
}
