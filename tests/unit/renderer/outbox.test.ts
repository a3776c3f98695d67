import { expect, test } from "vitest";
import {
	cellKey,
	decidedCells,
	isOnItsWay,
	pendingValues,
	stageOf,
} from "../../../core/api/decided.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";

function entry(part: Partial<OutboxEntry>, seq: number | null = 7) {
	const whole = {
		id: "00000000-0000-4000-8000-000000000000",
		name: "override-value",
		request: { indicator: "confirmed", area: "35", day: 18_364, value: 400 },
		state: "waiting",
		audit: null,
		seq: null,
		...part,
	} as OutboxEntry;
	return { ...whole, stage: stageOf(whole, seq) };
}
const CELL = cellKey({ indicator: "confirmed", area: "35", day: 18_364 });

test("a command is shown only from the publication that carries it on", () => {
	expect(stageOf(entry({}), 7)).toBe("waiting");
	expect(stageOf(entry({ state: "done" }), 7)).toBe("unpublished");
	expect(stageOf(entry({ state: "done", seq: 8 }), 7)).toBe("arriving");
	expect(stageOf(entry({ state: "done", seq: 8 }), null)).toBe("arriving");
	expect(stageOf(entry({ state: "done", seq: 8 }), 8)).toBe("shown");
	expect(stageOf(entry({ state: "refused" }), 8)).toBe("refused");
});

test("over a value lies the newest decision about it, never a refused one, nor one that a restored hub has no more", () => {
	expect(stageOf(entry({ state: "recalled", seq: 6 }), 8)).toBe("recalled");
	const cells = decidedCells([
		entry({ state: "refused" }),
		entry({ state: "recalled", audit: 4, seq: 6 }),
		entry({ request: { ...(entry({}).request as object), value: 401 } }),
		entry({ state: "done", audit: 3, seq: 6 }),
	]);
	expect(cells.get(CELL)?.request.value).toBe(401);
});

test("a decision that is being taken back says so", () => {
	const cells = decidedCells([
		entry({ name: "undo", request: { audit: 3, reason: "keliru" } }),
		entry({ state: "done", audit: 3, seq: 6 }),
	]);
	expect(cells.get(CELL)?.undone?.stage).toBe("waiting");
});

test("over a figure lies what it will be, until the publication that carries it is the one that was read", () => {
	const given = entry({ state: "done", audit: 3, seq: 8 });
	expect(pendingValues([entry({})], 7).get(CELL)).toBe(400);
	expect(pendingValues([given], 7).get(CELL)).toBe(400);
	expect(pendingValues([given], 8).has(CELL)).toBe(false);
	expect(pendingValues([entry({ state: "refused" })], 7).size).toBe(0);
	const undoing = entry({ name: "undo", request: { audit: 3 } });
	expect(pendingValues([undoing, given], 8).get(CELL)).toBeNull();
});

test("a command that was refused or recalled is on no way: what it was about can be decided again", () => {
	const stages = [
		"waiting",
		"unpublished",
		"arriving",
		"shown",
		"refused",
		"recalled",
	] as const;
	expect(stages.filter(isOnItsWay)).toEqual([
		"waiting",
		"unpublished",
		"arriving",
	]);
});
