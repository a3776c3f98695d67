import type { Device } from "@luma.gl/core";
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

export function createValueTextures(
	device: Device,
	cube: Cube<CubeShape>,
	columnOf: readonly number[],
	bounds: readonly number[],
	colours: readonly Rgb[],
): AreaValueTextures {
	const sampler = {
		minFilter: "nearest",
		magFilter: "nearest",
		mipmapFilter: "none",
	} as const;
	const values = device.createTexture({
		format: "r32float",
		width: columnOf.length,
		height: cube.header.days,
		mipLevels: 1,
		data: texelsOf(cube, columnOf),
		sampler,
	});
	const classes = new Float32Array(colours.length * 4);
	colours.forEach(([red, green, blue], step) => {
		classes.set(
			[red / 255, green / 255, blue / 255, bounds[step] ?? Number.MAX_VALUE],
			step * 4,
		);
	});
	return {
		values,
		classes: device.createTexture({
			format: "rgba32float",
			width: colours.length,
			height: 1,
			mipLevels: 1,
			data: classes,
			sampler,
		}),
		firstDay: cube.header.firstDay,
		days: cube.header.days,
		classCount: Math.max(1, bounds.length),
	};
}
