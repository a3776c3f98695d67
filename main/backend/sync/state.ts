import type { SyncState } from "../../../core/api/state.ts";

type Receiving = Extract<SyncState, { kind: "receiving" }>;
type Failed = Extract<SyncState, { kind: "error" }>;

/** What happens to synchronisation. Times are ms since 1970 UTC. */
export type SyncEvent =
	/** The replica is what the hub's signed head says. */
	| { readonly kind: "checked"; readonly at: number }
	| {
			readonly kind: "progress";
			readonly what: Receiving["what"];
			readonly done: number;
			readonly total: number;
	  }
	| {
			readonly kind: "unreachable";
			readonly at: number;
			readonly nextTryAt: number;
	  }
	| {
			readonly kind: "failed";
			readonly at: number;
			readonly code: Failed["code"];
			readonly message: string;
	  };

/** The state after an event. What lasts keeps the time at which it began. */
export function nextState(state: SyncState, event: SyncEvent): SyncState {
	switch (event.kind) {
		case "checked":
			return { kind: "idle", checkedAt: event.at };
		case "progress":
			return {
				kind: "receiving",
				what: event.what,
				done: Math.min(event.done, event.total),
				total: event.total,
			};
		case "unreachable":
			return {
				kind: "offline",
				since: state.kind === "offline" ? state.since : event.at,
				nextTryAt: event.nextTryAt,
			};
		case "failed":
			return {
				kind: "error",
				since:
					state.kind === "error" && state.code === event.code
						? state.since
						: event.at,
				code: event.code,
				message: event.message,
			};
	}
}
