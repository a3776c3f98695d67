import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { SpreadHeader } from "../../../core/api/spread.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { clock, useClock, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "../../parts/map/of-the-day.module.css";
import type { Cube } from "../../state/cube.ts";
import { useFollows } from "../../state/follow.ts";
import { daysTold, nearestTold } from "./days-told.ts";

/**
 * Says that none of the kecamatan on the map tell anything of the day, and leads to the nearest day on which some do: a table that is sent once
 * stands for a week, and after that the map is empty.
 */
export function NothingToday({
	cube,
	rows,
}: {
	cube: Cube<SpreadHeader>;
	/** Of the cube: the areas that are looked at. */
	rows: readonly number[];
}) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const playing = useClock((clock) => clock.playing);
	const told = useMemo(() => daysTold(cube, rows), [cube, rows]);
	const follows = useFollows("kecamatan");
	const { firstDay } = cube.header;
	if (playing || told[day - firstDay]) return null;
	if (follows)
		return (
			<div className={styles.hint} data-covers-map data-testid="nothing-today">
				<span>{t("follow.kecamatan")}</span>
			</div>
		);
	const nearest = nearestTold(told, day - firstDay);
	return (
		<div className={styles.hint} data-covers-map data-testid="nothing-today">
			<span>
				{t(nearest === null ? "map.neverBelow" : "map.noDistricts", {
					indicator: t(`indicator.${cube.header.indicator as IndicatorKey}`),
					expected: format.number(rows.length),
				})}
			</span>
			{nearest !== null && (
				<Button
					size="compact-sm"
					onClick={() => clock.goTo(firstDay + nearest)}
				>
					{t("map.goToDay", { day: format.day(firstDay + nearest) })}
				</Button>
			)}
		</div>
	);
}
