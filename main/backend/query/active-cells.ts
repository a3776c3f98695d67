import type { Day } from "../../../core/series/day.ts";
import type { Cell } from "./cell.ts";

/** The rule of a value computed from other indicators; no rule of reconciliation has this id. */
export const DERIVED = 0;

/**
 * Active cases of one area: confirmed - recovered - deaths on each day of which all three are in the table, not reported where any of
 * the three is not.
 */
export function activeCells(
	confirmed: Map<Day, Cell>,
	recovered: Map<Day, Cell>,
	deaths: Map<Day, Cell>,
): Map<Day, Cell> {
	const active = new Map<Day, Cell>();
	for (const [day, all] of confirmed) {
		const healed = recovered.get(day);
		const died = deaths.get(day);
		if (!healed || !died) continue;
		const parts = [all, healed, died];
		const known = parts.every((part) => part.value !== null);
		const source = parts.every((part) => part.source === all.source);
		active.set(day, {
			day,
			value: known
				? (all.value as number) -
					(healed.value as number) -
					(died.value as number)
				: null,
			rule: DERIVED,
			marks: all.marks | healed.marks | died.marks,
			source: source ? all.source : null,
			asOf: Math.max(all.asOf, healed.asOf, died.asOf),
			reporting: fewest(parts.map((part) => part.reporting)),
			expected: fewest(parts.map((part) => part.expected)),
		});
	}
	return active;
}

function fewest(counts: (number | null)[]): number | null {
	const known = counts.filter((count) => count !== null);
	return known.length === 0 ? null : Math.min(...known);
}
