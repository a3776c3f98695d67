import { useMemo } from "react";
import { WallsOf } from "../../../core/api/walls.ts";
import type { DisplayGrid } from "../../../core/wall/grid.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import {
	readyPlaylist,
	readyScenes,
	withReady,
} from "../../../core/wall/ready-scenes.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";

export interface ShownWalls {
	readonly scenes: readonly Scene[];
	readonly playlists: readonly Playlist[];
	readonly grids: readonly DisplayGrid[];
	/** Whether a scene or playlist ships, and whether it was changed or made here. */
	ships(id: string): boolean;
	isKept(id: string): boolean;
	readonly last: WallsOf["last"];
}

/** The scenes and playlists of this workstation with those that ship; undefined until they are known. */
export function useWalls(): ShownWalls | undefined {
	const { language } = useLanguage();
	const { data } = useAnswer(WallsOf, {});
	return useMemo(() => {
		if (!data) return undefined;
		const scenes = readyScenes(language);
		const playlists = [readyPlaylist(language)];
		const shipped = new Set([...scenes, ...playlists].map(({ id }) => id));
		const kept = new Set(
			[...data.scenes, ...data.playlists].map(({ id }) => id),
		);
		return {
			scenes: withReady(scenes, data.scenes),
			playlists: withReady(playlists, data.playlists),
			grids: data.grids,
			ships: (id) => shipped.has(id),
			isKept: (id) => kept.has(id),
			last: data.last,
		};
	}, [data, language]);
}
