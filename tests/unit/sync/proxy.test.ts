import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import {
	createHubClient,
	Unreachable,
} from "../../../main/backend/sync/hub-client.ts";

/** What a test opened. */
const servers: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

async function listening(server: ReturnType<typeof createServer>) {
	servers.push(server);
	await once(server.listen(0, "127.0.0.1"), "listening");
	return (server.address() as AddressInfo).port;
}

/** A proxy that lets through only who says this, as those of offices do. */
async function proxyOf(user: string, password: string): Promise<number> {
	const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
	const proxy = createServer();
	proxy.on("connect", (request, socket) => {
		if (request.headers["proxy-authorization"] !== wanted) {
			socket.end(
				'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="kantor"\r\nContent-Length: 0\r\n\r\n',
			);
			return;
		}
		const [host, port] = String(request.url).split(":");
		const onwards = connect(Number(port), host, () => {
			socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
			onwards.pipe(socket).pipe(onwards);
		});
		onwards.on("error", () => socket.destroy());
		socket.on("error", () => onwards.destroy());
	});
	return listening(proxy);
}

/** Asks a hub for its head in a process of its own, since Node reads its proxies once. */
async function asked(hubUrl: string, environment: NodeJS.ProcessEnv) {
	const child = spawn(
		process.execPath,
		[
			"--input-type=module",
			"-e",
			`import { createHubClient } from "./main/backend/sync/hub-client.ts";
			const hub = createHubClient({ hubUrl: ${JSON.stringify(hubUrl)}, requestTimeout: 5000, stallTimeout: 5000, signal: new AbortController().signal });
			console.log(await hub.head().then((head) => head.payload, (error) => String(error)));`,
		],
		{
			env: { ...process.env, ...environment },
			stdio: ["ignore", "pipe", "inherit"],
		},
	);
	let said = "";
	child.stdout.on("data", (text) => {
		said += text;
	});
	await once(child, "close");
	return said.trim();
}

test("a browser's host goes through a proxy that asks for a password where its address says it (docs/desktop.md)", async () => {
	const port = await listening(
		createServer((_, answer) =>
			answer.end(JSON.stringify({ payload: "by the hub", signature: "aaaa" })),
		),
	);
	const proxy = await proxyOf("rina", "kata sandi");
	const through = (login: string) => ({
		NODE_USE_ENV_PROXY: "1",
		HTTP_PROXY: `http://${login}@127.0.0.1:${proxy}`,
		NO_PROXY: "",
	});
	const hub = `http://127.0.0.1:${port}`;
	expect(await asked(hub, through("rina:kata%20sandi"))).toBe("by the hub");
	// Away for now, and no hub that refuses.
	expect(await asked(hub, through("rina:salah"))).toMatch(/^Unreachable: /);
});

test("what answers 407 is a proxy on the way, and not the hub, where it is told as an answer (Electron)", async () => {
	vi.stubGlobal("fetch", async () => new Response(null, { status: 407 }));
	const hub = createHubClient({
		hubUrl: "http://127.0.0.1:1",
		requestTimeout: 5000,
		stallTimeout: 5000,
		signal: new AbortController().signal,
	});
	await expect(hub.head()).rejects.toThrow(
		new Unreachable(
			"/v1/head: a proxy on the way asks for a name and a password",
		),
	);
	vi.unstubAllGlobals();
});
