import { type Layer, LayerExtension } from "@deck.gl/core";
import type {
	AreaValueFrame,
	AreaValueTextures,
} from "./area-value-extension.ts";
import type { Edges } from "./mark-colours.ts";
import type { MarkColour } from "./mark-value-extension.ts";

/**
 * Colours each end of an arc as its area is on the day, from the textures of the map: a frame changes one uniform. Zero and less are faint,
 * and an end that is not reported is broken into dashes. The wider arc below it, its edge, is the lighter or the darker of two colours, whichever
 * is further from the arc's own: over an area of its own class nothing else would be seen of it. Zero has no edge, since it is meant to be faint.
 */
const uniforms = /* glsl */ `\
layout(std140) uniform arcValueUniforms {
  vec4 zero;
  vec4 missing;
  vec4 lightEdge;
  vec4 darkEdge;
  float position;
  float days;
  float classes;
  float edge;
  float turn;
} arcValue;
`;

const shader = {
	name: "arcValue",
	vs: /* glsl */ `
${uniforms}
uniform highp sampler2D arcValue_values;
uniform highp sampler2D arcValue_classes;
in vec2 arcRows;
out vec2 arcValue_missing;
out float arcValue_along;

float arcValue_at(float row) {
  int day = int(clamp(floor(arcValue.position), 0.0, arcValue.days - 1.0));
  return texelFetch(arcValue_values, ivec2(int(row), day), 0).r;
}

vec4 arcValue_colour(float value) {
  if (value <= -1.0e30) return arcValue.missing;
  if (value <= 0.0) return arcValue.zero;
  vec3 colour = texelFetch(arcValue_classes, ivec2(0, 0), 0).rgb;
  for (int step = 1; step < int(arcValue.classes); step++) {
    vec4 entry = texelFetch(arcValue_classes, ivec2(step, 0), 0);
    if (value >= entry.a) colour = entry.rgb;
  }
  return vec4(colour, 0.95);
}

vec4 arcValue_edge(float value, vec4 colour) {
  if (value > -1.0e30 && value <= 0.0) return vec4(colour.rgb, 0.0);
  float light = dot(pow(colour.rgb, vec3(2.2)), vec3(0.2126, 0.7152, 0.0722));
  return light < arcValue.turn ? arcValue.lightEdge : arcValue.darkEdge;
}
`,
	fs: /* glsl */ `
${uniforms}
in vec2 arcValue_missing;
in float arcValue_along;
`,
	inject: {
		"vs:DECKGL_FILTER_COLOR": /* glsl */ `
  {
    float a = arcValue_at(arcRows.x);
    float b = arcValue_at(arcRows.y);
    arcValue_along = geometry.uv.x;
    arcValue_missing = vec2(a <= -1.0e30 ? 1.0 : 0.0, b <= -1.0e30 ? 1.0 : 0.0);
    vec4 one = arcValue_colour(a);
    vec4 other = arcValue_colour(b);
    color = arcValue.edge > 0.5
      ? mix(arcValue_edge(a, one), arcValue_edge(b, other), smoothstep(0.35, 0.65, geometry.uv.x))
      : mix(one, other, geometry.uv.x);
  }`,
		"fs:DECKGL_FILTER_COLOR": /* glsl */ `
  {
    float none = arcValue_along < 0.5 ? arcValue_missing.x : arcValue_missing.y;
    if (none > 0.5 && fract(arcValue_along * 14.0) > 0.5) discard;
  }`,
	},
	uniformTypes: {
		zero: "vec4<f32>",
		missing: "vec4<f32>",
		lightEdge: "vec4<f32>",
		darkEdge: "vec4<f32>",
		position: "f32",
		days: "f32",
		classes: "f32",
		edge: "f32",
		turn: "f32",
	},
} as const;

export interface ArcValueProps {
	arcTextures: AreaValueTextures;
	arcFrame: AreaValueFrame;
	arcZero: MarkColour;
	arcMissing: MarkColour;
	/** The colours of edges, and below which lightness a colour has the lighter of them (mark-colours). */
	arcEdges: Edges;
	/** Whether this is the edge of arcs and not the arcs. */
	isArcEdge: boolean;
	/** Rows in the cube of both ends. */
	getArcRows: unknown;
}

export class ArcValueExtension extends LayerExtension {
	static override extensionName = "ArcValueExtension";
	static override defaultProps = {
		arcTextures: { type: "object", value: null, compare: false },
		arcFrame: { type: "object", value: { at: 0 }, compare: false },
		arcZero: { type: "object", value: null, compare: false },
		arcMissing: { type: "object", value: null, compare: false },
		arcEdges: { type: "object", value: null, compare: false },
		isArcEdge: false,
		getArcRows: { type: "accessor", value: [0, 0] },
	} as never;

	override getShaders(): unknown {
		return { modules: [shader] };
	}

	override initializeState(this: Layer<ArcValueProps>): void {
		this.getAttributeManager()?.add({
			arcRows: { size: 2, stepMode: "dynamic", accessor: "getArcRows" },
		});
	}

	override draw(this: Layer<ArcValueProps>): void {
		const { arcTextures, arcFrame, arcZero, arcMissing, arcEdges, isArcEdge } =
			this.props;
		const unit = ([red, green, blue, alpha]: MarkColour) => [
			red / 255,
			green / 255,
			blue / 255,
			alpha,
		];
		this.setShaderModuleProps({
			arcValue: {
				position: arcFrame.at - arcTextures.firstDay,
				days: arcTextures.days,
				classes: arcTextures.classCount,
				zero: unit(arcZero),
				missing: unit(arcMissing),
				lightEdge: unit(arcEdges.light),
				darkEdge: unit(arcEdges.dark),
				edge: isArcEdge ? 1 : 0,
				turn: arcEdges.turn,
				arcValue_values: arcTextures.values,
				arcValue_classes: arcTextures.classes,
			},
		});
	}
}
