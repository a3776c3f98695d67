import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Compression } from "pmtiles";
import { afterAll, describe, expect, test } from "vitest";
import type { DrawnArchive } from "../../../core/api/basemap.ts";
import {
	rangeOf,
	readArchive,
} from "../../../main/backend/server/basemap-archive.ts";
import {
	archiveLayers,
	layerOfNames,
} from "../../../renderer/parts/map/archive-layers.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import {
	LARGEST_TILE,
	unpackedTile,
} from "../../../renderer/parts/map/unpacked-tile.ts";
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

	test("whose metadata unpacks to gigabytes, or is stated to be as large, is not unpacked, and it is said why", async () => {
		const bomb = gzipSync(Buffer.alloc(64 << 20));
		const packed = (patch: (header: Buffer) => void) => {
			const bytes = Buffer.concat([vector(["water"]), bomb]);
			// The directory is packed too, as it is in files that are.
			const directory = gzipSync(Buffer.from([1, 0, 1, 1, 1]));
			const at = bytes.length;
			const all = Buffer.concat([bytes, directory]);
			all[97] = 2;
			// The root directory has to lie in the first 16 kB.
			all.writeBigUInt64LE(BigInt(bytes.length - bomb.length), 24);
			all.writeBigUInt64LE(BigInt(bomb.length), 32);
			patch(all);
			const root = Buffer.concat([all.subarray(0, 127), directory]);
			root.writeBigUInt64LE(127n, 8);
			root.writeBigUInt64LE(BigInt(directory.length), 16);
			const moved = BigInt(directory.length);
			for (const offset of [24, 56])
				root.writeBigUInt64LE(root.readBigUInt64LE(offset) + moved, offset);
			return Buffer.concat([root, all.subarray(127, at)]);
		};
		const before = process.memoryUsage().rss;
		expect(await readArchive(written(packed(() => {})))).toMatchObject({
			kind: "unusable",
			why: "cut-off",
			found: expect.stringContaining("unpacks to more than"),
		});
		expect(
			await readArchive(
				written(packed((all) => all.writeBigUInt64LE(1n << 40n, 32))),
			),
		).toMatchObject({
			kind: "unusable",
			found: expect.stringContaining("a part of 1099511627776 B"),
		});
		expect(process.memoryUsage().rss - before).toBeLessThan(1 << 30);
	});

	test("has tiles that are unpacked as they are drawn, up to a size that one can have", async () => {
		const tile = gzipSync(Buffer.from("a tile"));
		const of = (bytes: Buffer) => new Uint8Array(bytes).buffer;
		expect(
			Buffer.from(await unpackedTile(of(tile), Compression.Gzip)).toString(),
		).toBe("a tile");
		await expect(
			unpackedTile(
				of(gzipSync(Buffer.alloc(LARGEST_TILE + 1))),
				Compression.Gzip,
			),
		).rejects.toThrow("unpacks to more than");
		await expect(unpackedTile(of(tile), Compression.Brotli)).rejects.toThrow(
			"Brotli",
		);
	});

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

	test("is drawn by the schema of Protomaps and by that of OpenMapTiles; its names are placed among those of the map", () => {
		const of = (layers: string[]) => {
			const archive = {
				kind: "vector",
				layers,
				minZoom: 0,
			} as unknown as DrawnArchive;
			return [
				archiveLayers(archive, MAP_COLOURS.dark, 1).map((layer) =>
					"source-layer" in layer ? layer["source-layer"] : "",
				),
				layerOfNames(archive),
			];
		};
		expect(of(["earth", "water", "roads", "places"])).toEqual([
			["earth", "water", "roads"],
			"places",
		]);
		expect(of(["water", "transportation", "place"])).toEqual([
			["water", "transportation"],
			"place",
		]);
		expect(of(["water"])).toEqual([["water"], null]);
	});
});
