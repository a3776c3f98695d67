import { expect, test } from "vitest";
import type { Basemap } from "../../../core/api/basemap.ts";
import { basemapSources } from "../../../renderer/parts/map/basemap-sources.ts";

const t = ((key: string) => key) as Parameters<typeof basemapSources>[1];
const land = {
	source: "Natural Earth",
	licence: "public domain",
	version: "1",
};
const of = (basemap: object) => basemapSources(basemap as Basemap, t);

test("a picture of the map names whose the land around is and whose the map from a file, and none that is not drawn", () => {
	expect(basemapSources(undefined, t)).toEqual([]);
	expect(of({ land, archive: null })).toEqual(["Natural Earth"]);
	expect(
		of({ land, archive: { kind: "vector", attribution: "© OpenStreetMap" } }),
	).toEqual(["Natural Earth", "© OpenStreetMap"]);
	expect(of({ land, archive: { kind: "raster", attribution: "" } })).toEqual([
		"Natural Earth",
		"basemap.nobody",
	]);
	expect(of({ land, archive: { kind: "unusable" } })).toEqual([
		"Natural Earth",
	]);
});
