import type { AreaRow } from "../../../core/api/areas.ts";
import type { Level } from "../../../core/areas/codes.ts";
import type { Base } from "./base.ts";

/** One level of a tree. */
export interface Branch extends Base {
	readonly level: Level;
	readonly areas: readonly AreaRow[];
	/** For each area the rows of the areas directly below, in the branch below. */
	readonly below: readonly (readonly number[])[];
	/** Of values that are sums: people of the areas in them, down to the last sum, and whether nobody is missing. Else 0. */
	readonly people: Float64Array;
	readonly complete: Uint8Array;
	/** Ids of the sources that decide by hand: what they say of an area is in the sum of every source. */
	readonly decided: ReadonlySet<number>;
}
