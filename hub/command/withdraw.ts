import path from "node:path";
import type { Command } from "commander";
import { dayInWib, isoFromDay } from "../../core/series/day.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { storedName } from "../intake/ingest.ts";
import {
	restoreFile,
	WithdrawalError,
	withdrawFile,
} from "../intake/withdraw.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { type FoundFile, findFiles } from "../store/withdrawal.ts";
import { say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const NAMED =
	"its name as `status --files` shows it, #number, or the beginning of its hash";

/** Adds `withdraw FILE` and `restore FILE`. */
export function registerWithdraw(program: Command): void {
	withData(program.command("withdraw"))
		.description(
			"take what a file states out of what is known from today on; what was known before stays answered",
		)
		.argument("<file>", NAMED)
		.option("--reason <text>", "why, for the record of the hub", "")
		.action((file: string, options: DataOption & { reason: string }) =>
			withDatabase(options, async (db) => {
				const { id } = await theFile(db, file, false);
				const day = dayInWib(Date.now());
				const gone = await inTransaction(db.pool, (client) =>
					withdrawFile(client, id, { day, reason: options.reason }),
				);
				say(
					`${gone.name} (#${id}): its ${gone.accepted} rows are not known any more from ${isoFromDay(day)} on; \`hub publish\` tells the workstations`,
				);
				return EXIT.done;
			}),
		);
	withData(program.command("restore"))
		.description("let a withdrawn file be known again from today on")
		.argument("<file>", NAMED)
		.action((file: string, options: DataOption) =>
			withDatabase(options, async (db) => {
				const { id } = await theFile(db, file, true);
				const day = dayInWib(Date.now());
				const back = await inTransaction(db.pool, (client) =>
					restoreFile(client, id, { day }),
				);
				say(
					`${back.name} (#${id}): its ${back.accepted} rows are known again from ${isoFromDay(day)} on; \`hub publish\` tells the workstations`,
				);
				return EXIT.done;
			}),
		);
}

/** The one file that a person means: of several with the name, the one that can be withdrawn (or brought back). */
async function theFile(
	db: HubDatabase,
	named: string,
	withdrawn: boolean,
): Promise<FoundFile> {
	let found = await findFiles(db.pool, named);
	if (found.length === 0) found = await findFiles(db.pool, storedName(named));
	if (found.length === 0)
		found = await findFiles(db.pool, path.basename(named));
	const fit = found.filter((file) => (file.withdrawn !== null) === withdrawn);
	if (fit.length === 1) return fit[0];
	if (fit.length === 0 && found.length === 1) return found[0];
	if (found.length === 0)
		throw new WithdrawalError(`the hub holds no file ${named}`);
	throw new WithdrawalError(
		[
			`${found.length} files are called ${named}; say which:`,
			...found.map(inWords),
		].join("\n"),
	);
}

function inWords(file: FoundFile): string {
	return `  #${file.id}  ${file.name}  ${file.connector}  ${file.sha256.slice(0, 12)}  taken in ${new Date(file.receivedAt).toISOString()}, ${file.accepted} rows${file.withdrawn === null ? "" : `, withdrawn on ${isoFromDay(file.withdrawn)}`}`;
}
