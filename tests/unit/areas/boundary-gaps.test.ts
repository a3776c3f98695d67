import { parse } from "csv-parse/sync";
import type { MultiPolygon } from "geojson";
import { describe, expect, it } from "vitest";
import {
	type BoundaryDifference,
	type BoundaryOptions,
	checkBoundaries,
	drawBoundaries,
} from "../../../core/areas/boundaries.ts";
import { readFeatureLines } from "../../../core/areas/boundary-file.ts";
import { areaOfShape } from "../../../core/areas/boundary-rings.ts";
import {
	type BoundaryTopology,
	shapesOf,
} from "../../../core/areas/boundary-topology.ts";
import { type BridgeRow, readBridge } from "../../../core/areas/bridge.ts";
import { contains } from "../../../core/areas/position-in-land.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { loadMapShapes } from "../../../resources/geography/load.ts";
import { bridgeFile } from "../../fixtures/area-facts.ts";
import {
	FORMED,
	gadmLike,
	TAKEN_IN,
	WRONG_CODE,
} from "../../fixtures/gadm-like.ts";
import { readBoundaries } from "../../fixtures/read-boundaries.ts";

const tree = loadAreaTree();
const { bridge } = readBridge(
	tree,
	parse(bridgeFile(tree), { columns: true }) as BridgeRow[],
);
const before = loadMapShapes();
const options: BoundaryOptions = { tree, bridge, before, source: "test" };

const kinds = (differences: readonly BoundaryDifference[]) =>
	Object.fromEntries(
		[...Map.groupBy(differences, ({ kind }) => kind)].map(([kind, own]) => [
			kind,
			own.length,
		]),
	);

function accepted(file: unknown) {
	const reading = readBoundaries(file, { ...options, acceptGaps: true });
	if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
	return reading;
}

const drawn = (topology: BoundaryTopology) =>
	new Map(
		shapesOf(topology, "regencies").map((one) => [one.properties.code, one]),
	);

describe("a map of an older order, in the form of GADM (BPS codes in CC_2, water, codes used twice, newer kabupaten missing)", () => {
	const file = gadmLike(tree, bridge);
	const reading = accepted(file);
	const areas = drawn(reading.topology);

	it("is refused with every single difference, and none of them is an error", () => {
		const refused = checkBoundaries(file, options);
		expect(refused).toMatchObject({ ok: false, errors: [] });
		expect(kinds(refused.differences)).toEqual({
			"no-area": 3,
			"other-code": 1,
			"duplicate-code": 1,
			"missing-code": Object.keys(FORMED).length + 1,
		});
	});

	it("with gaps accepted loses its water and keeps all 514, those without a polygon as marks in the polygon that covers their seat", () => {
		expect(
			reading.differences.flatMap((one) =>
				one.kind === "no-area" ? [[one.name, one.water]] : [],
			),
		).toEqual([
			["DanauToba", true],
			["WadukJatiluhur", true],
			["DanauSingkarak", true],
		]);
		expect(areas.size).toBe(514);
		const marks = [...areas.values()].filter(
			({ properties }) => properties.mark === "seat",
		);
		expect(marks.map(({ properties }) => properties.code).sort()).toEqual(
			[...Object.keys(FORMED), TAKEN_IN[0]].sort(),
		);
		for (const { properties, geometry } of marks) {
			const { code, within = "" } = properties;
			const mother = areas.get(within as never);
			expect(mother?.properties.holds, code).toContain(code);
			// The mark is cut out of the land around it: no two areas are drawn on one another.
			const [[[x = 0, y = 0] = []] = []] = geometry.coordinates[0] ?? [];
			const inside = [x, y].map((at, k) => at - [1e-3, 0][k]);
			expect(
				mother?.geometry.coordinates.some((rings) =>
					contains(rings, inside[0], inside[1]),
				),
				code,
			).toBe(false);
		}
		expect(areas.get("64.07" as never)?.properties.holds).toEqual(["64.11"]);
	});

	it("followed by a file in which all have their polygon, no area is remarked to be larger than its mark was", () => {
		const whole = before.map((shape) => ({
			...shape,
			properties: { kode: shape.properties.code },
		}));
		const after = readBoundaries(
			{ type: "FeatureCollection", features: whole },
			{ ...options, before: [...areas.values()] },
		);
		if (!after.ok) throw new Error(JSON.stringify(after.errors[0]));
		expect(after.remarks.filter(({ kind }) => kind === "land")).toEqual([]);
	});

	it("tells two polygons of one code apart by name and seat, and joins those that no name tells apart without a line between them", () => {
		const [batu, malang] = WRONG_CODE.map((code) => areas.get(code as never));
		expect(batu?.properties).toEqual({ code: "35.79" });
		const was = before.find(({ properties }) => properties.code === "35.79");
		expect(landOf(batu?.geometry)).toBeCloseTo(landOf(was?.geometry), 3);
		expect(malang?.properties).toEqual({ code: "35.07" });
		expect(
			reading.differences.filter(({ kind }) => kind === "other-code"),
		).toMatchObject([{ name: "KotaBatu", code: "35.79", by: "name" }]);
		const sukoharjo = areas.get(TAKEN_IN[1] as never);
		const both = TAKEN_IN.map((code) =>
			before.find(({ properties }) => properties.code === code),
		);
		const mark = areas.get(TAKEN_IN[0] as never);
		expect(landOf(sukoharjo?.geometry) + landOf(mark?.geometry)).toBeCloseTo(
			both.reduce((sum, one) => sum + landOf(one?.geometry), 0),
			3,
		);
		expect(sukoharjo?.geometry.coordinates).toHaveLength(1);
	});

	it("is refused for good where a shape is none, whatever gaps are accepted", () => {
		const broken = structuredClone(file);
		Object.assign(broken.features[0], { geometry: null });
		const refused = checkBoundaries(broken, { ...options, acceptGaps: true });
		expect(refused).toMatchObject({
			ok: false,
			errors: [{ kind: "bad-geometry", feature: 1, found: "no geometry" }],
		});
		expect(refused.differences.length).toBeGreaterThan(15);
	});
});

function landOf(geometry: MultiPolygon | undefined): number {
	return areaOfShape(geometry?.coordinates ?? []);
}

describe("a file of one province", () => {
	const all = before.map(({ geometry, properties: { code } }) => ({
		type: "Feature",
		id: code,
		properties: {},
		geometry,
	}));
	const bali = {
		type: "FeatureCollection",
		features: all.filter(({ id }) => id.startsWith("51.")),
	};

	it("names the provinces it lacks, each once; accepted, it takes the place of its own and says of the others that they are as they were", () => {
		const refused = checkBoundaries(bali, options);
		expect(kinds(refused.differences)).toEqual({ "not-covered": 33 });
		const areas = drawn(accepted(bali).topology);
		expect(areas.size).toBe(514);
		expect(areas.get("51.71" as never)?.properties).toEqual({ code: "51.71" });
		expect(areas.get("52.01" as never)?.properties).toEqual({
			code: "52.01",
			before: "built-in",
		});
	});

	it("with its codes in the id of the features alone, or one feature in each line, is read like any other", () => {
		expect(checkBoundaries(bali, options)).toMatchObject({ errors: [] });
		for (const between of ["\n", "\n\u001e"]) {
			const text = bali.features
				.map((one) => JSON.stringify(one))
				.join(between);
			const read = readFeatureLines(
				between.length > 1 ? `\u001e${text}` : text,
			);
			expect(read).toEqual(JSON.parse(JSON.stringify(bali)));
		}
		expect(readFeatureLines('{"type":"Feature"}\n{"type":')).toMatchObject({
			line: 2,
		});
		expect(readFeatureLines("<kml/>")).toBeUndefined();
	});
});

describe("kecamatan", () => {
	/** Each kabupaten/kota of Bali cut into as many strips as it has kecamatan, as a file of kecamatan would have them. */
	const strips = ["51.03", "51.71"].flatMap((regency) => {
		const { lng, lat } = tree.get(regency as never) ?? { lng: 0, lat: 0 };
		return tree.children(regency as never).map(({ code, name }, k) => ({
			type: "Feature",
			properties: { kode_kec: code, nama: name, kode_kab: regency },
			geometry: {
				type: "Polygon",
				coordinates: [
					[
						[lng + k * 0.02, lat],
						[lng + (k + 1) * 0.02, lat],
						[lng + (k + 1) * 0.02, lat + 0.02],
						[lng + k * 0.02, lat + 0.02],
						[lng + k * 0.02, lat],
					],
				],
			},
		}));
	});
	const file = { type: "FeatureCollection", features: strips };

	it("are known from kabupaten/kota by their codes; what the file does not cover is not touched, and one without a polygon is marked beside the seat", () => {
		const checked = checkBoundaries(
			{ ...file, features: strips.slice(1) },
			{ ...options, acceptGaps: true },
		);
		if (!checked.ok) throw new Error(JSON.stringify(checked.errors[0]));
		expect(checked).toMatchObject({ level: "district", property: "kode_kec" });
		expect(kinds(checked.differences)).toEqual({
			"missing-code": 1,
			"not-covered": 33 + 7,
		});
		const { districts } = drawBoundaries(checked, options);
		expect([...(districts?.keys() ?? [])]).toEqual(["51"]);
		const map = districts?.get("51");
		if (!map) throw new Error("51");
		const areas = shapesOf(map, "districts");
		expect(areas).toHaveLength(strips.length);
		const [first] = areas;
		expect(first?.properties).toMatchObject({
			code: "51.03.01",
			mark: "seat-of-parent",
		});
		// Where it lies is not known: no polygon is said to hold it.
		expect(areas.filter(({ properties }) => properties.holds)).toEqual([]);
	});

	it("in BPS codes alone say what can be done, and with a bridge of kecamatan are the same areas", () => {
		const codes = strips.map(({ properties }) => properties.kode_kec);
		// Seven digits, as BPS numbers them; which are which nobody can tell without the bridge.
		const bps = codes.map((_, at) => `${5103010 + 10 * at}`);
		const onlyBps = {
			...file,
			features: strips.map((strip, at) => ({
				...strip,
				properties: { KDCBPS: bps[at], nama: strip.properties.nama },
			})),
		};
		expect(
			checkBoundaries(onlyBps, { ...options, acceptGaps: true }),
		).toMatchObject({
			ok: false,
			errors: [
				{
					kind: "needs-bridge",
					property: "KDCBPS",
					expected: expect.stringMatching(/--bridge FILE.*hub import codes/),
				},
			],
		});
		const { bridge: ofKecamatan } = readBridge(
			tree,
			codes.map((code, at) => ({
				kode_bps: bps[at] ?? "",
				nama_bps: "",
				kode_dagri: code.replaceAll(".", ""),
				nama_dagri: tree.get(code)?.name ?? "",
			})),
		);
		const checked = checkBoundaries(onlyBps, {
			...options,
			bridge: ofKecamatan,
			acceptGaps: true,
		});
		if (!checked.ok) throw new Error(JSON.stringify(checked.errors[0]));
		expect(checked).toMatchObject({ level: "district", property: "KDCBPS" });
		expect(checked.shapes.map(({ properties }) => properties.code)).toEqual(
			codes,
		);
	});

	it("of another kabupaten than their code says are refused", () => {
		const far = structuredClone(file);
		for (const ring of far.features[0].geometry.coordinates)
			for (const position of ring) position[0] += 5;
		const refused = checkBoundaries(far, { ...options, acceptGaps: true });
		expect(refused).toMatchObject({
			ok: false,
			errors: [{ kind: "bad-geometry", code: "51.03.01", feature: 1 }],
		});
	});
});
