/**
 * Daily stock counts of one item at one facility, as reported: with gaps, recounts and counts in the wrong unit.
 * A day that was not reported is NaN, never 0.
 */

import { type Day, isoFromDay } from "../series/day.ts";
import { LARGEST_QUANTITY } from "./quantity.ts";

/** One day's report. Units are pieces unless a slip is found. */
export interface StockDay {
	day: Day;
	/** Counted at the end of the day; NaN: not reported. */
	onHand: number;
	/** Received during the day; NaN: not known whether anything came. */
	received: number;
	/** Patients cared for; NaN or absent: not reported. */
	patients?: number;
	/** The count corrects earlier ones (stock-taking): use up to this day cannot be told from it. */
	recount?: boolean;
}

/** A count or receipt that is read in another unit than it was reported in. */
export interface UnitCorrection {
	day: Day;
	field: "onHand" | "received";
	reported: number;
	corrected: number;
	found: "boxes-for-pieces" | "pieces-for-boxes";
}

/** What was received over some days, of the last of which the stock was counted. */
export interface ReceivedOver {
	firstDay: Day;
	day: Day;
	units: number;
}

/**
 * Counts with what is known to have been received between them: all that came over some days on the one on which stock rose; where it never rose,
 * on the last of them. What was used over these days is then known, if not on which. Where stock rose more than once, or was not counted on the last
 * day and before the first, it cannot be told which of it came between which counts, and the counts stay as they are.
 * @param days in their order
 */
export function withReceipts(
	days: readonly StockDay[],
	receipts: readonly ReceivedOver[],
): StockDay[] {
	const counts = days.map((row) => ({ ...row }));
	for (const { firstDay, day, units } of receipts) {
		const last = counts.findIndex((row) => row.day === day);
		const before = counts.findLastIndex((row) => row.day < firstDay);
		if (last < 0 || before < 0) continue;
		const rises = counts
			.slice(before + 1, last + 1)
			.filter((row, at) => row.onHand > counts[before + at].onHand);
		if (rises.length > 1) continue;
		const [came = counts[last]] = rises;
		came.received += units;
	}
	return counts;
}

/** Packs below this are too small for a slip to stand out from use. */
const SMALLEST_TELLING_PACK = 5;
/** How near a re-read count must come to the expected one, as a ratio. */
const CLOSE = Math.log(1.25);

function checkDays(days: readonly StockDay[]): void {
	days.forEach((row, index) => {
		const previous = days[index - 1];
		if (previous && row.day <= previous.day)
			throw new RangeError(
				`stock count ${index + 1}: found ${isoFromDay(row.day)}, expected one after ${isoFromDay(previous.day)}`,
			);
		for (const field of ["onHand", "received"] as const)
			if (row[field] < 0 || row[field] > LARGEST_QUANTITY)
				throw new RangeError(
					`stock count of ${isoFromDay(row.day)}, ${field}: found ${row[field]}, expected 0 to ${LARGEST_QUANTITY}, or nothing when it was not reported`,
				);
	});
}

/** Middle value; NaN for none. */
export function median(values: readonly number[]): number {
	if (values.length === 0) return Number.NaN;
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1
		? sorted[half]
		: (sorted[half - 1] + sorted[half]) / 2;
}

function usualUse(days: readonly StockDay[]): number {
	const uses: number[] = [];
	let before: StockDay | undefined;
	let received = 0;
	for (const row of days) {
		if (before) received += row.received;
		if (Number.isNaN(row.onHand)) continue;
		if (before && !row.recount) {
			const use =
				(before.onHand + received - row.onHand) / (row.day - before.day);
			if (use >= 0) uses.push(use);
		}
		before = row;
		received = 0;
	}
	const usual = median(uses);
	return Number.isNaN(usual) ? 0 : usual;
}

function readUnits(
	days: readonly StockDay[],
	pack: number,
	anchor: number,
	use: number,
): { days: StockDay[]; corrections: UnitCorrection[]; misfits: number } {
	const read = days.map((row) => ({ ...row }));
	const corrections: UnitCorrection[] = [];
	let misfits = 0;
	const walk = (step: 1 | -1) => {
		let level = (read[anchor] as StockDay).onHand;
		let at = (read[anchor] as StockDay).day;
		let received = 0;
		for (
			let index = anchor + step;
			index >= 0 && index < read.length;
			index += step
		) {
			const row = read[index] as StockDay;
			// Forward, today's receipt is in today's count; backward, the receipt of the day after is not in it.
			const fresh = step === 1 ? row : (read[index + 1] as StockDay);
			received += Number.isNaN(fresh.received) ? 0 : fresh.received;
			if (Number.isNaN(row.onHand)) continue;
			const span = Math.abs(row.day - at);
			const expected = Math.max(1, level + step * (received - use * span));
			const distance = (value: number) =>
				Math.abs(Math.log(Math.max(value, 0.5) / expected));
			const asIs = distance(row.onHand);
			const readings = [
				[row.onHand * pack, "boxes-for-pieces"],
				[row.onHand / pack, "pieces-for-boxes"],
			] as const;
			for (const [value, found] of readings)
				if (row.onHand > 0 && distance(value) < CLOSE && asIs > 2 * CLOSE) {
					corrections.push({
						day: row.day,
						field: "onHand",
						reported: row.onHand,
						corrected: value,
						found,
					});
					row.onHand = value;
					break;
				}
			if (
				step === 1 &&
				fresh.received > 0 &&
				distance(row.onHand) > CLOSE &&
				row.onHand > level
			) {
				const wanted = row.onHand - level + use * span;
				if (
					Math.abs(Math.log((fresh.received * pack) / Math.max(wanted, 0.5))) <
					CLOSE
				) {
					corrections.push({
						day: fresh.day,
						field: "received",
						reported: fresh.received,
						corrected: fresh.received * pack,
						found: "boxes-for-pieces",
					});
					fresh.received *= pack;
				}
			}
			if (distance(row.onHand) > 2 * CLOSE) misfits++;
			level = row.onHand;
			at = row.day;
			received = 0;
		}
	};
	walk(1);
	walk(-1);
	return { days: read, corrections, misfits };
}

/**
 * Reads counts in pieces that were reported in boxes, or the other way, when that is the only reading that fits the
 * counts around them. Nothing is corrected without a pack size.
 * @returns the days with corrections applied, and what was corrected, oldest first.
 */
export function readInPieces(
	days: readonly StockDay[],
	packSize?: number,
): { days: StockDay[]; corrections: UnitCorrection[] } {
	checkDays(days);
	const reported = days
		.map((row, index) => ({ row, index }))
		.filter(({ row }) => row.onHand > 0)
		.map(({ index }) => index);
	if (
		packSize === undefined ||
		packSize < SMALLEST_TELLING_PACK ||
		reported.length < 2
	)
		return { days: days.map((row) => ({ ...row })), corrections: [] };
	const use = usualUse(days);
	// The first counts may be the slipped ones: start from the count that explains the others with the fewest corrections.
	const oddness = (read: ReturnType<typeof readUnits>) =>
		read.corrections.length + 2 * read.misfits;
	const anchors = [
		reported[0],
		reported[reported.length >> 1],
		reported.at(-1),
	] as number[];
	let best = readUnits(days, packSize, anchors[0], use);
	for (const anchor of anchors.slice(1)) {
		// Counts that fit as they are need no other reading.
		if (oddness(best) === 0) break;
		const other = readUnits(days, packSize, anchor, use);
		if (oddness(other) < oddness(best)) best = other;
	}
	best.corrections.sort((a, b) => a.day - b.day);
	return { days: best.days, corrections: best.corrections };
}
