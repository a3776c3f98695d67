import { useMemo } from "react";
import { type StoreApi, useStore } from "zustand";
import {
	REPRODUCTION_GAPS,
	type ReproductionAreas,
	type ReproductionRow,
} from "../../../core/api/reproduction.ts";
import {
	directionOf,
	REPRODUCTION_BOUNDS,
	reproductionClass,
} from "../../../core/epidemic/reproduction-class.ts";
import { useClock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import legend from "../../parts/map/class-legend.module.css";
import { HoverFrame, type Pointer } from "../../parts/map/hover-card.tsx";
import { LegendFrame } from "../../parts/map/legend-frame.tsx";
import { letterMarks } from "../../parts/map/letter-marks.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import { MapFreshness } from "../../parts/map/of-the-day.tsx";
import {
	cssColour,
	type MapColours,
	noDataCss,
} from "../../parts/map/palettes.ts";
import {
	fewCasesColour,
	reproductionColours,
} from "../../parts/map/reproduction-colours.ts";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { MarkList } from "../../parts/ui/mark-list.tsx";
import { type AreaIndex, parentOf } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./reproduction.module.css";
import { GAP_SIGNS, hasFewCases, signOf } from "./reproduction-signs.ts";
import { useReproductionWords } from "./reproduction-words.ts";
import type { ReproductionChoice } from "./use-reproduction.ts";
import type { ViewProps } from "./view-props.ts";

/** Classes of R, and after them the one of too few cases. */
const CLASSES = REPRODUCTION_BOUNDS.length + 1;

/** The map of R on the day: each area in its class and with its sign, or masked by why nothing can be told of it. */
export default function ReproductionMap({
	areas,
	selected,
	select,
	choice,
	data,
	failure,
}: ViewProps & {
	choice: ReproductionChoice;
	data: ReproductionAreas | null;
	failure: { message: string; retry: () => void } | null;
}) {
	const { t } = useLanguage();
	const { ground } = useGround();
	const range = useClock((clock) => clock.range);
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? 0);
	const { titleOf } = useReproductionWords();
	const level = data?.level ?? choice.search.level;
	const rows = useMemo(
		() => new Map((data?.rows ?? []).map((row) => [row.area, row])),
		[data],
	);
	const colouring = useMemo((): Colouring | null => {
		if (!data || !range) return null;
		const drawn = areas.at(data.level);
		const days = range.lastDay - range.firstDay + 1;
		const values = new Float64Array(drawn.length * days).fill(Number.NaN);
		drawn.forEach(({ id }, row) => {
			const one = rows.get(id);
			if (!one) return;
			const place =
				one.mean !== null
					? reproductionClass(one.mean) + 1
					: hasFewCases(one)
						? CLASSES + 1
						: Number.NaN;
			// What is told is of the day of the answer, which stands beside the title: it is drawn until another comes.
			values.fill(place, row * days, (row + 1) * days);
		});
		return {
			cube: {
				header: {
					indicator: "confirmed",
					level: data.level,
					firstDay: range.firstDay,
					days,
					areas: drawn.length,
					seq,
					pending: [],
				},
				values,
				marks: new Uint16Array(values.length),
			},
			columnOf: areas.at("regency").map((area, row) => {
				if (data.level === "regency") return row;
				const province = areas.byId(area.parent ?? -1);
				return province ? areas.row(province) : -1;
			}),
			bounds: Array.from({ length: CLASSES + 1 }, (_, at) => at + 1),
			belowZero: false,
			colours: [...reproductionColours(ground), fewCasesColour(ground)],
			ground,
		};
	}, [data, range, areas, rows, ground, seq]);
	const marks = useMemo(
		() =>
			letterMarks(
				[...rows.values()].flatMap((row) => {
					const area = areas.byId(row.area);
					return area ? [{ area, text: signOf(row) }] : [];
				}),
			),
		[rows, areas],
	);
	const label = data ? titleOf(data) : t("epidemic.rt.title");
	return (
		<MapPanel
			className={styles.map}
			areas={areas}
			selected={selected}
			select={select}
			level={level}
			shown={{ colouring, failure }}
			label={label}
			pin="rt-map"
			wholeDays
			marks={marks}
			stated={
				<MapFreshness
					indicator="confirmed"
					parent={parentOf(areas, selected)}
					asKnown={choice.asKnown}
					areas={areas}
				/>
			}
			legend={data && <Legend title={label} data={data} ground={ground} />}
			card={(pointer, boundaries) => (
				<Hover
					pointer={pointer}
					areas={areas}
					boundaries={boundaries}
					rows={rows}
					data={data}
				/>
			)}
		/>
	);
}

/** What colours, hatching and signs mean, and how many areas are of each. */
function Legend({
	title,
	data: { rows },
	ground,
}: {
	title: string;
	data: ReproductionAreas;
	ground: MapColours;
}) {
	const { t, format } = useLanguage();
	const colours = reproductionColours(ground);
	const of = (areas: number) =>
		({ "--share": String(areas / (rows.length || 1)) }) as object;
	const bound = (at: number) => format.rate(REPRODUCTION_BOUNDS[at] ?? 0, 1);
	const entry = (
		key: string,
		background: string,
		words: string,
		areas: number,
		sign = "",
	) => (
		<li key={key}>
			<span className={legend.entry} style={of(areas)}>
				<i style={{ background }} className={styles.swatch} aria-hidden>
					{sign}
				</i>
				<span className={legend.range}>{words}</span>
				<span className={legend.bar} aria-hidden />
				<span className={legend.count}>{format.number(areas)}</span>
			</span>
		</li>
	);
	return (
		<LegendFrame
			title={title}
			lines={[]}
			below={t("epidemic.rt.signs")}
			className={legend.legend}
			testId="reproduction-legend"
		>
			<ul className={legend.list}>
				{colours
					.map((colour, at) =>
						entry(
							`class ${at}`,
							cssColour(colour),
							at === 0
								? `< ${bound(0)}`
								: at === CLASSES - 1
									? `≥ ${bound(at - 1)}`
									: `${bound(at - 1)} – < ${bound(at)}`,
							rows.filter(
								({ mean }) => mean !== null && reproductionClass(mean) === at,
							).length,
						),
					)
					.reverse()}
				{REPRODUCTION_GAPS.flatMap((reason) => {
					const areas = rows.filter((row) => row.reason === reason).length;
					return areas === 0
						? []
						: [
								entry(
									reason,
									hasFewCases({ reason })
										? cssColour(fewCasesColour(ground))
										: noDataCss(ground),
									t(`epidemic.gapShort.${reason}`),
									areas,
									GAP_SIGNS[reason],
								),
							];
				})}
			</ul>
		</LegendFrame>
	);
}

/** The card at the pointer: R with its interval and what it rests on, or why there is none. */
function Hover({
	pointer,
	areas,
	boundaries,
	rows,
	data,
}: {
	pointer: StoreApi<Pointer>;
	areas: AreaIndex;
	boundaries: Boundaries | null;
	rows: ReadonlyMap<number, ReproductionRow>;
	data: ReproductionAreas | null;
}) {
	const { t, format } = useLanguage();
	const words = useReproductionWords();
	const at = useStore(pointer);
	const hovered = useView((view) => view.hovered);
	const area = hovered === null ? undefined : areas.byId(hovered);
	if (!at.onMap || !data || area?.level !== data.level) return null;
	const row = rows.get(area.id);
	return (
		<HoverFrame
			at={at}
			area={area}
			parentName={areas.byId(area.parent ?? -1)?.name ?? null}
			day={data.shown}
			drawnAs={boundaries?.drawnAs(area)}
			label="Rt"
			value={<b>{row ? words.value(row) : t("epidemic.rt.unknown")}</b>}
		>
			{row && row.aboveOne !== null && (
				<small>
					{t(`epidemic.direction.${directionOf(row.aboveOne)}`)} ·{" "}
					{words.probability(row.aboveOne)}
				</small>
			)}
			{row?.reason && <small>{t(`epidemic.gap.${row.reason}`)}</small>}
			{row?.cases != null && (
				<small>
					{t("epidemic.rt.casesOf", {
						cases: format.count(row.cases, 0),
						days: format.number(data.window),
					})}
				</small>
			)}
			{row && <MarkList marks={row.marks} />}
		</HoverFrame>
	);
}
