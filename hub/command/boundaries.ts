import type { Command } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { boundaryRecords, undoGeography } from "../store/geography.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteBoundaries } from "../write/boundary-trail.ts";
import { say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** Adds `boundaries list|undo`. */
export function registerBoundaries(program: Command): void {
	const command = program
		.command("boundaries")
		.description("the boundaries that were imported");
	withData(command.command("list"))
		.description("every import of boundaries, newest first")
		.option(
			"--differences",
			"where file and areas did not fit one to one, and all other remarks",
		)
		.action((options: DataOption & { differences?: boolean }) =>
			withDatabase(options, async (db) => {
				const records = await boundaryRecords(db.pool);
				for (const { number, at, file, done, undone, ...more } of records) {
					say(
						`#${number}  ${new Date(at).toISOString()}  ${file} (${more.source}${more.licence ? `, ${more.licence}` : ""}): ${done}${undone === null ? "" : `; undone ${new Date(undone).toISOString()}`}`,
					);
					if (options.differences)
						for (const line of [...more.differences, ...more.remarks])
							say(`  ${line}`);
				}
				if (records.length === 0) say("none imported: the built-in ones serve");
				return EXIT.done;
			}),
		);
	withData(command.command("undo"))
		.description(
			"bring back the boundaries that the last import took the place of",
		)
		.action((options: DataOption) =>
			withDatabase(options, async (db, dataFolder) => {
				const now = Date.now();
				const undone = await undoGeography(db.pool, now, (client, change) =>
					noteBoundaries(client, "undo-boundaries", now, change),
				);
				await noteAuditHead(db.pool, dataFolder);
				say(
					undone
						? `undone: ${undone.file} (#${undone.number}); \`hub publish\` tells the workstations`
						: "nothing to undo: no boundaries are imported",
				);
				return EXIT.done;
			}),
		);
}
