import { type QueryClient, replaceEqualDeep } from "@tanstack/react-query";
import { z } from "zod";
import { create } from "zustand";
import { Change, CurrentState, State } from "../../core/api/state.ts";
import { ask, BackendError } from "./ask.ts";
import { hearProgress } from "./progress.ts";
import { makeOld, seatAnew } from "./seat-anew.ts";

interface Connection {
	/** The backend's last word; null before the first. */
	state: State | null;
	/** When the line to the backend was lost; null while it holds. */
	lostAt: number | null;
	/** The session is not, or no longer, valid. */
	forbidden: boolean;
	/** This device of the network is let in no longer. */
	revoked: boolean;
}

export const useConnection = create<Connection>()(() => ({
	state: null,
	lostAt: null,
	forbidden: false,
	revoked: false,
}));

/** Hears that the backend refuses whatever this window asks. */
export function hearRefusal(reason: unknown): void {
	if (!(reason instanceof BackendError)) return;
	if (reason.status === 401 || reason.status === 403)
		useConnection.setState({
			forbidden: true,
			revoked: reason.code === "no-device",
		});
}

const Here = z.object({ reads: z.array(z.string()) });

const RETRY_MILLISECONDS = 2_000;

const rowsOf = (dataset: State["dataset"]): string =>
	dataset ? `${dataset.stamp} ${dataset.scope}` : "";

/**
 * Follows the backend's events for as long as the page lives. When the line breaks the last picture stays, the screen says
 * since when, and the line is tried again.
 */
export function followBackend(queries: QueryClient): void {
	let seq: number | null = null;
	/** Of which rows, and of which part of the country: numbers of others say nothing. */
	let rows = rowsOf(null);
	const hear = (state: State) => {
		const before = useConnection.getState();
		useConnection.setState({
			// What did not change stays the same object: each look at the hub would otherwise draw the whole house again.
			state: replaceEqualDeep(before.state, state),
			lostAt: null,
			forbidden: false,
			revoked: false,
		});
		// A publication may have come while the line was down, and a restarted backend may show another dataset.
		const next = state.dataset?.seq ?? null;
		const of = rowsOf(state.dataset);
		if (next !== seq || of !== rows || before.lostAt !== null) refresh(null);
		seq = next;
		rows = of;
	};
	/** Makes old what was read from some of these; null: everything but what has a version of its own. */
	const refresh = (changed: readonly string[] | null) => {
		// Who sits here decides what may be seen at all.
		if (changed === null || changed.includes("session"))
			void seatAnew(queries, changed === null);
		const others = changed?.filter((read) => read !== "session");
		if (others?.length) makeOld(queries, others);
	};
	const lose = () =>
		useConnection.setState((was) => ({ lostAt: was.lostAt ?? Date.now() }));

	const open = () => {
		const events = new EventSource("/api/events");
		events.addEventListener("state", (event) => {
			const state = State.safeParse(JSON.parse(event.data));
			if (state.success) hear(state.data);
		});
		events.addEventListener("change", (event) => {
			const change = Change.safeParse(JSON.parse(event.data));
			if (!change.success) return;
			seq = change.data.seq;
			refresh(change.data.tables);
		});
		events.addEventListener("here", (event) => {
			const here = Here.safeParse(JSON.parse(event.data));
			if (!here.success) return;
			refresh(here.data.reads);
		});
		// For walls and remotes: other windows do not wait for its code.
		for (const name of ["show", "scene"] as const)
			events.addEventListener(name, (event) =>
				import("./show.ts").then(({ hear }) =>
					hear[name](JSON.parse(event.data)),
				),
			);
		events.addEventListener("progress", (event) =>
			hearProgress(JSON.parse(event.data)),
		);
		events.onerror = () => {
			lose();
			// EventSource reconnects by itself after a broken line, but not after a refusal.
			if (events.readyState !== EventSource.CLOSED) return;
			// What refuses says why when it is asked.
			setTimeout(begin, RETRY_MILLISECONDS);
		};
	};
	const begin = async () => {
		try {
			hear(await ask(CurrentState, {}));
			open();
		} catch (reason) {
			hearRefusal(reason);
			lose();
			setTimeout(begin, RETRY_MILLISECONDS);
		}
	};
	void begin();
}
