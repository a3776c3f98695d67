import { z } from "zod";
import type { Clock } from "./clock.ts";

/** What windows tell each other: how time moves since a moment of the clock on the wall, or that one has come and asks. */
const Message = z.union([
	z.object({
		kind: z.literal("anchor"),
		at: z.number().nullable(),
		/** Milliseconds since 1970. */
		time: z.number(),
		speed: z.number().positive(),
		playing: z.boolean(),
		step: z.union([z.literal(1), z.literal(7)]),
		loop: z.boolean(),
	}),
	z.object({ kind: z.literal("hello") }),
]);

/** The line between the windows of one person. */
export interface Line {
	postMessage(message: unknown): void;
	/** Hears what the others post, from now on. */
	listen(hear: (message: unknown) => void): void;
	close(): void;
}

/**
 * Lets the windows of one person move through time together. Told is how time moves, when somebody does something, and not each day: windows
 * that play from one anchor show one day in one frame. A window that comes later joins those that play.
 * @param origin when the clock's own time began (ms since 1970)
 * @returns leaves the others
 */
export function shareClock(
	clock: Clock,
	line: Line,
	origin: number,
): () => void {
	let following = false;
	const tell = () => {
		if (following) return;
		const { anchor } = clock;
		line.postMessage({
			...anchor,
			kind: "anchor",
			time: anchor.time + origin,
		});
	};
	line.listen((data) => {
		const read = Message.safeParse(data);
		if (!read.success) return;
		if (read.data.kind === "hello") {
			if (clock.playing) tell();
			return;
		}
		const { kind: _, ...anchor } = read.data;
		following = true;
		clock.follow({ ...anchor, time: anchor.time - origin });
		following = false;
	});
	const stop = clock.onAct(tell);
	line.postMessage({ kind: "hello" });
	return () => {
		stop();
		line.close();
	};
}
