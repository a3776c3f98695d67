import {
	BackendMessage,
	type BackendOptions,
	type HostMessage,
} from "./options.ts";

/**
 * How long to wait before a backend that has ended is started again, in ms.
 * @param shortLives how many times in a row it ended soon after its start
 */
export function restartDelay(shortLives: number): number {
	return shortLives <= 1 ? 0 : Math.min(30_000, 250 * 2 ** (shortLives - 1));
}

/** A backend that ran longer than this (ms) was well: the next end counts as the first. */
export const LONG_LIFE = 60_000;

/** A backend that never became ready, or ended soon after, so many times in a row needs a person: what is wrong is said, and it is tried again all the same. */
export const HOPELESS = 3;

/** A process that a host has started; Node's fork and Electron's utilityProcess both fit behind it. */
export interface BackendProcess {
	send(message: HostMessage): void;
	kill(): void;
	onMessage(listener: (message: unknown) => void): void;
	onExit(listener: (code: number | null) => void): void;
}

export interface SuperviseOptions {
	options: BackendOptions;
	fork: (options: BackendOptions) => BackendProcess;
	/** It listens. After a restart the origin is the same if its port was still free, and windows are still signed in. */
	onReady: (entry: { origin: string; token: string }) => void;
	/** It ended by itself and is being started again: what windows show is stale. */
	onDown: (code: number | null) => void;
	/**
	 * It does not start; in its own words why, when it said so. It is tried again, ever more slowly, until it is told to end: what is in
	 * its way may go (a folder that another has, a disk that is not there yet).
	 */
	onHopeless: (reason: string | null) => void;
	/** It becomes ready and ends soon after, again and again: windows may show nothing of it. It is tried again as ever. */
	onUnsteady: () => void;
}

export interface Supervised {
	/** The address for one more entry. */
	newEntry(): Promise<string>;
	/** Ends the backend; resolves when its process is gone. */
	end(): Promise<void>;
}

/** An ending backend has this long (ms) before it is killed. */
const END_WITHIN = 3000;

/** Keeps one backend running until told to end. */
export function supervise(supervision: SuperviseOptions): Supervised {
	let options = supervision.options;
	let current: BackendProcess | null = null;
	let origin: string | null = null;
	let shortLives = 0;
	let neverReady = 0;
	let ended = false;
	let gone: () => void = () => {};
	let restart: ReturnType<typeof setTimeout> | undefined;
	const waiting: ((token: string) => void)[] = [];

	function start(): void {
		const startedAt = Date.now();
		const process = supervision.fork(options);
		let ready = false;
		let refused: string | null = null;
		current = process;
		process.onMessage((message) => {
			const told = BackendMessage.safeParse(message);
			if (!told.success) return;
			if ("refused" in told.data) {
				refused = told.data.refused;
				return;
			}
			if (!("ready" in told.data)) {
				waiting.shift()?.(told.data.token);
				return;
			}
			ready = true;
			neverReady = 0;
			origin = told.data.origin;
			// From now on windows know this port.
			options = {
				...options,
				port: Number(new URL(origin).port),
				otherPortIfTaken: true,
			};
			supervision.onReady({ origin, token: told.data.token });
			for (const _ of waiting) process.send("token");
		});
		process.onExit((code) => {
			current = null;
			if (ended) {
				gone();
				return;
			}
			shortLives = Date.now() - startedAt > LONG_LIFE ? 1 : shortLives + 1;
			restart = setTimeout(start, restartDelay(shortLives));
			if (!ready && (refused !== null || ++neverReady >= HOPELESS))
				supervision.onHopeless(refused);
			else {
				supervision.onDown(code);
				if (shortLives >= HOPELESS) supervision.onUnsteady();
			}
		});
	}

	start();
	return {
		newEntry() {
			return new Promise((resolve) => {
				waiting.push((token) => resolve(entryAddress(origin ?? "", token)));
				if (origin !== null) current?.send("token");
			});
		},
		end() {
			ended = true;
			clearTimeout(restart);
			return new Promise((resolve) => {
				if (!current) {
					resolve();
					return;
				}
				const process = current;
				const kill = setTimeout(() => process.kill(), END_WITHIN);
				gone = () => {
					clearTimeout(kill);
					resolve();
				};
				process.send("end");
			});
		},
	};
}

/** The address that signs a browser in, once. */
export function entryAddress(origin: string, token: string): string {
	return `${origin}/enter?token=${token}`;
}
