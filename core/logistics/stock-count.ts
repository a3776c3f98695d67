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
 * on the one that it hides best, over whose days least was used a day even so. What was used over these days is then known, if not on which. Where
 * that would be far more than was ever used on the others, nothing is told of any: it did not come to this shelf, or left it at once. Where stock
 * rose more than once, or was not counted on the last day and before the first, it cannot be told which of it came between which counts, and the
 * counts stay as they are.
 * @param days in their order
 */
export function withReceipts(
	days: readonly StockDay[],
	receipts: readonly ReceivedOver[],
): StockDay[] {
	const counts = [...days];
	if (receipts.length === 0) return counts;
	const places = [...counts.keys()].filter(
		(at) => !Number.isNaN((counts[at] as StockDay).onHand),
	);
	for (const { firstDay, day, units } of receipts) {
		const counted = places.map((at) => ({ at, row: counts[at] as StockDay }));
		const last = counted.findIndex(({ row }) => row.day === day);
		const before = counted.findLastIndex(({ row }) => row.day < firstDay);
		if (last < 0 || before < 0) continue;
		const spans = counted
			.slice(before + 1, last + 1)
			.map(({ row, at }, nth) => {
				const from = (counted[before + nth] as { row: StockDay }).row;
				const fell = from.onHand + row.received - row.onHand;
				return { at, fell, over: row.day - from.day };
			});
		const rises = spans.filter(({ fell }) => fell < 0);
		if (rises.length > 1) continue;
		const usedWith = (span: (typeof spans)[number]) =>
			(span.fell + units) / span.over;
		const [best] =
			rises.length > 0
				? rises
				: [...spans].sort((a, b) => usedWith(a) - usedWith(b));
		if (!best) continue;
		const others = spans.filter((span) => span !== best);
		const most = Math.max(...others.map(({ fell, over }) => fell / over));
		const isHidden =
			rises.length > 0 ||
			others.length === 0 ||
			usedWith(best) <= STILL_USE * most;
		for (const { at } of isHidden ? [best] : spans)
			counts[at] = {
				...(counts[at] as StockDay),
				received: isHidden
					? (counts[at] as StockDay).received + units
					: Number.NaN,
			};
	}
	return counts;
}

/** Packs below this are too small for a slip to stand out from use. */
const SMALLEST_TELLING_PACK = 5;
/** How near a re-read count must come to the expected one, as a ratio. */
const CLOSE = Math.log(1.25);
/** A fall of so many times the usual use is still use: no slip is read from it. */
const STILL_USE = 2;

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

/** Whether a count is so much above another as pieces are above boxes. */
function isPackApart(more: number, less: number, pack: number): boolean {
	return more >= less * (pack / 2);
}

function usualUse(days: readonly StockDay[], pack: number): number {
	const uses: number[] = [];
	let before: StockDay | undefined;
	let received = 0;
	for (const row of days) {
		if (before) received += row.received;
		if (Number.isNaN(row.onHand)) continue;
		if (before && !row.recount) {
			const came = Number.isNaN(received) ? 0 : received;
			const use = (before.onHand + came - row.onHand) / (row.day - before.day);
			// An empty shelf does not tell how much is asked for, and what may be the slip itself does not tell what is used. Where it is not known
			// what came, only a fall tells it.
			if (use >= 0 && !isPackApart(before.onHand + came, row.onHand, pack))
				uses.push(use);
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
		let unknown = false;
		for (
			let index = anchor + step;
			index >= 0 && index < read.length;
			index += step
		) {
			const row = read[index] as StockDay;
			// Forward, today's receipt is in today's count; backward, the receipt of the day after is not in it.
			const fresh = step === 1 ? row : (read[index + 1] as StockDay);
			if (Number.isNaN(fresh.received)) unknown = true;
			else received += fresh.received;
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
			const [earlier, later] =
				step === 1 ? [level, row.onHand] : [row.onHand, level];
			// A delivery that nobody told explains a rise, unless it is that from boxes to pieces.
			const mayHaveCome =
				unknown && later >= earlier && !isPackApart(later, earlier, pack);
			if (distance(row.onHand) > 2 * CLOSE && !mayHaveCome) misfits++;
			level = row.onHand;
			at = row.day;
			received = 0;
			unknown = false;
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
	const use = usualUse(days, packSize);
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
	return withoutTheExplained(days, best, use, packSize);
}

/**
 * Takes back what needs no slip to be explained: small counts that use alone led to, before a shelf runs empty or a delivery comes, and large ones
 * that a delivery brought and use took away. Counts in boxes begin with a fall that no use explains; counts in pieces among boxes end with one.
 * Where it is known what came, a rise without it tells as much.
 */
function withoutTheExplained(
	days: readonly StockDay[],
	{ days: read, corrections }: ReturnType<typeof readUnits>,
	use: number,
	pack: number,
): { days: StockDay[]; corrections: UnitCorrection[] } {
	const slips = new Map(
		corrections
			.filter(({ field }) => field === "onHand")
			.map((one) => [one.day, one.found]),
	);
	const settled = read.map((row) => ({ ...row }));
	const counted = days.flatMap(({ onHand }, index) =>
		Number.isNaN(onHand) ? [] : [index],
	);
	/** What went from the shelf between two counts, and whether it is known what came; null: there are no two. */
	const between = (
		from: number | undefined,
		to: number | undefined,
		before: readonly StockDay[],
		after: readonly StockDay[],
	) => {
		if (from === undefined || to === undefined) return null;
		const came = settled
			.slice(from + 1, to + 1)
			.reduce((sum, { received }) => sum + received, 0);
		const known = !Number.isNaN(came);
		const had = (before[from] as StockDay).onHand + (known ? came : 0);
		const has = (after[to] as StockDay).onHand;
		const span = (days[to] as StockDay).day - (days[from] as StockDay).day;
		return {
			fell: had - has > STILL_USE * use * span && isPackApart(had, has, pack),
			rose: known && had < has,
			has,
		};
	};
	/** Whether several counts in a row go down as slowly as boxes do, where pieces would be gone. */
	const isUsedInBoxes = (first: number, last: number) => {
		const from = days[counted[first]] as StockDay;
		const to = days[counted[last]] as StockDay;
		const went = from.onHand - to.onHand;
		const inBoxes = (use * (to.day - from.day)) / pack;
		return last > first && went > 0 && went < STILL_USE * inBoxes;
	};
	for (let first = 0; first < counted.length; first++) {
		const found = slips.get((days[counted[first]] as StockDay).day);
		if (!found) continue;
		let last = first;
		while (slips.get(days[counted[last + 1]]?.day ?? Number.NaN) === found)
			last++;
		const into = between(counted[first - 1], counted[first], settled, days);
		const out = between(counted[last], counted[last + 1], days, settled);
		const isSlip =
			found === "boxes-for-pieces"
				? into?.fell || out?.rose || isUsedInBoxes(first, last)
				: into?.rose || (out?.fell && out.has > 0);
		if (!isSlip)
			for (const index of counted.slice(first, last + 1)) {
				const { day, onHand } = days[index] as StockDay;
				slips.delete(day);
				(settled[index] as StockDay).onHand = onHand;
			}
		first = last;
	}
	return {
		days: settled,
		corrections: corrections.filter(
			({ day, field }) => field !== "onHand" || slips.has(day),
		),
	};
}
