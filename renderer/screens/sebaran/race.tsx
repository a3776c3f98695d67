import { UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { ranked } from "../../../core/series/rank.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { colourAt } from "../../parts/map/colour-at.ts";
import { cssColour } from "../../parts/map/palettes.ts";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { useComesOver } from "../../parts/map/use-shown-around.ts";
import { abbreviated } from "../../parts/ui/area-name.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { valueAt } from "../../state/cube.ts";
import type { Spread } from "../../state/spread.ts";
import styles from "./race.module.css";
import { writtenFigure } from "./written-figure.ts";

/** Areas that are shown in their order. */
const SHOWN = 10;

/**
 * The highest areas of the day in their order, in the colours of the map. Each place is drawn once; who stands on it is written in the frame
 * of the day.
 */
export function Race({
	areas,
	compared,
	colouring,
	spread: { cube },
	selected,
	select,
}: {
	areas: AreaIndex;
	compared: readonly AreaRow[];
	colouring: Colouring;
	spread: Spread;
	selected: AreaRow;
	select: (area: AreaRow) => void;
}) {
	const language = useLanguage();
	const { t } = language;
	useComesOver();
	const list = useRef<HTMLOListElement>(null);
	const standing = useRef<readonly AreaRow[]>([]);
	useEffect(() => {
		// The colour of an area itself, at whatever level: by its own row of the cube.
		const colour = colourAt({
			...colouring,
			columnOf: Array.from({ length: cube.header.areas }, (_, row) => row),
		});
		const write = () => {
			const { day } = clock;
			const ranks = ranked(compared, (area) =>
				valueAt(cube, areas.row(area), day),
			).slice(0, SHOWN);
			standing.current = ranks.map(({ of }) => of);
			const most = ranks[0]?.value || 1;
			for (const [at, place] of [
				...(list.current?.querySelectorAll("button") ?? []),
			].entries()) {
				const one = ranks[at];
				place.hidden = one === undefined;
				if (!one) continue;
				const [rank, name, figure] = place.querySelectorAll("span");
				if (!rank || !name || !figure) continue;
				rank.textContent = String(one.rank);
				// The cities of Jakarta are called by their names alone; no kabupaten has the same.
				name.textContent = abbreviated(
					one.of.name.replace(/^Kota Administrasi /, ""),
				);
				name.title = one.of.name;
				figure.textContent = writtenFigure(
					language,
					one.of,
					one.value,
					0,
					cube.header.rate,
				);
				place.dataset.chosen = String(one.of.id === selected.id);
				const found = colour(areas.row(one.of), day);
				place.style.setProperty(
					"--share",
					String(Math.max(0, one.value / most)),
				);
				place.style.setProperty("--colour", found ? cssColour(found) : "none");
			}
		};
		write();
		return clock.onDay(write);
	}, [areas, compared, colouring, cube, selected, language]);
	return (
		<section
			className={styles.race}
			data-covers-map
			data-testid="race"
			aria-label={t("spread.raceOf")}
		>
			<h3>{t("spread.raceOf")}</h3>
			<ol ref={list}>
				{Array.from({ length: SHOWN }, (_, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
					<li key={at}>
						<UnstyledButton
							className={styles.place}
							onClick={() => {
								const area = standing.current[at];
								if (area) select(area);
							}}
						>
							<span className={styles.rank} />
							<span className={styles.name} />
							<span className={styles.figure} />
							<i aria-hidden />
						</UnstyledButton>
					</li>
				))}
			</ol>
		</section>
	);
}
