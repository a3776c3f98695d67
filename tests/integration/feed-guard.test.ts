import { readFileSync } from "node:fs";
import { createServer, request as plainRequest } from "node:http";
import {
	createServer as createSecureServer,
	request as secureRequest,
} from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { serveFeed } from "../../hub/publish/serve.ts";
import { PUBLISHED } from "../../hub/store/publication.ts";
import { createHubClient } from "../../main/backend/sync/hub-client.ts";
import { type FeedHub, openFeedHub } from "./feed-fixture.ts";

const file = (name: string): string =>
	readFileSync(
		new URL(`../fixtures/tls/${name}`, import.meta.url).pathname,
		"utf8",
	);
const credential = "a credential of more than 32 characters";
const cert = file("hub.crt");

let hub: FeedHub;
beforeAll(async () => {
	hub = await openFeedHub();
});
afterAll(() => hub?.remove());

const store = () => ({ pool: hub.db.pool, dataFolder: hub.dataFolder });

/** Status of the answer to a request for the head. */
function status(
	url: string,
	headers: Record<string, string>,
): Promise<number | undefined> {
	const ask = url.startsWith("https") ? secureRequest : plainRequest;
	return new Promise((resolve, reject) => {
		ask(`${url}/v1/head`, { headers, ca: cert }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		})
			.on("error", reject)
			.end();
	});
}

it("answers no page that reached it under another name", async () => {
	const server = await serveFeed(store(), { port: 0 });
	try {
		expect(await status(server.url, {})).toBe(200);
		expect(await status(server.url, { host: "attacker.example:8417" })).toBe(
			403,
		);
	} finally {
		await server.close();
	}
});

it("does not leave this machine without TLS and a credential", async () => {
	await expect(
		serveFeed(store(), { port: 0, host: "0.0.0.0" }),
	).rejects.toThrow(/certificate.*credential/);
});

it("speaks TLS and answers only who has the credential when others can reach it", async () => {
	const server = await serveFeed(store(), {
		port: 0,
		host: "0.0.0.0",
		guarded: { cert, key: file("hub.key"), credential },
	});
	try {
		const url = server.url.replace("0.0.0.0", "127.0.0.1");
		expect(url).toMatch(/^https:/);
		expect(await status(url, {})).toBe(401);
		expect(await status(url, { authorization: `Bearer ${credential}` })).toBe(
			200,
		);
		expect(await status(url.replace("https", "http"), {})).toBe(421);
	} finally {
		await server.close();
	}
});

it("is told the credential by its workstations, on the live connection too", async () => {
	const heard: (string | undefined)[] = [];
	const server = createServer((request, answer) => {
		heard.push(request.headers.authorization);
		answer.writeHead(503).end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const client = createHubClient({
		hubUrl: `http://127.0.0.1:${port}`,
		credential,
		requestTimeout: 10_000,
		stallTimeout: 10_000,
		signal: new AbortController().signal,
	});
	await expect(client.head()).rejects.toThrow();
	await expect(
		client.live(0, new AbortController().signal).next(),
	).rejects.toThrow();
	server.close();
	expect(heard).toEqual([`Bearer ${credential}`, `Bearer ${credential}`]);
});

it.each([
	[
		"an authority nobody here knows",
		"hub.crt",
		[],
		/does not know the authority/,
	],
	[
		"a certificate that has expired",
		"expired.crt",
		["expired.crt"],
		/has expired/,
	],
	[
		"a certificate of another name",
		"other-name.crt",
		["other-name.crt"],
		/another name/,
	],
] as const)(
	"is not spoken to over a line on which somebody could listen: %s",
	async (_, certificate, known, words) => {
		const before = getCACertificates("default");
		setDefaultCACertificates([...before, ...known.map(file)]);
		const server = createSecureServer(
			{ cert: file(certificate), key: file("hub.key") },
			(_, answer) => answer.end("{}"),
		);
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		try {
			const { port } = server.address() as AddressInfo;
			await expect(headAt(`https://127.0.0.1:${port}`)).rejects.toMatchObject({
				code: "secure-line",
				message: expect.stringMatching(words),
			});
		} finally {
			server.close();
			setDefaultCACertificates(before);
		}
	},
);

it("says so when one side speaks in the clear and the other does not", async () => {
	const secure = await serveFeed(store(), {
		port: 0,
		host: "0.0.0.0",
		guarded: { cert, key: file("hub.key"), credential },
	});
	const clear = await serveFeed(store(), { port: 0 });
	try {
		await expect(
			headAt(secure.url.replace("https://0.0.0.0", "http://127.0.0.1")),
		).rejects.toMatchObject({
			code: "secure-line",
			message: expect.stringContaining("https alone"),
		});
		await expect(
			headAt(clear.url.replace("http:", "https:")),
		).rejects.toMatchObject({
			code: "secure-line",
			message: expect.stringContaining("does not speak https"),
		});
	} finally {
		await secure.close();
		await clear.close();
	}
});

it.each([["53100"], ["ENOSPC"]])(
	"says that its disk is full, and when to ask again: %s",
	async (code) => {
		const writing = new Hono().post("/v1/something", () => {
			throw new Error("not stored", {
				cause: Object.assign(new Error("no space left"), { code }),
			});
		});
		const server = await serveFeed(store(), { port: 0, routes: [writing] });
		try {
			const answer = await fetch(`${server.url}/v1/something`, {
				method: "POST",
			});
			expect(answer.status).toBe(503);
			expect(answer.headers.get("retry-after")).toBe("30");
			expect(await answer.json()).toEqual({ error: "the hub's disk is full" });
		} finally {
			await server.close();
		}
	},
);

it("says once that it cannot publish, again when the reason changes, and when it can again", async () => {
	const lines: string[] = [];
	const { pool } = hub.db;
	const server = await serveFeed(
		{ ...store(), log: (line) => lines.push(line) },
		{ port: 0 },
	);
	const said = () => lines.filter((line) => line.startsWith("sequencing"));
	const rename = (from: string, to: string) =>
		pool.query(`ALTER TABLE ${from} RENAME TO ${to}`);
	const announce = async (times: number) => {
		for (let time = 0; time < times; time++) {
			await pool.query(`NOTIFY ${PUBLISHED}`);
			await sleep(50);
		}
	};
	try {
		await rename("publication", "publication_away");
		await announce(5);
		await vi.waitFor(() => expect(said()).toHaveLength(1), 10_000);
		await rename("snapshot", "snapshot_away");
		await rename("publication_away", "publication");
		await announce(5);
		await vi.waitFor(() => expect(said()).toHaveLength(2), 10_000);
		await rename("snapshot_away", "snapshot");
		await announce(5);
		await vi.waitFor(() => expect(said()).toHaveLength(3), 10_000);
		expect(said()).toEqual([
			expect.stringMatching(/^sequencing failed: .*"publication"/),
			expect.stringMatching(/^sequencing failed: .*"snapshot"/),
			"sequencing works again",
		]);
	} finally {
		await server.close();
	}
});

const headAt = (hubUrl: string) =>
	createHubClient({
		hubUrl,
		requestTimeout: 10_000,
		stallTimeout: 10_000,
		signal: new AbortController().signal,
	}).head();
