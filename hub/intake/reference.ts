import type pg from "pg";
import type { CodeBridge } from "../../core/areas/bridge.ts";
import type { KnownPeople } from "../../core/quality/possible-count.ts";
import { readStoredBridge } from "../store/code-bridge.ts";
import { type ListedFacility, readFacilities } from "../store/facilities.ts";
import { type Numbers, readNumbers } from "../store/intake.ts";
import { readItems } from "../store/items.ts";
import { readPeople } from "../store/population.ts";
import { seenReference } from "../store/reference.ts";

/** What files are read by and stored with that changes seldom: tens of thousands of rows. */
export interface Reference extends Numbers {
	readonly bridge: CodeBridge | null;
	readonly people: ReadonlyMap<string, KnownPeople>;
	readonly listed: readonly ListedFacility[];
	readonly items: Awaited<ReturnType<typeof readItems>>;
}

export async function readReference(client: pg.PoolClient): Promise<Reference> {
	return {
		...(await readNumbers(client)),
		bridge: await readStoredBridge(client),
		people: await readPeople(client),
		listed: await readFacilities(client),
		items: await readItems(client),
	};
}

/** Changes are noted for days; what nobody asked about for so long (ms) is read again. */
const KEPT = 24 * 3_600_000;

/** The reference of an intake that takes in one batch after the other: read again only when a transaction has changed it. */
export class RememberedReference {
	private known:
		| { reference: Reference; snapshot: string; at: number }
		| undefined;

	/** As the caller's transaction sees it, with what that transaction itself changed. */
	async read(client: pg.PoolClient): Promise<Reference> {
		const now = performance.now();
		if (this.known && now - this.known.at > KEPT) this.known = undefined;
		// Before it is read: what is committed meanwhile may be in it and is read again all the same.
		const seen = await seenReference(client, this.known?.snapshot);
		if (this.known && seen.isSame) {
			this.known = { ...this.known, snapshot: seen.snapshot, at: now };
			return this.known.reference;
		}
		const reference = await readReference(client);
		// What this transaction has changed may never be committed.
		if (seen.isOwn) this.known = undefined;
		else this.known = { reference, snapshot: seen.snapshot, at: now };
		return reference;
	}
}
