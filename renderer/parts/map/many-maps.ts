import { Deck, type Layer, MapView } from "@deck.gl/core";
import { PathLayer, SolidPolygonLayer } from "@deck.gl/layers";
import type { Device } from "@luma.gl/core";
import type { Position } from "geojson";
import type { Day } from "../../../core/series/day.ts";
import { clock } from "../../clock/use-clock.ts";
import { rootSize } from "../ui/root-size.ts";
import type { Part } from "./area-at.ts";
import {
	AreaValueExtension,
	type AreaValueLook,
	type AreaValueProps,
} from "./area-value-extension.ts";
import { drawnLand } from "./drawn-land.ts";
import { endDevice } from "./ended-device.ts";
import type { Box } from "./land-raster.ts";
import { fromMercator, zoomOf } from "./mercator.ts";
import { type MapColours, noAreaColour, rgbFromHex } from "./palettes.ts";
import type { Colouring } from "./situation-map.ts";
import { createValueTextures } from "./value-textures.ts";

/** What is drawn on several maps alike: its land, triangulated once, and the lines in it. */
export interface Ground {
	readonly key: string;
	readonly parts: readonly Part[];
	readonly lines: readonly (readonly Position[])[];
	/** What the picture holds, in units of the projection. */
	readonly box: Box;
}

/** One of many maps. */
export interface SmallMap {
	readonly key: string;
	readonly ground: Ground;
	readonly colouring: Colouring;
	/** The day that it draws on a day of the clock. */
	readonly dayOf: (day: Day) => Day;
}

/** Draws each view with the values and the day of its own map: which one is in turn is known only while drawing. */
class ValuesOfView extends AreaValueExtension {
	static override extensionName = "ValuesOfView";
	static inTurn = "";

	override draw(this: Layer<AreaValueProps>): void {
		ValuesOfView.inTurn = this.context.viewport.id;
		AreaValueExtension.prototype.draw.call(this);
	}
}

/**
 * Many maps in one canvas, and so in one context of the graphics card: each is a view of one scene. The land of those that show the same is
 * there once; a day changes a uniform of each.
 */
export class ManyMaps {
	readonly #deck: Deck<MapView[]>;
	readonly #extension = new ValuesOfView();
	#device: Device | null = null;
	#maps: readonly SmallMap[] = [];
	#places: readonly Box[] = [];
	readonly #byKey = new Map<string, SmallMap>();
	/** What has been given to the card, by the colouring it was made of. */
	readonly #looks = new Map<Colouring, AreaValueLook>();
	#removed = false;
	/** Pixels of the canvas for one of the page; null: as many as the screen has. */
	#ratio: number | null = null;

	constructor(container: HTMLElement, onDrawn: () => void) {
		this.#deck = new Deck({
			parent: container as HTMLDivElement,
			views: [],
			viewState: {},
			controller: false,
			layers: [],
			useDevicePixels: true,
			deviceProps: { webgl: { preserveDrawingBuffer: true } } as never,
			style: { position: "absolute", inset: "0" } as never,
			layerFilter: ({ layer, viewport }) =>
				layer.id.endsWith(` ${this.#byKey.get(viewport.id)?.ground.key}`),
			onDeviceInitialized: (device) => {
				this.#device = device;
				this.#draw();
			},
			onAfterRender: () => {
				// Before its land has been cut it draws nothing.
				if (this.#looks.size > 0) onDrawn();
			},
		});
	}

	/** @param places of the maps within the canvas, in pixels */
	set(maps: readonly SmallMap[], places: readonly Box[]): void {
		this.#maps = maps;
		this.#places = places;
		this.#byKey.clear();
		for (const map of maps) this.#byKey.set(map.key, map);
		this.#draw();
	}

	/** Draws at once, in the frame in which everything else of the day is written. */
	drawNow(): void {
		if (this.#device && this.#looks.size > 0) this.#deck.redraw("day");
	}

	get canvas(): HTMLCanvasElement | null {
		return this.#deck.getCanvas();
	}

	/** Draws in so many pixels for one of the page, until told otherwise (null). */
	setRatio(ratio: number | null): void {
		this.#ratio = ratio;
		this.#deck.setProps({ useDevicePixels: ratio ?? true });
		this.#draw();
	}

	/** The place on the globe at a point of the canvas, and the map it is on; null between maps. */
	at(x: number, y: number): { map: SmallMap; lng: number; lat: number } | null {
		const found = this.#places.findIndex(
			({ left, top, right, bottom }) =>
				x >= left && x < right && y >= top && y < bottom,
		);
		const map = this.#maps[found];
		const place = this.#places[found];
		if (!map || !place) return null;
		const camera = cameraOf(map.ground.box, place);
		const [lng, lat] = fromMercator([
			camera.x + (x - (place.left + place.right) / 2) / camera.scale,
			camera.y + (y - (place.top + place.bottom) / 2) / camera.scale,
		]);
		return { map, lng, lat };
	}

	/** How many textures of values are on the card. */
	get looks(): number {
		return this.#looks.size;
	}

	remove(): void {
		this.#removed = true;
		for (const [colouring] of this.#looks) this.#forget(colouring);
		this.#deck.finalize();
		// A browser has few contexts, and takes the oldest away from whoever has it when there are too many.
		this.#device?.loseDevice();
		endDevice(this.#device);
	}

	#forget(colouring: Colouring): void {
		const look = this.#looks.get(colouring);
		look?.textures.values.destroy();
		look?.textures.classes.destroy();
		this.#looks.delete(colouring);
	}

	#draw(): void {
		const device = this.#device;
		if (!device || this.#removed || this.#maps.length === 0) return;
		const wanted = new Set(this.#maps.map(({ colouring }) => colouring));
		for (const colouring of wanted)
			if (!this.#looks.has(colouring))
				this.#looks.set(colouring, lookOf(device, colouring));
		this.#deck.setProps({
			views: this.#maps.map(({ key }, at) => {
				const { left, top, right, bottom } = this.#places[at] as Box;
				return new MapView({
					id: key,
					x: left,
					y: top,
					width: right - left,
					height: bottom - top,
					repeat: false,
				});
			}),
			viewState: Object.fromEntries(
				this.#maps.map(({ key, ground }, at) => {
					const camera = cameraOf(ground.box, this.#places[at] as Box);
					const [longitude, latitude] = fromMercator([camera.x, camera.y]);
					return [key, { longitude, latitude, zoom: zoomOf(camera.scale) }];
				}),
			) as never,
			layers: this.#layers(),
		});
		for (const colouring of this.#looks.keys())
			if (!wanted.has(colouring)) this.#forget(colouring);
		this.#deck.redraw("maps");
	}

	#layers(): Layer[] {
		const looks = this.#looks;
		const byKey = this.#byKey;
		const inTurn = () => byKey.get(ValuesOfView.inTurn);
		const props: AreaValueProps = {
			areaValueLook: {
				get current() {
					return looks.get(inTurn()?.colouring as Colouring) as AreaValueLook;
				},
			},
			areaValueFrame: {
				get at() {
					return inTurn()?.dayOf(clock.day) ?? clock.day;
				},
			},
			areaValueFocus: null,
			areaValueHatch: Math.max(
				2,
				Math.round(
					rootSize() * 0.16 * (this.#ratio ?? window.devicePixelRatio),
				),
			),
		};
		const colours = this.#maps[0]?.colouring.ground as MapColours;
		const grounds = new Map(
			this.#maps.map(({ ground }) => [ground.key, ground]),
		);
		return [...grounds.values()].flatMap(({ key, parts, lines }) => [
			new SolidPolygonLayer({
				id: `areas ${key}`,
				data: drawnLand(parts),
				_normalize: false,
				extensions: [this.#extension],
				parameters: { depthCompare: "always", depthWriteEnabled: false },
				...props,
			} as never),
			new PathLayer<readonly Position[]>({
				id: `lines ${key}`,
				data: lines as (readonly Position[])[],
				getPath: (line) => line as never,
				getColor: rgbFromHex(colours.regencyLine) as never,
				getWidth: 0.044,
				widthUnits: "pixels",
				widthScale: rootSize(),
				widthMinPixels: 0.7,
				parameters: { depthCompare: "always", depthWriteEnabled: false },
				updateTriggers: { getColor: colours.regencyLine },
			}),
		]);
	}
}

/** The whole of a box as large as it can be within a place. */
function cameraOf(
	{ left, top, right, bottom }: Box,
	place: Box,
): { x: number; y: number; scale: number } {
	const margin = 0.94;
	return {
		x: (left + right) / 2,
		y: (top + bottom) / 2,
		scale:
			margin *
			Math.min(
				(place.right - place.left) / Math.max(right - left, 1e-9),
				(place.bottom - place.top) / Math.max(bottom - top, 1e-9),
			),
	};
}

function lookOf(
	device: Device,
	{ cube, columnOf, bounds, colours, ground }: Colouring,
): AreaValueLook {
	return {
		textures: createValueTextures(device, cube, columnOf, bounds, colours),
		sea: ground.sea,
		zero: ground.zero,
		noArea: noAreaColour(ground),
		missing: ground.noData,
	};
}
