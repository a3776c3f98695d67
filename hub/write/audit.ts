import { createHash } from "node:crypto";
import type { Person } from "../../core/access/person.ts";
import { liesIn } from "../../core/access/scope.ts";
import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import type { Queryable } from "../store/publication.ts";

/** What one command changed: a row of the audit trail before it is numbered. */
export interface AuditEntry {
	at: number;
	/** Id of the command. */
	command: string;
	name: string;
	person: Person;
	/** What was changed, as `file:12` or `cell:confirmed/32.73/2020-04-12`. */
	subject: string;
	/** JSON of the codes of every area whose figures it may change. */
	areas: string;
	reason: string;
	/** JSON each; what stood before and what stands after. */
	request: string;
	before: string;
	after: string;
	/** JSON of the command that takes it back; null where nothing does. */
	inverse: string | null;
	/** Number of the row that this one takes back. */
	undoes: number | null;
}

export interface AuditRow extends AuditEntry {
	number: number;
	previous: string;
	hash: string;
}

/** A row about another province is not for somebody of a province; one about no area is for whoever answers for the same part as its person. */
export function maySee(
	person: Person,
	row: Pick<AuditRow, "areas" | "person">,
): boolean {
	const areas = JSON.parse(row.areas) as AreaCode[];
	if (areas.length === 0)
		return person.scope === NATION || row.person.scope === person.scope;
	return areas.every((area) => liesIn(area, person.scope));
}

/**
 * A row as somebody may read it who may see it: with the address of a plan goes what was fixed in it by hand, for other provinces too, and a
 * province is given the plan's number alone, as with the orders themselves.
 */
export function readBy(person: Person, row: AuditRow): AuditRow {
	if (person.scope === NATION) return row;
	const told = (json: string): string =>
		JSON.stringify(
			JSON.parse(json, (key, value: unknown) =>
				key === "plan" && typeof value === "string"
					? value.split(" ", 1)[0]
					: value,
			),
		);
	return {
		...row,
		...{ request: told(row.request), before: told(row.before) },
		...{ after: told(row.after), inverse: row.inverse && told(row.inverse) },
	};
}

/** What the first row follows. */
const START = "0".repeat(64);
/** Any number of this database's own: rows are added one after the other. */
const LOCK = 20_200_311;

/** Adds a row; the transaction holds the trail until it ends, so that numbers have no gaps and follow the order of commits. */
export async function addToAudit(
	client: Queryable,
	entry: AuditEntry,
): Promise<number> {
	await lockAudit(client);
	const { rows } = await client.query(
		"SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1",
	);
	const number = (rows[0]?.number ?? 0) + 1;
	const previous: string = rows[0]?.hash ?? START;
	const hash = hashOf({ ...entry, number, previous });
	const { person } = entry;
	await client.query(
		`INSERT INTO audit (number, at, command, name, person, display, role, scope, subject, areas, reason, request, before, after,
			inverse, undoes, previous, hash)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		[
			number,
			entry.at,
			entry.command,
			entry.name,
			person.name,
			person.display,
			person.role,
			person.scope,
			entry.subject,
			entry.areas,
			entry.reason,
			entry.request,
			entry.before,
			entry.after,
			entry.inverse,
			entry.undoes,
			previous,
			hash,
		],
	);
	return number;
}

/** Until the end of the transaction nobody else adds to the trail. */
export async function lockAudit(client: Queryable): Promise<void> {
	await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
}

const COLUMNS = `number, at, command, name, person, display, role, scope, subject, areas, reason, request, before, after, inverse,
	undoes, previous, hash`;

/** Rows with a number below `before`, newest first. */
export async function auditRows(
	db: Queryable,
	{
		before = Number.MAX_SAFE_INTEGER,
		limit,
		subject,
	}: { before?: number; limit: number; subject?: string },
): Promise<AuditRow[]> {
	const { rows } = await db.query(
		`SELECT ${COLUMNS} FROM audit WHERE number < $1 AND ($3::text IS NULL OR subject = $3) ORDER BY number DESC LIMIT $2`,
		[before, limit, subject ?? null],
	);
	return rows.map(rowOf);
}

/** The row of a number. */
export async function auditRow(
	db: Queryable,
	number: number,
): Promise<AuditRow | undefined> {
	const { rows } = await db.query(
		`SELECT ${COLUMNS} FROM audit WHERE number = $1`,
		[number],
	);
	return rows.map(rowOf)[0];
}

/** The row of a command. */
export async function auditRowOf(
	db: Queryable,
	command: string,
): Promise<AuditRow | undefined> {
	const { rows } = await db.query(
		`SELECT ${COLUMNS} FROM audit WHERE command = $1`,
		[command],
	);
	return rows.map(rowOf)[0];
}

/** Where a trail stands: what is kept outside the database to tell that its last rows were not cut off. */
export interface AuditHead {
	number: number;
	hash: string;
}

/** What verification found wrong, in a sentence each; none when the trail is whole. */
export async function verifyAudit(
	db: Queryable,
	head: AuditHead | null,
): Promise<{ rows: number; faults: string[] }> {
	const { rows: stored } = await db.query(
		`SELECT ${COLUMNS} FROM audit ORDER BY number`,
	);
	const faults: string[] = [];
	let previous = START;
	let expected = 1;
	for (const row of stored.map(rowOf)) {
		if (row.number !== expected)
			faults.push(
				expected === row.number - 1
					? `row ${expected} is missing`
					: `rows ${expected} to ${row.number - 1} are missing`,
			);
		else if (row.previous !== previous)
			faults.push(`row ${row.number} does not follow row ${row.number - 1}`);
		if (hashOf(row) !== row.hash) faults.push(`row ${row.number} was changed`);
		previous = row.hash;
		expected = row.number + 1;
	}
	if (head && expected - 1 < head.number)
		faults.push(
			`the trail ends at row ${expected - 1}; row ${head.number} had been written: the last rows are missing`,
		);
	else if (head && head.number > 0) {
		const at = stored.find((row) => row.number === head.number);
		if (at && at.hash !== head.hash)
			faults.push(`row ${head.number} is not the one that was written`);
	}
	return { rows: stored.length, faults };
}

/** Over every field in a fixed order, with the hash of the row before. */
function hashOf(
	row: AuditEntry & { number: number; previous: string },
): string {
	const { person } = row;
	return createHash("sha256")
		.update(
			JSON.stringify([
				row.previous,
				row.number,
				row.at,
				row.command,
				row.name,
				person.name,
				person.display,
				person.role,
				person.scope,
				row.subject,
				row.areas,
				row.reason,
				row.request,
				row.before,
				row.after,
				row.inverse,
				row.undoes,
			]),
		)
		.digest("hex");
}

function rowOf(row: {
	[column: string]: unknown;
	person: string;
	display: string;
	role: string;
	scope: string;
}): AuditRow {
	const { person: name, display, role, scope, ...rest } = row;
	return { ...rest, person: { name, display, role, scope } } as AuditRow;
}
