import type { Playhead } from "./playhead.ts";

/**
 * The whole day that panels follow: at once while time stands still, and only now and then while it plays, so that the frames of the
 * map are not held up by tables.
 */
export class SettledDay {
	#day: number;
	#waiting: ReturnType<typeof setTimeout> | null = null;
	readonly #playhead: Playhead;
	readonly #whilePlaying: number;
	readonly #listeners = new Set<() => void>();

	/** @param whilePlaying milliseconds between two days while time plays. */
	constructor(playhead: Playhead, whilePlaying: number) {
		this.#playhead = playhead;
		this.#whilePlaying = whilePlaying;
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
		this.#waiting ??= setTimeout(() => this.#settle(), this.#whilePlaying);
	}

	#settle(): void {
		this.#waiting = null;
		if (this.#day === this.#playhead.day) return;
		this.#day = this.#playhead.day;
		for (const listener of this.#listeners) listener();
	}
}
