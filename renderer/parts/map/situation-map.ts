import { type Layer, log } from "@deck.gl/core";
import { SolidPolygonLayer } from "@deck.gl/layers";
import { MapboxOverlay } from "@deck.gl/mapbox";
import type { Device } from "@luma.gl/core";
import {
	type GeoJSONSource,
	LngLat,
	LngLatBounds,
	Map as MapLibre,
	type Point,
	prewarm,
	type SourceSpecification,
} from "maplibre-gl";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { DrawnArchive } from "../../../core/api/basemap.ts";
import { FINE_WIDTH } from "../../../core/wall/legibility.ts";
import type { Language } from "../../i18n/language.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Cube, CubeShape } from "../../state/cube.ts";
import { rootSize } from "../ui/root-size.ts";
import {
	ARCHIVE,
	archiveLand,
	archiveLayers,
	layerOfNames,
	setArchiveSizes,
	type Town,
	townsOf,
} from "./archive-layers.ts";
import { nameAreas } from "./area-names.ts";
import {
	AreaValueExtension,
	type AreaValueFrame,
	type AreaValueLook,
	type AreaValueProps,
} from "./area-value-extension.ts";
import type { Around } from "./around.ts";
import type { Boundaries } from "./boundaries.ts";
import { drawnLand } from "./drawn-land.ts";
import { endDevice } from "./ended-device.ts";
import { fitFrame, fitLeaned } from "./frame.ts";
import {
	cameraOn,
	frameFromText,
	frameOf,
	textOfFrame,
	WHOLE,
} from "./framed-camera.ts";
import { LabelLayer } from "./label-layer.ts";
import type { Box, LandRaster } from "./land-raster.ts";
import { leanedView } from "./leaned-view.ts";
import { releaseLostStyles } from "./lost-contexts.ts";
import type { MapMarks } from "./map-marks.ts";
import {
	ABOVE_GROUND,
	drawSource,
	FIRST_LINE_LAYER,
	mapStyle,
	REGENCY_LINE_OPACITY,
	REGENCY_LINES,
	recolour,
	setLineWidths,
} from "./map-style.ts";
import {
	fromMercator,
	movedBy,
	type Point as Place,
	toMercator,
	WORLD_AT_ZOOM_0,
	zoomOf,
} from "./mercator.ts";
import { type MapColours, noAreaColour, type Rgb } from "./palettes.ts";
import { type Seen, seenAgain } from "./seen.ts";
import { middleOf, type Part, seenPart } from "./seen-part.ts";
import { ValueTextures } from "./value-textures.ts";

// deck.gl reports every layer it makes; a wall has no one to read it.
log.level = 0;

const COUNTRY = [94.9, -11.2, 141.1, 6.3] as const;

/** As near as the camera goes to an area by itself, a kota among its neighbours: width of the world in rem. */
const CLOSEST = 34_000;
/** Room in rem between land and what lies over the map: an edge of a box at a coast reads as a part of it cut off. */
const GAP = 0.3;
/** Room in rem above the farthest land of a map that leans back, for what stands on it and is no higher. */
const HEADROOM = 2;

// Its threads read their code while the first map is made.
prewarm();

/** Heights of the letters in rem, the preferred first: at a desk, and for who stands five metres away. */
const LETTERS = {
	desk: [0.84, 0.76],
	wall: [1.3, 1.15, 1, 0.84],
	/** On a display of 4K, where smaller ones are as sharp: more areas have their name. */
	fine: [1.3, 1.15, 1, 0.84, 0.7, 0.6],
};
/** Longest leader in heights of letters: over the whole country each province has its name. */
const REACH = { nation: 16, province: 5 };

/** How much of the figures' colours stays where a file lies below that is to be seen. */
const OVER_ARCHIVE = 0.8;

/** How long a picture waits for the lines and the background of its size. */
const TILES_MILLISECONDS = 4_000;

/** What the camera was sent to, with or without the islets far off. */
export interface Framed {
	readonly area: AreaRow;
	readonly whole: boolean;
}

/** What the map tells its owner. */
export interface MapOwner {
	/** What the camera shows; null when a hand moved it. */
	onFramed(framed: Framed | null): void;
	onHover(area: AreaRow | null, x: number, y: number): void;
	onSelect(area: AreaRow | null): void;
	/** Names were placed; these areas have none, since there is no room. */
	onNamed?(leftOut: readonly number[]): void;
	/** The camera came to rest. */
	onSeen?(seen: Seen): void;
	/** What the camera shows, as an address says it (parts/map/framed-camera): of the area that it was sent to, or where a hand left it. */
	onCamera?(text: string): void;
}

/** Width of the world in rem from which on a kecamatan of Java, ten kilometres across, is about as wide as two letters. */
const NEAR = 8_500;

/** The same for the kelurahan of Jakarta, a kilometre and a half across: about as wide as a letter. */
const CLOSE = 19_000;

/** The values to colour by. */
export interface Colouring<Header extends CubeShape = CubeShape> {
	cube: Cube<Header>;
	/** For each area drawn (kabupaten/kota, or kecamatan of `districts`), in order of its cube, the row of `cube` that colours it. */
	columnOf: readonly number[];
	/** The index of the kecamatan that it colours, where it does. */
	districts?: AreaIndex;
	bounds: readonly number[];
	/** Some value is below zero, and is coloured as zero is. */
	belowZero: boolean;
	colours: readonly Rgb[];
	/** What there is besides the classes: sea, zero, no report, lines. */
	ground: MapColours;
}

/**
 * The map: MapLibre for camera and lines, deck.gl in the same context for the coloured areas. Everything is set when it
 * changes; a movement in time only asks for a repaint and is read while drawing.
 */
export class SituationMap {
	readonly map: MapLibre;
	readonly #overlay: MapboxOverlay;
	readonly #frame: AreaValueFrame;
	/** A moment that is drawn whatever the time is. */
	readonly #held: { at: number | null } = { at: null };
	readonly #extension = new AreaValueExtension();
	#device: Device | null = null;
	#textures: ValueTextures | null = null;
	#ready = false;
	/** The areas have been drawn in their colours. */
	#coloured = false;
	/** The sources in which there has been something. */
	readonly #seen = new Set<string>();
	#boundaries: Boundaries | null = null;
	#around: Around | null = null;
	#archive: (DrawnArchive & { tiles: string }) | null = null;
	#language: Language = "id";
	#colouring: Colouring | null = null;
	/** What the map was given last; it draws what of it goes together. */
	readonly #given: {
		boundaries: Boundaries | null;
		colouring: Colouring | null;
	} = { boundaries: null, colouring: null };
	/** The colours of the room. */
	#ground: MapColours;
	readonly #look: { current: AreaValueLook | null } = { current: null };
	#focus: number | null = null;
	#marks: MapMarks | null = null;
	#selected: AreaRow | null = null;
	#summed: readonly AreaRow[] = [];
	/** It is drawn for a picture, and not for the window. */
	#taken = false;
	/** It is on its way to the size of one: names are placed once it is there. */
	#growing = false;
	/** What lies over the map where it is not drawn for the window. */
	#sheet: readonly Box[] | null = null;
	#labelled: readonly AreaRow[] = [];
	readonly #labels: LabelLayer;
	/** What was read on the map besides names when these were placed. */
	#textsNamedAround = "[]";
	/** Where the map stood when its names were placed. */
	#labelledAt: { zoom: number; corner: LngLat } | null = null;
	/** The frame before which names are placed anew. */
	#placing: number | null = null;
	/** What was last told of what is seen, while the camera is where it was sent. */
	#told: { area: number; whole: boolean; seen: Seen } | null = null;
	#hoveredId: number | null = null;
	/** The area that the camera was sent to, with or without its islets, until a hand moves it. */
	#shown: Framed | null = null;
	/** Which area it was sent to last, and what it shows of it, as an address says it. */
	#at: { area: number | null; camera: string } = { area: null, camera: "" };
	/** A hand moves it. */
	#byHand = false;
	/** Its camera follows another that is moving. */
	#led = false;
	/** Where a pointer is over it, in pixels. */
	#pointer: Point | null = null;
	#wall = false;
	/** Pixels of one rem for which it is drawn. */
	#rem = rootSize();
	#waiting: readonly AreaRow[] = [];
	readonly #owner: MapOwner;
	/** What the whole map fills. */
	readonly #box: HTMLElement;
	/** What the canvas fills, where that is a part of the box. */
	readonly #canvasBox: HTMLElement | null;
	/** Where it lies in the box. */
	#part: Pick<Part, "left" | "top"> = { left: 0, top: 0 };

	constructor(
		container: HTMLElement,
		frame: AreaValueFrame,
		owner: MapOwner,
		options: {
			ground: MapColours;
			/** Only what of the box lies in the window is drawn. */
			seenPartOnly: boolean;
			onReady(): void;
			onColoured(): void;
		},
	) {
		const held = this.#held;
		this.#frame = {
			get at() {
				return held.at ?? frame.at;
			},
		};
		this.#ground = options.ground;
		this.#owner = owner;
		this.#box = container;
		this.#canvasBox = options.seenPartOnly
			? document.createElement("div")
			: null;
		if (this.#canvasBox) {
			container.append(this.#canvasBox);
			this.#fitPart(0);
		}
		this.map = new MapLibre({
			container: this.#canvasBox ?? container,
			style: mapStyle(options.ground, this.#lineFactor()),
			bounds: [COUNTRY[0], COUNTRY[1], COUNTRY[2], COUNTRY[3]],
			fitBoundsOptions: { padding: 12 },
			// A part may lie farther out than the whole is let go.
			...(!this.#canvasBox && { maxBounds: [65, -30, 158, 26] as const }),
			attributionControl: false,
			// Whoever made it watches its box: told twice, it would be drawn twice at each size.
			trackResize: false,
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
		releaseLostStyles(this.map);
		this.map.touchZoomRotate.disableRotation();
		// The box around it is one picture with a name in the reader's language; the canvas takes no keys.
		const canvas = this.map.getCanvas();
		canvas.removeAttribute("role");
		canvas.removeAttribute("aria-label");
		canvas.tabIndex = -1;
		this.#overlay = new MapboxOverlay({
			interleaved: true,
			layers: [],
			...({ parent: apart() } as object),
			onDeviceInitialized: (device: Device) => {
				this.#device = device;
				this.#textures = new ValueTextures(device);
				this.#colour();
				this.#drawLayers();
			},
			onAfterRender: () => {
				if (this.#coloured || !this.#boundaries || !this.#look.current) return;
				this.#coloured = true;
				options.onColoured();
				// A turn later, so that whoever waits for the colours hears of them first: finding room for names takes a while.
				setTimeout(() => this.#placeLabels());
			},
		});
		this.map.addControl(this.#overlay);
		this.#labels = new LabelLayer(container);
		this.#labels.setGround(options.ground);
		// Before it has drawn anything: it would wait for tiles with nothing in them, and then for those with the lines.
		this.map.on("style.load", () => {
			this.#ready = true;
			this.#followLetters();
			if (this.#ground !== options.ground) recolour(this.map, this.#ground);
			options.onReady();
		});
		this.map.on("mouseout", () => {
			this.#pointer = null;
		});
		this.map.on("mousemove", ({ point }) => {
			this.#pointer = point;
			this.#hoverAt(point);
		});
		this.map.on("click", ({ lngLat, point }) =>
			owner.onSelect(this.#areaAt(lngLat, point)),
		);
		this.map.on("moveend", () => {
			this.#placeLabels();
			this.#tellSeen();
			this.#tellCamera();
			// Below a pointer that rests there is something else now.
			if (this.#pointer) this.#hoverAt(this.#pointer);
		});
		this.map.on("move", () => this.#moveLabels());
		// A camera moved by hand stays where it was put; else the area goes on filling a window that changed its size.
		this.map.on("movestart", ({ originalEvent }) => {
			// Of one notch of a wheel the library does not say whose it was.
			if (!originalEvent && !this.map.scrollZoom.isZooming()) return;
			this.#leaveFrame();
			this.#byHand = true;
		});
		const hand = this.map.getCanvasContainer();
		const before = { capture: true, passive: true };
		for (const began of ["mousedown", "touchstart"])
			hand.addEventListener(began, () => this.halt(), before);
		// A wheel moves it a while later, and what is shown again until then would take the notch back.
		hand.addEventListener(
			"wheel",
			({ deltaY }) => deltaY !== 0 && this.#takeByHand(),
			before,
		);
		// Towns of a file come with its tiles.
		this.map.on("sourcedata", ({ sourceId, tile }) => {
			if (sourceId === ARCHIVE && tile && this.map.isSourceLoaded(ARCHIVE))
				this.#placeLabels();
		});
		this.map.on("resize", () => {
			this.#followLetters();
			if (this.#shown) this.showAgain();
			else this.#placeLabels();
		});
	}

	/** Ends it. What is still told to it with the same change (its context was lost while the language changed) changes nothing. */
	remove(): void {
		if (this.#placing !== null) cancelAnimationFrame(this.#placing);
		this.#ready = false;
		this.#coloured = false;
		this.#boundaries = null;
		this.#shown = null;
		this.map.remove();
		this.#canvasBox?.remove();
		this.#labels.remove();
		this.#textures?.destroy();
		this.#marks?.remove();
		endDevice(this.#device);
		this.#device = null;
	}

	/** What stands on the map besides its colours. Below columns the map leans back; north stays above. */
	setMarks(marks: MapMarks | null): void {
		if (this.#marks === marks) return;
		const before = this.#marks;
		this.#marks = marks;
		// Before the new ones are drawn: what stays among them makes its textures again.
		before?.remove();
		this.#drawLayers();
		if (JSON.stringify(this.#texts()) !== this.#textsNamedAround)
			this.#placeLabels();
		const pitch = marks?.tilt ?? 0;
		const leansOn = this.map.getPitch() === pitch;
		if (leansOn && pitch === 0) return;
		if (!leansOn) this.map.setPitch(pitch);
		if (!leansOn && this.#canvasBox) this.resize();
		// Others rise to other heights.
		this.showAgain();
	}

	/** The box has another size, or lies elsewhere. */
	resize(): void {
		// Of a picture it has the size already, and goes back to that of its box by itself.
		if (this.#taken) return;
		this.#fitPart(this.map.getPitch());
		this.map.resize();
	}

	/** Of a map that leans back no part is like a part of the whole: all of it is drawn. */
	#fitPart(pitch: number): void {
		if (!this.#canvasBox) return;
		const box = this.#box.getBoundingClientRect();
		const window = { width: innerWidth, height: innerHeight };
		const { left, top, width, height } =
			pitch > 0
				? { left: 0, top: 0, width: box.width, height: box.height }
				: seenPart(box, window);
		this.#part = { left, top };
		Object.assign(this.#canvasBox.style, {
			position: "absolute",
			left: `${left}px`,
			top: `${top}px`,
			width: `${width}px`,
			height: `${height}px`,
		});
	}

	/** Where the camera of the canvas stands to the one of the whole box, in pixels. */
	#partOffset(): Place {
		if (!this.#canvasBox) return [0, 0];
		const { clientWidth, clientHeight } = this.map.getContainer();
		const part = { ...this.#part, width: clientWidth, height: clientHeight };
		const box = this.#box;
		return middleOf(part, { width: box.clientWidth, height: box.clientHeight });
	}

	/** The camera of the whole map, of which the canvas may be a part. */
	get camera(): { center: LngLat; zoom: number } {
		const [x, y] = this.#partOffset();
		const zoom = this.map.getZoom();
		return { center: this.#movedBy(this.map.getCenter(), zoom, -x, -y), zoom };
	}

	#movedBy(center: LngLat, zoom: number, x: number, y: number): LngLat {
		if (x === 0 && y === 0) return center;
		return LngLat.convert(movedBy([center.lng, center.lat], zoom, x, y));
	}

	/** Where a place lies in the box (px). */
	placeOf([lng, lat]: readonly [number, number]): { x: number; y: number } {
		const { x, y } = this.map.project([lng, lat]);
		return { x: x + this.#part.left, y: y + this.#part.top };
	}

	/** The land around, and the language in which it is named. */
	setAround(around: Around | null, language: Language): void {
		this.#around = around;
		this.#language = language;
		this.#setSource("neighbours", around?.land);
		this.#setSource("neighbour-lines", around?.lines);
		this.#setSource("land-border", around?.border);
		this.#placeLabels();
	}

	/** A file of this workstation below the figures, which then let it be seen; null: none. */
	setArchive(archive: DrawnArchive | null, tiles: string): void {
		if (!archive && !this.#archive) return;
		this.#archive = archive && { ...archive, tiles };
		this.#drawArchive();
		this.#drawLayers();
	}

	#drawArchive(): void {
		if (!this.#ready) return;
		this.#placeLabels();
		for (const { id } of this.map.getStyle().layers)
			if (id.startsWith(`${ARCHIVE}-`) && id !== "archive-ground")
				this.map.removeLayer(id);
		if (this.map.getSource(ARCHIVE)) this.map.removeSource(ARCHIVE);
		const archive = this.#archive;
		this.#setSource(
			"archive-ground",
			archive ? archiveLand(archive) : undefined,
		);
		if (!archive) return;
		const { kind, tiles, minZoom, maxZoom, bounds } = archive;
		this.map.addSource(ARCHIVE, {
			type: kind,
			tiles: [tiles],
			minzoom: minZoom,
			maxzoom: maxZoom,
			bounds,
			...(kind === "raster" && { tileSize: 256 }),
		} as SourceSpecification);
		for (const layer of archiveLayers(
			archive,
			this.#ground,
			this.#lineFactor(),
		))
			this.map.addLayer(layer, ABOVE_GROUND);
	}

	setBoundaries(boundaries: Boundaries): void {
		this.#given.boundaries = boundaries;
		this.#takeWhatFits();
	}

	/** Shapes and colours of the same areas are drawn together: until both are there what was drawn stays. */
	#takeWhatFits(): void {
		const { boundaries, colouring } = this.#given;
		if (
			boundaries &&
			colouring &&
			boundaries.districts?.areas !== colouring.districts
		)
			return;
		const isOther = this.#boundaries !== boundaries;
		this.#boundaries = boundaries;
		if (this.#colouring !== colouring) {
			this.#colouring = colouring;
			this.#colour();
		}
		if (!isOther) return;
		this.#drawLines();
		this.#drawLayers();
		this.#tellSeen();
		this.#placeLabels();
	}

	#tellSeen(): void {
		const { onSeen } = this.#owner;
		if (!onSeen || !this.#boundaries || this.#taken) return;
		const wide = (WORLD_AT_ZOOM_0 * 2 ** this.map.getZoom()) / rootSize();
		const near = wide > NEAR;
		const bounds = this.#boundsOfBox();
		const [west, south, east, north] = [
			bounds.getWest(),
			bounds.getSouth(),
			bounds.getEast(),
			bounds.getNorth(),
		];
		const provinces = near
			? new Set(
					this.#boundaries.parts
						.filter(({ polygon: [ring = []] }) =>
							ring.some(
								([x = 0, y = 0]) =>
									x > west && x < east && y > south && y < north,
							),
						)
						.map(({ province }) => province),
				)
			: [];
		const shown = this.#shown && {
			area: this.#shown.area.id,
			whole: this.#shown.whole,
		};
		const isAtRest = !this.map.isMoving();
		const told = isAtRest ? this.#told : null;
		const isSame =
			shown && told?.area === shown.area && told.whole === shown.whole;
		const seen = seenAgain(isSame ? told.seen : null, {
			near,
			close: wide > CLOSE,
			provinces: [...provinces].sort((a, b) => a - b),
		});
		if (isAtRest) this.#told = shown && { ...shown, seen };
		onSeen(seen);
	}

	/** What the whole box shows: the windows of one wall ask for the same areas, and give them the same colours. */
	#boundsOfBox(): LngLatBounds {
		if (!this.#canvasBox || this.map.getPitch() > 0)
			return this.map.getBounds();
		const { left, top } = this.#part;
		const { clientWidth, clientHeight } = this.#box;
		return new LngLatBounds(
			this.map.unproject([-left, clientHeight - top]),
			this.map.unproject([clientWidth - left, -top]),
		);
	}

	#hoverAt(point: Point): void {
		const area = this.#areaAt(this.map.unproject(point), point);
		this.map.getCanvas().style.cursor = area ? "pointer" : "";
		this.#owner.onHover(area, point.x, point.y);
	}

	/** In another room the same is drawn in other colours. */
	setGround(ground: MapColours): void {
		if (this.#ground === ground) return;
		this.#ground = ground;
		this.#labels.setGround(ground);
		if (!this.#ready) return;
		recolour(this.map, ground);
		if (this.#archive) this.#drawArchive();
	}

	setColouring(colouring: Colouring | null): void {
		this.#given.colouring = colouring;
		this.#takeWhatFits();
		// The legend changes its size with what it explains, and nothing of the area may come to lie below it.
		this.showAgain();
		this.#placeLabels();
	}

	/** Outlines an area, dims what lies outside its province, and labels what lies in it. */
	select(
		area: AreaRow,
		labelled: readonly AreaRow[],
		province?: AreaRow,
	): void {
		this.#selected = area;
		this.#labelled = labelled;
		this.#focus =
			area.level === "nation"
				? null
				: area.level === "province"
					? area.id
					: (province?.id ?? area.parent);
		this.#drawSelected();
		this.#placeLabels();
	}

	/**
	 * Moves the camera to an area; at once when motion is not wanted. Nothing of it lies below a box over the map.
	 * @param whole with the islets that lie far off, which else do not set the frame.
	 * @param nearest the zoom that it comes no nearer than
	 */
	show(
		area: AreaRow,
		animate: boolean,
		whole = false,
		nearest = Number.POSITIVE_INFINITY,
	): void {
		this.#send(area, animate, whole, nearest);
		this.#owner.onCamera?.(this.#at.camera);
	}

	#send(
		area: AreaRow,
		animate: boolean,
		whole: boolean,
		nearest = Number.POSITIVE_INFINITY,
	): void {
		const land = this.#boundaries?.land(area, whole);
		if (!land) return;
		const before = this.#shown;
		const told = this.#told;
		// Where a camera is halted on its way to an area nothing is seen of that area; what was seen of another one neither. Halted, it is left nowhere.
		this.#byHand = false;
		this.map.stop();
		this.#told =
			before?.area.id === area.id && before.whole === whole ? told : null;
		this.#shown = { area, whole };
		this.#at = { area: area.id, camera: whole ? WHOLE : "" };
		const { clientWidth, clientHeight } = this.#box;
		const degrees = this.map.getPitch();
		const room = [
			land,
			clientWidth,
			clientHeight,
			this.#covered("[data-covers-map]").map((box) =>
				wider(box, GAP * rootSize()),
			),
			rootSize() * 0.6,
			Math.min(CLOSEST * rootSize(), WORLD_AT_ZOOM_0 * 2 ** nearest),
		] as const;
		const { x, y, scale } =
			degrees > 0
				? fitLeaned(...room, {
						...{ degrees, headroom: HEADROOM * rootSize() },
						tops: this.#topsOn(land),
					})
				: fitFrame(...room);
		this.#owner.onFramed(this.#shown);
		const [right, down] = this.#partOffset();
		this.map.easeTo({
			center: fromMercator([x + right / scale, y + down / scale]),
			zoom: zoomOf(scale),
			// Displays side by side are at one place in every frame.
			duration: animate && !this.#canvasBox ? 700 : 0,
			essential: true,
		});
	}

	/** What rises from the land of an area higher than the room that is always left: cut at the edge, a column would read as a lower one. */
	#topsOn({ box }: LandRaster) {
		return (this.#marks?.tops?.() ?? []).flatMap(({ lng, lat, height }) => {
			if (height <= HEADROOM * rootSize()) return [];
			const [x, y] = toMercator(lng, lat);
			const isOn =
				x > box.left && x < box.right && y > box.top && y < box.bottom;
			return isOn ? [{ x, y, height }] : [];
		});
	}

	/** Shows of an area what an address says (parts/map/framed-camera), unless it does already. */
	look(area: AreaRow, camera: string, animate: boolean): void {
		if (this.#at.area === area.id && this.#at.camera === camera) return;
		const frame = frameFromText(camera);
		if (!frame) {
			this.#send(area, animate, camera === WHOLE);
			return;
		}
		this.#byHand = false;
		this.map.stop();
		this.#leaveFrame();
		this.#at = { area: area.id, camera };
		const { clientWidth: width, clientHeight: height } = this.#box;
		const { center, zoom } = cameraOn(frame, { width, height });
		this.map.jumpTo({
			center: movedBy(center, zoom, ...this.#partOffset()),
			zoom,
		});
	}

	/** Where a hand left it. */
	#tellCamera(): void {
		if (!this.#byHand || this.#taken || this.map.isMoving()) return;
		this.#byHand = false;
		const { clientWidth: width, clientHeight: height } = this.#box;
		const { center, zoom } = this.camera;
		const frame = frameOf(
			{ center: [center.lng, center.lat], zoom },
			{ width, height },
		);
		this.#at = { ...this.#at, camera: textOfFrame(frame) };
		this.#owner.onCamera?.(this.#at.camera);
	}

	/** Goes where the camera of another map is, at once; names are placed when that one rests. */
	goWith(camera: { center: LngLat; zoom: number }, isMoving: boolean): void {
		this.#leaveFrame();
		this.#led = isMoving;
		const { center, zoom } = camera;
		this.map.jumpTo({
			center: this.#movedBy(center, zoom, ...this.#partOffset()),
			zoom,
		});
		if (!isMoving) this.#placeLabels();
	}

	/** Marks areas about which a decision is on its way. */
	setWaiting(areas: readonly AreaRow[]): void {
		if (areas.length === 0 && this.#waiting.length === 0) return;
		this.#waiting = areas;
		this.#placeLabels();
	}

	/** What lies over the names alone has moved: they are placed anew. */
	nameAgain(): void {
		this.#placeLabels();
	}

	/** Large letters for who stands far off. */
	setWall(wall: boolean): void {
		if (this.#wall === wall) return;
		this.#wall = wall;
		this.#placeLabels();
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

	/** Outlines areas that are taken together, as one. */
	setSummed(areas: readonly AreaRow[]): void {
		this.#summed = areas;
		this.#drawSummed();
	}

	/** Whether the lines between kabupaten/kota matter: not while whole provinces are coloured. */
	setDetail(regencies: boolean): void {
		if (!this.#ready) return;
		this.map.setPaintProperty(
			REGENCY_LINES,
			"line-opacity",
			regencies ? REGENCY_LINE_OPACITY : 0.12,
		);
	}

	/**
	 * A hand took hold of it: where it is on its way it stays. At the end of a way its library drops what a hand had begun by then, a notch of a
	 * wheel or the press of a drag.
	 */
	halt(): void {
		if (this.map.isEasing()) this.#takeByHand();
	}

	#takeByHand(): void {
		this.#leaveFrame();
		this.#byHand = true;
		if (this.map.isEasing()) this.map.stop();
	}

	zoomBy(step: number): void {
		this.#leaveFrame();
		this.#byHand = true;
		this.map.easeTo({ zoom: this.map.getZoom() + step, duration: 200 });
	}

	/**
	 * Draws at once and lays a copy over the map: a sheet takes of the map itself the picture that the screen showed last.
	 * @returns takes the copy away
	 */
	layOnPaper(): () => void {
		this.map.redraw();
		const shown = this.map.getCanvas();
		const copy = document.createElement("canvas");
		copy.className = "map-paper";
		copy.width = shown.width;
		copy.height = shown.height;
		copy.getContext("2d")?.drawImage(shown, 0, 0);
		shown.after(copy);
		return () => copy.remove();
	}

	/**
	 * Draws at a size of its own instead of the window's, for a picture or a film, with the same places in view; names are placed anew around
	 * what covers them there.
	 * @param size of the map in pixels of the page, how many pixels of the picture each of them has, what lies over it, and whose camera it has
	 * @returns goes back to the window
	 * @throws when it is cancelled; it is the window's again then
	 */
	async takeSize({
		width,
		height,
		ratio,
		covered,
		like,
		signal,
	}: {
		width: number;
		height: number;
		ratio: number;
		covered: readonly Box[];
		like?: SituationMap | undefined;
		signal: AbortSignal;
	}): Promise<() => void> {
		const { map } = this;
		const { style, clientWidth, clientHeight } = map.getContainer();
		const before = style.cssText;
		const camera = { center: map.getCenter(), zoom: map.getZoom() };
		this.#sheet = covered;
		this.#taken = true;
		this.#growing = true;
		style.inset = "0 auto auto 0";
		style.width = `${width}px`;
		style.height = `${height}px`;
		map.setPixelRatio(ratio);
		if (like)
			map.jumpTo({ center: like.map.getCenter(), zoom: like.map.getZoom() });
		else if (!this.#shown)
			map.jumpTo({
				...camera,
				zoom:
					camera.zoom +
					Math.log2(Math.min(width / clientWidth, height / clientHeight)),
			});
		this.#drawLayers();
		const back = () => {
			this.#sheet = null;
			this.#growing = false;
			style.cssText = before;
			// That of the screen, which may be another one meanwhile: null, of which its types do not know.
			map.setPixelRatio(null as never);
			if (like || !this.#shown) map.jumpTo(camera);
			this.#taken = false;
			this.#drawLayers();
			this.#placeLabels();
		};
		// deck.gl hears of the size by an observer, which runs before a frame is painted; tiles of a background come when they are read.
		const until = performance.now() + TILES_MILLISECONDS;
		for (let frame = 0; frame < 3 || !map.areTilesLoaded(); frame++) {
			await new Promise(requestAnimationFrame);
			if (signal.aborted) {
				back();
				throw signal.reason;
			}
			if (frame >= 3 && performance.now() > until) break;
		}
		this.#growing = false;
		this.#placeLabelsNow();
		return back;
	}

	/** Whether its camera follows another that is moving. */
	get isLed(): boolean {
		return this.#led;
	}

	/** Whether it is drawn for a picture: nobody else moves it then. */
	get isTaken(): boolean {
		return this.#taken;
	}

	/** What lies over the map changed: what the camera was sent to is shown around it, until a hand moves it. */
	showAgain(): void {
		// Nobody is told: an address may ask for another part of the land by now, which comes next.
		if (this.#shown) this.#send(this.#shown.area, false, this.#shown.whole);
	}

	/** Draws a moment, and says which colours places have in it; then the time goes on. */
	sample(at: number, places: readonly (readonly [number, number])[]): Rgb[] {
		const shown = this.map.getCanvas();
		const copy = document.createElement("canvas");
		copy.width = shown.width;
		copy.height = shown.height;
		const context = copy.getContext("2d", { willReadFrequently: true });
		if (!context) throw new Error("no canvas to read from");
		this.#held.at = at;
		this.map.redraw();
		context.drawImage(shown, 0, 0);
		this.#held.at = null;
		this.map.triggerRepaint();
		const density = shown.width / this.map.getContainer().clientWidth;
		return places.map(([lng, lat]) => {
			const { x, y } = this.map.project([lng, lat]);
			const [red = 0, green = 0, blue = 0] = context.getImageData(
				Math.floor(x * density),
				Math.floor(y * density),
				1,
				1,
			).data;
			return [red, green, blue];
		});
	}

	/** Draws at once, in the frame in which everything else of the day is written. */
	drawNow(): void {
		if (this.#ready) this.map.redraw();
	}

	/** Hears of each time that it was drawn. @returns stops hearing */
	onDraw(heard: () => void): () => void {
		this.map.on("render", heard);
		return () => this.map.off("render", heard);
	}

	/** Draws once more: a movement in time needs nothing else. */
	repaint(): void {
		this.map.triggerRepaint();
	}

	#areaAt({ lng, lat }: LngLat, { x, y }: Point): AreaRow | null {
		const day = Math.floor(this.#frame.at);
		return (
			this.#marks?.areaAt(x, y, day, (lng, lat) =>
				this.map.project([lng, lat]),
			) ??
			this.#boundaries?.areaAt(lng, lat) ??
			null
		);
	}

	#colour(): void {
		if (!this.#textures || !this.#colouring) return;
		const { ground } = this.#colouring;
		const isFirst = this.#look.current === null;
		const { sea, zero, noData } = ground;
		this.#look.current = {
			textures: this.#textures.of(this.#colouring),
			sea,
			zero,
			noArea: noAreaColour(ground),
			missing: noData,
		};
		if (isFirst) this.#drawLayers();
		else this.map.triggerRepaint();
	}

	#drawLines(): void {
		const boundaries = this.#boundaries;
		if (!this.#ready || !boundaries) return;
		this.#setSource("districts", boundaries.districts?.lines);
		this.#setSource("regencies", boundaries.regencyLines);
		this.#setSource("provinces", boundaries.provinceLines);
		this.#drawSummed();
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

	#drawSummed(): void {
		this.#setSource(
			"summed",
			this.#summed.length > 0
				? this.#boundaries?.outline(...this.#summed)
				: undefined,
		);
	}

	#setSource(id: string, geometry: GeoJSON.Geometry | undefined): void {
		if (!this.#ready) return;
		if (!geometry && !this.#seen.has(id)) return;
		const source = this.map.getSource(id) as GeoJSONSource | undefined;
		source?.setData({
			type: "FeatureCollection",
			features: geometry ? [{ type: "Feature", properties: {}, geometry }] : [],
		});
		if (this.#seen.has(id)) return;
		this.#seen.add(id);
		drawSource(this.map, id);
	}

	#leaveFrame(): void {
		if (!this.#shown) return;
		this.#shown = null;
		this.#owner.onFramed(null);
	}

	/**
	 * Names are placed once for all that changed since the last frame, and after the colours: it takes longer than anything else of the first
	 * picture.
	 */
	#placeLabels(): void {
		if (!this.#coloured) return;
		this.#placing ??= requestAnimationFrame(() => {
			this.#placing = null;
			this.#placeLabelsNow();
		});
	}

	#placeLabelsNow(): void {
		const boundaries = this.#boundaries;
		if (
			!boundaries ||
			!this.#coloured ||
			this.#growing ||
			this.#led ||
			this.map.isMoving()
		)
			return;
		const { clientWidth: width, clientHeight: height } = this.#box;
		const { left, top } = this.#part;
		if (width === 0 || height === 0) return;
		const corner = this.map.unproject([0, 0]);
		this.#labelledAt = { zoom: this.map.getZoom(), corner };
		const corners = [
			[0, 0],
			[width, 0],
			[width, height],
			[0, height],
		].map(([x, y]) => {
			const { lng, lat } = this.map.unproject([
				(x as number) - left,
				(y as number) - top,
			]);
			return toMercator(lng, lat);
		}) as [Place, Place, Place, Place];
		const texts = this.#texts();
		this.#textsNamedAround = JSON.stringify(texts);
		const placed = nameAreas(this.#labelled, boundaries, {
			view: {
				left: Math.min(...corners.map(([x]) => x)),
				top: Math.min(...corners.map(([, y]) => y)),
				right: Math.max(...corners.map(([x]) => x)),
				bottom: Math.max(...corners.map(([, y]) => y)),
			},
			leaned:
				this.map.getPitch() > 0 ? leanedView(width, height, corners) : null,
			around: this.#around,
			language: this.#language,
			towns: this.#towns(),
			width,
			height,
			// Insets are seen only while the camera shows what it was sent to.
			covered: [
				...this.#covered(
					this.#shown
						? "[data-covers-map], [data-covers-names]"
						: "[data-covers-map]:not([data-inset]), [data-covers-names]",
				),
				...this.#behindFrames(),
			],
			texts,
			sizes: LETTERS[
				this.#wall ? (innerWidth >= FINE_WIDTH ? "fine" : "wall") : "desk"
			].map((rem) => rem * rootSize()),
			reach: this.#selected?.level === "nation" ? REACH.nation : REACH.province,
			measure: textWidth(getComputedStyle(document.body).fontFamily),
		});
		this.#owner.onNamed?.(placed.leftOut);
		this.#labels.draw(
			placed,
			this.#waiting.flatMap(({ id, lat, lng }) =>
				lat === null || lng === null
					? []
					: [{ ...this.placeOf([lng, lat]), area: id }],
			),
		);
	}

	/** What the file below the figures names, of the tiles that have come. */
	#towns(): Town[] {
		const layer = this.#archive && layerOfNames(this.#archive);
		return layer && this.map.getSource(ARCHIVE)
			? townsOf(
					this.map.querySourceFeatures(ARCHIVE, { sourceLayer: layer }),
					this.#language,
				)
			: [];
	}

	/** What is read on the map besides names, in its pixels. */
	#texts(): readonly Box[] {
		return this.#marks?.texts?.((lng, lat) => this.placeOf([lng, lat])) ?? [];
	}

	/** The names go along while the map is dragged, and wait while its size changes. */
	#moveLabels(): void {
		const at = this.#labelledAt;
		if (at && at.zoom === this.map.getZoom() && this.map.getPitch() === 0) {
			const { x, y } = this.map.project(at.corner);
			this.#labels.follow(x, y);
		} else this.#labels.hide();
	}

	/** What lies over the map, in its pixels; and where maps are held together (`data-map-frames`), over any of them. */
	#covered(selector: string): Box[] {
		if (this.#sheet) return [...this.#sheet];
		const container = this.map.getContainer();
		const own = container.closest<HTMLElement>("[data-map-frame]");
		const all = container.closest("[data-map-frames]") ?? own;
		// What belongs to none of them stands over the last.
		const last =
			[...(all?.querySelectorAll<HTMLElement>("[data-map-frame]") ?? [])].at(
				-1,
			) ?? own;
		return [...(all?.querySelectorAll(selector) ?? [])].flatMap((element) => {
			if (element.getBoundingClientRect().width === 0) return [];
			const frame =
				element.closest<HTMLElement>("[data-map-frame]") ?? last ?? container;
			return [boxWithin(element, frame)];
		});
	}

	/** What of it lies behind the frames of displays, in its pixels: no name is read there. */
	#behindFrames(): Box[] {
		const panel = this.#box.closest("[data-over=frames]");
		return [...(panel?.querySelectorAll("[data-behind-frame]") ?? [])].map(
			(strip) => boxWithin(strip, this.#box),
		);
	}

	/** Lines, marks and hatching are as large as letters are now: a window that grew, or another density, changes them. */
	#followLetters(): void {
		const rem = rootSize();
		if (!this.#ready || this.#rem === rem) return;
		this.#rem = rem;
		setLineWidths(this.map, this.#lineFactor());
		if (this.#archive) setArchiveSizes(this.map, this.#lineFactor());
		this.#drawLayers();
	}

	#lineFactor(): number {
		return Math.max(1, rootSize() / 16);
	}

	#drawLayers(): void {
		if (!this.#ready) return;
		const layers: Layer[] = [];
		if (this.#boundaries && this.#look.current) {
			const props: AreaValueProps = {
				areaValueLook: this.#look as AreaValueProps["areaValueLook"],
				areaValueFrame: this.#frame,
				areaValueFocus: this.#focus,
				areaValueHatch: Math.max(
					3,
					Math.round(rootSize() * 0.24 * this.map.getPixelRatio()),
				),
			};
			layers.push(
				new SolidPolygonLayer({
					id: "areas",
					opacity: this.#archive ? OVER_ARCHIVE : 1,
					data: drawnLand(this.#boundaries.parts),
					_normalize: false,
					extensions: [this.#extension],
					beforeId: FIRST_LINE_LAYER,
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					...props,
				} as never),
			);
		}
		if (this.#marks && this.#device)
			layers.push(
				...this.#marks.layers(
					this.#frame,
					this.#device,
					this.map.getPixelRatio(),
				),
			);
		this.#overlay.setProps({ layers });
	}
}

/** With room around it, in pixels. */
function wider({ left, top, right, bottom }: Box, by: number): Box {
	return {
		left: left - by,
		top: top - by,
		right: right + by,
		bottom: bottom + by,
	};
}

/** Where one element lies in another, in the pixels of that one: a scene that is drawn smaller at its desk has others than the window. */
function boxWithin(element: Element, frame: HTMLElement): Box {
	const box = element.getBoundingClientRect();
	const { left, top, width } = frame.getBoundingClientRect();
	const scale = frame.offsetWidth / width || 1;
	return {
		left: (box.left - left) * scale,
		top: (box.top - top) * scale,
		right: (box.right - left) * scale,
		bottom: (box.bottom - top) * scale,
	};
}

/**
 * Where deck.gl keeps the boxes of its widgets, of which none is used: outside of the page. In it, it would ask for their place in every frame,
 * and the page would be laid out while the map is drawn.
 */
function apart(): HTMLDivElement {
	const widgets = document.createElement("div");
	widgets.className = "deck-widgets-root";
	const root = document.createElement("div");
	root.append(widgets);
	return root;
}

/** Width of a name in pixels, as the browser would draw it. */
function textWidth(family: string): (text: string, size: number) => number {
	const context = document.createElement("canvas").getContext("2d");
	return (text, size) => {
		if (!context) return text.length * size * 0.65;
		context.font = `600 ${size}px ${family}`;
		return context.measureText(text).width;
	};
}
