import type { Layer } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Settings } from "../../../core/workspace/settings.ts";
import { rootSize } from "../ui/root-size.ts";
import { emptyColour } from "./facility-state.ts";
import type { MapMarks } from "./map-marks.ts";
import { type MapColours, type Rgb, rgbFromHex } from "./palettes.ts";

/** A hospital on the map of referrals. */
export interface ReferralMark {
	readonly facility: number;
	readonly lng: number;
	readonly lat: number;
	readonly state: "free" | "full" | "unknown";
	readonly area: AreaRow | null;
}

/** A free bed is a filled mark, a full hospital a ring, no report a small pale dot: what is told by colour is told by shape too. */
export const FREE_COLOUR: Readonly<Record<Settings["theme"], string>> = {
	dark: "#3fc7f4",
	light: "#00649b",
};
const RADIUS = { free: 0.46, full: 0.4, unknown: 0.2 };

/** Hospitals by whether they have a free bed, the place from which one is looked for, and the one that is looked at. */
export function referralMarks(
	marks: readonly ReferralMark[],
	from: { lat: number; lng: number } | null,
	chosen: number | null,
	ground: MapColours,
	theme: Settings["theme"],
	onPoint: (mark: ReferralMark | null) => void,
): MapMarks {
	const free = rgbFromHex(FREE_COLOUR[theme]);
	const line = rgbFromHex(ground.selectedLine);
	const empty = emptyColour(ground);
	const missing = ground.noData[1];
	// What can be used is drawn last, above the others.
	const order = { unknown: 0, full: 1, free: 2 };
	const inOrder = [...marks].sort((a, b) => order[a.state] - order[b.state]);
	const fill: Record<ReferralMark["state"], Rgb> = {
		free,
		full: empty,
		unknown: missing,
	};
	return {
		tilt: 0,
		layers(): Layer[] {
			const rem = rootSize();
			const still = {
				billboard: true,
				radiusUnits: "pixels" as const,
				lineWidthUnits: "pixels" as const,
				// Sizes are in rem: a window that grows changes a uniform, and no attribute.
				radiusScale: rem,
				lineWidthScale: rem,
				parameters: {
					depthCompare: "always" as const,
					depthWriteEnabled: false,
				},
			};
			return [
				new ScatterplotLayer<ReferralMark>({
					...still,
					id: "referral-hospitals",
					data: inOrder,
					stroked: true,
					getPosition: ({ lng, lat }) => [lng, lat],
					getRadius: ({ state }) => RADIUS[state],
					getFillColor: ({ state }) => [...fill[state], 235],
					getLineColor: ({ state }) => [
						...(state === "unknown" ? empty : line),
						255,
					],
					getLineWidth: ({ state }) => (state === "full" ? 0.14 : 0.07),
				}),
				...[
					...(from ? [{ ...from, radius: 0.75, id: "referral-from" }] : []),
					...marks.flatMap(({ facility, lng, lat }) =>
						facility === chosen
							? [{ lng, lat, radius: 0.8, id: "referral-chosen" }]
							: [],
					),
				].map(
					({ id, lng, lat, radius }) =>
						new ScatterplotLayer<null>({
							...still,
							id,
							data: [null],
							filled: false,
							stroked: true,
							getPosition: () => [lng, lat],
							getRadius: radius,
							getLineColor: [...line, 255],
							getLineWidth: 0.18,
						}),
				),
			];
		},
		areaAt(x, y, _day, project) {
			const rem = rootSize();
			let best: { mark: ReferralMark; far: number } | null = null;
			for (const mark of marks) {
				const at = project(mark.lng, mark.lat);
				const far = Math.hypot(at.x - x, at.y - y);
				if (far <= 0.6 * rem && far < (best?.far ?? Number.POSITIVE_INFINITY))
					best = { mark, far };
			}
			onPoint(best?.mark ?? null);
			return best?.mark.area ?? null;
		},
		remove() {},
	};
}
