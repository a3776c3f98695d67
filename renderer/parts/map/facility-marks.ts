import type { Layer } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import { REPORT_HOLDS_DAYS } from "../../../core/facilities/report.ts";
import type { FacilityCube } from "../../state/facility-cube.ts";
import { rootSize } from "../ui/root-size.ts";
import { emptyColour } from "./facility-state.ts";
import {
	FacilityTexture,
	FacilityValueExtension,
	type FacilityValueProps,
} from "./facility-value-extension.ts";
import type { MapMarks, Project } from "./map-marks.ts";
import { markColours } from "./mark-colours.ts";
import type { MapColours } from "./palettes.ts";

/** A facility on the map, its row in the cube of its kind, and by how many rem it stands beside its place. */
export interface PlacedFacility {
	readonly facility: FacilityRow;
	readonly row: number;
	readonly area: AreaRow | null;
	readonly lng: number;
	readonly lat: number;
	readonly beside: readonly [x: number, y: number];
}

/** Radius of a mark in rem: of few, and of so many that larger ones would cover the map. */
const RADIUS = { few: 0.5, many: 0.26 };
const MANY = 150;
/** The golden angle: however many there are, they stand evenly around (H. Vogel, Mathematical Biosciences 44 (1979) 179). */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * The facilities that are shown. Those for which the seat of their area stands are laid around it, so that each can be seen; those without a
 * place at all are left out.
 */
export function placedFacilities(
	facilities: readonly FacilityRow[],
	areaOf: (id: number) => AreaRow | null,
	isShown: (facility: FacilityRow) => boolean,
): PlacedFacility[] {
	const atSeat = new Map<string, number>();
	return facilities.flatMap((facility, row) => {
		const { lng, lat, placed } = facility;
		if (lng === null || lat === null || !isShown(facility)) return [];
		let beside: [number, number] = [0, 0];
		if (placed === "area") {
			const key = `${lng} ${lat}`;
			const before = atSeat.get(key) ?? 0;
			atSeat.set(key, before + 1);
			const far = 0.55 * Math.sqrt(before);
			const angle = before * GOLDEN_ANGLE;
			beside = [far * Math.cos(angle), far * Math.sin(angle)];
		}
		return [{ facility, row, area: areaOf(facility.area), lng, lat, beside }];
	});
}

export function facilityRadius(count: number): number {
	return count > MANY ? RADIUS.many : RADIUS.few;
}

/** The facility whose mark is nearest to a place of the picture and covers it. */
export function facilityAt(
	placed: readonly PlacedFacility[],
	x: number,
	y: number,
	project: Project,
	rem: number,
): PlacedFacility | null {
	const radius = facilityRadius(placed.length);
	// They stand as close to one another as they are large.
	const spread = (radius / RADIUS.few) * rem;
	let best: { one: PlacedFacility; far: number } | null = null;
	for (const one of placed) {
		const at = project(one.lng, one.lat);
		const far = Math.hypot(
			at.x + one.beside[0] * spread - x,
			at.y - one.beside[1] * spread - y,
		);
		if (far <= radius * rem && far < (best?.far ?? Number.POSITIVE_INFINITY))
			best = { one, far };
	}
	return best?.one ?? null;
}

const EXTENSION = new FacilityValueExtension();

/** Hospitals or laboratories, filled as far as they are full on the day. */
export function facilityMarks(
	kind: "hospital" | "laboratory",
	cube: FacilityCube,
	placed: readonly PlacedFacility[],
	ground: MapColours,
	/** Hears which one is below the pointer. */
	onPoint: (facility: PlacedFacility | null) => void,
): MapMarks {
	const told = new FacilityTexture(cube);
	const colours = markColours(ground);
	const radius = facilityRadius(placed.length);
	return {
		tilt: 0,
		layers(frame): Layer[] {
			const rem = rootSize();
			return [
				new ScatterplotLayer<PlacedFacility, FacilityValueProps>({
					id: `mark-${kind}`,
					data: placed as PlacedFacility[],
					billboard: true,
					antialiasing: false,
					getPosition: ({ lng, lat }: PlacedFacility) => [lng, lat],
					// In radii: a window that grows changes a uniform, and no attribute.
					getPixelOffset: ({ beside: [x, y] }: PlacedFacility) => [
						x / RADIUS.few,
						y / RADIUS.few,
					],
					extensions: [EXTENSION],
					parameters: { depthCompare: "always", depthWriteEnabled: false },
					facilityTold: told,
					facilityFrame: frame,
					facilityRadius: radius * rem,
					facilityHolds: REPORT_HOLDS_DAYS,
					facilityIsDiamond: kind === "laboratory",
					facilityColours: {
						empty: [...emptyColour(ground), 0.92],
						missing: colours.missing,
						edge: colours.line,
					},
					getFacilityRow: ({ row }: PlacedFacility) => row,
				} as never),
			];
		},
		areaAt(x, y, _day, project) {
			const found = facilityAt(placed, x, y, project, rootSize());
			onPoint(found);
			return found?.area ?? null;
		},
		remove: () => told.remove(),
	};
}
