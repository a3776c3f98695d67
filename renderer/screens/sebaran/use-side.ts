import { useMemo } from "react";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import {
	type Period,
	periodFromText,
	periodShown,
} from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { classKeyFrom } from "../../parts/map/class-legend.tsx";
import { faded } from "../../parts/map/faded.ts";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { colouringOf } from "../../parts/map/use-colouring.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { usePeriodWords } from "../../parts/ui/period-words.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useSpread } from "../../state/spread.ts";
import { scaleOf } from "./scale-choice.tsx";
import type { Choice } from "./use-choice.ts";
import type { Side } from "./use-compared.ts";
import { areasOf, type DrawnLevel } from "./use-drawn-level.ts";

/** What one of two maps is drawn from. Of one indicator both are the same answer, with the same classes: they are found over all days. */
export function useSide(
	upper: AreaIndex,
	{ indicator, area }: Pick<Side, "indicator" | "area">,
	choice: Choice,
	{
		level,
		within,
		districts,
	}: Pick<DrawnLevel, "level" | "within" | "districts">,
) {
	const { t, format } = useLanguage();
	const { ground } = useGround();
	const periodWords = usePeriodWords();
	const { rate, asKnown, search } = choice;
	const asked = periodShown(indicator, choice.period);
	const { scale } = scaleOf({ ...choice, indicator, period: asked });
	const { spread, failure } = useSpread(
		{ indicator, level, within, period: asked, rate, scale, as_known: asKnown },
		area.id,
	);
	const cube = spread?.cube;
	/** Those that have a row in what is drawn, which may lag behind what was asked for. */
	const areas = areasOf(cube?.header, districts, upper);
	const colouring = useMemo(
		(): Colouring | null =>
			cube
				? colouringOf(areas, cube, cube.header.classes.bounds, ground)
				: null,
		[cube, areas, ground],
	);
	const drawn = useMemo(
		() => colouring && faded(colouring, classKeyFrom(search.only)),
		[colouring, search.only],
	);
	const shown = (cube?.header.indicator ?? indicator) as IndicatorKey;
	const period: Period = periodFromText(cube?.header.period ?? "") ?? asked;
	const words = [
		periodWords(period, indicatorByKey(shown).kind !== "cumulative"),
		...((cube?.header.rate ?? rate) ? [t("spread.rate")] : []),
	].join(", ");
	const rests =
		cube?.header.scale === "fixed"
			? t("classes.bySource")
			: t("classes.restOn", {
					values: format.number(cube?.header.classes.values ?? 0),
					from: format.day(cube?.header.firstDay ?? 0),
					to: format.day(
						(cube?.header.firstDay ?? 0) + (cube?.header.days ?? 1) - 1,
					),
				});
	return {
		spread,
		areas,
		series: spread?.series ?? null,
		failure,
		/** With the colours of all classes, and with the one that is shown alone. */
		colouring,
		drawn,
		indicator: shown,
		period,
		words,
		rests,
		label: `${t(`indicator.${shown}`)} · ${words}`,
	};
}
export type DrawnSide = ReturnType<typeof useSide>;
