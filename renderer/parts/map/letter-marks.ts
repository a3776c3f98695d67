import { TextLayer } from "@deck.gl/layers";
import type { AreaRow } from "../../../core/api/areas.ts";
import { rootSize } from "../ui/root-size.ts";
import type { MapMarks } from "./map-marks.ts";

/** A letter at the seat of an area. */
export interface Letter {
	readonly area: AreaRow;
	readonly text: string;
}

/** Height of a letter beside the way to the nearest seat: no letter touches another, and one too small to be read is none. */
const OF_THE_WAY = 0.42;
/** Highest letter, and the lowest that is read, in rem. */
const HIGHEST = 1.05;
const READ_FROM = 0.5;
/** Width of a capital beside its height. */
const WIDE = 0.75;
const METRES_OF_A_DEGREE = 111_320;

/** Way from each place to the nearest other one, in metres. */
export function waysToNearest(
	places: readonly { readonly lng: number; readonly lat: number }[],
): number[] {
	return places.map((one, at) => {
		let nearest = Number.POSITIVE_INFINITY;
		places.forEach((other, place) => {
			if (place === at) return;
			const east = (other.lng - one.lng) * Math.cos((one.lat * Math.PI) / 180);
			nearest = Math.min(nearest, Math.hypot(east, other.lat - one.lat));
		});
		return nearest * METRES_OF_A_DEGREE;
	});
}

/**
 * Letters on the areas, for who does not tell the colours apart. Each is as high as there is room for on the map that is seen, and grows with
 * it up to a letter of the text.
 */
export function letterMarks(letters: readonly Letter[]): MapMarks {
	const placed = letters.flatMap((letter) => {
		const { lng, lat } = letter.area;
		return lng === null || lat === null ? [] : [{ ...letter, lng, lat }];
	});
	const ways = waysToNearest(placed);
	const data = placed.map((letter, at) => ({ ...letter, way: ways[at] ?? 0 }));
	type Placed = (typeof data)[number];
	return {
		tilt: 0,
		layers() {
			const rem = rootSize();
			return [
				new TextLayer<Placed>({
					id: "zone-letters",
					data,
					characterSet: [...new Set(data.map(({ text }) => text))],
					fontFamily: "sans-serif",
					fontWeight: 700,
					fontSettings: { sdf: true, fontSize: 64, buffer: 8 },
					outlineWidth: 3,
					outlineColor: [255, 255, 255, 190],
					getText: ({ text }) => text,
					getPosition: ({ lng, lat }) => [lng, lat],
					getColor: [11, 16, 22, 255],
					getSize: ({ way }) => way * OF_THE_WAY,
					sizeUnits: "meters",
					sizeMaxPixels: HIGHEST * rem,
					sizeMinPixels: 0,
					parameters: { depthCompare: "always", depthWriteEnabled: false },
				}),
			];
		},
		texts(project) {
			const rem = rootSize();
			return data.flatMap(({ lng, lat, way }) => {
				const { x, y } = project(lng, lat);
				const north = project(lng, lat + way / METRES_OF_A_DEGREE);
				const high = Math.min(
					HIGHEST * rem,
					Math.hypot(north.x - x, north.y - y) * OF_THE_WAY,
				);
				if (high < READ_FROM * rem) return [];
				const [across, down] = [(high * WIDE) / 2, high / 2];
				return [
					{
						left: x - across,
						top: y - down,
						right: x + across,
						bottom: y + down,
					},
				];
			});
		},
		areaAt: () => null,
		remove: () => {},
	};
}
