import type { Zones } from "../../../core/api/zones.ts";
import {
	isOldZone,
	publicationOn,
} from "../../../core/epidemic/zone-publication.ts";
import { ZONES, zoneOfNumber } from "../../../core/epidemic/zone-transition.ts";
import type { Day } from "../../../core/series/day.ts";
import type { Settings } from "../../../core/workspace/settings.ts";
import { towardsSea } from "../../parts/map/faded.ts";
import type { MapColours } from "../../parts/map/palettes.ts";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { zoneColour } from "../../parts/map/zone-colours.ts";
import type { AreaIndex } from "../../state/area-index.ts";

/** How many classes there are of one strength. */
const STRONG = ZONES.length;

/**
 * The zones as a map is coloured by them on each day: by the number of the zone of the last publication, and that much more where it is drawn
 * faintly: where the publication is old, or only some areas are looked at.
 * @param shown the areas that are looked at; null for all
 */
export function zoneColouring(
	areas: AreaIndex,
	zones: Zones,
	days: { firstDay: Day; lastDay: Day },
	ground: MapColours,
	theme: Settings["theme"],
	shown: ((area: number, zone: number) => boolean) | null,
	seq: number,
): Colouring {
	const regencies = areas.at("regency");
	const length = days.lastDay - days.firstDay + 1;
	const values = new Float64Array(regencies.length * length).fill(Number.NaN);
	const published = zones.publications.map(({ day }) => day);
	const placeOf = new Map(zones.areas.map((id, at) => [id, at]));
	for (let on = 0; on < length; on++) {
		const day = days.firstDay + on;
		const one = zones.publications[publicationOn(published, day)];
		if (!one) continue;
		const old = isOldZone(one.day, day);
		regencies.forEach(({ id }, row) => {
			const zone = one.zones[placeOf.get(id) ?? -1] ?? 0;
			if (zone === 0) return;
			const faint = shown ? !shown(id, zone) : old;
			values[row * length + on] = zone + (faint ? STRONG : 0);
		});
	}
	const colours = Array.from({ length: STRONG }, (_, at) =>
		zoneColour(zoneOfNumber(at + 1) ?? "tidak-terdampak", theme),
	);
	return {
		cube: {
			header: {
				indicator: "zone",
				level: "regency",
				firstDay: days.firstDay,
				days: length,
				areas: regencies.length,
				seq,
				pending: [],
			},
			values,
			marks: new Uint16Array(values.length),
		},
		columnOf: regencies.map((_, row) => row),
		bounds: Array.from({ length: STRONG * 2 }, (_, at) => at + 1),
		belowZero: false,
		colours: [
			...colours,
			...colours.map((colour) => towardsSea(colour, ground)),
		],
		ground,
	};
}
