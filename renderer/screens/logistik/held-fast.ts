import type {
	Plan,
	PlanEnd,
	PlanLine,
	PlanPin,
} from "../../../core/api/plan.ts";

/** The warehouses that may give to the place of a line, those that do first. */
export function giversOf(
	plan: Pick<Plan, "warehouses">,
	line: Pick<PlanLine, "tier" | "to" | "from">,
	names: ReadonlyMap<number, Pick<PlanEnd, "province">>,
): number[] {
	const province =
		line.tier === "centre" ? null : (names.get(line.to)?.province ?? null);
	const giving = [...line.from]
		.sort((a, b) => b.units - a.units)
		.map(({ facility }) => facility);
	return [
		...new Set([
			...giving,
			...plan.warehouses
				.filter((one) => one.province === province)
				.map(({ facility }) => facility),
		]),
	];
}

/**
 * Pins by which a place gets so many units of an item and no more, whoever gives: each warehouse as much as it does now, as far as that goes, the
 * first what is then missing, and all others nothing.
 */
export function heldAt(
	units: number,
	line: Pick<PlanLine, "to" | "item" | "from">,
	givers: readonly number[],
): PlanPin[] {
	let open = units;
	const held = givers.map((from) => {
		const now = line.from.find(({ facility }) => facility === from)?.units ?? 0;
		const kept = Math.min(open, Math.floor(now));
		open -= kept;
		return { from, kept };
	});
	return held.map(({ from, kept }, at) => {
		const amount = at === 0 ? kept + open : kept;
		return {
			...{ from, to: line.to, item: line.item },
			...{ atLeast: amount, atMost: amount },
		};
	});
}
