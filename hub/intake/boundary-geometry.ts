import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { type UnzipFileInfo, unzipSync } from "fflate";
import { readFeatureLines } from "../../core/areas/boundary-file.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { ImportError } from "./import-reference.ts";

/** An official file of the country has some ten megabytes; one that unpacks to more than this is something else. */
const LARGEST = 400_000_000;
/** More parts than this has no archive of boundaries; their names alone would fill the terminal. */
const MOST_PARTS = 10_000;
/** Parts of an archive that are named in a message. */
const NAMED = 12;

const EXPECTED =
	"expected GeoJSON (also line by line), TopoJSON or a Shapefile, also in a .zip";

/**
 * Reads a boundary file: GeoJSON (also line by line) or TopoJSON, plain or as .gz; a Shapefile (.shp with its .dbf beside it); or a .zip with
 * one of these in it, as GADM and most offices give them.
 * @param layer of a .zip with several files of boundaries the one that is meant, by its name
 * @returns the parsed file; nothing in it is checked yet
 * @throws ImportError saying what was found and what was expected
 */
export async function readBoundaryFile(
	file: string,
	layer?: string,
): Promise<unknown> {
	const name = path.basename(file);
	const { size } = standing(file, name);
	if (size > LARGEST)
		throw new ImportError(
			`${name}: found ${size} bytes; expected at most ${LARGEST}`,
		);
	if (/\.shp$/i.test(file)) return readShapefileBeside(file, name);
	const bytes = readFileSync(file);
	if (isZip(bytes)) return readArchive(bytes, name, layer);
	if (layer !== undefined)
		throw new ImportError(
			`${name}: found one file; expected a .zip where --layer is given`,
		);
	return readText(isGzip(bytes) ? ungzipped(bytes, name) : bytes, name);
}

/** @throws ImportError where there is no file */
function standing(file: string, name: string): { size: number } {
	try {
		const found = statSync(file);
		if (found.isFile()) return found;
	} catch (error) {
		throw new ImportError(
			`${name}: found no file that can be read (${(error as Error).message}); ${EXPECTED}`,
		);
	}
	throw new ImportError(`${name}: found no file; ${EXPECTED}`);
}

const isZip = (bytes: Uint8Array) =>
	bytes[0] === 0x50 &&
	bytes[1] === 0x4b &&
	(bytes[2] === 3 || bytes[2] === 5) &&
	bytes[3] === bytes[2] + 1;
const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

function ungzipped(bytes: Uint8Array, name: string): Uint8Array {
	try {
		return gunzipSync(bytes, { maxOutputLength: LARGEST });
	} catch (error) {
		throw new ImportError(
			`${name}: found a .gz that cannot be unpacked to at most ${LARGEST} bytes (${(error as Error).message}); ${EXPECTED}`,
		);
	}
}

function readText(bytes: Uint8Array, name: string): unknown {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		.toString("utf8")
		.replace(/^\ufeff/, "");
	try {
		return JSON.parse(text);
	} catch (error) {
		const lines = readFeatureLines(text);
		if (lines && "features" in lines) return lines;
		throw new ImportError(
			lines
				? `${name}, line ${lines.line}: found no JSON (${lines.found.slice(0, 200)}); expected a GeoJSON feature in each line`
				: `${name}: found no JSON (${(error as Error).message.slice(0, 200)}); ${EXPECTED}`,
		);
	}
}

/** The one file of boundaries in an archive; its parts are looked at by their names and stated sizes before anything is unpacked. */
async function readArchive(
	bytes: Uint8Array,
	archive: string,
	wanted: string | undefined,
): Promise<unknown> {
	const parts = partsOf(bytes, archive);
	const layers = parts.filter(({ name }) =>
		/\.(shp|geojson|geojsonl|ndjson|json|topojson)(\.gz)?$/i.test(name),
	);
	const listed = (some: readonly UnzipFileInfo[]) =>
		some.length === 0
			? "nothing"
			: `${some
					.slice(0, NAMED)
					.map(({ name }) => excerpt(name))
					.join(", ")}${some.length > NAMED ? `, … (${some.length})` : ""}`;
	if (layers.length === 0) {
		const within = parts.filter(({ name }) => /\.(zip|rar|7z)$/i.test(name));
		throw new ImportError(
			within.length > 0
				? `${archive}: found archives within the archive (${listed(within)}); expected boundaries in it: unpack it and give the one that is meant`
				: `${archive}: found ${listed(parts)}; expected a .shp with its .dbf, GeoJSON or TopoJSON in it`,
		);
	}
	for (const [name, [first, again]] of Map.groupBy(layers, (one) => one.name))
		if (first && again)
			throw new ImportError(
				`${archive}: found two parts called ${excerpt(name)}, of ${first.originalSize} and ${again.originalSize} bytes; expected each name once: which of them is meant no --layer can say`,
			);
	const meant =
		wanted === undefined
			? layers
			: layers.filter(({ name }) => isCalled(name, wanted));
	const [layer, another] = meant;
	if (!layer || another)
		throw new ImportError(
			`${archive}: found ${layers.length} files of boundaries (${listed(layers)})${wanted === undefined ? "" : ` and ${meant.length} called ${excerpt(wanted)}`}; expected one: --layer ${excerpt(shortest((another ?? layers[0]).name, layers))} says which`,
		);
	const beside = (ending: string) => {
		const [one, two] = parts.filter(
			({ name }) =>
				name.toLowerCase() ===
				layer.name.replace(/shp$/i, ending).toLowerCase(),
		);
		if (two)
			throw new ImportError(
				`${archive}: found two parts called ${excerpt(two.name)} beside ${excerpt(layer.name)}; expected one`,
			);
		return one;
	};
	const isShape = /\.shp$/i.test(layer.name);
	const asked = isShape
		? [layer, ...[beside("dbf"), beside("prj")].filter((part) => !!part)]
		: [layer];
	const size = asked.reduce((sum, part) => sum + part.originalSize, 0);
	if (size > LARGEST)
		throw new ImportError(
			`${archive}, ${excerpt(layer.name)}: found ${size} bytes unpacked; expected at most ${LARGEST}`,
		);
	const contents = unpacked(bytes, archive, asked);
	const content = (part: UnzipFileInfo | undefined) =>
		part && contents.get(part.name);
	const name = `${archive}, ${excerpt(layer.name)}`;
	const found = content(layer) ?? new Uint8Array();
	if (!isShape)
		return readText(isGzip(found) ? ungzipped(found, name) : found, name);
	const projection = content(beside("prj"));
	return readShapefile(
		name,
		found,
		content(beside("dbf")),
		projection && Buffer.from(projection).toString("utf8"),
	);
}

/** What an archive says that it holds, without folders and what programs leave behind. */
function partsOf(bytes: Uint8Array, archive: string): UnzipFileInfo[] {
	const parts: UnzipFileInfo[] = [];
	try {
		unzipSync(bytes, {
			filter(part) {
				if (parts.length > MOST_PARTS) throw new Error("too many parts");
				const base = path.posix.basename(part.name.replaceAll("\\", "/"));
				if (
					!part.name.endsWith("/") &&
					!part.name.startsWith("__MACOSX/") &&
					!base.startsWith(".")
				)
					parts.push(part);
				return false;
			},
		});
	} catch (error) {
		throw new ImportError(
			`${archive}: found a .zip that cannot be read (${(error as Error).message}); expected one that is whole, of at most ${MOST_PARTS} files`,
		);
	}
	return parts;
}

/** The contents of some parts. One that is larger than the archive states is not read on: fflate fills the stated room and no more. */
function unpacked(
	bytes: Uint8Array,
	archive: string,
	asked: readonly UnzipFileInfo[],
): Map<string, Uint8Array> {
	const names = new Set(asked.map(({ name }) => name));
	try {
		const contents = unzipSync(bytes, {
			filter: ({ name }) => names.has(name),
		});
		const found = new Map(Object.entries(contents));
		for (const { name, originalSize } of asked)
			if (found.get(name)?.length !== originalSize)
				throw new Error(`${name} has another size than the archive states`);
		return found;
	} catch (error) {
		throw new ImportError(
			`${archive}: found a part that cannot be unpacked (${excerpt((error as Error).message)}); expected a .zip that is whole and not encrypted`,
		);
	}
}

/** What a layer is called where no other is called so. */
function shortest(name: string, layers: readonly UnzipFileInfo[]): string {
	const base = baseOf(name);
	return layers.filter((one) => isCalled(one.name, base)).length > 1
		? name
		: base;
}

const baseOf = (name: string): string =>
	path.posix
		.basename(name.replaceAll("\\", "/"))
		.replace(/(\.gz)?$/i, "")
		.replace(/\.[^.]+$/, "");

function isCalled(name: string, wanted: string): boolean {
	const asked = wanted.toLowerCase();
	return [name, path.posix.basename(name), baseOf(name)].some(
		(one) => one.toLowerCase() === asked,
	);
}

function readShapefileBeside(file: string, name: string): Promise<unknown> {
	const beside = (ending: string): string | undefined => {
		const base = file.replace(/\.shp$/i, "");
		return [`${base}.${ending}`, `${base}.${ending.toUpperCase()}`].find(
			(candidate) => existsSync(candidate),
		);
	};
	const table = beside("dbf");
	const projection = beside("prj");
	return readShapefile(
		name,
		file,
		table,
		projection && readFileSync(projection, "utf8"),
	);
}

/** @param shapes where the file and its table lie, or their contents */
async function readShapefile(
	name: string,
	shapes: string | Uint8Array,
	table: string | Uint8Array | undefined,
	projection = "",
): Promise<unknown> {
	if (table === undefined)
		throw new ImportError(
			`${name}: found no .dbf beside it; expected the table that carries the codes`,
		);
	const system = projection.trim();
	if (/^PROJ/i.test(system))
		throw new ImportError(
			`${name}: found the projection ${system.slice(0, 80)} (.prj); expected degrees of WGS 84`,
		);
	const features: unknown[] = [];
	try {
		const { open } = await import("shapefile");
		const records = await open(shapes, table, { encoding: "utf-8" });
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
