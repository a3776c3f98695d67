import { expect, test } from "vitest";
import type { Beat } from "../../../core/wall/wall-windows.ts";
import { watchWalls } from "../../../main/backend/server/wall-windows.ts";

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
		() => 1_000,
	);
	for (let frames = 1; frames <= 5; frames++)
		for (const window of ["kiri", "kanan", "aula"])
			watch.beat(beat(window, frames));
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
		() => 1_000,
	);
	watch.beat(beat("aula", 1));
	watch.beat(beat("aula", 3, true));
	watch.beat(beat("aula", 2));
	expect(watch.windows()).toEqual([]);
	watch.beat(beat("aula", 4));
	watch.close();
	expect(watch.windows()).toHaveLength(1);
});

test("a device that was sent away is no wall that stands still", () => {
	const watch = watchWalls(
		() => {},
		() => {},
		() => 1_000,
	);
	watch.beat(beat("page", 1), { id: "device", name: "Lobi" });
	expect(watch.windows().map(({ name }) => name)).toEqual(["Lobi"]);
	watch.leave("device");
	watch.close();
	expect(watch.windows()).toEqual([]);
});
