import { NATION, UNKNOWN_PROVINCE } from "../../core/areas/codes.ts";
import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { CaseReport } from "../reports/report.ts";
import { FIRST_DAY_OF_SUSPEK, LAST_DAY_OF_ODP } from "./calendar.ts";
import type { ExerciseCountry } from "./country.ts";
import type { FileInWriting } from "./received-file.ts";
import type { Counts } from "./surveillance.ts";

/**
 * The national portal: figures of provinces and of the nation, verified centrally and therefore later and lower than what
 * the provinces say. Cases whose province is not settled stand under code 00, so provinces without them do not sum to the nation.
 */
export interface Portal {
	report(at: Day, counts: Counts, file: FileInWriting | null): void;
}

type Values = CaseReport["values"];
const VERIFIED = ["confirmed", "recovered", "deaths"] as const;

/** Share of the gap to the province's own figure that is verified in a day: on an ordinary and on a slow day. */
const PACE = { ordinary: 0.62, slow: 0.15 };
const SLOW_DAY = 0.12;
/** New cases whose province is not known at first, and the share of them that is settled in a day. */
const UNPLACED = 0.006;
const SETTLED = 0.07;

const FAULT = {
	/** A province's row is missing. */
	silent: 0.004,
	/** A province's row is zeros. */
	zero: 0.0004,
	/** Cases are taken out of a province's figure again. */
	correction: 0.004,
	/** The portal sends a province's last weeks again. */
	restated: 0.0025,
} as const;

const MEMORY = 40;

export function openPortal(country: ExerciseCountry, random: Random): Portal {
	const { provinces } = country;
	const count = provinces.length;
	const draws = random.fork("days");
	const array = (): Int32Array => new Int32Array(count);
	const verified = { confirmed: array(), recovered: array(), deaths: array() };
	const memory = Array.from({ length: MEMORY }, () => ({
		confirmed: array().fill(-1),
		recovered: array().fill(-1),
	}));
	/** Cases known to the portal that will be this province's once their place is settled. */
	const unplaced = array();

	/** What has come to the portal of a province's figures by today. */
	function verify(province: number, counts: Counts): void {
		const pace = draws.uniform() < SLOW_DAY ? PACE.slow : PACE.ordinary;
		for (const key of VERIFIED) {
			const known = provinces[province].regencies.reduce(
				(total, area) => total + counts[key][area],
				0,
			);
			const gap =
				known -
				verified[key][province] -
				(key === "confirmed" ? unplaced[province] : 0);
			if (gap <= 0) continue;
			let fresh = draws.binomial(gap, pace);
			if (key === "confirmed") {
				const without = draws.binomial(fresh, UNPLACED);
				unplaced[province] += without;
				fresh -= without;
			}
			verified[key][province] += fresh;
		}
	}

	function correct(province: number): void {
		const confirmed = verified.confirmed[province];
		if (draws.uniform() >= FAULT.correction || confirmed < 50) return;
		const open =
			confirmed - verified.recovered[province] - verified.deaths[province];
		verified.confirmed[province] -= Math.max(
			0,
			Math.min(open, 1 + draws.poisson(0.012 * confirmed)),
		);
	}

	function restate(
		at: Day,
		province: number,
		file: FileInWriting | null,
	): void {
		const back = 10 + draws.integer(MEMORY - 12);
		const pulled = 0.3 + 0.5 * draws.uniform();
		for (let day = at - back; day < at; day++) {
			const then = memory[day % MEMORY];
			const next = memory[(day + 1) % MEMORY];
			const values: Values = {};
			for (const key of ["confirmed", "recovered"] as const) {
				const old = then[key][province];
				const later = next[key][province];
				if (old < 0 || later < 0) continue;
				const value = old + Math.round(pulled * (later - old));
				if (value === old) continue;
				then[key][province] = value;
				values[key] = value;
			}
			file?.area(provinces[province].code, day, values);
		}
	}

	return {
		report(at, counts, file) {
			const today = memory[at % MEMORY];
			const nation: Values = {};
			if (at <= LAST_DAY_OF_ODP) {
				// Gathered by telephone from the provinces: complete only up to a few hundredths.
				nation.odp = rounded(counts.odp, 0.97);
				nation.pdp = rounded(counts.pdp, 0.95);
			}
			if (at >= FIRST_DAY_OF_SUSPEK) {
				nation.suspek = rounded(counts.suspek, 0.96);
				nation.probable = rounded(counts.probable, 0.98);
				nation["kontak-erat"] = rounded(counts["kontak-erat"], 0.93);
			}
			const rows: Values[] = [];
			for (let province = 0; province < count; province++) {
				const settled = draws.binomial(unplaced[province], SETTLED);
				unplaced[province] -= settled;
				verified.confirmed[province] += settled;
				verify(province, counts);
				correct(province);
				today.confirmed[province] = verified.confirmed[province];
				today.recovered[province] = verified.recovered[province];
				rows.push({
					confirmed: verified.confirmed[province],
					recovered: verified.recovered[province],
					deaths: verified.deaths[province],
				});
			}
			const withoutPlace = unplaced.reduce((total, cases) => total + cases, 0);
			for (const key of VERIFIED)
				nation[key] = rows.reduce(
					(total, row) => total + (row[key] as number),
					key === "confirmed" ? withoutPlace : 0,
				);
			nation.tests = rounded(counts.tests, 0.985);
			for (let province = 0; province < count; province++) {
				const chance = draws.uniform();
				if (chance < FAULT.silent) {
					today.confirmed[province] = -1;
					today.recovered[province] = -1;
					continue;
				}
				if (
					chance < FAULT.silent + FAULT.zero &&
					verified.confirmed[province] > 0
				) {
					rows[province] = { confirmed: 0, recovered: 0, deaths: 0 };
					today.confirmed[province] = -1;
					today.recovered[province] = -1;
				}
				file?.area(provinces[province].code, at, rows[province]);
			}
			file?.area(UNKNOWN_PROVINCE, at, { confirmed: withoutPlace });
			file?.area(NATION, at, nation);
			for (let province = 0; province < count; province++)
				if (draws.uniform() < FAULT.restated) restate(at, province, file);
		},
	};

	function rounded(series: Int32Array, share: number): number {
		let total = 0;
		for (const value of series) total += value;
		return Math.floor(total * share);
	}
}
