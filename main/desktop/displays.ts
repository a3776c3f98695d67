import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type BrowserWindow, type Display, screen } from "electron";
import { parseSilently } from "../../core/reading/broken-json.ts";
import { replaceFile } from "../../machine/files/durable-file.ts";
import { KeptDisplay, sameDisplay } from "./kept-display.ts";

/** Displays that are switched on together come one by one, and change their places until all are there (ms). */
const SETTLES_WITHIN = 1500;
/** A system that never says that a window has left full screen is not waited for (ms). */
const LEAVES_WITHIN = 1000;

/** Which window fills which display, also after displays went and came again. */
export interface Displays {
	/** Fills a display, or leaves full screen with null. @throws Error when there is no such display */
	fill(window: BrowserWindow, id: number | null): Promise<void>;
	/** Puts a new window where the last one stood. */
	restore(window: BrowserWindow): void;
}

/** @param file where it is kept which display was filled last */
export function followDisplays(
	file: string,
	report: (message: string) => void,
): Displays {
	const wishes = new Map<BrowserWindow, KeptDisplay>();
	const wish = (window: BrowserWindow, kept: KeptDisplay): void => {
		if (!wishes.has(window)) window.once("closed", () => wishes.delete(window));
		wishes.set(window, kept);
	};
	const putBack = (): void => {
		for (const [window, kept] of wishes) {
			const display = sameDisplay(kept, screen.getAllDisplays());
			if (!display) continue;
			const stands = screen.getDisplayMatching(window.getBounds()).id;
			if (stands === display.id && window.isFullScreen()) continue;
			report(`window ${window.id}: back on display ${display.label}`);
			void fillDisplay(window, display);
		}
	};
	let settling: ReturnType<typeof setTimeout> | undefined;
	const changed = (): void => {
		clearTimeout(settling);
		settling = setTimeout(putBack, SETTLES_WITHIN);
	};
	screen.on("display-added", changed);
	screen.on("display-removed", changed);
	screen.on("display-metrics-changed", (_event, _display, metrics) => {
		// A task bar that hides moves no display: who has left full screen is not brought back for that.
		if (metrics.some((metric) => metric !== "workArea")) changed();
	});

	return {
		async fill(window, id) {
			if (id === null) {
				wishes.delete(window);
				keep(null);
				window.setFullScreen(false);
				return;
			}
			const display = screen
				.getAllDisplays()
				.find((candidate) => candidate.id === id);
			if (!display) throw new Error(`no display ${id} is attached`);
			const kept = KeptDisplay.parse(display);
			wish(window, kept);
			keep(kept);
			await fillDisplay(window, display);
		},
		restore(window) {
			const kept = read();
			if (!kept) return;
			wish(window, kept);
			const display = sameDisplay(kept, screen.getAllDisplays());
			if (display) void fillDisplay(window, display);
		},
	};

	function keep(kept: KeptDisplay | null): void {
		try {
			replaceFile(file, JSON.stringify(kept));
		} catch (error) {
			report(`${file}: ${String(error)}`);
		}
	}

	function read(): KeptDisplay | null {
		try {
			return KeptDisplay.nullable().parse(
				parseSilently(readFileSync(file, "utf8")),
			);
		} catch {
			// None was ever filled, or what is written there is not readable: the window opens as any other.
			return null;
		}
	}
}

/**
 * Bounds are in the units of the display that a window stands on. On its way to one of another scaling they are taken in those of the one
 * it leaves, so that they are set again once it is there: a small window into its middle first, since one of twice the size would stand for
 * the larger part on the display it leaves. A window that fills a display is moved by nothing.
 */
async function fillDisplay(
	window: BrowserWindow,
	{ bounds }: Pick<Display, "bounds">,
): Promise<void> {
	if (window.isFullScreen()) {
		const left = once(window, "leave-full-screen", {
			signal: AbortSignal.timeout(LEAVES_WITHIN),
		}).catch(() => {});
		window.setFullScreen(false);
		await left;
		if (window.isDestroyed()) return;
	}
	const { x, y, width, height } = bounds;
	const [least = 0, lowest = 0] = window.getMinimumSize();
	window.setMinimumSize(1, 1);
	window.setBounds({
		x: Math.round(x + (width * 3) / 8),
		y: Math.round(y + (height * 3) / 8),
		width: Math.round(width / 4),
		height: Math.round(height / 4),
	});
	window.setBounds(bounds);
	window.setMinimumSize(least, lowest);
	window.setFullScreen(true);
}
