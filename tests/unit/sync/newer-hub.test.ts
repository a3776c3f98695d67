import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createHubClient } from "../../../main/backend/sync/hub-client.ts";

test("a hub that wants a newer program is understood as that, and not as one that is away", async () => {
	const hub = createServer((_, answer) => answer.writeHead(426).end());
	await new Promise<void>((ready) => hub.listen(0, "127.0.0.1", ready));
	const { port } = hub.address() as AddressInfo;
	const client = createHubClient({
		hubUrl: `http://127.0.0.1:${port}`,
		requestTimeout: 5000,
		stallTimeout: 5000,
		signal: new AbortController().signal,
	});
	await expect(client.head()).rejects.toMatchObject({
		code: "update",
		message: "the hub asks for a newer version of this program",
	});
	hub.close();
});
