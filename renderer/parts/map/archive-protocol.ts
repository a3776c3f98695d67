import { addProtocol } from "maplibre-gl";
import { FetchSource, PMTiles, Protocol } from "pmtiles";
import { unpackedTile } from "./unpacked-tile.ts";

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

/** Lets maps read tiles from a file of the backend, a range of bytes at a time. @returns the address of its tiles */
export function tilesOf(version: string): string {
	const url = `${location.origin}/api/basemap.pmtiles?v=${encodeURIComponent(version)}`;
	protocol.add(new PMTiles(new FetchSource(url), undefined, unpackedTile));
	return `pmtiles://${url}/{z}/{x}/{y}`;
}
