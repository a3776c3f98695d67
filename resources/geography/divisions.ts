import type { MultiPolygon, Polygon, Position } from "geojson";
import type { NaturalEarth } from "../areas/packages.ts";

/** A closed ring of [longitude, latitude]; the first position is repeated at the end. */
export type Ring = [number, number][];
/** Outer ring and holes. */
export type Shape = Ring[];

/**
 * A piece of Natural Earth whose outer border is kept: a province, or Kalimantan Timur together with Kalimantan Utara,
 * which Natural Earth (of before 2012) does not divide.
 */
export interface Division {
	/** Kemendagri code of the province, `64` for the two of Kalimantan's east. */
	code: string;
	shapes: Shape[];
}

/** Natural Earth's names of first-level divisions, by Kemendagri code. */
const NAMES: Record<string, string> = {
	"11": "Aceh",
	"12": "Sumatera Utara",
	"13": "Sumatera Barat",
	"14": "Riau",
	"15": "Jambi",
	"16": "Sumatera Selatan",
	"17": "Bengkulu",
	"18": "Lampung",
	"19": "Bangka-Belitung",
	"21": "Kepulauan Riau",
	"31": "Jakarta Raya",
	"32": "Jawa Barat",
	"33": "Jawa Tengah",
	"34": "Yogyakarta",
	"35": "Jawa Timur",
	"36": "Banten",
	"51": "Bali",
	"52": "Nusa Tenggara Barat",
	"53": "Nusa Tenggara Timur",
	"61": "Kalimantan Barat",
	"62": "Kalimantan Tengah",
	"63": "Kalimantan Selatan",
	"64": "Kalimantan Timur",
	"71": "Sulawesi Utara",
	"72": "Sulawesi Tengah",
	"73": "Sulawesi Selatan",
	"74": "Sulawesi Tenggara",
	"75": "Gorontalo",
	"76": "Sulawesi Barat",
	"81": "Maluku",
	"82": "Maluku Utara",
	"91": "Papua",
	"92": "Papua Barat",
};

/** The division that an area lies in: its province, except that Kalimantan Utara is still part of Kalimantan Timur. */
export function divisionOf(code: string): string {
	const province = code.slice(0, 2);
	return province === "65" ? "64" : province;
}

/**
 * The divisions of Natural Earth by Kemendagri code.
 * @throws when a division is missing or one is left over: then the package is not the one this was made for.
 */
export function readDivisions(world: NaturalEarth): Division[] {
	const left = new Map(world.features.map((f) => [f.properties.name, f]));
	const divisions = Object.entries(NAMES).map(([code, name]) => {
		const feature = left.get(name);
		if (!feature) throw new Error(`Natural Earth has no ${name} (${code})`);
		left.delete(name);
		return { code, shapes: shapesOf(feature.geometry) };
	});
	if (left.size > 0)
		throw new Error(`Natural Earth has unknown ${[...left.keys()].join(", ")}`);
	return divisions;
}

function shapesOf(geometry: Polygon | MultiPolygon): Shape[] {
	const polygons =
		geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
	return polygons.map((rings) => rings.map(ringOf));
}

function ringOf(positions: Position[]): Ring {
	return positions.map(([x, y]) => [x, y]);
}
