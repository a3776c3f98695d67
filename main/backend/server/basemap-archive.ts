import { open, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import {
	Compression,
	type Header,
	PMTiles,
	type Source,
	TileType,
} from "pmtiles";
import type { ArchiveInfo, UNUSABLE } from "../../../core/api/basemap.ts";

/** The largest range that is sent at once: a tile is some hundred kB, a directory less. */
const LARGEST_RANGE = 16 << 20;
/** Layers of the two schemas that are drawn: Protomaps and OpenMapTiles. */
const KNOWN_LAYERS = ["earth", "water", "roads", "transportation"];
/** First bytes of a PMTiles archive. */
const MAGIC = "PMTiles";

type Why = (typeof UNUSABLE)[number];

class Unusable extends Error {
	readonly why: Why;
	constructor(why: Why, found: string) {
		super(found);
		this.why = why;
	}
}

let known: { path: string; version: string; info: ArchiveInfo } | null = null;

/** What a PMTiles file says of itself, or why it cannot be drawn. Read again when it is another file. */
export async function readArchive(path: string): Promise<ArchiveInfo> {
	try {
		const { size, version } = await standing(path);
		if (known?.path === path && known.version === version) return known.info;
		const info = await described(path, size, version);
		known = { path, version, info };
		return info;
	} catch (error) {
		return {
			kind: "unusable",
			path,
			why: error instanceof Unusable ? error.why : "unreadable",
			found: error instanceof Error ? error.message : String(error),
		};
	}
}

/** @throws Unusable when there is no file */
async function standing(
	path: string,
): Promise<{ size: number; version: string }> {
	const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw new Unusable(
			error.code === "ENOENT" || error.code === "ENOTDIR"
				? "missing"
				: "unreadable",
			error.message,
		);
	});
	if (!found.isFile()) throw new Unusable("missing", "no file");
	const { size, mtimeMs } = found;
	return {
		size,
		version: `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`,
	};
}

async function described(
	path: string,
	size: number,
	version: string,
): Promise<ArchiveInfo> {
	const first = Buffer.from(await bytesOf(path, 0, Math.min(size, 8)));
	if (first.toString("latin1", 0, 7) !== MAGIC || first[7] !== 3)
		throw new Unusable(
			"not-pmtiles",
			first[7] !== undefined && first.toString("latin1", 0, 7) === MAGIC
				? `PMTiles ${first[7]}`
				: first.toString("hex"),
		);
	const archive = new PMTiles(sourceOf(path), undefined, unpacked);
	let header: Header;
	let metadata: Record<string, unknown>;
	try {
		header = await archive.getHeader();
		metadata = ((await archive.getMetadata()) ?? {}) as typeof metadata;
	} catch (error) {
		throw new Unusable(
			"cut-off",
			error instanceof Error ? error.message : String(error),
		);
	}
	const end = header.tileDataOffset + (header.tileDataLength ?? 0);
	if (end > size) throw new Unusable("cut-off", `${size} < ${end} B`);
	const vector = header.tileType === TileType.Mvt;
	const raster = [TileType.Png, TileType.Jpeg, TileType.Webp].includes(
		header.tileType,
	);
	if (!vector && !raster)
		throw new Unusable("tiles", TileType[header.tileType] ?? "?");
	const layers = vector ? layersOf(metadata) : [];
	if (vector && !layers.some((name) => KNOWN_LAYERS.includes(name)))
		throw new Unusable("layers", layers.join(", ") || "–");
	return {
		kind: vector ? "vector" : "raster",
		path,
		version,
		attribution: plain(metadata.attribution),
		minZoom: header.minZoom,
		maxZoom: header.maxZoom,
		bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
		layers,
	};
}

/** A part of the file. @throws when it cannot be read */
export async function bytesOf(
	path: string,
	offset: number,
	length: number,
): Promise<Uint8Array<ArrayBuffer>> {
	const file = await open(path, "r");
	try {
		const bytes = new Uint8Array(length);
		const { bytesRead } = await file.read(bytes, 0, length, offset);
		return bytes.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

function sourceOf(path: string): Source {
	return {
		getKey: () => path,
		async getBytes(offset, length) {
			if (!(length <= LARGEST_RANGE))
				throw new Error(`a part of ${length} B, more than ${LARGEST_RANGE} B`);
			return { data: (await bytesOf(path, offset, length)).slice().buffer };
		},
	};
}

/** A directory or the metadata as it was before it was packed: a few kilobytes can be made to unpack to more than any memory holds. */
async function unpacked(
	packed: ArrayBuffer,
	compression: Compression,
): Promise<ArrayBuffer> {
	if (compression === Compression.None || compression === Compression.Unknown)
		return packed;
	if (compression !== Compression.Gzip)
		throw new Error(`packed as ${Compression[compression] ?? compression}`);
	try {
		return new Uint8Array(
			gunzipSync(packed, { maxOutputLength: LARGEST_RANGE }),
		).buffer;
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
			? new Error(`a part that unpacks to more than ${LARGEST_RANGE} B`)
			: error;
	}
}

/** The bytes that a request asks for: `bytes=0-127`; null of what is not one plain range of a bearable size. */
export function rangeOf(
	text: string | undefined,
): { offset: number; length: number } | null {
	const found = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text ?? "");
	if (!found) return null;
	const [offset, last] = [Number(found[1]), Number(found[2])];
	const length = last - offset + 1;
	return length > 0 && length <= LARGEST_RANGE ? { offset, length } : null;
}

function layersOf({
	vector_layers: layers,
}: Record<string, unknown>): string[] {
	return Array.isArray(layers)
		? layers.flatMap((layer: { id?: unknown }) =>
				typeof layer?.id === "string" ? [layer.id] : [],
			)
		: [];
}

/** Attributions are often written as HTML: here they are text. */
function plain(text: unknown): string {
	if (typeof text !== "string") return "";
	return text
		.replace(/<[^>]*>/g, "")
		.replace(/&copy;/g, "©")
		.replace(/&amp;/g, "&")
		.replace(/\s+/g, " ")
		.trim()
		.slice(0, 300);
}
