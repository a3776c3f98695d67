import { retryDelay } from "./retry.ts";

/** How long to wait before the next try, and who may cut it short. */
export interface Patience {
	/** A try begins: whoever asks for one from now on wants another. */
	tries(): void;
	succeeded(): void;
	/** @param gained something was fetched since the last failure: the line is bad, and it carries */
	failed(gained?: boolean): void;
	/** Tries in a row that failed and brought nothing. */
	readonly failures: number;
	/** ms to wait after so many failures. */
	delay(failures: number): number;
	/** Waits, unless somebody asked for the next try meanwhile. */
	pause(duration: number): Promise<void>;
	/** What ends the present wait, where that is no pause: the live connection. */
	waitsFor(end: () => void): void;
	/** Ends the present wait. */
	wake(): void;
	/** Somebody asked to try again: the next pause is left out, whatever it would have been for. */
	hurry(): void;
}

export function createPatience(
	least: number,
	most: number,
	closing: AbortSignal,
): Patience {
	let wake = (): void => {};
	let hurried = false;
	let failures = 0;
	return {
		tries() {
			hurried = false;
		},
		succeeded() {
			failures = 0;
		},
		failed(gained = false) {
			failures = gained ? 1 : failures + 1;
		},
		get failures() {
			return failures;
		},
		delay: (after) => retryDelay(after, least, most, Math.random()),
		pause(duration) {
			if (closing.aborted || hurried) return Promise.resolve();
			return new Promise((resolve) => {
				const timer = setTimeout(resolve, duration);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		},
		waitsFor(end) {
			wake = end;
		},
		wake: () => wake(),
		hurry() {
			hurried = true;
			failures = 0;
			wake();
		},
	};
}
