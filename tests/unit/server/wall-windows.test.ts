import { expect, test } from "vitest";
import type { Beat } from "../../../core/wall/wall-windows.ts";
import { watchWalls } from "../../../main/backend/server/wall-windows.ts";

const beat = (window: string, frames: number): Beat => ({
	...{ window, name: window, show: "", scene: null, frames },
	...{ width: 1920, height: 1080, closing: false },
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
