import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
	afterReady,
	CHANGE_LEAD,
	type DecidedChange,
	NO_CHANGES,
	WAITS_FOR_LATE,
} from "../../../core/wall/together.ts";
import { type Beat, FROZEN_AFTER } from "../../../core/wall/wall-windows.ts";
import {
	type WallWatch,
	watchWalls,
} from "../../../main/backend/server/wall-windows.ts";

const ALONE = { wallOf: () => null, tell: () => {} };

const beat = (window: string, frames: number, closing = false): Beat => ({
	...{ window, name: window, show: "", scene: null, frames },
	...{ stale: 0, trouble: null },
	...{ width: 1920, height: 1080, turn: frames, closing },
});

test("windows that draw on are told once each and stay in their place: their beats make nobody ask again", () => {
	let changes = 0;
	const watch = watchWalls(
		() => {},
		() => changes++,
		ALONE,
		() => 1_000,
	);
	for (let frames = 1; frames <= 5; frames++)
		for (const window of ["kiri", "kanan", "aula"])
			watch.beat(beat(window, frames), "session");
	watch.close();
	expect(changes).toBe(3);
	expect(watch.windows().map(({ name }) => name)).toEqual([
		"kiri",
		"kanan",
		"aula",
	]);
});

test("a window that was closed stays so though what it said before arrives after that, and is heard again when it comes back", () => {
	const watch = watchWalls(
		() => {},
		() => {},
		ALONE,
		() => 1_000,
	);
	watch.beat(beat("aula", 1), "session");
	watch.beat(beat("aula", 3, true), "session");
	watch.beat(beat("aula", 2), "session");
	expect(watch.windows()).toEqual([]);
	watch.beat(beat("aula", 4), "session");
	watch.close();
	expect(watch.windows()).toHaveLength(1);
});

test("a device that was sent away is no wall that stands still", () => {
	const watch = watchWalls(
		() => {},
		() => {},
		ALONE,
		() => 1_000,
	);
	watch.beat(beat("page", 1), "device:device", {
		...{ id: "device", name: "Lobi", show: "" },
	});
	expect(watch.windows().map(({ name }) => name)).toEqual(["Lobi"]);
	watch.leave("device");
	watch.close();
	expect(watch.windows()).toEqual([]);
});

describe("the displays of one wall", () => {
	let now: number;
	let told: { change: DecidedChange; sessions: string[] }[];
	let watch: WallWatch;
	/** As which wall the displays of a grid change, which has to do with what it shows. */
	let shown: Map<string, string>;

	beforeEach(() => {
		shown = new Map([
			["aula", "aula"],
			["lobi", "lobi"],
		]);
		vi.useFakeTimers();
		now = 100_000;
		told = [];
		watch = watchWalls(
			() => {},
			() => {},
			{
				wallOf: (show) => shown.get(show.split(".")[1] ?? "") ?? null,
				tell: (change, sessions) =>
					told.push({ change, sessions: [...sessions].sort() }),
			},
			() => now,
		);
	});
	afterEach(() => {
		watch.close();
		vi.useRealTimers();
	});

	const hangs = (window: string, show: string, part: Partial<Beat> = {}) =>
		watch.beat(
			{ ...beat(window, now), show, scene: "satu", ...part },
			`of ${window}`,
		);
	const ready = (window: string, due: number) =>
		watch.ready(window, { scene: "dua", due });
	/** Time goes on; displays go on to draw. */
	const pass = async (ms: number, ...windows: string[]) => {
		for (let at = 0; at < ms; at += 500) {
			now += 500;
			for (const window of windows) hangs(window, "grid.aula.1-1");
			await vi.advanceTimersByTimeAsync(500);
		}
	};

	test("all have the next scene ready before its time: all are told to change at that time, and nobody else is", () => {
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-2");
		hangs("lobi", "grid.lobi.1-1");
		expect(ready("kiri", now + 5_000)).toBeNull();
		expect(ready("kanan", now + 5_000)).toBe(now + 5_000);
		expect(told).toEqual([
			{
				change: { wall: "aula", scene: "dua", due: 105_000, at: 105_000 },
				sessions: ["of kanan", "of kiri"],
			},
		]);
		// Who did not hear of it is told when it asks again.
		expect(ready("kiri", 105_000)).toBe(105_000);
		expect(told).toHaveLength(1);
	});

	test("one that is late is waited for, and all change when it is ready", async () => {
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-1");
		ready("kiri", now + 500);
		await pass(500 + WAITS_FOR_LATE - 500, "kiri", "kanan");
		expect(told).toEqual([]);
		expect(ready("kanan", 100_500)).toBe(now + CHANGE_LEAD);
	});

	test("one that is not ready after that long does not hold the others; one that is behind already, draws nothing or has yet to show anything is not waited for at all", async () => {
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-1");
		ready("kiri", 0);
		await pass(WAITS_FOR_LATE, "kiri", "kanan");
		expect(told).toMatchObject([{ change: { at: now + CHANGE_LEAD } }]);
		hangs("kanan", "grid.aula.1-1", { trouble: "late" });
		hangs("baru", "grid.aula.1-1", { scene: null });
		hangs("beku", "grid.aula.1-1");
		await pass(FROZEN_AFTER, "kiri");
		hangs("kanan", "grid.aula.1-1", { trouble: "late" });
		hangs("baru", "grid.aula.1-1", { scene: null });
		expect(ready("kiri", now + 1_000)).toBe(now + 1_000);
	});

	test("a wall that is told to show something else is waited for at once, though its displays have yet to say so", () => {
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-2");
		shown.set("aula", "aula scene.dua");
		expect(ready("kiri", 0)).toBeNull();
		expect(ready("kanan", 0)).toBe(now + CHANGE_LEAD);
		expect(told).toMatchObject([{ change: { wall: "aula scene.dua" } }]);
	});

	test("a scene that was shown a moment ago is waited for anew when it comes again", () => {
		hangs("kiri", "grid.aula.1-1");
		ready("kiri", 0);
		now += 2_000;
		watch.ready("kiri", { scene: "satu", due: 0 });
		now += 2_000;
		hangs("kanan", "grid.aula.1-2");
		expect(ready("kiri", 0)).toBeNull();
	});

	test("a scene of a playlist that a trigger broke into is waited for anew when the wall goes back to it", () => {
		hangs("kiri", "grid.aula.1-1");
		const due = now;
		expect(ready("kiri", due)).not.toBeNull();
		watch.ready("kiri", { scene: "peringatan", due: now + 1 });
		now += 2_000;
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-2");
		expect(ready("kiri", due)).toBeNull();
	});

	test("of a display nothing is kept but the last change that it had ready", () => {
		let changes = NO_CHANGES;
		for (let due = 1; due < 1_000; due++)
			changes = afterReady(
				changes,
				"aula",
				{ scene: "dua", due: due * 1e12 },
				"kiri",
				now,
			);
		expect(changes.awaited).toHaveLength(1);
	});

	test("one whose window is closed is not waited for", () => {
		hangs("kiri", "grid.aula.1-1");
		hangs("kanan", "grid.aula.1-1");
		now++;
		hangs("kanan", "grid.aula.1-1", { closing: true });
		expect(ready("kiri", 0)).toBe(now + CHANGE_LEAD);
	});

	test("a device stands where it was told to show, whatever its page says", () => {
		hangs("kiri", "grid.aula.1-1");
		watch.beat(
			{ ...beat("page", 1), show: "grid.aula.1-2", scene: "satu" },
			"device:d",
			{ id: "d", name: "TV", show: "grid.lobi.1-1" },
		);
		expect(ready("kiri", 0)).toBe(now + CHANGE_LEAD);
	});

	test("a window that was never heard of decides nothing", () => {
		expect(ready("siapa", 0)).toBeNull();
		expect(told).toEqual([]);
	});
});
