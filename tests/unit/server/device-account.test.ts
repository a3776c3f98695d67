import { expect, test } from "vitest";
import type { PairedDevice } from "../../../core/api/devices.ts";
import { NEW_GRID } from "../../../core/wall/grid.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import type { Raised } from "../../../core/wall/trigger.ts";
import { raisedFor } from "../../../main/backend/server/device-account.ts";

const scene = (id: string): Scene => ({ id, name: id, panels: [], notes: "" });
const playlist = (id: string): Playlist => ({
	...{ id, name: id, entries: [{ scene: `${id}-scene`, seconds: 60 }] },
	...{ transition: "cut", hours: [] },
	triggers: [
		{
			...{ id: "t", scene: `${id}-alarm`, seconds: 60 },
			rule: { kind: "publication" },
		},
	],
});
const raised = (id: string): Raised => ({
	...{ playlist: id, trigger: "t", scene: `${id}-alarm` },
	...{
		rule: { kind: "publication" },
		why: { kind: "publication", seq: 1, at: 0 },
	},
	...{ at: 0, until: null, heldOff: false },
});
const KEPT = {
	scenes: ["a", "b"].flatMap((id) => [
		scene(`${id}-scene`),
		scene(`${id}-alarm`),
	]),
	playlists: [playlist("a"), playlist("b")],
	grids: [
		{
			...{ ...NEW_GRID, id: "aula", name: "Aula", spans: false },
			own: { "1-1": "playlist.a", "1-2": "scene.a-scene" },
		},
	],
};
const display = (show: string): PairedDevice =>
	({ id: "d", name: "TV", kind: "display", show, scope: "ID" }) as PairedDevice;

test("a display hears of the triggers that may bring something up on it, and of none that others show", () => {
	const all = [raised("a"), raised("b")];
	const heard = (show: string) =>
		raisedFor(display(show), KEPT, null, all).map((one) => one.playlist);
	expect(heard("grid.aula.1-1")).toEqual(["a"]);
	expect(heard("grid.aula.1-2")).toEqual([]);
	expect(heard("grid.gone.1-1")).toEqual([]);
	expect(heard("")).toEqual(["a", "b"]);
	expect(raisedFor(null, KEPT, null, all)).toHaveLength(2);
});
