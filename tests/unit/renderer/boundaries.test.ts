import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { type BridgeRow, readBridge } from "../../../core/areas/bridge.ts";
import type { Level } from "../../../core/areas/codes.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { readBoundaries } from "../../../renderer/parts/map/boundaries.ts";
import { notAsThemselvesText } from "../../../renderer/parts/map/boundaries-text.ts";
import { fromMercator } from "../../../renderer/parts/map/mercator.ts";
import { indexAreas } from "../../../renderer/state/area-index.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { bridgeFile } from "../../fixtures/area-facts.ts";
import { FORMED, gadmLike } from "../../fixtures/gadm-like.ts";
import { readBoundaries as imported } from "../../fixtures/read-boundaries.ts";

interface File {
	type: string;
	objects: { regencies: { geometries: { properties: { code: string } }[] } };
}

const file = JSON.parse(
	readFileSync("resources/geography/indonesia.topojson", "utf8"),
) as File;
const codes = file.objects.regencies.geometries.map(
	({ properties }) => properties.code,
);

const rows: AreaRow[] = [];
function add(code: string, level: Level, parent: number | null): number {
	rows.push({
		id: rows.length + 1,
		code,
		level,
		name: code,
		parent,
		lat: null,
		lng: null,
		population: null,
		populationYear: null,
		populationSource: null,
		unknownPlace: code.endsWith("00"),
	});
	return rows.length;
}
const nation = add("ID", "nation", null);
const provinces = new Map(
	[...new Set(codes.map((code) => code.slice(0, 2)))].map((code) => [
		code,
		add(code, "province", nation),
	]),
);
for (const code of codes)
	add(code, "regency", provinces.get(code.slice(0, 2)) ?? null);
add("35.00", "regency", provinces.get("35") ?? null);
const areas = indexAreas(rows);
const get = (code: string) => areas.byCode(code) as AreaRow;

describe("boundaries of a map of an older order, imported with gaps", () => {
	const tree = loadAreaTree();
	const { bridge } = readBridge(
		tree,
		parse(bridgeFile(tree), { columns: true }) as BridgeRow[],
	);
	const options = { tree, bridge, source: "test", acceptGaps: true };
	const reading = imported(gadmLike(tree, bridge), options);
	if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
	const boundaries = readBoundaries(
		JSON.parse(JSON.stringify(reading.topology)),
		areas,
	);

	test("have a place for every area: the pointer finds a mark at its seat, and around it the polygon that still holds it", () => {
		expect(boundaries.undrawn).toEqual([]);
		const { lng = 0, lat = 0 } = tree.get("64.11" as never) ?? {};
		expect(boundaries.areaAt(lng, lat)?.code).toBe("64.11");
		expect(boundaries.areaAt(lng + 0.1, lat)?.code).toBe("64.07");
		expect(boundaries.drawnAs(get("64.11"))).toEqual({
			area: get("64.11"),
			mark: true,
			within: get("64.07"),
			holds: [],
			before: null,
		});
		expect(boundaries.drawnAs(get("64.07"))?.holds).toEqual([get("64.11")]);
		expect(boundaries.drawnAs(get("64.01"))).toBeUndefined();
		expect(boundaries.notAsThemselves.filter(({ mark }) => mark)).toHaveLength(
			Object.keys(FORMED).length + 1,
		);
	});

	test("say on a picture that leaves the screen which areas they draw as marks, and nothing where each has its shape", () => {
		const said = (of: Parameters<typeof notAsThemselvesText>[0]) =>
			notAsThemselvesText(of, {
				t: ((key: string, { areas }: { areas: number | string }) =>
					`${key} ${areas}`) as never,
				format: formatFor("id"),
			});
		const marks = Object.keys(FORMED).length + 1;
		expect(said(boundaries)).toEqual([
			expect.stringMatching(
				new RegExp(
					`^map\\.marks ${marks}: ([\\d.]+, ){7}[\\d.]+ \\+${marks - 8}$`,
				),
			),
		]);
		expect(said(readBoundaries(file, areas))).toEqual([]);
		const districts = { marks: 7230, unplaced: [get("35")] };
		expect(
			said({ notAsThemselves: [], districts: districts as never }),
		).toEqual(["map.districtMarks 7.230", "map.districtsUnplaced 1"]);
	});
});

describe("the built-in boundaries on the map", () => {
	const boundaries = readBoundaries(file, areas);

	test("draw all 514, each in its own colour; a pseudo area needs no land", () => {
		expect(new Set(boundaries.parts.map((part) => part.row)).size).toBe(514);
		expect(boundaries.undrawn).toEqual([]);
		expect(boundaries.strangers).toEqual([]);
	});

	test("put the pointer in Surabaya into Kota Surabaya, and in the Java Sea nowhere", () => {
		expect(boundaries.areaAt(112.74, -7.25)?.code).toBe("35.78");
		expect(boundaries.areaAt(111.5, -5)).toBeNull();
	});

	test("frame an area by its own land", () => {
		const { left, top, right, bottom } = boundaries.body(get("51"))?.box ?? {
			left: 0,
			top: 0,
			right: 0,
			bottom: 0,
		};
		const [west, north] = fromMercator([left, top]);
		const [east, south] = fromMercator([right, bottom]);
		expect(west).toBeGreaterThan(114);
		expect(east).toBeLessThan(116);
		expect(south).toBeGreaterThan(-9.2);
		expect(north).toBeLessThan(-7.8);
		expect(boundaries.body(get("35.00"))).toBeUndefined();
	});

	test("outline a province without the lines inside it", () => {
		const length = (code: string) =>
			boundaries.outline(get(code)).coordinates.flat().length;
		const parts = codes
			.filter((code) => code.startsWith("34."))
			.reduce((sum, code) => sum + length(code), 0);
		expect(length("34")).toBeGreaterThan(10);
		expect(length("34")).toBeLessThan(parts * 0.8);
		expect(boundaries.provinceLines.coordinates.length).toBeGreaterThan(10);
	});
});

test("a file that is no map of kabupaten/kota is refused", () => {
	expect(() => readBoundaries({ type: "FeatureCollection" }, areas)).toThrow(
		/expected TopoJSON/,
	);
});

test("codes that are no kabupaten/kota of this dataset are told, not drawn", () => {
	const strange = structuredClone(file);
	const first = strange.objects.regencies.geometries[0];
	if (first) first.properties.code = "99.99";
	const read = readBoundaries(strange, areas);
	expect(read.strangers).toEqual(["99.99"]);
	expect(read.undrawn.map((area) => area.code)).toEqual([codes[0]]);
});
