import type { AreaRow } from "../../../core/api/areas.ts";
import type { Boundaries } from "./boundaries.ts";
import {
	type LabelRoom,
	labelTexts,
	type Named,
	type Placement,
	placeLabels,
} from "./labels.ts";
import {
	type Box,
	innerPoints,
	type LandRaster,
	landRaster,
} from "./land-raster.ts";
import { type LeanedView, leanedLand } from "./leaned-view.ts";
import { toMercator } from "./mercator.ts";

/** Cells over the picture, to see on whose land a name stands. */
const CELLS_ACROSS = 420;

/**
 * Names areas on the picture that the camera shows, each at the place deepest inside the land that is seen of it.
 * @param view what the picture shows, in units of the projection.
 * @param leaned where the map leans back: where on the picture its places are.
 */
export function nameAreas(
	labelled: readonly AreaRow[],
	boundaries: Pick<Boundaries, "parts">,
	{
		view,
		leaned,
		...room
	}: Omit<LabelRoom, "foreignLand"> & { view: Box; leaned?: LeanedView | null },
): Placement {
	const land = landRaster(boundaries.parts, view, CELLS_ACROSS);
	const scale = room.width / (view.right - view.left);
	const wanted = new Set(labelled.map(({ id }) => id));
	const provinceOf = new Map(
		boundaries.parts.map((part) => [part.area.id, part.province]),
	);
	/** The named area that a kabupaten/kota is or lies in; its own number where it is none. */
	const whose = (id: number): number =>
		wanted.has(id) ? id : (provinceOf.get(id) ?? id);
	const inner = innerPoints(land, (id) =>
		wanted.has(whose(id)) ? whose(id) : null,
	);
	const named = labelled.flatMap((area): Named[] => {
		if (area.unknownPlace) return [];
		// A kota smaller than a cell has its seat.
		const seat =
			area.lat === null || area.lng === null
				? undefined
				: toMercator(area.lng, area.lat);
		const point = inner.get(area.id) ?? seat;
		if (!point) return [];
		const [x, y] = leaned
			? leaned.toPicture(...point)
			: [(point[0] - view.left) * scale, (point[1] - view.top) * scale];
		return [
			{
				id: area.id,
				texts: labelTexts(area),
				x,
				y,
				weight: area.population ?? 0,
			},
		];
	});
	// Asked of thousands of places: whose a cell is is looked up once.
	const seen = leaned
		? leanedLand(land, leaned, room.width, room.height, CELLS_ACROSS)
		: land;
	const owner = seen.owner.map((id) => (id === 0 ? 0 : whose(id)));
	return placeLabels(named, {
		...room,
		foreignLand: (box, id) =>
			foreignLand({ ...seen, owner }, leaned ? 1 : scale, box, id),
	});
}

/** The share of a box on the picture that lies on land of others. */
function foreignLand(
	{ cell, columns, rows, owner }: LandRaster,
	scale: number,
	box: Box,
	id: number,
): number {
	const pixels = cell * scale;
	const right = Math.min(columns, box.right / pixels);
	const bottom = Math.min(rows, box.bottom / pixels);
	let all = 0;
	let foreign = 0;
	for (let row = Math.max(0, Math.floor(box.top / pixels)); row < bottom; row++)
		for (
			let column = Math.max(0, Math.floor(box.left / pixels));
			column < right;
			column++
		) {
			all++;
			const found = owner[row * columns + column];
			if (found !== 0 && found !== id) foreign++;
		}
	return all === 0 ? 0 : foreign / all;
}
