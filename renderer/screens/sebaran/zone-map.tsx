import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { ZonesOf } from "../../../core/api/zones.ts";
import {
	zoneNumber,
	zoneOfNumber,
} from "../../../core/epidemic/zone-transition.ts";
import type { Day } from "../../../core/series/day.ts";
import { useClock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { letterMarks } from "../../parts/map/letter-marks.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import { ZONE_LETTERS } from "../../parts/map/zone-colours.ts";
import { ComingPanel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useAnswer } from "../../state/answers.ts";
import { type AreaIndex, parentOf } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import { ExportMenu } from "./export-menu.tsx";
import styles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";
import { areasOf, useZoneCourse } from "./use-zone-course.ts";
import { ZoneCard } from "./zone-card.tsx";
import { zoneColouring } from "./zone-colouring.ts";
import { ZoneSwitch } from "./zone-control.tsx";
import { ZoneHover } from "./zone-hover.tsx";
import { ZoneLegend } from "./zone-legend.tsx";
import { ZonePanel } from "./zone-panel.tsx";
import { publicationOf, useZoneAge, ZoneStated } from "./zone-stated.tsx";
import own from "./zones.module.css";

/** The map of the official zones on the day of the clock, and beside it how they moved from one publication to another. */
export default function ZoneMap({
	areas,
	selected,
	select,
	choice,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	choice: Choice;
}) {
	const { t, format, language } = useLanguage();
	const age = useZoneAge();
	const { ground } = useGround();
	const theme = useTheme();
	const { asKnown, search, changeSearch } = choice;
	const range = useClock((clock) => clock.range);
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? 0);
	const { data, error, refetch } = useAnswer(
		ZonesOf,
		{ as_known: asKnown },
		{ keepLast: true },
	);
	const parent = parentOf(areas, selected);
	const course = useZoneCourse(areas, parent, data, choice);
	const { cell, zone: alone } = search;
	const transition = course.data?.transition;
	const inCell = useMemo(
		() => cell && new Set(transition ? areasOf(transition, cell) : []),
		[cell, transition],
	);
	const colouring = useMemo((): Colouring | null => {
		if (!data || !range) return null;
		const number =
			alone === "" ? null : alone === "none" ? 0 : zoneNumber(alone);
		const shown =
			inCell || number !== null
				? (area: number, zone: number) =>
						(inCell?.has(area) ?? true) && (number ?? zone) === zone
				: null;
		return zoneColouring(areas, data, range, ground, theme, shown, seq);
	}, [data, range, areas, ground, theme, inCell, alone, seq]);
	const figureDay = useFigureDay();
	const publication = data && publicationOf(data, figureDay);
	const marks = useMemo(
		() =>
			publication
				? letterMarks(
						publication.zones.flatMap((number, at) => {
							const area = areas.byId(data?.areas[at] ?? -1);
							const zone = zoneOfNumber(number);
							// The place of one that is missing this time is kept: letters keep their size, and names where they stand.
							return area
								? [{ area, text: zone ? ZONE_LETTERS[zone] : "" }]
								: [];
						}),
					)
				: null,
		[publication, data, areas],
	);
	const sourcesOn = (day: Day): string[] =>
		(data &&
			publicationOf(data, day)?.sources.map(({ id_name, en_name }) =>
				language === "id" ? id_name : en_name,
			)) ??
		[];
	if (data && data.publications.length === 0)
		return (
			<ComingPanel className={styles.map}>
				<PanelNotice action={<ZoneSwitch choice={choice} />}>
					{t("zones.nothing")}
				</PanelNotice>
			</ComingPanel>
		);
	return (
		<div className={own.both}>
			<MapPanel
				className={styles.map}
				pin="spread"
				areas={areas}
				selected={selected}
				select={select}
				level="regency"
				shown={{
					colouring,
					failure: error && {
						message: error.message,
						retry: () => void refetch(),
					},
				}}
				label={t("zones.title")}
				wholeDays
				marks={marks}
				stated={data ? <ZoneStated zones={data} /> : null}
				tools={
					<>
						<ZoneSwitch choice={choice} />
						<ExportMenu
							area={selected}
							areas={areas}
							compared={[]}
							spread={null}
							ground={ground}
							label={t("zones.title")}
							words=""
							classes={t("zones.perRegency")}
							asKnown={asKnown}
							part="sebaran-zonasi"
							about={(day) => {
								const one = data && publicationOf(data, day);
								return one
									? `${t("zones.published", { day: format.day(one.day) })} · ${age(one.day, day)}`
									: t("zones.before");
							}}
							sourcesOn={sourcesOn}
						/>
					</>
				}
				legend={
					data && (
						<ZoneLegend
							zones={data}
							course={course.data ?? null}
							alone={alone}
							choose={(zone) => changeSearch({ zone, cell: null })}
						/>
					)
				}
				card={(pointer, boundaries) =>
					data && (
						<ZoneHover
							pointer={pointer}
							areas={areas}
							boundaries={boundaries}
							zones={data}
						/>
					)
				}
			>
				{data && selected.level === "regency" && (
					<ZoneCard area={selected} zones={data} asKnown={asKnown} />
				)}
			</MapPanel>
			{data && (
				<ZonePanel
					areas={areas}
					parent={parent}
					zones={data}
					course={course}
					choice={choice}
					select={select}
				/>
			)}
		</div>
	);
}
