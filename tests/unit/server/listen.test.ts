import { createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { listen, listenNear } from "../../../main/backend/server/listen.ts";

/** The port that Windows keeps for itself. */
let kept = -1;
vi.mock("@hono/node-server", async (original) => {
	const real = await original<typeof import("@hono/node-server")>();
	return {
		...real,
		createAdaptorServer(options: never) {
			const server = real.createAdaptorServer(options) as ReturnType<
				typeof createServer
			>;
			const begin = server.listen.bind(server);
			server.listen = ((port: number, host: string, done: () => void) => {
				if (port !== kept) return begin(port, host, done);
				queueMicrotask(() =>
					server.emit(
						"error",
						Object.assign(new Error("listen EACCES"), { code: "EACCES" }),
					),
				);
				return server;
			}) as never;
			return server;
		},
	};
});

const nothing = () => new Response("here");
const closeOf = async ({ close }: Awaited<ReturnType<typeof listen>>) =>
	close(0);

test("the port of the last start that is in use by now, or that Windows keeps since, is given up for another, and the screens come", async () => {
	const other = createServer();
	await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
	const { port } = other.address() as { port: number };
	try {
		await expect(listen(nothing, port)).rejects.toThrow(/EADDRINUSE/);
		const beside = await listenNear(nothing, port);
		expect(beside.port).not.toBe(port);
		await closeOf(beside);
	} finally {
		await new Promise((done) => other.close(done));
	}
	kept = port;
	await expect(listen(nothing, port)).rejects.toThrow(/EACCES/);
	const elsewhere = await listenNear(nothing, port);
	expect(await (await fetch(`http://127.0.0.1:${elsewhere.port}`)).text()).toBe(
		"here",
	);
	await closeOf(elsewhere);
});
