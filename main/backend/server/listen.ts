import type { Server } from "node:http";
import { createServer, type Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";

export interface Listening {
	port: number;
	/** Ends within the time given, open streams included. */
	close(within: number): Promise<void>;
}

/** So long a window of this machine keeps a line on which nothing is asked (ms). */
const KEPT_OPEN = 65_000;

export type Fetch = (
	request: Request,
	env: HttpBindings,
) => Response | Promise<Response>;

export const LOOPBACK = "127.0.0.1";

/**
 * Listens on this machine only.
 * @param port 0 for any free one
 * @throws when the port is taken
 */
export function listen(fetch: Fetch, port: number): Promise<Listening> {
	const server = createAdaptorServer({
		fetch: fetch as never,
		overrideGlobalObjects: false,
	}) as Server;
	// After Node's 5 s a line ends just when a screen that asks now and then asks again: on a busy machine the question met the end of it.
	server.keepAliveTimeout = KEPT_OPEN;
	return listening(server, LOOPBACK, port);
}

/**
 * Listens on this machine only, on any free port where the one that is meant is not to be had: in use, or one that Windows keeps for its
 * virtual machines, other ones after each restart (`netsh int ipv4 show excludedportrange tcp`), which it says by EACCES.
 */
export async function listenNear(
	fetch: Fetch,
	port: number,
): Promise<Listening> {
	try {
		return await listen(fetch, port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (port === 0 || (code !== "EADDRINUSE" && code !== "EACCES")) throw error;
		return listen(fetch, 0);
	}
}

/** What makes a line secret: both as PEM. */
export interface KeyAndCertificate {
	readonly key: string;
	readonly certificate: string;
}

export interface SecureListening extends Listening {
	/** Uses another certificate for whoever comes from now on. */
	certify(by: KeyAndCertificate): void;
}

/** A wall of sixteen displays opens some six lines each; more than this is no wall. */
const MOST_LINES = 500;

/**
 * Listens on an address of this machine for the network, over TLS.
 * @throws when the port is taken, or the address is none of this machine's
 */
export async function listenSecurely(
	fetch: Fetch,
	address: string,
	port: number,
	{ key, certificate }: KeyAndCertificate,
): Promise<SecureListening> {
	const server = createAdaptorServer({
		fetch: fetch as never,
		overrideGlobalObjects: false,
		createServer,
		serverOptions: { key, cert: certificate, minVersion: "TLSv1.2" },
	}) as unknown as SecureServer;
	server.maxConnections = MOST_LINES;
	return {
		...(await listening(server, address, port)),
		certify: (by) =>
			server.setSecureContext({ key: by.key, cert: by.certificate }),
	};
}

async function listening(
	server: Server | SecureServer,
	address: string,
	port: number,
): Promise<Listening> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, address, () => {
			server.off("error", reject);
			resolve();
		});
	});
	// A line that fails (a device that does not trust the certificate) ends by itself.
	server.on("error", () => {});
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
