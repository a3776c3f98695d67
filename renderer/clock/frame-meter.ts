import type { Clock } from "./clock.ts";

/** JavaScript time of the frames drawn in a while. */
export interface FrameTimes {
	frames: number;
	/** Mean milliseconds of script in one frame: every animation callback together. */
	scriptMilliseconds: number;
	medianMilliseconds: number;
}

/** What a measurement needs: the same map, repainted each frame, standing still and playing. */
export interface FrameMeter {
	still(milliseconds: number): Promise<FrameTimes>;
	playing(milliseconds: number): Promise<FrameTimes>;
	/** The colours of places of the map at a moment, as they are drawn. */
	sample(at: number, places: readonly LngLat[]): Colour[];
}

type LngLat = readonly [lng: number, lat: number];
type Colour = readonly [red: number, green: number, blue: number];

/** A map that is measured. */
interface Measured {
	repaint(): void;
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
		async still(milliseconds) {
			clock.pause();
			return measure(milliseconds, () => map.repaint());
		},
		async playing(milliseconds) {
			clock.play();
			try {
				return await measure(milliseconds, () => map.repaint());
			} finally {
				clock.pause();
			}
		},
		sample: (at, places) => map.sample?.(at, places) ?? [],
	};
	window.blcFrames = meter;
	return () => {
		if (window.blcFrames === meter) delete window.blcFrames;
	};
}

async function measure(
	milliseconds: number,
	eachFrame: () => void,
): Promise<FrameTimes> {
	const request = window.requestAnimationFrame;
	const perFrame = new Map<number, number>();
	// Callbacks of one frame share its time stamp; their times add up to the script of that frame.
	window.requestAnimationFrame = (callback) =>
		request.call(window, (stamp) => {
			const start = performance.now();
			callback(stamp);
			const spent = performance.now() - start;
			perFrame.set(stamp, (perFrame.get(stamp) ?? 0) + spent);
		});
	const end = performance.now() + milliseconds;
	await new Promise<void>((resolve) => {
		const step = () => {
			if (performance.now() >= end) return resolve();
			eachFrame();
			request.call(window, step);
		};
		request.call(window, step);
	});
	window.requestAnimationFrame = request;
	const times = [...perFrame.values()].sort((a, b) => a - b);
	return {
		frames: times.length,
		scriptMilliseconds:
			times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length),
		medianMilliseconds: times[Math.floor(times.length / 2)] ?? 0,
	};
}
