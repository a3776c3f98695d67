import { Switch } from "@mantine/core";
import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { type Period, periodFromText } from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ClassLegend, classKeyFrom } from "../../parts/map/class-legend.tsx";
import { faded } from "../../parts/map/faded.ts";
import { LegendStack } from "../../parts/map/legend-stack.tsx";
import { together } from "../../parts/map/map-marks.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import { MarkLegends } from "../../parts/map/mark-legend.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { useBoundaries } from "../../parts/map/use-boundaries.ts";
import { colouringOf } from "../../parts/map/use-colouring.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { hasEstimatedPeople } from "../../parts/ui/estimated-people.ts";
import { usePeriodWords } from "../../parts/ui/period-words.ts";
import type { AreaIndex } from "../../state/area-index.ts";

import { useSpread } from "../../state/spread.ts";
import { AreaCard } from "./area-card.tsx";
import { AreaSetChoice } from "./area-set-choice.tsx";
import { CompareControl } from "./compare-control.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { HoveredArea } from "./hovered-area.tsx";
import { MarksControl } from "./marks-control.tsx";
import { NothingToday } from "./nothing-today.tsx";
import { Race } from "./race.tsx";
import { ScaleChoice, scaleOf } from "./scale-choice.tsx";
import styles from "./sebaran.module.css";
import { Sketch } from "./sketch.tsx";
import { SumCard } from "./sum-card.tsx";
import { useAmong } from "./use-among.ts";
import { useAreaSet } from "./use-area-set.ts";
import type { Choice } from "./use-choice.ts";
import { comparedAreas } from "./use-compared.ts";
import {
	onDistricts,
	useDrawnAreas,
	useDrawnLevel,
} from "./use-drawn-level.ts";
import { useKelurahan } from "./use-kelurahan.tsx";
import { useMarks } from "./use-marks.tsx";
import { ZoneSwitch } from "./zone-control.tsx";

/** The map of a period, the figure of the chosen area on it, and how the areas stand to one another; all of one day. */
export default function SpreadMap({
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
	const { t, format } = useLanguage();
	const periodWords = usePeriodWords();
	const { ground } = useGround();
	const { indicator, period, rate, mapLevel, asKnown, search, changeSearch } =
		choice;
	const { scale } = scaleOf(choice);
	const asked = { indicator, period, rate, scale, as_known: asKnown };
	const looked = useMemo(() => [onUpper], [onUpper]);
	const { level, within, districts, seen, see } = useDrawnLevel(
		upper,
		looked,
		mapLevel,
		asked,
	);
	/** Whose figure stands beside the map: a kelurahan has one of its own, though it is no area of the map. */
	const figured =
		chosen.level === "village"
			? chosen
			: level === "district"
				? onDistricts(chosen, districts)
				: onUpper;
	const { spread, failure } = useSpread(
		{ ...asked, level, within },
		figured.id,
	);
	const cube = spread?.cube;
	const {
		areas,
		selected,
		districts: drawnDistricts,
		open: openDistricts,
	} = useDrawnAreas(cube?.header, districts, upper, onUpper, chosen);
	const colouring = useMemo((): Colouring | null => {
		if (!cube) return null;
		return colouringOf(areas, cube, cube.header.classes.bounds, ground);
	}, [cube, areas, ground]);
	const set = useAreaSet(districts ?? areas, choice);
	const only = classKeyFrom(search.only);
	const drawn = useMemo(
		() => colouring && faded(colouring, only),
		[colouring, only],
	);
	const shownLevel = cube?.header.level ?? level;
	const compared = useMemo(
		() => comparedAreas(areas, selected, shownLevel),
		[areas, selected, shownLevel],
	);
	const rows = useMemo(() => compared.map(areas.row), [compared, areas]);
	const among = useAmong(upper, figured, shownLevel, asked, spread);
	const drawnIndicator = (cube?.header.indicator ?? indicator) as IndicatorKey;
	const drawnPeriod: Period =
		periodFromText(cube?.header.period ?? "") ?? period;
	const drawnRate = cube?.header.rate ?? rate;
	const words = [
		periodWords(
			drawnPeriod,
			indicatorByKey(drawnIndicator).kind !== "cumulative",
		),
		...(drawnRate ? [t("spread.rate")] : []),
	].join(", ");
	const label = `${t(`indicator.${drawnIndicator}`)} · ${words}`;
	const classes = cube?.header.classes;
	const restOn =
		cube?.header.scale === "fixed"
			? t("classes.bySource")
			: t("classes.restOn", {
					values: format.number(classes?.values ?? 0),
					from: format.day(cube?.header.firstDay ?? 0),
					to: format.day(
						(cube?.header.firstDay ?? 0) + (cube?.header.days ?? 1) - 1,
					),
				});
	const { boundaries } = useBoundaries(upper, drawnDistricts);
	const { marks, legends, list } = useMarks({
		search,
		changeSearch,
		spread,
		areas,
		compared,
		asKnown,
		colouring: drawn,
		scale,
		label,
		select,
		placeOf: boundaries?.placeOf ?? null,
	});
	const kelurahan = useKelurahan({
		areas: upper,
		selected: onUpper,
		seen,
		choice,
		drawn: cube?.header,
		ground,
		label,
	});
	const above = useMemo(() => {
		const all = [marks, kelurahan.marks].filter((one) => one !== null);
		return all.length > 1 ? together(all) : (all[0] ?? null);
	}, [marks, kelurahan.marks]);
	return (
		<MapPanel
			className={styles.map}
			pin="spread"
			areas={upper}
			districts={drawnDistricts}
			onSeen={see}
			open={openDistricts}
			selected={selected}
			select={select}
			shown={{ colouring: drawn, failure }}
			label={label}
			wholeDays
			marks={above}
			tools={
				<>
					<MarksControl
						shown={search.marks}
						change={(next) => changeSearch({ marks: [...next] })}
					/>
					<AreaSetChoice set={set} areas={areas} level={shownLevel} />
					<ZoneSwitch choice={choice} />
					<Switch
						size="xs"
						label={t("spread.race")}
						data-testid="race-switch"
						checked={search.race ?? false}
						onChange={({ currentTarget }) =>
							changeSearch({ race: currentTarget.checked })
						}
					/>
					<ScaleChoice choice={choice} />
					<CompareControl areas={areas} selected={selected} choice={choice} />
					<ExportMenu
						area={selected}
						areas={areas}
						compared={compared}
						spread={spread}
						ground={ground}
						label={label}
						words={words}
						classes={`${t(`classes.${scale}`)}: ${restOn}`}
						asKnown={asKnown}
						facilities={search.marks.some(
							(kind) => kind === "hospitals" || kind === "laboratories",
						)}
					/>
				</>
			}
			legend={
				colouring && (
					<>
						<LegendStack
							form={search.legend}
							choose={(legend) => changeSearch({ legend })}
							marks={search.marks.length + (kelurahan.legend ? 1 : 0)}
						>
							<ClassLegend
								colouring={colouring}
								rows={rows}
								title={t(`indicator.${drawnIndicator}`)}
								lines={[words, restOn]}
								estimated={drawnRate && compared.some(hasEstimatedPeople)}
								only={only}
								choose={(key) =>
									changeSearch({ only: key === null ? "" : String(key) })
								}
							/>
							{(legends ?? kelurahan.legend) && (
								<MarkLegends>
									{legends}
									{kelurahan.legend}
								</MarkLegends>
							)}
						</LegendStack>
						{cube?.header.level === "district" && (
							<NothingToday cube={cube} rows={rows} />
						)}
					</>
				)
			}
			card={(pointer, boundaries) =>
				spread && (
					<>
						<HoveredArea
							pointer={pointer}
							areas={areas}
							boundaries={boundaries}
							spread={spread}
							label={label}
						/>
						{kelurahan.shown && (
							<HoveredArea
								pointer={pointer}
								areas={kelurahan.shown.areas}
								boundaries={null}
								spread={kelurahan.shown}
								label={label}
							/>
						)}
					</>
				)
			}
		>
			{list}
			<Sketch set={set} areas={areas} level={shownLevel} />
			{set.areas.length > 0 && (
				<SumCard
					set={set}
					indicator={drawnIndicator}
					period={drawnPeriod}
					words={words}
					asKnown={asKnown}
				/>
			)}
			{spread && (
				<AreaCard
					area={
						spread.series.area === chosen.id
							? chosen
							: (areas.byId(spread.series.area) ?? selected)
					}
					among={among ?? { areas, compared, cube: spread.cube }}
					spread={spread}
					period={drawnPeriod}
					words={words}
					asKnown={asKnown}
					open={openDistricts}
				/>
			)}
			{search.race && colouring && spread && (
				<Race
					areas={areas}
					compared={compared}
					colouring={colouring}
					spread={spread}
					selected={selected}
					select={select}
				/>
			)}
		</MapPanel>
	);
}
