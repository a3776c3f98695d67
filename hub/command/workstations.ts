import { type Command, InvalidArgumentError } from "commander";
import { EXIT } from "../../core/writing/exit.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	addWorkstation,
	newCredential,
	prepareProvinces,
	provinceOf,
	revokeWorkstation,
	workstations,
} from "../store/province.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteAtTerminal } from "../write/terminal-trail.ts";
import { parseReason } from "./put-at-terminal.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

type Reasoned = DataOption & { reason: string };

/** Adds `workstation add|list|revoke`. */
export function registerWorkstations(program: Command): void {
	const workstation = program
		.command("workstation")
		.description(
			"workstations of one province: each has a credential of its own and is given nothing of another province",
		);
	const changing = (name: string) =>
		withData(workstation.command(name))
			.argument("<name>", "what it is called: a-z, 0-9, -", parseName)
			.requiredOption(
				"--reason <text>",
				"why, as the audit trail keeps it",
				parseReason,
			);
	changing("add")
		.description(
			"give a workstation a credential and print it, once: the hub keeps a hash of it",
		)
		.requiredOption("--province <code>", "the province, such as 35")
		.action((name: string, options: Reasoned & { province: string }) =>
			withDatabase(options, async (db, dataFolder) => {
				const province = await provinceOf(db.pool, options.province);
				if (province === null) {
					complain(`--province ${options.province}: no province has this code`);
					return EXIT.usage;
				}
				await prepareProvinces(db.pool);
				const credential = newCredential(name);
				const at = Date.now();
				const added = await audited(db, dataFolder, {
					...{ name, at, reason: options.reason, done: "add-workstation" },
					what: { name, province: province.code },
					change: (client) =>
						addWorkstation(client, {
							...{ name, province: province.code, credential, at },
						}),
				});
				if (!added) {
					complain(`${name} is taken, now or before; another name`);
					return EXIT.usage;
				}
				say(credential);
				return EXIT.done;
			}),
		);
	withData(workstation.command("list"))
		.description("all there are or were")
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				const all = await workstations(db.pool);
				if (all.length === 0)
					say("none yet: hub workstation add NAME --province CODE --reason …");
				for (const { name, province, madeAt, revokedAt } of all)
					say(
						`${province} ${name.padEnd(24)} since ${new Date(madeAt).toISOString()}${revokedAt === null ? "" : `, revoked ${new Date(revokedAt).toISOString()}`}`,
					);
				return EXIT.done;
			}),
		);
	changing("revoke")
		.description(
			"a workstation is given nothing any more, from its next request on; what it holds stays on it",
		)
		.action((name: string, options: Reasoned) =>
			withDatabase(options, async (db, dataFolder) => {
				const at = Date.now();
				const revoked = await audited(db, dataFolder, {
					...{ name, at, reason: options.reason, done: "revoke-workstation" },
					what: { name },
					change: (client) => revokeWorkstation(client, name, at),
				});
				if (!revoked) {
					complain(`${name}: no such workstation, or it is revoked`);
					return EXIT.usage;
				}
				say(`${name} is revoked`);
				return EXIT.done;
			}),
		);
}

/** Changes something with its row of the audit trail, and notes where that ends; false: there was nothing to change. */
async function audited(
	db: HubDatabase,
	dataFolder: string,
	to: {
		name: string;
		at: number;
		reason: string;
		done: string;
		what: object;
		change: (client: Parameters<typeof noteAtTerminal>[0]) => Promise<boolean>;
	},
): Promise<boolean> {
	const changed = await inTransaction(db.pool, async (client) => {
		if (!(await to.change(client))) return false;
		await noteAtTerminal(client, {
			...{ at: to.at, name: to.done, reason: to.reason },
			...{ subject: `workstation:${to.name}`, before: "null", after: "null" },
			request: JSON.stringify(to.what),
		});
		return true;
	});
	if (changed) await noteAuditHead(db.pool, dataFolder);
	return changed;
}

function parseName(name: string): string {
	if (!/^[a-z0-9][a-z0-9-]{1,59}$/.test(name))
		throw new InvalidArgumentError("A name of 2 to 60 of a-z, 0-9 and -.");
	return name;
}
