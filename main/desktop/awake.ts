import { type BrowserWindow, powerSaveBlocker } from "electron";

/** Which windows keep the screen awake: those that hang on a wall. */
export interface Awake {
	set(window: BrowserWindow, on: boolean): void;
	has(window: BrowserWindow): boolean;
}

/** One blocker for the whole application; a window that closes gives its wish up. */
export function keepAwake(): Awake {
	const awake = new Set<number>();
	let blocker: number | undefined;
	const settle = (): void => {
		if (awake.size > 0 && blocker === undefined)
			blocker = powerSaveBlocker.start("prevent-display-sleep");
		else if (awake.size === 0 && blocker !== undefined) {
			powerSaveBlocker.stop(blocker);
			blocker = undefined;
		}
	};
	return {
		set(window, on) {
			const { id } = window;
			if (on && !awake.has(id)) {
				awake.add(id);
				window.once("closed", () => {
					awake.delete(id);
					settle();
				});
			} else if (!on) awake.delete(id);
			settle();
		},
		has: ({ id }) => awake.has(id),
	};
}
