import { describe, expect, test } from "vitest";
import { eventsOf } from "../../../main/backend/sync/event-stream.ts";

/** A response whose body arrives in these pieces. */
function arriving(...pieces: readonly (string | Uint8Array)[]): Response {
	const encoder = new TextEncoder();
	return new Response(
		new ReadableStream({
			start(controller) {
				for (const piece of pieces)
					controller.enqueue(
						typeof piece === "string" ? encoder.encode(piece) : piece,
					);
				controller.close();
			},
		}),
	);
}

async function heard(response: Response, alive = () => {}) {
	const events: ({ event?: string | undefined; data: string } | null)[] = [];
	for await (const one of eventsOf(response, alive))
		events.push(one && { event: one.event, data: one.data });
	return events;
}

describe("the live connection to a hub", () => {
	test("is heard the same wherever the line cuts it, also between carriage return and line feed", async () => {
		const text =
			'event: head\r\ndata: {"a":\r\ndata: "é"}\r\n\r\n: beat\r\n\r\n';
		const bytes = new TextEncoder().encode(text);
		const whole = [{ event: "head", data: '{"a":\n"é"}' }, null];
		for (let cut = 0; cut <= bytes.length; cut++)
			expect(
				await heard(arriving(bytes.slice(0, cut), bytes.slice(cut))),
				`cut after ${cut} bytes`,
			).toEqual(whole);
	});

	test("tells a heartbeat, and every piece as a sign of life", async () => {
		let signs = 0;
		expect(
			await heard(arriving(":\n", ": beat\n", "\n"), () => signs++),
		).toEqual([null, null]);
		expect(signs).toBe(3);
	});

	test("says nothing of an event that was cut off, and passes over fields of a later hub", async () => {
		expect(
			await heard(
				arriving(
					"later: 1\nid: 7\nretry: x\ndata: 1\n\nevent: head\ndata: 2\n",
				),
			),
		).toEqual([{ event: undefined, data: "1" }]);
	});

	test("does not fill the memory with an event or a line that never ends", async () => {
		const megabyte = "x".repeat(1024 * 1024);
		await expect(heard(arriving("data: ", megabyte))).rejects.toThrow(
			"endless event",
		);
		const line = `data: ${"x".repeat(1000)}\n`;
		await expect(
			heard(arriving(...Array<string>(1100).fill(line))),
		).rejects.toThrow("endless event");
	});
});
