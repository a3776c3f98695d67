import type pg from "pg";
import type { BoundaryRecord } from "../store/geography.ts";
import { noteAtTerminal } from "./terminal-trail.ts";

/** Differences of a file that its row of the trail names; `hub boundaries list --differences` has all of them. */
const NAMED = 200;

/**
 * Adds a row to the audit trail for boundaries that were imported or undone at the command line, in the caller's transaction.
 * @param before the import that held before, and the one that holds after; null for the built-in map
 */
export async function noteBoundaries(
	client: pg.PoolClient,
	name: "import-boundaries" | "undo-boundaries",
	at: number,
	{
		number,
		before,
		after,
	}: {
		/** The import that is made or undone. */
		number: number;
		before: BoundaryRecord | null;
		after: BoundaryRecord | null;
	},
): Promise<void> {
	const told = (record: BoundaryRecord | null) =>
		JSON.stringify({
			boundaries: record && {
				file: record.file,
				level: record.level,
				source: record.source,
				done: record.done,
				differences: record.differences.length,
				named: record.differences.slice(0, NAMED),
			},
		});
	await noteAtTerminal(client, {
		...{ at, name, subject: `boundaries:${number}` },
		reason: name === "import-boundaries" ? (after?.source ?? "") : "",
		request: JSON.stringify({ number }),
		...{ before: told(before), after: told(after) },
	});
}
