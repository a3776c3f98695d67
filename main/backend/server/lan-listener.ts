import { hostname, networkInterfaces } from "node:os";
import {
	type Devices,
	EVERY_ADDRESS,
	type LanSetting,
	type LanState,
} from "../../../core/api/devices.ts";
import { type Certificate, certificateFor } from "../lan/certificate.ts";
import type { KeptDevices } from "../lan/kept-devices.ts";
import type { OwnNames } from "./guard.ts";
import { type Fetch, listenSecurely, type SecureListening } from "./listen.ts";

/** An address may come with the network, a minute after this program; a certificate ends. Looked at each so often (ms). */
const LOOK_EVERY = 5_000;
const CLOSES_WITHIN = 300;

/** The line to devices of the network: off until somebody who arranges walls switches it on. */
export interface LanListener {
	readonly state: LanState;
	readonly addresses: Devices["addresses"];
	names(): OwnNames & { port: number };
	/** Listens as the setting says, which is kept. @throws Error when it cannot be kept */
	listenOn(setting: LanSetting): Promise<LanState>;
	/** Listens as was last chosen. */
	start(): Promise<void>;
	close(within: number): Promise<void>;
}

export function createLanListener({
	folder,
	devices,
	fetch,
	changed,
	report,
}: {
	/** Where key and certificate lie. */
	folder: string;
	devices: KeptDevices;
	fetch: Fetch;
	/** The state is another one. */
	changed: () => void;
	report: (message: string) => void;
}): LanListener {
	let state: LanState = { kind: "off" };
	let listening: SecureListening | null = null;
	let certificate: Certificate | null = null;
	let reachedBy: string[] = [];
	let names: OwnNames & { port: number } = nameless();
	// One change after the other.
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const turn = last.then(work, work);
		last = turn.catch(() => {});
		return turn;
	};

	async function end(within: number): Promise<void> {
		const before = listening;
		listening = null;
		names = nameless();
		await before?.close(within);
	}

	async function begin(): Promise<void> {
		const setting = devices.lan;
		if (!setting.on) {
			become({ kind: "off" });
			return;
		}
		try {
			reachedBy = namesAt(setting.address);
			certificate = await certificateFor(folder, reachedBy, report);
			listening = await listenSecurely(
				fetch,
				setting.address,
				setting.port,
				certificate,
			);
			const { port } = listening;
			if (setting.port === 0) devices.listenOn({ ...setting, port });
			tell(certificate, port);
		} catch (error) {
			await end(0);
			become({
				...{ kind: "fault", why: whyOf(error) },
				message: (error as Error).message,
			});
		}
	}

	function tell({ fingerprint, from, until }: Certificate, port: number): void {
		names = { ...namesOf(reachedBy, port), port };
		become({
			kind: "on",
			origins: reachedBy.map((name) => `https://${name}:${port}`),
			...{ fingerprint, certifiedSince: from, certifiedUntil: until },
		});
	}

	function become(next: LanState): void {
		if (JSON.stringify(next) === JSON.stringify(state)) return;
		state = next;
		report(
			next.kind === "on"
				? `devices of the network: ${next.origins.join(", ")}`
				: `devices of the network: ${next.kind}${next.kind === "fault" ? ` (${next.message})` : ""}`,
		);
		changed();
	}

	/** What came meanwhile: the network, another address, the end of a certificate. */
	async function look(): Promise<void> {
		const { on, address } = devices.lan;
		if (!on) return;
		if (!listening) return begin();
		reachedBy = namesAt(address);
		const next = await certificateFor(folder, reachedBy, report);
		if (next.fingerprint !== certificate?.fingerprint) listening.certify(next);
		certificate = next;
		tell(next, listening.port);
	}
	const looking = setInterval(
		() =>
			void inTurn(look).catch((error: unknown) =>
				report(`devices of the network: ${String(error)}`),
			),
		LOOK_EVERY,
	);
	looking.unref();

	return {
		get state() {
			return state;
		},
		get addresses() {
			return addresses();
		},
		names: () => names,
		listenOn: (setting) =>
			inTurn(async () => {
				devices.listenOn(setting);
				await end(CLOSES_WITHIN);
				await begin();
				return state;
			}),
		start: () => inTurn(begin),
		async close(within) {
			clearInterval(looking);
			await inTurn(() => end(within));
			devices.close();
		},
	};
}

function nameless(): OwnNames & { port: number } {
	return { scheme: "https", hosts: [], port: 0 };
}

/** The values of `Host` that count: a browser leaves out the port that belongs to the scheme. */
function namesOf(names: readonly string[], port: number): OwnNames {
	return {
		scheme: "https",
		hosts: names.flatMap((name) => {
			const host = name.toLowerCase();
			return port === 443 ? [host, `${host}:443`] : [`${host}:${port}`];
		}),
	};
}

/** The addresses of this machine, those of the network first. */
function addresses(): Devices["addresses"] {
	const found = Object.entries(networkInterfaces()).flatMap(
		([connection, all]) =>
			(all ?? []).flatMap(({ family, internal, address }) =>
				family === "IPv4" ? [{ address, connection, internal }] : [],
			),
	);
	return found
		.sort((one, other) => Number(one.internal) - Number(other.internal))
		.map(({ address, connection }) => ({ address, connection }));
}

/** By what devices reach an address: by itself (by each, where it stands for all), and by the name of this machine. */
function namesAt(address: string): string[] {
	const own = hostname().toLowerCase();
	const named = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(own)
		? [`${own}.local`, own]
		: [];
	return [
		...(address === EVERY_ADDRESS
			? addresses().map((one) => one.address)
			: [address]),
		...named,
	];
}

function whyOf(
	error: unknown,
): "taken" | "no-address" | "not-allowed" | "other" {
	switch ((error as NodeJS.ErrnoException).code) {
		case "EADDRINUSE":
			return "taken";
		case "EADDRNOTAVAIL":
			return "no-address";
		case "EACCES":
			return "not-allowed";
		default:
			return "other";
	}
}
