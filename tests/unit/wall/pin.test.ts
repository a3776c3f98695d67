import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pinned } from "../../../core/wall/pin.ts";
import {
	faultsOf,
	PANEL_KEYS,
	PANEL_KINDS,
	type Scene,
} from "../../../core/wall/scene.ts";
import { pinnedAddress } from "../../../renderer/parts/ui/pinned-address.ts";

const EMPTY: Scene = { id: "s", name: "S", panels: [], notes: "" };
const panel = (kind: (typeof PANEL_KEYS)[number], id: string) => ({
	...{ id, kind, address: "#/situasi" },
});

describe("what is pinned to a scene", () => {
	test("lies at the first free place, covers nothing and can be shown, until it is told that there is no room", () => {
		const addressed = PANEL_KEYS.filter(
			(kind) => PANEL_KINDS[kind].of === "address",
		);
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...addressed), { maxLength: 20 }),
				(kinds) => {
					let scene = EMPTY;
					for (const [at, kind] of kinds.entries()) {
						const next = pinned(scene, panel(kind, `p${at}`));
						if (next === "third-map") {
							expect(PANEL_KINDS[kind].map).toBe(true);
							continue;
						}
						if (next === "full") continue;
						expect(next.scene.panels.slice(0, -1)).toEqual(scene.panels);
						scene = next.scene;
						expect(faultsOf(scene.panels)).toEqual([]);
					}
				},
			),
		);
	});

	test("key figures go across the scene, and a third map or one that finds no room is refused by name", () => {
		const first = pinned(EMPTY, panel("kpi", "a"));
		if (typeof first === "string") throw new Error(first);
		expect(first.place).toEqual({ x: 0, y: 0, width: 12, height: 2 });
		const second = pinned(first.scene, panel("map", "b"));
		if (typeof second === "string") throw new Error(second);
		expect(second.place).toEqual({ x: 0, y: 2, width: 7, height: 6 });
		const third = pinned(second.scene, panel("spread", "c"));
		if (typeof third === "string") throw new Error(third);
		expect(third.place).toEqual({ x: 7, y: 2, width: 5, height: 6 });
		expect(pinned(third.scene, panel("stock-map", "d"))).toBe("third-map");
		expect(pinned(third.scene, panel("table", "e"))).toBe("full");
	});
});

test("the address of a panel is that of the window without its day, its language and its being a wall; with what the screen chose by itself; one that is too long is none", () => {
	expect(pinnedAddress("#/situasi?area=31&day=2020-06-01&lang=en&wall=1")).toBe(
		"#/situasi?area=31",
	);
	expect(pinnedAddress("#/sebaran?period=14d&marks=circles.bars")).toBe(
		"#/sebaran?period=14d&marks=circles.bars",
	);
	expect(pinnedAddress("#/logistik")).toBe("#/logistik");
	expect(
		pinnedAddress("#/logistik?view=fasilitas&day=2020-06-01", {
			facility: "7",
		}),
	).toBe("#/logistik?view=fasilitas&facility=7");
	expect(pinnedAddress(`#/sebaran?set=${"31.71~".repeat(400)}`)).toBeNull();
});
