import { isClear } from "../../parts/export/paint-element.ts";
import { cssColour, type MapColours } from "../../parts/map/palettes.ts";
import { rootSize } from "../../parts/ui/root-size.ts";
import type { SheetMaps } from "./sheet-maps.ts";

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
	/** Gives the maps back to the window. */
	close(): void;
}

/** A picture is as wide as so many letters are high, whatever its pixels: it looks the same at every size. */
const REMS_ACROSS = 80;

/**
 * Takes maps for pictures of a size of their own: with title and day above them, and sources below.
 * @param width even, as height is: what films are made of
 * @throws when it is cancelled; the maps are the window's again then
 */
export async function openSheet(
	maps: SheetMaps,
	{ width, height }: { width: number; height: number },
	ground: MapColours,
	isExercise: boolean,
	signal: AbortSignal,
): Promise<MapSheet> {
	const rem = rootSize();
	const across = Math.round((maps.rems ?? REMS_ACROSS) * rem);
	// So that no pixel is lost where widths are no multiples.
	const ratio = (width + 0.5) / across;
	const head = Math.round((isExercise ? 5.4 : 3.8) * rem * ratio);
	const foot = Math.round(3.85 * rem * ratio);
	const down = Math.ceil((height - head - foot) / ratio);
	const { draw: drawMaps, close } = await maps.take({
		...{ across, down, ratio, signal },
	});
	const canvas = document.createElement("canvas");
	canvas.width = width;
	canvas.height = height;
	const ink = canvas.getContext("2d", { alpha: false });
	if (!ink) {
		close();
		throw new Error("no canvas");
	}
	const hatch = hatchOf(ink, ground, ratio);
	const rems = (of: number) => of * rem * ratio;
	const panel = getComputedStyle(maps.panel.closest("section") ?? maps.panel);
	const soft = getComputedStyle(document.documentElement).getPropertyValue(
		"--text-soft",
	);
	const write = (
		text: string,
		x: number,
		y: number,
		size: number,
		look: {
			weight?: number;
			colour?: string;
			align?: CanvasTextAlign;
			most?: number;
		} = {},
	) => {
		ink.font = `${look.weight ?? 400} ${rems(size)}px ${panel.fontFamily}`;
		ink.fillStyle = look.colour ?? panel.color;
		ink.textAlign = look.align ?? "left";
		ink.textBaseline = "middle";
		ink.fillText(text, x, y, look.most ?? width - rems(1.6));
		return ink.measureText(text).width;
	};
	return {
		canvas,
		close,
		draw({ exercise, title, lines, date, foot: below }) {
			ink.setTransform(1, 0, 0, 1, 0, 0);
			ink.globalAlpha = 1;
			ink.fillStyle = cssColour(ground.sea);
			ink.fillRect(0, 0, width, height);
			ink.save();
			ink.beginPath();
			ink.rect(0, head, width, height - head - foot);
			ink.clip();
			drawMaps({ ink, hatch, x: 0, y: head });
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
			const beside = write(date, width - rems(0.8), top + rems(1.9), 2, {
				weight: 700,
				align: "right",
			});
			const most = width - beside - rems(3);
			write(title, rems(0.8), top + rems(1.2), 1.35, { weight: 700, most });
			write(lines.join(" · "), rems(0.8), top + rems(2.75), 0.85, {
				...{ colour: soft, most },
			});
			below.forEach((line, at) => {
				write(line, rems(0.8), height - foot + rems(0.8 + at * 1.15), 0.78, {
					colour: soft,
				});
			});
		},
	};
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
