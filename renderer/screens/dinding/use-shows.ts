import { cellsOf, showOfPlace } from "../../../core/wall/grid.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { ShownWalls } from "./use-walls.ts";

interface Choice {
	readonly value: string;
	readonly label: string;
}

/**
 * What can be put on a display, in words: what the clock has, a playlist, a scene, and (of a display that is no place of a grid itself) a place of a
 * grid. One that is no more stays among them as long as it is chosen.
 */
export function useShows(
	walls: ShownWalls,
	chosen: string,
	withPlaces: boolean,
): Choice[] {
	const { t } = useLanguage();
	const places = withPlaces
		? walls.grids.flatMap((grid) =>
				cellsOf(grid).map(({ key, number, row, column }) => ({
					value: showOfPlace(grid.id, key),
					label: t("grids.place", {
						...{ grid: grid.name, number },
						...{ row: row + 1, column: column + 1 },
					}),
				})),
			)
		: [];
	const all: Choice[] = [
		{ value: "", label: t("devices.byTheHour") },
		...places,
		...walls.playlists.map(({ id, name }) => ({
			value: `playlist.${id}`,
			label: t("devices.playlist", { name }),
		})),
		...walls.scenes.map(({ id, name }) => ({
			value: `scene.${id}`,
			label: t("devices.scene", { name }),
		})),
	];
	return all.some(({ value }) => value === chosen)
		? all
		: [...all, { value: chosen, label: t("devices.gone", { id: chosen }) }];
}
