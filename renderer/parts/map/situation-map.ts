import { type Layer, log } from "@deck.gl/core";
import { SolidPolygonLayer, TextLayer } from "@deck.gl/layers";
import { MapboxOverlay } from "@deck.gl/mapbox";
import type { Device } from "@luma.gl/core";
import { type GeoJSONSource, type LngLat, Map as MapLibre } from "maplibre-gl";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Cube } from "../../state/cube.ts";
import type { Part } from "./area-at.ts";
import {
	AreaValueExtension,
	type AreaValueFrame,
	type AreaValueProps,
	type AreaValueTextures,
} from "./area-value-extension.ts";
import type { Boundaries } from "./boundaries.ts";
import { type Covered, type PlacedLabel, placeLabels } from "./labels.ts";
import {
	FIRST_LINE_LAYER,
	MAP_STYLE,
	REGENCY_LINE_OPACITY,
} from "./map-style.ts";
import { NO_DATA, type Rgb, ZERO } from "./palettes.ts";
import { createValueTextures } from "./value-textures.ts";

// deck.gl reports every layer it makes; a wall has no one to read it.
log.level = 0;

const COUNTRY = [94.9, -11.2, 141.1, 6.3] as const;

/** What the map asks its owner. */
export interface MapOwner {
	onHover(area: AreaRow | null, x: number, y: number): void;
	onSelect(area: AreaRow | null): void;
}

/** The values to colour by. */
export interface Colouring {
	cube: Cube;
	/** For each kabupaten/kota, in order of its cube, the row of `cube` that colours it. */
	columnOf: readonly number[];
	bounds: readonly number[];
	/** Some value is below zero, and is coloured as zero is. */
	belowZero: boolean;
	colours: readonly Rgb[];
}

/**
 * The map: MapLibre for camera and lines, deck.gl in the same context for the coloured areas. Everything is set when it
 * changes; a movement in time only asks for a repaint and is read while drawing.
 */
export class SituationMap {
	readonly map: MapLibre;
	readonly #overlay: MapboxOverlay;
	readonly #frame: AreaValueFrame;
	readonly #extension = new AreaValueExtension();
	#device: Device | null = null;
	#ready = false;
	#boundaries: Boundaries | null = null;
	#colouring: Colouring | null = null;
	#textures: AreaValueTextures | null = null;
	#focus: number | null = null;
	#selected: AreaRow | null = null;
	#labelled: readonly AreaRow[] = [];
	#labels: readonly PlacedLabel[] = [];
	#hoveredId: number | null = null;
	/** The area that the camera was sent to, until a hand moves it. */
	#shown: AreaRow | null = null;

	constructor(
		container: HTMLElement,
		frame: AreaValueFrame,
		owner: MapOwner,
		options: { onReady: () => void },
	) {
		this.#frame = frame;
		this.map = new MapLibre({
			container,
			style: MAP_STYLE,
			bounds: [COUNTRY[0], COUNTRY[1], COUNTRY[2], COUNTRY[3]],
			fitBoundsOptions: { padding: 12 },
			maxBounds: [78, -30, 158, 26],
			attributionControl: false,
			dragRotate: false,
			pitchWithRotate: false,
			touchPitch: false,
			renderWorldCopies: false,
			// The arrow keys step through days.
			keyboard: false,
			doubleClickZoom: false,
			fadeDuration: 0,
			canvasContextAttributes: { antialias: true, preserveDrawingBuffer: true },
		});
		this.map.touchZoomRotate.disableRotation();
		// The box around it is one picture with a name in the reader's language; the canvas takes no keys.
		const canvas = this.map.getCanvas();
		canvas.removeAttribute("role");
		canvas.removeAttribute("aria-label");
		canvas.tabIndex = -1;
		this.#overlay = new MapboxOverlay({
			interleaved: true,
			layers: [],
			onDeviceInitialized: (device: Device) => {
				this.#device = device;
				this.#colour();
			},
		});
		this.map.addControl(this.#overlay);
		this.map.on("load", () => {
			this.#ready = true;
			this.#drawLines();
			this.#drawLayers();
			options.onReady();
		});
		this.map.on("mousemove", ({ point, lngLat }) => {
			const area = this.#areaAt(lngLat);
			this.map.getCanvas().style.cursor = area ? "pointer" : "";
			owner.onHover(area, point.x, point.y);
		});
		this.map.on("click", ({ lngLat }) => owner.onSelect(this.#areaAt(lngLat)));
		this.map.on("moveend", () => this.#placeLabels());
		// A camera moved by hand stays where it was put; else the area goes on filling a window that changed its size.
		this.map.on("movestart", ({ originalEvent }) => {
			if (originalEvent) this.#shown = null;
		});
		this.map.on("resize", () => {
			if (this.#shown) this.show(this.#shown, false);
			this.#placeLabels();
		});
	}

	remove(): void {
		this.map.remove();
		this.#dropTextures();
	}

	setBoundaries(boundaries: Boundaries): void {
		this.#boundaries = boundaries;
		this.#drawLines();
		this.#drawLayers();
	}

	setColouring(colouring: Colouring | null): void {
		this.#colouring = colouring;
		this.#colour();
		// The legend changes its size with what it explains.
		this.#placeLabels();
	}

	/** Outlines an area, dims what lies outside its province, and labels what lies in it. */
	select(area: AreaRow, labelled: readonly AreaRow[]): void {
		this.#selected = area;
		this.#labelled = labelled;
		this.#focus =
			area.level === "nation"
				? null
				: area.level === "province"
					? area.id
					: area.parent;
		this.#drawSelected();
		this.#placeLabels();
	}

	/** Moves the camera to an area; at once when motion is not wanted. */
	show(area: AreaRow, animate: boolean): void {
		const box = this.#boundaries?.bounds(area);
		if (!box) return;
		this.#shown = area;
		const { clientWidth, clientHeight } = this.map.getContainer();
		const pad = Math.min(clientWidth, clientHeight) * 0.07;
		this.map.fitBounds([box[0], box[1], box[2], box[3]], {
			padding: { top: pad, left: pad, right: pad, bottom: pad * 1.6 },
			maxZoom: 9.5,
			duration: animate ? 700 : 0,
			essential: true,
		});
	}

	/** Outlines the area under the pointer, wherever the pointer is. */
	hover(area: AreaRow | null): void {
		if (this.#hoveredId === (area?.id ?? null)) return;
		this.#hoveredId = area?.id ?? null;
		const outline =
			area && area.level !== "nation"
				? this.#boundaries?.outline(area)
				: undefined;
		this.#setSource("hovered", outline);
	}

	/** Whether the lines between kabupaten/kota matter: not while whole provinces are coloured. */
	setDetail(regencies: boolean): void {
		this.map.setPaintProperty(
			FIRST_LINE_LAYER,
			"line-opacity",
			regencies ? REGENCY_LINE_OPACITY : 0.12,
		);
	}

	zoomBy(step: number): void {
		this.map.easeTo({ zoom: this.map.getZoom() + step, duration: 200 });
	}

	/** Draws once more: a movement in time needs nothing else. */
	repaint(): void {
		this.map.triggerRepaint();
	}

	#areaAt({ lng, lat }: LngLat): AreaRow | null {
		return this.#boundaries?.areaAt(lng, lat) ?? null;
	}

	#colour(): void {
		if (!this.#device || !this.#colouring) return;
		const { cube, columnOf, bounds, colours } = this.#colouring;
		const before = this.#textures;
		this.#textures = createValueTextures(
			this.#device,
			cube,
			columnOf,
			bounds,
			colours,
		);
		this.#drawLayers();
		before?.values.destroy();
		before?.classes.destroy();
	}

	#dropTextures(): void {
		this.#textures?.values.destroy();
		this.#textures?.classes.destroy();
		this.#textures = null;
	}

	#drawLines(): void {
		const boundaries = this.#boundaries;
		if (!this.#ready || !boundaries) return;
		this.#setSource("regencies", boundaries.regencyLines);
		this.#setSource("provinces", boundaries.provinceLines);
		this.#drawSelected();
	}

	#drawSelected(): void {
		const area = this.#selected;
		const outline =
			area && area.level !== "nation"
				? this.#boundaries?.outline(area)
				: undefined;
		this.#setSource("selected", outline);
		this.#drawLayers();
	}

	#setSource(id: string, geometry: GeoJSON.Geometry | undefined): void {
		if (!this.#ready) return;
		const source = this.map.getSource(id) as GeoJSONSource | undefined;
		source?.setData({
			type: "FeatureCollection",
			features: geometry ? [{ type: "Feature", properties: {}, geometry }] : [],
		});
	}

	#placeLabels(): void {
		const { clientWidth, clientHeight } = this.map.getContainer();
		this.#labels = placeLabels(
			this.#labelled,
			(position) => this.map.project(position),
			this.#labelSize(),
			clientWidth,
			clientHeight,
			this.#legendBox(),
		);
		this.#drawLayers();
	}

	/** Where the legend lies over the map. */
	#legendBox(): Covered | null {
		const container = this.map.getContainer();
		const legend = container
			.closest(".map-frame")
			?.querySelector(".legend")
			?.getBoundingClientRect();
		if (!legend) return null;
		const { left, top } = container.getBoundingClientRect();
		return {
			left: legend.left - left,
			top: legend.top - top,
			right: legend.right - left,
			bottom: legend.bottom - top,
		};
	}

	#labelSize(): number {
		return (
			Number.parseFloat(getComputedStyle(document.documentElement).fontSize) *
			0.78
		);
	}

	#drawLayers(): void {
		if (!this.#ready) return;
		const layers: Layer[] = [];
		if (this.#boundaries && this.#textures) {
			const props: AreaValueProps = {
				areaValueTextures: this.#textures,
				areaValueFrame: this.#frame,
				areaValueFocus: this.#focus,
				areaValueZero: ZERO,
				areaValueMissing: NO_DATA,
				areaValueHatch: Math.max(
					3,
					Math.round(this.#labelSize() * 0.3 * window.devicePixelRatio),
				),
				getAreaKeys: (part: Part) => [part.row, part.province],
			};
			layers.push(
				new SolidPolygonLayer<Part>({
					id: "areas",
					data: this.#boundaries.parts as Part[],
					getPolygon: (part: Part) => part.polygon as never,
					extensions: [this.#extension],
					beforeId: FIRST_LINE_LAYER,
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					...props,
				} as never),
			);
		}
		// Without letters the text layer would upload an empty atlas.
		if (this.#labels.length > 0)
			layers.push(
				new TextLayer<PlacedLabel>({
					id: "labels",
					data: this.#labels as PlacedLabel[],
					getText: (label) => label.text,
					getPosition: (label) => label.position,
					getSize: this.#labelSize(),
					getColor: [255, 255, 255, 235],
					outlineColor: [8, 12, 16, 255],
					outlineWidth: 4,
					fontFamily: "system-ui, sans-serif",
					fontWeight: 600,
					fontSettings: { sdf: true, fontSize: 48, buffer: 6, smoothing: 0.2 },
					characterSet: "auto",
					parameters: { depthCompare: "always", depthWriteEnabled: false },
				}),
			);
		this.#overlay.setProps({ layers });
	}
}
