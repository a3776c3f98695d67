import { useCallback, useEffect, useMemo, useState } from "react";
import { RaisedTriggers } from "../../../core/api/walls.ts";
import {
	BY_THE_CLOCK,
	type Playlist,
	playlistAt,
	type Showing,
	showingAt,
} from "../../../core/wall/playlist.ts";
import type { Scene } from "../../../core/wall/scene.ts";
import {
	AT_REST,
	begunOf,
	type HeardShow,
	heldAt,
	type Show,
} from "../../../core/wall/show.ts";
import { type Raised, standing } from "../../../core/wall/trigger.ts";
import { useAnswer } from "../../state/answers.ts";
import { atMoment, backendNow, keepTime } from "../../state/backend-time.ts";
import { useHeardShow } from "../../state/show.ts";
import type { ShownWalls } from "./use-walls.ts";

/** What a wall is to show now. */
export interface Wanted {
	/** Null: it is not there, or none is meant for now. */
	readonly scene: Scene | null;
	readonly next: Scene | null;
	/** When the next comes (ms since 1970-01-01 UTC); null: this one stays. */
	readonly until: number | null;
	/** From when on the scene was meant to be seen (ms since 1970-01-01 UTC); 0: whenever it is asked for. */
	readonly since: number;
	readonly transition: Playlist["transition"];
	/** Which playlist runs, and what of it is shown; null: a single scene stands. */
	readonly playlist: Playlist | null;
	readonly showing: Showing | null;
	/** What a presenter has ordered that holds. */
	readonly show: Show;
	/** What brought the scene up in the place of the playlist; null: nothing did. */
	readonly raised: Raised | null;
}

/** What an address asks a wall to show, and a presenter: a scene of its own stays, a playlist is theirs. */
export function wantedAt(
	walls: Pick<ShownWalls, "scenes" | "playlists">,
	asked: string,
	show: Show,
	now: number,
	raised: readonly Raised[] = [],
): Wanted {
	const [kind, id] = asked.split(".");
	const sceneOf = (id: string | undefined) =>
		walls.scenes.find((scene) => scene.id === id) ?? null;
	if (kind === "scene")
		return {
			...{ scene: sceneOf(id), next: null, until: null, since: 0 },
			...{ transition: "fade", playlist: null, showing: null },
			...{ show, raised: null },
		};
	const led = show.run?.playlist ?? (kind === "playlist" ? id : undefined);
	const playlist =
		led === undefined
			? playlistAt(walls.playlists, now)
			: (walls.playlists.find((one) => one.id === led) ?? null);
	if (!playlist)
		return {
			...{ scene: null, next: null, until: null, since: 0 },
			...{ transition: "fade", playlist: null, showing: null },
			...{ show, raised: null },
		};
	const begun = begunOf(show, playlist.id) ?? BY_THE_CLOCK;
	const showing = showingAt(playlist, begun, now);
	const { transition } = playlist;
	const turn = sceneOf(playlist.entries[showing.entry]?.scene);
	// Neither where a presenter holds all triggers off, nor for a scene that was removed.
	const up = show.holdsTriggers
		? null
		: standing(
				raised.filter(({ scene }) => sceneOf(scene)),
				playlist.id,
				now,
			);
	if (up)
		return {
			...{
				scene: sceneOf(up.scene),
				next: turn,
				until: up.until,
				since: up.at,
			},
			...{ transition, playlist, showing, show, raised: up },
		};
	return {
		scene: turn,
		next: sceneOf(playlist.entries[showing.next]?.scene),
		until: showing.until,
		since: showing.since,
		...{ transition, playlist, showing, show, raised: null },
	};
}

/** The same with what was ordered and does not hold yet: what it brings comes next. */
export function wantedOf(
	walls: Pick<ShownWalls, "scenes" | "playlists">,
	asked: string,
	heard: HeardShow | null,
	now: number,
	raised: readonly Raised[] = [],
): Wanted {
	const { now: holds, coming } = heldAt(
		heard ?? { now: AT_REST, coming: [] },
		now,
	);
	const wanted = wantedAt(walls, asked, holds, now, raised);
	const [then] = coming;
	if (!then || (wanted.until !== null && wanted.until <= then.from))
		return wanted;
	const { scene } = wantedAt(walls, asked, then, then.from, raised);
	return { ...wanted, next: scene, until: then.from };
}

/**
 * The time of the backend, told anew each second and at the moment at which something comes.
 * @returns also how to have it told now
 */
export function useNow(until: number | null): [number, () => void] {
	const [now, setNow] = useState(backendNow);
	const tell = useCallback(() => setNow(backendNow()), []);
	useEffect(keepTime, []);
	useEffect(() => {
		let stop = () => {};
		// Clocks that hang side by side go on together.
		const again = () => {
			stop = atMoment((Math.floor(backendNow() / 1_000) + 1) * 1_000, () => {
				tell();
				again();
			});
		};
		again();
		return () => stop();
	}, [tell]);
	useEffect(
		() => (until === null ? undefined : atMoment(until, tell)),
		[until, tell],
	);
	return [now, tell];
}

/** How often it is asked which triggers hold, where nothing tells that they changed (ms). */
const LOOKED_AT_EVERY = 30_000;

/** What the address and a presenter ask to be shown, as it changes. */
export function useWanted(
	walls: ShownWalls | undefined,
	asked: string,
): { wanted: Wanted | null; now: number; tell: () => void } {
	const [until, setUntil] = useState<number | null>(null);
	const [now, tell] = useNow(until);
	const heard = useHeardShow((state) => state.heard);
	// A source grows old by the clock alone, of which no publication tells.
	const { data: raised } = useAnswer(
		RaisedTriggers,
		{},
		{ refetchInterval: LOOKED_AT_EVERY },
	);
	const wanted = useMemo(
		() => (walls ? wantedOf(walls, asked, heard, now, raised) : null),
		[walls, asked, heard, now, raised],
	);
	const end = wanted?.until ?? null;
	useEffect(() => setUntil(end), [end]);
	return { wanted, now, tell };
}
