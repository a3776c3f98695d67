import { describe, expect, test } from "vitest";
import { linesThatFit, typeSize } from "../../../core/wall/legibility.ts";
import { readyPlaylist, readyScenes } from "../../../core/wall/ready-scenes.ts";
import { PANEL_KEYS } from "../../../core/wall/scene.ts";
import { AT_REST, afterOrder } from "../../../core/wall/show.ts";
import type { Raised } from "../../../core/wall/trigger.ts";
import { CATALOGUE } from "../../../renderer/panels/catalogue.ts";
import {
	changedAddress,
	pastedAddress,
	viewOfPanel,
} from "../../../renderer/screens/dinding/panel-address.ts";
import {
	isDim,
	shiftAt,
	typeForRoom,
} from "../../../renderer/screens/dinding/wall-room.ts";
import {
	wantedAt,
	wantedOf,
} from "../../../renderer/screens/dinding/wall-run.ts";
import { useView, viewStoreOf } from "../../../renderer/state/view-state.ts";

describe("a panel given by the address of a screen", () => {
	test("shows what the address says, on the day of the wall and in the language of the wall", () => {
		const { view, refused } = viewOfPanel(
			{
				address:
					"#/situasi?area=35&indicator=deaths&measure=new7&day=2020-04-12&lang=en&rows=kecamatan",
			},
			"id",
		);
		expect(refused).toBeNull();
		expect(view).toMatchObject({
			...{ screen: "situasi", area: "35", indicator: "deaths" },
			...{ measure: "new7", language: "id", wall: true },
			own: { rows: "kecamatan" },
		});
		expect(view).not.toHaveProperty("day");
	});

	test("of which a part means nothing says so, and shows nothing in its place", () => {
		const { refused } = viewOfPanel(
			{ address: "#/situasi?indicator=flu" },
			"id",
		);
		expect(refused?.text).toBe("indicator=flu");
		expect(
			pastedAddress("http://127.0.0.1:1/#/situasi?indicator=flu", "id"),
		).toBeNull();
		expect(pastedAddress("nothing", "id")).toBeNull();
	});

	test("is pasted from a window without its day, and another choice of it leaves the others", () => {
		const pasted = pastedAddress(
			"http://127.0.0.1:8123/#/situasi?area=32&day=2020-04-12&wall=1&indicator=deaths",
			"id",
		);
		expect(pasted).toBe("#/situasi?area=32&indicator=deaths");
		expect(changedAddress(pasted as string, { area: "35" }, "id")).toBe(
			"#/situasi?area=35&indicator=deaths",
		);
	});

	test("changes nothing of the window when something is chosen in it", () => {
		const store = viewStoreOf(viewOfPanel({ address: "#/situasi" }, "id").view);
		store.getState().change({ area: "35", indicator: "deaths" });
		expect(useView.getState()).toMatchObject({
			area: "ID",
			indicator: "confirmed",
		});
	});

	test("is drawn by a part for every kind that there is", () => {
		expect(Object.keys(CATALOGUE).toSorted()).toEqual(PANEL_KEYS.toSorted());
	});
});

describe("what a wall is to show", () => {
	const walls = { scenes: readyScenes("id"), playlists: [readyPlaylist("id")] };

	test("is the scene, the playlist, or what the schedule says, by its address; what is not there is not replaced", () => {
		const at = (show: string) => wantedAt(walls, show, AT_REST, 1_000);
		expect(at("scene.siap-kematian")).toMatchObject({
			scene: { id: "siap-kematian" },
			until: null,
		});
		expect(at("scene.gone").scene).toBeNull();
		expect(at("").playlist?.id).toBe("siap-pagi");
		expect(at("playlist.siap-pagi")).toMatchObject({
			scene: { id: "siap-nasional" },
			next: { id: "siap-sebaran" },
			until: 60_000,
		});
		expect(at("playlist.gone")).toMatchObject({ scene: null, playlist: null });
	});

	test("is what a presenter leads to from the moment on that the order holds, made ready before it; a scene that hangs by its address stays", () => {
		const order = { playlist: "siap-pagi", entry: 3, paused: true };
		const show = afterOrder(AT_REST, { do: "run", ...order }, "", 70_000);
		const heard = { now: AT_REST, coming: [show] };
		expect(wantedOf(walls, "", heard, 70_010)).toMatchObject({
			...{ scene: { id: "siap-sebaran" }, next: { id: "siap-kematian" } },
			until: show.from,
		});
		expect(wantedOf(walls, "", heard, show.from)).toMatchObject({
			...{ scene: { id: "siap-kematian" }, next: { id: "siap-laju" } },
			until: null,
		});
		expect(wantedOf(walls, "scene.siap-laju", heard, show.from).scene?.id).toBe(
			"siap-laju",
		);
	});

	test("is the scene of a trigger of the playlist that runs while its rule holds, then the playlist where it is by then; a single scene stays", () => {
		const raised: Raised = {
			...{ playlist: "siap-pagi", trigger: "t", scene: "siap-usia-sumber" },
			rule: { kind: "publication" },
			why: { kind: "publication", seq: 7, at: 0 },
			...{ at: 30_000, until: 90_000, heldOff: false },
		};
		const at = (now: number, one: Partial<Raised> = {}, show = "") =>
			wantedAt(walls, show, AT_REST, now, [{ ...raised, ...one }]);
		expect(at(40_000)).toMatchObject({
			scene: { id: "siap-usia-sumber" },
			next: { id: "siap-nasional" },
			until: 90_000,
			raised: { trigger: "t" },
		});
		expect(at(90_000)).toMatchObject({
			scene: { id: "siap-sebaran" },
			raised: null,
		});
		const asBefore = { scene: { id: "siap-nasional" }, raised: null };
		const held = { ...AT_REST, holdsTriggers: true };
		expect(wantedAt(walls, "", held, 40_000, [raised])).toMatchObject(asBefore);
		expect(at(40_000, { heldOff: true })).toMatchObject(asBefore);
		expect(at(40_000, { playlist: "another" })).toMatchObject(asBefore);
		expect(at(40_000, { scene: "gone" })).toMatchObject(asBefore);
		expect(at(40_000, {}, "scene.siap-kematian")).toMatchObject({
			scene: { id: "siap-kematian" },
			raised: null,
		});
	});
});

describe("a wall in its room", () => {
	test("has letters that subtend 16 minutes of arc from the last row: 23.3 mm at five metres", () => {
		const size = { distance: 5, diagonal: 98, width: 1920, height: 1080 };
		const pixel = (98 * 25.4) / Math.hypot(1920, 1080);
		expect(typeSize(size) * 0.7 * pixel).toBeCloseTo(23.27, 2);
		// The same on a display of four times the pixels.
		expect(typeSize({ ...size, width: 3840, height: 2160 })).toBeCloseTo(
			typeSize(size) * 2,
		);
		expect(typeForRoom({ far: "", inch: "98" }, 1920, 1080)).toBeNull();
	});

	test("has more lines in its lists on a display of 4K than on one of half its width, as it has in a higher panel", () => {
		const half = { height: 330, type: 16, width: 1920 };
		expect(linesThatFit(half)).toBe(10);
		expect(linesThatFit({ height: 660, type: 32, width: 3840 })).toBe(15);
		expect(linesThatFit({ ...half, height: 900 })).toBe(29);
	});

	test("is darker between its hours, past midnight too", () => {
		const wib = (hour: number) => Date.UTC(2026, 10, 26, hour - 7);
		expect(
			[21, 22, 23, 24, 29, 30].map((hour) => isDim("22-6", "WIB", wib(hour))),
		).toEqual([false, true, true, true, true, false]);
		expect(isDim("", "WIB", wib(23))).toBe(false);
	});

	test("is shifted a little, from minute to minute by less than anybody sees, and comes to every side", () => {
		const minutes = Array.from({ length: 24 * 60 }, (_, at) =>
			shiftAt(at * 60_000),
		);
		for (const axis of ["x", "y"] as const) {
			const all = minutes.map((shift) => shift[axis]);
			expect(Math.max(...all)).toBeGreaterThan(0.2);
			expect(Math.min(...all)).toBeLessThan(-0.2);
			const steps = all
				.slice(1)
				.map((one, at) => Math.abs(one - (all[at] ?? 0)));
			expect(Math.max(...steps)).toBeLessThan(0.05);
		}
	});
});
