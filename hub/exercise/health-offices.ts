import { type Day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { CaseReport } from "../reports/report.ts";
import { FIRST_DAY_OF_SUSPEK, LAST_DAY_OF_ODP } from "./calendar.ts";
import type { ExerciseCountry } from "./country.ts";
import type { FileInWriting } from "./received-file.ts";
import type { Counts } from "./surveillance.ts";

/** Writes what the health offices of the kabupaten/kota (and of some provinces, their own total) send on a day. */
export interface HealthOffices {
	/** @param file null to live through the day without writing it down. */
	report(at: Day, counts: Counts, file: FileInWriting | null): void;
	/** Confirmed cases that each kabupaten/kota stated for the day of the last report; -1 where it stated none on that day itself. */
	readonly stated: Int32Array;
}

type Values = CaseReport["values"];

/** Days an office can look back on when it restates. */
const MEMORY = 32;

/** Far provinces, where a report is missed more often. */
const REMOTE = new Set(["53", "81", "82", "91", "92"]);

/** Faults for each area and day (docs/exercise.md says more): chances are of an ordinary area. */
const FAULT = {
	silent: 0.006,
	/** Of silent days: the report comes after all, one to three days late. */
	late: 0.35,
	/** The whole province sends nothing, for one or two days. */
	provinceSilent: 0.0015,
	/** Figures stand still for three to nine days and then jump. */
	hold: 0.0035,
	/** After a jump, the days in between are sent again as they were. */
	holdRestated: 0.4,
	/** Cases of other areas or double entries are counted and taken out again later. */
	overcount: 0.004,
	/** The days before are sent again, with cases moved to earlier dates. */
	redated: 0.0012,
	zero: 0.0003,
} as const;

/** Office-by-office memory of what was true and what was said on the last days, for one count. */
class Memory {
	private readonly rows: Int32Array[];

	constructor(count: number) {
		this.rows = Array.from({ length: MEMORY }, () =>
			new Int32Array(count).fill(-1),
		);
	}

	on(at: Day): Int32Array {
		return this.rows[at % MEMORY];
	}
}

export function openHealthOffices(
	country: ExerciseCountry,
	random: Random,
): HealthOffices {
	const { regencies, provinces, provinceOf } = country;
	const count = regencies.length;
	const traits = random.fork("traits");
	const draws = random.fork("days");
	const silence = Float64Array.from(regencies, ({ province }) =>
		Math.min(
			0.2,
			FAULT.silent *
				(REMOTE.has(province) ? 3 : 1) *
				Math.exp(traits.normal(-0.3, 0.8)),
		),
	);
	const givesTests = regencies.map(() => traits.uniform() < 0.65);
	const givesTotal = provinces.map(() => traits.uniform() < 0.6);
	const provinceSilentUntil = new Int32Array(provinces.length);
	const holdUntil = new Int32Array(count);
	const holdSince = new Int32Array(count);
	const overcount = new Int32Array(count);
	const overcountUntil = new Int32Array(count);
	const held = {
		confirmed: new Int32Array(count),
		recovered: new Int32Array(count),
		deaths: new Int32Array(count),
		tests: new Int32Array(count),
	};
	const truth = {
		confirmed: new Memory(count),
		recovered: new Memory(count),
	};
	const said = { confirmed: new Memory(count), recovered: new Memory(count) };
	/** Reports on their way: area, the day they speak of, the day they come. */
	let late: { area: number; day: Day; comes: Day; values: Values }[] = [];

	/** What the office writes for the day, silence aside. */
	function statement(at: Day, area: number, counts: Counts): Values {
		const onHold = at < holdUntil[area];
		const read = (key: keyof typeof held): number =>
			onHold ? held[key][area] : counts[key][area];
		const values: Values = {};
		if (at <= LAST_DAY_OF_ODP) {
			values.odp = counts.odp[area];
			values.pdp = counts.pdp[area];
		}
		if (at >= FIRST_DAY_OF_SUSPEK) {
			values.suspek = counts.suspek[area];
			values.probable = counts.probable[area];
		}
		values.confirmed = read("confirmed") + overcount[area];
		values.recovered = read("recovered");
		values.deaths = read("deaths");
		if (givesTests[area]) values.tests = read("tests");
		return values;
	}

	function beginFaults(at: Day, area: number, counts: Counts): void {
		const confirmed = counts.confirmed[area];
		const chance = draws.uniform();
		if (at >= overcountUntil[area]) overcount[area] = 0;
		if (confirmed < 12) return;
		if (chance < FAULT.hold) {
			if (at < holdUntil[area] || overcount[area] > 0) return;
			holdSince[area] = at;
			holdUntil[area] = at + 3 + draws.integer(7);
			for (const key of Object.keys(held) as (keyof typeof held)[])
				held[key][area] = counts[key][area];
		} else if (chance < FAULT.hold + FAULT.overcount) {
			if (at < holdUntil[area] || overcount[area] > 0) return;
			const yesterday = truth.confirmed.on(at - 1)[area];
			const fresh = yesterday < 0 ? 0 : confirmed - yesterday;
			// Enough to outweigh the new cases of the day on which it is taken out, so that the count falls.
			overcount[area] =
				1 + draws.poisson(2 * fresh + Math.min(40, 0.01 * confirmed));
			overcountUntil[area] = at + 2 + draws.integer(9);
		}
	}

	/** The office sends days of the past again. */
	function restate(
		at: Day,
		area: number,
		from: Day,
		valueOn: (count: "confirmed" | "recovered", day: Day) => number,
		file: FileInWriting | null,
	): void {
		for (let day = from; day < at; day++) {
			if (truth.confirmed.on(day)[area] < 0) continue;
			// A report that was on its way comes in this same file, or later: it speaks for its day.
			if (late.some((entry) => entry.area === area && entry.day === day))
				continue;
			const values: Values = {};
			for (const key of ["confirmed", "recovered"] as const) {
				const value = valueOn(key, day);
				if (value === said[key].on(day)[area]) continue;
				values[key] = value;
				said[key].on(day)[area] = value;
			}
			file?.area(regencies[area].code, day, values);
		}
	}

	const stated = new Int32Array(count);
	return {
		stated,
		report(at, counts, file) {
			stated.fill(-1);
			for (const key of ["confirmed", "recovered"] as const) {
				truth[key].on(at).set(counts[key]);
				said[key].on(at).fill(-1);
			}
			provinces.forEach((_, province) => {
				if (draws.uniform() < FAULT.provinceSilent)
					provinceSilentUntil[province] = at + 1 + draws.integer(2);
			});
			const weekend = [2.2, 1, 0.8, 0.8, 0.8, 0.8, 1.5][weekday(at)];
			for (let area = 0; area < count; area++) {
				beginFaults(at, area, counts);
				const silent =
					draws.uniform() < silence[area] * weekend ||
					at < provinceSilentUntil[provinceOf[area]];
				const zero = counts.confirmed[area] > 5 && draws.uniform() < FAULT.zero;
				if (silent) {
					if (draws.uniform() >= FAULT.late) continue;
					const values = statement(at, area, counts);
					late.push({
						area,
						day: at,
						comes: at + 1 + draws.integer(3),
						values,
					});
					said.confirmed.on(at)[area] = values.confirmed ?? -1;
					said.recovered.on(at)[area] = values.recovered ?? -1;
					continue;
				}
				const values = statement(at, area, counts);
				if (zero) {
					values.confirmed = 0;
					values.recovered = 0;
					values.deaths = 0;
				}
				said.confirmed.on(at)[area] = values.confirmed as number;
				said.recovered.on(at)[area] = values.recovered as number;
				stated[area] = values.confirmed as number;
				file?.area(regencies[area].code, at, values);
			}
			for (let province = 0; province < provinces.length; province++) {
				if (!givesTotal[province] || at < provinceSilentUntil[province])
					continue;
				if (draws.uniform() < 0.003) continue;
				file?.area(
					provinces[province].code,
					at,
					totals(counts, provinces[province].regencies, at),
				);
			}
			for (const entry of late)
				if (entry.comes === at)
					file?.area(regencies[entry.area].code, entry.day, entry.values);
			for (let area = 0; area < count; area++) {
				if (holdUntil[area] === at && draws.uniform() < FAULT.holdRestated) {
					restate(
						at,
						area,
						holdSince[area],
						(key, day) => truth[key].on(day)[area],
						file,
					);
				} else if (
					draws.uniform() < FAULT.redated &&
					counts.confirmed[area] > 30 &&
					at >= holdUntil[area]
				) {
					const back = 7 + draws.integer(15);
					const shift = 1 + draws.integer(3);
					const pulled = 0.2 + 0.6 * draws.uniform();
					restate(
						at,
						area,
						at - back,
						(key, day) => {
							const then = truth[key].on(day)[area];
							const later = truth[key].on(Math.min(at, day + shift))[area];
							return then + Math.round(pulled * (later - then));
						},
						file,
					);
				}
			}
			late = late.filter(({ comes }) => comes > at);
		},
	};
}

/** A province's own count of its areas: from its own register, so without the faults of theirs. */
function totals(counts: Counts, members: readonly number[], at: Day): Values {
	const sum = (key: keyof Counts): number =>
		members.reduce((total, area) => total + counts[key][area], 0);
	const values: Values = {};
	if (at <= LAST_DAY_OF_ODP) {
		values.odp = sum("odp");
		values.pdp = sum("pdp");
	}
	if (at >= FIRST_DAY_OF_SUSPEK) {
		values.suspek = sum("suspek");
		values.probable = sum("probable");
		values["kontak-erat"] = sum("kontak-erat");
	}
	values.confirmed = sum("confirmed");
	values.recovered = sum("recovered");
	values.deaths = sum("deaths");
	values.tests = sum("tests");
	return values;
}
