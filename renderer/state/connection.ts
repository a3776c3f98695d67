import type { QueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { Change, State } from "../../core/api/situation.ts";
import { api, BackendError } from "./api-client.ts";

interface Connection {
	/** The backend's last word; null before the first. */
	state: State | null;
	/** When the line to the backend was lost; null while it holds. */
	lostAt: number | null;
	/** The session is not, or no longer, valid. */
	forbidden: boolean;
}

export const useConnection = create<Connection>()(() => ({
	state: null,
	lostAt: null,
	forbidden: false,
}));

const RETRY_MILLISECONDS = 2_000;

/**
 * Follows the backend's events for as long as the page lives. When the line breaks the last picture stays, the screen says
 * since when, and the line is tried again.
 */
export function followBackend(queries: QueryClient): void {
	let seq: number | null = null;
	const hear = (state: State) => {
		const before = useConnection.getState();
		useConnection.setState({ state, lostAt: null, forbidden: false });
		// A publication may have come while the line was down, and a restarted backend may show another dataset.
		const next = state.dataset?.seq ?? null;
		if (next !== seq || before.lostAt !== null) refresh();
		seq = next;
	};
	// The boundaries have a version of their own; all else may have changed.
	const refresh = () =>
		void queries.invalidateQueries({
			predicate: (query) => query.queryKey[0] !== "topology",
		});
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
			refresh();
		});
		events.onerror = () => {
			lose();
			// EventSource reconnects by itself after a broken line, but not after a refusal.
			if (events.readyState !== EventSource.CLOSED) return;
			setTimeout(open, RETRY_MILLISECONDS);
		};
	};
	const begin = async () => {
		try {
			hear(await api.state());
			open();
		} catch (reason) {
			if (
				reason instanceof BackendError &&
				(reason.status === 401 || reason.status === 403)
			)
				useConnection.setState({ forbidden: true });
			lose();
			setTimeout(begin, RETRY_MILLISECONDS);
		}
	};
	void begin();
}
