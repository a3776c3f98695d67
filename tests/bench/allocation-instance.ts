/** Seeded allocation problems of a country's size, for measuring only. */

import {
	type AllocationProblem,
	checkProblem,
} from "../../core/logistics/allocation/problem.ts";
import { createRandom } from "../../core/statistics/random.ts";

const ITEMS = [
	["mask", 6e-5, 9000, 1],
	["n95", 3e-4, 1200, 8],
	["gown", 2.2e-3, 900, 6],
	["pcr-reaction", 4e-5, 600, 10],
	["oxygen-cylinder", 6e-2, 40, 20],
	["hand-rub", 1.1e-3, 300, 2],
	["antigen-test", 3e-5, 2000, 4],
	["face-shield", 4e-3, 500, 3],
] as const;

/** Places and depots scattered over the archipelago's box, demand by population, supply about 65 % of demand. */
export function allocationInstance(
	depots: number,
	places: number,
	items: number,
	options: { seed?: number; nearest?: number; coupled?: boolean } = {},
): AllocationProblem {
	const random = createRandom(options.seed ?? 20200412);
	const point = () => ({
		lat: -11 + 17 * random.uniform(),
		lon: 95 + 46 * random.uniform(),
	});
	const depotAt = Array.from({ length: depots }, point);
	const placeAt = Array.from({ length: places }, () => ({
		...point(),
		population: Math.round(Math.exp(random.normal(12.7, 0.8))),
		severity: [1, 1, 1, 1.5, 2, 3][random.integer(6)] as number,
	}));
	const chosen = ITEMS.slice(0, items);
	const demand = placeAt.map((place) =>
		chosen.map(([, , rate]) =>
			random.uniform() < 0.05
				? 0
				: Math.round(
						(place.population / 1e5) * rate * (0.3 + 1.4 * random.uniform()),
					),
		),
	);
	const share = depotAt.map(() => 0.2 + random.uniform());
	const shares = share.reduce((sum, value) => sum + value, 0);
	const total = chosen.map((_, item) =>
		demand.reduce((sum, row) => sum + (row[item] as number), 0),
	);
	const distance = depotAt.map((depot) =>
		placeAt.map((place) =>
			Math.hypot(depot.lat - place.lat, depot.lon - place.lon),
		),
	);
	const supply = depotAt.map((_, depot) =>
		total.map((amount) =>
			Math.floor((0.65 * amount * (share[depot] as number)) / shares),
		),
	);
	const volume = chosen.map(([, cubic]) => cubic);
	return checkProblem({
		items: chosen.map(([id, volumeM3], item) => ({
			id,
			volumeM3,
			maxLeadDays: item === 3 ? 5 : 8,
			coverageWeight: 1000 * (item + 1),
		})),
		depots: depotAt.map((_, depot) => ({ id: `D${depot}` })),
		places: placeAt.map((place, index) => ({
			id: `K${index}`,
			population: place.population,
		})),
		supply,
		demand,
		penalty: placeAt.map((place) =>
			chosen.map(([, , , criticality]) => criticality * place.severity),
		),
		costPerM3: distance.map((row) =>
			row.map((degrees) => Math.round(100 * (60 + 95 * degrees)) / 100),
		),
		leadDays: distance.map((row) =>
			row.map((degrees) => 1 + Math.round(degrees / 3.2)),
		),
		transportWeight: 0.001,
		depotCapacityM3: options.coupled
			? supply.map(
					(row) =>
						0.8 *
						row.reduce(
							(sum, units, item) => sum + units * (volume[item] as number),
							0,
						),
				)
			: undefined,
		nearestDepots: options.nearest,
	});
}
