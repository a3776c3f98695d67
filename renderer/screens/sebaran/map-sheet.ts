import { paintElement } from "../../parts/export/paint-element.ts";
import { cssColour, type MapColours } from "../../parts/map/palettes.ts";
import type { SituationMap } from "../../parts/map/situation-map.ts";
import { rootSize } from "../../parts/ui/root-size.ts";

/** What stands around the map on a picture of it. */
export interface SheetTexts {
	/** Of simulated data: that it is, said above everything. */
	readonly exercise: string | null;
	readonly title: string;
	readonly lines: readonly string[];
	readonly date: string;
	readonly foot: readonly string[];
}

export interface MapSheet {
	readonly canvas: HTMLCanvasElement;
	/** Draws the day of the clock. */
	draw(texts: SheetTexts): void;
	/** Gives the map back to the window. */
	close(): void;
}

/** A picture is as wide as so many letters are high, whatever its pixels: it looks the same at every size. */
const REMS_ACROSS = 80;
const LEGENDS =
	"[data-testid=class-legend], [data-testid=map-legend], [data-testid=mark-legend], [data-export-legend]";

/**
 * Takes the map of a panel for pictures of a size of their own: with title and day above it, its names, legends and insets on it and sources below.
 * @param width even, as height is: what films are made of
 */
export async function openSheet(
	map: SituationMap,
	{ width, height }: { width: number; height: number },
	ground: MapColours,
	isExercise: boolean,
): Promise<MapSheet> {
	const rem = rootSize();
	const across = Math.round(REMS_ACROSS * rem);
	// So that no pixel is lost where widths are no multiples.
	const ratio = (width + 0.5) / across;
	const head = Math.round((isExercise ? 5.4 : 3.8) * rem * ratio);
	const foot = Math.round(3.85 * rem * ratio);
	const down = Math.ceil((height - head - foot) / ratio);
	const container = map.map.getContainer();
	const frame = container.closest<HTMLElement>("[data-map-frame]");
	const placed = frame ? placesOf(frame, across, down, rem) : [];
	const close = await map.takeSize({
		width: across,
		height: down,
		ratio,
		covered: placed.map(({ x, y, width, height }) => ({
			left: x,
			top: y,
			right: x + width,
			bottom: y + height,
		})),
	});
	const canvas = document.createElement("canvas");
	canvas.width = width;
	canvas.height = height;
	const ink = canvas.getContext("2d", { alpha: false });
	if (!ink || !frame) {
		close();
		throw new Error("no canvas");
	}
	const hatch = hatchOf(ink, ground, ratio);
	const rems = (of: number) => of * rem * ratio;
	const panel = getComputedStyle(frame.closest("section") ?? frame);
	const soft = getComputedStyle(document.documentElement).getPropertyValue(
		"--text-soft",
	);
	const write = (
		text: string,
		x: number,
		y: number,
		size: number,
		look: { weight?: number; colour?: string; align?: CanvasTextAlign } = {},
	) => {
		ink.font = `${look.weight ?? 400} ${rems(size)}px ${panel.fontFamily}`;
		ink.fillStyle = look.colour ?? panel.color;
		ink.textAlign = look.align ?? "left";
		ink.textBaseline = "middle";
		ink.fillText(text, x, y, width - rems(1.6));
	};
	return {
		canvas,
		close,
		draw({ exercise, title, lines, date, foot: below }) {
			map.drawNow();
			ink.setTransform(1, 0, 0, 1, 0, 0);
			ink.globalAlpha = 1;
			ink.fillStyle = cssColour(ground.sea);
			ink.fillRect(0, 0, width, height);
			// Of the same pixels: nothing is scaled.
			ink.drawImage(map.map.getCanvas(), 0, head);
			ink.save();
			ink.beginPath();
			ink.rect(0, head, width, height - head - foot);
			ink.clip();
			for (const drawing of container.querySelectorAll(":scope > svg"))
				paintElement(ink, drawing, { x: 0, y: head }, ratio, hatch);
			for (const { element, x, y } of placed)
				paintElement(
					ink,
					element,
					{ x: x * ratio, y: head + y * ratio },
					ratio,
					hatch,
				);
			ink.restore();
			ink.setTransform(1, 0, 0, 1, 0, 0);
			ink.fillStyle = isClear(panel.backgroundColor)
				? cssColour(ground.sea)
				: panel.backgroundColor;
			ink.fillRect(0, 0, width, head);
			ink.fillRect(0, height - foot, width, foot);
			let top = 0;
			if (exercise) {
				top = rems(1.6);
				ink.fillStyle = "#ffb000";
				ink.fillRect(0, 0, width, top);
				write(exercise, width / 2, top / 2, 0.95, {
					weight: 700,
					colour: "#1a1200",
					align: "center",
				});
			}
			write(date, width - rems(0.8), top + rems(1.9), 2, {
				weight: 700,
				align: "right",
			});
			write(title, rems(0.8), top + rems(1.2), 1.35, { weight: 700 });
			write(lines.join(" · "), rems(0.8), top + rems(2.75), 0.85, {
				colour: soft,
			});
			below.forEach((line, at) => {
				write(line, rems(0.8), height - foot + rems(0.8 + at * 1.15), 0.78, {
					colour: soft,
				});
			});
		},
	};
}

interface Placed {
	readonly element: Element;
	/** In pixels of the page, from the corner of the map. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where legends and insets stand: in a row along the lower edge, as they do on the screen; what stands above on the right does so here. */
function placesOf(
	frame: HTMLElement,
	across: number,
	down: number,
	rem: number,
): Placed[] {
	const gap = rem * 0.5;
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

/** The stripes of "no report", as sharp as the picture. */
function hatchOf(
	ink: CanvasRenderingContext2D,
	{ noData: [one, other] }: MapColours,
	ratio: number,
): CanvasPattern | null {
	const size = Math.max(4, Math.round(6 * ratio));
	const tile = document.createElement("canvas");
	tile.width = size;
	tile.height = size;
	const pen = tile.getContext("2d");
	if (!pen) return null;
	pen.fillStyle = cssColour(one);
	pen.fillRect(0, 0, size, size);
	pen.fillStyle = cssColour(other);
	for (const from of [-size, 0, size]) {
		pen.beginPath();
		pen.moveTo(from, size);
		pen.lineTo(from + size / 2, size);
		pen.lineTo(from + size * 1.5, 0);
		pen.lineTo(from + size, 0);
		pen.fill();
	}
	const pattern = ink.createPattern(tile, "repeat");
	pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
	return pattern;
}

function isClear(colour: string): boolean {
	return colour === "transparent" || colour === "rgba(0, 0, 0, 0)";
}

/** A picture as a file. @throws when the browser has none to give */
export async function pngOf(
	canvas: HTMLCanvasElement,
): Promise<Uint8Array<ArrayBuffer>> {
	const blob = await new Promise<Blob | null>((done) => {
		canvas.toBlob(done, "image/png");
	});
	if (!blob) throw new Error("no picture");
	return new Uint8Array(await blob.arrayBuffer());
}
