import type { Device, Texture } from "@luma.gl/core";
import type { Cube, CubeShape } from "../../state/cube.ts";
import type { AreaValueTextures } from "./area-value-extension.ts";
import type { Rgb } from "./palettes.ts";

/** Stands for "not reported" in the texture: some drivers lose NaN. */
const NOT_REPORTED = -1e30;

/**
 * Turns a cube into rows of days, one column for each drawn area.
 * @param columnOf for each drawn area the row of the cube that colours it, -1 for none.
 */
export function texelsOf(
	cube: Cube<CubeShape>,
	columnOf: readonly number[],
): Float32Array {
	const { days } = cube.header;
	const width = columnOf.length;
	const texels = new Float32Array(width * days).fill(NOT_REPORTED);
	for (let column = 0; column < width; column++) {
		const row = columnOf[column];
		if (row < 0) continue;
		for (let day = 0; day < days; day++) {
			const value = cube.values[row * days + day];
			if (!Number.isNaN(value)) texels[day * width + column] = value;
		}
	}
	return texels;
}

/** What textures are made of. */
interface Valued {
	readonly cube: Cube<CubeShape>;
	readonly columnOf: readonly number[];
	readonly bounds: readonly number[];
	readonly colours: readonly Rgb[];
}

/**
 * The textures of a map from one colouring to the next. Values go to the graphics card once: other classes or colours, or the same values by
 * another scale, are a texture of a few texels.
 */
export class ValueTextures {
	readonly #device: Device;
	#of: Valued | null = null;
	#made: AreaValueTextures | null = null;

	constructor(device: Device) {
		this.#device = device;
	}

	/** The textures of a colouring; those before that are not used again are gone. */
	of(next: Valued): AreaValueTextures {
		const before = this.#made;
		const isSame =
			this.#of !== null &&
			this.#of.columnOf === next.columnOf &&
			hasSameValues(this.#of.cube, next.cube);
		const classes = classesTexture(this.#device, next);
		before?.classes.destroy();
		if (!isSame) before?.values.destroy();
		this.#of = next;
		this.#made = {
			values:
				before && isSame ? before.values : valuesTexture(this.#device, next),
			classes,
			firstDay: next.cube.header.firstDay,
			days: next.cube.header.days,
			classCount: Math.max(1, next.bounds.length),
		};
		return this.#made;
	}

	destroy(): void {
		this.#made?.classes.destroy();
		this.#made?.values.destroy();
		this.#made = null;
		this.#of = null;
	}
}

/** The textures of what is coloured in one way for as long as it is drawn. */
export function createValueTextures(
	device: Device,
	cube: Valued["cube"],
	columnOf: Valued["columnOf"],
	bounds: Valued["bounds"],
	colours: Valued["colours"],
): AreaValueTextures {
	return new ValueTextures(device).of({ cube, columnOf, bounds, colours });
}

/** Whether two answers state the same of the same days: asked for by another scale they come anew. */
function hasSameValues(a: Cube<CubeShape>, b: Cube<CubeShape>): boolean {
	if (a === b) return true;
	if (
		a.header.firstDay !== b.header.firstDay ||
		a.header.days !== b.header.days ||
		a.values.length !== b.values.length
	)
		return false;
	for (let at = 0; at < a.values.length; at++)
		if (!Object.is(a.values[at], b.values[at])) return false;
	return true;
}

const SAMPLER = {
	minFilter: "nearest",
	magFilter: "nearest",
	mipmapFilter: "none",
} as const;

function valuesTexture(device: Device, { cube, columnOf }: Valued): Texture {
	return device.createTexture({
		format: "r32float",
		width: columnOf.length,
		height: cube.header.days,
		mipLevels: 1,
		data: texelsOf(cube, columnOf),
		sampler: SAMPLER,
	});
}

function classesTexture(device: Device, { bounds, colours }: Valued): Texture {
	const classes = new Float32Array(colours.length * 4);
	colours.forEach(([red, green, blue], step) => {
		classes.set(
			[red / 255, green / 255, blue / 255, bounds[step] ?? Number.MAX_VALUE],
			step * 4,
		);
	});
	return device.createTexture({
		format: "rgba32float",
		width: colours.length,
		height: 1,
		mipLevels: 1,
		data: classes,
		sampler: SAMPLER,
	});
}
