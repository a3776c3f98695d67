import { useEffect, useMemo, useState } from "react";
import {
	type Begun,
	BY_THE_CLOCK,
	type Playlist,
	playlistAt,
	type Showing,
	showingAt,
} from "../../../core/wall/playlist.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import type { ShownWalls } from "./use-walls.ts";

/** What a wall is to show now. */
export interface Wanted {
	/** Null: it is not there, or none is meant for now. */
	readonly scene: Scene | null;
	readonly next: Scene | null;
	/** When the next comes (ms since 1970-01-01 UTC); null: this one stays. */
	readonly until: number | null;
	readonly transition: Playlist["transition"];
	/** Which playlist runs, and what of it is shown; null: a single scene stands. */
	readonly playlist: Playlist | null;
	readonly showing: Showing | null;
}

/** What an address asks a wall to show: a scene, a playlist, or what the schedule says. */
export function wantedAt(
	walls: Pick<ShownWalls, "scenes" | "playlists">,
	show: string,
	begun: Begun | null,
	now: number,
): Wanted {
	const [kind, id] = show.split(".");
	const sceneOf = (id: string | undefined) =>
		walls.scenes.find((scene) => scene.id === id) ?? null;
	if (kind === "scene")
		return {
			...{ scene: sceneOf(id), next: null, until: null },
			...{ transition: "fade", playlist: null, showing: null },
		};
	const playlist =
		kind === "playlist"
			? (walls.playlists.find((one) => one.id === id) ?? null)
			: playlistAt(walls.playlists, now);
	if (!playlist)
		return {
			...{ scene: null, next: null, until: null },
			...{ transition: "fade", playlist: null, showing: null },
		};
	const showing = showingAt(playlist, begun ?? BY_THE_CLOCK, now);
	return {
		scene: sceneOf(playlist.entries[showing.entry]?.scene),
		next: sceneOf(playlist.entries[showing.next]?.scene),
		until: showing.until,
		transition: playlist.transition,
		playlist,
		showing,
	};
}

/** The time of this machine, told anew each second and at the moment at which the next scene comes. */
export function useNow(until: number | null): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const tick = setInterval(() => setNow(Date.now()), 1_000);
		return () => clearInterval(tick);
	}, []);
	useEffect(() => {
		if (until === null) return;
		const change = setTimeout(
			() => setNow(Date.now()),
			Math.max(0, until - Date.now()),
		);
		return () => clearTimeout(change);
	}, [until]);
	return now;
}

/** What the address asks to be shown, as it changes. */
export function useWanted(
	walls: ShownWalls | undefined,
	show: string,
	begun: Begun | null,
): { wanted: Wanted | null; now: number } {
	const [until, setUntil] = useState<number | null>(null);
	const now = useNow(until);
	const wanted = useMemo(
		() => (walls ? wantedAt(walls, show, begun, now) : null),
		[walls, show, begun, now],
	);
	const end = wanted?.until ?? null;
	useEffect(() => setUntil(end), [end]);
	return { wanted, now };
}
