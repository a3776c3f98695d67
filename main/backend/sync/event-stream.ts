/** One server-sent event (HTML Standard, section 9.2), without the fields this feed does not use. */
export interface ServerSentEvent {
	readonly event: string;
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
	const decoder = new TextDecoder();
	let rest = "";
	let event = "message";
	let data: string[] = [];
	for await (const part of response.body) {
		alive();
		rest += decoder.decode(part, { stream: true });
		const lines = rest.split(/\r\n|\n|\r/);
		rest = lines.pop() ?? "";
		if (rest.length > LONGEST) throw new Error("endless event");
		for (const line of lines) {
			if (line === "") {
				if (data.length > 0) yield { event, data: data.join("\n") };
				event = "message";
				data = [];
			} else if (line.startsWith(":")) yield null;
			else {
				const colon = line.indexOf(":");
				const field = colon < 0 ? line : line.slice(0, colon);
				const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
				if (field === "event") event = value;
				else if (field === "data") data.push(value);
			}
		}
	}
}
