import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import { weekday } from "./calendar.ts";
import type { ExerciseCountry } from "./country.ts";
import type { FileInWriting } from "./received-file.ts";

/** The weekly table of confirmed cases by kecamatan, which the health offices send on Saturdays. */
export interface KecamatanTables {
	/**
	 * @param stated confirmed cases that the office of each kabupaten/kota wrote down for the day; -1 where it wrote nothing
	 * @param file null to live through the day without writing it down
	 */
	report(at: Day, stated: Int32Array, file: FileInWriting | null): void;
	/** How many of the first `cases` of a kabupaten/kota live in each of its kecamatan: they come to `cases`. */
	divide(area: number, cases: number): Int32Array;
}

/** The opening ends on one: 26 December 2020. */
const SATURDAY = 6;

/** Kecamatan of which the office never has the addresses; and the chance that one is left out of a table. */
const NEVER = 0.015;
const LEFT_OUT = 0.03;
/** How unevenly cases are spread over the kecamatan of one kabupaten/kota (of the logarithm). */
const UNEVEN = 0.7;

/**
 * Cases are numbered, and each lives in one kecamatan for good: so the kecamatan add up to whatever the office states, and none falls but
 * where the office takes cases out again.
 */
export function openKecamatan(
	{ regencies }: ExerciseCountry,
	random: Random,
): KecamatanTables {
	const draws = random.fork("days");
	const homes = regencies.map(({ code, kecamatan = [] }) => {
		const own = random.fork(code);
		const shares = kecamatan.map(() => Math.exp(own.normal(0, UNEVEN)));
		const whole = shares.reduce((sum, share) => sum + share, 0);
		let sum = 0;
		return {
			own,
			never: kecamatan.map(() => own.uniform() < NEVER),
			/** Shares added up: a number below the first of them is the first kecamatan. */
			upTo: shares.map((share) => {
				sum += share;
				return sum / whole;
			}),
			/** The kecamatan of each case, as far as there are any, and those of the first `counted`. */
			of: new Uint8Array(64),
			known: 0,
			counted: 0,
			counts: new Int32Array(kecamatan.length),
		};
	});

	function divide(area: number, cases: number): Int32Array {
		const home = homes[area];
		if (home.upTo.length === 0) return home.counts;
		while (home.of.length < cases) {
			const wider = new Uint8Array(home.of.length * 2);
			wider.set(home.of);
			home.of = wider;
		}
		for (; home.known < cases; home.known++) {
			const at = home.own.uniform();
			const found = home.upTo.findIndex((bound) => at < bound);
			home.of[home.known] = found < 0 ? home.upTo.length - 1 : found;
		}
		for (; home.counted < cases; home.counted++)
			home.counts[home.of[home.counted]]++;
		for (; home.counted > cases; home.counted--)
			home.counts[home.of[home.counted - 1]]--;
		return home.counts;
	}

	return {
		divide,
		report(at, stated, file) {
			if (weekday(at) !== SATURDAY) return;
			regencies.forEach(({ kecamatan = [] }, area) => {
				const left = kecamatan.map(() => draws.uniform() < LEFT_OUT);
				// An office that wrote nothing, or has no case, sends no table.
				if (stated[area] <= 0) return;
				const counts = divide(area, stated[area]);
				kecamatan.forEach((code, place) => {
					if (left[place] || homes[area].never[place]) return;
					file?.area(code, at, { confirmed: counts[place] });
				});
			});
		},
	};
}
