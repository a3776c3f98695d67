import type { Day } from "../../core/series/day.ts";

/** Days per second. */
export const SPEEDS = [2, 5, 10, 20] as const;

/** The days that there are, both included. */
export interface DayRange {
	readonly firstDay: Day;
	readonly lastDay: Day;
}

/**
 * The one clock of a window: the day that is shown, as an absolute day (with a fraction while it plays), and how it moves. Lives outside
 * React: while playing it moves every frame, and only those who draw frames (map, day line) follow it that closely; everything else hears
 * of whole days.
 *
 * What was asked for is kept apart from the days that there are: a dataset that grows, or another one in its place, does not move the day.
 * A day outside of them is shown as the nearest, and comes back when they do. Nobody asking for a day is asking for the newest.
 */
export class Clock {
	/** Null: the newest day, whichever that is. */
	#asked: number | null = null;
	#range: DayRange | null = null;
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

	/** The day that is shown, with a fraction while playing. Before the days are known: whatever was asked for. */
	get at(): number {
		if (!this.#range) return this.#asked ?? 0;
		const { firstDay, lastDay } = this.#range;
		return Math.min(Math.max(this.#asked ?? lastDay, firstDay), lastDay);
	}

	/** The whole day that is shown. */
	get day(): Day {
		return Math.floor(this.at);
	}

	/** The day that was asked for, which the address states; null for the newest. */
	get asked(): Day | null {
		return this.#asked === null ? null : Math.floor(this.#asked);
	}

	/** Null until the days are known. */
	get range(): DayRange | null {
		return this.#range;
	}

	get playing(): boolean {
		return this.#playing;
	}

	get speed(): number {
		return this.#speed;
	}

	/** Sets which days there are. */
	setRange({ firstDay, lastDay }: DayRange): void {
		const before = this.#range;
		if (before?.firstDay === firstDay && before.lastDay === lastDay) return;
		this.#change(() => {
			this.#range = { firstDay, lastDay };
		});
		this.#tell(this.#stateListeners);
	}

	/** Stands still on exactly what an address asks for, whichever days there are. */
	ask(day: Day | null): void {
		this.pause();
		this.#change(() => {
			this.#asked = day;
		});
	}

	/** Goes to a whole day that there is and stops there. */
	goTo(day: Day): void {
		this.pause();
		this.#moveTo(Math.round(day));
	}

	/** Goes on by some days, or back. */
	step(days: number): void {
		this.goTo(this.day + days);
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
		if (this.#playing || !this.#range) return;
		if (this.at >= this.#range.lastDay) this.#moveTo(this.#range.firstDay);
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
		this.ask(this.asked);
		this.#tell(this.#stateListeners);
	}

	/** Hears every movement. */
	onMove(listener: () => void): () => void {
		return this.#listen(this.#movers, listener);
	}

	/** Hears when another whole day is reached or asked for. */
	onDay(listener: () => void): () => void {
		return this.#listen(this.#dayListeners, listener);
	}

	/** Hears of play, pause, speed and range. */
	onState(listener: () => void): () => void {
		return this.#listen(this.#stateListeners, listener);
	}

	#step = (): void => {
		const now = this.#frames.now();
		const elapsed = now - this.#last;
		this.#last = now;
		this.#moveTo(this.at + (elapsed / 1000) * this.#speed);
		if (this.#asked === null) this.pause();
		else this.#frame = this.#frames.request(this.#step);
	};

	/** Who goes to the last day, or on from it, stays with the newest when another arrives. */
	#moveTo(at: number): void {
		this.#change(() => {
			const { firstDay = at, lastDay = at + 1 } = this.#range ?? {};
			this.#asked = at < lastDay ? Math.max(at, firstDay) : null;
		});
	}

	#change(change: () => void): void {
		const { at, day, asked } = this;
		change();
		if (this.at !== at) this.#tell(this.#movers);
		if (this.day !== day || this.asked !== asked)
			this.#tell(this.#dayListeners);
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
