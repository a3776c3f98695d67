import { type Zone, zoneNumber } from "../../core/epidemic/zone-transition.ts";
import { type Day, day, weekday } from "../../core/series/day.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";
import type { FileInWriting } from "./received-file.ts";

/** The weekly publication of risk zones, on Sundays. */
export interface ZoneBoard {
	/**
	 * @param confirmed confirmed cases of each kabupaten/kota up to the day, as they really are
	 * @param file null to live through the day without writing it down
	 */
	report(at: Day, confirmed: Int32Array, file: FileInWriting | null): void;
}

const SUNDAY = 0;
/** The first publication. */
const BEGINS: Day = day("2020-05-31");
const MONTH = 28;
const FORTNIGHT = 14;

/** The chance that a week is left out, and that an area is left out of a week. */
const NO_PUBLICATION = 0.06;
const LEFT_OUT = 0.004;

/**
 * The rule of the exercise, and no official one: the weights of the real score were never published. By the cases confirmed in two weeks
 * for each 100,000 people; of four weeks without any, no cases; of none ever, not affected.
 */
const HIGH_FROM = 40;
const MEDIUM_FROM = 12;

export function zoneOfExercise(
	{ ever, month, fortnight }: Record<"ever" | "month" | "fortnight", number>,
	people: number,
): Zone {
	if (ever === 0) return "tidak-terdampak";
	if (month <= 0) return "tidak-ada-kasus";
	const rate = (fortnight / people) * 100_000;
	if (rate >= HIGH_FROM) return "tinggi";
	return rate >= MEDIUM_FROM ? "sedang" : "rendah";
}

export function openZoneBoard(
	{ regencies }: ExerciseCountry,
	random: Random,
): ZoneBoard {
	/** What was confirmed on each of the last days, by the day. */
	const before = Array.from(
		{ length: MONTH + 1 },
		() => new Int32Array(regencies.length),
	);
	const on = (at: Day) => before[at % before.length] as Int32Array;
	return {
		report(at, confirmed, file) {
			on(at).set(confirmed);
			if (weekday(at) !== SUNDAY || at < BEGINS) return;
			const isLeftOut = random.uniform() < NO_PUBLICATION;
			regencies.forEach(({ code, population }, area) => {
				// Drawn whatever comes of it, so that a week more or less changes no later one.
				const isAreaLeftOut = random.uniform() < LEFT_OUT;
				if (isLeftOut || isAreaLeftOut) return;
				const ever = confirmed[area] as number;
				const since = (days: number) => ever - (on(at - days)[area] as number);
				const zone = zoneOfExercise(
					{ ever, month: since(MONTH), fortnight: since(FORTNIGHT) },
					population,
				);
				file?.area(code, at, { zone: zoneNumber(zone) });
			});
		},
	};
}
