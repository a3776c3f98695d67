import type { Position } from "geojson";
import { type AreaCode, parentOf } from "../../core/areas/codes.ts";
import { contains } from "../../core/areas/position-in-land.ts";

/** A kelurahan of the simulated country and where its office says that it lies. */
export interface ExerciseKelurahan {
	code: AreaCode;
	lat: number;
	lng: number;
}

/**
 * Gives the kelurahan of a kabupaten/kota places within its land, evenly and in the order of their codes, so that those of one kecamatan lie
 * together. Where they really lie no package says: these places are of the exercise, as everything it reports is.
 * @param codes of kelurahan, in order
 * @param land polygons: outer ring and holes, in degrees
 */
export function placeKelurahan(
	codes: readonly AreaCode[],
	land: readonly Position[][][],
): Map<AreaCode, ExerciseKelurahan[]> {
	const found = new Map<AreaCode, ExerciseKelurahan[]>();
	if (codes.length === 0) return found;
	const places = placesIn(land, codes.length);
	codes.forEach((code, at) => {
		const [lng, lat] = places[
			Math.floor(((at + 0.5) * places.length) / codes.length)
		] as [number, number];
		const kecamatan = parentOf(code) as AreaCode;
		const beside = found.get(kecamatan) ?? [];
		beside.push({ code, lat, lng });
		found.set(kecamatan, beside);
	});
	return found;
}

/** Places on an even grid within some land, line by line, there and back: at least so many. */
function placesIn(
	land: readonly Position[][][],
	most: number,
): [number, number][] {
	const corners = land.flatMap(([ring = []]) => ring);
	const [west, east, south, north] = [0, 0, 1, 1].map((axis, at) => {
		const along = corners.map((corner) => corner[axis] as number);
		return along.reduce((a, b) =>
			at % 2 === 0 ? Math.min(a, b) : Math.max(a, b),
		);
	}) as [number, number, number, number];
	let step = Math.sqrt(((east - west) * (north - south)) / most);
	for (;;) {
		const places: [number, number][] = [];
		let forth = true;
		for (let lat = north - step / 2; lat > south; lat -= step) {
			const line: [number, number][] = [];
			for (let lng = west + step / 2; lng < east; lng += step)
				if (land.some((polygon) => contains(polygon, lng, lat)))
					line.push([lng, lat]);
			places.push(...(forth ? line : line.reverse()));
			forth = !forth;
		}
		if (places.length >= most) return places;
		step *= 0.8;
	}
}
