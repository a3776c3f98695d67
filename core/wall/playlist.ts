import { z } from "zod";
import { weekday } from "../series/day.ts";
import { WallId, WallName } from "./scene.ts";
import { MOST_TRIGGERS, Trigger } from "./trigger.ts";

/** Indonesia's three zones, and their hours ahead of UTC. */
export const ZONES = { WIB: 7, WITA: 8, WIT: 9 } as const;
export type Zone = keyof typeof ZONES;

/** How one scene gives way to the next. */
export const TRANSITIONS = ["cut", "fade", "slide"] as const;

export const SHORTEST_SECONDS = 5;
export const LONGEST_SECONDS = 3600;
const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** When a playlist is shown: from a minute of the day to another on some weekdays. An end that is not after the begin is of the next day. */
export const Hours = z.strictObject({
	/** 0: Monday … 6: Sunday; of the day on which it begins. */
	weekdays: z.int().min(0).max(6).array().min(1).max(7),
	/** Minutes since midnight. */
	from: z
		.int()
		.min(0)
		.max(DAY_MINUTES - 1),
	to: z
		.int()
		.min(0)
		.max(DAY_MINUTES - 1),
	zone: z.enum(["WIB", "WITA", "WIT"]),
});
export type Hours = z.infer<typeof Hours>;

export const Playlist = z.strictObject({
	id: WallId,
	name: WallName,
	entries: z
		.strictObject({
			scene: WallId,
			seconds: z.int().min(SHORTEST_SECONDS).max(LONGEST_SECONDS),
		})
		.array()
		.min(1)
		.max(60),
	transition: z.enum(TRANSITIONS),
	/** None: whenever no other playlist has its hours. */
	hours: Hours.array().max(14),
	/** What brings a scene up by itself while it runs; the first of those that hold comes first. */
	triggers: Trigger.array().max(MOST_TRIGGERS).default([]),
});
export type Playlist = z.infer<typeof Playlist>;

/**
 * Whether a moment lies in some hours.
 * @param now milliseconds since 1970-01-01 UTC
 */
export function isWithin(hours: Hours, now: number): boolean {
	const local = now + ZONES[hours.zone] * 3_600_000;
	const day = Math.floor(local / DAY_MS);
	const minute = Math.floor((local - day * DAY_MS) / 60_000);
	// Of hours 0 is Monday.
	const today = (weekday(day) + 6) % 7;
	const length = (hours.to - hours.from + DAY_MINUTES) % DAY_MINUTES;
	const lasts = length === 0 ? DAY_MINUTES : length;
	const since = minute - hours.from;
	if (since >= 0) return hours.weekdays.includes(today) && since < lasts;
	return (
		hours.weekdays.includes((today + 6) % 7) && since + DAY_MINUTES < lasts
	);
}

/** The playlist of a moment: the first whose hours it is, else the first without hours; null: none is meant for now. */
export function playlistAt(
	playlists: readonly Playlist[],
	now: number,
): Playlist | null {
	return (
		playlists.find(({ hours }) => hours.some((one) => isWithin(one, now))) ??
		playlists.find(({ hours }) => hours.length === 0) ??
		null
	);
}

/** From where a playlist runs: which entry began when (ms since 1970-01-01 UTC). */
export interface Begun {
	readonly entry: number;
	readonly at: number;
	/** It stands still on that entry. */
	readonly paused: boolean;
}

/** What a playlist shows at a moment. */
export interface Showing {
	/** Position in the entries. */
	readonly entry: number;
	/** How often it has changed since it begun: another each time, also where one entry follows itself. */
	readonly turn: number;
	/** When it began, and when the next does (ms since 1970-01-01 UTC); null: it stands still. */
	readonly since: number;
	readonly until: number | null;
	readonly next: number;
}

/** Where a playlist runs that nobody has begun: from the first moment there was, so that every display finds the same scene by its clock alone. */
export const BY_THE_CLOCK: Begun = { entry: 0, at: 0, paused: false };

/**
 * What a playlist shows at a moment. The same for everyone whose clocks agree.
 * @param now ms since 1970-01-01 UTC; before the begin the entry that begins is shown
 */
export function showingAt(
	{ entries }: Pick<Playlist, "entries">,
	begun: Begun,
	now: number,
): Showing {
	const count = entries.length;
	const first = ((begun.entry % count) + count) % count;
	const after = (entry: number) => (entry + 1) % count;
	if (begun.paused)
		return {
			entry: first,
			turn: 0,
			since: begun.at,
			until: null,
			next: after(first),
		};
	const lengths = entries.map(({ seconds }) => seconds * 1000);
	const round = lengths.reduce((sum, length) => sum + length, 0);
	const elapsed = Math.max(0, now - begun.at);
	const rounds = Math.floor(elapsed / round);
	let since = begun.at + rounds * round;
	let entry = first;
	let turn = rounds * count;
	for (;;) {
		const until = since + (lengths[entry] as number);
		if (now < until || turn >= (rounds + 1) * count)
			return { entry, turn, since, until, next: after(entry) };
		since = until;
		entry = after(entry);
		turn++;
	}
}

/** A playlist moved by some entries: the one that is then shown begins now. */
export function movedBy(
	playlist: Pick<Playlist, "entries">,
	begun: Begun,
	steps: number,
	now: number,
): Begun {
	const count = playlist.entries.length;
	const { entry } = showingAt(playlist, begun, now);
	return {
		entry: (((entry + steps) % count) + count) % count,
		at: now,
		paused: begun.paused,
	};
}

/** A playlist that stands still, or goes on: what was shown when it was halted begins anew. */
export function halted(
	playlist: Pick<Playlist, "entries">,
	begun: Begun,
	paused: boolean,
	now: number,
): Begun {
	const { entry } = showingAt(playlist, begun, now);
	return { entry, at: now, paused };
}
