import path from "node:path";
import type pg from "pg";
import {
	type BoundaryDifference,
	type BoundaryError,
	type BoundaryRemark,
	type CheckedBoundaries,
	checkBoundaries,
	type DrawnBoundaries,
	drawBoundaries,
} from "../../core/areas/boundaries.ts";
import type { BoundaryScheme } from "../../core/areas/boundary-codes.ts";
import {
	type BoundaryShape,
	shapesOf,
} from "../../core/areas/boundary-topology.ts";
import type { CodeBridge } from "../../core/areas/bridge.ts";
import { enclosedGaps } from "../../core/areas/enclosed-gaps.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { readStoredBridge } from "../store/code-bridge.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	type BoundaryChange,
	type Geography,
	readGeography,
	storeGeography,
} from "../store/geography.ts";
import { readBoundaryFile } from "./boundary-geometry.ts";
import {
	ImportError,
	type Imported,
	readBridgeFile,
} from "./import-reference.ts";
import {
	type SharedEdges,
	shareEdges,
	TOLERANCE,
	type Tolerance,
} from "./share-edges.ts";

export interface BoundaryImport {
	source?: string;
	licence?: string;
	/** The property that carries the code; found by itself when left out. */
	property?: string;
	/** The scheme of that property; found by itself when left out. */
	scheme?: BoundaryScheme;
	/** Take the file although areas and polygons do not fit one to one, and say what was done about each. */
	acceptGaps?: boolean;
	/** Width in metres below which a gap between neighbours is none, else `TOLERANCE`; 0 leaves borders as they are. */
	tolerance?: number;
	/** The 514 as the built-in map draws them: what there is until a map is imported. */
	builtIn?: readonly BoundaryShape[];
	/** Of a .zip with several files of boundaries the one that is meant. */
	layer?: string;
	/** A file of BPS and Kemendagri codes for this import alone, before the bridge that was imported. */
	bridge?: string;
	/** Milliseconds since 1970 UTC. */
	now?: number;
	/** Notes the import in the same transaction. */
	record?: (client: pg.PoolClient, change: BoundaryChange) => Promise<void>;
}

/**
 * Imports a boundary file (./boundary-geometry) of kabupaten/kota or of kecamatan; it is found which.
 */
export async function importBoundaries(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
	options: BoundaryImport = {},
): Promise<Imported> {
	const name = path.basename(file);
	const given = options.source ?? name;
	const [imported] = await readGeography(db.pool, "regencies");
	const before = imported
		? shapesOf(JSON.parse(imported.topojson), "regencies").map(asBefore)
		: options.builtIn;
	const { bridge, remarks: ofBridge } = await bridgeFor(
		db,
		tree,
		options.bridge,
	);
	const asked = {
		tree,
		bridge,
		property: options.property,
		scheme: options.scheme,
		acceptGaps: options.acceptGaps,
		before,
		source: given,
	};
	const checked = checkBoundaries(
		await readBoundaryFile(file, options.layer),
		asked,
	);
	const differences = checked.differences.map((one) =>
		differenceInWords(one, tree),
	);
	if (!checked.ok)
		throw new ImportError(
			[
				`${name}: the boundaries were not imported`,
				...checked.errors.map(boundaryInWords),
				...ofBridge,
				...differences,
				...(checked.errors.length === 0
					? [
							"With --accept-gaps the file is taken all the same, and what is written behind each arrow is done.",
						]
					: []),
			].join("\n"),
		);
	const { tolerance: metres } = options;
	const tolerance =
		metres === undefined
			? TOLERANCE[checked.level]
			: { all: metres, small: metres };
	const shared =
		tolerance.all > 0 ? await shareEdges(checked.shapes, tolerance) : null;
	if (shared) checked.shapes = shared.shapes;
	const districtsBefore =
		checked.level === "district"
			? await readGeography(db.pool, "districts")
			: [];
	const drawn = drawBoundaries(
		checked,
		asked,
		districtsBefore.flatMap(({ topojson }) =>
			shapesOf(JSON.parse(topojson), "districts").map(asBefore),
		),
	);
	const maps = mapsOf(drawn, {
		source: given,
		licence: options.licence ?? "",
		before: imported ? [imported] : districtsBefore,
		touched: new Set(
			checked.shapes.map(({ properties }) => properties.code.slice(0, 2)),
		),
	});
	const done = doneInWords(checked, drawn, maps);
	const moves = shared ? movesInWords(shared, tolerance) : [];
	const gaps = gapsInWords(checked.shapes);
	const remarks = [
		...ofBridge,
		...moves,
		...gaps,
		...remarksInWords([...checked.remarks, ...drawn.remarks]),
	];
	await inTransaction(db.pool, async (client) => {
		const change = await storeGeography(client, maps, {
			at: options.now ?? Date.now(),
			level: checked.level,
			file: name,
			source: given,
			licence: options.licence ?? "",
			done,
			differences,
			remarks,
		});
		await options.record?.(client, change);
	});
	// What moved is one line, and thousands may stand before it.
	const [moved, ...others] = [...moves.slice(0, 1), ...differences, ...remarks];
	return {
		done,
		errors: [],
		notes: moved ? [moved, ...others.filter((line) => line !== moved)] : [],
	};
}

/** The bridge of a file before the one that was imported, and which of its rows were left out: areas may be without a polygon for want of them. */
async function bridgeFor(
	db: HubDatabase,
	tree: AreaTree,
	file: string | undefined,
): Promise<{ bridge: CodeBridge | undefined; remarks: string[] }> {
	const stored = (await readStoredBridge(db.pool)) ?? undefined;
	if (file === undefined) return { bridge: stored, remarks: [] };
	const { bridge, errors } = readBridgeFile(tree, file);
	return {
		bridge: {
			...bridge,
			toKemendagri: (code) =>
				bridge.toKemendagri(code) ?? stored?.toKemendagri(code),
			toBps: (code) => bridge.toBps(code) ?? stored?.toBps(code),
		},
		remarks: errors.map((error) => `left out of the bridge: ${error}`),
	};
}

/** From this part of its land on an area is named that neighbours' common borders made larger or smaller. */
const CHANGED = 0.01;

/** What moved when neighbours were given common borders. */
function movesInWords(
	{ move: { moved, vertices, farthest, land }, swallowed }: SharedEdges,
	{ all, small }: Tolerance,
): string[] {
	if (moved === 0 && swallowed.length === 0) return [];
	const percent = (part: number) =>
		`${part < 0 ? "−" : "+"}${(100 * Math.abs(part)).toFixed(1)} %`;
	const much = land.filter(({ change }) => Math.abs(change) > CHANGED);
	return [
		`neighbours were given common borders, gaps of up to ${all} m in width (round ones twice that) filled${small > all ? `, of up to ${small} m where the area that gets one does not grow by more than a tenth` : ""}, land of two areas given to the smaller: ${moved} of ${vertices} vertices moved${farthest ? `, at most ${Math.round(111_000 * farthest.degrees)} m (${farthest.code})` : ""}; the land of ${land.length} areas changed, of ${much.length} by more than 1 %`,
		...much.map(({ code, change }) => `land of ${code}: ${percent(change)}`),
		...swallowed.map(
			({ properties }) =>
				`${properties.code}: found its land wholly within smaller areas; expected land of its own: it overlaps them`,
		),
	];
}

/** So many of the largest gaps are named, and those of a square kilometre at least. */
const NAMED_GAPS = 20;

/** Which gaps are left between the areas of a file: what is wider than is closed, lakes, and areas that it has no polygon of. */
function gapsInWords(shapes: readonly BoundaryShape[]): string[] {
	const gaps = enclosedGaps(shapes);
	if (gaps.length === 0) return [];
	const all = gaps.reduce((sum, { area }) => sum + area, 0);
	return [
		`${gaps.length} gaps are left that areas enclose, ${all.toFixed(0)} km² (lakes, land of areas without a polygon, borders farther apart than are closed)`,
		...gaps
			.filter(({ area }) => area >= 1)
			.slice(0, NAMED_GAPS)
			.map(
				({ area, beside }) =>
					`gap of ${area.toFixed(0)} km² between ${beside.join(", ")}`,
			),
	];
}

/** Shapes of a map that was imported before, which stay where a file covers only a part. */
function asBefore(shape: BoundaryShape): BoundaryShape {
	const { properties } = shape;
	return {
		...shape,
		properties: { ...properties, before: properties.before ?? "imported" },
	};
}

/** The rows of the store: one map of all kabupaten/kota, or of kecamatan one for each province that the file touches. */
function mapsOf(
	{ regencies, districts, shapes }: DrawnBoundaries,
	{
		source,
		licence,
		before,
		touched,
	}: {
		source: string;
		licence: string;
		before: readonly Geography[];
		touched: ReadonlySet<string>;
	},
): Geography[] {
	const map = (id: string, province: string, topology: object): Geography => {
		const kept = shapes.some(
			({ properties }) =>
				properties.before === "imported" &&
				properties.code.startsWith(province),
		);
		const earlier = kept ? before.find((one) => one.id === id) : undefined;
		return {
			id,
			source: together(source, earlier?.source),
			licence: together(licence, earlier?.licence),
			topojson: JSON.stringify(topology),
		};
	};
	return [
		...(regencies ? [map("regencies", "", regencies)] : []),
		...[...(districts ?? [])]
			.filter(([province]) => touched.has(province))
			.map(([province, topology]) =>
				map(`districts-${province}`, province, topology),
			),
	];
}

function together(now: string, earlier = ""): string {
	return [...new Set([now, earlier].filter((text) => text !== ""))].join(" · ");
}

function doneInWords(
	{ level, property, shapes, missing }: CheckedBoundaries,
	{ vertices: { kept, read }, shapes: drawn }: DrawnBoundaries,
	maps: readonly Geography[],
): string {
	const areas = level === "regency" ? "kabupaten/kota" : "kecamatan";
	const bytes = maps.reduce((sum, { topojson }) => sum + topojson.length, 0);
	const before = drawn.filter(({ properties }) => properties.before).length;
	return [
		`boundaries of ${shapes.length} ${areas} (property ${property}, ${kept} of ${read} vertices, ${Math.round(bytes / 1000)} kB)`,
		...(missing.length > 0 ? [`${missing.length} drawn as marks`] : []),
		...(before > 0 ? [`${before} as they were`] : []),
	].join("; ");
}

function boundaryInWords(error: BoundaryError): string {
	switch (error.kind) {
		case "no-boundaries":
			return `found ${error.found}; expected ${error.expected}`;
		case "no-code-property":
			return `found no property with codes among ${excerpt(error.found.slice(0, 20).join(", ")) || "none"}; expected ${error.expected}`;
		case "ambiguous-codes":
			return `found codes in ${excerpt(error.found.join(" and in "))}, which name different areas; expected ${error.expected}`;
		case "needs-bridge":
			return `found what look like codes of BPS in ${excerpt(error.property)}; expected ${error.expected}`;
		case "bad-feature":
			return `feature ${error.feature}: found ${error.found}; expected ${error.expected}`;
		case "bad-geometry":
			return `feature ${error.feature} (${error.code})${error.ring ? `, ${error.ring}` : ""}: found ${error.found}; expected ${error.expected}`;
	}
}

/** A difference as found and expected, and behind the arrow what is done about it when gaps are accepted. */
function differenceInWords(one: BoundaryDifference, tree: AreaTree): string {
	const named = (code: BoundaryCode) =>
		`${code} ${tree.get(code)?.name ?? ""}`.trim();
	switch (one.kind) {
		case "no-area":
			return `feature ${one.feature} (${excerpt(one.name)}): found ${excerpt(one.property)} "${excerpt(one.found)}"; expected ${one.expected} → ${one.water ? "water, left out" : "left out: its land is nobody's"}`;
		case "other-code":
			return `feature ${one.feature} (${excerpt(one.name)}): found ${excerpt(one.property)} "${excerpt(one.found)}"; expected a code of its own → taken for ${named(one.code)}, which has no other polygon, by its ${one.by === "name" ? "name" : excerpt(one.by.property)}`;
		case "duplicate-code":
			return `features ${one.features.map((feature, at) => `${feature} (${excerpt(one.names[at] ?? "")})`).join(" and ")}: found the code of ${named(one.code)} in each; expected one feature for each area → joined`;
		case "missing-code":
			return `found no feature for ${one.code} ${one.name}; expected one → drawn as a mark ${one.within ? `in the polygon of ${named(one.within)}, which still holds it` : tree.get(one.code)?.level === "district" ? "beside the seat of its kabupaten/kota: where it lies is not known" : "at its seat"}`;
		case "not-covered":
			return `found nothing of ${one.code} ${one.name} (${one.areas} areas); expected all → it stays as it was`;
	}
}

type BoundaryCode = Extract<
	BoundaryDifference,
	{ kind: "missing-code" }
>["code"];

/** Areas whose land differs one by one; rings by area, since an official file has them by the hundred. */
function remarksInWords(remarks: readonly BoundaryRemark[]): string[] {
	const lines = remarks.flatMap((remark) =>
		remark.kind === "land"
			? [
					`${remark.code} ${remark.name}: found ${remark.found.toPrecision(3)} square degrees of land on the map; expected about ${remark.expected.toPrecision(3)}, as in the ${remark.against === "file" ? "file" : "map that was there"}`,
				]
			: remark.kind === "seat"
				? [
						`feature ${remark.feature} (${remark.code}): found land ${Math.round(111 * remark.away)} km from the seat of ${remark.name}; expected the seat within it (is it the land of a neighbour?)`,
					]
				: [],
	);
	const said = {
		island: "further rings outside the first, read as polygons of their own",
		open: "open rings, closed",
		flat: "rings without area, left out",
		slip: "rings that cross or overlap by less than 1 % of the land, left as they are",
	};
	for (const [kind, words] of Object.entries(said)) {
		const rings = remarks.flatMap((remark) =>
			remark.kind === kind && "ring" in remark ? [remark] : [],
		);
		if (rings.length === 0) continue;
		const areas = Map.groupBy(rings, ({ feature }) => feature);
		const named = [...areas.values()]
			.slice(0, 10)
			.map(
				([first, ...more]) =>
					first &&
					`feature ${first.feature} (${first.code}), ${first.ring}${more.length > 0 ? ` and ${more.length} more` : ""}`,
			);
		lines.push(
			`${rings.length} ${words}: ${named.join("; ")}${areas.size > named.length ? `; … in ${areas.size} areas` : ""}`,
		);
	}
	return lines;
}
