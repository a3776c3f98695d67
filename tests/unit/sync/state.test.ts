import { expect, it } from "vitest";
import type { SyncState } from "../../../core/api/state.ts";
import {
	createCirclingDetector,
	retryDelay,
} from "../../../main/backend/sync/retry.ts";
import { nextState, type SyncEvent } from "../../../main/backend/sync/state.ts";

const after = (...events: SyncEvent[]): SyncState =>
	events.reduce(nextState, { kind: "none" } as SyncState);

it("says since when the hub is away, not since the last try", () => {
	expect(
		after(
			{ kind: "checked", at: 1 },
			{ kind: "unreachable", at: 10, nextTryAt: 12 },
			{ kind: "unreachable", at: 20, nextTryAt: 25 },
		),
	).toEqual({ kind: "offline", since: 10, nextTryAt: 25 });
});

it("keeps the time of an error that comes back and starts anew for another", () => {
	const failed = (at: number, code: "chain" | "disk"): SyncEvent => ({
		kind: "failed",
		at,
		code,
		message: `${code} at ${at}`,
	});
	expect(after(failed(5, "chain"), failed(9, "chain"))).toMatchObject({
		since: 5,
		message: "chain at 9",
	});
	expect(after(failed(5, "chain"), failed(9, "disk"))).toMatchObject({
		since: 9,
		code: "disk",
	});
});

it("never shows more received than there is", () => {
	expect(
		after({ kind: "progress", what: "snapshot", done: 12, total: 10 }),
	).toEqual({ kind: "receiving", what: "snapshot", done: 10, total: 10 });
});

it("waits longer after each failure, up to a limit, and never all at the same moment", () => {
	expect(retryDelay(1, 500, 30_000, 0)).toBe(250);
	expect(retryDelay(1, 500, 30_000, 1)).toBe(500);
	expect(retryDelay(3, 500, 30_000, 1)).toBe(2_000);
	expect(retryDelay(1_000, 500, 30_000, 1)).toBe(30_000);
});

it("notices one snapshot after another without arriving, lets one more through, and forgets them on arrival", () => {
	const circling = createCirclingDetector(2);
	expect(circling.isCircling()).toBe(false);
	circling.snapshotTaken();
	expect(circling.isCircling()).toBe(false);
	circling.snapshotTaken();
	expect(circling.isCircling()).toBe(true);
	// After the long pause, one.
	expect(circling.isCircling()).toBe(false);
	circling.snapshotTaken();
	expect(circling.isCircling()).toBe(true);
	circling.arrived();
	circling.snapshotTaken();
	expect(circling.isCircling()).toBe(false);
});
