import { join } from "node:path";
import { Preparing } from "../../../core/feed/preparing.ts";
import type { SignedHead } from "../../../core/feed/publication.ts";
import type { GivenKey } from "../../../machine/signing/signing-key.ts";
import { auditInThread } from "../replica/audit-thread.ts";
import { failureFrom, SyncFailure } from "../replica/failure.ts";
import { provinceOf } from "../replica/replica-database.ts";
import type { ReplicaState, Writer } from "../replica/writer.ts";
import { createComparison } from "./comparison.ts";
import { createContentCache } from "./content-cache.ts";
import { type CheckedHead, checkHead, pinKey } from "./head.ts";
import { createHubClient, HubMovedOn, Unreachable } from "./hub-client.ts";
import type { Patience } from "./patience.ts";
import { takeProvince } from "./province.ts";
import { createCirclingDetector, retryDelay } from "./retry.ts";
import { afterFollowing, readSeen, type Seen, writeSeen } from "./seen.ts";
import { takeSegments } from "./segments.ts";
import { createSnapshotTaker } from "./snapshot.ts";
import { openSnapshotFolder } from "./snapshot-folder.ts";
import type { Standing } from "./standing.ts";
import type { SyncTiming } from "./timing.ts";
import { openTrust, type Trust } from "./trust.ts";

/** Snapshots without arriving before a hub is said to lead in circles. */
const SNAPSHOTS_IN_ORDER = 5;
/** A hub without a publication is asked how far it is this often (ms). */
const PREPARING_EVERY = 1_000;

export interface FollowOptions {
	readonly hubUrl: string;
	readonly credential: string | undefined;
	readonly publicKey: string;
	/** A folder in which somebody brought a snapshot of this hub, for a workstation that has none. */
	readonly snapshotFolder: string | undefined;
	readonly writer: Writer;
	readonly folder: string;
	readonly timing: SyncTiming;
	readonly patience: Patience;
	readonly standing: Standing;
	readonly closing: AbortSignal;
	readonly onEpoch: (epoch: string) => void;
	readonly log: (message: string) => void;
}

/** A workstation that follows a hub. */
export interface Follower {
	/** Id of the hub's key that is believed now. */
	readonly keyId: string;
	/** Until it is closed. */
	run(): Promise<void>;
	/** A person asked to try again: what was found of the hub and of the replica is looked at anew. */
	lookAnew(): void;
	/** The replica looked damaged to a reader: it is compared with the hub's digest. */
	suspect(): void;
	/** Ends the comparison under way. */
	close(): Promise<void>;
}

export function createFollower(options: FollowOptions): Follower {
	const { writer, folder, timing, patience, standing, closing, log } = options;
	const pinned = pinKey(options.publicKey);
	/** The key that is believed now; read with what was seen. */
	let trust: Trust | null = null;
	const believed = (): GivenKey => trust?.key ?? pinned;
	const seenPath = join(folder, "seen.json");
	const hub = createHubClient({
		hubUrl: options.hubUrl,
		credential: options.credential,
		requestTimeout: timing.request,
		stallTimeout: timing.stall,
		signal: closing,
	});
	const comparison = createComparison({
		hub,
		believed,
		writer,
		audit: auditInThread,
		folder,
		every: timing.compare,
		fetched: timing.compareFetched,
		again: timing.compareAgain,
		log,
		onDamage(message) {
			if (standing.damage === message) return;
			standing.damage = message;
			standing.happened({ kind: "checked", at: Date.now() });
		},
		startAnew() {
			anew = true;
			patience.wake();
		},
	});
	const circling = createCirclingDetector(SNAPSHOTS_IN_ORDER);
	const bringing = {
		hub,
		cache: createContentCache(join(folder, "cache")),
		writer,
		standing,
		async gaining(fetched: Promise<Uint8Array>): Promise<Uint8Array> {
			const bytes = await fetched;
			gained = true;
			return bytes;
		},
	};
	const fetchSnapshot = createSnapshotTaker(bringing, hub, circling);
	const fetchProvince = (
		checked: CheckedHead & { province: string },
		from: ReplicaState | null,
	): Promise<ReplicaState> =>
		takeProvince(bringing, join(folder, "cache"), believed(), checked, from);
	let seen: Seen | null = null;
	let remembers = false;
	let replica: ReplicaState | null = null;
	/** The replica is to be replaced by a snapshot, although the log would lead on. */
	let anew = false;
	/** The hub still makes its dataset: it says how far that is. */
	let preparing = false;
	/** Something was fetched since the last failure. */
	let gained = false;

	return {
		get keyId() {
			return believed().id;
		},
		async run() {
			while (!closing.aborted) {
				let delay: number;
				patience.tries();
				try {
					await arriveAndStay();
					// The hub ended the connection in good order, or it moved on: look again soon.
					delay = patience.delay(1);
				} catch (error) {
					if (closing.aborted) return;
					delay = failed(error);
				}
				await patience.pause(delay);
			}
		},
		lookAnew() {
			circling.arrived();
			if (standing.damage !== null) comparison.suspect();
		},
		suspect: comparison.suspect,
		close: comparison.close,
	};

	async function arriveAndStay(): Promise<void> {
		// Asked each time: a damaged replica is set aside by the writer and then there is none.
		replica = await writer.open();
		if (!remembers) {
			trust = openTrust(join(folder, "trust.json"), pinned, log);
			seen = readSeen(seenPath, pinned.id);
			remembers = true;
		}
		const fault = await takeBrought();
		await catchUp(
			await hub.head().catch((error) => {
				// What is wrong with what somebody brought is more than that there is no line: it was brought for that.
				throw error instanceof Unreachable && fault !== null ? fault : error;
			}),
		);
		patience.succeeded();
		await stayConnected();
	}

	/**
	 * Takes a snapshot that somebody brought, where there is nothing yet: the line then brings only what came after it. Where that fails the
	 * hub is asked as ever.
	 * @returns what is wrong with it, unless it is only not to be read
	 */
	async function takeBrought(): Promise<SyncFailure | null> {
		const { snapshotFolder } = options;
		// Whoever has followed the hub once could be led back by an old one.
		if (replica !== null || seen !== null || snapshotFolder === undefined)
			return null;
		const brought = openSnapshotFolder(snapshotFolder, (heard) => {
			trust?.hear(heard);
			return believed();
		});
		try {
			const checked = await brought.head();
			replica = await createSnapshotTaker(
				bringing,
				brought,
				createCirclingDetector(SNAPSHOTS_IN_ORDER),
			)(checked);
			comparison.fetched();
			log(`sync: publication ${replica.seq} came from ${snapshotFolder}`);
			return null;
		} catch (error) {
			log(`sync: snapshot in ${snapshotFolder}: ${error}`);
			return error instanceof SyncFailure
				? new SyncFailure(error.code, `${snapshotFolder}: ${error.message}`)
				: null;
		}
	}

	/** @returns ms to wait before the next try */
	function failed(cause: unknown): number {
		// What came and was not what it should be is no gain.
		patience.failed(gained && !(cause instanceof SyncFailure));
		gained = false;
		const delay =
			cause instanceof Circling
				? retryDelay(1, timing.circling, timing.circling, Math.random())
				: patience.delay(patience.failures);
		log(`sync: ${cause}`);
		if (cause instanceof HubMovedOn && patience.failures < 3) return delay;
		const error = failureFrom(cause);
		if (
			error instanceof Unreachable ||
			error instanceof HubMovedOn ||
			(error instanceof SyncFailure && error.code === "snapshot-needed")
		) {
			const at = Date.now();
			standing.happened({ kind: "unreachable", at, nextTryAt: at + delay });
		} else standing.failed(error);
		return delay;
	}

	/** Follows the live connection until it ends. */
	async function stayConnected(): Promise<void> {
		const leave = new AbortController();
		patience.waitsFor(() => leave.abort());
		preparing = true; // as far as anybody knows before the first question
		let connected = true;
		let asking = false;
		const watching = setInterval(async () => {
			if (asking || !(preparing || !replica)) return;
			asking = true;
			await tellPreparing(() => connected && !closing.aborted);
			asking = false;
		}, PREPARING_EVERY);
		try {
			for await (const signed of hub.live(replica?.seq ?? 0, leave.signal)) {
				if (signed) await catchUp(signed);
				else {
					// What the hub still makes is said instead.
					if (!preparing)
						standing.happened({ kind: "checked", at: Date.now() });
					if (replica) comparison.atHead(replica);
				}
				if (anew) break;
			}
		} catch (error) {
			// A connection that broke says nothing yet about the hub: the next request for its head does.
			if (!(error instanceof Unreachable)) throw error;
			log(`sync: ${error.message}`);
		} finally {
			clearInterval(watching);
			connected = false;
			preparing = false;
		}
	}

	/** Says what a hub is doing that still makes its dataset. What it cannot say is no failure. */
	async function tellPreparing(mayTell: () => boolean): Promise<void> {
		const told = await hub
			.preparing()
			.catch((error) => (error instanceof Unreachable ? undefined : null));
		// It may be busy with that very thing: asked again.
		if (told === undefined || !mayTell()) return;
		preparing = told !== null;
		const { state, damage } = standing;
		// Nothing hides that wrong numbers are on the screens.
		if (damage !== null) return;
		const isOfMaking =
			state.kind === "receiving" &&
			Preparing.shape.what.safeParse(state.what).success;
		// What is being fetched is said by whoever fetches it.
		if (state.kind === "receiving" && !isOfMaking) return;
		if (told) standing.happened({ kind: "progress", ...told });
		else if (isOfMaking && replica)
			standing.happened({ kind: "checked", at: Date.now() });
	}

	/** Follows a signed head. */
	async function catchUp(signed: SignedHead): Promise<void> {
		trust?.hear(signed);
		const checked = checkHead(signed, believed(), seen, Date.now());
		const isOfAnotherKey = seen !== null && seen.key !== checked.head.key_id;
		// Whoever had the key before may have led astray what is here: it is compared, and given up where this key's log does not go on from it.
		if (isOfAnotherKey) comparison.suspect();
		try {
			await bringTo(checked);
		} catch (error) {
			const strays =
				error instanceof SyncFailure &&
				(error.code === "chain" || error.code === "rollback");
			if (!isOfAnotherKey || !strays) throw error;
			log(`sync: fetched anew, as the hub's key is another: ${error}`);
			anew = true;
			await bringTo(checked);
		}
	}

	/** Brings the replica to the publication that a checked head names. */
	async function bringTo(checked: CheckedHead): Promise<void> {
		const { head, log: published, province } = checked;
		options.onEpoch(head.epoch);
		for (;;) {
			// One that holds another part of the country is as little of this log as one of another epoch.
			const sameEpoch =
				replica?.epoch === head.epoch && provinceOf(replica) === province;
			// A new hub that has not published yet: the old replica is shown until it does.
			if (published.last_seq === 0 && !sameEpoch) break;
			if (anew) {
				replica =
					province === null
						? await fetchSnapshot(checked)
						: await fetchProvince({ ...checked, province }, null);
				comparison.suspect();
				anew = false;
				standing.damage = null;
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
			if (province !== null) {
				const from = sameEpoch ? replica : null;
				replica = await fetchProvince({ ...checked, province }, from);
				if (from === null) comparison.fetched();
				continue;
			}
			if (replica && sameEpoch && replica.seq + 1 >= published.min_seq) {
				const arrived = await takeSegments(bringing, replica, checked);
				if (arrived) {
					replica = arrived;
					continue;
				}
			}
			if (circling.isCircling()) throw new Circling();
			replica = await fetchSnapshot(checked);
			comparison.fetched();
		}
		circling.arrived();
		const following = afterFollowing(seen, head);
		if (following !== seen) {
			seen = following;
			writeSeen(seenPath, seen);
		}
		standing.happened({ kind: "checked", at: Date.now() });
		if (replica?.epoch === head.epoch) comparison.atHead(replica);
	}
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
