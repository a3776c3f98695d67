import { join } from "node:path";
import { z } from "zod";
import type { Queryable } from "../store/publication.ts";
import { readSealed, writeSealed } from "../store/remembered-file.ts";
import type { AuditHead } from "./audit.ts";

const Head = z.object({ number: z.int().nonnegative(), hash: z.string() });
const FILE = "audit-head.json";

/** Notes outside the database where the trail stands, so that a trail cut short is noticed. */
export async function noteAuditHead(
	db: Queryable,
	dataFolder: string,
): Promise<void> {
	const { rows } = await db.query(
		"SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1",
	);
	if (rows.length === 0) return;
	const known = auditHead(dataFolder);
	// Two commands may end in the other order than they began.
	if (known && known.number >= rows[0].number) return;
	writeSealed(join(dataFolder, FILE), rows[0]);
}

/**
 * Where the trail last stood; null when no command was ever carried out here.
 * @throws UnreadableFile when one was and the note cannot be read
 */
export function auditHead(dataFolder: string): AuditHead | null {
	return readSealed(
		join(dataFolder, FILE),
		Head,
		"It remembers where the audit trail stood; without it rows cut off at its end would go unnoticed. Put it back from a backup. Only when there is none: look with `hub audit list` whether the last rows are those you know, then remove it.",
	);
}
