import { SAMPLES_PER_PLATE } from "../../core/logistics/laboratory.ts";
import { type Day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";
import type { Laboratory } from "./facilities.ts";
import { drawSilence } from "./facility-silence.ts";
import type { FileInWriting } from "./received-file.ts";
import { type ShelfLine, StockMovements } from "./stock-movements.ts";

/** Specimens, backlog and reagents of all laboratories, day by day, and what they say of them. */
export interface LaboratoryDays {
	/**
	 * @param tested people of each area whose result came on the day: what the areas send grows with it
	 * @param confirmed those of them who are positive
	 */
	pass(at: Day, tested: Int32Array, confirmed: Int32Array): void;
	report(at: Day, file: FileInWriting | null): void;
	/** Shelves as they are, and what moved on them since this was last asked for. */
	shelves(): ShelfLine[];
}

/** Specimens taken from each person tested. */
const SPECIMENS = 1.45;
/** Work done on each day of the week as a share of the capacity, Sunday first. */
const STAFFED = [0.45, 0.9, 1, 1, 1, 0.95, 0.7];
/** A laboratory further behind than this many days of its capacity passes part of what comes on, to those of any province that are not. */
const PASSES_ON = 2;
const KEEPS = 0.4;

/** Of a laboratory that says what its capacity is made of: the part that says it, and who of these tells its staff's pace too. */
const TELLS_BENCH = 0.7;
const TELLS_PACE = 0.75;

/** What holds a laboratory's capacity down; the others have some to spare. */
const NARROWEST = ["extraction", "pcr", "staff"] as const;

const FAULT = {
	/** Two to four days of results are entered at once. */
	dump: 0.004,
	/** Yesterday's form is sent again as today's. */
	stale: 0.008,
	noStock: 0.04,
} as const;

type Values = Record<string, number>;

/** What a capacity is made of. */
interface Bench {
	/** Extraction and machines as the daily report has them; null: this laboratory never tells. */
	tells: Values | null;
	tellsPace: boolean;
	/** Specimens that one person examines in a day. */
	pace: number;
	/** Staff on the roster. */
	people: number;
}

/** One part is about as narrow as the capacity, the others have some to spare. */
function drawBench(capacity: number, random: Random): Bench {
	const narrowest = NARROWEST[random.integer(NARROWEST.length)];
	const [extraction, plates, hands] = NARROWEST.map(
		(part) => capacity * (part === narrowest ? 1 : 1.1 + random.uniform()),
	);
	const runs = 2 + random.integer(3);
	const onOne = runs * SAMPLES_PER_PLATE;
	const rounded = Math.max(1, Math.round(plates / onOne));
	// Never so few that what it does in a day could not be done.
	const machines = rounded + (rounded * onOne < 0.93 * capacity ? 1 : 0);
	const pace = 30 + random.integer(31);
	const tells = random.uniform() < TELLS_BENCH;
	return {
		tells: tells
			? {
					extraction: Math.round(extraction / 10) * 10,
					pcr_machines: machines,
					pcr_runs: runs,
				}
			: null,
		tellsPace: random.uniform() < TELLS_PACE && tells,
		pace,
		// One to stand in: in a small laboratory one who is ill is half of all.
		people: Math.ceil(hands / pace) + 1,
	};
}

export function openLaboratories(
	country: ExerciseCountry,
	laboratories: readonly Laboratory[],
	random: Random,
): LaboratoryDays {
	const count = laboratories.length;
	const traits = random.fork("traits");
	const draws = random.fork("days");
	const forms = random.fork("forms");
	const silence = drawSilence(count, 0.03, random.fork("silence"));
	// Forked last: what was drawn before positives were told is drawn as it was.
	const results = random.fork("results");
	const rosters = random.fork("rosters");
	const drawn = random.fork("benches");
	const benches = laboratories.map(({ capacity }) =>
		drawBench(capacity, drawn),
	);
	const provinceOf = laboratories.map(
		({ regency }) => country.provinceOf[regency],
	);
	const capacityOf = new Float64Array(country.provinces.length);
	laboratories.forEach(({ capacity }, index) => {
		capacityOf[provinceOf[index]] += capacity;
	});
	const demand = new Float64Array(country.provinces.length);
	const found = new Float64Array(country.provinces.length);
	const sought = laboratories.map(() => Math.exp(traits.normal(0, 0.3)));
	const cover = laboratories.map(() => 20 * Math.exp(traits.normal(0, 0.45)));
	const delivered = laboratories.map(() => traits.integer(7));
	/** Specimens passed on yesterday, which arrive today. */
	let passedOn = 0;
	const received = new Int32Array(count);
	const done = new Int32Array(count);
	const backlog = new Int32Array(count);
	const use = Float64Array.from(laboratories, ({ capacity }) => capacity * 0.6);
	const reagent = Int32Array.from(use, (each, index) => each * cover[index]);
	const vtm = Int32Array.from(use, (each, index) => each * cover[index] * 1.2);
	const dumpOn = new Int32Array(count);
	const unsaid = new Int32Array(count);
	const moved = new StockMovements(["stock_reagent", "stock_vtm"], count);
	const last: (Values | undefined)[] = new Array(count);

	function pass(at: Day, tested: Int32Array, confirmed: Int32Array): void {
		demand.fill(0);
		found.fill(0);
		for (let area = 0; area < tested.length; area++) {
			demand[country.provinceOf[area]] += tested[area] * SPECIMENS;
			found[country.provinceOf[area]] += confirmed[area] * SPECIMENS;
		}
		const staffed = STAFFED[weekday(at)];
		const free = laboratories.reduce(
			(sum, { capacity }, index) =>
				sum + (backlog[index] < capacity ? capacity : 0),
			0,
		);
		let toPassOn = 0;
		for (let index = 0; index < count; index++) {
			const { capacity } = laboratories[index];
			const province = provinceOf[index];
			const local =
				(demand[province] * capacity * sought[index]) / capacityOf[province];
			const behind = backlog[index] > PASSES_ON * capacity;
			if (behind) toPassOn += local * (1 - KEEPS);
			const fromOthers =
				backlog[index] < capacity ? (passedOn * capacity) / free : 0;
			const sent = draws.poisson(behind ? local * KEEPS : local + fromOthers);
			received[index] = Math.min(vtm[index], sent);
			backlog[index] += received[index];
			const able = Math.round(
				capacity * staffed * (0.8 + 0.25 * draws.uniform()),
			);
			done[index] = Math.min(able, backlog[index], reagent[index]);
			backlog[index] -= done[index];
			reagent[index] -= done[index];
			vtm[index] -= received[index];
			const [reagentLeft, vtmLeft] = [reagent[index], vtm[index]];
			// Ordered by what could have been examined, not by what the shelf allowed: else one shortage would last for ever.
			use[index] += (Math.max(1, Math.min(sent, capacity)) - use[index]) / 10;
			if ((at + delivered[index]) % 7 === 0 && draws.uniform() < 0.85) {
				const share = 0.25 + 0.85 * draws.uniform();
				const wanted = cover[index] * use[index];
				reagent[index] += Math.max(
					0,
					Math.round((wanted - reagent[index]) * share),
				);
				vtm[index] += Math.max(
					0,
					Math.round((1.2 * wanted - vtm[index]) * share),
				);
			}
			moved.note(0, index, reagent[index] - reagentLeft, done[index]);
			moved.note(1, index, vtm[index] - vtmLeft, received[index]);
		}
		passedOn = toPassOn;
	}

	function form(at: Day, index: number): Values {
		let said = done[index];
		if (at < dumpOn[index]) {
			unsaid[index] += said;
			said = 0;
		} else if (unsaid[index] > 0) {
			said += unsaid[index];
			unsaid[index] = 0;
		} else if (forms.uniform() < FAULT.dump) {
			dumpOn[index] = at + 2 + forms.integer(3);
			unsaid[index] = said;
			said = 0;
		}
		const province = provinceOf[index];
		const share = demand[province] > 0 ? found[province] / demand[province] : 0;
		const values: Values = {
			capacity: laboratories[index].capacity,
			specimens_received: received[index],
			tests_done: said,
			positives: results.binomial(said, Math.min(1, share)),
			backlog: backlog[index],
		};
		if ((at + index) % 7 === 0) {
			const { pace, people, tells, tellsPace } = benches[index];
			if (tells) Object.assign(values, tells);
			if (tellsPace) values.specimens_per_worker = pace;
			// Who is there, and who is needed, follows the day of the week as the work does.
			const staffed = STAFFED[weekday(at)];
			values.laboratory_staff_needed = Math.max(
				1,
				Math.ceil(
					Math.min(
						laboratories[index].capacity * staffed,
						backlog[index] + received[index],
					) / pace,
				),
			);
			values.laboratory_staff = rosters.binomial(people, 0.9 * staffed);
		}
		if (forms.uniform() >= FAULT.noStock) {
			values.stock_reagent = reagent[index];
			values.stock_vtm = vtm[index];
		}
		return values;
	}

	return {
		pass,
		shelves: () =>
			moved.take(laboratories, (item, index) =>
				item === 0 ? reagent[index] : vtm[index],
			),
		report(at, file) {
			for (let index = 0; index < count; index++) {
				const silent = silence.isSilent(index, at);
				const before = last[index];
				const today = form(at, index);
				const stale = forms.uniform() < FAULT.stale;
				last[index] = silent ? undefined : today;
				if (silent) continue;
				file?.facility(
					laboratories[index].code,
					at,
					stale && before ? before : today,
				);
			}
		},
	};
}
