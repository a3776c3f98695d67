import fc from "fast-check";
import { expect, test } from "vitest";
import {
	lackingBeyond,
	lackingIn,
	roundEnds,
	roundsOnTheWay,
} from "../../../core/logistics/rounds.ts";

const units = fc.integer({ min: 0, max: 50 });

test("rounds are as equal as whole days make them and end where the horizon ends", () => {
	expect(roundEnds(28, 4)).toEqual([7, 14, 21, 28]);
	expect(roundEnds(7, 3)).toEqual([2, 5, 7]);
});

test("what lacks in the rounds adds up to the most that is lacking to the end of any, never less than the net need of all days", () => {
	expect(lackingIn([5, 3, 9])).toEqual([5, 0, 4]);
	fc.assert(
		fc.property(fc.array(units, { minLength: 1 }), (needs) => {
			const lacking = lackingIn(needs);
			expect(lacking.reduce((a, b) => a + b, 0)).toBe(Math.max(...needs));
			expect(Math.min(...lacking)).toBeGreaterThanOrEqual(0);
		}),
	);
});

test("a province lacks what its own warehouse cannot give day by day, lot by lot", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(units, units, units), { minLength: 1, maxLength: 4 }),
			units,
			(rows, free) => {
				const lacking = rows.map(([need]) => need);
				const arrives = rows.map(([, came]) => came);
				let said = free;
				const expires = rows.map(([, , gone]) => {
					const own = Math.min(said, gone);
					said -= own;
					return own;
				});
				// First expiry first, round by round.
				const lots = [...expires.map((units, last) => ({ units, last }))];
				lots.push({ units: said, last: rows.length });
				const walked = rows.map((_, at) => {
					lots.push({ units: arrives[at] ?? 0, last: rows.length + 1 });
					let need = lacking[at] ?? 0;
					for (const lot of lots.toSorted((a, b) => a.last - b.last)) {
						if (lot.last < at) continue;
						const taken = Math.min(lot.units, need);
						lot.units -= taken;
						need -= taken;
					}
					return need;
				});
				expect(lackingBeyond(lacking, free, { arrives, expires })).toEqual(
					walked,
				);
			},
		),
	);
});

test("what arrives before its round ends is of use in it, and what comes after the horizon is not sent", () => {
	expect(roundsOnTheWay(3, 28, 4)).toBe(0);
	expect(roundsOnTheWay(7, 28, 4)).toBe(1);
	expect(roundsOnTheWay(28, 28, 1)).toBe(0);
	expect(roundsOnTheWay(29, 28, 4)).toBe(Number.POSITIVE_INFINITY);
});
