import type { AreaCode, AreaLevel } from "./codes.ts";
import type { Area, AreaTree } from "./tree.ts";

export interface ResolveOptions {
	level: AreaLevel;
	/** Only areas below this one; needed where names repeat (kecamatan). */
	within?: AreaCode;
	/**
	 * The source writes kabupaten without a level word and kota with one ("BOGOR", "KOTA BOGOR"). Without this a bare
	 * name that is both a kabupaten and a kota is ambiguous.
	 */
	bareMeansKabupaten?: boolean;
}

export type Resolution =
	| { ok: true; area: Area }
	| {
			ok: false;
			reason: "unknown" | "ambiguous";
			/** The text that was given. */
			found: string;
			/** The areas it may have meant, best first. */
			candidates: Area[];
	  };
