import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Person } from "../../core/access/person.ts";
import { RestoreFile } from "../../core/api/decisions.ts";
import { NATION } from "../../core/areas/codes.ts";
import { dayInWib } from "../../core/series/day.ts";
import { withdrawFile } from "../intake/withdraw.ts";
import { inTransaction } from "../store/database.ts";
import { expiredDecisions } from "../store/decision.ts";
import { lockDataset } from "../store/intake.ts";
import { areasOfFile } from "../store/withdrawal.ts";
import { addToAudit, lockAudit } from "./audit.ts";

/** The hub itself, where nobody ordered what was laid down before. */
const HUB: Person = {
	name: "hub",
	display: "Hub",
	role: "administrator",
	scope: NATION,
};

/**
 * Ends the decisions whose last day has passed, each with a row of the audit trail.
 * @returns how many; they show after the next publication
 */
export async function expireDecisions(
	db: { pool: pg.Pool },
	now: number,
): Promise<number> {
	const today = dayInWib(now);
	// Nearly always: who only looks waits for nobody.
	if ((await expiredDecisions(db.pool, today)).length === 0) return 0;
	return inTransaction(db.pool, async (client) => {
		await lockAudit(client);
		await lockDataset(client);
		const expired = await expiredDecisions(client, today);
		for (const { file, subject, until } of expired) {
			const command = randomUUID();
			const reason = "its last day has passed";
			// The day after its last: what is asked as known on its last day still knows it.
			const found = await withdrawFile(client, file, {
				day: (until as number) + 1,
				reason,
			});
			const audit = await addToAudit(client, {
				at: now,
				command,
				name: "expire-decision",
				person: HUB,
				subject,
				areas: JSON.stringify(await areasOfFile(client, file)),
				reason,
				request: JSON.stringify({ file }),
				before: JSON.stringify({ file: found.name, withdrawn: false }),
				after: JSON.stringify({ file: found.name, withdrawn: true }),
				inverse: JSON.stringify({
					name: RestoreFile.name,
					request: { file, reason: "taken back" },
				}),
				undoes: null,
			});
			await client.query("INSERT INTO command (id, audit) VALUES ($1, $2)", [
				command,
				audit,
			]);
		}
		return expired.length;
	});
}
