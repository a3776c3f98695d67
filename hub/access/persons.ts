import type { Person } from "../../core/access/person.ts";
import { PERSON_ROLES, Role } from "../../core/access/role.ts";
import { Scope } from "../../core/access/scope.ts";
import type { Queryable } from "../store/publication.ts";
import { hashPassword, SHORTEST_PASSWORD } from "./password.ts";

/** A person as the hub's administrators see it. */
export interface PersonEntry extends Person {
	madeAt: number;
	/** Null: may sign in. */
	revokedAt: number | null;
}

/** What is wrong with a person that was to be added or changed, in words for whoever typed it. */
export class PersonError extends Error {}

const NAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/** Adds somebody. @throws PersonError when the name is taken or something is not of its form */
export async function addPerson(
	db: Queryable,
	given: { name: string; display: string; role: string; scope: string },
	password: string,
	now: number,
): Promise<Person> {
	const person = checkedPerson(given);
	const { rowCount } = await db.query(
		`INSERT INTO person (name, display, password, role, scope, made_at) VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (name) DO NOTHING`,
		[
			person.name,
			person.display,
			await hashPassword(checkedPassword(password)),
			person.role,
			person.scope,
			now,
		],
	);
	if (!rowCount)
		throw new PersonError(
			`name: found ${person.name}, which is taken; a name is never given to somebody else`,
		);
	return person;
}

/** Gives somebody another password; sign-ins under the old one end. */
export async function changePassword(
	db: Queryable,
	name: string,
	password: string,
	now: number,
): Promise<void> {
	const { rowCount } = await db.query(
		"UPDATE person SET password = $2 WHERE name = $1 AND revoked_at IS NULL",
		[name, await hashPassword(checkedPassword(password))],
	);
	if (!rowCount) throw unknown(name);
	await endSessions(db, name, now);
}

/** Takes everything from somebody: sign-ins under way end at once. */
export async function revokePerson(
	db: Queryable,
	name: string,
	now: number,
): Promise<void> {
	const { rowCount } = await db.query(
		"UPDATE person SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL",
		[name, now],
	);
	if (!rowCount) throw unknown(name);
	await endSessions(db, name, now);
}

/** Everybody there is or was, by name. */
export async function persons(db: Queryable): Promise<PersonEntry[]> {
	const { rows } = await db.query(
		`SELECT name, display, role, scope, made_at AS "madeAt", revoked_at AS "revokedAt" FROM person ORDER BY name`,
	);
	return rows;
}

function checkedPerson(given: {
	name: string;
	display: string;
	role: string;
	scope: string;
}): Person {
	const name = given.name.trim();
	if (!NAME.test(name))
		throw new PersonError(
			`name: found ${JSON.stringify(given.name.slice(0, 60))}, expected 2 to 40 of a-z, 0-9, "." "_" "-"`,
		);
	const display = given.display.trim();
	if (display === "" || display.length > 100)
		throw new PersonError("display: expected a name of 1 to 100 characters");
	const role = Role.safeParse(given.role);
	if (!role.success || !PERSON_ROLES.includes(role.data))
		throw new PersonError(
			`role: found ${JSON.stringify(given.role)}, expected one of ${PERSON_ROLES.join(", ")}`,
		);
	const scope = Scope.safeParse(given.scope);
	if (!scope.success)
		throw new PersonError(
			`scope: found ${JSON.stringify(given.scope)}, expected ${scope.error.issues[0]?.message}`,
		);
	return { name, display, role: role.data, scope: scope.data };
}

function checkedPassword(password: string): string {
	if (password.length < SHORTEST_PASSWORD)
		throw new PersonError(
			`password: expected at least ${SHORTEST_PASSWORD} characters`,
		);
	if (password.length > 1000)
		throw new PersonError("password: expected at most 1000 characters");
	return password;
}

async function endSessions(
	db: Queryable,
	name: string,
	now: number,
): Promise<void> {
	await db.query(
		`UPDATE session SET ended_at = $2 FROM person
		 WHERE person.id = session.person AND person.name = $1 AND session.ended_at IS NULL`,
		[name, now],
	);
}

function unknown(name: string): PersonError {
	return new PersonError(
		`name: found ${JSON.stringify(name.slice(0, 60))}, which nobody has or who is revoked`,
	);
}
