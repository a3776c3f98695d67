import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { DrawnArchive } from "../../../core/api/basemap.ts";
import {
	rangeOf,
	readArchive,
} from "../../../main/backend/server/basemap-archive.ts";
import { archiveLayers } from "../../../renderer/parts/map/archive-layers.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import { onePicture, oneVectorTile, pmtiles } from "../../fixtures/pmtiles.ts";

const folder = mkdtempSync(join(tmpdir(), "blc-archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const written = (bytes: Buffer): string => {
	const path = join(folder, `${++files}.pmtiles`);
	writeFileSync(path, bytes);
	return path;
};
const picture = pmtiles({ kind: "png", tile: onePicture(200, 30, 30) });
const vector = (layers: string[]) =>
	pmtiles({
		kind: "mvt",
		tile: oneVectorTile("Kota Uji"),
		layers,
		attribution: '<a href="https://osm.org">&copy; OpenStreetMap</a>',
	});

describe("a PMTiles file of the workstation", () => {
	test("says what it holds and whose it is, its attribution as text", async () => {
		expect(await readArchive(written(picture))).toMatchObject({
			kind: "raster",
			attribution: "",
			minZoom: 0,
			maxZoom: 0,
			bounds: [-180, -85, 180, 85],
		});
		expect(
			await readArchive(written(vector(["earth", "roads", "places"]))),
		).toMatchObject({
			kind: "vector",
			attribution: "© OpenStreetMap",
			layers: ["earth", "roads", "places"],
		});
	});

	test.each([
		["is not there", () => join(folder, "none.pmtiles"), "missing"],
		["is a folder", () => folder, "missing"],
		["is another file", () => written(Buffer.from("{}")), "not-pmtiles"],
		["is empty", () => written(Buffer.alloc(0)), "not-pmtiles"],
		[
			"is of version 2",
			() => {
				const bytes = Buffer.from(picture);
				bytes[7] = 2;
				return written(bytes);
			},
			"not-pmtiles",
		],
		["was cut off", () => written(picture.subarray(0, -1)), "cut-off"],
		["was cut off early", () => written(picture.subarray(0, 60)), "cut-off"],
		[
			"has a damaged directory",
			() => {
				const bytes = Buffer.from(vector(["water"]));
				bytes.fill(0xff, 8, 24);
				return written(bytes);
			},
			"cut-off",
		],
		["has layers that nobody knows", () => written(vector(["x"])), "layers"],
	] as const)(
		"that %s is not drawn, and it is said why",
		async (_, path, why) => {
			expect(await readArchive(path())).toMatchObject({
				kind: "unusable",
				why,
			});
		},
	);

	test("that is put in the place of another is read anew", async () => {
		const path = written(picture);
		const first = await readArchive(path);
		writeFileSync(path, vector(["water"]));
		const second = await readArchive(path);
		expect([first.kind, second.kind]).toEqual(["raster", "vector"]);
	});

	test("is asked for by plain ranges alone", () => {
		expect(rangeOf("bytes=0-127")).toEqual({ offset: 0, length: 128 });
		for (const other of [
			undefined,
			"bytes=0-",
			"bytes=-5",
			"bytes=9-3",
			"bytes=0-1,4-5",
			"bytes=0-99999999999",
			"items=0-1",
		])
			expect(rangeOf(other), other).toBeNull();
	});

	test("is drawn by the schema of Protomaps and by that of OpenMapTiles", () => {
		const of = (layers: string[]) =>
			archiveLayers(
				{ kind: "vector", layers, minZoom: 0 } as unknown as DrawnArchive,
				MAP_COLOURS.dark,
			).map((layer) => ("source-layer" in layer ? layer["source-layer"] : ""));
		expect(of(["earth", "water", "roads", "places"])).toEqual([
			"earth",
			"water",
			"roads",
			"places",
		]);
		expect(of(["water", "transportation", "place"])).toEqual([
			"water",
			"transportation",
			"place",
		]);
	});
});
