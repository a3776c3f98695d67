import type { LandRaster } from "./land-raster.ts";
import type { Point } from "./mercator.ts";

/** A picture of a map that leans back: from its pixels to the projection, and back. */
export interface LeanedView {
	toMap(x: number, y: number): Point;
	toPicture(x: number, y: number): Point;
}

type Matrix = readonly number[];

/**
 * The view whose four corners show four places.
 * @param corners in units of the projection: upper left, upper right, lower right, lower left.
 * Source: P. Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3: of a square onto a quadrilateral.
 */
export function leanedView(
	width: number,
	height: number,
	[p0, p1, p2, p3]: readonly [Point, Point, Point, Point],
): LeanedView {
	const dx1 = p1[0] - p2[0];
	const dx2 = p3[0] - p2[0];
	const sx = p0[0] - p1[0] + p2[0] - p3[0];
	const dy1 = p1[1] - p2[1];
	const dy2 = p3[1] - p2[1];
	const sy = p0[1] - p1[1] + p2[1] - p3[1];
	const whole = dx1 * dy2 - dx2 * dy1;
	const g = (sx * dy2 - dx2 * sy) / whole;
	const h = (dx1 * sy - sx * dy1) / whole;
	const forth: Matrix = [
		(p1[0] - p0[0] + g * p1[0]) / width,
		(p3[0] - p0[0] + h * p3[0]) / height,
		p0[0],
		(p1[1] - p0[1] + g * p1[1]) / width,
		(p3[1] - p0[1] + h * p3[1]) / height,
		p0[1],
		g / width,
		h / height,
		1,
	];
	const back = inverse(forth);
	return {
		toMap: (x, y) => through(forth, x, y),
		toPicture: (x, y) => through(back, x, y),
	};
}

/** Whose land lies where on the picture, in its pixels. */
export function leanedLand(
	{ box, cell, columns, rows, owner }: LandRaster,
	{ toMap }: LeanedView,
	width: number,
	height: number,
	across: number,
): LandRaster {
	const pixels = Math.max(width, height, 1) / across;
	const seen = {
		box: { left: 0, top: 0, right: width, bottom: height },
		cell: pixels,
		columns: Math.max(1, Math.ceil(width / pixels)),
		rows: Math.max(1, Math.ceil(height / pixels)),
	};
	const whose = new Int32Array(seen.columns * seen.rows);
	for (let row = 0; row < seen.rows; row++)
		for (let column = 0; column < seen.columns; column++) {
			const [x, y] = toMap((column + 0.5) * pixels, (row + 0.5) * pixels);
			const atColumn = Math.floor((x - box.left) / cell);
			const atRow = Math.floor((y - box.top) / cell);
			if (atColumn < 0 || atRow < 0 || atColumn >= columns || atRow >= rows)
				continue;
			whose[row * seen.columns + column] = owner[atRow * columns + atColumn];
		}
	return { ...seen, owner: whose };
}

function through([a, b, c, d, e, f, g, h, i]: Matrix, x: number, y: number) {
	const depth = (g as number) * x + (h as number) * y + (i as number);
	return [
		((a as number) * x + (b as number) * y + (c as number)) / depth,
		((d as number) * x + (e as number) * y + (f as number)) / depth,
	] as const;
}

/** Up to a factor, which `through` divides out. */
function inverse(of: Matrix): Matrix {
	const [a, b, c, d, e, f, g, h, i] = of as [
		number,
		number,
		number,
		number,
		number,
		number,
		number,
		number,
		number,
	];
	return [
		e * i - f * h,
		c * h - b * i,
		b * f - c * e,
		f * g - d * i,
		a * i - c * g,
		c * d - a * f,
		d * h - e * g,
		b * g - a * h,
		a * e - b * d,
	];
}
