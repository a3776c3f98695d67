import { randomUUID } from "node:crypto";
import os from "node:os";
import type pg from "pg";
import type { Person } from "../../core/access/person.ts";
import { NATION } from "../../core/areas/codes.ts";
import type { BoundaryRecord } from "../store/geography.ts";
import { addToAudit } from "./audit.ts";

/** Differences of a file that its row of the trail names; `hub boundaries list --differences` has all of them. */
const NAMED = 200;

/**
 * Adds a row to the audit trail for boundaries that were imported or undone at the command line, in the caller's transaction. Whoever may type
 * commands at the hub signs in to its machine and not to the hub: the row bears the name of that account.
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
	const account = os.userInfo().username;
	const person: Person = {
		name: account,
		display: `${account}@${os.hostname()}`,
		role: "administrator",
		scope: NATION,
	};
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
	const command = randomUUID();
	const audit = await addToAudit(client, {
		at,
		command,
		name,
		person,
		subject: `boundaries:${number}`,
		// No figure changes by where a border is drawn.
		areas: "[]",
		reason: name === "import-boundaries" ? (after?.source ?? "") : "",
		request: JSON.stringify({ number }),
		before: told(before),
		after: told(after),
		inverse: null,
		undoes: null,
	});
	await client.query("INSERT INTO command (id, audit) VALUES ($1, $2)", [
		command,
		audit,
	]);
}
