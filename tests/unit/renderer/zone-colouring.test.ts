import { describe, expect, it } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Zones } from "../../../core/api/zones.ts";
import { colourAt } from "../../../renderer/parts/map/colour-at.ts";
import { waysToNearest } from "../../../renderer/parts/map/letter-marks.ts";
import { MAP_COLOURS } from "../../../renderer/parts/map/palettes.ts";
import { zoneColour } from "../../../renderer/parts/map/zone-colours.ts";
import { zoneColouring } from "../../../renderer/screens/sebaran/zone-colouring.ts";
import { indexAreas } from "../../../renderer/state/area-index.ts";

const area = (id: number, level: AreaRow["level"], parent: number | null) =>
	({
		id,
		code: String(id),
		level,
		parent,
		name: "",
		unknownPlace: false,
	}) as AreaRow;
const areas = indexAreas([
	area(1, "nation", null),
	area(2, "province", 1),
	area(3, "regency", 2),
	area(4, "regency", 2),
]);
const source = { key: "z", id_name: "Z", en_name: "Z" };
const published = (day: number, zones: number[]) => ({
	day,
	zones,
	sources: [source],
	asOf: day,
	receivedAt: null,
});
const zones: Zones = {
	areas: [3, 4],
	publications: [published(102, [5, 0]), published(109, [3, 2])],
	held: [],
};
const days = { firstDay: 100, lastDay: 130 };
const ground = MAP_COLOURS.dark;
const colour = (shown: ((area: number, zone: number) => boolean) | null) =>
	colourAt(zoneColouring(areas, zones, days, ground, "dark", shown, 1));

describe("the map of official zones", () => {
	it("shows on each day the last publication, nothing before the first, and none of an area of which none was published", () => {
		const at = colour(null);
		expect([at(0, 101), at(0, 102), at(1, 102)]).toEqual([
			null,
			zoneColour("tinggi", "dark"),
			null,
		]);
		expect([at(0, 108), at(0, 109), at(1, 109)]).toEqual([
			zoneColour("tinggi", "dark"),
			zoneColour("rendah", "dark"),
			zoneColour("tidak-ada-kasus", "dark"),
		]);
	});

	it("draws a publication faintly from the fifteenth day on, and what is not looked at", () => {
		const at = colour(null);
		expect(at(0, 109 + 14)).toEqual(zoneColour("rendah", "dark"));
		expect(at(0, 109 + 15)).not.toEqual(zoneColour("rendah", "dark"));
		const alone = colour((id) => id === 4);
		expect(alone(1, 109 + 15)).toEqual(zoneColour("tidak-ada-kasus", "dark"));
		expect(alone(0, 109)).not.toEqual(zoneColour("rendah", "dark"));
	});

	it("has zones that grow brighter from high to none, so that who does not tell red from green tells them", () => {
		const ORDER = [
			"tinggi",
			"sedang",
			"rendah",
			"tidak-ada-kasus",
			"tidak-terdampak",
		] as const;
		for (const theme of ["dark", "light"] as const) {
			const light = ORDER.map((zone) => {
				const [red, green, blue] = zoneColour(zone, theme);
				return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
			});
			expect(light).toEqual(light.toSorted((a, b) => a - b));
			expect(new Set(light).size).toBe(ORDER.length);
		}
	});

	it("has letters no higher than the way to the next seat allows", () => {
		const [one, two, far] = waysToNearest([
			{ lng: 110, lat: 0 },
			{ lng: 110.1, lat: 0 },
			{ lng: 111, lat: 0 },
		]);
		expect(one).toBeCloseTo(11_132, 0);
		expect(two).toBe(one);
		expect(far).toBeCloseTo(100_188, 0);
	});
});
