import { createParser } from "eventsource-parser";

/** A server-sent event, as far as this feed uses them. */
export interface ServerSentEvent {
	/** Undefined: a message without a name. */
	readonly event?: string | undefined;
	readonly data: string;
}

/** An event that grows beyond this many characters is not one of ours. */
const LONGEST = 1024 * 1024;

/**
 * Reads server-sent events; null stands for a comment (heartbeat).
 * @param alive called for every piece that arrives
 */
export async function* eventsOf(
	response: Response,
	alive: () => void,
): AsyncGenerator<ServerSentEvent | null> {
	if (!response.body) return;
	const arrived: (ServerSentEvent | null)[] = [];
	const parser = createParser({
		maxBufferSize: LONGEST,
		onEvent: (event) => arrived.push(event),
		onComment: () => arrived.push(null),
		onError(error) {
			// Fields it does not know are of a later hub.
			if (error.type === "max-buffer-size-exceeded")
				throw new Error("endless event", { cause: error });
		},
	});
	const decoder = new TextDecoder();
	for await (const part of response.body) {
		alive();
		parser.feed(decoder.decode(part, { stream: true }));
		yield* arrived.splice(0);
	}
}
