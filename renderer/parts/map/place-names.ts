import type { Language } from "../../i18n/language.ts";
import type { Town } from "./archive-layers.ts";
import type { LabelRoom, PlacedLabel } from "./labels.ts";
import { crossesBox } from "./labels.ts";
import { type Box, type LandRaster, overlaps } from "./land-raster.ts";
import { type Point, toMercator } from "./mercator.ts";

/** A sea or a country around, and where its name may stand. */
interface Place {
	readonly kind: "sea" | "country";
	readonly name: Readonly<Record<Language, string>>;
	/** Degrees west, south, east, north. A sea's name lies wholly in one of these; the middle of a country's does. */
	readonly within: readonly (readonly [number, number, number, number])[];
}

const sea = (id: string, en: string, ...within: Place["within"]): Place => ({
	kind: "sea",
	name: { id, en },
	within,
});
const country = (
	id: string,
	en: string,
	...within: Place["within"]
): Place => ({
	kind: "country",
	name: { id, en },
	within,
});

/**
 * What an Indonesian atlas names around the country, the most important first. Names as the Geospatial Information Agency writes them
 * (Laut Natuna Utara since 2017) and their usual English forms; where they may stand was drawn by us.
 */
export const PLACES: readonly Place[] = [
	country("Malaysia", "Malaysia", [101, 2.6, 103.4, 6.3], [112, 1.8, 115, 3.9]),
	country("Papua Nugini", "Papua New Guinea", [141.6, -8.2, 148, -3.2]),
	country("Australia", "Australia", [125, -24, 142, -12.5]),
	country(
		"Filipina",
		"Philippines",
		[124.2, 6.6, 126.2, 9],
		[120, 10, 124.5, 16.5],
	),
	country("Timor-Leste", "Timor-Leste", [125.2, -9.3, 127.1, -8.4]),
	country("Brunei", "Brunei", [114.2, 4.3, 115.2, 4.9]),
	country("Singapura", "Singapore", [103.6, 1.22, 104, 1.46]),
	country(
		"Thailand",
		"Thailand",
		[99.2, 13, 103.4, 18],
		[98.5, 7.8, 100.2, 9.6],
	),
	country("Vietnam", "Viet Nam", [105.5, 10, 109, 16]),
	country("Kamboja", "Cambodia", [103, 11.4, 106.6, 14]),
	country("Palau", "Palau", [134.1, 7, 134.9, 7.8]),
	country("Myanmar", "Myanmar", [94.5, 16.5, 98, 24]),
	country("India", "India", [78, 10, 80, 22]),
	country("Sri Lanka", "Sri Lanka", [80, 6.4, 81.5, 8.6]),
	sea(
		"Samudra Hindia",
		"Indian Ocean",
		[79, -25, 112, -8],
		[94, -12, 106, -4],
		[79, -20, 94, 3],
		[108, -16, 124, -8.6],
	),
	sea("Laut Jawa", "Java Sea", [106.6, -6.6, 115.8, -3.6]),
	sea(
		"Samudra Pasifik",
		"Pacific Ocean",
		[131, 0.2, 158, 12],
		[128, 3, 140, 9],
	),
	sea("Selat Malaka", "Strait of Malacca", [96.5, 2, 102, 6.4]),
	sea("Laut Natuna Utara", "North Natuna Sea", [104.8, 3.4, 112, 7]),
	sea("Laut Arafura", "Arafura Sea", [132, -11, 140, -6.4]),
	sea("Laut Banda", "Banda Sea", [123.4, -7.6, 131, -3.6]),
	sea("Laut Sulawesi", "Celebes Sea", [118.4, 1.6, 125, 6]),
	sea("Selat Makassar", "Makassar Strait", [116.2, -4.6, 119.6, 1.4]),
	sea("Laut Flores", "Flores Sea", [118, -8.2, 122.6, -6]),
	sea("Laut Timor", "Timor Sea", [123, -13, 130, -9.6]),
	sea("Laut Maluku", "Molucca Sea", [124.4, -2, 127.4, 2.4]),
	sea("Laut Natuna", "Natuna Sea", [104.6, -0.6, 109, 3.6]),
	sea("Selat Karimata", "Karimata Strait", [106.9, -3.4, 110.2, -0.4]),
	sea("Laut Seram", "Ceram Sea", [126.2, -3.1, 132.6, -1.6]),
	sea("Laut Halmahera", "Halmahera Sea", [127.8, -1.4, 130.4, 1.4]),
	sea("Laut Sawu", "Savu Sea", [118.6, -10.4, 124, -8.8]),
	sea("Laut Bali", "Bali Sea", [114.4, -8.4, 118.2, -6.9]),
	sea("Teluk Tomini", "Gulf of Tomini", [120.2, -1.2, 123.6, 0.5]),
	sea("Teluk Bone", "Gulf of Bone", [120.3, -5.4, 121.6, -2.7]),
	sea("Teluk Cenderawasih", "Cenderawasih Bay", [134.4, -3.4, 137.4, -1.4]),
	sea("Selat Sunda", "Sunda Strait", [104.3, -7.2, 106, -5.5]),
	sea("Laut China Selatan", "South China Sea", [108, 7, 119, 18]),
	sea("Laut Filipina", "Philippine Sea", [126.6, 5.6, 140, 20]),
	sea("Laut Sulu", "Sulu Sea", [118, 6.4, 122.4, 11]),
	sea("Laut Andaman", "Andaman Sea", [93.4, 5.8, 98.4, 14]),
	sea("Teluk Thailand", "Gulf of Thailand", [100, 6.6, 104.6, 12]),
	sea("Teluk Carpentaria", "Gulf of Carpentaria", [136, -17, 141.4, -11.4]),
	sea("Laut Koral", "Coral Sea", [145, -22, 158, -10.6]),
];

/** A name of what lies around, as it is drawn. */
export interface PlacedPlace {
	readonly kind: Place["kind"] | "town";
	readonly text: string;
	readonly box: Box;
}

/** Height of these letters against those of the areas, and how much wider they are set. */
export const PLACE_SIZE = 0.86;
const PLACE_SPACING = 1.18;
/** Places tried along and across where a name may stand. */
const ACROSS = 9;
const DOWN = 7;

/** Towns looked at, the largest first: a tile of a city names hundreds. */
const MOST_TOWNS = 400;

/**
 * Names seas and neighbours where room is left: never below a box, never near the name of an area or its line, never on land of the
 * country, and a sea's on no land at all. What finds no such place is not named. Then the towns of a file, each where it lies, where that is
 * free and no area beside it has its name.
 * @param seen.toPicture from the projection to the pixels of the picture.
 * @param seen.home whose land a cell of the picture is; 0 at sea.
 * @param seen.around the same of the neighbours' land.
 * @param seen.scale pixels of the picture in one unit of both.
 */
export function namePlaces(
	language: Language,
	{
		toPicture,
		home,
		around,
		scale,
	}: {
		toPicture: (point: Point) => Point;
		home: LandRaster;
		around: LandRaster | null;
		scale: number;
	},
	{
		width,
		height,
		covered,
		measure,
	}: Omit<LabelRoom, "sizes" | "reach" | "foreignLand">,
	{ size, labels }: { size: number; labels: readonly PlacedLabel[] },
	towns: readonly Town[] = [],
): PlacedPlace[] {
	/** The largest upright box in what is, on a map that leans back, none. */
	const pixels = ([west, south, east, north]: readonly [
		number,
		number,
		number,
		number,
	]): Box => {
		const at = (lng: number, lat: number) => toPicture(toMercator(lng, lat));
		const [upperLeft, upperRight] = [at(west, north), at(east, north)];
		const [lowerLeft, lowerRight] = [at(west, south), at(east, south)];
		return {
			left: Math.max(upperLeft[0], lowerLeft[0]),
			top: Math.max(upperLeft[1], upperRight[1]),
			right: Math.min(upperRight[0], lowerRight[0]),
			bottom: Math.min(lowerLeft[1], lowerRight[1]),
		};
	};
	const gap = size * 0.5;
	const placed: PlacedPlace[] = [];
	const isFree = (box: Box, kind: PlacedPlace["kind"]): boolean =>
		box.left >= 0 &&
		box.top >= 0 &&
		box.right <= width &&
		box.bottom <= height &&
		!covered.some((over) => overlaps(box, over, gap)) &&
		!placed.some((other) => overlaps(box, other.box, gap)) &&
		!labels.some(
			(label) =>
				overlaps(box, label.box, gap) ||
				(label.leader && crossesBox(label.leader, box)),
		) &&
		(kind === "town" || !touchesLand(home, scale, box)) &&
		(kind !== "sea" || around === null || !touchesLand(around, scale, box));
	for (const { kind, name, within } of PLACES) {
		const text = name[language];
		const halfWidth = (measure(text, size * PLACE_SIZE) * PLACE_SPACING) / 2;
		const halfHeight = size * PLACE_SIZE * 0.62;
		for (const degrees of within) {
			const whole = pixels(degrees);
			const reach = kind === "sea" ? [halfWidth, halfHeight] : [0, 0];
			const room = {
				left: Math.max(whole.left + reach[0], halfWidth),
				right: Math.min(whole.right - reach[0], width - halfWidth),
				top: Math.max(whole.top + reach[1], halfHeight),
				bottom: Math.min(whole.bottom - reach[1], height - halfHeight),
			};
			// A country whose name is far larger than itself is not named at this size.
			const fits = kind === "sea" || whole.right - whole.left > halfWidth * 0.7;
			if (!fits || room.right < room.left || room.bottom < room.top) continue;
			const box = STEPS.map(([shareX, shareY]): Box => {
				const x = room.left + (room.right - room.left) * shareX;
				const y = room.top + (room.bottom - room.top) * shareY;
				return {
					left: x - halfWidth,
					top: y - halfHeight,
					right: x + halfWidth,
					bottom: y + halfHeight,
				};
			}).find((one) => isFree(one, kind));
			if (!box) continue;
			placed.push({ kind, text, box });
			// A sea is one; of a country in two parts each has its name.
			if (kind === "sea") break;
		}
	}
	const said = new Set(labels.map(({ text }) => text.replace(/^Kota /, "")));
	for (const { text, lng, lat } of towns.slice(0, MOST_TOWNS)) {
		if (said.has(text)) continue;
		const [x, y] = toPicture(toMercator(lng, lat));
		const halfWidth = measure(text, size * PLACE_SIZE) / 2;
		const halfHeight = size * PLACE_SIZE * 0.62;
		const box: Box = {
			left: x - halfWidth,
			top: y - halfHeight,
			right: x + halfWidth,
			bottom: y + halfHeight,
		};
		if (isFree(box, "town")) placed.push({ kind: "town", text, box });
	}
	return placed;
}

/** Shares of the room left and above, the middle first. */
const STEPS: readonly (readonly [number, number])[] = Array.from(
	{ length: ACROSS * DOWN },
	(_, at) =>
		[
			(at % ACROSS) / (ACROSS - 1),
			Math.floor(at / ACROSS) / (DOWN - 1),
		] as const,
).sort(
	(a, b) =>
		Math.hypot(a[0] - 0.5, a[1] - 0.5) - Math.hypot(b[0] - 0.5, b[1] - 0.5),
);

/** Whether a box on the picture lies on some land. */
function touchesLand(
	{ cell, columns, rows, owner }: LandRaster,
	scale: number,
	box: Box,
): boolean {
	const pixels = cell * scale;
	const right = Math.min(columns - 1, Math.floor(box.right / pixels));
	const bottom = Math.min(rows - 1, Math.floor(box.bottom / pixels));
	for (
		let row = Math.max(0, Math.floor(box.top / pixels));
		row <= bottom;
		row++
	)
		for (
			let column = Math.max(0, Math.floor(box.left / pixels));
			column <= right;
			column++
		)
			if (owner[row * columns + column] !== 0) return true;
	return false;
}
