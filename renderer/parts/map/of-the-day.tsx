import { Button } from "@mantine/core";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Kpi } from "../../../core/api/figures.ts";
import { FiguresOf, TableOf } from "../../../core/api/figures.ts";
import { WHOLE_FROM } from "../../../core/quality/completeness.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
	isStatedAt,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useCube, valueAt } from "../../state/cube.ts";
import { useView } from "../../state/view-state.ts";
import { FreshnessChip } from "../ui/freshness-chip.tsx";
import styles from "./of-the-day.module.css";

/*
 * What the panel of the map says of the day. Each is drawn by itself when the day moves; the panel, its tools and its insets are not.
 */

interface Of {
	indicator: IndicatorKey;
	/** The area whose parts are looked at; a kabupaten/kota is looked at among its neighbours. */
	parent: AreaRow;
	asKnown: Day | null;
}

/** Who reported is one answer, of the area whose parts are looked at. */
function useFiguresOfTheDay({ indicator, parent, asKnown }: Of): {
	day: Day;
	figures: Kpi | null;
} {
	const day = usePanelDay();
	const { data } = useAnswer(
		FiguresOf,
		{ indicator, area: parent.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	const found = data?.area === parent.id && data.indicator === indicator;
	return { day, figures: found ? data : null };
}

export function MapFreshness({ areas, ...of }: Of & { areas: AreaIndex }) {
	const { figures } = useFiguresOfTheDay(of);
	return (
		<FreshnessChip
			indicator={of.indicator}
			completeness={figures?.completeness ?? null}
			area={of.parent}
			areas={areas}
		/>
	);
}

/** Whether the day was not known yet, as of the day asked for. */
export function useNotYetKnown(of: Of): boolean {
	const { figures } = useFiguresOfTheDay(of);
	return figures !== null && (figures.marks & MARKS.notYetKnown) !== 0;
}

/** Says when few of the areas that are coloured reported, and leads to the provinces. Its place is kept: a day must not move the map. */
export function MapHint({
	drawn,
	areas,
	...of
}: Of & {
	/** What colours the map, which may lag behind what was asked for. */
	drawn: { level: string; indicator: string } | undefined;
	areas: AreaIndex;
}) {
	const { t, format } = useLanguage();
	const change = useView((view) => view.change);
	const { day, figures } = useFiguresOfTheDay(of);
	const notYetKnown = useNotYetKnown(of);
	const { indicator, parent, asKnown } = of;
	const totals = useCube({
		indicator,
		measure: "total",
		level: "regency",
		as_known: asKnown,
	}).data;
	const coloured = (
		parent.level === "nation" ? areas.at("regency") : areas.children(parent)
	).filter(({ unknownPlace }) => !unknownPlace);
	const reporting =
		drawn?.level === "regency" && totals?.header.indicator === drawn.indicator
			? coloured.filter(
					(area) => valueAt(totals, areas.row(area), day) !== null,
				).length
			: null;
	const few = reporting !== null && reporting < coloured.length * WHOLE_FROM;
	if (drawn && !isStatedAt(indicatorByKey(indicator), drawn.level))
		return (
			<div
				className={styles.hint}
				data-covers-map
				data-testid="map-only-districts"
			>
				<span>
					{t("map.onlyDistricts", { indicator: t(`indicator.${indicator}`) })}
				</span>
				<Button
					size="compact-sm"
					onClick={() =>
						change({ screen: "sebaran", own: {}, mapLevel: "district" })
					}
				>
					{t("map.openSpread")}
				</Button>
			</div>
		);
	return (
		<div
			className={styles.hint}
			data-covers-map
			data-testid="map-hint"
			hidden={!few}
		>
			<span>
				{notYetKnown && asKnown !== null
					? t("map.notYetKnown", {
							day: format.day(day),
							known: format.day(asKnown),
						})
					: t(reporting === 0 ? "map.noneBelow" : "map.fewBelow", {
							reporting: format.number(reporting ?? 0),
							expected: format.number(coloured.length),
							indicator: t(`indicator.${indicator}`),
						})}
			</span>
			{few && figures !== null && figures.value !== null && (
				<Button
					size="compact-sm"
					onClick={() => change({ mapLevel: "province" })}
				>
					{t("map.showProvinces")}
				</Button>
			)}
		</div>
	);
}

/** How many cases no place on the map can show. */
export function UnknownPlace({
	selected,
	areas,
	...of
}: Of & { selected: AreaRow; areas: AreaIndex }) {
	const { t, format } = useLanguage();
	const { indicator, parent, asKnown } = of;
	const day = usePanelDay();
	const { data } = useAnswer(
		TableOf,
		{ indicator, area: parent.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	if (data?.area !== parent.id || selected.level === "regency") return null;
	const value = data.rows.find(
		(row) => areas.byId(row.area)?.unknownPlace === true,
	)?.value;
	if (value == null || value <= 0) return null;
	return (
		<span data-testid="unknown-place">
			{t(
				selected.level === "nation"
					? "area.unknownPlaceNation"
					: "area.unknownPlaceProvince",
				{
					what: t(`indicator.${data.indicator as IndicatorKey}`),
					value: format.number(value),
				},
			)}
		</span>
	);
}
