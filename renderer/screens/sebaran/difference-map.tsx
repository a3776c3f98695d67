import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { SpreadSeriesOf } from "../../../core/api/spread.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { periodFromText, textOfPeriod } from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ClassLegend, classKeyFrom } from "../../parts/map/class-legend.tsx";
import { differenceColouring } from "../../parts/map/difference-colouring.ts";
import { faded } from "../../parts/map/faded.ts";
import { classRanges } from "../../parts/map/legend.tsx";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import { useGround } from "../../parts/map/use-ground.ts";
import { hasEstimatedPeople } from "../../parts/ui/estimated-people.ts";
import { usePeriodWords } from "../../parts/ui/period-words.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useDifference } from "../../state/difference.ts";
import styles from "./compare.module.css";
import { CompareControl } from "./compare-control.tsx";
import { Between, DaysApart, Figure } from "./compared-figures.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { HoveredArea } from "./hovered-area.tsx";
import { ScaleChoice, scaleOf } from "./scale-choice.tsx";
import screenStyles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";
import { comparedAreas, today, useAgainst } from "./use-compared.ts";
import { useDrawnAreas, useDrawnLevel } from "./use-drawn-level.ts";
import { writtenDifference } from "./written-figure.ts";

/** One map of what lies between the day of the clock and another: blue fell, orange rose, plain land stayed. */
export default function DifferenceMap({
	areas: upper,
	selected: onUpper,
	chosen,
	select,
	choice,
}: {
	/** Without kecamatan. */
	areas: AreaIndex;
	/** The chosen area, of a kecamatan its kabupaten/kota. */
	selected: AreaRow;
	/** The chosen area itself. */
	chosen: AreaRow;
	select: (area: AreaRow) => void;
	choice: Choice;
}) {
	const language = useLanguage();
	const { t, format } = language;
	const periodWords = usePeriodWords();
	const { ground } = useGround();
	const { indicator, period, rate, mapLevel, asKnown, search, changeSearch } =
		choice;
	const { against, dayOf } = useAgainst(choice);
	const { scale } = scaleOf(choice);
	const asked = { indicator, period, rate, as_known: asKnown };
	const looked = useMemo(() => [onUpper], [onUpper]);
	const classed = scale === "fixed" ? "log" : scale;
	const { level, within, districts, see } = useDrawnLevel(
		upper,
		looked,
		mapLevel,
		{ ...asked, scale: classed },
	);
	const answer = useDifference({
		...asked,
		level,
		within,
		scale: classed,
		against,
	});
	const cube = answer.data;
	const {
		areas,
		selected,
		districts: drawnDistricts,
		open,
	} = useDrawnAreas(cube?.header, districts, upper, onUpper, chosen);
	const single = useAnswer(
		SpreadSeriesOf,
		{ ...asked, area: selected.id },
		{ keepLast: true },
	);
	const bounds = cube?.header.classes.bounds;
	const colouring = useMemo(
		() => cube && bounds && differenceColouring(areas, cube, bounds, ground),
		[cube, bounds, areas, ground],
	);
	const only = classKeyFrom(search.only);
	const drawn = useMemo(
		() => (colouring ? faded(colouring, only) : null),
		[colouring, only],
	);
	const shownLevel = cube?.header.level ?? level;
	const compared = useMemo(
		() => comparedAreas(areas, selected, shownLevel),
		[areas, selected, shownLevel],
	);
	const rows = useMemo(() => compared.map(areas.row), [compared, areas]);
	const restOn = t("compare.restOn", {
		values: format.number(cube?.header.classes.values ?? 0),
	});
	const shown = (cube?.header.indicator ?? indicator) as IndicatorKey;
	const shownPeriod = periodFromText(cube?.header.period ?? "") ?? period;
	const words = [
		periodWords(shownPeriod, indicatorByKey(shown).kind !== "cumulative"),
		...((cube?.header.rate ?? rate) ? [t("spread.rate")] : []),
	].join(", ");
	const label = `${t("compare.difference")} · ${t(`indicator.${shown}`)} · ${words}`;
	const series =
		single.data?.area === selected.id &&
		single.data.indicator === indicator &&
		single.data.period === textOfPeriod(period) &&
		single.data.rate === rate
			? single.data
			: null;
	const side = {
		area: selected,
		indicator,
		drawn: { indicator, period, series },
	};
	return (
		<MapPanel
			className={screenStyles.map}
			pin="spread"
			areas={upper}
			districts={drawnDistricts}
			onSeen={see}
			open={open}
			selected={selected}
			select={select}
			shown={{
				colouring: drawn,
				failure: answer.error && {
					message: answer.error.message,
					retry: () => void answer.refetch(),
				},
			}}
			label={label}
			wholeDays
			tools={
				<>
					<ScaleChoice choice={choice} given={false} />
					<CompareControl areas={areas} selected={selected} choice={choice} />
					<ExportMenu
						part="sebaran-selisih"
						area={selected}
						areas={areas}
						compared={compared}
						spread={cube ? { cube } : null}
						ground={ground}
						label={label}
						words={words}
						classes={restOn}
						about={(day) =>
							`${t("compare.difference")} ${t("compare.between", {
								from: format.day(dayOf(day)),
								to: format.day(day),
							})}`
						}
						asKnown={asKnown}
					/>
				</>
			}
			legend={
				colouring &&
				bounds && (
					<ClassLegend
						colouring={colouring}
						rows={rows}
						title={t("compare.difference")}
						lines={[`${t(`indicator.${shown}`)} · ${words}`, restOn]}
						estimated={
							(cube?.header.rate ?? false) && compared.some(hasEstimatedPeople)
						}
						only={only}
						choose={(key) =>
							changeSearch({ only: key === null ? "" : String(key) })
						}
						words={{
							classes: [
								...classRanges(bounds, format)
									.map((range) => t("compare.fell", { range }))
									.reverse(),
								...classRanges(bounds, format).map((range) =>
									t("compare.rose", { range }),
								),
							],
							zero: t("compare.same"),
							none: t("compare.none"),
							from: bounds.length,
						}}
					/>
				)
			}
			card={(pointer, boundaries) =>
				cube && (
					<HoveredArea
						pointer={pointer}
						areas={areas}
						boundaries={boundaries}
						spread={{ cube }}
						label={label}
						write={(area, value, marks) =>
							writtenDifference(
								language,
								[area],
								value,
								marks,
								cube.header.rate,
							)
						}
					/>
				)
			}
		>
			<section
				className={styles.card}
				data-covers-map
				data-testid="difference-card"
				aria-label={t("compare.figures")}
			>
				<strong className={styles.dates}>
					<Between against={against} />
				</strong>
				<DaysApart
					area={selected}
					choice={choice}
					drawn={side.drawn}
					dated={false}
				/>
				<Figure
					side={{ ...side, dayOf }}
					areas={areas}
					testId="figure-left"
					main={false}
				/>
				<Figure
					side={{ ...side, dayOf: today }}
					areas={areas}
					testId="figure-right"
					main
				/>
			</section>
		</MapPanel>
	);
}
