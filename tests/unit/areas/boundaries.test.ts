import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type {
	Feature,
	FeatureCollection,
	MultiPolygon,
	Polygon,
} from "geojson";
import { feature } from "topojson-client";
import { describe, expect, it } from "vitest";
import {
	type BoundaryOptions,
	checkBoundaries,
} from "../../../core/areas/boundaries.ts";
import {
	landOfShapes,
	shapesOf,
} from "../../../core/areas/boundary-topology.ts";
import { type BridgeRow, readBridge } from "../../../core/areas/bridge.ts";
import {
	type KemendagriCode,
	parseKemendagri,
} from "../../../core/areas/codes.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { MAP_FILE } from "../../../resources/geography/load.ts";
import { bridgeFile } from "../../fixtures/area-facts.ts";
import { readBoundaries } from "../../fixtures/read-boundaries.ts";
import { hasData, json } from "./shared.ts";

const tree = loadAreaTree();
const options: BoundaryOptions = { tree, source: "test" };

/** A file with a small square around the seat of each of the 514. */
function squares(
	codeOf: (code: string) => Record<string, unknown>,
): FeatureCollection {
	return {
		type: "FeatureCollection",
		features: tree.at("regency").map(
			({ code, lng, lat }): Feature<Polygon> => ({
				type: "Feature",
				properties: { nama: "x", ...codeOf(code) },
				geometry: {
					type: "Polygon",
					coordinates: [
						[
							[lng, lat],
							[lng + 0.01, lat],
							[lng + 0.01, lat + 0.01],
							[lng, lat + 0.01],
							[lng, lat],
						],
					],
				},
			}),
		),
	};
}

const errorsOf = (file: unknown, more: Partial<BoundaryOptions> = {}) => {
	const reading = readBoundaries(file, { ...options, ...more });
	return reading.ok ? [] : reading.errors;
};

describe("an official boundary file", () => {
	it("is read in any scheme, of 2020 or of today, by finding the property itself", () => {
		const today = (code: string): string => {
			const area = tree.at("regency").find((one) => one.code === code);
			return area?.successors[0] ?? code;
		};
		for (const codeOf of [
			(code: string) => ({ KODE: code }),
			(code: string) => ({ kdpkab: code.replace(".", "") }),
			(code: string) => ({ kdpkab: Number(code.replace(".", "")) }),
			(code: string) => ({ kode: today(code) }),
		]) {
			const reading = readBoundaries(squares(codeOf), options);
			if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
			const codes = reading.topology.objects.regencies.geometries.map(
				(one) => one.properties,
			);
			expect(codes).toEqual(tree.at("regency").map(({ code }) => ({ code })));
			expect(reading.topology.objects.provinces.geometries).toHaveLength(34);
		}
	});

	it("of one province, whose four digits are codes of both schemes, is read in the one by which the seats lie on their land", () => {
		const { bridge } = readBridge(
			tree,
			parse(bridgeFile(tree), { columns: true }) as BridgeRow[],
		);
		const ofAceh = (codeOf: (code: string) => string | undefined) => {
			const file = squares((code) => ({ code }));
			return {
				...file,
				features: file.features
					.filter(({ properties }) => properties?.code.startsWith("11."))
					.map((one) => ({
						...one,
						properties: { KODE: codeOf(one.properties?.code) },
					})),
			};
		};
		const bps = ofAceh((code) => bridge.toBps(code as KemendagriCode));
		const undotted = ofAceh((code) => code.replace(".", ""));
		for (const [file, scheme] of [
			[bps, "bps"],
			[undotted, "kemendagri-undotted"],
		] as const) {
			const gaps = { ...options, bridge, acceptGaps: true };
			const reading = checkBoundaries(file, gaps);
			if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
			expect(reading).toMatchObject({ level: "regency", scheme });
			expect(reading.shapes).toHaveLength(23);
			expect(reading.remarks).toEqual([]);
		}
		// Nor does one that the bridge does not know make Kemendagri's of them, of which they are all codes.
		const { bridge: short } = readBridge(
			tree,
			(parse(bridgeFile(tree), { columns: true }) as BridgeRow[]).filter(
				({ kode_dagri }) => kode_dagri.replace(".", "") !== "1174",
			),
		);
		expect(
			checkBoundaries(bps, { ...options, bridge: short, acceptGaps: true }),
		).toMatchObject({ ok: true, scheme: "bps" });
		// Without the bridge those of BPS would all be areas of Kemendagri, of another land.
		expect(errorsOf(bps, { acceptGaps: true })).toMatchObject([
			{
				kind: "needs-bridge",
				expected: expect.stringMatching(/hub import codes FILE.*--scheme/),
			},
		]);
		// Where no seat decides it, it can be said.
		const nowhere = structuredClone(bps);
		for (const { geometry } of nowhere.features)
			for (const place of (geometry as Polygon).coordinates[0]) place[0] += 0.3;
		expect(errorsOf(nowhere, { bridge, acceptGaps: true })).toMatchObject([
			{
				kind: "ambiguous-codes",
				expected: expect.stringMatching(/--property and --scheme/),
			},
		]);
		expect(
			checkBoundaries(nowhere, {
				...options,
				...{ bridge, acceptGaps: true, scheme: "bps" },
			}),
		).toMatchObject({ ok: true, scheme: "bps" });
	});

	it("is refused with every code that is missing, twice or unknown", () => {
		const file = squares((code) => ({ kode: code }));
		const [first] = file.features;
		file.features[1].properties = { kode: "11.01" };
		file.features[2].properties = { kode: "99.99" };
		expect(first.properties?.kode).toBe("11.01");
		const reading = readBoundaries(file, options);
		expect(reading.ok).toBe(false);
		expect(reading.differences).toEqual([
			{
				kind: "no-area",
				feature: 3,
				name: "99.99",
				property: "kode",
				found: "99.99",
				water: false,
				expected: "a kabupaten/kota (kemendagri)",
			},
			{
				kind: "duplicate-code",
				features: [1, 2],
				names: ["11.01", "11.01"],
				code: "11.01",
			},
			{
				kind: "missing-code",
				code: "11.02",
				name: "Kabupaten Aceh Tenggara",
				within: "11.01",
			},
			{
				kind: "missing-code",
				code: "11.03",
				name: "Kabupaten Aceh Timur",
				within: null,
			},
		]);
	});

	it("is refused when its geometry is none, not a polygon, or lies elsewhere (latitude first, metres)", () => {
		const file = squares((code) => ({ kode: code }));
		const [a, b, c, d] = file.features as Feature[];
		a.geometry = { type: "Point", coordinates: [97, 3] };
		b.geometry = {
			type: "Polygon",
			coordinates: [
				[
					[3.2, 97.1],
					[3.3, 97.1],
					[3.3, 97.2],
					[3.2, 97.1],
				],
			],
		};
		c.geometry = {
			type: "Polygon",
			coordinates: [
				[
					[97, 3],
					[98, 3],
					[97, 3],
				],
			],
		};
		Object.assign(d, { geometry: null });
		expect(
			errorsOf(file).map(
				(error) => error.kind === "bad-geometry" && error.found,
			),
		).toEqual([
			"Point",
			"position 1: 3.2, 97.1 (latitude first)",
			"a ring of 2 corners",
			"no geometry",
		]);
	});

	it("is refused when it is something else", () => {
		for (const file of [
			null,
			"text",
			1,
			{},
			{ type: "FeatureCollection", features: [] },
			{ type: "Feature" },
			{ type: "FeatureCollection" },
			{ type: "FeatureCollection", features: "x" },
			{ type: "Topology" },
			{ type: "Topology", objects: { a: null, b: { geometries: [] } } },
		])
			expect(errorsOf(file)[0]?.kind).toBe("no-boundaries");
		expect(errorsOf(squares(() => ({})))[0]?.kind).toBe("no-code-property");
	});

	it("is refused when two properties name all 514 but not the same way, and no seat lies on the land of either", () => {
		const codes = tree.at("regency").map(({ code }) => code);
		const file = squares((code) => ({
			a: code,
			b: codes[(codes.indexOf(code as (typeof codes)[0]) + 1) % 514],
		}));
		expect(checkBoundaries(file, options)).toMatchObject({ property: "a" });
		for (const { geometry } of file.features)
			for (const place of (geometry as Polygon).coordinates[0]) place[0] += 0.3;
		expect(errorsOf(file)[0]).toMatchObject({
			kind: "ambiguous-codes",
			found: ["a as kemendagri", "b as kemendagri"],
		});
		expect(errorsOf(file, { property: "a" })).toEqual([]);
	});

	const maps: [string, (codeOf: Coded) => FeatureCollection, number][] = [
		["the built-in map", (codeOf) => builtIn(codeOf), 400_000],
	];
	if (hasData)
		maps.push([
			"the official file (10-batas-wilayah)",
			(codeOf) => official(codeOf),
			1_900_000,
		]);
	describe.each(maps)("%s", (_, file, limit) => {
		it("becomes a map of the 514 of at most the size asked for, in which no island vanishes", () => {
			const reading = readBoundaries(
				file((kode) => ({ kode })),
				options,
			);
			if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
			expect(reading).toMatchObject({ property: "kode", scheme: "kemendagri" });
			expect(reading.topology.objects.regencies.geometries).toHaveLength(514);
			const size = JSON.stringify(reading.topology).length;
			expect(size).toBeLessThanOrEqual(3_000_000);
			expect(size).toBeGreaterThan(limit);
			const again = readBoundaries(reading.topology, { ...options, limit });
			if (!again.ok) throw new Error(JSON.stringify(again.errors[0]));
			expect(JSON.stringify(again.topology).length).toBeLessThanOrEqual(limit);
			const { features } = feature(
				again.topology,
				again.topology.objects.regencies,
			);
			for (const { geometry, properties } of features) {
				const rings = (
					geometry.type === "Polygon"
						? [geometry.coordinates]
						: (geometry as MultiPolygon).coordinates
				).flat();
				expect(
					Math.min(...rings.map((ring) => ring.length)),
					properties.code,
				).toBeGreaterThanOrEqual(4);
			}
		});

		it("in BPS codes needs the bridge, and with it names the same areas", () => {
			const { bridge } = readBridge(
				tree,
				parse(bridgeFile(tree), { columns: true }) as BridgeRow[],
			);
			const bps = (code: string) => {
				const kemendagri = parseKemendagri(code);
				return (kemendagri && bridge.toBps(kemendagri)) ?? "";
			};
			const onlyBps = file((code) => ({ kode: bps(code) }));
			expect(errorsOf(onlyBps)[0]?.kind).toBe("needs-bridge");
			const reading = readBoundaries(onlyBps, { ...options, bridge });
			const direct = readBoundaries(
				file((kode) => ({ kode })),
				options,
			);
			expect(reading.ok && reading.scheme).toBe("bps");
			const text = JSON.stringify(reading.ok && reading.topology);
			expect(text === JSON.stringify(direct.ok && direct.topology)).toBe(true);
		});
	});

	if (hasData)
		it("the official file has islands as further rings in 92.01, whose mainland is one of them", () => {
			const reading = readBoundaries(
				official((kode) => ({ kode })),
				options,
			);
			if (!reading.ok) throw new Error(JSON.stringify(reading.errors[0]));
			expect(
				reading.remarks.filter(
					({ kind, code }) => kind === "island" && code === "92.01",
				).length,
			).toBeGreaterThan(90);
			expect(
				landOfShapes(shapesOf(reading.topology, "regencies")).get(
					"92.01" as never,
				),
			).toBeGreaterThan(0.5);
		});
});

type Coded = (code: string) => Record<string, unknown>;

function builtIn(codeOf: Coded): FeatureCollection {
	const map = JSON.parse(readFileSync(MAP_FILE, "utf8"));
	const { features } = feature(
		map,
		map.objects.regencies,
	) as unknown as FeatureCollection;
	return {
		type: "FeatureCollection",
		features: features.map((one) => ({
			...one,
			properties: codeOf(one.properties?.code),
		})),
	};
}

function official(codeOf: Coded): FeatureCollection {
	const file = json<FeatureCollection>(
		"10-batas-wilayah/adm2_kabkota_514_kode2020.geojson",
	);
	return {
		...file,
		features: file.features.map((one) => ({
			...one,
			properties: codeOf(one.properties?.kode_kemendagri_2020),
		})),
	};
}
