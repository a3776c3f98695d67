import type { AreaCode } from "../../core/areas/codes.ts";
import { type Day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";
import type { FileInWriting } from "./received-file.ts";

/** The weekly tables of confirmed cases by kecamatan, and in Jakarta by kelurahan, which the health offices send on Saturdays. */
export interface KecamatanTables {
	/**
	 * @param stated confirmed cases that the office of each kabupaten/kota wrote down for the day; -1 where it wrote nothing
	 * @param file null to live through the day without writing it down
	 * @param below takes the kelurahan; null as `file`
	 */
	report(
		at: Day,
		stated: Int32Array,
		file: FileInWriting | null,
		below: FileInWriting | null,
	): void;
	/** How many of the first `cases` of a kabupaten/kota live in each of its kecamatan: they come to `cases`. */
	divide(area: number, cases: number): Int32Array;
}

/** The opening ends on one: 26 December 2020. */
const SATURDAY = 6;

/** Numbers the day before the next table after a day: what is said of kecamatan up to the day is all that is said until then. */
export function dayBeforeNextTable(after: Day): Day {
	let day = after;
	while (weekday(day + 1) !== SATURDAY) day++;
	return day;
}

/** Kecamatan of which the office never has the addresses; and the chance that one is left out of a table. */
const NEVER = 0.015;
const LEFT_OUT = 0.03;
/** How unevenly cases are spread over the kecamatan of one kabupaten/kota (of the logarithm), and over the kelurahan of one kecamatan. */
const UNEVEN = 0.7;

/**
 * Cases are numbered, and each lives in one kecamatan for good, and there in one kelurahan: so the kecamatan add up to whatever the office
 * states, the kelurahan of Jakarta to their kecamatan, and none falls but where the office takes cases out again.
 */
export function openKecamatan(
	{ regencies, kelurahan }: ExerciseCountry,
	random: Random,
): KecamatanTables {
	const draws = random.fork("days");
	const homes = regencies.map(({ code, kecamatan = [] }) => {
		const own = random.fork(code);
		const shares = kecamatan.map(() => Math.exp(own.normal(0, UNEVEN)));
		const never = kecamatan.map(() => own.uniform() < NEVER);
		return { never, divide: dividing(shares, own) };
	});
	const below = new Map(
		[...kelurahan].map(([kecamatan, parts]) => {
			const own = random.fork(kecamatan);
			const shares = parts.map(() => Math.exp(own.normal(0, UNEVEN)));
			return [kecamatan, { parts, divide: dividing(shares, own) }];
		}),
	);

	function reportBelow(
		kecamatan: AreaCode,
		at: Day,
		cases: number,
		file: FileInWriting | null,
	): void {
		const found = below.get(kecamatan);
		if (!found || !file) return;
		const counts = found.divide(cases);
		found.parts.forEach(({ code }, place) => {
			file.area(code, at, { confirmed: counts[place] });
		});
	}

	return {
		divide: (area, cases) => homes[area].divide(cases),
		report(at, stated, file, kelurahanFile) {
			if (weekday(at) !== SATURDAY) return;
			regencies.forEach(({ kecamatan = [] }, area) => {
				const left = kecamatan.map(() => draws.uniform() < LEFT_OUT);
				// An office that wrote nothing, or has no case, sends no table.
				if (stated[area] <= 0) return;
				const counts = homes[area].divide(stated[area]);
				kecamatan.forEach((code, place) => {
					if (left[place] || homes[area].never[place]) return;
					file?.area(code, at, { confirmed: counts[place] });
					reportBelow(code, at, counts[place], kelurahanFile);
				});
			});
		},
	};
}

/**
 * How many of the first cases of an area live in each of its parts; every case stays where it is.
 * @param shares how likely a case lives in each part, up to a factor
 * @returns always the same array
 */
function dividing(
	shares: readonly number[],
	random: Random,
): (cases: number) => Int32Array {
	const whole = shares.reduce((sum, share) => sum + share, 0);
	let sum = 0;
	/** Shares added up: a number below the first of them is the first part. */
	const upTo = shares.map((share) => {
		sum += share;
		return sum / whole;
	});
	const counts = new Int32Array(shares.length);
	/** The part of each case, as far as there are any, and those of the first `counted`. */
	let of = new Uint8Array(64);
	let known = 0;
	let counted = 0;
	return (cases) => {
		if (upTo.length === 0) return counts;
		while (of.length < cases) {
			const wider = new Uint8Array(of.length * 2);
			wider.set(of);
			of = wider;
		}
		for (; known < cases; known++) {
			const at = random.uniform();
			const found = upTo.findIndex((bound) => at < bound);
			of[known] = found < 0 ? upTo.length - 1 : found;
		}
		for (; counted < cases; counted++) counts[of[counted]]++;
		for (; counted > cases; counted--) counts[of[counted - 1]]--;
		return counts;
	};
}
