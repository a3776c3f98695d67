import type pg from "pg";
import type { Person } from "../../core/access/person.ts";
import { mayAs } from "../../core/access/person.ts";
import { liesIn } from "../../core/access/scope.ts";
import {
	type CommandDone,
	CommandMessage,
	type CommandRefusal,
	refusalOf,
} from "../../core/api/command-message.ts";
import { Undo } from "../../core/api/decisions.ts";
import type { Asked, Command } from "../../core/api/route.ts";
import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import { inTransaction } from "../store/database.ts";
import { lockDataset } from "../store/intake.ts";
import {
	type AuditRow,
	addToAudit,
	auditRow,
	auditRows,
	lockAudit,
	maySee,
} from "./audit.ts";

/** Who orders, and when. */
export interface By {
	person: Person;
	/** Milliseconds since 1970. */
	now: number;
	/** Id of the command, which nothing else has. */
	command: string;
}

/** What a command did in the transaction it was given. */
export interface Performed {
	/** What was changed, as `file:12`: two commands on one subject may be in each other's way. */
	subject: string;
	/** Every area whose figures may change by it. */
	areas: readonly AreaCode[];
	before: unknown;
	after: unknown;
	/** The command that takes it back, in its own transaction on another day; null where nothing does. */
	inverse: { name: string; request: unknown } | null;
}

/** How one command is carried out: everything in the transaction given. Throws `Refused` and nothing is changed. */
export interface Performer<C extends Command = Command> {
	readonly command: C;
	/** Areas that it is about whatever is found: a refusal that quotes what is found there is told to nobody of elsewhere. */
	about?(
		client: pg.PoolClient,
		request: Asked<C>,
		by: By,
	): Promise<readonly AreaCode[]>;
	perform(client: pg.PoolClient, request: Asked<C>, by: By): Promise<Performed>;
}

/** Ties a command to what carries it out. */
export function performer<C extends Command>(
	command: C,
	perform: Performer<C>["perform"],
	about?: Performer<C>["about"],
): Performer {
	return {
		command,
		perform: perform as Performer["perform"],
		...(about && { about: about as NonNullable<Performer["about"]> }),
	};
}

/** A command that is not carried out, and why. */
export class Refused extends Error {
	override name = "Refused";
	readonly refusal: CommandRefusal;
	constructor(refusal: CommandRefusal) {
		super(refusal.message);
		this.refusal = refusal;
	}
}

/**
 * Carries a command out: the change, its row of the audit trail and what has to be reconciled, in one transaction. A command whose id was
 * carried out before is answered again and not repeated.
 * @throws Refused
 */
export async function perform(
	db: { pool: pg.Pool },
	performers: readonly Performer[],
	message: CommandMessage,
	ordered: Omit<By, "command">,
): Promise<CommandDone> {
	const by = { ...ordered, command: message.id };
	return inTransaction(db.pool, async (client) => {
		// A long intake may have the dataset: whoever ordered hears of it in time and asks again.
		await client.query("SET LOCAL lock_timeout = '8s'");
		// Commands take turns: what one decides from must not change under it.
		await lockAudit(client);
		const done = await doneCommand(client, message.id);
		if (done) return done;
		await lockDataset(client);
		const undoes =
			message.name === Undo.name
				? await rowToUndo(
						client,
						checked(Undo, message.request).audit,
						by.person,
					)
				: null;
		const reason = reasonOf(message.request);
		const order = undoes ? inverseOf(undoes, reason) : message;
		const found = performers.find(({ command }) => command.name === order.name);
		if (!found)
			throw new Refused(
				refusalOf("unknown-command", { command: message.name }),
			);
		const { role } = found.command;
		if (role !== "anyone" && !mayAs(by.person, role))
			throw new Refused(
				refusalOf("role", {
					command: found.command.name,
					roles: role.join(", "),
					role: by.person.role,
				}),
			);
		const request = checked(found.command, order.request);
		if (found.about)
			refuseOutside(
				found.command,
				by.person,
				await found.about(client, request, by),
			);
		const performed = await found.perform(client, request, by);
		refuseOutside(found.command, by.person, performed.areas);
		if (!undoes) await refuseConflict(client, performed.subject, message, by);
		const audit = await addToAudit(client, {
			at: by.now,
			command: message.id,
			name: message.name,
			person: by.person,
			subject: undoes?.subject ?? performed.subject,
			areas: JSON.stringify(performed.areas),
			reason,
			request: JSON.stringify(message.request),
			before: JSON.stringify(performed.before),
			after: JSON.stringify(performed.after),
			inverse: performed.inverse && JSON.stringify(performed.inverse),
			undoes: undoes?.number ?? null,
		});
		await client.query("INSERT INTO command (id, audit) VALUES ($1, $2)", [
			message.id,
			audit,
		]);
		return { id: message.id, audit, seq: null };
	});
}

/** What became of a command, if it was carried out. */
export async function doneCommand(
	client: Pick<pg.Pool, "query">,
	id: string,
): Promise<CommandDone | null> {
	const { rows } = await client.query(
		"SELECT id, audit, seq FROM command WHERE id = $1",
		[id],
	);
	return rows[0] ?? null;
}

/** What became of those of some commands that were carried out. */
export async function doneCommands(
	client: Pick<pg.Pool, "query">,
	ids: readonly string[],
): Promise<CommandDone[]> {
	const { rows } = await client.query(
		"SELECT id, audit, seq FROM command WHERE id = ANY ($1::uuid[])",
		[ids],
	);
	return rows;
}

/** Reads a message as it came over the network. @throws Refused naming each field that is not of its form */
export function readMessage(body: unknown): CommandMessage {
	const read = CommandMessage.safeParse(body);
	if (!read.success)
		throw new Refused(
			refusalOf("form", { fields: fieldsOf(read.error.issues) }),
		);
	return read.data;
}

function checked<C extends Command>(command: C, request: unknown): Asked<C> {
	const read = command.request.safeParse(request);
	if (!read.success)
		throw new Refused(
			refusalOf("form", {
				fields: fieldsOf(read.error.issues, "request"),
			}),
		);
	return read.data as Asked<C>;
}

/** Which fields are not of their form. */
function fieldsOf(
	issues: readonly { path: PropertyKey[] }[],
	under = "",
): string {
	const fields = issues.map(({ path }) =>
		[under, ...path.map(String)].filter(Boolean).join("."),
	);
	return [...new Set(fields)].map((field) => field || "body").join(", ");
}

/** Every command that is written down gives its reason. */
function reasonOf(request: unknown): string {
	return String((request as { reason?: unknown }).reason ?? "");
}

async function rowToUndo(
	client: pg.PoolClient,
	number: number,
	person: Person,
): Promise<AuditRow> {
	const row = await auditRow(client, number);
	// What they may not read is not there for them: a refusal would name who did what and why.
	if (!row || !maySee(person, row))
		throw new Refused(refusalOf("unknown-row", { row: number }));
	const [latest] = await auditRows(client, { limit: 1, subject: row.subject });
	if (latest && latest.number !== row.number)
		throw new Refused(
			refusalOf(
				"changed-again",
				{ row: number, person: latest.person.display },
				otherOf(latest),
			),
		);
	const { rows } = await client.query("SELECT 1 FROM audit WHERE undoes = $1", [
		number,
	]);
	if (rows.length > 0)
		throw new Refused(refusalOf("undone-already", { row: number }));
	return row;
}

/** What takes a row back, for the reason of whoever does: it is told beside what was changed, in that person's words. */
function inverseOf(
	row: AuditRow,
	reason: string,
): { name: string; request: unknown } {
	if (row.inverse === null)
		throw new Refused(refusalOf("no-inverse", { row: row.number }));
	const { name, request } = JSON.parse(row.inverse);
	return {
		name,
		request: "reason" in request ? { ...request, reason } : request,
	};
}

function refuseOutside(
	command: Command,
	person: Person,
	areas: readonly AreaCode[],
): void {
	if (person.scope === NATION) return;
	if (command.scope === "nation")
		throw new Refused(
			refusalOf("nation-only", {
				command: command.name,
				scope: person.scope,
			}),
		);
	const outside = areas.filter((area) => !liesIn(area, person.scope));
	if (outside.length > 0)
		throw new Refused(
			refusalOf("outside-scope", {
				areas: `${outside.slice(0, 5).join(", ")}${outside.length > 5 ? " …" : ""}`,
				scope: person.scope,
			}),
		);
}

/** Somebody else changed the subject, and whoever decides now had not seen it. */
async function refuseConflict(
	client: pg.PoolClient,
	subject: string,
	{ basedOn }: CommandMessage,
	{ person }: By,
): Promise<void> {
	if (basedOn === null) return;
	const [latest] = await auditRows(client, { limit: 1, subject });
	if (!latest || latest.person.name === person.name) return;
	const done = await doneCommand(client, latest.command);
	if (done && done.seq !== null && done.seq <= basedOn) return;
	throw new Refused(
		refusalOf(
			"changed-since",
			{ person: latest.person.display },
			otherOf(latest),
		),
	);
}

function otherOf(row: AuditRow): NonNullable<CommandRefusal["other"]> {
	return {
		person: row.person.display,
		at: row.at,
		name: row.name,
		reason: row.reason,
		audit: row.number,
	};
}
