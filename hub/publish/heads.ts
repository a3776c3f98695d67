import { createHash } from "node:crypto";
import { Head, type SignedHead, STREAM } from "../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../core/feed/table.ts";
import { inTransaction } from "../store/database.ts";
import { type PublishedState, publishedState } from "../store/publication.ts";
import { mend, readTold, rememberTold } from "./epoch.ts";
import type { FeedStore } from "./feed-store.ts";
import { sharedLook } from "./shared-look.ts";
import { type SigningKey, signedHead } from "./signing.ts";

const HOUR = 3_600_000;
/** A head that nobody renews is not believed after this long: a workstation then says that the hub stands still. */
const VALID = 24 * HOUR;
/** A head without news is signed again this often. */
const RENEWED = HOUR;

export interface CurrentHead {
	readonly state: PublishedState;
	readonly signed: SignedHead;
}

const ofProvinces = new WeakMap<CurrentHead, Map<string, SignedHead>>();

/** The same head as a workstation of a province is told it: of its own stream alone, and without a snapshot. */
export function headOfProvince(
	current: CurrentHead,
	province: string,
	key: SigningKey,
): SignedHead {
	const known = ofProvinces.get(current) ?? new Map<string, SignedHead>();
	ofProvinces.set(current, known);
	let found = known.get(province);
	if (!found) {
		const { seq, chain } = current.state;
		const head: Head = {
			...Head.parse(JSON.parse(current.signed.payload)),
			streams: {
				[province]: {
					last_seq: seq,
					// No segment of the whole country's log continues from it.
					chain: createHash("sha256")
						.update(`${chain} ${province}`)
						.digest("hex"),
					min_seq: seq + 1,
				},
			},
			snapshot: null,
		};
		found = signedHead(head, key);
		known.set(province, found);
	}
	return found;
}

/** Signs the head of what is published now; the same signature is handed out until something changes or it grows old. */
export function createHeads(
	store: FeedStore,
	key: SigningKey,
): () => Promise<CurrentHead> {
	let current: (CurrentHead & { issued: number }) | null = null;
	/** However many ask at once, one head is signed. */
	let signing: Promise<CurrentHead> | null = null;

	/** Decides what to tell, remembers it and only then tells it, while nobody else can tell or publish anything. */
	function sign(): Promise<CurrentHead> {
		return inTransaction(store.pool, async (client) => {
			// Restored while serving: to sign this head would tell workstations to go back, and forget that it happened.
			const told = await mend(store, client);
			const state = await publishedState(client);
			// Later than every head before, also when the clock was set back.
			const issued = Math.max(
				Date.now(),
				told ? Date.parse(told.issued) + 1 : 0,
			);
			const head: Head = {
				epoch: state.epoch,
				seq: state.seq,
				issued: new Date(issued).toISOString(),
				expires: new Date(Math.max(issued, Date.now()) + VALID).toISOString(),
				schema_ver: FEED_SCHEMA_VERSION,
				key_id: key.id,
				streams: {
					[STREAM]: {
						last_seq: state.seq,
						chain: state.chain,
						min_seq: state.minSeq,
					},
				},
				snapshot: state.snapshot && {
					id: state.snapshot.id,
					seq: state.snapshot.seq,
					manifest_sha256: state.snapshot.manifestSha256,
				},
			};
			const further =
				told?.epoch === head.epoch && told.seq > head.seq ? told : state;
			rememberTold(store.dataFolder, told, {
				epoch: head.epoch,
				seq: further.seq,
				chain: further.chain ?? state.chain,
				issued: head.issued,
			});
			return { state, signed: signedHead(head, key), issued };
		}).then((made) => {
			current = made;
			return made;
		});
	}

	// Thousands come back at once after an outage.
	const look = sharedLook(() => publishedState(store.pool));
	return async () => {
		const state = await look();
		const told = readTold(store.dataFolder);
		const isBehind = told?.epoch === state.epoch && told.seq > state.seq;
		if (
			current &&
			!isBehind &&
			Date.now() - current.issued < RENEWED &&
			JSON.stringify(current.state) === JSON.stringify(state)
		)
			return current;
		signing ??= sign().finally(() => {
			signing = null;
		});
		return signing;
	};
}
