import type pg from "pg";
import type { CodeBridge } from "../../core/areas/bridge.ts";
import type { KnownPeople } from "../../core/quality/possible-count.ts";
import { readStoredBridge } from "../store/code-bridge.ts";
import { type ListedFacility, readFacilities } from "../store/facilities.ts";
import { type Numbers, readNumbers } from "../store/intake.ts";
import { readItems } from "../store/items.ts";
import { readPeople } from "../store/population.ts";
import { seenChanges } from "../store/reference.ts";

/** What files are read by that changes seldom: tens of thousands of rows. */
export interface ReadingReference {
	readonly bridge: CodeBridge | null;
	readonly people: ReadonlyMap<string, KnownPeople>;
	readonly listed: readonly ListedFacility[];
	readonly items: Awaited<ReturnType<typeof readItems>>;
}

export async function readReference(
	client: pg.PoolClient,
): Promise<ReadingReference> {
	return {
		bridge: await readStoredBridge(client),
		people: await readPeople(client),
		listed: await readFacilities(client),
		items: await readItems(client),
	};
}

/** What files are read by and stored with. */
export type Reference = ReadingReference & Numbers;

/** The reference of an intake that takes in one batch after the other: read again only where it was changed. */
export class RememberedReference {
	private known: { reference: Reference; seen: string } | undefined;

	/** As the caller's transaction sees it, with what that transaction itself changed. */
	async read(client: pg.PoolClient): Promise<Reference> {
		// Before it is read: what is committed meanwhile may be in it, and is read again all the same.
		const seen = await seenChanges(client);
		if (this.known?.seen !== seen)
			this.known = {
				seen,
				reference: {
					...(await readNumbers(client)),
					...(await readReference(client)),
				},
			};
		return this.known.reference;
	}
}
