import { expect, test } from "vitest";
import { stageOf } from "../../../core/api/decided.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";
import type { HeldCount } from "../../../core/api/stock.ts";
import {
	COUNT_DECISIONS,
	countKey,
	heldShown,
} from "../../../renderer/screens/logistik/held-counts.ts";
import { decidedHere } from "../../../renderer/state/decided-here.ts";

const COUNT = { facility: 7, item: "respirator", day: 18_620, stated: 16 };
const KEY = countKey(COUNT);

const decidedCounts = (entries: ReturnType<typeof entry>[]) =>
	decidedHere(entries, COUNT_DECISIONS, (request) =>
		countKey(request as HeldCount),
	);

function entry(part: Partial<OutboxEntry>) {
	const whole = {
		id: "00000000-0000-4000-8000-000000000000",
		name: "accept-stock",
		request: { ...COUNT, value: 800 },
		state: "done",
		audit: 3,
		seq: 6,
		...part,
	} as OutboxEntry;
	return { ...whole, stage: stageOf(whole, 7) };
}

test("a decision of a count is on its way until it is published, then may be taken back by its row of the trail; a refused one is neither", () => {
	const waiting = decidedCounts([entry({ state: "waiting", audit: null })]);
	expect([...waiting.onTheirWay.keys()]).toEqual([KEY]);
	expect(waiting.undoable.size).toBe(0);
	const shown = decidedCounts([entry({})]);
	expect(shown.onTheirWay.size).toBe(0);
	expect(shown.undoable.get(KEY)).toBe(3);
	const refused = decidedCounts([entry({ state: "refused" })]);
	expect(refused.onTheirWay.size + refused.undoable.size).toBe(0);
});

test("what was taken back is not taken back again, and the newest decision of a count is the one that holds", () => {
	const undo = { name: "undo", request: { audit: 3 }, audit: 4 };
	const going = decidedCounts([entry({ ...undo, seq: 8 }), entry({})]);
	expect(going.onTheirWay.get(KEY)?.name).toBe("undo");
	expect(going.undoable.size).toBe(0);
	const gone = decidedCounts([entry({ ...undo, seq: 7 }), entry({})]);
	expect(gone.onTheirWay.size + gone.undoable.size).toBe(0);
	const newer = decidedCounts([
		entry({ name: "refuse-stock", request: COUNT, audit: 5 }),
		entry({}),
	]);
	expect(newer.undoable.get(KEY)).toBe(5);
});

test("what waits and what was decided are told apart", () => {
	const counts = [
		{ ...COUNT, decision: null },
		{ ...COUNT, day: 18_621, decision: { verdict: "refused" } },
	] as HeldCount[];
	expect(heldShown(counts, "waiting").map(({ day }) => day)).toEqual([18_620]);
	expect(heldShown(counts, "decided").map(({ day }) => day)).toEqual([18_621]);
	expect(heldShown(counts, "all")).toHaveLength(2);
});
