import type { AreaRow } from "../../../core/api/areas.ts";
import type { Language } from "../../i18n/language.ts";
import type { Town } from "./archive-layers.ts";
import type { Around } from "./around.ts";
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
	rasterOf,
} from "./land-raster.ts";
import { type LeanedView, leanedLand } from "./leaned-view.ts";
import { type Point, toMercator } from "./mercator.ts";
import { namePlaces, type PlacedPlace } from "./place-names.ts";

/** Cells over the picture, to see on whose land a name stands. */
const CELLS_ACROSS = 420;

/**
 * Names areas on the picture that the camera shows, each at the place deepest inside the land that is seen of it.
 * Seas, neighbours and the towns of a file are named in what room is left.
 * @param view what the picture shows, in units of the projection.
 * @param leaned where the map leans back: where on the picture its places are.
 */
export function nameAreas(
	labelled: readonly AreaRow[],
	boundaries: Pick<Boundaries, "parts">,
	{
		view,
		leaned,
		around,
		language,
		towns,
		...room
	}: Omit<LabelRoom, "foreignLand"> & {
		view: Box;
		leaned?: LeanedView | null;
		/** The land of the neighbours, where it is there. */
		around: Pick<Around, "parts"> | null;
		language: Language;
		/** What a file below the figures names. */
		towns?: readonly Town[];
	},
): Placement & { readonly places: readonly PlacedPlace[] } {
	const land = landRaster(boundaries.parts, view, CELLS_ACROSS);
	const scale = room.width / (view.right - view.left);
	const toPicture = (point: Point): Point =>
		leaned
			? leaned.toPicture(...point)
			: [(point[0] - view.left) * scale, (point[1] - view.top) * scale];
	const wanted = new Set(labelled.map(({ id }) => id));
	const partOf = new Map(boundaries.parts.map((part) => [part.area.id, part]));
	/** The named area that an area drawn is or lies in; that of its province or its own number where it is none. */
	const whose = (id: number): number => {
		if (wanted.has(id)) return id;
		const part = partOf.get(id);
		const above = part?.area.parent ?? id;
		return wanted.has(above) ? above : (part?.province ?? id);
	};
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
		const [x, y] = toPicture(point);
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
	const asSeen = (raster: LandRaster): LandRaster =>
		leaned
			? leanedLand(raster, leaned, room.width, room.height, CELLS_ACROSS)
			: raster;
	// Asked of thousands of places: whose a cell is is looked up once.
	const seen = asSeen(land);
	const owner = seen.owner.map((id) => (id === 0 ? 0 : whose(id)));
	const beyond =
		around &&
		asSeen(rasterOf(around.parts, view, CELLS_ACROSS, () => NEIGHBOURS));
	for (const [cell, there] of beyond?.owner.entries() ?? [])
		if (there !== 0 && owner[cell] === 0) owner[cell] = there;
	const placement = placeLabels(named, {
		...room,
		foreignLand: (box, id) =>
			foreignLand({ ...seen, owner }, leaned ? 1 : scale, box, id),
	});
	const places = namePlaces(
		language,
		{
			toPicture,
			...{ home: seen, around: beyond, scale: leaned ? 1 : scale },
		},
		room,
		placement,
		towns,
	);
	return { ...placement, places };
}

/** Whose the land around is: nobody's who is named. */
const NEIGHBOURS = -1;

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
