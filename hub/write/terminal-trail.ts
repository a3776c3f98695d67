import { randomUUID } from "node:crypto";
import os from "node:os";
import type pg from "pg";
import type { Person } from "../../core/access/person.ts";
import { NATION } from "../../core/areas/codes.ts";
import { type AuditEntry, addToAudit } from "./audit.ts";

/** Whoever may type commands at the hub signs in to its machine and not to the hub: the account there, and the machine. */
export function terminalAccount(): string {
	return `${os.userInfo().username}@${os.hostname()}`;
}

/**
 * Adds a row to the audit trail for what was done at the command line of the hub, in the caller's transaction: what changes no figure by
 * itself and is taken back by another command. It bears the name of the account.
 * @param seq the publication as of which whoever decides on the subject can have seen it; null: the next one
 */
export async function noteAtTerminal(
	client: pg.PoolClient,
	entry: Pick<
		AuditEntry,
		"at" | "name" | "subject" | "reason" | "request" | "before" | "after"
	>,
	seq: number | null = null,
): Promise<void> {
	const person: Person = {
		name: os.userInfo().username,
		display: terminalAccount(),
		role: "administrator",
		scope: NATION,
	};
	const command = randomUUID();
	const audit = await addToAudit(client, {
		...entry,
		...{ command, person, areas: "[]", inverse: null, undoes: null },
	});
	await client.query(
		"INSERT INTO command (id, audit, seq) VALUES ($1, $2, $3)",
		[command, audit, seq],
	);
}
