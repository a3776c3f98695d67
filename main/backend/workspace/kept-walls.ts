import { join } from "node:path";
import type { DisplayGrid } from "../../../core/wall/grid.ts";
import {
	type By,
	lastTakenBack,
	picturesOf,
	type WallPart,
	type Walls,
	withFile,
	withKept,
	withoutKept,
} from "../../../core/wall/kept-walls.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { readVersioned } from "../../../core/workspace/versioned-file.ts";
import { SCENES_FILE, WALLS_FILE } from "../../../core/workspace/walls.ts";
import { openKeptFile, type PutAside } from "./kept-file.ts";
import { type KeptPictures, openKeptPictures } from "./kept-pictures.ts";

/** What the walls of this workstation show, whoever works at it. */
export interface KeptWalls {
	readonly value: Walls;
	readonly pictures: KeptPictures;
	putAside(): PutAside[];
	/** @throws when it cannot be written; so do the others */
	keepScene(person: string, scene: Scene): "kept" | "too-many";
	keepPlaylist(person: string, playlist: Playlist): "kept" | "too-many";
	keepGrid(person: string, grid: DisplayGrid): "kept" | "too-many";
	/** @returns false when there is none of this id */
	remove(person: string, what: WallPart, id: string): boolean;
	/** @returns false when there is no change to take back */
	takeBack(): boolean;
	import(
		person: string,
		text: string,
	): "kept" | "too-many" | "damaged" | "newer";
}

export function openKeptWalls(
	folder: string,
	writable: () => boolean,
	report: (message: string) => void,
	changed: () => void,
	clock: () => number = Date.now,
): KeptWalls {
	const file = openKeptFile(
		join(folder, "walls.json"),
		WALLS_FILE,
		writable,
		report,
		clock,
	);
	const pictures = openKeptPictures(
		join(folder, "pictures"),
		() => picturesOf(file.value),
		writable,
		clock,
	);
	const by = (person: string): By => ({ by: person, at: clock() });
	const keep = (next: Walls | null): boolean => {
		if (!next) return false;
		file.change(next);
		changed();
		return true;
	};
	const kept = (next: Walls | null) => (keep(next) ? "kept" : "too-many");
	return {
		get value() {
			return file.value;
		},
		pictures,
		putAside: () => file.putAside(),
		keepScene: (person, scene) =>
			kept(withKept(file.value, "scene", scene, by(person))),
		keepPlaylist: (person, playlist) =>
			kept(withKept(file.value, "playlist", playlist, by(person))),
		keepGrid: (person, grid) =>
			kept(withKept(file.value, "grid", grid, by(person))),
		remove: (person, what, id) =>
			keep(withoutKept(file.value, what, id, by(person))),
		takeBack: () => keep(lastTakenBack(file.value)),
		import(person, text) {
			const read = readVersioned(SCENES_FILE, text);
			if (read.kind === "damaged") report(`scenes: ${read.why}`);
			if (read.kind !== "read") return read.kind;
			const next = withFile(file.value, read.value, by(person));
			if (!next) return "too-many";
			for (const [id, data] of Object.entries(read.value.pictures)) {
				const one = pictures.keep(Buffer.from(data, "base64"));
				if (one.became === "too-many") return "too-many";
				if (one.id === id) continue;
				report(`scenes: picture ${id}: ${one.id ?? one.became}`);
				return "damaged";
			}
			return kept(next);
		},
	};
}
