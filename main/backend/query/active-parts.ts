import type { AreaRow } from "../../../core/api/areas.ts";
import { rowsIn } from "./branch.ts";
import { BELOW, branchAt, daysOf, type Spot, spotsBelow } from "./figures.ts";
import { isSum } from "./voice.ts";

/**
 * Confirmed, recovered and deaths of the areas that a value of active cases holds: its operands.
 * @param spot an area in the tree of active cases, with the same area in the trees of the three.
 * @param on day, counted from the first of the trees, on which the area has active cases.
 * @returns the three values, and the areas directly below that they are of, when they are sums.
 */
export function activeParts(
	spot: Spot,
	operands: readonly Spot[],
	on: number,
): { values: number[]; areas: AreaRow[] } {
	const values = operands.map(
		(operand) => daysOf(operand, operand.branch.value)[on],
	);
	const [all, healed, died] = values;
	const level = BELOW[spot.branch.level];
	const areas =
		level && isSum(daysOf(spot, spot.branch.voice)[on])
			? rowsIn(spot.branch, branchAt(spot.tree, level), spot.row, on).map(
					(row) => branchAt(spot.tree, level).areas[row],
				)
			: [];
	if (all - healed - died === daysOf(spot, spot.branch.value)[on])
		return { values, areas };
	const sums = [0, 0, 0];
	for (const child of spotsBelow(spot)) {
		if (Number.isNaN(daysOf(child, child.branch.value)[on])) continue;
		const parts = operands.map((operand) => {
			const found = spotsBelow(operand).find(({ row }) => row === child.row);
			return found as Spot;
		});
		activeParts(child, parts, on).values.forEach((value, i) => {
			sums[i] += value;
		});
	}
	return { values: sums, areas };
}
