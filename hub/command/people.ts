import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { PERSON_ROLES } from "../../core/access/role.ts";
import { EXIT } from "../../core/writing/exit.ts";
import {
	addPerson,
	changePassword,
	PersonError,
	persons,
	revokePerson,
} from "../access/persons.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** Adds `person add|list|password|revoke`. */
export function registerPeople(program: Command): void {
	const person = program
		.command("person")
		.description("who may sign in, as what, and for which part of the country");
	withData(person.command("add"))
		.description(
			"let somebody sign in; the password is asked for, or read from standard input",
		)
		.argument("<name>", "the name to sign in with: a-z, 0-9, . _ -")
		.requiredOption("--role <role>", `one of ${PERSON_ROLES.join(", ")}`)
		.option(
			"--scope <code>",
			"ID for the nation, or the code of a province",
			"ID",
		)
		.option("--display <text>", "name and office, as others see it")
		.action(
			(
				name: string,
				options: DataOption & { role: string; scope: string; display?: string },
			) =>
				said(options, async (db) => {
					const added = await addPerson(
						db.pool,
						{
							name,
							display: options.display ?? name,
							role: options.role,
							scope: options.scope,
						},
						await askPassword(),
						Date.now(),
					);
					say(`${added.name} may sign in as ${added.role} for ${added.scope}`);
				}),
		);
	withData(person.command("list"))
		.description("everybody there is or was")
		.action((options: DataOption) =>
			said(options, async (db) => {
				const everybody = await persons(db.pool);
				if (everybody.length === 0)
					say("nobody yet: hub person add NAME --role administrator");
				for (const { name, role, scope, display, revokedAt } of everybody)
					say(
						`${name.padEnd(24)}${role.padEnd(15)}${scope.padEnd(4)}${display}${revokedAt === null ? "" : "  (revoked)"}`,
					);
			}),
		);
	withData(person.command("password"))
		.description("give somebody another password; what is signed in ends")
		.argument("<name>")
		.action((name: string, options: DataOption) =>
			said(options, async (db) => {
				await changePassword(db.pool, name, await askPassword(), Date.now());
				say(`${name} has a new password`);
			}),
		);
	withData(person.command("revoke"))
		.description(
			"take everything from somebody; what is signed in ends at once",
		)
		.argument("<name>")
		.action((name: string, options: DataOption) =>
			said(options, async (db) => {
				await revokePerson(db.pool, name, Date.now());
				say(`${name} may do nothing any more`);
			}),
		);
}

/** What is wrong with what was typed is said in a sentence. */
function said(
	options: DataOption,
	work: (
		db: Parameters<Parameters<typeof withDatabase>[1]>[0],
	) => Promise<void>,
): Promise<void> {
	return withDatabase(options, async (db) => {
		try {
			await work(db);
			return EXIT.done;
		} catch (error) {
			if (!(error instanceof PersonError)) throw error;
			complain(error.message);
			return EXIT.usage;
		}
	});
}

/** A password typed unseen at a terminal, or the first line of standard input. Never an argument: those are for everybody to read. */
export async function askPassword(): Promise<string> {
	const terminal = process.stdin.isTTY === true;
	if (terminal) process.stderr.write("password: ");
	const lines = createInterface({
		input: process.stdin,
		// What is typed is not shown.
		output: new Writable({ write: (_chunk, _encoding, done) => done() }),
		terminal,
	});
	try {
		for await (const line of lines) return line;
	} finally {
		lines.close();
		if (terminal) process.stderr.write("\n");
	}
	throw new PersonError("password: expected one on standard input");
}
