/**
 * Burn rate from stock and receipts, as in the CDC PPE Burn Rate Calculator: use = stock before + received - stock now,
 * burn = mean use of a day, per patient = mean of use over patients. Gaps are bridged by the count after them;
 * recounts, unknown receipts and impossible uses are left out and listed.
 */

import { type Day, isoFromDay } from "../series/day.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { requireQuantity } from "./quantity.ts";
import {
	median,
	readInPieces,
	type StockDay,
	type UnitCorrection,
} from "./stock-count.ts";

export type ExcludedReason =
	/** More stock than before without a receipt: a recount, or a receipt nobody entered. */
	| "stock-rose-without-receipt"
	/** Marked as stock-taking. */
	| "recount"
	/** A receipt between the two counts is not known. */
	| "receipt-not-reported"
	/** Nothing was there to be used: an empty shelf says nothing of how much is asked for. */
	| "nothing-to-use"
	/** Far above every other use: a transfer or a loss, not care. */
	| "outlier";

/** Use between two counts. */
export interface UseSpan {
	from: Day;
	to: Day;
	/** Units used over the whole span. */
	used: number;
	days: number;
	/** Mean patients over the days that reported them; NaN for none. */
	patients: number;
	excluded?: ExcludedReason;
}

export type BurnRate =
	| {
			kind: "estimated";
			/** Units a day. */
			perDay: number;
			/** Interval of the mean. */
			low: number;
			high: number;
			/** Standard deviation of a day's use. */
			sdPerDay: number;
			/** Units for a patient and day; undefined when no patients were reported. */
			perPatientDay: number | undefined;
			/** Days the estimate rests on. */
			days: number;
			spans: UseSpan[];
			corrections: UnitCorrection[];
	  }
	| {
			kind: "not-estimable";
			reason: "fewer-than-two-counts" | "no-usable-span";
			spans: UseSpan[];
			corrections: UnitCorrection[];
	  };

export interface BurnOptions {
	/** Pieces in a box: lets counts in boxes be found. */
	packSize?: number;
	/** Only the latest days count; the CDC calculator takes up to 14. */
	windowDays?: number;
	/** Level of the interval, 0-1. */
	level?: number;
	/** Leaves out uses far above the others; the CDC calculator does not. */
	dropOutliers?: boolean;
}

const DEFAULT_WINDOW = 14;
const DEFAULT_LEVEL = 0.9;
/** Robust standard deviations above the median. */
const OUTLIER_SDS = 6;
const MAD_TO_SD = 1.4826;
const LEAST_FOR_OUTLIERS = 5;

/** Uses between successive counts, oldest first, with what cannot be used marked. */
export function usesBetweenCounts(
	days: readonly StockDay[],
	dropOutliers = false,
): UseSpan[] {
	const spans: UseSpan[] = [];
	let before: StockDay | undefined;
	let received = 0;
	let patients = 0;
	let patientDays = 0;
	for (const row of days) {
		if (before) {
			received += row.received;
			if (row.patients !== undefined && !Number.isNaN(row.patients)) {
				patients += row.patients;
				patientDays++;
			}
		}
		if (Number.isNaN(row.onHand)) continue;
		if (before) {
			const used = before.onHand + received - row.onHand;
			spans.push({
				from: before.day,
				to: row.day,
				used,
				days: row.day - before.day,
				patients: patientDays > 0 ? patients / patientDays : Number.NaN,
				excluded: row.recount
					? "recount"
					: Number.isNaN(received)
						? "receipt-not-reported"
						: used < 0
							? "stock-rose-without-receipt"
							: before.onHand + received === 0
								? "nothing-to-use"
								: undefined,
			});
		}
		before = row;
		received = 0;
		patients = 0;
		patientDays = 0;
	}
	if (dropOutliers) markTransfers(spans);
	return spans;
}

/**
 * Marks uses far above all others. What a day that counted the same as the one before makes up for is the use of both days; and use that is high
 * on the days beside it too has risen, which no transfer does.
 */
function markTransfers(spans: UseSpan[]): void {
	const usable = spans.filter((span) => !span.excluded);
	if (usable.length < LEAST_FOR_OUTLIERS) return;
	let idle = 0;
	const rates = usable.map(({ used, days }) => {
		const over = days + idle;
		idle = used === 0 ? over : 0;
		return used / over;
	});
	// Of what is seldom used most days are none: what is usual is the use itself over the days up to it, else none of it were.
	const uses = rates.filter((rate) => rate > 0);
	if (uses.length === 0) return;
	const middle = median(uses);
	const spread =
		MAD_TO_SD * median(uses.map((rate) => Math.abs(rate - middle)));
	// What is counted one by one varies by no less than its root.
	const highest =
		middle + OUTLIER_SDS * Math.max(spread, 0.1 * middle, Math.sqrt(middle));
	const isHigh = rates.map((rate) => rate > highest);
	for (const [at, span] of usable.entries())
		if (isHigh[at] && !isHigh[at - 1] && !isHigh[at + 1])
			span.excluded = "outlier";
}

/**
 * Estimates the burn rate of one item at one facility.
 * @throws RangeError when days are not in order or a figure is negative.
 */
export function burnRate(
	days: readonly StockDay[],
	options: BurnOptions = {},
): BurnRate {
	const level = options.level ?? DEFAULT_LEVEL;
	if (!(level > 0 && level < 1))
		throw new RangeError(`level: found ${level}, expected between 0 and 1`);
	if (options.packSize !== undefined)
		requireQuantity("packSize", options.packSize);
	const window = requireQuantity(
		"windowDays",
		options.windowDays ?? DEFAULT_WINDOW,
	);
	for (const { day, patients } of days)
		if (patients !== undefined && !Number.isNaN(patients))
			requireQuantity(`patients of ${isoFromDay(day)}`, patients);
	const read = readInPieces(days, options.packSize);
	const { corrections } = read;
	const last = read.days.findLast((row) => !Number.isNaN(row.onHand));
	const from = (last?.day ?? 0) - window;
	const inWindow = read.days.filter((row) => row.day >= from);
	const counts = inWindow.filter((row) => !Number.isNaN(row.onHand)).length;
	if (counts < 2)
		return {
			kind: "not-estimable",
			reason: "fewer-than-two-counts",
			spans: [],
			corrections,
		};
	const spans = usesBetweenCounts(inWindow, options.dropOutliers ?? true);
	const usable = spans.filter((span) => !span.excluded);
	const total = usable.reduce((sum, span) => sum + span.days, 0);
	if (total === 0)
		return {
			kind: "not-estimable",
			reason: "no-usable-span",
			spans,
			corrections,
		};
	const perDay = usable.reduce((sum, span) => sum + span.used, 0) / total;
	// A span's mean rate varies as 1/days; the weighted squares estimate the variance of one day's use.
	const variance =
		usable.length > 1
			? usable.reduce(
					(sum, span) =>
						sum + span.days * (span.used / span.days - perDay) ** 2,
					0,
				) /
				(usable.length - 1)
			: perDay;
	const z = normalQuantile(0.5 + level / 2);
	const error = z * Math.sqrt(variance / total);
	const withPatients = usable.filter((span) => span.patients > 0);
	const patientDays = withPatients.reduce((sum, span) => sum + span.days, 0);
	return {
		kind: "estimated",
		perDay,
		low: Math.max(0, perDay - error),
		high: perDay + error,
		sdPerDay: Math.sqrt(variance),
		// Mean over days of use per patient, as the calculator does (not the ratio of the sums).
		perPatientDay:
			patientDays > 0
				? withPatients.reduce(
						(sum, span) => sum + span.used / span.patients,
						0,
					) / patientDays
				: undefined,
		days: total,
		spans,
		corrections,
	};
}
