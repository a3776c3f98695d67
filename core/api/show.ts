import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { WallId } from "../wall/scene.ts";
import { Show, ShowOrder } from "../wall/show.ts";
import { SceneChange } from "../wall/together.ts";
import { Beat } from "../wall/wall-windows.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

export const BackendTime = query({
	path: "/api/time",
	about:
		"The clock of the backend, by which walls and presenters keep time together (ms since 1970-01-01 UTC).",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: [],
	request: nothing,
	answer: z.object({ now: z.number() }),
});

/** Also sent by /api/events (`show`) to every window at once and at each order. */
export const CurrentShow = query({
	path: "/api/show",
	about:
		"What a presenter has the walls of this workstation do; also sent by /api/events.",
	role: EVERYBODY,
	keeps: "open",
	from: "backend",
	reads: ["show"],
	request: nothing,
	answer: Show,
});

export const WallWindows = query({
	path: "/api/walls/windows",
	about:
		"The windows that show a wall, whether each still draws, and since when not.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["wall-windows"],
	request: nothing,
	answer: Beat.omit({ closing: true, turn: true })
		.extend({ drawnAt: z.number(), frozen: z.boolean() })
		.array(),
});

export const OrderShow = command({
	name: "order-show",
	about: "Have the walls do something, as their presenter.",
	role: [...PEOPLE, "remote"],
	scope: "none",
	whenOffline: "here",
	request: ShowOrder,
	answer: Show,
});

export const TellReady = command({
	name: "tell-ready",
	about:
		"Say that a display at a place of a wall has its next scene ready. When all displays of the wall have, or the late ones were waited for, /api/events (`scene`) tells them at which moment they change.",
	role: EVERYBODY,
	scope: "none",
	whenOffline: "here",
	request: SceneChange.extend({
		/** As it calls itself in its beats. */
		window: WallId,
	}),
	/** When (ms since 1970-01-01 UTC); null: that is not decided yet. */
	answer: z.object({ at: z.number().nullable() }),
});

export const TellBeat = command({
	name: "tell-beat",
	about:
		"Say how many frames a window that shows a wall has drawn; one that says nothing for six seconds is told as frozen.",
	role: EVERYBODY,
	scope: "none",
	whenOffline: "here",
	request: Beat,
	answer: z.null(),
});
