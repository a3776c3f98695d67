import type { SyncState } from "../../../core/api/state.ts";
import { failureFrom, SyncFailure } from "../replica/failure.ts";
import { nextState, type SyncEvent } from "./state.ts";

/** Progress is told at most this often (ms). */
const PROGRESS_EVERY = 100;

/** What the screens are told of synchronisation. */
export interface Standing {
	readonly state: SyncState;
	/** In what the replica differs from what the hub signed, as long as it does. */
	damage: string | null;
	happened(event: SyncEvent): void;
	/** What is neither a failure with a code nor the hub's absence is a fault of this program, and must not be shown as either. */
	failed(cause: unknown): void;
	/** @param always also when something was told just now */
	progress(
		what: "snapshot" | "segments" | "installing",
		done: number,
		total: number,
		always?: boolean,
	): void;
	/** The replica that is here is shown, and no hub is looked for. */
	alone(): void;
}

export function createStanding(
	begin: SyncState,
	onState: (state: SyncState) => void,
): Standing {
	let state = begin;
	let toldAt = 0;
	const standing: Standing = {
		get state() {
			return state;
		},
		damage: null,
		happened(event) {
			const { damage } = standing;
			// Wrong numbers are on the screens: nothing that is well otherwise may hide it.
			const hides =
				damage !== null &&
				(event.kind === "checked" || event.kind === "unreachable");
			state = nextState(
				state,
				hides
					? { kind: "failed", at: event.at, code: "corrupt", message: damage }
					: event,
			);
			onState(state);
		},
		failed(cause) {
			const error = failureFrom(cause);
			standing.happened({
				kind: "failed",
				at: Date.now(),
				code:
					error instanceof SyncFailure && error.code !== "snapshot-needed"
						? error.code
						: "internal",
				message: error instanceof Error ? error.message : String(error),
			});
		},
		progress(what, done, total, always = false) {
			const now = performance.now();
			if (!always && now - toldAt < PROGRESS_EVERY) return;
			toldAt = now;
			standing.happened({ kind: "progress", what, done, total });
		},
		alone() {
			if (state.kind === "none") return;
			state = { kind: "none" };
			onState(state);
		},
	};
	return standing;
}
