import type { Writer } from "../replica/writer.ts";
import type { ContentCache } from "./content-cache.ts";
import type { HubClient } from "./hub-client.ts";
import type { Standing } from "./standing.ts";

/** What bringing something from the hub into the replica needs. */
export interface Bringing {
	readonly hub: HubClient;
	readonly cache: ContentCache;
	readonly writer: Writer;
	readonly standing: Standing;
	/** Notes that something came. */
	gaining(fetched: Promise<Uint8Array>): Promise<Uint8Array>;
}
