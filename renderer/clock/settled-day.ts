import type { Day } from "../../core/series/day.ts";
import type { Clock } from "./clock.ts";

/**
 * The whole day that panels follow: at once while time stands still, and only now and then while it plays, so that the frames of the
 * map are not held up by tables. While time plays the next day waits for the answers to the last: a backend slower than the days would
 * otherwise be asked for one after another, and no answer would ever be of the day that is asked for.
 */
export class SettledDay {
	#day: Day;
	#asked: Day | null;
	#waiting: ReturnType<typeof setTimeout> | null = null;
	readonly #clock: Clock;
	readonly #whilePlaying: number;
	readonly #busy: () => boolean;
	readonly #listeners = new Set<() => void>();

	/**
	 * @param whilePlaying milliseconds between two days while time plays
	 * @param busy whether answers to a day are still on their way
	 */
	constructor(clock: Clock, whilePlaying: number, busy: () => boolean) {
		this.#busy = busy;
		this.#clock = clock;
		this.#whilePlaying = whilePlaying;
		this.#day = clock.day;
		this.#asked = clock.asked;
		clock.onDay(() => this.#follow());
		clock.onState(() => this.#follow());
	}

	get day(): Day {
		return this.#day;
	}

	/** What was asked for when the day settled (clock/clock). */
	get asked(): Day | null {
		return this.#asked;
	}

	listen(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#follow(): void {
		if (!this.#clock.playing) {
			if (this.#waiting !== null) clearTimeout(this.#waiting);
			this.#settle();
			return;
		}
		this.#waiting ??= setTimeout(this.#turn, this.#whilePlaying);
	}

	#turn = (): void => {
		if (this.#clock.playing && this.#busy())
			this.#waiting = setTimeout(this.#turn, this.#whilePlaying);
		else this.#settle();
	};

	#settle(): void {
		this.#waiting = null;
		const { day, asked } = this.#clock;
		if (this.#day === day && this.#asked === asked) return;
		this.#day = day;
		this.#asked = asked;
		for (const listener of this.#listeners) listener();
	}
}
