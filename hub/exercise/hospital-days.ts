import type { Day } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";
import type { EpidemicState } from "./epidemic.ts";
import type { Hospital } from "./facilities.ts";
import { drawSilence } from "./facility-silence.ts";
import type { FileInWriting } from "./received-file.ts";
import { type ShelfLine, StockMovements } from "./stock-movements.ts";

/** Patients and stock of all hospitals, day by day, and what they say of them. */
export interface HospitalDays {
	/** Lives through a day. */
	pass(at: Day, truth: EpidemicState): void;
	/** What the hospitals send for the day just passed. Draws the same whether or not it is written down. */
	report(at: Day, file: FileInWriting | null): void;
	/** Shelves as they are, and what moved on them since this was last asked for. */
	shelves(): ShelfLine[];
}

/** Share of people falling ill who need a bed, and of patients who leave in a day. */
const NEEDS_BED = 0.042;
const LEAVES = 1 / 11;
/** Share of its beds that a hospital gives to COVID-19 at most. */
const COVID_BEDS = { A: 0.5, B: 0.45, C: 0.35, D: 0.22 } as const;
const ATTRACTION = { A: 3, B: 2, C: 1, D: 0.4 } as const;

/** Use of a day, in pieces (gloves: pairs, oxygen: cubic metres), for each COVID-19 patient and for each other patient. */
const SUPPLIES = [
	{ name: "gown", covid: 6, other: 0.3 },
	{ name: "respirator", covid: 1.5, other: 0.15 },
	{ name: "mask", covid: 8, other: 3 },
	{ name: "gloves", covid: 16, other: 8 },
	{ name: "face_shield", covid: 2.5, other: 0.1 },
	{ name: "oxygen_m3", covid: 5, other: 0.9 },
] as const;
/** People at work in a day, all shifts: for each COVID-19 patient, and more for one who is severe or critical. */
const STAFF = [
	{ name: "doctors", base: 0.12, each: 0.35 },
	{ name: "nurses", base: 0.45, each: 1.6 },
	{ name: "other_workers", base: 0.2, each: 0.5 },
] as const;
const [GOWN, RESPIRATOR, MASK, GLOVES, FACE_SHIELD, OXYGEN] = [
	0, 1, 2, 3, 4, 5,
];
/** Masks, and pairs of gloves, in the box by which they are sometimes counted by mistake. */
const PIECES_IN_BOX = 50;

const FAULT = {
	/** Yesterday's form is sent again as today's. */
	stale: 0.006,
	/** The sheet of supplies is left empty. */
	noStock: 0.05,
	/** Masks and gloves are counted in boxes for two to four days. */
	boxes: 0.0005,
	/** The whole form is zeros. */
	zeros: 0.0003,
	/** Occupied beds are entered twice over, so that more are taken than there are. */
	doubled: 0.0004,
	/** Yesterday's admissions are corrected the day after. */
	corrected: 0.004,
	/** Of the days on which nothing came, those of which the form comes after all, one to three days later. */
	late: 0.3,
} as const;

type Values = Record<string, number>;

export function openHospitals(
	country: ExerciseCountry,
	hospitals: readonly Hospital[],
	random: Random,
): HospitalDays {
	const count = hospitals.length;
	const traits = random.fork("traits");
	const draws = random.fork("days");
	const forms = random.fork("forms");
	const silence = drawSilence(count, 0.035, random.fork("silence"));
	// Forked last: what was drawn before forms came late is drawn as it was.
	const delays = random.fork("delays");
	const rosters = random.fork("rosters");
	let waiting: { index: number; of: Day; comes: Day; values: Values }[] = [];

	const attraction = hospitals.map(
		(hospital) =>
			ATTRACTION[hospital.class ?? "D"] *
			Math.sqrt(hospital.beds) *
			Math.exp(traits.normal(0, 0.3)),
	);
	const inArea = new Float64Array(country.regencies.length);
	hospitals.forEach(({ regency }, index) => {
		inArea[regency] += attraction[index];
	});
	const covidBeds = hospitals.map(({ beds, class: kind }) =>
		Math.round(beds * COVID_BEDS[kind ?? "D"]),
	);
	const usual = hospitals.map(() =>
		traits.truncatedNormal(0.48, 0.12, 0.15, 0.8),
	);
	const cover = hospitals.map(() => 20 * Math.exp(traits.normal(0, 0.45)));
	const delivered = hospitals.map(() => traits.integer(7));
	const measuresOxygen = hospitals.map(() => traits.uniform() < 0.75);
	/** Staff that a hospital can set aside for COVID-19, as a part of those whom all its beds for it would take. */
	const staffed = hospitals.map(() =>
		rosters.truncatedNormal(0.55, 0.2, 0.1, 1.1),
	);

	const covid = new Int32Array(count);
	const others = Int32Array.from(hospitals, ({ beds }, index) =>
		Math.round(beds * usual[index]),
	);
	const admissions = new Int32Array(count);
	const icu = new Int32Array(count);
	const ventilated = new Int32Array(count);
	const boxesUntil = new Int32Array(count);
	const stock = SUPPLIES.map(({ covid: each, other }) =>
		Float64Array.from(others, (patients, index) =>
			Math.round(
				cover[index] *
					(patients * other + 0.06 * hospitals[index].beds * each) *
					(0.4 + traits.uniform()),
			),
		),
	);
	const moved = new StockMovements(
		SUPPLIES.map(({ name }) => `stock_${name}` as const),
		count,
	);
	const last: (Values | undefined)[] = new Array(count);

	function pass(at: Day, truth: EpidemicState): void {
		for (let index = 0; index < count; index++) {
			const { regency, beds, icuBeds, ventilators } = hospitals[index];
			covid[index] -= draws.binomial(covid[index], LEAVES);
			const seeking = draws.poisson(
				(truth.onsets[regency] * NEEDS_BED * attraction[index]) /
					inArea[regency],
			);
			const taken = Math.min(
				seeking,
				Math.max(0, covidBeds[index] - covid[index]),
			);
			covid[index] += taken;
			// Planned admissions are put off as the wards fill with COVID-19.
			const room = beds - covid[index];
			const wanted =
				usual[index] * beds * (1 - (0.3 * covid[index]) / (beds + 1));
			others[index] = Math.max(
				0,
				Math.min(
					room,
					Math.round(
						others[index] +
							0.3 * (wanted - others[index]) +
							draws.normal(0, 0.025 * beds),
					),
				),
			);
			admissions[index] = taken;
			const critical = 0.085 * covid[index] + 0.025 * others[index];
			icu[index] = Math.min(
				icuBeds,
				Math.round(0.6 * icu[index] + 0.4 * critical + draws.uniform() * 0.8),
			);
			ventilated[index] = Math.min(
				ventilators,
				Math.round(icu[index] * (0.4 + 0.2 * draws.uniform())),
			);
			consume(at, index);
		}
	}

	function consume(at: Day, index: number): void {
		const delivery =
			(at + delivered[index]) % 7 === 0 && draws.uniform() < 0.88
				? 0.25 + 0.85 * draws.uniform()
				: 0;
		const pace = 0.85 + 0.3 * draws.uniform();
		for (let item = 0; item < SUPPLIES.length; item++) {
			const { covid: each, other } = SUPPLIES[item];
			const use = (covid[index] * each + others[index] * other) * pace;
			const before = stock[item][index];
			const left = Math.max(0, before - Math.round(use));
			const missing = delivery > 0 ? cover[index] * use - left : 0;
			const arrived = missing > 0 ? Math.round(missing * delivery) : 0;
			moved.note(item, index, arrived, before - left);
			stock[item][index] = left + arrived;
		}
	}

	function form(at: Day, index: number): Values {
		const { beds, icuBeds, ventilators } = hospitals[index];
		const chance = forms.uniform();
		const sheet = forms.uniform();
		if (chance < FAULT.boxes) boxesUntil[index] = at + 2 + forms.integer(3);
		const unit = at < boxesUntil[index] ? PIECES_IN_BOX : 1;
		const critical = Math.min(icu[index], Math.round(0.085 * covid[index]));
		const severe = Math.round(0.27 * (covid[index] - critical));
		const moderate = Math.round(0.55 * (covid[index] - critical));
		const values: Values = {
			beds,
			beds_occupied: covid[index] + others[index],
			icu_beds: icuBeds,
			icu_occupied: icu[index],
			ventilators,
			ventilators_used: ventilated[index],
			patients_confirmed: covid[index],
			admissions: admissions[index],
			isolation_beds: covidBeds[index],
			isolation_occupied: covid[index] - critical,
			patients_mild: covid[index] - critical - severe - moderate,
			patients_moderate: moderate,
			patients_severe: severe,
			patients_critical: critical,
		};
		// The roster is told once a week, and by three of four.
		if ((at + index) % 7 === 0 && index % 4 !== 3) {
			const severity = severe + critical;
			for (const { name, base, each } of STAFF) {
				const most = covidBeds[index] * base + icuBeds * each;
				const needed = Math.ceil(covid[index] * base + severity * each);
				values[`${name}_needed`] = needed;
				values[name] = Math.min(
					Math.ceil(1.2 * needed),
					rosters.binomial(Math.round(most * staffed[index]), 0.9),
				);
			}
		}
		if (sheet >= FAULT.noStock) {
			values.stock_gown = stock[GOWN][index];
			values.stock_respirator = stock[RESPIRATOR][index];
			values.stock_mask = Math.floor(stock[MASK][index] / unit);
			values.stock_gloves = Math.floor(stock[GLOVES][index] / unit);
			values.stock_face_shield = stock[FACE_SHIELD][index];
			if (measuresOxygen[index]) values.stock_oxygen_m3 = stock[OXYGEN][index];
		}
		if (chance > 1 - FAULT.zeros)
			for (const key of Object.keys(values)) values[key] = 0;
		else if (chance > 1 - FAULT.zeros - FAULT.doubled)
			values.beds_occupied *= 2;
		return values;
	}

	return {
		pass,
		shelves: () =>
			moved.take(hospitals, (item, index) =>
				item === OXYGEN && !measuresOxygen[index] ? null : stock[item][index],
			),
		report(at, file) {
			const corrections: [index: number, values: Values][] = [];
			for (let index = 0; index < count; index++) {
				const silent = silence.isSilent(index, at);
				const before = last[index];
				const today = form(at, index);
				const chance = forms.uniform();
				last[index] = silent ? undefined : today;
				if (silent) {
					if (delays.uniform() < FAULT.late)
						waiting.push({
							index,
							of: at,
							comes: at + 1 + delays.integer(3),
							values: today,
						});
					continue;
				}
				const stale = chance < FAULT.stale && before !== undefined;
				file?.facility(hospitals[index].code, at, stale ? before : today);
				if (before !== undefined && chance > 1 - FAULT.corrected)
					corrections.push([
						index,
						{ ...before, admissions: before.admissions + 1 + forms.integer(3) },
					]);
			}
			for (const [index, values] of corrections)
				file?.facility(hospitals[index].code, at - 1, values);
			for (const { index, of, comes, values } of waiting)
				if (comes === at) file?.facility(hospitals[index].code, of, values);
			waiting = waiting.filter(({ comes }) => comes > at);
		},
	};
}
