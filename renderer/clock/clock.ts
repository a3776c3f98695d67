import type { Day } from "../../core/series/day.ts";
import {
	type Anchor,
	type DayRange,
	dayAt,
	isOver,
	movedTo,
	positionOf,
} from "./anchor.ts";

export type { DayRange };

/** Days per second. */
export const SPEEDS = [2, 5, 10, 20] as const;

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
	/** How it moves; where it stands is `#asked`. */
	#anchor: Anchor = {
		at: null,
		time: 0,
		speed: SPEEDS[1],
		playing: false,
		step: 1,
		loop: false,
	};
	#frame = 0;
	readonly #movers = new Set<() => void>();
	readonly #dayListeners = new Set<() => void>();
	readonly #stateListeners = new Set<() => void>();
	readonly #actListeners = new Set<() => void>();
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
		return this.#range
			? dayAt(this.#anchor, this.at, this.#range)
			: Math.floor(this.at);
	}

	/** The day that was asked for, which the address states; null for the newest. */
	get asked(): Day | null {
		if (this.#asked === null) return null;
		return this.playing ? this.day : Math.floor(this.#asked);
	}

	/** Null until the days are known. */
	get range(): DayRange | null {
		return this.#range;
	}

	get playing(): boolean {
		return this.#anchor.playing;
	}

	get speed(): number {
		return this.#anchor.speed;
	}

	get weekly(): boolean {
		return this.#anchor.step === 7;
	}

	get loop(): boolean {
		return this.#anchor.loop;
	}

	/** How time moves, for another window that is to show the same. */
	get anchor(): Anchor {
		return this.playing
			? this.#anchor
			: { ...this.#anchor, at: this.asked, time: this.#frames.now() };
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
		this.#stop();
		this.#change(() => {
			this.#asked = day;
		});
		this.#tell(this.#actListeners);
	}

	/** Goes to a whole day that there is and stops there. */
	goTo(day: Day): void {
		this.#stop();
		this.#moveTo(Math.round(day));
		this.#tell(this.#actListeners);
	}

	/** Goes on by some days, or back. */
	step(days: number): void {
		this.goTo(this.day + days);
	}

	setSpeed(speed: number): void {
		this.#move({ speed });
	}

	/** Goes on by a day, or by seven at a time. */
	setWeekly(weekly: boolean): void {
		this.#move({ step: weekly ? 7 : 1 });
	}

	/** Whether the first day follows the last. */
	setLoop(loop: boolean): void {
		this.#move({ loop });
	}

	toggle(): void {
		if (this.playing) this.pause();
		else this.play();
	}

	play(): void {
		if (this.playing || !this.#range) return;
		if (this.at >= this.#range.lastDay) this.#moveTo(this.#range.firstDay);
		this.#run({ ...this.#anchor, at: this.at, time: this.#frames.now() });
		this.#tell(this.#actListeners);
	}

	pause(): void {
		if (!this.playing) return;
		this.#stop();
		this.#tell(this.#actListeners);
	}

	/** Moves as another window does. */
	follow(anchor: Anchor): void {
		this.#stop();
		if (anchor.playing && this.#range) this.#run(anchor);
		else {
			this.#anchor = { ...anchor, playing: false };
			this.#change(() => {
				this.#asked = anchor.at;
			});
		}
		this.#tell(this.#stateListeners);
	}

	/** Hears of what a person did, and not of the days that pass. */
	onAct(listener: () => void): () => void {
		return this.#listen(this.#actListeners, listener);
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

	/** Changes how it moves, from where it stands. */
	#move(part: Partial<Pick<Anchor, "speed" | "step" | "loop">>): void {
		const before = this.#anchor;
		if (
			(Object.keys(part) as (keyof typeof part)[]).every(
				(key) => before[key] === part[key],
			)
		)
			return;
		this.#change(() => {
			this.#anchor = {
				...(this.playing && this.#range
					? movedTo(before, this.#frames.now(), this.#range, part.speed)
					: before),
				...part,
			};
		});
		this.#tell(this.#stateListeners);
		this.#tell(this.#actListeners);
	}

	#run(anchor: Anchor): void {
		this.#anchor = { ...anchor, playing: true };
		this.#frame = this.#frames.request(this.#step);
		this.#tell(this.#stateListeners);
	}

	#stop(): void {
		if (!this.playing) return;
		// What stands still is a day that someone reported, not a mixture of two.
		const { asked } = this;
		this.#frames.cancel(this.#frame);
		this.#change(() => {
			this.#anchor = { ...this.#anchor, playing: false };
			this.#asked = asked;
		});
		this.#tell(this.#stateListeners);
	}

	#step = (): void => {
		const range = this.#range;
		if (!range) {
			this.#stop();
			return;
		}
		const now = this.#frames.now();
		const over = isOver(this.#anchor, now, range);
		this.#moveTo(positionOf(this.#anchor, now, range));
		if (over) this.#stop();
		else this.#frame = this.#frames.request(this.#step);
	};

	/** Who goes to the last day, or on from it, stays with the newest when another arrives. */
	#moveTo(at: number): void {
		this.#change(() => {
			const { firstDay = at, lastDay = at + 1 } = this.#range ?? {};
			// While it loops the last day is one among the others.
			const isNewest = at >= lastDay && !(this.playing && this.loop);
			this.#asked = isNewest ? null : Math.max(at, firstDay);
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
