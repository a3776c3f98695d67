import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type LotUnits,
	ORDER_STEPS,
	type OrderState,
	type OrderStep,
	orderAfter,
	refusalOfStep,
	stepsAfter,
} from "../../../core/logistics/order.ts";
import { day } from "../../../core/series/day.ts";
import "../../fixtures/property-seed.ts";

const DAY = day("2020-04-12");
const by = (person: string, at = DAY) => ({ person, day: at });
const draft = (units = 100): OrderStep => ({
	...by("rina"),
	kind: "draft",
	lines: [{ item: "gown", units }],
});
const approve: OrderStep = { ...by("budi"), kind: "approve" };
const lot = (units: number, name = "A1"): LotUnits => ({
	item: "gown",
	lot: name,
	expires: DAY + 100,
	units,
});
const send = (units: number, name = "A1"): OrderStep => ({
	...by("rina"),
	kind: "send",
	lots: [lot(units, name)],
	due: DAY + 3,
});
const receive = (units: number, name = "A1"): OrderStep => ({
	...by("wati", DAY + 2),
	kind: "receive",
	lots: [lot(units, name)],
});
const close: OrderStep = { ...by("wati", DAY + 4), kind: "close" };
const takeBack: OrderStep = { ...by("rina", DAY + 4), kind: "take-back" };
const state = (...steps: OrderStep[]) => orderAfter(steps) as OrderState;

describe("the life of an order", () => {
	it("goes from draft over approval and sending to receipt and closing", () => {
		const told = [draft(), approve, send(100), receive(100), close].map(
			(_, at, all) => state(...all.slice(0, at + 1)).status,
		);
		expect(told).toEqual(["draft", "approved", "sent", "received", "closed"]);
	});

	it("is approved by another person than wrote it, also when that person only changed its lines", () => {
		const own: OrderStep = { ...by("rina"), kind: "approve" };
		expect(refusalOfStep(state(draft()), own)).toEqual({
			kind: "own",
			person: "rina",
		});
		const changed = state(draft(), { ...draft(50), person: "budi" });
		expect(refusalOfStep(changed, approve)).toMatchObject({ kind: "own" });
		expect(changed.lines[0]?.ordered).toBe(50);
	});

	it("leaves in parts: what is allocated and not fetched waits at the warehouse", () => {
		const [line] = state(draft(), approve, send(60)).lines;
		expect(line).toMatchObject({ waiting: 40, inTransit: 60 });
		expect(state(draft(), approve, send(60), receive(60)).status).toBe(
			"received-part",
		);
		expect(refusalOfStep(state(draft(), approve, send(60)), send(41))).toEqual({
			kind: "units",
			item: "gown",
			lot: "",
			found: 41,
			most: 40,
		});
	});

	it("is received by lot, never more of a lot than was sent of it", () => {
		const sent = state(draft(), approve, send(60), send(40, "B2"));
		expect(refusalOfStep(sent, receive(41, "B2"))).toMatchObject({ most: 40 });
		expect(refusalOfStep(sent, receive(1, "C3"))).toMatchObject({ most: 0 });
		const other = receive(1) as Extract<OrderStep, { kind: "receive" }>;
		expect(
			refusalOfStep(sent, {
				...other,
				lots: [{ ...lot(1), expires: DAY + 99 }],
			}),
		).toMatchObject({ kind: "units", most: 0 });
	});

	it("states what did not arrive when it is closed, and what never left goes back to the stock", () => {
		const [line] = state(draft(), approve, send(60), receive(50), close).lines;
		expect(line).toMatchObject({
			received: 50,
			missing: 10,
			inTransit: 0,
			waiting: 0,
			released: 40,
		});
	});

	it("is not cancelled once something has left", () => {
		const cancel: OrderStep = { ...by("rina"), kind: "cancel" };
		expect(state(draft(), approve, cancel).status).toBe("cancelled");
		expect(
			refusalOfStep(state(draft(), approve, send(1)), cancel),
		).toMatchObject({ kind: "status", status: "sent" });
	});

	it("sends no lot after its last day", () => {
		const late = send(1) as Extract<OrderStep, { kind: "send" }>;
		const step = { ...late, lots: [{ ...lot(1), expires: DAY - 1 }] };
		expect(refusalOfStep(state(draft(), approve), step)).toMatchObject({
			kind: "expired",
			expires: DAY - 1,
		});
	});

	it("takes no step dated before the one it follows, and expects nothing before it left", () => {
		const early = { ...approve, day: DAY - 1 };
		expect(refusalOfStep(state(draft()), early)).toEqual({
			kind: "day",
			day: DAY - 1,
			earliest: DAY,
		});
		expect(
			refusalOfStep(state(draft(), approve), {
				...send(1),
				due: DAY - 1,
			} as OrderStep),
		).toMatchObject({ kind: "day" });
	});

	it("refuses fractions, nothing, and an item named twice", () => {
		for (const lines of [
			[],
			[{ item: "gown", units: 0 }],
			[{ item: "gown", units: 1.5 }],
			[
				{ item: "gown", units: 1 },
				{ item: "gown", units: 2 },
			],
		])
			expect(
				refusalOfStep(null, { ...by("rina"), kind: "draft", lines }),
			).toMatchObject({ kind: "lines" });
	});
});

/** Any step at all: what may not follow is refused, never done in part. */
const anyLots = fc.array(
	fc.record({
		item: fc.constantFrom("gown", "gown", "mask", "oxygen"),
		lot: fc.constantFrom("", "A1"),
		expires: fc.constantFrom(DAY + 90, DAY + 90, DAY + 90, DAY),
		units: fc.integer({ min: 0, max: 30 }),
	}),
	{ minLength: 1, maxLength: 2 },
);
const MOVING = ["send", "receive", "receive"] as const;
const anyStep: fc.Arbitrary<OrderStep> = fc
	.record({
		kind: fc.constantFrom(...ORDER_STEPS, ...MOVING, ...MOVING),
		person: fc.constantFrom("rina", "budi", "wati"),
		day: fc.integer({ min: DAY, max: DAY + 3 }),
		lots: anyLots,
		due: fc.constantFrom(null, DAY + 50),
		lines: fc.array(
			fc.record({
				item: fc.constantFrom("gown", "mask", "oxygen"),
				units: fc.integer({ min: 0, max: 100 }),
			}),
			{ minLength: 1, maxLength: 3 },
		),
	})
	.map((step) => step as unknown as OrderStep);

/** Those of the steps that may follow, one after the other. */
function taken(steps: readonly OrderStep[]): OrderStep[] {
	const done: OrderStep[] = [];
	for (const given of steps) {
		const now = orderAfter(done);
		const step = now && given.kind === "receive" ? arriving(now, given) : given;
		if (refusalOfStep(now, step) === null) done.push(step);
	}
	return done;
}
/** Wati receives of what is on its way, at most so much of each lot as was drawn; others receive whatever was drawn. */
function arriving(
	now: OrderState,
	step: Extract<OrderStep, { kind: "receive" }>,
): OrderStep {
	if (step.person !== "wati") return step;
	const [{ units = 1 } = {}] = step.lots;
	const lots = now.lines.flatMap(({ item, lots }) =>
		lots
			.filter(({ inTransit }) => inTransit > 0)
			.map(({ lot, expires, inTransit }) => ({
				item,
				lot,
				expires,
				units: Math.min(inTransit, units),
			})),
	);
	return { ...step, lots };
}
/** Lives that come far: a draft and its approval stand before whatever follows. */
const lives = fc.array(anyStep, { maxLength: 40, size: "max" }).map((steps) =>
	taken([
		{
			...by("rina"),
			kind: "draft",
			lines: ["gown", "mask"].map((item) => ({ item, units: 90 })),
		},
		approve,
		...steps.map((step, at) => ({ ...step, day: DAY + at })),
	]),
);

describe("over any sequence of steps", () => {
	it("no unit is lost or invented", () => {
		let far = 0;
		fc.assert(
			fc.property(lives, (steps) => {
				const { lines, status } = state(...steps);
				if (lines.some(({ received }) => received > 0)) far++;
				for (const line of lines) {
					const { ordered, waiting, released, sent } = line;
					const { received, inTransit, missing, lots } = line;
					const parts = [waiting, released, received, inTransit, missing];
					expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
					expect(sent).toBe(received + inTransit + missing);
					if (status !== "draft")
						expect(ordered).toBe(waiting + released + sent);
					for (const part of [
						"sent",
						"received",
						"inTransit",
						"missing",
					] as const)
						expect(lots.reduce((sum, one) => sum + one[part], 0)).toBe(
							line[part],
						);
					for (const one of lots)
						expect(one.sent).toBe(one.received + one.inTransit + one.missing);
				}
			}),
		);
		expect(far).toBeGreaterThan(8);
	});

	it("taking the last step back leaves the order as it was before it", () => {
		fc.assert(
			fc.property(lives, (steps) => {
				const now = state(...steps);
				if (!stepsAfter(now).includes("take-back")) return;
				const before = orderAfter(now.holding.slice(0, -1));
				const back = { ...takeBack, day: now.lastDay };
				expect(state(...steps, back)).toEqual({
					...before,
					lastDay: now.lastDay,
				});
			}),
		);
	});

	it("what it stood at on a day is told from the steps up to that day, whatever came later", () => {
		fc.assert(
			fc.property(lives, fc.integer({ min: 0, max: 40 }), (steps, days) => {
				const until = steps.filter((step) => step.day <= DAY + days);
				expect(until).toEqual(steps.slice(0, until.length));
				expect(() => orderAfter(until)).not.toThrow();
			}),
		);
	});

	it("an order stands where its steps may have led, and what it refuses changes nothing", () => {
		fc.assert(
			fc.property(lives, anyStep, (steps, next) => {
				const now = state(...steps);
				const refusal = refusalOfStep(now, next);
				if (refusal === null) expect(() => state(...steps, next)).not.toThrow();
				else expect(() => state(...steps, next)).toThrow(RangeError);
				if (now.status === "closed" || now.status === "cancelled")
					expect(now.due).toBeNull();
			}),
		);
	});
});
