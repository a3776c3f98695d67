/** The outlines of a map in steps of its grid, as `npm run site` writes them. */
export interface Outlines {
	/** Left, top, width and height. */
	readonly box: readonly [number, number, number, number];
	/** Where each begins, and the steps from corner to corner. */
	readonly arcs: readonly (readonly number[])[];
	/** By code: polygons of rings of arcs; an arc that is walked backwards is its complement (TopoJSON). */
	readonly regency: Readonly<Record<string, Shape>>;
	readonly province: Readonly<Record<string, Shape>>;
}
export type Shape = readonly (readonly (readonly number[])[])[];

/** A shape as the `d` of an SVG path. */
export function pathOf({ arcs }: Outlines, shape: Shape): string {
	return shape
		.flatMap((rings) =>
			rings.map((ring) => `M${cornersOf(arcs, ring).join(" ")}z`),
		)
		.join("");
}

function cornersOf(arcs: Outlines["arcs"], ring: readonly number[]): string[] {
	const corners: string[] = [];
	for (const at of ring) {
		const steps = arcs[at < 0 ? ~at : at] as readonly number[];
		const own: string[] = [];
		let [x, y] = [0, 0];
		for (let step = 0; step < steps.length; step += 2) {
			x += steps[step] as number;
			y += steps[step + 1] as number;
			own.push(`${x} ${y}`);
		}
		if (at < 0) own.reverse();
		// An arc begins where the one before it ended.
		corners.push(...(corners.length > 0 ? own.slice(1) : own));
	}
	return corners;
}
