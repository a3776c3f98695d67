import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SyncState } from "../../../core/api/state.ts";
import { Preparing } from "../../../core/feed/preparing.ts";
import {
	type SegmentEntry,
	type SignedHead,
	SnapshotManifest,
} from "../../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../../core/feed/table.ts";
import { auditInThread } from "../replica/audit-thread.ts";
import { failureFrom, SyncFailure } from "../replica/failure.ts";
import type { ReplicaState, Writer } from "../replica/writer.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import { type Comparison, createComparison } from "./comparison.ts";
import { createContentCache } from "./content-cache.ts";
import { type CheckedHead, checkHead, pinKey } from "./head.ts";
import { createHubClient, HubMovedOn, Unreachable } from "./hub-client.ts";
import { createCirclingDetector, retryDelay } from "./retry.ts";
import { afterFollowing, readSeen, type Seen, writeSeen } from "./seen.ts";
import { nextState, type SyncEvent } from "./state.ts";

/** All in ms. Tests shorten them. */
export interface SyncTiming {
	/** Without a byte of an answer. */
	readonly request: number;
	/** Without a sign of life on the live connection. */
	readonly stall: number;
	readonly retryLeast: number;
	readonly retryMost: number;
	/** Between two snapshots of a hub that leads in circles: each costs a whole download. */
	readonly circling: number;
	/** Between two full comparisons with the hub's digest. */
	readonly compare: number;
	/** Before a comparison that could not be finished is tried again. */
	readonly compareAgain: number;
}

const TIMING: SyncTiming = {
	request: 15_000,
	stall: 40_000,
	retryLeast: 500,
	retryMost: 30_000,
	circling: 600_000,
	compare: 86_400_000,
	compareAgain: 60_000,
};

/** Snapshots without arriving before a hub is said to lead in circles. */
const SNAPSHOTS_IN_ORDER = 5;

/** Progress is told at most this often (ms). */
const PROGRESS_EVERY = 100;
/** A hub without a publication is asked how far it is this often (ms). */
const PREPARING_EVERY = 1_000;

export interface SyncOptions {
	/** Null: no hub is configured; an existing replica is shown as it is. */
	readonly hubUrl: string | null;
	/** What that hub wants to hear, when it is on another machine. */
	readonly credential?: string;
	/** The hub's public key: 32 bytes in base64. */
	readonly publicKey: string;
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
	/** Ends the present wait: for the next try, or for news from the hub. */
	let wake = (): void => {};
	/** Somebody asked to try again: the next pause is left out, whatever it would have been for. */
	let hurried = false;
	/** Tries in a row that failed and brought nothing. */
	let failures = 0;
	const circling = createCirclingDetector(SNAPSHOTS_IN_ORDER);
	let state: SyncState = hubUrl
		? { kind: "offline", since: Date.now(), nextTryAt: Date.now() }
		: { kind: "none" };

	/** In what the replica differs from what the hub signed, as long as it does. */
	let damage: string | null = null;
	/** The replica is to be replaced by a snapshot, although the log would lead on. */
	let anew = false;
	let comparison: Comparison | null = null;

	function happened(event: SyncEvent): void {
		// Wrong numbers are on the screens: nothing that is well otherwise may hide it.
		if (
			damage !== null &&
			(event.kind === "checked" || event.kind === "unreachable")
		) {
			const { at } = event;
			state = nextState(state, {
				kind: "failed",
				at,
				code: "corrupt",
				message: damage,
			});
		} else state = nextState(state, event);
		options.onState?.(state);
	}

	const running = hubUrl ? follow(hubUrl) : openAlone();
	running.catch((error) => {
		if (closing.signal.aborted) return;
		log(`sync ended: ${error}`);
		// Nothing will try again: the screens must not say that something does.
		happened(failedFor(error));
	});

	return {
		get state() {
			return state;
		},
		retry() {
			hurried = true;
			failures = 0;
			circling.arrived();
			if (damage !== null) comparison?.suspect();
			wake();
		},
		suspect: () => comparison?.suspect(),
		async close() {
			closing.abort();
			wake();
			await running.catch(() => {});
			await comparison?.close();
		},
	};

	function pause(duration: number): Promise<void> {
		if (closing.signal.aborted || hurried) return Promise.resolve();
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, duration);
			wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	/** Opens the replica that is here, for as long as it takes: a folder may become writable again. */
	async function openAlone(): Promise<void> {
		while (!closing.signal.aborted) {
			hurried = false;
			try {
				await writer.open();
				if (state.kind === "none") return;
				state = { kind: "none" };
				options.onState?.(state);
				return;
			} catch (error) {
				if (closing.signal.aborted) return;
				log(`replica: ${error}`);
				happened(failedFor(error));
			}
			const { retryLeast, retryMost } = timing;
			await pause(retryDelay(++failures, retryLeast, retryMost, random()));
		}
	}

	async function follow(url: string): Promise<void> {
		const pinned = pinKey(options.publicKey);
		const cache = createContentCache(join(options.folder, "cache"));
		const seenPath = join(options.folder, "seen.json");
		const hub = createHubClient({
			hubUrl: url,
			credential: options.credential,
			requestTimeout: timing.request,
			stallTimeout: timing.stall,
			signal: closing.signal,
		});
		comparison = createComparison({
			hub,
			pinned,
			writer,
			audit: auditInThread,
			folder: options.folder,
			every: timing.compare,
			again: timing.compareAgain,
			log,
			onDamage(message) {
				if (damage === message) return;
				damage = message;
				happened({ kind: "checked", at: Date.now() });
			},
			startAnew() {
				anew = true;
				wake();
			},
		});
		let seen: Seen | null = null;
		let remembers = false;
		let replica: ReplicaState | null = null;
		let toldAt = 0;
		/** The hub has said what it does before its first publication. */
		let preparing = false;
		/** Something was fetched since the last failure: the line is bad, and it carries. */
		let gained = false;
		/** The snapshot whose chunks are being collected, so that a newer one does not make them useless before they are all here. */
		let collecting: SnapshotManifest | null = null;

		while (!closing.signal.aborted) {
			let delay: number;
			hurried = false;
			try {
				// Asked each time: a damaged replica is set aside by the writer and then there is none.
				replica = await writer.open();
				if (!remembers) {
					seen = readSeen(seenPath);
					remembers = true;
				}
				await catchUp(await hub.head());
				failures = 0;
				await stayConnected();
				// The hub ended the connection in good order, or it moved on: look again soon.
				delay = retryDelay(1, timing.retryLeast, timing.retryMost, random());
			} catch (error) {
				if (closing.signal.aborted) return;
				// What came and was not what it should be is no gain.
				failures = gained && !(error instanceof SyncFailure) ? 1 : failures + 1;
				gained = false;
				delay =
					error instanceof Circling
						? retryDelay(1, timing.circling, timing.circling, random())
						: retryDelay(
								failures,
								timing.retryLeast,
								timing.retryMost,
								random(),
							);
				log(`sync: ${error}`);
				fail(error, Date.now() + delay);
			}
			await pause(delay);
		}

		function fail(cause: unknown, nextTryAt: number): void {
			if (cause instanceof HubMovedOn && failures < 3) return;
			const error = failureFrom(cause);
			if (
				error instanceof Unreachable ||
				error instanceof HubMovedOn ||
				(error instanceof SyncFailure && error.code === "snapshot-needed")
			)
				happened({ kind: "unreachable", at: Date.now(), nextTryAt });
			else happened(failedFor(error));
		}

		/** Follows the live connection until it ends. */
		async function stayConnected(): Promise<void> {
			const leave = new AbortController();
			wake = () => leave.abort();
			const watching = replica
				? undefined
				: setInterval(() => void tellPreparing(), PREPARING_EVERY);
			try {
				for await (const signed of hub.live(replica?.seq ?? 0, leave.signal)) {
					if (signed) await catchUp(signed);
					// Before the first publication there is nothing that could have been checked.
					else if (replica || !preparing) {
						happened({ kind: "checked", at: Date.now() });
						if (replica) comparison?.atHead(replica);
					}
					if (anew) break;
				}
			} catch (error) {
				// A connection that broke says nothing yet about the hub: the next request for its head does.
				if (!(error instanceof Unreachable)) throw error;
				log(`sync: ${error.message}`);
			} finally {
				clearInterval(watching);
				preparing = false;
			}
		}

		/** Says what a hub is doing that has not published yet. What it cannot say is no failure. */
		async function tellPreparing(): Promise<void> {
			const told = await hub.preparing().catch(() => null);
			const fetching =
				state.kind === "receiving" &&
				!Preparing.shape.what.safeParse(state.what).success;
			if (!told || replica || fetching || closing.signal.aborted) return;
			preparing = true;
			happened({ kind: "progress", ...told });
		}

		/** Brings the replica to the publication that a signed head names. */
		async function catchUp(signed: SignedHead): Promise<void> {
			const checked = checkHead(signed, pinned, seen, Date.now());
			const { head, log: published } = checked;
			options.onEpoch?.(head.epoch);
			for (;;) {
				const sameEpoch = replica?.epoch === head.epoch;
				// A new hub that has not published yet: the old replica is shown until it does.
				if (published.last_seq === 0 && !sameEpoch) break;
				if (anew) {
					replica = await takeSnapshot(checked);
					anew = false;
					damage = null;
					continue;
				}
				if (replica && sameEpoch && replica.seq === published.last_seq) {
					if (replica.chain !== published.chain)
						throw new SyncFailure(
							"chain",
							`publication ${replica.seq} here is not the one the hub signed`,
						);
					break;
				}
				if (replica && sameEpoch && replica.seq > published.last_seq) {
					throw new SyncFailure(
						"rollback",
						`the hub is at publication ${published.last_seq}, this replica at ${replica.seq}`,
					);
				}
				if (replica && sameEpoch && replica.seq + 1 >= published.min_seq) {
					if (await takeSegments(replica, checked)) continue;
				}
				if (circling.isCircling()) throw new Circling();
				replica = await takeSnapshot(checked);
			}
			circling.arrived();
			const following = afterFollowing(seen, head);
			if (following !== seen) {
				seen = following;
				writeSeen(seenPath, seen);
			}
			happened({ kind: "checked", at: Date.now() });
			if (replica?.epoch === head.epoch) comparison?.atHead(replica);
		}

		/** @returns false when the log cannot take this replica to the head and a snapshot must */
		async function takeSegments(
			from: ReplicaState,
			{ head, log: published }: CheckedHead,
		): Promise<boolean> {
			const total = published.last_seq - from.seq;
			const entries: SegmentEntry[] = [];
			try {
				while (entries.length < total) {
					const page = await hub.segments(
						head.epoch,
						from.seq + entries.length,
					);
					if (page.length === 0)
						throw new HubMovedOn("the hub's log ends before its head");
					for (const entry of page) {
						const expected = from.seq + entries.length + 1;
						if (entry.seq !== expected)
							throw new SyncFailure(
								"chain",
								`segment ${expected} is missing from the hub's log`,
							);
						if (entries.length < total) entries.push(entry);
					}
				}
				let done = 0;
				const paths = await aFewAtOnce(entries, async (entry) => {
					const path = await cache.get(entry.sha256, entry.bytes, () =>
						gaining(hub.segment(head.epoch, entry)),
					);
					progress("segments", ++done, total);
					return path;
				});
				progress("installing", 0, total, true);
				replica = await writer.apply(
					{
						target: {
							epoch: head.epoch,
							seq: published.last_seq,
							chain: published.chain,
						},
						segments: entries.map(({ seq, sha256 }, i) => ({
							seq,
							sha256,
							path: paths[i],
						})),
					},
					(applied) => progress("installing", applied, total),
				);
			} catch (error) {
				if (error instanceof SyncFailure) {
					if (error.code === "snapshot-needed") return false;
					// The segments were the ones announced, and are not the ones signed.
					if (error.code === "chain") cache.clear();
				}
				throw error;
			}
			cache.clear();
			return true;
		}

		async function takeSnapshot({
			head,
			log: published,
		}: CheckedHead): Promise<ReplicaState> {
			const manifest = await manifestFor(head, published);
			const total = manifest.chunks.reduce((sum, { bytes }) => sum + bytes, 0);
			let done = 0;
			progress("snapshot", 0, total, true);
			const chunks = await aFewAtOnce(manifest.chunks, async (chunk) => {
				const path = await cache.get(chunk.sha256, chunk.bytes, () =>
					gaining(hub.chunk(chunk.sha256, chunk.bytes)),
				);
				done += chunk.bytes;
				progress("snapshot", done, total);
				return path;
			}).catch((error) => {
				// The hub has dropped this snapshot: its next manifest names another.
				if (error instanceof HubMovedOn) collecting = null;
				throw error;
			});
			collecting = null;
			progress("installing", 0, manifest.file.bytes, true);
			try {
				const installed = await writer.install(
					{ manifest, chunks },
					(written) => progress("installing", written, manifest.file.bytes),
				);
				cache.clear();
				circling.snapshotTaken();
				comparison?.suspect();
				return installed;
			} catch (error) {
				// Damaged on this disk. On a full disk fetching again would not help: the chunks stay for when there is room.
				if (!(error instanceof SyncFailure && error.code === "disk")) {
					cache.clear();
					circling.snapshotTaken();
				}
				throw error;
			}
		}

		/** The manifest of the snapshot to fetch: the one under way as long as the log goes on from it, else the one the head names. */
		async function manifestFor(
			head: CheckedHead["head"],
			published: CheckedHead["log"],
		): Promise<SnapshotManifest> {
			if (
				collecting?.epoch === head.epoch &&
				collecting.seq + 1 >= published.min_seq &&
				collecting.seq <= published.last_seq
			)
				return collecting;
			const { snapshot } = head;
			if (!snapshot || snapshot.seq + 1 < published.min_seq)
				throw new Unreachable("the hub has no snapshot yet");
			const text = Buffer.from(await hub.manifest(head.epoch, snapshot.id));
			if (sha256(text) !== snapshot.manifest_sha256) {
				// JSON that does not end is a line that was cut, not a signature that is wrong.
				if (text.at(-1) !== "}".charCodeAt(0))
					throw new Unreachable(`manifest of ${snapshot.id}: cut off`);
				throw new SyncFailure(
					"signature",
					`the manifest of snapshot ${snapshot.id} is not the one signed`,
				);
			}
			const parsed = SnapshotManifest.safeParse(JSON.parse(text.toString()));
			if (!parsed.success)
				throw new SyncFailure(
					"schema",
					`snapshot ${snapshot.id}: ${parsed.error.message}`,
				);
			const manifest = parsed.data;
			if (manifest.schema_ver !== FEED_SCHEMA_VERSION)
				throw new SyncFailure(
					"schema",
					`snapshot ${snapshot.id} is of feed schema ${manifest.schema_ver}`,
				);
			if (
				manifest.epoch !== head.epoch ||
				manifest.seq !== snapshot.seq ||
				(manifest.seq === published.last_seq &&
					manifest.chain !== published.chain)
			)
				throw new SyncFailure(
					"chain",
					`snapshot ${snapshot.id} is not of this log`,
				);
			collecting = manifest;
			return manifest;
		}

		async function gaining(fetched: Promise<Uint8Array>): Promise<Uint8Array> {
			const bytes = await fetched;
			gained = true;
			return bytes;
		}

		function progress(
			what: "snapshot" | "segments" | "installing",
			done: number,
			total: number,
			always = false,
		): void {
			const now = performance.now();
			if (!always && now - toldAt < PROGRESS_EVERY) return;
			toldAt = now;
			happened({ kind: "progress", what, done, total });
		}
	}
}

/** What is neither a failure with a code nor the hub's absence is a fault of this program, and must not be shown as either. */
function failedFor(cause: unknown): SyncEvent {
	const error = failureFrom(cause);
	return {
		kind: "failed",
		at: Date.now(),
		code:
			error instanceof SyncFailure && error.code !== "snapshot-needed"
				? error.code
				: "internal",
		message: error instanceof Error ? error.message : String(error),
	};
}

/** A hub that leads in circles. */
class Circling extends SyncFailure {
	constructor() {
		super(
			"refused",
			"the hub asks for one snapshot after another; the next is taken after a long pause",
		);
	}
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function random(): number {
	return Math.random();
}
