import { z } from "zod";
import type { Begun } from "./playlist.ts";
import { WallId } from "./scene.ts";

/**
 * Orders are carried out so long (ms) after they were given: by then every wall has heard of them, and all do so at one moment.
 */
export const LEAD = 250;

/** The sign by which somebody sees which display is which goes by itself after this time (ms). */
export const SIGN_LASTS = 60_000;

const AreaCode = z.string().regex(/^[0-9A-Z.]{1,20}$/);

/** How time moves on the walls, from a moment on (ms since 1970-01-01 UTC). */
const Moving = z.strictObject({
	/** The day; null: the newest. */
	day: z.int().min(0).nullable(),
	at: z.number(),
	playing: z.boolean(),
});

/** What a presenter has the walls of a workstation do; every wall does it from the same moment on. */
export const Show = z.strictObject({
	/** One more with each order. */
	turn: z.int().min(0),
	/** From when it holds (ms since 1970-01-01 UTC, by the clock of the backend). */
	from: z.number(),
	/** Who ordered last; empty: a guest, or nobody. */
	by: z.string().max(200),
	/** When somebody began to present (ms since 1970-01-01 UTC); null: nobody presents, and walls show what follows from the hour. */
	begunAt: z.number().nullable(),
	/** Where which playlist runs; null: where the clock has it. */
	run: z
		.strictObject({
			playlist: WallId,
			entry: z.int().min(0),
			at: z.number(),
			paused: z.boolean(),
		})
		.nullable(),
	black: z.boolean(),
	/** No rule brings a scene up by itself. */
	holdsTriggers: z.boolean(),
	/** The area that every panel shows which shows one; null: each its own. */
	area: AreaCode.nullable(),
	/** The area that is pointed at. */
	point: AreaCode.nullable(),
	/** Null: the newest day, and a scene that moves through time does so. */
	time: Moving.nullable(),
	/** Until when every display shows its number, or its name (ms since 1970-01-01 UTC); null: none does. */
	signUntil: z.number().nullable(),
});
export type Show = z.infer<typeof Show>;

/** Nobody presents. */
export const AT_REST: Show = {
	turn: 0,
	from: 0,
	by: "",
	begunAt: null,
	run: null,
	black: false,
	holdsTriggers: false,
	area: null,
	point: null,
	time: null,
	signUntil: null,
};

/**
 * What a presenter orders. Each states what shall be, not a step from what there is: of two who order the same at once neither goes too far, and of
 * two who order differently the last is obeyed.
 */
export const ShowOrder = z.discriminatedUnion("do", [
	/** A scene of a playlist stands or runs on from there. */
	z.strictObject({
		do: z.literal("run"),
		playlist: WallId,
		entry: z.int().min(0).max(59),
		paused: z.boolean(),
	}),
	z.strictObject({ do: z.literal("black"), on: z.boolean() }),
	z.strictObject({ do: z.literal("hold-triggers"), on: z.boolean() }),
	z.strictObject({ do: z.literal("area"), area: AreaCode.nullable() }),
	z.strictObject({ do: z.literal("point"), area: AreaCode.nullable() }),
	/** Time stands on a day, or plays from it on; without either it is left to the scene. */
	z.strictObject({
		do: z.literal("time"),
		time: z
			.strictObject({ day: z.int().min(0).nullable(), playing: z.boolean() })
			.nullable(),
	}),
	/** Every display shows its number, or its name: for whoever arranges them, presenting or not. */
	z.strictObject({ do: z.literal("sign"), on: z.boolean() }),
	/** Walls show again what follows from the hour. */
	z.strictObject({ do: z.literal("end") }),
]);
export type ShowOrder = z.infer<typeof ShowOrder>;

/**
 * The show after an order.
 * @param now ms since 1970-01-01 UTC
 */
export function afterOrder(
	show: Show,
	order: ShowOrder,
	by: string,
	now: number,
): Show {
	// Never before what was ordered last, though the clock were set back.
	const from = Math.max(now + LEAD, show.from);
	const turn = show.turn + 1;
	// Nobody presents by that, and whoever does goes on.
	if (order.do === "sign")
		return {
			...{ ...show, turn, from },
			signUntil: order.on ? from + SIGN_LASTS : null,
		};
	const next = {
		...{ turn, from, by },
		begunAt: show.begunAt ?? from,
	};
	switch (order.do) {
		case "end":
			return { ...AT_REST, ...next, begunAt: null };
		case "run": {
			const { playlist, entry, paused } = order;
			const moved = show.run?.playlist !== playlist || show.run.entry !== entry;
			return {
				...{ ...show, ...next },
				run: { playlist, entry, at: from, paused },
				// Who goes on to another scene has done with what was pointed at.
				point: moved ? null : show.point,
			};
		}
		case "black":
			return { ...show, ...next, black: order.on };
		case "hold-triggers":
			return { ...show, ...next, holdsTriggers: order.on };
		case "area":
			return { ...show, ...next, area: order.area, point: null };
		case "point":
			return { ...show, ...next, point: order.area };
		case "time":
			return {
				...{ ...show, ...next },
				time: order.time && { ...order.time, at: from },
			};
	}
}

/** What a wall knows of a show: what holds, and what was ordered and does not yet. */
export interface HeardShow {
	readonly now: Show;
	/** In the order in which they come to hold. */
	readonly coming: readonly Show[];
}

/** What is known after something was heard. What was ordered later replaces what was ordered before it and holds from the same moment. */
export function afterHearing(
	heard: HeardShow | null,
	show: Show,
	now: number,
): HeardShow {
	if (!heard || show.from <= now) return { now: show, coming: [] };
	const { now: holds, coming } = heldAt(heard, now);
	return {
		now: holds,
		coming: [...coming.filter(({ from }) => from < show.from), show],
	};
}

/** The same at a later moment (ms since 1970-01-01 UTC): what holds by then holds. */
export function heldAt(heard: HeardShow, now: number): HeardShow {
	const at = heard.coming.findLastIndex(({ from }) => from <= now);
	const due = heard.coming[at];
	return due ? { now: due, coming: heard.coming.slice(at + 1) } : heard;
}

/** From where a playlist runs that a presenter leads; null: no presenter leads this one. */
export function begunOf(show: Show, playlist: string): Begun | null {
	return show.run?.playlist === playlist ? show.run : null;
}
