import { paintElement } from "../../parts/export/paint-element.ts";
import type { Box } from "../../parts/map/land-raster.ts";
import type { ManyMapsInView } from "../../parts/map/many-maps-view.tsx";
import type { SituationMap } from "../../parts/map/situation-map.ts";
import { rootSize } from "../../parts/ui/root-size.ts";

/** The part of a picture between its title and its sources, in pixels of the page, and how many pixels of the picture each of them has. */
export interface SheetRoom {
	readonly across: number;
	readonly down: number;
	readonly ratio: number;
	/** Who waits for the picture may have enough of it. */
	readonly signal: AbortSignal;
}

/** What a picture is drawn with, from a corner of it on. */
export interface SheetPen {
	readonly ink: CanvasRenderingContext2D;
	readonly hatch: CanvasPattern | null;
	readonly x: number;
	readonly y: number;
}

/** What a picture shows between its title and its sources. */
export interface SheetMaps {
	/** Whose letters and ground the picture has. */
	readonly panel: HTMLElement;
	/** How many letters are high as the picture is wide, where more than usual has to find room. */
	readonly rems?: number;
	/** Draws itself at the size of a picture from now on. @throws when it is cancelled; all of it is the window's again then */
	take(room: SheetRoom): Promise<TakenMaps>;
}

export interface TakenMaps {
	/** Draws the day of the clock. */
	draw(pen: SheetPen): void;
	/** Gives the maps back to the window. */
	close(): void;
}

/** The one map of a panel, with its legends and insets. */
export function oneMap(map: SituationMap): SheetMaps {
	const frame = frameOf(map);
	return {
		panel: frame,
		async take({ across, down, ratio, signal }) {
			const placed = placesOf(frame, across, down);
			const covered = placed.map(boxOf);
			const close = await map.takeSize({
				...{ width: across, height: down, ratio, covered, signal },
			});
			return {
				close,
				draw: (pen) => drawMap(map, placed, ratio, pen),
			};
		},
	};
}

/**
 * Two maps beside each other, or one over the other from a line on: each with what it is of, and its legend.
 * @param swiped where the line stands, in hundredths from the left; null: beside each other
 * @param together they show the same place
 */
export function twoMaps(
	left: SituationMap,
	right: SituationMap,
	{ swiped, together }: { swiped: number | null; together: boolean },
): SheetMaps {
	const frames = [frameOf(left), frameOf(right)] as const;
	return {
		panel: frames[0],
		async take({ across, down, ratio, signal }) {
			const gap = rootSize() * 0.25;
			const width = swiped === null ? Math.floor((across - gap) / 2) : across;
			const from = swiped === null ? across - width : 0;
			const places = frames.map((frame, at) =>
				placesOfHalf(frame, width, down, swiped !== null && at === 1),
			) as [Placed[], Placed[]];
			// Of what both show nothing may come to lie below anything of either.
			const all = places.map((placed) => placed.map(boxOf)) as [Box[], Box[]];
			const covered: typeof all = together ? [all.flat(), all.flat()] : all;
			const size = { width, height: down, ratio, signal };
			const close: (() => void)[] = [];
			try {
				close.push(await left.takeSize({ ...size, covered: covered[0] }));
				close.push(
					await right.takeSize({
						...size,
						covered: covered[1],
						like: together ? left : undefined,
					}),
				);
			} catch (reason) {
				for (const back of close) back();
				throw reason;
			}
			const line = swiped === null ? 0 : (swiped / 100) * width * ratio;
			return {
				close() {
					for (const back of close) back();
				},
				draw({ ink, hatch, x, y }) {
					const height = down * ratio;
					const half = (cutFrom: number, draw: () => void) => {
						ink.save();
						ink.beginPath();
						ink.rect(cutFrom, y, across * ratio, height);
						ink.clip();
						draw();
						ink.restore();
					};
					const drawHalf = (
						map: SituationMap,
						placed: readonly Placed[],
						at: number,
					) => {
						drawMap(map, placed, ratio, { ink, hatch, x: at, y });
						drawVeil(frameOf(map), size, { ink, hatch, x: at, y });
					};
					half(x, () => drawHalf(left, places[0], x));
					const at = x + Math.round(from * ratio);
					half(at + line, () => drawHalf(right, places[1], at));
					const isSide = swiped === null;
					const thick = (isSide ? gap : rootSize() * 0.16) * ratio;
					ink.fillStyle = getComputedStyle(
						document.documentElement,
					).getPropertyValue(isSide ? "--line" : "--focus");
					const edge = at + line - (isSide ? thick : thick / 2);
					ink.fillRect(edge, y, thick, height);
				},
			};
		},
	};
}

/** Many small maps, with the legend of the one that is chosen. */
export function manyMaps(view: ManyMapsInView): SheetMaps {
	return {
		panel: view.frame,
		rems: 108,
		async take({ across, down, ratio, signal }) {
			const close = await view.takeSize(across, down, ratio, signal);
			return {
				close,
				draw({ ink, hatch, x, y }) {
					view.drawNow();
					const corner = view.frame.getBoundingClientRect();
					const placeOf = (element: Element) => {
						const { left, top } = element.getBoundingClientRect();
						return {
							x: x + (left - corner.left) * ratio,
							y: y + (top - corner.top) * ratio,
						};
					};
					const { canvas } = view;
					if (canvas) {
						const at = placeOf(canvas);
						ink.drawImage(canvas, at.x, at.y);
					}
					for (const part of view.frame.querySelectorAll(
						"ul[aria-label], aside",
					))
						paintElement(ink, part, placeOf(part), ratio, hatch);
				},
			};
		},
	};
}

const LEGENDS =
	"[data-testid=class-legend], [data-testid=map-legend], [data-testid=mark-legend], [data-testid=zone-legend], [data-export-legend]";

interface Placed {
	readonly element: Element;
	/** In pixels of the page, from the corner of the map. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

function boxOf({ x, y, width, height }: Placed): Box {
	return { left: x, top: y, right: x + width, bottom: y + height };
}

function frameOf(map: SituationMap): HTMLElement {
	const container = map.map.getContainer();
	return container.closest<HTMLElement>("[data-map-frame]") ?? container;
}

/** The map itself, its names, and what stands on it. */
function drawMap(
	map: SituationMap,
	placed: readonly Placed[],
	ratio: number,
	{ ink, hatch, x, y }: SheetPen,
): void {
	map.drawNow();
	// Of the same pixels: nothing is scaled.
	ink.drawImage(map.map.getCanvas(), x, y);
	for (const drawing of map.map.getContainer().querySelectorAll(":scope > svg"))
		paintElement(ink, drawing, { x, y }, ratio, hatch);
	for (const { element, ...at } of placed)
		paintElement(
			ink,
			element,
			{ x: x + at.x * ratio, y: y + at.y * ratio },
			ratio,
			hatch,
		);
}

/** Of a map whose day is none of those that there are, that it is. */
function drawVeil(
	frame: HTMLElement,
	{ width, height, ratio }: { width: number; height: number; ratio: number },
	{ ink, hatch, x, y }: SheetPen,
): void {
	const veil = frame.querySelector<HTMLElement>("[data-testid=outside]");
	const words = veil?.firstElementChild;
	if (!veil || veil.hidden || !words) return;
	ink.fillStyle = getComputedStyle(veil).backgroundColor;
	ink.fillRect(x, y, width * ratio, height * ratio);
	const box = words.getBoundingClientRect();
	paintElement(
		ink,
		words,
		{
			x: x + ((width - box.width) / 2) * ratio,
			y: y + ((height - box.height) / 2) * ratio,
		},
		ratio,
		hatch,
	);
}

/** Where legends and insets stand: in a row along the lower edge, as they do on the screen; what stands above on the right does so here. */
function placesOf(frame: HTMLElement, across: number, down: number): Placed[] {
	const gap = rootSize() * 0.5;
	const placed: Placed[] = [];
	let left = gap;
	for (const element of frame.querySelectorAll<HTMLElement>(
		`${LEGENDS}, [data-inset]`,
	)) {
		const { width, height } = element.getBoundingClientRect();
		if (width === 0 || element.dataset.away) continue;
		const isAbove = element.matches("[data-testid=map-inset-jakarta]");
		placed.push(
			isAbove
				? { element, x: across - width - gap, y: gap, width, height }
				: { element, x: left, y: down - height - gap, width, height },
		);
		if (!isAbove) left += width + gap;
	}
	return placed;
}

/** The same of one of two maps: what it is of above, its legend below; both on the right where it is the one that is drawn over the other. */
function placesOfHalf(
	frame: HTMLElement,
	across: number,
	down: number,
	onRight: boolean,
): Placed[] {
	const gap = rootSize() * 0.5;
	return [
		...frame.querySelectorAll<HTMLElement>(`[data-testid=plate], ${LEGENDS}`),
	].map((element) => {
		const { width, height } = element.getBoundingClientRect();
		const isAbove = element.matches("[data-testid=plate]");
		return {
			...{ element, width, height },
			x: onRight ? across - width - gap : gap,
			y: isAbove ? gap : down - height - gap,
		};
	});
}
