import { afterAll, expect, test } from "vitest";
import { AllocationSolver } from "../../../main/backend/analysis/solver.ts";
import { allocationInstance } from "../../fixtures/allocation-instance.ts";

const solver = new AllocationSolver();
afterAll(() => solver.close());

const small = () => allocationInstance(4, 25, 2, { seed: 7 });

test("a plan comes back from the thread with its steps, and progress was told on the way", async () => {
	const told: number[] = [];
	const outcome = await solver.plan("a", small(), {
		onProgress: (progress) => told.push(progress.steps.length),
	}).result;
	expect(outcome.kind).toBe("plan");
	if (outcome.kind !== "plan") return;
	expect(outcome.plan.status).toBe("optimal");
	expect(outcome.plan.steps.map((step) => step.objective)).toContain(
		"transport",
	);
	expect(told.length).toBeGreaterThan(0);
});

test("a pin on a kept plan is honoured and equals planning from nothing", async () => {
	const problem = small();
	const first = await solver.plan("pinned", problem).result;
	if (first.kind !== "plan") throw new Error(first.kind);
	const shipment = first.plan.shipments[3];
	if (!shipment) throw new Error("no shipment");
	const pin = {
		depot: problem.depots[shipment.depot]?.id ?? "",
		place: problem.places[shipment.place]?.id ?? "",
		item: problem.items[shipment.item]?.id ?? "",
		atMost: shipment.units / 2,
	};
	const again = await solver.pins("pinned", [pin]).result;
	const fresh = await solver.plan("fresh", { ...problem, pins: [pin] }).result;
	if (again.kind !== "plan" || fresh.kind !== "plan")
		throw new Error(`${again.kind} ${fresh.kind}`);
	const sent = again.plan.shipments
		.filter(
			(row) =>
				row.depot === shipment.depot &&
				row.place === shipment.place &&
				row.item === shipment.item,
		)
		.reduce((sum, row) => sum + row.units, 0);
	expect(sent).toBeLessThanOrEqual(pin.atMost + 1e-6);
	expect(again.plan.weightedUnmet / fresh.plan.weightedUnmet).toBeCloseTo(1, 5);
	expect(again.plan.transportCost / fresh.plan.transportCost).toBeCloseTo(1, 3);
});

test("a wrong problem is an answer that names the field, and the thread lives on", async () => {
	const problem = small();
	await expect(
		solver.plan("wrong", { ...problem, supply: [[1]] }).result,
	).rejects.toMatchObject({
		name: "AllocationProblemError",
		message: expect.stringContaining("supply"),
	});
	expect((await solver.plan("right", problem).result).kind).toBe("plan");
});

test("a queued request that is cancelled is stopped without running", async () => {
	const running = solver.plan("one", small());
	const queued = solver.plan("two", small());
	queued.cancel();
	expect(await queued.result).toEqual({ kind: "stopped", status: "cancelled" });
	expect((await running.result).kind).toBe("plan");
});

test("a running solve stops when it is cancelled", async () => {
	const running = solver.plan("big", allocationInstance(40, 514, 5), {
		onProgress: () => running.cancel(),
	});
	expect(await running.result).toEqual({
		kind: "stopped",
		status: "cancelled",
	});
});

test("asking for a plan that is not kept says so", async () => {
	await expect(solver.pins("never planned", []).result).rejects.toThrow(
		"plan it first",
	);
});

test("the oldest of many kept plans is let go, the newest stay", async () => {
	for (const name of ["p1", "p2", "p3", "p4", "p5"])
		await solver.plan(name, small()).result;
	await expect(solver.pins("p1", []).result).rejects.toThrow("plan it first");
	expect((await solver.pins("p5", []).result).kind).toBe("plan");
});

test("a time limit that allows no plan says so, and more time plans the same scenario", async () => {
	const problem = allocationInstance(40, 300, 3, { coupled: true });
	const hurried = await solver.plan("hurried", problem, {
		limits: { timeLimit: 0.02 },
	}).result;
	expect(hurried).toEqual({ kind: "stopped", status: "time-limit" });
	expect((await solver.pins("hurried", []).result).kind).not.toBe("conflict");
	expect((await solver.plan("hurried", problem).result).kind).toBe("plan");
});
