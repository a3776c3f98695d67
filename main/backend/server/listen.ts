import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

export interface Listening {
	port: number;
	/** Ends within the time given, open streams included. */
	close(within: number): Promise<void>;
}

export const LOOPBACK = "127.0.0.1";

/**
 * Listens on this machine only.
 * @param port 0 for any free one
 * @throws when the port is taken
 */
export async function listen(
	fetch: (request: Request) => Response | Promise<Response>,
	port: number,
): Promise<Listening> {
	const server = createAdaptorServer({
		fetch,
		overrideGlobalObjects: false,
	}) as Server;
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, LOOPBACK, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		async close(within) {
			const closed = new Promise<void>((resolve) => {
				server.close(() => resolve());
			});
			// Connections fall idle as their last answers end.
			const idle = setInterval(() => server.closeIdleConnections(), 20);
			const force = setTimeout(() => server.closeAllConnections(), within);
			await closed;
			clearInterval(idle);
			clearTimeout(force);
		},
	};
}
