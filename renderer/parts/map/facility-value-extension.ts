import { type Layer, LayerExtension } from "@deck.gl/core";
import type { Device, Texture } from "@luma.gl/core";
import type { Day } from "../../../core/series/day.ts";
import type { AreaValueFrame } from "./area-value-extension.ts";
import { FULL_FROM, STATE_COLOURS } from "./facility-state.ts";
import type { MarkColour } from "./mark-value-extension.ts";

/**
 * Draws a facility as a square (hospital) or a diamond (laboratory) that is filled from below as far as it is full, read from a texture of
 * shares and ages on the day: a frame changes one uniform. It pales with the age of its report; without one it is a hollow grey outline.
 */
const uniforms = /* glsl */ `\
layout(std140) uniform facilityValueUniforms {
  vec4 low;
  vec4 middle;
  vec4 high;
  vec4 empty;
  vec4 missing;
  vec4 edge;
  vec2 bounds;
  float position;
  float days;
  float columns;
  float radius;
  float holds;
  float diamond;
} facilityValue;
`;

const shader = {
	name: "facilityValue",
	vs: /* glsl */ `
${uniforms}
uniform highp sampler2D facilityValue_told;
in float facilityRow;
flat out float facilityValue_share;
flat out float facilityValue_age;
out vec2 facilityValue_at;
`,
	fs: /* glsl */ `
${uniforms}
flat in float facilityValue_share;
flat in float facilityValue_age;
in vec2 facilityValue_at;

// Beside the radius: how full it is has to be seen also of a small one.
const float FACILITY_LINE = 0.22;
`,
	inject: {
		"vs:#main-end": /* glsl */ `
  {
    int day = int(floor(facilityValue.position));
    int days = int(facilityValue.days);
    int columns = int(facilityValue.columns);
    vec2 told = vec2(-1.0, 255.0);
    if (day >= 0 && day < days) {
      int cell = int(facilityRow) * days + day;
      told = texelFetch(facilityValue_told, ivec2(cell % columns, cell / columns), 0).rg;
    }
    facilityValue_share = told.r;
    facilityValue_age = told.g;
    outerRadiusPixels = facilityValue.radius;
    innerUnitRadius = 1.0;
    unitPosition = positions.xy;
    facilityValue_at = positions.xy;
    geometry.uv = unitPosition;
    gl_Position = project_position_to_clipspace(instancePositions, instancePositions64Low, vec3(0.0), geometry.position);
    gl_Position.xy += project_pixel_size_to_clipspace((unitPosition + instancePixelOffset) * outerRadiusPixels);
  }`,
		"fs:DECKGL_FILTER_COLOR": /* glsl */ `
  {
    vec2 at = facilityValue_at;
    float reach = facilityValue.diamond > 0.5 ? abs(at.x) + abs(at.y) : max(abs(at.x), abs(at.y)) / 0.7;
    if (reach > 1.0) discard;
    float extent = facilityValue.diamond > 0.5 ? 1.0 : 0.7;
    bool outline = reach > 1.0 - FACILITY_LINE;
    bool none = facilityValue_age > 254.0 || facilityValue_share < 0.0;
    if (none) {
      if (!outline) discard;
      color = facilityValue.missing;
    } else {
      vec4 state = facilityValue_share >= facilityValue.bounds.y ? facilityValue.high
        : facilityValue_share >= facilityValue.bounds.x ? facilityValue.middle : facilityValue.low;
      bool filled = (at.y + extent) / (2.0 * extent) <= facilityValue_share;
      color = outline ? facilityValue.edge : filled ? state : facilityValue.empty;
      color.a *= 1.0 - 0.55 * clamp(facilityValue_age / facilityValue.holds, 0.0, 1.0);
    }
  }`,
	},
	uniformTypes: {
		low: "vec4<f32>",
		middle: "vec4<f32>",
		high: "vec4<f32>",
		empty: "vec4<f32>",
		missing: "vec4<f32>",
		edge: "vec4<f32>",
		bounds: "vec2<f32>",
		position: "f32",
		days: "f32",
		columns: "f32",
		radius: "f32",
		holds: "f32",
		diamond: "f32",
	},
} as const;

/** Columns of the texture: every card has as many. */
const COLUMNS = 2048;

/** Shares and ages cell by cell, as the marks of facilities read them. Made when it is first drawn. */
export class FacilityTexture {
	readonly firstDay: Day;
	readonly days: number;
	readonly #texels: () => Float32Array;
	#texture: Texture | null = null;

	constructor({
		header,
		values,
		ages,
	}: {
		header: { firstDay: Day; days: number };
		values: Float32Array;
		ages: Uint8Array;
	}) {
		this.firstDay = header.firstDay;
		this.days = header.days;
		this.#texels = () => facilityTexels(values, ages);
	}

	of(device: Device): { texture: Texture; columns: number } {
		if (!this.#texture) {
			const data = this.#texels();
			this.#texture = device.createTexture({
				format: "rg32float",
				width: COLUMNS,
				height: data.length / COLUMNS / 2,
				mipLevels: 1,
				data,
				sampler: {
					minFilter: "nearest",
					magFilter: "nearest",
					mipmapFilter: "none",
				},
			});
		}
		return { texture: this.#texture, columns: COLUMNS };
	}

	remove(): void {
		this.#texture?.destroy();
		this.#texture = null;
	}
}

/** Pairs of share and age in whole rows of the texture; -1: there is no share. */
export function facilityTexels(
	values: Float32Array,
	ages: Uint8Array,
): Float32Array {
	const rows = Math.max(1, Math.ceil(values.length / COLUMNS));
	const texels = new Float32Array(rows * COLUMNS * 2);
	for (let cell = 0; cell < values.length; cell++) {
		const value = values[cell];
		texels[2 * cell] = Number.isNaN(value) ? -1 : value;
		texels[2 * cell + 1] = ages[cell];
	}
	return texels;
}

export interface FacilityValueProps {
	facilityTold: FacilityTexture;
	facilityFrame: AreaValueFrame;
	/** In pixels; a place beside its own (`getPixelOffset`) is given in radii. */
	facilityRadius: number;
	/** Days after which a report holds no more. */
	facilityHolds: number;
	facilityIsDiamond: boolean;
	facilityColours: Readonly<Record<"empty" | "missing" | "edge", MarkColour>>;
	getFacilityRow: unknown;
}

export class FacilityValueExtension extends LayerExtension {
	static override extensionName = "FacilityValueExtension";
	static override defaultProps = {
		facilityTold: { type: "object", value: null, compare: false },
		facilityFrame: { type: "object", value: { at: 0 }, compare: false },
		facilityRadius: 6,
		facilityHolds: 7,
		facilityIsDiamond: false,
		facilityColours: { type: "object", value: null, compare: false },
		getFacilityRow: { type: "accessor", value: 0 },
	} as never;

	override getShaders(): unknown {
		return { modules: [shader] };
	}

	override initializeState(this: Layer<FacilityValueProps>): void {
		this.getAttributeManager()?.add({
			facilityRow: { size: 1, stepMode: "dynamic", accessor: "getFacilityRow" },
		});
	}

	override draw(this: Layer<FacilityValueProps>): void {
		const { facilityTold, facilityFrame, facilityColours, ...props } =
			this.props;
		const { texture, columns } = facilityTold.of(this.context.device);
		const unit = ([red, green, blue, alpha]: MarkColour) => [
			red / 255,
			green / 255,
			blue / 255,
			alpha,
		];
		const [low, middle, high] = STATE_COLOURS.map((colour) =>
			unit([colour[0], colour[1], colour[2], 1]),
		);
		this.setShaderModuleProps({
			facilityValue: {
				low,
				middle,
				high,
				empty: unit(facilityColours.empty),
				missing: unit(facilityColours.missing),
				edge: unit(facilityColours.edge),
				bounds: FULL_FROM,
				position: facilityFrame.at - facilityTold.firstDay,
				days: facilityTold.days,
				columns,
				radius: props.facilityRadius,
				holds: props.facilityHolds,
				diamond: props.facilityIsDiamond ? 1 : 0,
				facilityValue_told: texture,
			},
		});
	}
}
