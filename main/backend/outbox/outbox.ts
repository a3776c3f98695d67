import type Database from "better-sqlite3";
import type { Person } from "../../../core/access/person.ts";
import type {
	CommandDone,
	CommandMessage,
	CommandRefusal,
} from "../../../core/api/command-message.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";
import { sealOf } from "../files/seal.ts";
import { OUTBOX_WHOLE } from "./outbox-database.ts";

/** Entries that were carried or refused are shown in the tray this long (ms). */
const SHOWN_AFTER = 7 * 24 * 3_600_000;

/** Commands given on this workstation, kept until they were carried out or refused, in the order in which they were given. */
export interface Outbox {
	/** Keeps a command. The same id given again changes nothing. */
	add(message: CommandMessage, person: Person, now: number): void;
	/** The first one of each person that waits, the oldest first. */
	firsts(): {
		message: CommandMessage;
		person: Person;
		problem: string | null;
	}[];
	/** It is about to leave: from now on the hub may have it, also if this process ends. */
	sending(id: string): void;
	/** It did not leave after all. */
	notSent(id: string): void;
	/** A try met something that may pass. */
	met(id: string, problem: string): void;
	done(answer: CommandDone, now: number): void;
	refused(id: string, refusal: CommandRefusal, now: number): void;
	/** Ids of commands that are done and of which the publication is not known yet. */
	unpublished(): string[];
	/** Ids of all commands that the hub once said it had carried out. */
	carriedOut(): string[];
	/** A restored hub has it no more. */
	recalled(id: string, now: number): void;
	/** The epoch of the hub's log in which it was last asked for all of them; null: never. */
	askedIn(): string | null;
	wasAskedIn(epoch: string): void;
	/** Takes a command back that the hub cannot have, or clears one that was refused or recalled. False when there is none such. */
	remove(id: string): boolean;
	/** What the tray shows, newest first. */
	entries(now: number): OutboxEntry[];
}

interface Row {
	id: string;
	name: string;
	request: string;
	based_on: number | null;
	person: string;
	given_at: number;
	state: OutboxEntry["state"];
	tries: number;
	problem: string | null;
	refusal: string | null;
	audit: number | null;
	seq: number | null;
	settled_at: number | null;
	recalled_at: number | null;
}

export function createOutbox(
	database: Database.Database,
	changed: () => void,
): Outbox {
	const insert = database.prepare(
		`INSERT INTO outbox (id, name, request, based_on, person, given_at, seal, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')
		 ON CONFLICT (id) DO NOTHING`,
	);
	const firsts = database.prepare(
		`SELECT *, min(number), ${OUTBOX_WHOLE} AS whole FROM outbox WHERE state = 'waiting' GROUP BY json_extract(person, '$.name') ORDER BY number`,
	);
	const sending = database.prepare(
		"UPDATE outbox SET sent = sent + 1 WHERE id = ?",
	);
	const notSent = database.prepare(
		"UPDATE outbox SET sent = sent - 1 WHERE id = ?",
	);
	const tried = database.prepare(
		"UPDATE outbox SET tries = tries + 1, problem = ? WHERE id = ?",
	);
	const settle = database.prepare(
		`UPDATE outbox SET state = ?, problem = NULL, refusal = ?, audit = ?, seq = ?, settled_at = coalesce(settled_at, ?), recalled_at = NULL WHERE id = ?`,
	);
	const carriedOut = database
		.prepare("SELECT id FROM outbox WHERE state = 'done' ORDER BY number")
		.pluck();
	const recall = database.prepare(
		"UPDATE outbox SET recalled_at = coalesce(recalled_at, ?) WHERE id = ? AND state = 'done'",
	);
	const askedIn = database.prepare("SELECT epoch FROM asked_in").pluck();
	const wasAskedIn = database.prepare(
		"REPLACE INTO asked_in (one, epoch) VALUES (1, ?)",
	);
	const without = database
		.prepare(
			"SELECT id FROM outbox WHERE state = 'done' AND seq IS NULL AND recalled_at IS NULL",
		)
		.pluck();
	const remove = database.prepare(
		"DELETE FROM outbox WHERE id = ? AND (state = 'refused' OR recalled_at IS NOT NULL OR (state = 'waiting' AND sent = 0))",
	);
	const shown = database.prepare(
		"SELECT * FROM outbox WHERE settled_at IS NULL OR recalled_at IS NOT NULL OR settled_at > ? ORDER BY number DESC LIMIT 200",
	);
	return {
		add(message, person, now) {
			const values = [
				message.id,
				message.name,
				JSON.stringify(message.request),
				message.basedOn,
				JSON.stringify(person),
				now,
			];
			insert.run(...values, sealOf(...values));
			changed();
		},
		firsts: () =>
			(firsts.all() as (Row & { whole: number })[]).map(whole).map((row) => ({
				message: {
					id: row.id,
					name: row.name,
					basedOn: row.based_on,
					request: JSON.parse(row.request),
				},
				person: JSON.parse(row.person),
				problem: row.problem,
			})),
		sending: (id) => void sending.run(id),
		notSent: (id) => void notSent.run(id),
		met(id, problem) {
			tried.run(problem, id);
			changed();
		},
		done({ id, audit, seq }, now) {
			settle.run("done", null, audit, seq, now, id);
			changed();
		},
		refused(id, refusal, now) {
			settle.run("refused", JSON.stringify(refusal), null, null, now, id);
			changed();
		},
		unpublished: () => without.all() as string[],
		carriedOut: () => carriedOut.all() as string[],
		recalled(id, now) {
			recall.run(now, id);
			changed();
		},
		askedIn: () => (askedIn.get() as string | undefined) ?? null,
		wasAskedIn: (epoch) => void wasAskedIn.run(epoch),
		remove(id) {
			const { changes } = remove.run(id);
			if (changes > 0) changed();
			return changes > 0;
		},
		entries: (now) =>
			(shown.all(now - SHOWN_AFTER) as Row[]).map((row) => ({
				id: row.id,
				name: row.name,
				request: JSON.parse(row.request),
				person: JSON.parse(row.person),
				givenAt: row.given_at,
				state: row.recalled_at === null ? row.state : "recalled",
				tries: row.tries,
				problem: row.problem,
				refusal: row.refusal === null ? null : JSON.parse(row.refusal),
				audit: row.audit,
				seq: row.seq,
			})),
	};
}

/** A command that is not what was given is never sent; the next start puts the file aside. */
function whole<R extends { id: string; whole: number }>(row: R): R {
	if (row.whole !== 1)
		throw new Error(`command ${row.id} was damaged on this disk; not sent`);
	return row;
}
