import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import {
	type BoundaryError,
	type BoundaryOptions,
	type BoundaryRemark,
	readBoundaries,
} from "../../core/areas/boundaries.ts";
import {
	BRIDGE_COLUMNS,
	type BridgeRow,
	type ImportRowError,
	readBridge,
} from "../../core/areas/bridge.ts";
import { readPopulation } from "../../core/areas/population.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { readTable } from "../../core/reading/table.ts";
import { readStoredBridge, storeBridge } from "../store/code-bridge.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { storeGeography } from "../store/geography.ts";
import { storePopulation } from "../store/population.ts";

/** What came of an import: lines for a person to read. */
export interface Imported {
	/** What is in the store now. */
	done: string;
	/** Rows that were refused. */
	errors: string[];
	/** Remarks on rows that were kept. */
	notes: string[];
}

/** A reference file that cannot be used at all. */
export class ImportError extends Error {
	override name = "ImportError";
}

/** Imports pairs of BPS and Kemendagri codes (`kode_bps,nama_bps,kode_dagri,nama_dagri`). */
export async function importCodes(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
): Promise<Imported> {
	const table = readTable(readFileSync(file), [
		{ required: BRIDGE_COLUMNS, optional: [] },
	]);
	const reading = readBridge(
		tree,
		table.rows.map(({ cells }) => cells as unknown as BridgeRow),
	);
	// The reading counts rows; the file may have blank or broken lines between them.
	const inFile = (entry: ImportRowError): ImportRowError => ({
		...entry,
		line: table.rows[entry.line - 2]?.line ?? entry.line,
	});
	const errors = [
		...table.errors.map((error) => inWords(error)),
		...reading.errors.map((error) => inWords(inFile(error))),
	];
	if (reading.bridge.size === 0)
		throw new ImportError(
			[
				`${path.basename(file)}: no pair of codes could be read`,
				...errors,
			].join("\n"),
		);
	await inTransaction(db.pool, (client) =>
		storeBridge(client, reading.bridge.pairs),
	);
	return {
		done: `${reading.bridge.size} pairs of BPS and Kemendagri codes`,
		errors,
		notes: reading.notes.map((note) => inWords(inFile(note))),
	};
}

export interface PopulationOptions {
	/** Year of the figures; else the year in the name of the code column or file. */
	year?: number;
	/** Where the figures come from; else the name of the file. */
	source?: string;
	codeColumn?: string;
	totalColumn?: string;
}

/** Imports the people of the kabupaten/kota: a column of codes (its name says of which scheme) and a column `total`. */
export async function importPopulation(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
	options: PopulationOptions = {},
): Promise<Imported> {
	const bytes = readFileSync(file);
	const header = bytes
		.subarray(0, 4096)
		.toString("utf8")
		.replace(/^\ufeff/, "")
		.split(/\r?\n/)[0]
		.split(/[,;]/)
		.map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
	const code = options.codeColumn ?? onlyOne(header, /^(kode|code)/i);
	const total =
		options.totalColumn ??
		onlyOne(header, /^(total|jumlah|(jumlah_)?penduduk|population)$/i) ??
		onlyOne(header, /^(total|jumlah|penduduk|population)/i);
	if (!code || !total)
		throw new ImportError(
			`${path.basename(file)}: found the columns ${excerpt(header.join(","))}; expected one of codes (kode_kemendagri, kode_bps) and one of people (total), or --code-column and --total-column`,
		);
	// The year of the codes is not always that of the people.
	const years = new Set(`${code} ${path.basename(file)}`.match(/20\d{2}/g));
	const [only] = years.size === 1 ? years : [];
	const year = options.year ?? (only === undefined ? undefined : Number(only));
	if (year === undefined)
		throw new ImportError(
			`${path.basename(file)}: the year of the figures is not in its name, or several are (${[...years].join(", ") || "none"}); give --year`,
		);
	const table = readTable(bytes, [
		{
			required: [code, total],
			optional: header,
		},
	]);
	const reading = readPopulation(
		table.rows.map(({ cells }) => cells),
		{
			tree,
			scheme: /bps/i.test(code) ? "bps" : "kemendagri",
			bridge: (await readStoredBridge(db.pool)) ?? undefined,
			columns: { code, total },
		},
	);
	const inFile = (entry: ImportRowError): ImportRowError => ({
		...entry,
		line: table.rows[entry.line - 2]?.line ?? entry.line,
	});
	const errors = [
		...table.errors.map((error) => inWords(error)),
		...reading.errors.map((error) => inWords(inFile(error))),
	];
	const areas = [...reading.population.keys()].filter(
		(entry) => entry.length === 5,
	).length;
	if (areas === 0)
		throw new ImportError(
			[
				`${path.basename(file)}: no kabupaten/kota could be read`,
				...errors.slice(0, 20),
			].join("\n"),
		);
	await inTransaction(db.pool, (client) =>
		storePopulation(
			client,
			reading.population,
			year,
			options.source ?? path.basename(file),
		),
	);
	return {
		done: `people of ${areas} kabupaten/kota (${year})`,
		errors,
		notes: [
			...reading.notes.map((note) => inWords(inFile(note))),
			...(reading.missing.length > 0
				? [
						`nothing said of ${reading.missing.length} kabupaten/kota: ${reading.missing.slice(0, 10).join(", ")}${reading.missing.length > 10 ? ", …" : ""}`,
					]
				: []),
		],
	};
}

export interface BoundaryImport {
	source?: string;
	licence?: string;
	/** The property that carries the code; found by itself when left out. */
	property?: string;
	/** Land of the areas in the built-in map, to compare with. */
	land?: BoundaryOptions["land"];
}

/** Imports an official boundary file of the 514: GeoJSON or TopoJSON (also with .gz), or a Shapefile (.shp with its .dbf beside it). */
export async function importBoundaries(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
	options: BoundaryImport = {},
): Promise<Imported> {
	const name = path.basename(file);
	const source = options.source ?? name;
	const reading = readBoundaries(await readGeometry(file), {
		tree,
		bridge: (await readStoredBridge(db.pool)) ?? undefined,
		property: options.property,
		land: options.land,
		source,
	});
	if (!reading.ok)
		throw new ImportError(
			[
				`${name}: the boundaries were not imported`,
				...reading.errors.slice(0, 20).map(boundaryInWords),
				...(reading.errors.length > 20
					? [`… and ${reading.errors.length - 20} more`]
					: []),
			].join("\n"),
		);
	const topojson = JSON.stringify(reading.topology);
	await inTransaction(db.pool, (client) =>
		storeGeography(client, {
			source,
			licence: options.licence ?? "",
			topojson,
		}),
	);
	const { read, kept } = reading.vertices;
	return {
		done: `boundaries of 514 kabupaten/kota (property ${reading.property}, ${kept} of ${read} vertices, ${Math.round(topojson.length / 1000)} kB)`,
		errors: [],
		notes: remarksInWords(reading.remarks),
	};
}

/** An official file of the country has some ten megabytes; one that unpacks to more than this is something else. */
const LARGEST = 400_000_000;

async function readGeometry(file: string): Promise<unknown> {
	const name = path.basename(file);
	const expected = "expected GeoJSON, TopoJSON or a .shp file";
	const bytes = readFileSync(file);
	if (/\.shp$/i.test(file)) return readShapefile(file, name);
	if (bytes.length > LARGEST)
		throw new ImportError(
			`${name}: found ${bytes.length} bytes; expected at most ${LARGEST}`,
		);
	let unpacked: Buffer = bytes;
	if (bytes[0] === 0x1f && bytes[1] === 0x8b)
		try {
			unpacked = gunzipSync(bytes, { maxOutputLength: LARGEST });
		} catch (error) {
			throw new ImportError(
				`${name}: found a .gz that cannot be unpacked to at most ${LARGEST} bytes (${(error as Error).message}); ${expected}`,
			);
		}
	try {
		return JSON.parse(unpacked.toString("utf8").replace(/^\ufeff/, ""));
	} catch (error) {
		throw new ImportError(
			`${name}: found no JSON (${(error as Error).message.slice(0, 200)}); ${expected}`,
		);
	}
}

async function readShapefile(file: string, name: string): Promise<unknown> {
	const beside = (ending: string) => {
		const base = file.replace(/\.shp$/i, "");
		return [`${base}.${ending}`, `${base}.${ending.toUpperCase()}`].find(
			(candidate) => existsSync(candidate),
		);
	};
	const table = beside("dbf");
	if (!table)
		throw new ImportError(
			`${name}: found no .dbf beside it; expected the table that carries the codes`,
		);
	const projection = beside("prj");
	const system = projection ? readFileSync(projection, "utf8").trim() : "";
	if (/^PROJ/i.test(system))
		throw new ImportError(
			`${name}: found the projection ${system.slice(0, 80)} (.prj); expected degrees of WGS 84`,
		);
	const features: unknown[] = [];
	try {
		const { open } = await import("shapefile");
		const records = await open(file, table, { encoding: "utf-8" });
		for (;;) {
			const { done, value } = await records.read();
			if (done) return { type: "FeatureCollection", features };
			features.push(value);
		}
	} catch (error) {
		throw new ImportError(
			`${name}, record ${features.length + 1}: found no Shapefile that can be read (${excerpt((error as Error).message)}); expected polygons with a .dbf, both whole`,
		);
	}
}

function inWords(error: {
	line: number | null;
	column: string | null;
	found: string;
	expected: string;
}): string {
	const place = [
		error.line === null ? "" : `line ${error.line}`,
		excerpt(error.column ?? ""),
	].filter((part) => part !== "");
	return `${place.join(", ")}: found ${excerpt(error.found)}; expected ${excerpt(error.expected)}`;
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
		case "unknown-code":
			return `feature ${error.feature}: found ${excerpt(error.property)} "${excerpt(error.found)}"; expected ${error.expected}`;
		case "duplicate-code":
			return `feature ${error.features[1]} (${error.code}): found the code of feature ${error.features[0]} again; expected one feature for each kabupaten/kota`;
		case "missing-code":
			return `found no feature for ${error.code} ${error.name}; expected all 514`;
		case "bad-geometry":
			return `feature ${error.feature} (${error.code})${error.ring ? `, ${error.ring}` : ""}: found ${error.found}; expected ${error.expected}`;
	}
}

/** Areas whose land differs one by one; rings by area, since an official file has them by the hundred. */
function remarksInWords(remarks: readonly BoundaryRemark[]): string[] {
	const lines = remarks.flatMap((remark) =>
		remark.kind === "land"
			? [
					`${remark.code} ${remark.name}: found ${remark.found.toPrecision(3)} square degrees of land on the map; expected about ${remark.expected.toPrecision(3)}, as in the ${remark.against}`,
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

/** The name that fits; of several none, rather than a guess. */
function onlyOne(names: readonly string[], form: RegExp): string | undefined {
	const fitting = names.filter((name) => form.test(name.replace(/\s+/g, "_")));
	return fitting.length === 1 ? fitting[0] : undefined;
}
