import { expect, test } from "vitest";
import { stageOf } from "../../../core/api/decided.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";
import { ordersHere } from "../../../renderer/screens/logistik/orders-here.ts";

function entry(name: string, request: object, part: Partial<OutboxEntry> = {}) {
	const whole = {
		...{ id: "00000000-0000-4000-8000-000000000000", name, request },
		...{ state: "waiting", audit: null, seq: null },
		...part,
	} as OutboxEntry;
	return { ...whole, stage: stageOf(whole, 7) };
}
const line = { item: "respirator", units: 120 };
const draft = (units: number, part: Partial<OutboxEntry> = {}) =>
	entry(
		"draft-order",
		{
			day: 100,
			orders: [
				{
					...{ id: "a", seen: 0, from: "GUDANG-ID", to: "GUDANG-32" },
					...{ handover: "fetched", carriage: "road" },
					lines: [{ ...line, units }],
				},
			],
		},
		part,
	);

test("an order written offline has its lines as they were written last, and each step that waits for the hub in its order", () => {
	const here = ordersHere([
		entry("approve-order", { orders: [{ id: "a", seen: 1 }] }),
		draft(80),
		draft(120),
	]);
	expect(here.written.get("a")?.lines).toEqual([{ ...line, units: 80 }]);
	expect(here.waiting.get("a")?.map(({ name }) => name)).toEqual([
		"draft-order",
		"draft-order",
		"approve-order",
	]);
});

test("a step that the hub refused is told at its order until another is ordered", () => {
	const send = (state: OutboxEntry["state"]) =>
		entry("send-order", { order: "a" }, { state, seq: 7 });
	expect(ordersHere([send("refused")]).refused.get("a")?.name).toBe(
		"send-order",
	);
	expect(ordersHere([send("done"), send("refused")]).refused.size).toBe(0);
	expect(ordersHere([send("refused")]).waiting.size).toBe(0);
});

test("an order that was just published stays as it was written until the answer that holds it is there", () => {
	const published = draft(80, { state: "done", seq: 7 });
	expect([...ordersHere([published], 100).written.keys()]).toEqual(["a"]);
	// Before its day there is none, and once nothing is asked for the answer says all.
	expect(ordersHere([published], 99).written.size).toBe(0);
	expect(ordersHere([published]).written.size).toBe(0);
});
