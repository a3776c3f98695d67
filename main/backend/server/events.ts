import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

/**
 * state: State; change: Change, the replica moved on; here: {reads}, something of this workstation changed (core/api/route Reads);
 * progress: Progress, to whoever asks;
 * show: Show, a presenter ordered something;
 * scene: DecidedChange, when the displays of a wall change, to these alone.
 */
export type EventName =
	| "state"
	| "change"
	| "here"
	| "progress"
	| "show"
	| "scene";

/** Server-sent events to every open screen. */
export interface Events {
	/** Answers a request of a window with the stream; `first` is sent at once. */
	open(
		c: Context,
		session: string,
		first: () => Promise<[EventName, unknown][]>,
	): Response;
	/** @param session of the windows that are told; all when left out */
	send(event: EventName, data: unknown, session?: string): void;
	/** Tells every window what is meant for its session. */
	sendEach(event: EventName, of: (session: string) => unknown): void;
	/** Ends the streams of a session: its windows come again, or are refused. */
	end(session: string): void;
	close(): void;
}

/** A screen that hears nothing for longer than this, twice, takes the backend for dead. */
const HEARTBEAT = 15_000;

export function createEvents(heartbeat = HEARTBEAT): Events {
	const screens = new Map<
		symbol,
		{
			session: string;
			send: (event: EventName, data: string) => void;
			end: () => void;
		}
	>();
	return {
		open(c, session, first) {
			return streamSSE(c, async (stream) => {
				const screen = Symbol("screen");
				const ended = Promise.withResolvers<void>();
				let sending: Promise<unknown> = Promise.resolve();
				const write = (message: () => Promise<unknown>): void => {
					sending = sending.then(message).catch(() => ended.resolve());
				};
				stream.onAbort(() => ended.resolve());
				const beat = setInterval(
					() => write(() => stream.write(": still here\n\n")),
					heartbeat,
				);
				try {
					screens.set(screen, {
						session,
						send: (event, data) =>
							write(() => stream.writeSSE({ event, data })),
						end: ended.resolve,
					});
					// The server may end before the first answer is there.
					const begin = await Promise.race([ended.promise, first()]);
					for (const [event, data] of begin ?? [])
						write(() => stream.writeSSE({ event, data: JSON.stringify(data) }));
					await ended.promise;
				} finally {
					clearInterval(beat);
					screens.delete(screen);
				}
			});
		},
		send(event, data, session) {
			const text = JSON.stringify(data);
			for (const screen of screens.values())
				if (session === undefined || screen.session === session)
					screen.send(event, text);
		},
		sendEach(event, of) {
			for (const { session, send } of screens.values())
				send(event, JSON.stringify(of(session)));
		},
		end(session) {
			for (const screen of screens.values())
				if (screen.session === session) screen.end();
		},
		close() {
			for (const screen of screens.values()) screen.end();
		},
	};
}
