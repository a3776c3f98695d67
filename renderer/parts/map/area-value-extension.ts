import { type Layer, LayerExtension } from "@deck.gl/core";
import type { Texture } from "@luma.gl/core";
import type { Day } from "../../../core/series/day.ts";

/**
 * Colours polygons from a texture of values (column = row of the area in the cube, row = day). Each vertex carries its area's
 * row; moving in time changes one uniform, so the work of a frame does not grow with areas or vertices.
 *
 * Between two days the value is interpolated; where only one of them is known, the nearer day decides. A value that is not
 * known is hatched, by pixels of the screen, in two greys of its own. Land without a row (-1) is plain: nothing is asked of it.
 */
const uniforms = /* glsl */ `\
layout(std140) uniform areaValueUniforms {
  float position;
  float days;
  float classes;
  float focus;
  vec3 zero;
  float hatch;
  vec3 missingDark;
  vec3 missingBright;
  vec3 sea;
  vec3 noArea;
} areaValue;
`;

const vertex = /* glsl */ `
${uniforms}
uniform highp sampler2D areaValue_values;
uniform highp sampler2D areaValue_classes;
in vec2 areaKeys;
flat out float areaValue_missing;
flat out float areaValue_dimmed;

const float AREA_VALUE_NOT_REPORTED = -1.0e30;

float areaValue_at(int day) {
  return texelFetch(areaValue_values, ivec2(max(0, int(areaKeys.x)), day), 0).r;
}

vec3 areaValue_colour(float value) {
  if (value <= 0.0) return areaValue.zero;
  vec3 colour = texelFetch(areaValue_classes, ivec2(0, 0), 0).rgb;
  for (int step = 1; step < int(areaValue.classes); step++) {
    vec4 entry = texelFetch(areaValue_classes, ivec2(step, 0), 0);
    if (value >= entry.a) colour = entry.rgb;
  }
  return colour;
}
`;

const fragment = /* glsl */ `
${uniforms}
flat in float areaValue_missing;
flat in float areaValue_dimmed;
`;

const shader = {
	name: "areaValue",
	vs: vertex,
	fs: fragment,
	inject: {
		"vs:DECKGL_FILTER_COLOR": /* glsl */ `
  {
    float at = clamp(areaValue.position, 0.0, areaValue.days - 1.0);
    int today = int(floor(at));
    int tomorrow = min(today + 1, int(areaValue.days) - 1);
    float part = at - floor(at);
    float a = areaValue_at(today);
    float b = areaValue_at(tomorrow);
    bool knowsA = a > AREA_VALUE_NOT_REPORTED;
    bool knowsB = b > AREA_VALUE_NOT_REPORTED;
    float value = knowsA && knowsB ? mix(a, b, part) : (part < 0.5 ? a : b);
    bool isArea = areaKeys.x >= 0.0;
    areaValue_missing = !isArea || value > AREA_VALUE_NOT_REPORTED ? 0.0 : 1.0;
    areaValue_dimmed = areaValue.focus >= 0.0 && areaValue.focus != areaKeys.y ? 1.0 : 0.0;
    color = vec4(isArea ? areaValue_colour(value) : areaValue.noArea, layer.opacity);
  }`,
		"fs:DECKGL_FILTER_COLOR": /* glsl */ `
  {
    if (areaValue_missing > 0.5) {
      float stripe = mod(gl_FragCoord.x + gl_FragCoord.y, areaValue.hatch * 2.0);
      color.rgb = stripe < areaValue.hatch ? areaValue.missingDark : areaValue.missingBright;
    }
    if (areaValue_dimmed > 0.5) color.rgb = mix(areaValue.sea, color.rgb, 0.32);
  }`,
	},
	uniformTypes: {
		position: "f32",
		days: "f32",
		classes: "f32",
		focus: "f32",
		zero: "vec3<f32>",
		hatch: "f32",
		missingDark: "vec3<f32>",
		missingBright: "vec3<f32>",
		sea: "vec3<f32>",
		noArea: "vec3<f32>",
	},
} as const;

/** What is looked up; replaced as a whole when indicator, measure or dataset change. */
export interface AreaValueTextures {
	readonly values: Texture;
	/** One texel for each class: its colour, and its lower bound as alpha. */
	readonly classes: Texture;
	/** The day of the first row. */
	readonly firstDay: Day;
	readonly days: number;
	readonly classCount: number;
}

/** What changes from frame to frame, read at the moment of drawing. */
export interface AreaValueFrame {
	/** The day, with a fraction. */
	readonly at: number;
}

/** How values are coloured: textures, and the plain colours that go with them. */
export interface AreaValueLook {
	readonly textures: AreaValueTextures;
	/** What the dimmed fades into. */
	readonly sea: readonly number[];
	readonly zero: readonly number[];
	/** Land below the areas, of which nothing is asked. */
	readonly noArea: readonly number[];
	readonly missing: readonly [readonly number[], readonly number[]];
}

export interface AreaValueProps {
	/** Read at the moment of drawing too: in the picture that follows a change nothing is of before it. */
	areaValueLook: { readonly current: AreaValueLook };
	areaValueFrame: AreaValueFrame;
	/** Province outside of which the map is dimmed; null for none. */
	areaValueFocus: number | null;
	/** Width of a hatching stripe in device pixels. */
	areaValueHatch: number;
	/** Row in the cube, and province id; not asked for where they come with the data. */
	getAreaKeys?: unknown;
}

export class AreaValueExtension extends LayerExtension {
	static override extensionName = "AreaValueExtension";
	static override defaultProps = {
		areaValueLook: { type: "object", value: null, compare: false },
		areaValueFrame: { type: "object", value: { at: 0 }, compare: false },
		areaValueFocus: null,
		areaValueHatch: 4,
		getAreaKeys: { type: "accessor", value: [0, 0] },
	} as never;

	override getShaders(): unknown {
		return { modules: [shader] };
	}

	override initializeState(this: Layer<AreaValueProps>): void {
		this.getAttributeManager()?.add({
			areaKeys: { size: 2, stepMode: "dynamic", accessor: "getAreaKeys" },
		});
	}

	override draw(this: Layer<AreaValueProps>): void {
		const { props } = this;
		const { textures, sea, zero, noArea, missing } =
			props.areaValueLook.current;
		const unit = (colour: readonly number[]) => colour.map((c) => c / 255);
		this.setShaderModuleProps({
			areaValue: {
				position: props.areaValueFrame.at - textures.firstDay,
				days: textures.days,
				classes: textures.classCount,
				focus: props.areaValueFocus ?? -1,
				sea: unit(sea),
				zero: unit(zero),
				noArea: unit(noArea),
				hatch: props.areaValueHatch,
				missingDark: unit(missing[0]),
				missingBright: unit(missing[1]),
				areaValue_values: textures.values,
				areaValue_classes: textures.classes,
			},
		});
	}
}
