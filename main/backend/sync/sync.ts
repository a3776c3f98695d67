import type { SyncState } from "../../../core/api/state.ts";
import type { Writer } from "../replica/writer.ts";
import { createFollower, type Follower } from "./follow.ts";
import { createPatience } from "./patience.ts";
import { createStanding } from "./standing.ts";
import { type SyncTiming, TIMING } from "./timing.ts";

export interface SyncOptions {
	/** Null: no hub is configured; an existing replica is shown as it is. */
	readonly hubUrl: string | null;
	/** What that hub wants to hear, when it is on another machine. */
	readonly credential?: string;
	/** The hub's public key: 32 bytes in base64. */
	readonly publicKey: string;
	/** A folder in which somebody brought a snapshot of that hub. */
	readonly snapshotFolder?: string;
	readonly writer: Writer;
	/** Where fetched content and the newest head seen are kept. */
	readonly folder: string;
	readonly onState?: (state: SyncState) => void;
	/** The epoch of the log of which a signed head was accepted; another one: the hub was restored. */
	readonly onEpoch?: (epoch: string) => void;
	readonly timing?: Partial<SyncTiming>;
	readonly log?: (message: string) => void;
}

export interface Sync {
	readonly state: SyncState;
	/** Id of the hub's key that is believed now; null: no hub is followed. */
	readonly keyId: string | null;
	/** Looks at the replica and asks the hub again now. */
	retry(): void;
	/** The replica looked damaged to a reader: it is compared with the hub's digest as soon as the hub is there. */
	suspect(): void;
	close(): Promise<void>;
}

/**
 * Keeps the replica at what the hub publishes: opens what is there, follows the signed head by snapshot and segments, then stays
 * connected for the next head. Nothing unverified reaches the replica; whatever fails is tried again after a pause.
 */
export function createSync(options: SyncOptions): Sync {
	const { writer, hubUrl, log = () => {} } = options;
	const timing = { ...TIMING, ...options.timing };
	const closing = new AbortController();
	const { retryLeast, retryMost } = timing;
	const patience = createPatience(retryLeast, retryMost, closing.signal);
	const now = Date.now();
	const standing = createStanding(
		hubUrl ? { kind: "offline", since: now, nextTryAt: now } : { kind: "none" },
		options.onState ?? (() => {}),
	);
	let follower: Follower | null = null;
	const running = hubUrl ? follow(hubUrl) : openAlone();
	running.catch((error) => {
		if (closing.signal.aborted) return;
		log(`sync ended: ${error}`);
		// Nothing will try again: the screens must not say that something does.
		standing.failed(error);
	});

	return {
		get state() {
			return standing.state;
		},
		get keyId() {
			return follower?.keyId ?? null;
		},
		retry() {
			follower?.lookAnew();
			patience.hurry();
		},
		suspect: () => follower?.suspect(),
		async close() {
			closing.abort();
			patience.wake();
			await running.catch(() => {});
			await follower?.close();
		},
	};

	async function follow(url: string): Promise<void> {
		follower = createFollower({
			hubUrl: url,
			credential: options.credential,
			publicKey: options.publicKey,
			snapshotFolder: options.snapshotFolder,
			writer,
			folder: options.folder,
			timing,
			patience,
			standing,
			closing: closing.signal,
			onEpoch: options.onEpoch ?? (() => {}),
			log,
		});
		await follower.run();
	}

	/** Opens the replica that is here, for as long as it takes: a folder may become writable again. */
	async function openAlone(): Promise<void> {
		while (!closing.signal.aborted) {
			patience.tries();
			try {
				await writer.open();
				standing.alone();
				return;
			} catch (error) {
				if (closing.signal.aborted) return;
				log(`replica: ${error}`);
				standing.failed(error);
			}
			patience.failed();
			await patience.pause(patience.delay(patience.failures));
		}
	}
}
