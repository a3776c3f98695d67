import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync, strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { readBoundaryFile } from "../../../hub/intake/boundary-geometry.ts";
import { writeShapefile } from "../../fixtures/shapefile.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "blc-zip-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const square = (kode: string) => ({
	type: "Feature" as const,
	properties: { kode },
	geometry: {
		type: "Polygon" as const,
		coordinates: [
			[
				[112, -7],
				[113, -7],
				[113, -8],
				[112, -8],
				[112, -7],
			],
		],
	},
});
const FILE = {
	type: "FeatureCollection" as const,
	features: [square("35.07")],
};
const geojson = strToU8(JSON.stringify(FILE));

/** The three parts of a Shapefile, under a name. */
function shapefile(name: string): Record<string, Uint8Array> {
	const base = path.join(folder, "written");
	writeShapefile(base, FILE, "kode");
	return {
		[`${name}.shp`]: readFileSync(`${base}.shp`),
		[`${name}.dbf`]: readFileSync(`${base}.dbf`),
	};
}

function given(name: string, bytes: Uint8Array): string {
	const file = path.join(folder, name);
	writeFileSync(file, bytes);
	return file;
}
const zipped = (parts: Record<string, Uint8Array>, name = "batas.zip") =>
	given(name, zipSync(parts));
const codes = (file: unknown) =>
	(file as typeof FILE).features.map(({ properties }) => properties.kode);

describe("a boundary file in a .zip", () => {
	it.each([
		["GeoJSON", { "batas.geojson": geojson }],
		[
			"GeoJSON in folders, beside what other programs leave",
			{
				"unduhan/2020/batas.geojson": geojson,
				"__MACOSX/unduhan/2020/._batas.geojson": strToU8("x"),
				"unduhan/.DS_Store": strToU8("x"),
				"unduhan/BACA.txt": strToU8("lisensi"),
			},
		],
		["GeoJSON packed once more", { "batas.geojson.gz": gzipSync(geojson) }],
		["a Shapefile", shapefile("data/kabupaten")],
		["a Shapefile in capitals", shapefile("KAB")],
	])("is opened: %s", async (_, parts) => {
		expect(codes(await readBoundaryFile(zipped(parts)))).toEqual(["35.07"]);
	});

	it("of several layers, as GADM gives them, is taken by the name that is said, and refused with all of them until then", async () => {
		const file = zipped({
			...shapefile("gadm41_IDN_1"),
			...shapefile("gadm41_IDN_2"),
			...shapefile("gadm41_IDN_3"),
		});
		await expect(readBoundaryFile(file)).rejects.toThrow(
			/found 3 files of boundaries \(gadm41_IDN_1\.shp, gadm41_IDN_2\.shp, gadm41_IDN_3\.shp\); expected one: --layer gadm41_IDN_2 says which/,
		);
		expect(codes(await readBoundaryFile(file, "gadm41_idn_2"))).toEqual([
			"35.07",
		]);
		expect(codes(await readBoundaryFile(file, "gadm41_IDN_3.shp"))).toEqual([
			"35.07",
		]);
		await expect(readBoundaryFile(file, "kecamatan")).rejects.toThrow(
			/and 0 called kecamatan/,
		);
	});

	it.each([
		[
			"nothing of boundaries",
			{ "data.xlsx": strToU8("x") },
			/found data\.xlsx; expected a \.shp/,
		],
		["no files at all", {}, /found nothing; expected a \.shp/],
		[
			"archives alone",
			{ "a/b.zip": zipSync({ "x.geojson": geojson }) },
			/found archives within the archive \(a\/b\.zip\)/,
		],
		[
			"a Shapefile without its table",
			{ "kab.shp": strToU8("x") },
			/found no \.dbf beside it/,
		],
		[
			"a projection in metres",
			{
				...shapefile("kab"),
				"kab.prj": strToU8('PROJCS["WGS_1984_UTM_Zone_48S"]'),
			},
			/found the projection PROJCS/,
		],
		[
			"text that is no JSON",
			{ "kab.geojson": strToU8("<gml/>") },
			/batas\.zip, kab\.geojson: found no JSON/,
		],
	])("with %s is refused in words", async (_, parts, words) => {
		await expect(readBoundaryFile(zipped(parts))).rejects.toThrow(words);
	});

	it("that states or unpacks to more than memory should hold is refused before it is unpacked", async () => {
		// 4,000 bytes of archive that state a gigabyte.
		const bomb = zipSync({ "kab.geojson": new Uint8Array(4_000_000) });
		const stated = (bytes: Uint8Array, size: number) => {
			const lying = bytes.slice();
			const view = new DataView(lying.buffer);
			for (let at = 0; at + 46 <= lying.length; at++)
				if (view.getUint32(at, true) === 0x02014b50)
					view.setUint32(at + 24, size, true);
			return lying;
		};
		await expect(
			readBoundaryFile(given("bom.zip", stated(bomb, 1_000_000_000))),
		).rejects.toThrow(/found 1000000000 bytes unpacked; expected at most/);
		// One that states less than it holds is not read on.
		await expect(
			readBoundaryFile(given("dusta.zip", stated(bomb, 10))),
		).rejects.toThrow(/cannot be unpacked|found no JSON/);
	});

	it("that is cut off, or is called .zip only, is refused in words", async () => {
		const whole = zipSync({ "kab.geojson": geojson });
		await expect(
			readBoundaryFile(given("putus.zip", whole.slice(0, -30))),
		).rejects.toThrow(/found a \.zip that cannot be read/);
		await expect(
			readBoundaryFile(given("bukan.zip", strToU8("hello"))),
		).rejects.toThrow(/found no JSON/);
		expect(codes(await readBoundaryFile(given("kab.zip", geojson)))).toEqual([
			"35.07",
		]);
	});
});
