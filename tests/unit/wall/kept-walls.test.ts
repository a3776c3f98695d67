import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NEW_GRID } from "../../../core/wall/grid.ts";
import {
	lastTakenBack,
	MOST_CHANGES,
	MOST_SCENES,
	NO_WALLS,
	versionsOf,
	type Walls,
	withKept,
	withoutKept,
} from "../../../core/wall/kept-walls.ts";
import { ageInDays, isStale } from "../../../core/wall/panel-age.ts";
import { readyPlaylist, readyScenes } from "../../../core/wall/ready-scenes.ts";
import type { Scene, ScenePanel } from "../../../core/wall/scene.ts";
import {
	readVersioned,
	writeVersioned,
} from "../../../core/workspace/versioned-file.ts";
import { SCENES_FILE, WALLS_FILE } from "../../../core/workspace/walls.ts";
import { openKeptWalls } from "../../../main/backend/workspace/kept-walls.ts";

const BY = { by: "rina", at: 1 };
const scene = (id: string, name: string): Scene => ({
	id,
	name,
	panels: [],
	notes: "",
});

describe("what walls show", () => {
	test("whatever is kept and removed can be taken back step by step, to the very order there was", () => {
		const id = fc.constantFrom("a", "b", "c", "d");
		const deed = fc.record({
			id,
			name: fc.constantFrom("x", "y"),
			gone: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
				const states: Walls[] = [NO_WALLS];
				for (const { id, name, gone } of deeds) {
					const before = states.at(-1) as Walls;
					const next = gone
						? withoutKept(before, "scene", id, BY)
						: withKept(before, "scene", scene(id, name), BY);
					if (next) states.push(next);
				}
				while (states.length > 1) {
					const now = states.pop() as Walls;
					expect(lastTakenBack(now)).toEqual(states.at(-1));
				}
				expect(lastTakenBack(NO_WALLS)).toBeNull();
			}),
		);
	});

	test("an earlier version of a scene is found with when it was changed and by whom, also after it was removed", () => {
		let walls = withKept(NO_WALLS, "scene", scene("a", "one"), BY) as Walls;
		walls = withKept(walls, "scene", scene("a", "two"), {
			by: "budi",
			at: 2,
		}) as Walls;
		walls = withoutKept(walls, "scene", "a", { by: "sari", at: 3 }) as Walls;
		expect(versionsOf(walls, "scene", "a")).toEqual([
			{ at: 3, by: "sari", value: scene("a", "two") },
			{ at: 2, by: "budi", value: scene("a", "one") },
		]);
	});

	test("a grid of displays is kept, changed and taken back as scenes are, with its earlier versions", () => {
		const grid = { ...NEW_GRID, id: "a", name: "Aula" };
		const wider = { ...grid, columns: 3 };
		const one = withKept(NO_WALLS, "grid", grid, BY) as Walls;
		const two = withKept(one, "grid", wider, { by: "budi", at: 2 }) as Walls;
		expect(versionsOf(two, "grid", "a")).toEqual([
			{ at: 2, by: "budi", value: grid },
		]);
		expect(versionsOf(two, "scene", "a")).toEqual([]);
		expect(lastTakenBack(two)).toEqual(one);
		const none = withoutKept(two, "grid", "a", BY) as Walls;
		expect(lastTakenBack(none)).toEqual(two);
	});

	test("there is an end to scenes and to changes that are kept", () => {
		let walls: Walls = NO_WALLS;
		for (let at = 0; at < MOST_SCENES; at++)
			walls = withKept(walls, "scene", scene(`s${at}`, "s"), BY) as Walls;
		expect(withKept(walls, "scene", scene("more", "s"), BY)).toBeNull();
		for (let at = 0; at < MOST_CHANGES; at++)
			walls = withKept(walls, "scene", scene("s0", `${at}`), BY) as Walls;
		expect(walls.changes).toHaveLength(MOST_CHANGES);
	});
});

describe("the file of the walls", () => {
	let folder: string;
	let reports: string[];
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "blc-walls-"));
		reports = [];
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const open = () =>
		openKeptWalls(
			folder,
			() => true,
			(message) => reports.push(message),
			() => {},
			() => 5,
		);

	test("scenes outlive the program, and one that is damaged is put aside whole and told", () => {
		open().keepScene("rina", scene("a", "Pagi"));
		expect(open().value.scenes).toEqual([scene("a", "Pagi")]);
		writeFileSync(join(folder, "walls.json"), "{");
		const after = open();
		expect(after.value.scenes).toEqual([]);
		const [aside] = after.putAside();
		expect(aside).toMatchObject({ why: "damaged", now: true });
		expect(readFileSync(aside?.path ?? "", "utf8")).toBe("{");
		expect(reports).toHaveLength(1);
	});

	test("scenes and playlists that leave in a file arrive elsewhere as they were; another file, and one of a later version, is refused and changes nothing", () => {
		const file = {
			scenes: readyScenes("id"),
			playlists: [readyPlaylist("id")],
			pictures: {},
		};
		const walls = open();
		expect(walls.import("rina", writeVersioned(SCENES_FILE, file))).toBe(
			"kept",
		);
		const { scenes, playlists } = file;
		expect(walls.value).toMatchObject({ scenes, playlists });
		const before = walls.value;
		expect(walls.import("rina", "{}")).toBe("damaged");
		expect(
			walls.import(
				"rina",
				writeVersioned(
					{ ...SCENES_FILE, version: SCENES_FILE.version + 1 },
					file,
				),
			),
		).toBe("newer");
		const [one] = file.scenes as [Scene];
		const twice = { ...one, panels: [...one.panels, ...one.panels] };
		expect(
			walls.import(
				"rina",
				writeVersioned(SCENES_FILE, { ...file, scenes: [twice] }),
			),
		).toBe("damaged");
		expect(walls.value).toBe(before);
	});

	test("a picture goes with the scenes that show it; one that is not what it is called is refused, and the scenes with it", async () => {
		const walls = open();
		const data =
			"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";
		const id = createHash("sha256")
			.update(Buffer.from(data, "base64"))
			.digest("hex");
		const panel: ScenePanel = {
			...{ id: "p", kind: "image", address: "", text: "", picture: id },
			...{ staleAfter: null, place: { x: 0, y: 0, width: 6, height: 4 } },
		};
		const file = {
			scenes: [{ id: "g", name: "Gambar", notes: "", panels: [panel] }],
			playlists: [],
		};
		const bring = (pictures: Record<string, string>) =>
			walls.import("rina", writeVersioned(SCENES_FILE, { ...file, pictures }));
		expect(bring({ ["0".repeat(64)]: data })).toBe("damaged");
		expect(bring({ [id]: "AAAA" })).toBe("damaged");
		expect(walls.value.scenes).toEqual([]);
		expect(bring({ [id]: data })).toBe("kept");
		expect(walls.value.scenes).toEqual(file.scenes);
		expect(await walls.pictures.read(id)).toMatchObject({ type: "image/png" });
	});

	test("what an earlier version wrote, whose scenes had no notes, is read with empty ones, and the way back too", () => {
		const { notes: _, ...old } = scene("a", "Pagi");
		const before = {
			...{ what: "scene", id: "a", at: 1, by: "rina" },
			was: { value: { ...old, name: "Malam" }, place: 0 },
		};
		const written = { scenes: [old], playlists: [], changes: [before] };
		writeFileSync(
			join(folder, "walls.json"),
			JSON.stringify({ kind: "blc-walls", version: 1, ...written }),
		);
		const walls = open();
		expect(walls.value.grids).toEqual([]);
		expect(walls.value.scenes).toEqual([scene("a", "Pagi")]);
		expect(walls.takeBack()).toBe(true);
		expect(walls.value.scenes).toEqual([scene("a", "Malam")]);
		const { changes: __, ...file } = written;
		expect(
			walls.import(
				"rina",
				JSON.stringify({ kind: "blc-scenes", version: 1, ...file }),
			),
		).toBe("kept");
	});
});

test("what version 1 wrote, whose playlists had no triggers, is read with none", () => {
	const { triggers: _, ...old } = readyPlaylist("id");
	const file = { scenes: [], playlists: [old] };
	const read = [
		readVersioned(
			WALLS_FILE,
			writeVersioned({ ...WALLS_FILE, version: 1 }, { ...file, changes: [] }),
		),
		readVersioned(
			SCENES_FILE,
			writeVersioned({ ...SCENES_FILE, version: 1 }, file),
		),
	];
	expect(read).toMatchObject([
		{ from: 1, value: { playlists: [readyPlaylist("id")] } },
		{ from: 1, value: { playlists: [readyPlaylist("id")] } },
	]);
});

describe("the age of a panel", () => {
	const committedAt = Date.UTC(2026, 10, 26, 1);
	test("is told against today, of an exercise against the last day of its data when it was published; what was never reported is old", () => {
		const real = { exercise: false, lastDay: 20_000, committedAt };
		const today = Math.floor((committedAt + 7 * 3_600_000) / 86_400_000);
		expect(ageInDays(today - 3, real, committedAt)).toBe(3);
		const exercise = { exercise: true, lastDay: 18_400, committedAt };
		expect(ageInDays(18_399, exercise, committedAt)).toBe(1);
		expect(ageInDays(18_399, exercise, committedAt + 2 * 86_400_000)).toBe(3);
		expect(ageInDays(null, exercise, committedAt)).toBeNull();
		expect([isStale(2, 2), isStale(3, 2), isStale(null, 2)]).toEqual([
			false,
			true,
			true,
		]);
	});
});
