import type { Playhead } from "./playhead.ts";

const WHILE_PLAYING_MILLISECONDS = 400;

/**
 * The whole day that panels with much to say follow: at once while time stands still, and a few times a second while it plays, so that
 * the frames of the map are not held up by tables.
 */
export class SettledDay {
	#day: number;
	#waiting: ReturnType<typeof setTimeout> | null = null;
	readonly #playhead: Playhead;
	readonly #listeners = new Set<() => void>();

	constructor(playhead: Playhead) {
		this.#playhead = playhead;
		this.#day = playhead.day;
		playhead.onDay(() => this.#follow());
		playhead.onState(() => this.#follow());
	}

	get day(): number {
		return this.#day;
	}

	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#follow(): void {
		if (!this.#playhead.playing) {
			if (this.#waiting !== null) clearTimeout(this.#waiting);
			this.#settle();
			return;
		}
		this.#waiting ??= setTimeout(
			() => this.#settle(),
			WHILE_PLAYING_MILLISECONDS,
		);
	}

	#settle(): void {
		this.#waiting = null;
		if (this.#day === this.#playhead.day) return;
		this.#day = this.#playhead.day;
		for (const listener of this.#listeners) listener();
	}
}
