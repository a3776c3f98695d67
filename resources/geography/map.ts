import { contains } from "../../core/areas/position-in-land.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import type { FetchedPackages } from "../areas/packages.ts";
import { divideLand } from "./cells.ts";
import { readDivisions } from "./divisions.ts";
import { makeLand } from "./land.ts";
import { areaOf } from "./plane.ts";
import {
	guidePoints,
	islandPoints,
	kecamatanPoints,
	ringPoints,
	seatPoints,
	villagePoints,
} from "./points.ts";
import { type IndonesiaTopology, stitch } from "./stitch.ts";

/** What every copy of the map says of itself. */
export const ABOUT = {
	source:
		"Approximate boundaries. Provinces: Natural Earth (public domain). Seats: GeoNames (www.geonames.org, CC BY 4.0). Islands and codes: idn-area-data (Kemendagri; ODbL 1.0). Kabupaten/kota: computed by BLC Command, not official.",
	licence: "Open Database License 1.0 (ODbL); attribution as in source",
};

/** Makes the map of the 514 kabupaten/kota from the packages. */
export function makeMap(
	tree: AreaTree,
	{ divisions: world, places }: FetchedPackages,
): IndonesiaTopology {
	const divisions = readDivisions(world);
	const seats = seatPoints(tree);
	const islands = islandPoints();
	const land = makeLand(divisions, seats, islands.inhabited);
	const divisionAt = (x: number, y: number): string | undefined =>
		land.find(
			({ box, shape }) =>
				x >= box[0] &&
				x <= box[2] &&
				y >= box[1] &&
				y <= box[3] &&
				contains(shape, x, y),
		)?.division;
	const named = [
		...seats,
		...kecamatanPoints(tree, places, divisionAt),
		...guidePoints(),
	];
	const villages = villagePoints(tree, places, named, divisionAt);
	const known = [...named, ...villages, ...islands.all];
	const points = [...known, ...ringPoints(tree, known, divisionAt)];
	const outlines = new Map(
		divisions.map(({ code, shapes }) => [
			code,
			Number(shapes.reduce((sum, shape) => sum + areaOf(shape), 0).toFixed(5)),
		]),
	);
	return stitch(divideLand(land, points), ABOUT, outlines);
}
