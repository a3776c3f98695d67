import { Select } from "@mantine/core";
import { useMemo } from "react";
import { type StoreApi, useStore } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { AreaCell, Shortage } from "../../../core/api/logistics.ts";
import { ShortageOf } from "../../../core/api/logistics.ts";
import { SUPPLY_CLASSES } from "../../../core/logistics/supply-class.ts";
import { useClock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import legend from "../../parts/map/class-legend.module.css";
import { HoverFrame, type Pointer } from "../../parts/map/hover-card.tsx";
import { LegendFrame } from "../../parts/map/legend-frame.tsx";
import { letterMarks } from "../../parts/map/letter-marks.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { SUPPLY_SIGNS, supplyColour } from "../../parts/map/supply-colours.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./shortage.module.css";
import {
	SupplyName,
	SupplySign,
	useDaysText,
	useStateHelp,
} from "./supply-words.tsx";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

/** Of the states those that have a colour of their own, from the first class to the last. */
const COLOURED = SUPPLY_CLASSES.filter((one) => one !== "none");
const LEVELS = ["province", "regency"] as const;

/** The map of one item: each area in the colour and with the sign of its state. */
export default function ShortageMap({
	areas,
	selected,
	select,
	items,
}: ViewProps & { items: Shortage["items"] }) {
	const { t, format, language } = useLanguage();
	const { ground } = useGround();
	const theme = useTheme();
	const { search, changeSearch, asked } = useStockChoice();
	const range = useClock((clock) => clock.range);
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? 0);
	const level = search.level;
	const query = useAnswer(
		ShortageOf,
		{ area: areas.nation.id, rows: level, item: search.item, ...asked },
		{ keepLast: true },
	);
	const data = query.data?.items[0]?.column === search.item ? query.data : null;
	const cells = useMemo(
		() =>
			new Map(
				(data?.parts ?? []).flatMap(({ area, own, cells: [cell] }) =>
					own || !cell ? [] : [[area, cell] as const],
				),
			),
		[data],
	);
	const colouring = useMemo((): Colouring | null => {
		if (!data || !range) return null;
		const rows = areas.at(level);
		const days = range.lastDay - range.firstDay + 1;
		const values = new Float64Array(rows.length * days).fill(Number.NaN);
		rows.forEach(({ id }, row) => {
			const cell = cells.get(id);
			if (!cell || cell.supply === "none") return;
			// What is told is of the day of the answer, which stands beside the title: it is drawn until another comes.
			values.fill(
				COLOURED.indexOf(cell.supply) + 1,
				row * days,
				(row + 1) * days,
			);
		});
		return {
			cube: {
				header: {
					indicator: "stock",
					level,
					firstDay: range.firstDay,
					days,
					areas: rows.length,
					seq,
					pending: [],
				},
				values,
				marks: new Uint16Array(values.length),
			},
			columnOf: areas.at("regency").map((area, row) => {
				if (level === "regency") return row;
				const province = areas.byId(area.parent ?? -1);
				return province ? areas.row(province) : -1;
			}),
			bounds: COLOURED.map((_, at) => at + 1),
			belowZero: false,
			colours: COLOURED.map((one) => supplyColour(one, theme)),
			ground,
		};
	}, [data, range, areas, level, cells, ground, theme, seq]);
	const marks = useMemo(
		() =>
			letterMarks(
				[...cells].flatMap(([id, { supply }]) => {
					const area = areas.byId(id);
					return area && supply !== "none" && supply !== "safe"
						? [{ area, text: SUPPLY_SIGNS[supply] }]
						: [];
				}),
			),
		[cells, areas],
	);
	const item = data?.items[0];
	const label = `${t("logistics.figures.days")} · ${item?.name[language] ?? ""}`;
	return (
		<MapPanel
			className={styles.map}
			pin="stock-map"
			areas={areas}
			selected={selected}
			select={select}
			level={level}
			shown={{
				colouring,
				failure: query.error && {
					message: query.error.message,
					retry: () => void query.refetch(),
				},
			}}
			label={label}
			wholeDays
			marks={marks}
			stated={data && <span className="muted">{format.day(data.day)}</span>}
			tools={
				<>
					<Select
						size="xs"
						className={styles.figure}
						aria-label={t("logistics.firstOut.item")}
						data-testid="map-item"
						allowDeselect={false}
						value={search.item}
						data={items.map(({ column, name }) => ({
							value: column,
							label: name[language],
						}))}
						onChange={(one) =>
							changeSearch({ item: one as typeof search.item })
						}
					/>
					<Select
						size="xs"
						className={styles.level}
						aria-label={t("level.label")}
						data-testid="map-level-stock"
						allowDeselect={false}
						value={level}
						data={LEVELS.map((one) => ({
							value: one,
							label: t(`level.${one}`),
						}))}
						onChange={(one) =>
							changeSearch({ level: one as typeof search.level })
						}
					/>
				</>
			}
			legend={
				data && (
					<SupplyLegend
						title={label}
						shortage={data}
						cells={[...cells.values()]}
						none={areas.at(level).length}
					/>
				)
			}
			card={(pointer, boundaries) => (
				<SupplyHover
					pointer={pointer}
					areas={areas}
					boundaries={boundaries}
					cells={cells}
					level={level}
					label={label}
					day={data?.day ?? null}
				/>
			)}
		/>
	);
}

/** What the colours and signs mean, and how many areas are of each state. */
function SupplyLegend({
	title,
	shortage,
	cells,
	none,
}: {
	title: string;
	shortage: Shortage;
	cells: readonly AreaCell[];
	/** How many areas there are. */
	none: number;
}) {
	const { t, format } = useLanguage();
	const help = useStateHelp(shortage.cutOffs);
	return (
		<LegendFrame
			title={title}
			lines={[]}
			className={legend.legend}
			testId="supply-map-legend"
		>
			<ul className={legend.list}>
				{SUPPLY_CLASSES.map((supply) => {
					const areas = cells.filter((one) => one.supply === supply).length;
					return (
						<li key={supply} title={help(supply)}>
							<span
								className={legend.entry}
								style={{ "--share": String(areas / (none || 1)) } as object}
							>
								<SupplySign supply={supply} />
								<span className={legend.range}>
									{t(`logistics.state.${supply}`)}
								</span>
								<span className={legend.bar} aria-hidden />
								<span className={legend.count}>{format.number(areas)}</span>
							</span>
						</li>
					);
				})}
			</ul>
		</LegendFrame>
	);
}

/** The card at the pointer: days of supply, who told them, how many are below the line. */
function SupplyHover({
	pointer,
	areas,
	boundaries,
	cells,
	level,
	label,
	day,
}: {
	pointer: StoreApi<Pointer>;
	areas: AreaIndex;
	boundaries: Boundaries | null;
	cells: ReadonlyMap<number, AreaCell>;
	level: AreaRow["level"];
	label: string;
	day: number | null;
}) {
	const { t, format } = useLanguage();
	const days = useDaysText();
	const at = useStore(pointer);
	const hovered = useView((view) => view.hovered);
	const area = hovered === null ? undefined : areas.byId(hovered);
	if (!at.onMap || area?.level !== level) return null;
	const cell = cells.get(area.id);
	return (
		<HoverFrame
			at={at}
			area={area}
			parentName={areas.byId(area.parent ?? -1)?.name ?? null}
			day={day}
			drawnAs={boundaries?.drawnAs(area)}
			label={label}
			value={<b>{cell ? days(cell) : t("logistics.unknown")}</b>}
		>
			<SupplyName supply={cell?.supply ?? "none"} />
			{cell && (
				<>
					<small>
						{t("logistics.told", {
							told: format.number(cell.both),
							of: format.number(cell.facilities),
						})}
					</small>
					<small>
						{t("logistics.belowLine", {
							below: format.number(cell.below),
							of: format.number(cell.facilities),
						})}
					</small>
				</>
			)}
		</HoverFrame>
	);
}
