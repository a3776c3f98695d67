import { CHART } from "./chart-colours.ts";

/**
 * The chart as a picture that can be understood alone: what it shows above it, where that comes from below.
 * @param scale pixels of one rem on the canvas
 * @returns a PNG
 * @throws when the browser has no picture to give
 */
export async function trendImage(
	chart: HTMLCanvasElement,
	texts: { title: string; lines: readonly string[]; foot: readonly string[] },
	scale: number,
): Promise<Uint8Array<ArrayBuffer>> {
	const pad = scale * 0.8;
	const line = scale * 1.35;
	const head = pad + scale * 1.6 + texts.lines.length * line;
	const canvas = document.createElement("canvas");
	canvas.width = Math.ceil(chart.width + 2 * pad);
	canvas.height = Math.ceil(
		head + chart.height + texts.foot.length * line + pad * 2,
	);
	const ink = canvas.getContext("2d");
	if (!ink) throw new Error("no canvas");
	ink.fillStyle = CHART.paper;
	ink.fillRect(0, 0, canvas.width, canvas.height);
	ink.textBaseline = "top";
	const write = (text: string, y: number, font: string, colour: string) => {
		ink.font = `${font} system-ui, sans-serif`;
		ink.fillStyle = colour;
		ink.fillText(text, pad, y, canvas.width - 2 * pad);
	};
	write(texts.title, pad, `700 ${scale * 1.15}px`, CHART.terms);
	texts.lines.forEach((text, at) => {
		write(text, pad + scale * 1.6 + at * line, `${scale * 0.9}px`, CHART.text);
	});
	ink.drawImage(chart, pad, head);
	texts.foot.forEach((text, at) => {
		write(
			text,
			head + chart.height + pad + at * line,
			`${scale * 0.8}px`,
			CHART.text,
		);
	});
	const blob = await new Promise<Blob | null>((done) => {
		canvas.toBlob(done, "image/png");
	});
	if (!blob) throw new Error("no picture");
	return new Uint8Array(await blob.arrayBuffer());
}
