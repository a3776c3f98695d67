import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	readyPlaylist,
	readyScenes,
	withReady,
} from "../../../core/wall/ready-scenes.ts";
import {
	faultsOf,
	freePlace,
	GRID,
	PANEL_KEYS,
	PANEL_KINDS,
	type PanelKind,
	Scene,
	type ScenePanel,
	stepped,
} from "../../../core/wall/scene.ts";

const panel = (
	id: string,
	kind: PanelKind,
	[x, y, width, height]: readonly [number, number, number, number],
): ScenePanel => ({
	...{ id, kind, staleAfter: null, place: { x, y, width, height } },
	address: PANEL_KINDS[kind].of === "address" ? "#/situasi" : "",
	text: PANEL_KINDS[kind].of === "text" ? "Selamat pagi" : "",
	...(PANEL_KINDS[kind].of === "picture" && { picture: "0".repeat(64) }),
});

describe("an arrangement of panels", () => {
	test("names what is wrong with it by the panels: outside the grid, over another, too small to be read, more than two maps, nothing to show", () => {
		const found = faultsOf([
			panel("a", "map", [0, 0, 6, 4]),
			panel("b", "time-lapse", [5, 3, 6, 4]),
			panel("c", "trend", [10, 6, 3, 2]),
			panel("d", "table", [0, 5, 2, 2]),
			{ ...panel("e", "text", [0, 7, 2, 1]), text: " " },
			panel("f", "map", [2, 5, 4, 3]),
		]);
		expect(found).toEqual([
			{ kind: "overlap", panels: ["a", "b"] },
			{ kind: "overlap", panels: ["b", "c"] },
			{ kind: "overlap", panels: ["b", "f"] },
			{ kind: "outside", panels: ["c"] },
			{ kind: "too-small", panels: ["d"] },
			{ kind: "empty", panels: ["e"] },
			{ kind: "many-maps", panels: ["a", "b", "f"] },
		]);
	});

	test("a new panel finds the largest free place up to its wish, over no other and never too small, or none", () => {
		const kinds = fc.constantFrom(...PANEL_KEYS);
		fc.assert(
			fc.property(
				fc.array(fc.tuple(kinds, fc.integer({ min: 1, max: 12 })), {
					maxLength: 14,
				}),
				(wishes) => {
					const panels: ScenePanel[] = [];
					for (const [at, [kind, size]] of wishes.entries()) {
						const place = freePlace(panels, kind, [size, size]);
						if (!place) continue;
						const { x, y, width, height } = place;
						panels.push(panel(`p${at}`, kind, [x, y, width, height]));
					}
					const faults = faultsOf(panels).filter(
						({ kind }) => kind !== "many-maps",
					);
					expect(faults).toEqual([]);
				},
			),
			{ numRuns: 60 },
		);
		const full = [panel("a", "table", [0, 0, GRID.columns, GRID.rows])];
		expect(freePlace(full, "clock", [2, 1])).toBeNull();
	});

	test("whatever keys are pressed, a panel stays in the grid, beside the others and large enough, and only that panel changes", () => {
		const step = fc.record(
			{
				x: fc.integer({ min: -3, max: 3 }),
				y: fc.integer({ min: -3, max: 3 }),
				width: fc.integer({ min: -3, max: 3 }),
				height: fc.integer({ min: -3, max: 3 }),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				let panels: readonly ScenePanel[] = [
					panel("a", "map", [0, 0, 6, 4]),
					panel("b", "trend", [6, 0, 4, 3]),
				];
				const [, other] = panels;
				for (const one of steps) panels = stepped(panels, "a", one);
				expect(faultsOf(panels)).toEqual([]);
				expect(panels[1]).toBe(other);
			}),
		);
		const [moved] = stepped([panel("a", "map", [0, 0, 6, 4])], "a", { x: 2 });
		expect(moved?.place.x).toBe(2);
	});
});

describe("what ships", () => {
	test.each(["id", "en"] as const)(
		"ten scenes and a playlist of them that can be shown as they are (%s)",
		(language) => {
			const scenes = readyScenes(language);
			expect(scenes).toHaveLength(10);
			for (const scene of scenes) expect(Scene.parse(scene)).toEqual(scene);
			expect(new Set(scenes.map(({ name }) => name)).size).toBe(10);
			expect(readyPlaylist(language).entries.map(({ scene }) => scene)).toEqual(
				scenes.map(({ id }) => id),
			);
		},
	);

	test("a shipped scene that was changed here stands in its place, and what was made here after all that ship", () => {
		const ready = readyScenes("id");
		const [first] = ready as [Scene];
		const mine: Scene = {
			id: "mine",
			name: "Punya saya",
			panels: [],
			notes: "",
		};
		const shown = withReady(ready, [mine, { ...first, name: "Lain" }]);
		expect(shown.map(({ name }) => name)).toEqual([
			"Lain",
			...ready.slice(1).map(({ name }) => name),
			"Punya saya",
		]);
	});
});
