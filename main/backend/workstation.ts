import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Reads } from "../../core/api/route.ts";
import { isOfProvince } from "../../core/feed/hub-address.ts";
import { FolderHeld, type HeldFolder, holdFolder } from "./held-folder.ts";
import { confirmSignIns } from "./hub/confirm.ts";
import { createHubAccess } from "./hub/hub-access.ts";
import { createSignIns, type SignIns } from "./hub/sign-in.ts";
import { createInstallation } from "./installation.ts";
import { openKeptDevices } from "./lan/kept-devices.ts";
import type { BackendOptions } from "./options.ts";
import { createOutbox, type Outbox } from "./outbox/outbox.ts";
import {
	type OpenedOutbox,
	openOutbox,
	openOutboxInMemory,
	takeOver,
} from "./outbox/outbox-database.ts";
import { createSender, type Sender } from "./outbox/sender.ts";
import { makePrivate } from "./private-folder.ts";
import { createReaderPool } from "./query/reader-pool.ts";
import { readablePlace } from "./replica/readable-place.ts";
import { createWriter } from "./replica/writer.ts";
import { createApp } from "./server/app.ts";
import { createLanListener } from "./server/lan-listener.ts";
import {
	type Listening,
	LOOPBACK,
	listen,
	listenNear,
} from "./server/listen.ts";
import type { People } from "./server/people.ts";
import { createSessions } from "./server/session.ts";
import { introduction, isPrivateLine } from "./sync/hub-client.ts";
import { createSync } from "./sync/sync.ts";
import { THIS_CLIENT } from "./sync/this-client.ts";
import { watchUpdates } from "./update/watch.ts";
import { openKeptShow } from "./workspace/kept-show.ts";
import { openPreferences } from "./workspace/preferences.ts";

/** The parts of a workstation's backend, put together and running. */
export interface Workstation {
	/** `http://127.0.0.1:PORT` */
	origin: string;
	newToken(): string;
	/** Ends everything, the replica closed and whole. */
	close(): Promise<void>;
}

/** Open streams have this long (ms) to end by themselves. */
const STREAMS_END_WITHIN = 500;
/** A reader may be loading or in the middle of a query. */
const READERS_END_WITHIN = 500;

/**
 * @param restart starts this program again, as it must where another hub is to be followed
 *
 * A folder that cannot be written is no reason to show nothing: the replica in it is shown, and the state says what is wrong.
 * @throws FolderHeld when another workstation has the folder; an Error when the port is taken and no other may be used
 */
export async function startWorkstation(
	options: BackendOptions,
	report: (message: string) => void,
	restart: () => void = () => {},
): Promise<Workstation> {
	const folder = join(options.data, "replica");
	let held: HeldFolder | null = null;
	try {
		makePrivate(options.data);
		held = holdFolder(options.data);
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	} catch (error) {
		if (error instanceof FolderHeld) throw error;
		report(`${options.data} cannot be written: ${String(error)}`);
	}
	const place = readablePlace(folder, report);
	const readers = createReaderPool({
		folder: place.folder,
		report,
		onDamaged() {
			if (checking) return;
			checking = true;
			// The writer sets a damaged replica aside; synchronisation then brings a new one.
			writer
				.check()
				.then((whole) => {
					if (!whole) sync.retry();
					// What the writer still has in memory may be whole on the disk no more.
					else sync.suspect();
				})
				.catch((error: unknown) => report(`check: ${String(error)}`))
				.finally(() => {
					checking = false;
				});
		},
	});
	let checking = false;
	const sessions = createSessions(options.secret);
	let port = options.port;
	const people = openPeople(options, held !== null, report, (reads) =>
		app.hereChanged(reads),
	);
	const updates = watchUpdates(
		options.updates ?? null,
		join(options.data, "updates"),
		{
			version: THIS_CLIENT.version,
			system: process.platform,
			arch: process.arch,
		},
		report,
	);
	const devices = openKeptDevices(
		options.data,
		() => held !== null,
		report,
		() => app.hereChanged(["devices"]),
	);
	const app = createApp({
		devices,
		lan: () => lan,
		people: people.people,
		preferences: openPreferences(
			options.data,
			() => held !== null,
			report,
			(what) =>
				app.hereChanged(
					what === "settings" ? ["settings", "workspace"] : ["workspace"],
				),
		),
		openShow: (changed) =>
			openKeptShow(options.data, () => held !== null, report, changed),
		readers,
		ofProvince: isOfProvince(options.hub?.credential),
		sessions,
		sync: { state: () => sync.state, retry: () => sync.retry() },
		installation: createInstallation(
			options,
			() => sync.keyId,
			updates.now,
			restart,
		),
		port: () => port,
		screens: options.screens,
		geography: options.geography,
		basemap: options.basemap,
		report,
	});
	const lan = createLanListener({
		folder: options.data,
		devices,
		fetch: app.fetchForDevices,
		changed: () => app.hereChanged(["devices"]),
		report,
	});
	const writer = createWriter({
		folder,
		onSwitched: () => {
			app.stateChanged();
			// The old file can go once no reader has it open. The writer has opened the folder, so readers can read there too.
			readers
				.letGo(folder)
				.then(() => {
					place.remove();
					return writer.removeOld();
				})
				.catch((error: unknown) => report(`old replica: ${String(error)}`));
		},
		onChanged: app.replicaChanged,
		log: report,
	});
	const sync = createSync({
		hubUrl: options.hub?.url ?? null,
		credential: options.hub?.credential,
		publicKey: options.hub?.publicKey ?? "",
		snapshotFolder: options.hub?.snapshot,
		writer: {
			...writer,
			open: async () => {
				// Tried again each time: the folder may be writable by now.
				held ??= holdFolder(options.data, 0);
				people.keep();
				return writer.open();
			},
		},
		folder: join(options.data, "sync"),
		onState: app.stateChanged,
		onEpoch: people.atEpoch,
		log: report,
	});
	let closing: Promise<void> | undefined;
	const close = (): Promise<void> => {
		closing ??= (async () => {
			updates.close();
			await Promise.all([
				app.close(),
				listening?.close(STREAMS_END_WITHIN),
				lan.close(STREAMS_END_WITHIN),
				sync.close(),
				people.close(),
			]);
			// The writer closes last, so that it finds nobody else at the file and leaves it without a log.
			await Promise.race([readers.close(), after(READERS_END_WITHIN)]);
			await writer.close();
			place.remove();
			held?.release();
		})();
		return closing;
	};
	let listening: Listening | undefined;
	try {
		listening = await (options.otherPortIfTaken ? listenNear : listen)(
			app.fetch,
			options.port,
		);
	} catch (error) {
		await close();
		throw error;
	}
	port = listening.port;
	void lan
		.start()
		.catch((error: unknown) =>
			report(`devices of the network: ${String(error)}`),
		);
	return {
		origin: `http://${LOOPBACK}:${port}`,
		newToken: sessions.newToken,
		close,
	};
}

/** Who signed in and what was ordered, with what sends it, on one file. */
interface Kept {
	database: OpenedOutbox["database"];
	/** In memory: whether it began as a copy of the file. */
	copied: boolean;
	setAside: string | null;
	signIns: SignIns;
	outbox: Outbox | null;
	sender: Sender | null;
	confirming: { close(): void } | null;
}

/**
 * Sign-ins and commands of this workstation.
 * @param writable whether this process may keep them; else who signs in is known until it may (`keep`), and nothing can be ordered
 */
function openPeople(
	options: BackendOptions,
	writable: boolean,
	report: (message: string) => void,
	changed: (reads: Reads[]) => void,
): {
	people: People;
	/** The folder can be written by now: what could not be kept is kept from here on. */
	keep(): void;
	/** The hub publishes this epoch of its log. */
	atEpoch(epoch: string): void;
	close(): Promise<void>;
} {
	const path = join(options.data, "outbox.db");
	const { hub: at } = options;
	let epoch: string | null = null;
	const hub =
		at === null
			? null
			: createHubAccess((path, init) => {
					// What a person says to the hub is for nobody on the way.
					if (!isPrivateLine(at.url))
						throw new Error(
							`${at.url} is neither https nor on this machine: nobody can sign in there`,
						);
					return fetch(at.url.replace(/\/$/, "") + path, {
						...init,
						headers: {
							...(init.headers as Record<string, string>),
							...introduction(at.url, at.credential),
						},
					});
				});
	function on(
		{ database, setAside }: OpenedOutbox,
		{ kept, copied }: { kept: boolean; copied: boolean },
	): Kept {
		if (setAside !== null)
			report(`outbox: damaged, put aside as ${setAside}; a new one is begun`);
		const signIns = createSignIns(database, hub, () => changed(["session"]));
		const outbox = kept
			? createOutbox(database, () => changed(["outbox"]))
			: null;
		return {
			database,
			copied,
			setAside,
			signIns,
			outbox,
			sender:
				hub &&
				outbox &&
				createSender({ outbox, hub, signIns, report, epoch: () => epoch }),
			confirming: hub && confirmSignIns(hub, signIns),
		};
	}
	function openKept(): OpenedOutbox | null {
		try {
			return openOutbox(path);
		} catch (error) {
			report(`outbox: ${String(error)}`);
			return null;
		}
	}
	const opened = writable ? openKept() : null;
	let now: Kept;
	if (opened) now = on(opened, { kept: true, copied: false });
	else {
		const { database, copied } = openOutboxInMemory(path);
		now = on({ database, setAside: null }, { kept: false, copied });
	}
	return {
		people: {
			get signIns() {
				return now.signIns;
			},
			get outbox() {
				return now.outbox;
			},
			get setAside() {
				return now.setAside;
			},
			hub,
			wake: () => now.sender?.wake(),
		},
		keep() {
			if (now.outbox) return;
			const file = openKept();
			if (!file) return;
			const before = now;
			takeOver(before, file.database);
			now = on(file, { kept: true, copied: false });
			before.confirming?.close();
			report(`outbox: ${path} can be written; commands are kept from now on`);
			changed(["session", "outbox"]);
		},
		atEpoch(found) {
			if (epoch === found) return;
			epoch = found;
			now.sender?.wake();
		},
		async close() {
			now.confirming?.close();
			await now.sender?.close();
			now.database.close();
		},
	};
}

function after(milliseconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds).unref();
	});
}
