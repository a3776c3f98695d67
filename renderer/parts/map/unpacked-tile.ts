import { Compression } from "pmtiles";

/** No tile and no directory of a map has more bytes; a small one may be made to unpack to gigabytes. */
export const LARGEST_TILE = 32 << 20;

/** A tile or a directory of a PMTiles file as it was before it was packed. @throws where it would unpack to more than a tile can have */
export async function unpackedTile(
	packed: ArrayBuffer,
	compression: Compression,
): Promise<ArrayBuffer> {
	if (compression === Compression.None || compression === Compression.Unknown)
		return packed;
	if (compression !== Compression.Gzip)
		throw new Error(`packed as ${Compression[compression] ?? compression}`);
	const reader = new Blob([packed])
		.stream()
		.pipeThrough(new DecompressionStream("gzip"))
		.getReader();
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return new Blob(parts).arrayBuffer();
		size += value.length;
		if (size > LARGEST_TILE) {
			await reader.cancel();
			throw new Error(`a tile that unpacks to more than ${LARGEST_TILE} B`);
		}
		parts.push(value);
	}
}
