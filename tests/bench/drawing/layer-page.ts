/**
 * The page of the bench `frames` in which the same land is drawn three ways by deck.gl alone: standing still, moving in time as the map does
 * (values in a texture, a uniform for the day), and moving by accessors with `updateTriggers`, as deck.gl's own examples do. Then what a cold
 * map takes: from the answer of all kecamatan over two years to its first picture.
 */
import { Deck, MapView } from "@deck.gl/core";
import { SolidPolygonLayer } from "@deck.gl/layers";
import type { Device } from "@luma.gl/core";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	Areas,
	Districts,
	Geography,
	Villages,
} from "../../../core/api/areas.ts";
import type { CubeHeader } from "../../../core/api/figures.ts";
import {
	AreaValueExtension,
	type AreaValueLook,
} from "../../../renderer/parts/map/area-value-extension.ts";
import type { Boundaries } from "../../../renderer/parts/map/boundaries.ts";
import { readBoundaries } from "../../../renderer/parts/map/boundaries.ts";
import { colourAt } from "../../../renderer/parts/map/colour-at.ts";
import { readDistrictBoundaries } from "../../../renderer/parts/map/district-boundaries.ts";
import { drawnLand } from "../../../renderer/parts/map/drawn-land.ts";
import {
	MAP_COLOURS,
	noAreaColour,
	paletteOf,
} from "../../../renderer/parts/map/palettes.ts";
import { createValueTextures } from "../../../renderer/parts/map/value-textures.ts";
import { indexAreas } from "../../../renderer/state/area-index.ts";
import { ask, askForFile } from "../../../renderer/state/ask.ts";
import { type Cube, decodeCube } from "../../../renderer/state/cube.ts";
import { DRAWING } from "./drawing-mark.ts";

export type Way = "still" | "uniform" | "accessors";

export interface LayerBench {
	/** Reads the land of a level and draws it. @returns how many areas and corners */
	prepare(
		level: "regency" | "district",
	): Promise<{ areas: number; corners: number }>;
	/** Draws in each of some frames. */
	draw(way: Way, frames: number): Promise<void>;
	/** Milliseconds from an answer of so many days to its first picture, with all that the graphics card did. */
	cold(days: number): { toTexture: number; toScreen: number };
}

declare global {
	interface Window {
		blcLayers?: LayerBench;
	}
}

const FIRST_DAY = 18_323;
const DAYS = 120;
const { dark } = MAP_COLOURS;
const BOUNDS = [1, 5, 20, 50, 100, 200, 400];
const COLOURS = paletteOf("confirmed", dark);

const deck = new Deck({
	parent: document.body as HTMLDivElement,
	width: innerWidth,
	height: innerHeight,
	views: new MapView({ repeat: false }),
	viewState: { longitude: 118, latitude: -2.5, zoom: 3.6 },
	controller: false,
	layers: [],
	deviceProps: { webgl: { preserveDrawingBuffer: true } } as never,
	onDeviceInitialized: (made) => {
		device = made;
	},
});
let device: Device | undefined;

const frame = { at: FIRST_DAY };
const extension = new AreaValueExtension();
let land: Boundaries;
let cube: Cube;
let columns: number[];
let look: AreaValueLook;

/** Values as a country has them: many small, some silent. */
function answerOf(areas: number, days: number): ArrayBuffer {
	const body = new ArrayBuffer(areas * days * 10);
	const values = new Float64Array(body, 0, areas * days);
	for (let at = 0; at < values.length; at++)
		values[at] = at % 7 === 0 ? Number.NaN : (at * 31) % 500;
	return body;
}

function cubeOf(body: ArrayBuffer, areas: number, days: number): Cube {
	const header: CubeHeader = {
		indicator: "confirmed",
		measure: "total",
		level: "district",
		firstDay: FIRST_DAY,
		days,
		areas,
		seq: 1,
		pending: [],
	};
	return decodeCube(header, body);
}

function lookOf(of: Cube): AreaValueLook {
	return {
		textures: createValueTextures(
			device as Device,
			of,
			columns,
			BOUNDS,
			COLOURS,
		),
		sea: dark.sea,
		zero: dark.zero,
		noArea: noAreaColour(dark),
		missing: dark.noData,
	};
}

const SHARED = {
	_normalize: false,
	parameters: { depthCompare: "always", depthWriteEnabled: false },
};

/** As the map has it (renderer/parts/map/situation-map). */
function byTexture(): SolidPolygonLayer {
	return new SolidPolygonLayer({
		...SHARED,
		id: "by-texture",
		data: drawnLand(land.parts),
		extensions: [extension],
		areaValueLook: { current: look },
		areaValueFrame: frame,
		areaValueFocus: null,
		areaValueHatch: 4,
	} as never);
}

/** The same land and colours, asked for of each area on each day. */
function byAccessors(): SolidPolygonLayer {
	const { length, startIndices, attributes } = drawnLand(land.parts);
	const colour = colourAt({
		cube,
		columnOf: columns,
		bounds: BOUNDS,
		colours: COLOURS,
		ground: dark,
	});
	const { getPolygon, indices } = attributes;
	return new SolidPolygonLayer({
		...SHARED,
		id: "by-accessors",
		data: { length, startIndices, attributes: { getPolygon, indices } },
		getFillColor: (_: unknown, { index }: { index: number }) => {
			const row = land.parts[index]?.row ?? -1;
			if (row < 0) return noAreaColour(dark);
			return colour(row, frame.at) ?? dark.noData[0];
		},
		updateTriggers: { getFillColor: frame.at },
	} as never);
}

function drawNow(): void {
	deck.redraw("bench");
}

/** Waits until the graphics card has done all that it was given. */
function finish(): void {
	const gl = deck.getCanvas()?.getContext("webgl2");
	gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

const nextFrame = () => new Promise(requestAnimationFrame);

window.blcLayers = {
	async prepare(level) {
		const answered = (await ask(Areas, {})) as AreaRow[];
		const areas = indexAreas(answered);
		const geography = await ask(Geography, {});
		const file = await askForFile(
			Geography,
			`/api/geography.topojson?v=${encodeURIComponent(geography?.version ?? "")}`,
		);
		const base = readBoundaries(await file.json(), areas);
		const all =
			level === "regency"
				? areas
				: indexAreas([
						...areas.all,
						...((await ask(Districts, {})) as AreaRow[]),
						...((await ask(Villages, {})) as AreaRow[]),
					]);
		land = level === "regency" ? base : readDistrictBoundaries(base, [], all);
		const count = all.at(level).length;
		columns = Array.from({ length: count }, (_, row) => row);
		cube = cubeOf(answerOf(count, DAYS), count, DAYS);
		while (!device) await nextFrame();
		look = lookOf(cube);
		deck.setProps({ layers: [byTexture()] });
		await nextFrame();
		drawNow();
		finish();
		return {
			areas: new Set(
				land.parts.filter(({ row }) => row >= 0).map(({ area }) => area.id),
			).size,
			corners: drawnLand(land.parts).attributes.getPolygon.value.length / 3,
		};
	},
	async draw(way, frames) {
		frame.at = FIRST_DAY;
		const make = way === "accessors" ? byAccessors : byTexture;
		deck.setProps({ layers: [make()] });
		await nextFrame();
		drawNow();
		finish();
		let left = frames;
		await new Promise<void>((resolve) => {
			const step = () => {
				console.timeStamp(DRAWING);
				if (way !== "still")
					frame.at = FIRST_DAY + ((frame.at + 1 - FIRST_DAY) % DAYS);
				// deck.gl draws what was given anew by itself, in the next frame.
				if (way === "accessors") deck.setProps({ layers: [make()] });
				else drawNow();
				left--;
				if (left > 0) requestAnimationFrame(step);
				// What was given with the last is drawn in this one.
				else requestAnimationFrame(() => resolve());
			};
			requestAnimationFrame(step);
		});
		finish();
	},
	cold(days) {
		const count = columns.length;
		const body = answerOf(count, days);
		finish();
		const begun = performance.now();
		cube = cubeOf(body, count, days);
		look = lookOf(cube);
		const toTexture = performance.now() - begun;
		frame.at = FIRST_DAY;
		deck.setProps({ layers: [byTexture()] });
		drawNow();
		finish();
		return { toTexture, toScreen: performance.now() - begun };
	},
};
