import type { Device, Texture } from "@luma.gl/core";
import type { Cube, CubeShape } from "../../state/cube.ts";
import { texelsOf } from "./value-textures.ts";

/** The values of a cube as marks read them: a column for each of its rows, a row for each day. Made when it is first drawn. */
export class ValueTexture {
	readonly cube: Cube<CubeShape>;
	#texture: Texture | null = null;

	constructor(cube: Cube<CubeShape>) {
		this.cube = cube;
	}

	of(device: Device): Texture {
		this.#texture ??= device.createTexture({
			format: "r32float",
			width: Math.max(1, this.cube.header.areas),
			height: this.cube.header.days,
			mipLevels: 1,
			data: texelsOf(
				this.cube,
				Array.from({ length: this.cube.header.areas }, (_, row) => row),
			),
			sampler: {
				minFilter: "nearest",
				magFilter: "nearest",
				mipmapFilter: "none",
			},
		});
		return this.#texture;
	}

	remove(): void {
		this.#texture?.destroy();
		this.#texture = null;
	}
}
