import type { Clock } from "./clock.ts";

/**
 * What a measurement needs: the same map, drawn once in each frame, while time stands still and while it plays. What its script takes is read
 * from the browser's own record (tests/bench/drawing/frame-script): a clock in the page would count what it waits for as well.
 */
export interface FrameMeter {
	still(frames: number): Promise<void>;
	playing(frames: number): Promise<void>;
	/** Draws at once. */
	draw(): void;
	/** The colours of places of the map at a moment, as they are drawn. */
	sample(at: number, places: readonly LngLat[]): Colour[];
}

type LngLat = readonly [lng: number, lat: number];
type Colour = readonly [red: number, green: number, blue: number];

/** A map that is measured. */
interface Measured {
	drawNow(): void;
	/** Hears of each time that it was drawn. @returns stops hearing */
	onDraw?(heard: () => void): () => void;
	sample?(at: number, places: readonly LngLat[]): Colour[];
}

declare global {
	interface Window {
		/** Present while a map is on the screen (tests/bench). */
		blcFrames?: FrameMeter;
	}
}

/** Puts the meter on the window; returns what takes it away. */
export function exposeFrameMeter(clock: Clock, map: Measured): () => void {
	const meter: FrameMeter = {
		async still(frames) {
			clock.pause();
			await drawFrames(frames, map);
		},
		async playing(frames) {
			clock.play();
			try {
				await drawFrames(frames, map);
			} finally {
				clock.pause();
			}
		},
		draw: () => map.drawNow(),
		sample: (at, places) => map.sample?.(at, places) ?? [],
	};
	window.blcFrames = meter;
	return () => {
		if (window.blcFrames === meter) delete window.blcFrames;
	};
}

/** Each once: not again where another day has drawn it already. */
function drawFrames(frames: number, map: Measured): Promise<void> {
	return new Promise((resolve) => {
		let left = frames;
		let isDrawn = false;
		const stop = map.onDraw?.(() => {
			isDrawn = true;
		});
		const step = () => {
			if (!isDrawn) map.drawNow();
			isDrawn = false;
			left--;
			if (left > 0) requestAnimationFrame(step);
			else {
				stop?.();
				resolve();
			}
		};
		requestAnimationFrame(step);
	});
}
