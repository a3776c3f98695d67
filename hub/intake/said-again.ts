import type pg from "pg";
import type { Day } from "../../core/series/day.ts";
import { relistFacilities } from "../store/facilities.ts";
import { filesAlike, noteWhatIsSaid } from "../store/said-again.ts";
import { beginWithdrawal, endWithdrawal } from "../store/withdrawal.ts";

/** What became of a table of one moment that says what others of its source say. */
export interface SaidAgain {
	/** The file of an earlier day that says the same: this one is kept and not heard. */
	repeats: string | null;
	/** Files of later days that say the same, which are not heard any more. */
	repeatedBy: readonly string[];
}

export const NONE_ALIKE: SaidAgain = { repeats: null, repeatedBy: [] };

/**
 * Finds what a table of one moment that was just stored repeats, or is repeated by: of those that say the same of everything the earliest is
 * heard, from its day on and as if the others had never come. A copy under a later day would read as weeks without a case, or as every bed
 * of then free today. Runs in the caller's transaction.
 */
export async function takenAsTable(
	client: pg.PoolClient,
	file: number,
): Promise<SaidAgain> {
	await noteWhatIsSaid(client, file);
	const { heard, silenced } = await hearEarliest(client, file, null);
	if (heard === null) return NONE_ALIKE;
	return heard.id === file
		? { repeats: null, repeatedBy: silenced.map(({ name }) => name) }
		: { repeats: heard.name, repeatedBy: [] };
}

/**
 * Lets the earliest of the files be heard that say what a file says and that nobody withdrew, and no other.
 * @param day from which on that is so, because one of them was withdrawn or brought back; null: of each from its own day on
 */
export async function hearEarliest(
	client: pg.PoolClient,
	file: number,
	day: Day | null,
): Promise<{
	heard: { id: number; name: string } | null;
	silenced: { name: string }[];
}> {
	const [heard, ...others] = (await filesAlike(client, file)).filter(
		(one) => one.silenced !== "by-person",
	);
	if (!heard) return { heard: null, silenced: [] };
	if (heard.silenced) {
		await endWithdrawal(client, heard.id, day ?? heard.asOf);
		await relistFacilities(client, heard.id);
	}
	const silenced = others.filter((one) => one.silenced === null);
	for (const { id, asOf } of silenced) {
		await beginWithdrawal(
			client,
			id,
			day ?? asOf,
			`says what ${heard.name} says`,
			heard.id,
		);
		await relistFacilities(client, id);
	}
	return { heard, silenced };
}
