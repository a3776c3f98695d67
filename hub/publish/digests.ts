import type { SignedDigest } from "../../core/feed/publication.ts";
import type { Province } from "../store/province.ts";
import type { LogHead } from "../store/publication.ts";
import { refreshDigest, signedDigest } from "./digest.ts";
import type { FeedStore } from "./feed-store.ts";
import { type ProvinceDigest, provinceDigest } from "./province-digest.ts";
import type { SigningKey } from "./signing.ts";
import { standingFault } from "./standing-fault.ts";

export interface Digests {
	/** The signed digest of a publication, made when need be; null when it is not the newest, or cannot be told from the tables now. */
	of(publication: LogHead): Promise<SignedDigest | null>;
	/** What a workstation of a province may hold at that publication; null as above. */
	ofProvince(
		publication: LogHead,
		province: Province,
	): Promise<ProvinceDigest | null>;
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
	let making: Promise<LogHead | null> | null = null;
	let fetched: string | null | undefined;
	let later: NodeJS.Timeout | undefined;
	let closed = false;
	const fault = standingFault("the digest", store.log ?? (() => {}));

	/** Of each province that ever asked: the last that was made, or is being made. */
	const provinces = new Map<
		number,
		{
			of: LogHead;
			province: Province;
			made: Promise<ProvinceDigest | null>;
		}
	>();

	const isSame = (one: LogHead | undefined, other: LogHead): boolean =>
		one?.epoch === other.epoch && one.seq === other.seq;
	const isLast = (of: LogHead): boolean => isSame(last?.of, of);

	async function look(of: LogHead): Promise<SignedDigest | null> {
		if (!isLast(of)) {
			const value = await signedDigest(store.pool, of, key);
			if (value) last = { of, value };
		}
		return isLast(of) ? (last?.value ?? null) : null;
	}

	function make(): Promise<LogHead | null> {
		making ??= refreshDigest(store.pool).finally(() => {
			making = null;
		});
		return making;
	}

	function inBackground(): void {
		make()
			.then(async (of) => {
				// Before anything else comes in: rows that are not published yet would keep it from being told.
				for (const { province } of [...provinces.values()])
					if (of && !closed) await ofProvince(of, province);
			})
			.then(fault.works, (error) => {
				if (!closed) fault.failed(error);
			});
	}

	async function of(publication: LogHead): Promise<SignedDigest | null> {
		const known = await look(publication);
		if (known) return known;
		// One that was already under way may be of the publication before.
		await making?.catch(() => {});
		await make();
		return look(publication);
	}

	async function ofProvince(
		publication: LogHead,
		province: Province,
	): Promise<ProvinceDigest | null> {
		let known = provinces.get(province.id);
		if (!known || !isSame(known.of, publication)) {
			const made = of(publication).then((whole) =>
				whole ? provinceDigest(store.pool, publication, province, key) : null,
			);
			known = { of: publication, province, made };
			provinces.set(province.id, known);
		}
		const mine = known;
		const found = await mine.made.catch((error) => {
			forget();
			throw error;
		});
		// It may be told as soon as what came in is published.
		if (found === null) forget();
		return found;

		function forget(): void {
			if (provinces.get(province.id) === mine)
				provinces.set(province.id, { ...mine, of: { epoch: "", seq: 0 } });
		}
	}

	return {
		of,
		ofProvince,
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
