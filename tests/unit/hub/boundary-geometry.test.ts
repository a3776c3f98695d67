import {
	mkdtempSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync, strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { readBoundaryFile } from "../../../hub/intake/boundary-geometry.ts";
import { readBridgeFile } from "../../../hub/intake/import-reference.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { bridgeFile } from "../../fixtures/area-facts.ts";
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

	it("with two parts of one name, or two layers of one name in different folders, is not guessed at", async () => {
		// An archive knows its parts by their places: two may be called alike.
		const twice = zipSync({
			"kab.geojson": geojson,
			"kac.geojson": strToU8("{}"),
		});
		const renamed = twice.slice();
		for (let at = 0; at + 3 <= renamed.length; at++)
			if (
				renamed[at] === 0x6b &&
				renamed[at + 1] === 0x61 &&
				renamed[at + 2] === 0x63
			)
				renamed[at + 2] = 0x62;
		for (const layer of [undefined, "kab", "kab.geojson"])
			await expect(
				readBoundaryFile(given("dua.zip", renamed), layer),
			).rejects.toThrow(
				/dua\.zip: found two parts called kab\.geojson, of \d+ and 2 bytes; expected each name once/,
			);
		const folders = zipped({
			"2019/kab.geojson": geojson,
			"2020/kab.geojson": geojson,
		});
		await expect(readBoundaryFile(folders, "kab")).rejects.toThrow(
			/--layer 2020\/kab\.geojson says which/,
		);
		expect(codes(await readBoundaryFile(folders, "2020/kab.geojson"))).toEqual([
			"35.07",
		]);
	});

	it("that is not there, is a folder, or is no archive where a layer of one is asked for, is refused in words", async () => {
		await expect(
			readBoundaryFile(path.join(folder, "tidak-ada.zip")),
		).rejects.toThrow(/tidak-ada\.zip: found no file that can be read/);
		await expect(readBoundaryFile(folder)).rejects.toThrow(/found no file;/);
		await expect(
			readBoundaryFile(given("satu.geojson", geojson), "kab"),
		).rejects.toThrow(
			/satu\.geojson: found one file; expected a \.zip where --layer/,
		);
		await expect(
			readBoundaryFile(given("kosong.geojson", new Uint8Array())),
		).rejects.toThrow(/found no JSON/);
		await expect(
			readBoundaryFile(given("biner.geojson", new Uint8Array(4096).fill(7))),
		).rejects.toThrow(/biner\.geojson.*found no JSON/);
	});
});

const tree = loadAreaTree();
const HEAD = "kode_bps,nama_bps,kode_dagri,nama_dagri";
const bridge = (text: string | Uint8Array, name = "jembatan.csv") =>
	readBridgeFile(
		tree,
		given(name, typeof text === "string" ? strToU8(text) : text),
	);

describe("a bridge of BPS and Kemendagri codes", () => {
	it("names file, line and column of every row that it leaves out, and keeps the others", () => {
		const { bridge: found, errors } = bridge(
			[
				HEAD,
				"3507,MALANG,3507,KAB. MALANG",
				"",
				"3507,MALANG,3508,KAB. LUMAJANG",
				"3509,JEMBER,3507,KAB. MALANG",
				"35.10,BANYUWANGI,3510,KAB. BANYUWANGI",
				"3511,BONDOWOSO,9999,ENTAH",
				"3512,SITUBONDO,35,JAWA TIMUR",
				"",
			].join("\n"),
		);
		expect(found.size).toBe(1);
		expect(errors).toEqual([
			"jembatan.csv, line 4, kode_bps: found 3507; expected once; already 35.07",
			"jembatan.csv, line 5, kode_dagri: found 3507; expected once; already BPS 3507",
			"jembatan.csv, line 6, kode_bps: found 35.10; expected BPS code of 2, 4 or 7 digits, such as 3507",
			"jembatan.csv, line 7, kode_dagri: found 9999; expected area of the order of 2020",
			"jembatan.csv, line 8, kode_dagri: found 35; expected code of the same level as BPS 3512",
		]);
	});

	it.each([
		["nothing at all", ""],
		["a header alone", `${HEAD}\n`],
		["other columns", "a,b\n1,2\n"],
		["bytes that are no text", new Uint8Array(5000).fill(0)],
		["a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0])],
		["a line of a million cells", `${HEAD}\n${",".repeat(1_000_000)}\n`],
		["codes of neither scheme", `${HEAD}\nxx,A,yy,B\n`],
	])("with %s is refused with its name", (_, text) => {
		expect(() => bridge(text)).toThrow(
			/^jembatan\.csv: no pair of codes could be read/,
		);
	});

	it("whose columns are exchanged is refused although every digit is a code of the other scheme too", () => {
		const file = bridgeFile(tree);
		expect(bridge(file).bridge.size).toBe(514);
		const [, ...rows] = file.trim().split("\n");
		const exchanged = rows.map((row) => {
			const [bps, , dagri, name] = row.split(",");
			return [dagri?.replaceAll(".", ""), name, bps, name].join(",");
		});
		expect(() => bridge([HEAD, ...exchanged, ""].join("\n"))).toThrow(
			/are the columns exchanged\?/,
		);
	});

	it("that is not there, is a folder, or is as large as a disk is refused before it is read", () => {
		expect(() => readBridgeFile(tree, path.join(folder, "tiada.csv"))).toThrow(
			/^tiada\.csv: found no file that can be read/,
		);
		expect(() => readBridgeFile(tree, folder)).toThrow(/found no file;/);
		const large = path.join(folder, "besar.csv");
		writeFileSync(large, HEAD);
		// A hole: it takes no room on the disk.
		truncateSync(large, 5_000_000_000);
		expect(() => readBridgeFile(tree, large)).toThrow(
			/^besar\.csv: found 5000000000 bytes/,
		);
	});

	it("of many wrong lines tells the first, and how many there are", () => {
		const rows = Array.from({ length: 500 }, (_, at) => `x${at},A,y,B`);
		expect(() => bridge([HEAD, ...rows].join("\n"))).toThrow(
			/line 21, kode_bps(?!.*line 23,)[\s\S]*… 500 lines in all/,
		);
	});
});
