/**
 * Counts of stock that cannot be what lies on the shelf: below zero, in boxes among pieces, two digits more than it ever had, gone overnight, or
 * a sheet that does not add up, or whose lots are more than its count. None of them counts in a sum until a person has looked at it; what was probably meant is told beside.
 */

import type { Day } from "../series/day.ts";
import { median, readInPieces, type StockDay } from "./stock-count.ts";

/** A count of one item at one facility, as it was stated. */
export interface StatedCount {
	readonly day: Day;
	/** At the end of the day. */
	readonly onHand: number;
	/** Of a sheet: what it says of its period. Null: not stated. */
	readonly opening?: number | null;
	readonly received?: number | null;
	readonly used?: number | null;
	/** Units of the lots that it names; null: it names none. */
	readonly inLots?: number | null;
}

export const STOCK_FAULTS = [
	/** Less than nothing. */
	"negative",
	/** Boxes were counted where pieces are, and the other way round. */
	"boxes-for-pieces",
	"pieces-for-boxes",
	/** Two digits more than the most of four weeks: digits too many, or another item. */
	"hundredfold",
	/** Nearly all of it is gone, far faster than it was ever used, and neither its sheet nor a later count says so too: a form of zeros. */
	"vanished",
	/** Closing is not opening and received less used. */
	"does-not-add-up",
	/** The lots that make it up are more than it. */
	"lots-above-count",
] as const;
export type StockFault = (typeof STOCK_FAULTS)[number];

export interface DoubtfulCount {
	readonly day: Day;
	readonly stated: number;
	readonly fault: StockFault;
	/** What was probably meant; null: that cannot be told. */
	readonly meant: number | null;
}

/** A count is held against those of so many days before and after. */
export const STOCK_WINDOW_DAYS = 28;

/** Of what was there so little is left that no use explains it. */
const VANISHED = 100;
/**
 * Times the most of four weeks that no delivery explains. Two digits too many make a hundred times of what lies there, and that is less than the
 * most by what was used since: down to half of it the slip is told.
 */
const JUMP = 50;
/** So many times the usual use may leave in one span before it is odd. */
const FASTEST = 5;
/** With fewer other counts nothing is said of a jump. */
const LEAST_COUNTS = 3;
/** A sheet adds up within this share of its largest figure, and within a unit. */
const ROUNDING = 0.005;

/**
 * The doubtful ones among the counts of one item at one facility.
 * @param counts in the order of days, each day once
 * @param packSize units in a pack; undefined: slips of boxes and pieces cannot be told
 */
export function doubtfulCounts(
	counts: readonly StatedCount[],
	packSize?: number,
): DoubtfulCount[] {
	const found = new Map<Day, DoubtfulCount>();
	const note = (
		day: Day,
		stated: number,
		fault: StockFault,
		meant: number | null,
	) => {
		if (!found.has(day)) found.set(day, { day, stated, fault, meant });
	};
	for (const { day, onHand } of counts)
		if (onHand < 0) note(day, onHand, "negative", null);
	const usable = counts.filter(({ onHand }) => onHand >= 0);
	if (maySlip(usable, packSize)) {
		const days = usable.map(
			({ day, onHand }): StockDay => ({
				day,
				onHand,
				// Stated of a few days alone, it would make the use of these, which may be the slip itself, pass for the usual one.
				received: Number.NaN,
			}),
		);
		for (const { day, field, reported, corrected, found: slip } of readInPieces(
			days,
			packSize,
		).corrections)
			if (field === "onHand") note(day, reported, slip, corrected);
	}
	// What a pack explains between two counts that agree is told best: only what is left is a jump.
	for (const told of [otherPacks, jumps])
		told(
			usable.filter(({ day }) => !found.has(day)),
			note,
		);
	for (const { day, onHand, inLots } of usable)
		if (inLots != null && inLots - onHand > Math.max(1, ROUNDING * inLots))
			note(day, onHand, "lots-above-count", inLots);
	for (const { day, onHand, opening, received, used } of usable) {
		if (opening == null || received == null || used == null) continue;
		const meant = opening + received - used;
		const largest = Math.max(opening, received, used, onHand);
		if (Math.abs(meant - onHand) > Math.max(1, ROUNDING * largest))
			note(day, onHand, "does-not-add-up", meant >= 0 ? meant : null);
	}
	return [...found.values()].sort((a, b) => a.day - b.day);
}

/** Notes a doubt of the count of a day: what is stated, and what was meant where that can be told. */
type Note = (
	day: Day,
	stated: number,
	fault: StockFault,
	meant: number | null,
) => void;

/** Sizes of packs that are common, and the digits that are typed too many or too few. Planning assumption: those of the trade in disposables. */
const USUAL_PACKS = [
	10, 12, 20, 24, 25, 30, 40, 50, 100, 144, 200, 250, 500, 1000,
] as const;
/** Counts around one that are so many days away say nothing of it. */
const NEAR_DAYS = 7;
/** Counts of the same shelf differ by so much without any use. */
const COUNTED_ALIKE = 0.02;

/**
 * One count between two that agree, which a pack of another size than the item's explains: in such packs among pieces, or in pieces (or with digits too
 * many) among packs. Only where what went would be far faster than it was ever used, and what it fell to or rose from is there again.
 */
function otherPacks(counts: readonly StatedCount[], note: Note): void {
	if (counts.length <= LEAST_COUNTS) return;
	for (const [at, one] of counts.entries()) {
		const before = counts[at - 1];
		const after = counts[at + 1];
		if (!before || !after || one.onHand === 0) continue;
		// Nearly every count is like those around it: it is looked at no further.
		const inPacks = one.onHand < after.onHand;
		if (
			inPacks
				? one.onHand * USUAL_PACKS[0] > 2 * before.onHand
				: one.onHand < USUAL_PACKS[0] * after.onHand * (1 - COUNTED_ALIKE)
		)
			continue;
		if (one.day - before.day > NEAR_DAYS || after.day - one.day > NEAR_DAYS)
			continue;
		const most = before.onHand * (1 + COUNTED_ALIKE);
		const least = after.onHand * (1 - COUNTED_ALIKE);
		// Something came after all, or half of it went.
		if (after.onHand > most || after.onHand < before.onHand / 2) continue;
		const went = inPacks
			? (before.onHand - one.onHand) / (one.day - before.day)
			: (one.onHand - after.onHand) / (after.day - one.day);
		if ((one.received ?? 0) >= one.onHand / 2) continue;
		const others = counts.filter((other) => other !== one);
		if (went <= FASTEST * usualUse(others)) continue;
		const expected = (before.onHand + after.onHand) / 2;
		const meant = USUAL_PACKS.map((size) => ({
			size,
			units: inPacks ? one.onHand * size : one.onHand / size,
		}))
			.filter(({ units }) => units >= least && units <= most)
			.sort(
				(a, b) => Math.abs(a.units - expected) - Math.abs(b.units - expected),
			)[0];
		if (meant !== undefined)
			note(
				one.day,
				one.onHand,
				inPacks
					? "boxes-for-pieces"
					: meant.size === 100
						? "hundredfold"
						: "pieces-for-boxes",
				Math.round(meant.units),
			);
	}
}

/** Whether two counts one after the other differ as boxes and pieces do: only then is it worth reading them either way. */
function maySlip(
	counts: readonly StatedCount[],
	packSize: number | undefined,
): boolean {
	if (packSize === undefined) return false;
	let before = 0;
	for (const { onHand } of counts) {
		if (onHand <= 0) continue;
		const ratio = onHand / before;
		if (before > 0 && (ratio >= packSize / 2 || ratio <= 2 / packSize))
			return true;
		before = onHand;
	}
	return false;
}

function jumps(counts: readonly StatedCount[], note: Note): void {
	if (counts.length <= LEAST_COUNTS) return;
	// Asked of few shelves: the middle of all uses takes longer than all else here.
	let use: number | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (const { onHand } of counts)
		if (onHand > 0) least = Math.min(least, onHand);
	for (const [at, { day, onHand, received, used }] of counts.entries()) {
		const before = counts[at - 1];
		// Of most shelves no count is so many times another.
		const most =
			onHand < JUMP * least
				? 0
				: Math.max(
						...counts.flatMap((other, place) =>
							place !== at && Math.abs(other.day - day) <= STOCK_WINDOW_DAYS
								? [other.onHand]
								: [],
						),
					);
		if (most > 0 && onHand >= JUMP * most && !((received ?? 0) >= onHand / 2))
			note(day, onHand, "hundredfold", twoDigitsLess(onHand, before?.onHand));
		const after = counts[at + 1];
		if (
			before &&
			onHand <= before.onHand / VANISHED &&
			// A form of zeros tells of no use.
			!((used ?? 0) >= before.onHand / 2) &&
			!(after && after.onHand <= before.onHand / VANISHED)
		) {
			use ??= usualUse(counts);
			if (before.onHand - onHand > FASTEST * use * (day - before.day))
				note(day, onHand, "vanished", null);
		}
	}
}

/** The count without two digits, where that is what the count before it lets expect, and no pack explains it better. */
function twoDigitsLess(
	onHand: number,
	before: number | undefined,
): number | null {
	const meant = onHand / 100;
	if (before === undefined || meant > before || meant < before / 2) return null;
	const isPack = USUAL_PACKS.some(
		(size) =>
			size !== 100 &&
			Math.abs(onHand / size - before) <= COUNTED_ALIKE * before,
	);
	return isPack || !Number.isInteger(meant) ? null : meant;
}

/** The middle of what was used of a day between counts; rises are deliveries and tell nothing. */
function usualUse(counts: readonly StatedCount[]): number {
	const uses: number[] = [];
	for (const [at, { day, onHand }] of counts.entries()) {
		const before = counts[at - 1];
		if (before && before.onHand >= onHand)
			uses.push((before.onHand - onHand) / (day - before.day));
	}
	const usual = median(uses);
	// Where nothing is known of its use every fall is as usual as another.
	return Number.isNaN(usual) ? Number.POSITIVE_INFINITY : Math.max(1, usual);
}
