import type { LayerSpecification, Map as MapLibre } from "maplibre-gl";
import { expect, test } from "vitest";
import { drawSource, mapStyle } from "../../../renderer/parts/map/map-style.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";

const isDrawn = ({ layout }: LayerSpecification) =>
	layout?.visibility !== "none";

test("a map begins with the sea alone: tiles of sources with nothing in them are neither made nor waited for", () => {
	const { layers } = mapStyle(MAP_COLOURS.dark, 1);
	expect(layers.filter(isDrawn).map(({ id }) => id)).toEqual(["sea"]);
});

test("a source that something came into is drawn by every layer of its own, and no other is", () => {
	const style = mapStyle(MAP_COLOURS.dark, 1);
	const seen: string[] = [];
	drawSource(
		{
			getStyle: () => style,
			setLayoutProperty: (layer: string, property: string, value: string) =>
				seen.push(`${layer} ${property} ${value}`),
		} as unknown as MapLibre,
		"selected",
	);
	expect(seen).toEqual([
		"selected-casing visibility visible",
		"selected-line visibility visible",
	]);
});

test("lines begin as wide as the screen wants them", () => {
	const widthOf = (factor: number) =>
		mapStyle(MAP_COLOURS.dark, factor).layers.flatMap(({ id, paint }) =>
			id === "selected-line" && paint && "line-width" in paint
				? Number(paint["line-width"])
				: [],
		);
	expect(widthOf(2)).toEqual(widthOf(1).map((width) => 2 * width));
	expect(widthOf(1)).toHaveLength(1);
});
