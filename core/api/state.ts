import { z } from "zod";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";
import { State } from "./situation.ts";

/** What the workstation shows and what synchronisation is doing; also sent by /api/events at each change. */
export const CurrentState = query({
	path: "/api/state",
	about: "The dataset shown, and what synchronisation is doing.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["dataset", "sync"],
	request: nothing,
	answer: State,
});

export const RetrySync = command({
	name: "retry-sync",
	about: "Ask the hub again now, instead of at the next try.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: nothing,
	answer: z.null(),
});
