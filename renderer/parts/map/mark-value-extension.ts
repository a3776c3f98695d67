import { type Layer, LayerExtension } from "@deck.gl/core";
import type { AreaValueFrame } from "./area-value-extension.ts";
import type { ValueTexture } from "./mark-texture.ts";

/**
 * Gives circles and columns the size of the value that their area has on the day, read from the texture of values while the vertices are
 * placed: a frame changes one uniform. Both are placed anew at the end of the layer's own work, which knows nothing of values.
 *
 * Four states look different without their colour: a value, zero (a dot), below zero (a circle with a minus, a column downwards), and not
 * reported (a hollow ring). All have an edge of the other lightness than their lines: what is drawn dark is seen on dark land too.
 */
const uniforms = /* glsl */ `\
layout(std140) uniform markValueUniforms {
  vec4 fill;
  vec4 line;
  vec4 below;
  vec4 missing;
  vec4 casing;
  float position;
  float days;
  float most;
  float size;
  float unit;
  float edge;
} markValue;
`;

const vertex = /* glsl */ `
${uniforms}
uniform highp sampler2D markValue_values;
in float markRow;
flat out float markValue_state;
flat out float markValue_extent;
out vec2 markValue_local;

const float MARK_MISSING = 2.0;

float markValue_now() {
  int day = int(clamp(floor(markValue.position), 0.0, markValue.days - 1.0));
  return texelFetch(markValue_values, ivec2(int(markRow), day), 0).r;
}

float markValue_stateOf(float value) {
  return value <= -1.0e30 ? MARK_MISSING : sign(value);
}
`;

const fragment = /* glsl */ `
${uniforms}
flat in float markValue_state;
flat in float markValue_extent;
in vec2 markValue_local;
`;

const uniformTypes = {
	fill: "vec4<f32>",
	line: "vec4<f32>",
	below: "vec4<f32>",
	missing: "vec4<f32>",
	casing: "vec4<f32>",
	position: "f32",
	days: "f32",
	most: "f32",
	size: "f32",
	unit: "f32",
	edge: "f32",
} as const;

const circle = {
	name: "markValue",
	vs: vertex,
	fs: fragment,
	uniformTypes,
	inject: {
		"vs:#main-end": /* glsl */ `
  {
    float value = markValue_now();
    markValue_state = markValue_stateOf(value);
    bool none = markValue_state == MARK_MISSING;
    float line = markValue.unit * (none ? 0.1 : 0.075);
    float radius = none ? markValue.unit * 0.2
      : markValue_state == 0.0 ? markValue.unit * 0.07
      : max(markValue.unit * 0.13, markValue.size * sqrt(abs(value) / markValue.most));
    outerRadiusPixels = radius + line / 2.0 + markValue.edge;
    innerUnitRadius = 1.0 - (line + markValue.edge) / outerRadiusPixels;
    unitPosition = (outerRadiusPixels + SMOOTH_EDGE_RADIUS) / outerRadiusPixels * positions.xy;
    markValue_extent = outerRadiusPixels;
    markValue_local = unitPosition;
    geometry.uv = unitPosition;
    gl_Position = project_position_to_clipspace(instancePositions, instancePositions64Low, vec3(0.0), geometry.position);
    gl_Position.xy += project_pixel_size_to_clipspace(unitPosition * outerRadiusPixels);
    vLineColor = none ? markValue.missing : markValue_state < 0.0 ? markValue.below : markValue.line;
    vFillColor = none ? vec4(0.0) : vec4(markValue_state < 0.0 ? markValue.below.rgb : markValue.fill.rgb, markValue_state == 0.0 ? 1.0 : markValue.fill.a);
  }`,
		"fs:DECKGL_FILTER_COLOR": /* glsl */ `
  if (markValue_state == -1.0 && abs(markValue_local.y) * markValue_extent < markValue.unit * 0.06 && abs(markValue_local.x) < 0.6)
    color = vec4(markValue.below.rgb, 1.0);
  float markValue_edge = markValue_extent - markValue.edge;
  color.rgb = mix(color.rgb, markValue.casing.rgb, smoothstep(markValue_edge - 0.5, markValue_edge + 0.5, length(markValue_local) * markValue_extent));
`,
	},
} as const;

const column = {
	name: "markValue",
	vs: vertex,
	fs: fragment,
	uniformTypes,
	inject: {
		"vs:#main-end": /* glsl */ `
  {
    float value = markValue_now();
    markValue_state = markValue_stateOf(value);
    bool none = markValue_state == MARK_MISSING;
    float height = none ? 0.0 : markValue.size * value / markValue.most + sign(value) * markValue.edge;
    float radius = markValue.unit * (markValue_state == 0.0 ? 0.5 : 1.0) + markValue.edge;
    markValue_extent = radius;
    markValue_local = positions.xy;
    vec3 offset = vec3(positions.xy * radius, height * (positions.z + 1.0) / 2.0) / project.scale;
    gl_Position = project_position_to_clipspace(instancePositions, instancePositions64Low, offset, geometry.position);
    // Lit from the upper left, so that the height is seen.
    float light = normals.z > 0.5 ? 1.0 : 0.62 - 0.2 * normals.x;
    vColor = markValue.edge > 0.0 ? markValue.casing : none ? markValue.missing : vec4((markValue_state < 0.0 ? markValue.below.rgb : markValue.fill.rgb) * light, 1.0);
  }`,
		"fs:DECKGL_FILTER_COLOR": /* glsl */ `
  if (markValue_state == 2.0 && length(markValue_local) < 0.6) discard;
`,
	},
} as const;

const SHADERS = { circle, column };

/** Red, green, blue (0 to 255) and how much covers what lies below (0 to 1). */
export type MarkColour = readonly [
	red: number,
	green: number,
	blue: number,
	alpha: number,
];

/** `casing` is that of the edge, of another lightness than `line`. */
export type MarkColours = Readonly<
	Record<"fill" | "line" | "below" | "missing" | "casing", MarkColour>
>;

export interface MarkValueProps {
	markValues: ValueTexture;
	markFrame: AreaValueFrame;
	/** The value that has the size `markSize`. */
	markMost: number;
	/** Radius or height, in pixels. */
	markSize: number;
	/** Of circles the size of a letter, of columns their radius, in pixels. */
	markUnit: number;
	/** Width of the edge of a circle, in pixels; of columns: more than 0 for the layer of their edges, which is nothing but them. */
	markEdge: number;
	markColours: MarkColours;
	/** Row in the cube. */
	getMarkRow: unknown;
}

export class MarkValueExtension extends LayerExtension<{
	shape: keyof typeof SHADERS;
}> {
	static override extensionName = "MarkValueExtension";
	static override defaultProps = {
		markValues: { type: "object", value: null, compare: false },
		markFrame: { type: "object", value: { at: 0 }, compare: false },
		markMost: 1,
		markSize: 1,
		markUnit: 1,
		markEdge: 0,
		markColours: { type: "object", value: null, compare: false },
		getMarkRow: { type: "accessor", value: 0 },
	} as never;

	override getShaders(
		this: Layer<MarkValueProps>,
		extension: MarkValueExtension,
	): unknown {
		return { modules: [SHADERS[extension.opts.shape]] };
	}

	override initializeState(this: Layer<MarkValueProps>): void {
		this.getAttributeManager()?.add({
			markRow: { size: 1, stepMode: "dynamic", accessor: "getMarkRow" },
		});
	}

	override draw(this: Layer<MarkValueProps>): void {
		const { markValues, markFrame, markColours, ...props } = this.props;
		const { firstDay, days } = markValues.cube.header;
		const unit = ([red, green, blue, alpha]: MarkColour) => [
			red / 255,
			green / 255,
			blue / 255,
			alpha,
		];
		this.setShaderModuleProps({
			markValue: {
				position: markFrame.at - firstDay,
				days,
				most: Math.max(props.markMost, Number.MIN_VALUE),
				size: props.markSize,
				unit: props.markUnit,
				edge: props.markEdge,
				fill: unit(markColours.fill),
				line: unit(markColours.line),
				below: unit(markColours.below),
				missing: unit(markColours.missing),
				casing: unit(markColours.casing),
				markValue_values: markValues.of(this.context.device),
			},
		});
	}
}
