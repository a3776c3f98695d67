import { InvalidArgumentError } from "commander";
import type { PutBy } from "../intake/import-reading.ts";
import type { HubDatabase } from "../store/database.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteAtTerminal, terminalAccount } from "../write/terminal-trail.ts";

/** Of the option with which a person says why a table or metadata is put. */
export const REASON = "why, as it is kept with the version";

export function parseReason(text: string): string {
	if (text.trim() === "") throw new InvalidArgumentError("A reason in words.");
	return text;
}

/** Puts something by which files are read, here and now, with its row of the audit trail, and notes where that ends. */
export async function putAtTerminal<Put>(
	db: HubDatabase,
	dataFolder: string,
	reason: string,
	put: (by: PutBy) => Promise<Put>,
): Promise<Put> {
	const done = await put(putHere(reason));
	await noteAuditHead(db.pool, dataFolder);
	return done;
}

function putHere(reason: string): PutBy {
	const at = Date.now();
	return {
		...{ at, person: terminalAccount(), reason },
		record: (client, { table, version, before, after, restored }) =>
			noteAtTerminal(client, {
				...{ at, reason, subject: `reading-table:${table}` },
				name: restored === null ? "put-reading-table" : "restore-reading-table",
				request: JSON.stringify({
					...{ table, version },
					...(restored === null ? {} : { restored }),
				}),
				before: JSON.stringify({ rows: before }),
				after: JSON.stringify({ rows: after, version }),
			}),
	};
}
