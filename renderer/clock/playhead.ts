import type { Day } from "../../core/series/day.ts";

/** Days per second. */
export const SPEEDS = [2, 5, 10, 20] as const;

/**
 * The position in time, as a fraction of days from the first day. Lives outside React: while playing it moves every frame,
 * and only those who draw frames (map, day line) follow it that closely; everything else hears of whole days.
 */
export class Playhead {
	#position = 0;
	#days = 1;
	#speed: number = SPEEDS[1];
	#playing = false;
	#frame = 0;
	#last = 0;
	readonly #movers = new Set<() => void>();
	readonly #dayListeners = new Set<() => void>();
	readonly #stateListeners = new Set<() => void>();
	readonly #frames: FrameSource;

	constructor(frames: FrameSource) {
		this.#frames = frames;
	}

	/** Days from the first day, with a fraction while playing. */
	get position(): number {
		return this.#position;
	}

	get day(): Day {
		return Math.floor(this.#position);
	}

	get days(): number {
		return this.#days;
	}

	get playing(): boolean {
		return this.#playing;
	}

	get speed(): number {
		return this.#speed;
	}

	/** Sets how many days there are; the position stays inside. */
	setDays(days: number): void {
		this.#days = Math.max(1, days);
		this.#moveTo(this.#position);
	}

	/** Goes to a whole day and stops there. */
	seek(day: number): void {
		this.pause();
		this.#moveTo(Math.round(day));
	}

	setSpeed(speed: number): void {
		this.#speed = speed;
		this.#tell(this.#stateListeners);
	}

	toggle(): void {
		if (this.#playing) this.pause();
		else this.play();
	}

	play(): void {
		if (this.#playing) return;
		if (this.#position >= this.#days - 1) this.#moveTo(0);
		this.#playing = true;
		this.#last = this.#frames.now();
		this.#frame = this.#frames.request(this.#step);
		this.#tell(this.#stateListeners);
	}

	pause(): void {
		if (!this.#playing) return;
		this.#playing = false;
		this.#frames.cancel(this.#frame);
		// What stands still is a day that someone reported, not a mixture of two.
		this.#moveTo(Math.floor(this.#position));
		this.#tell(this.#stateListeners);
	}

	/** Hears every movement. */
	onMove(listener: () => void): () => void {
		return this.#listen(this.#movers, listener);
	}

	/** Hears when another whole day is reached. */
	onDay(listener: () => void): () => void {
		return this.#listen(this.#dayListeners, listener);
	}

	/** Hears of play, pause and speed. */
	onState(listener: () => void): () => void {
		return this.#listen(this.#stateListeners, listener);
	}

	#step = (): void => {
		const now = this.#frames.now();
		const elapsed = now - this.#last;
		this.#last = now;
		const next = this.#position + (elapsed / 1000) * this.#speed;
		if (next >= this.#days - 1) {
			this.#moveTo(this.#days - 1);
			this.pause();
			return;
		}
		this.#moveTo(next);
		this.#frame = this.#frames.request(this.#step);
	};

	#moveTo(position: number): void {
		const next = Math.min(Math.max(position, 0), this.#days - 1);
		if (next === this.#position) return;
		const before = this.day;
		this.#position = next;
		this.#tell(this.#movers);
		if (this.day !== before) this.#tell(this.#dayListeners);
	}

	#listen(set: Set<() => void>, listener: () => void): () => void {
		set.add(listener);
		return () => set.delete(listener);
	}

	#tell(set: Set<() => void>): void {
		for (const listener of set) listener();
	}
}

/** Where frames come from: the browser, or a test. */
export interface FrameSource {
	now(): number;
	request(step: () => void): number;
	cancel(handle: number): void;
}

export const browserFrames: FrameSource = {
	now: () => performance.now(),
	request: (step) => requestAnimationFrame(step),
	cancel: (handle) => cancelAnimationFrame(handle),
};
