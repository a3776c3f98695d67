import type { SignedDigest } from "../../core/feed/publication.ts";
import type { LogHead } from "../store/publication.ts";
import { refreshDigest, signedDigest } from "./digest.ts";
import type { FeedStore } from "./feed-store.ts";
import type { SigningKey } from "./signing.ts";
import { standingFault } from "./standing-fault.ts";

export interface Digests {
	/** The signed digest of a publication, made when need be; null when it is not the newest, or cannot be told from the tables now. */
	of(publication: LogHead): Promise<SignedDigest | null>;
	/**
	 * Makes the digest of what was just published, in the background, so that it is there before anything else comes in.
	 * @param snapshot the newest, which workstations begin with: while they fetch one that has just been made nothing else is made. Who asks for
	 * the digest meanwhile is given it.
	 */
	refresh(snapshot: string | null): void;
	/** Begins none any more; one under way ends with the database. */
	close(): void;
}

/** How long workstations are given to fetch a new snapshot (ms). Hashing all that it holds takes as long as making it did. */
const TO_FETCH = 20_000;

/** Keeps the digest of the newest publication at hand. At most one is being made at a time, however many ask. */
export function createDigests(store: FeedStore, key: SigningKey): Digests {
	let last: { of: LogHead; value: SignedDigest } | null = null;
	let making: Promise<void> | null = null;
	let fetched: string | null | undefined;
	let later: NodeJS.Timeout | undefined;
	let closed = false;
	const fault = standingFault("the digest", store.log ?? (() => {}));

	const isLast = (of: LogHead): boolean =>
		last?.of.epoch === of.epoch && last.of.seq === of.seq;

	async function look(of: LogHead): Promise<SignedDigest | null> {
		if (!isLast(of)) {
			const value = await signedDigest(store.pool, of, key);
			if (value) last = { of, value };
		}
		return isLast(of) ? (last?.value ?? null) : null;
	}

	function make(): Promise<void> {
		making ??= refreshDigest(store.pool)
			.then(() => {})
			.finally(() => {
				making = null;
			});
		return making;
	}

	function inBackground(): void {
		make().then(fault.works, (error) => {
			if (!closed) fault.failed(error);
		});
	}

	return {
		async of(publication) {
			const known = await look(publication);
			if (known) return known;
			// One that was already under way may be of the publication before.
			await making?.catch(() => {});
			await make();
			return look(publication);
		},
		refresh(snapshot) {
			const isNew = fetched !== undefined && snapshot !== fetched;
			fetched = snapshot;
			if (closed) return;
			if (isNew) {
				clearTimeout(later);
				later = setTimeout(() => {
					later = undefined;
					inBackground();
				}, TO_FETCH).unref();
			} else if (later === undefined) inBackground();
		},
		close() {
			closed = true;
			clearTimeout(later);
		},
	};
}
