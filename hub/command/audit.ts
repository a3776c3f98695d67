import type { Command } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { auditRows, verifyAudit } from "../write/audit.ts";
import { auditHead } from "../write/audit-head.ts";
import { auditFiles } from "./audit-files.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** Adds `audit PATH…`, `audit verify` and `audit list`. */
export function registerAudit(program: Command): void {
	const audit = program
		.command("audit")
		.description(
			"what is wrong in source files and what is done about it; or who changed what, and whether the trail is whole",
		)
		.argument("[path...]", "files, and folders with all that lies in them")
		.action((paths: string[]) =>
			paths.length === 0 ? audit.help({ error: true }) : auditFiles(paths),
		);
	withData(audit.command("verify"))
		.description(
			"find rows of the audit trail that were changed, removed or put in another order",
		)
		.action((options: DataOption) =>
			withDatabase(options, async (db, dataFolder) => {
				const { rows, faults } = await verifyAudit(
					db.pool,
					auditHead(dataFolder),
				);
				for (const fault of faults) complain(fault);
				say(
					faults.length === 0
						? `${rows} rows, whole`
						: `${rows} rows, ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`,
				);
				return faults.length === 0 ? EXIT.done : EXIT.failed;
			}),
		);
	withData(audit.command("list"))
		.description("the last changes, newest first")
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				for (const row of await auditRows(db.pool, { limit: 50 }))
					say(
						`${String(row.number).padStart(6)}  ${new Date(row.at).toISOString()}  ${row.person.name}  ${row.name}  ${row.subject}  ${row.reason}`,
					);
				return EXIT.done;
			}),
		);
}
