import type { Box, LandRaster } from "./land-raster.ts";

/** Where the camera stands: the middle of the picture in units of the projection, and how many pixels the whole world would have. */
export interface Camera {
	readonly x: number;
	readonly y: number;
	readonly scale: number;
}

/** Places tried in each direction for one size. */
const STEPS = 32;

/**
 * Finds the largest size at which an area lies wholly in the picture and none of its land below a box that covers the map; of several
 * places the one nearest to the middle.
 * @param land the area's own land and nothing else.
 * @param covered boxes over the map, in pixels.
 * @param padding pixels that stay free at the edges.
 * @param closest no more pixels of the world than this.
 */
export function fitFrame(
	land: LandRaster,
	width: number,
	height: number,
	covered: readonly Box[],
	padding: number,
	closest: number,
): Camera {
	const { box } = land;
	const sums = summed(land);
	const roomX = Math.max(1, width - 2 * padding);
	const roomY = Math.max(1, height - 2 * padding);
	const largest = Math.min(
		closest,
		roomX / Math.max(box.right - box.left, 1e-9),
		roomY / Math.max(box.bottom - box.top, 1e-9),
	);
	/** Pixels from the left and top at which the box begins, nearest to the middle first. */
	const placeAt = (scale: number): [x: number, y: number] | null => {
		const slackX = Math.max(0, roomX - scale * (box.right - box.left));
		const slackY = Math.max(0, roomY - scale * (box.bottom - box.top));
		for (const [shareX, shareY] of PLACES) {
			const x = padding + slackX * shareX;
			const y = padding + slackY * shareY;
			if (!covered.some((over) => landBelow(land, sums, over, x, y, scale)))
				return [x, y];
		}
		return null;
	};
	let scale = largest;
	let place = placeAt(scale);
	if (!place) {
		let low = largest / 4;
		let high = largest;
		place = placeAt(low);
		scale = low;
		// Where even a quarter of the size has no free place, the boxes lie over the land.
		for (let round = 0; place && round < 12; round++) {
			const middle = (low + high) / 2;
			const found = placeAt(middle);
			if (found) {
				place = found;
				scale = middle;
				low = middle;
			} else high = middle;
		}
	}
	if (!place) {
		scale = largest;
		place = [
			(width - scale * (box.right - box.left)) / 2,
			(height - scale * (box.bottom - box.top)) / 2,
		];
	}
	return {
		scale,
		x: box.left + (width / 2 - place[0]) / scale,
		y: box.top + (height / 2 - place[1]) / scale,
	};
}

/** Shares of the room left and above, the middle first. */
const PLACES: readonly (readonly [number, number])[] = Array.from(
	{ length: (STEPS + 1) ** 2 },
	(_, at) =>
		[(at % (STEPS + 1)) / STEPS, Math.floor(at / (STEPS + 1)) / STEPS] as const,
).sort(
	(a, b) =>
		Math.hypot(a[0] - 0.5, a[1] - 0.5) - Math.hypot(b[0] - 0.5, b[1] - 0.5),
);

/** Cells of land above and left of each corner: how many lie in a rectangle is four look-ups. */
function summed({ columns, rows, owner }: LandRaster): Int32Array {
	const sums = new Int32Array((columns + 1) * (rows + 1));
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++)
			sums[(row + 1) * (columns + 1) + column + 1] =
				(owner[row * columns + column] === 0 ? 0 : 1) +
				sums[row * (columns + 1) + column + 1] +
				sums[(row + 1) * (columns + 1) + column] -
				sums[row * (columns + 1) + column];
	return sums;
}

function landBelow(
	{ columns, rows, cell }: LandRaster,
	sums: Int32Array,
	over: Box,
	x: number,
	y: number,
	scale: number,
): boolean {
	const pixels = cell * scale;
	const clamp = (value: number, most: number) =>
		Math.min(Math.max(value, 0), most);
	// A cell is land when its middle is: a coast may lie half a cell further out.
	const left = clamp(Math.floor((over.left - x) / pixels - 0.5), columns);
	const right = clamp(Math.ceil((over.right - x) / pixels + 0.5), columns);
	const top = clamp(Math.floor((over.top - y) / pixels - 0.5), rows);
	const bottom = clamp(Math.ceil((over.bottom - y) / pixels + 0.5), rows);
	if (left >= right || top >= bottom) return false;
	const sum = (row: number, column: number) =>
		sums[row * (columns + 1) + column];
	return (
		sum(bottom, right) - sum(top, right) - sum(bottom, left) + sum(top, left) >
		0
	);
}

/**
 * How a camera that leans back sees: by how many degrees, what room stays above the farthest land, in pixels, and what rises higher than that:
 * where it stands, in units of the projection, and how long it is in pixels, lying down in the middle of the picture: what rises comes nearer to the
 * camera, and is seen larger.
 */
export interface Lean {
	readonly degrees: number;
	readonly headroom: number;
	readonly tops: readonly {
		readonly x: number;
		readonly y: number;
		readonly height: number;
	}[];
}

/** Half the vertical field of view of MapLibre's camera is the arc tangent of a third: it stands so many heights of the picture away. */
const AWAY = 1.5;
/** Pieces of land that are looked at: those at its edges are among them. */
const MOST_PIECES = 1_200;

/**
 * The same as `fitFrame` for a camera that leans back, under which what lies in the north is smaller and what lies in the south wider: the
 * largest size at which all of the land is in the picture and none of it below a box.
 */
export function fitLeaned(
	land: LandRaster,
	width: number,
	height: number,
	covered: readonly Box[],
	padding: number,
	closest: number,
	lean: Lean,
): Camera {
	const { box } = land;
	const pieces = edgesOf(land);
	const middle = {
		x: (box.left + box.right) / 2,
		y: (box.top + box.bottom) / 2,
	};
	const sin = Math.sin((lean.degrees * Math.PI) / 180);
	const cos = Math.cos((lean.degrees * Math.PI) / 180);
	const away = AWAY * height;
	/** Where a place is in the picture, or what is so high above it; null: behind the camera. */
	const placeOf = (
		px: number,
		py: number,
		{ x, y, scale }: Camera,
		above = 0,
	): readonly [left: number, top: number] | null => {
		const down = (py - y) * scale;
		const near = away / (away - down * sin - above * cos);
		return near > 0
			? [
					width / 2 + (px - x) * scale * near,
					height / 2 + (down * cos - above * sin) * near,
				]
			: null;
	};
	const fits = (camera: Camera): boolean =>
		lean.tops.every((top) => {
			const place = placeOf(top.x, top.y, camera, top.height);
			return place !== null && place[1] >= padding;
		}) &&
		pieces.every(([px, py]) => {
			const place = placeOf(px, py, camera);
			if (!place) return false;
			const [left, top] = place;
			return (
				left >= padding &&
				left <= width - padding &&
				top >= padding + lean.headroom &&
				top <= height - padding &&
				!covered.some(
					(over) =>
						left > over.left &&
						left < over.right &&
						top > over.top &&
						top < over.bottom,
				)
			);
		});
	/** By the size that the middle of the land has in the picture: far back a larger world is needed for it. */
	const cameraAt = (size: number): Camera | null => {
		for (const [shareX, shareY] of PLACES) {
			const scale = (size * (AWAY + (shareY - 0.5) * sin)) / AWAY;
			if (scale > closest) continue;
			const x = middle.x + ((shareX - 0.5) * width) / scale;
			const y = middle.y + ((shareY - 0.5) * height) / scale;
			if (fits({ x, y, scale })) return { x, y, scale };
		}
		return null;
	};
	const flat = fitFrame(land, width, height, covered, padding, closest);
	let low = flat.scale / 4;
	let high = Math.min(closest, flat.scale * 2);
	let found = cameraAt(low);
	for (let round = 0; found && round < 10; round++) {
		const size = (low + high) / 2;
		const better = cameraAt(size);
		if (better) {
			found = better;
			low = size;
		} else high = size;
	}
	return found ?? { ...flat, scale: flat.scale * 0.85 };
}

/** The middles of cells of land that have sea beside them, of many each so-many-th. */
function edgesOf({
	box,
	cell,
	columns,
	rows,
	owner,
}: LandRaster): (readonly [x: number, y: number])[] {
	const isLand = (column: number, row: number) =>
		column >= 0 &&
		row >= 0 &&
		column < columns &&
		row < rows &&
		owner[row * columns + column] !== 0;
	const found: (readonly [number, number])[] = [];
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++)
			if (
				isLand(column, row) &&
				!(
					isLand(column - 1, row) &&
					isLand(column + 1, row) &&
					isLand(column, row - 1) &&
					isLand(column, row + 1)
				)
			)
				found.push([
					box.left + (column + 0.5) * cell,
					box.top + (row + 0.5) * cell,
				]);
	const step = Math.max(1, Math.ceil(found.length / MOST_PIECES));
	return found.filter((_, at) => at % step === 0);
}
