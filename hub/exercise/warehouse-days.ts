import { COLUMNS_OF } from "../../core/facilities/report.ts";
import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";
import type { EpidemicState } from "./epidemic.ts";
import type { Warehouse } from "./facilities.ts";
import { drawSilence } from "./facility-silence.ts";
import type { FileInWriting } from "./received-file.ts";
import { type ShelfLine, StockMovements } from "./stock-movements.ts";

/** Stock of all warehouses, day by day, and what they say of it. */
export interface WarehouseDays {
	pass(at: Day, truth: EpidemicState): void;
	report(at: Day, file: FileInWriting | null): void;
	/** Shelves as they are, and what moved on them since this was last asked for. */
	shelves(): ShelfLine[];
}

/** Pieces (oxygen: cubic metres) given out for each person falling ill, before anything is given to others. */
const GIVEN_OUT = {
	stock_gown: 2.4,
	stock_respirator: 0.7,
	stock_mask: 5,
	stock_gloves: 10,
	stock_face_shield: 1.1,
	stock_oxygen_m3: 0.8,
	stock_reagent: 0.5,
	stock_vtm: 0.6,
} as const;
/** Share of its province's or of the nation's people that a warehouse gives out for on any day, whoever is ill. */
const AT_ALL_TIMES = 3e-6;
/** Days of issue for which it is filled, and how often. */
const COVER = 45;
const REFILLED_EVERY = 14;
/** What the nation keeps beside what the provinces do. */
const NATIONAL_SHARE = 0.35;

export function openWarehouses(
	{ regencies, provinces }: ExerciseCountry,
	warehouses: readonly Warehouse[],
	random: Random,
): WarehouseDays {
	const draws = random.fork("days");
	const silence = drawSilence(warehouses.length, 0.02, random.fork("silence"));
	const everywhere = regencies.map((_, index) => index);
	const served = warehouses.map(({ province }) =>
		province === null ? everywhere : provinces[province].regencies,
	);
	const items = COLUMNS_OF.warehouse as readonly (keyof typeof GIVEN_OUT)[];
	const people = served.map((areas) =>
		areas.reduce((sum, area) => sum + regencies[area].population, 0),
	);
	const share = warehouses.map(({ province }) =>
		province === null ? NATIONAL_SHARE : 1 - NATIONAL_SHARE,
	);
	const usual = items.map((item) =>
		Float64Array.from(people, (of, index) =>
			Math.max(1, of * AT_ALL_TIMES * GIVEN_OUT[item] * share[index]),
		),
	);
	const stock = usual.map((each) =>
		Float64Array.from(each, (of) =>
			Math.round(of * COVER * (0.5 + draws.uniform())),
		),
	);
	const moved = new StockMovements(items, warehouses.length);
	const refilled = warehouses.map(() => draws.integer(REFILLED_EVERY));

	return {
		shelves: () => moved.take(warehouses, (item, index) => stock[item][index]),
		pass(at, truth) {
			for (const [index, areas] of served.entries()) {
				const ill = areas.reduce((sum, area) => sum + truth.onsets[area], 0);
				const arrives =
					(at + refilled[index]) % REFILLED_EVERY === 0 && draws.uniform() < 0.9
						? 0.4 + 0.6 * draws.uniform()
						: 0;
				for (const [item, name] of items.entries()) {
					const wanted = draws.poisson(
						(0.05 * ill + people[index] * AT_ALL_TIMES) *
							GIVEN_OUT[name] *
							share[index],
					);
					const pace = usual[item];
					pace[index] += (Math.max(1, wanted) - pace[index]) / 10;
					const before = stock[item][index];
					const left = Math.max(0, before - wanted);
					const missing = COVER * pace[index] - left;
					const arrived =
						arrives > 0 && missing > 0 ? Math.round(missing * arrives) : 0;
					moved.note(item, index, arrived, before - left);
					stock[item][index] = left + arrived;
				}
			}
		},
		report(at, file) {
			for (const [index, { code }] of warehouses.entries()) {
				if (silence.isSilent(index, at)) continue;
				file?.facility(
					code,
					at,
					Object.fromEntries(
						items.map((name, item) => [name, stock[item][index]]),
					),
				);
			}
		},
	};
}
