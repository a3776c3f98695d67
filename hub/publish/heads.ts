import {
	type Head,
	type SignedHead,
	STREAM,
} from "../../core/feed/publication.ts";
import { FEED_SCHEMA_VERSION } from "../../core/feed/table.ts";
import { type PublishedState, publishedState } from "../store/publication.ts";
import { noticeRestore, readTold, type Told, writeTold } from "./epoch.ts";
import type { FeedStore } from "./sequencer.ts";
import { type SigningKey, signed } from "./signing.ts";

const HOUR = 3_600_000;
/** A head that nobody renews is not believed after this long: a workstation then says that the hub stands still. */
const VALID = 24 * HOUR;
/** A head without news is signed again this often. */
const RENEWED = HOUR;

export interface CurrentHead {
	readonly state: PublishedState;
	readonly signed: SignedHead;
}

const isBehind = (state: PublishedState, told: Told): boolean =>
	state.epoch === told.epoch && state.seq < told.seq;

/** Signs the head of what is published now; the same signature is handed out until something changes or it grows old. */
export function createHeads(
	store: FeedStore,
	key: SigningKey,
): () => Promise<CurrentHead> {
	let current: (CurrentHead & { issued: number }) | null = null;
	return async () => {
		let state = await publishedState(store.pool);
		const told = readTold(store.dataFolder);
		if (told && isBehind(state, told)) {
			// Restored while serving: to sign this head would tell workstations to go back, and forget that it happened.
			await noticeRestore(store);
			state = await publishedState(store.pool);
		}
		const fresh =
			current !== null &&
			Date.now() - current.issued < RENEWED &&
			JSON.stringify(current.state) === JSON.stringify(state);
		if (current && fresh) return current;
		// Later than every head before, also when the clock was set back.
		const issued = Math.max(Date.now(), told ? Date.parse(told.issued) + 1 : 0);
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
		// Remembered before it is told.
		writeTold(store.dataFolder, {
			epoch: head.epoch,
			seq: told && isBehind(state, told) ? told.seq : head.seq,
			issued: head.issued,
		});
		current = { state, signed: signed(head, key), issued };
		return current;
	};
}
