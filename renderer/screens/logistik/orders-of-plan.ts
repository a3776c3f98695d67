import type { DraftOrder } from "../../../core/api/orders.ts";
import type { Plan, PlanEnd } from "../../../core/api/plan.ts";
import type { Asked } from "../../../core/api/route.ts";

type Draft = Asked<typeof DraftOrder>["orders"][number];

/** One order for each warehouse and destination, with everything that the plan sends between them. */
export function ordersOf(
	plan: Plan,
	names: ReadonlyMap<number, PlanEnd>,
	newId: () => string,
): Draft[] {
	const orders = new Map<string, Draft>();
	for (const line of plan.lines)
		for (const way of line.from) {
			const [from, to] = [names.get(way.facility), names.get(line.to)];
			if (!from || !to || way.units <= 0) continue;
			const key = `${from.code} ${to.code}`;
			const order = orders.get(key) ?? {
				id: newId(),
				seen: 0,
				from: from.code,
				to: to.code,
				handover: way.handover,
				carriage: way.carriage,
				lines: [],
			};
			orders.set(key, order);
			order.lines.push({ item: line.item, units: way.units });
		}
	return [...orders.values()];
}
