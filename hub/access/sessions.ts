import { createHash, randomBytes } from "node:crypto";
import type { Person } from "../../core/access/person.ts";
import type { Role } from "../../core/access/role.ts";
import type { Scope } from "../../core/access/scope.ts";
import { NATION } from "../../core/areas/codes.ts";
import type { Queryable } from "../store/publication.ts";
import { isPassword } from "./password.ts";

const HOUR = 3_600_000;
/** A sign-in ends by itself: a shift and a bit. */
export const SESSION_LASTS = 12 * HOUR;
/** Failures of a name before tries have to wait, and how the wait grows: 1, 2, 4 ... seconds, at most five minutes. */
const FREE_TRIES = 3;
const LONGEST_WAIT = 300_000;

/** Somebody's sign-in. */
export interface Session {
	person: Person;
	/** Milliseconds since 1970. */
	endsAt: number;
}

export type SignIn =
	| { kind: "signed-in"; token: string; session: Session }
	/** Name or password is wrong; which of the two is not said. */
	| { kind: "refused" }
	/** Too many failures: try again after so many milliseconds. */
	| { kind: "wait"; milliseconds: number };

/** Signs somebody in by name and password. */
export async function signIn(
	db: Queryable,
	name: string,
	password: string,
	now: number,
): Promise<SignIn> {
	const checked = await check(db, name, password, now);
	return checked.kind === "known"
		? begin(db, checked.id, checked.person, now)
		: checked;
}

/** Who has this name and password, for one command at the terminal; null: nobody, or too many wrong ones were given. */
export async function personBy(
	db: Queryable,
	name: string,
	password: string,
	now: number,
): Promise<Person | null> {
	const checked = await check(db, name, password, now);
	return checked.kind === "known" ? checked.person : null;
}

async function check(
	db: Queryable,
	name: string,
	password: string,
	now: number,
): Promise<
	| { kind: "known"; id: number; person: Person }
	| Exclude<SignIn, { kind: "signed-in" }>
> {
	const wait = await waitOf(db, name, now);
	if (wait > 0) return { kind: "wait", milliseconds: wait };
	const { rows } = await db.query(
		"SELECT id, name, display, role, scope, password FROM person WHERE name = $1 AND revoked_at IS NULL",
		[name],
	);
	const found = rows[0];
	// Unknown names take the same time and the same delays as known ones.
	if (!(await isPassword(password, found?.password ?? null))) {
		await db.query(
			`INSERT INTO sign_in_failure VALUES ($1, 1, $2)
			 ON CONFLICT (name) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at`,
			[name.slice(0, 100), now],
		);
		return { kind: "refused" };
	}
	await db.query("DELETE FROM sign_in_failure WHERE name = $1", [name]);
	return { kind: "known", id: found.id, person: personOf(found) };
}

/** Roles as people of an exercise are called. Trails and papers of it name them in whatever language they are read. */
const TITLES: Readonly<Record<Role, string>> = {
	official: "pejabat",
	analyst: "analis",
	planner: "perencana logistik",
	"data-manager": "pengelola data",
	administrator: "administrator",
	wall: "dinding",
	remote: "remote",
};

const exerciseName = (role: Role, scope: Scope) =>
	`LATIHAN: ${TITLES[role]}, ${scope === NATION ? "nasional" : `provinsi ${scope}`}`;

/**
 * In an exercise anybody takes any role: the person is named after it.
 * @throws when the dataset is no exercise
 */
export async function signInToExercise(
	db: Queryable,
	role: Role,
	scope: Scope,
	now: number,
): Promise<SignIn> {
	const { rows: dataset } = await db.query(
		"SELECT 1 FROM dataset WHERE key = 'exercise' AND value = 'true'",
	);
	if (dataset.length === 0) return { kind: "refused" };
	const name = `latihan-${role}-${scope.toLowerCase()}`;
	const { rows } = await db.query(
		`INSERT INTO person (name, display, role, scope, made_at) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (name) DO UPDATE SET display = excluded.display RETURNING id, name, display, role, scope`,
		[name, exerciseName(role, scope), role, scope, now],
	);
	return begin(db, rows[0].id, personOf(rows[0]), now);
}

/** Whose token it is; null when it was never given, has ended or was revoked. A role that anybody takes in an exercise ends with it. */
export async function sessionOf(
	db: Queryable,
	token: string,
	now: number,
): Promise<Session | null> {
	const { rows } = await db.query(
		`SELECT name, display, role, scope, ends_at AS "endsAt" FROM session JOIN person ON person.id = session.person
		 WHERE token = $1 AND ended_at IS NULL AND revoked_at IS NULL AND ends_at > $2
			AND (password IS NOT NULL OR EXISTS (SELECT FROM dataset WHERE key = 'exercise' AND value = 'true'))`,
		[digest(token), now],
	);
	return rows.length > 0
		? { person: personOf(rows[0]), endsAt: rows[0].endsAt }
		: null;
}

/** Ends a sign-in. */
export async function signOut(
	db: Queryable,
	token: string,
	now: number,
): Promise<void> {
	await db.query(
		"UPDATE session SET ended_at = $2 WHERE token = $1 AND ended_at IS NULL",
		[digest(token), now],
	);
}

async function begin(
	db: Queryable,
	id: number,
	person: Person,
	now: number,
): Promise<SignIn> {
	const token = randomBytes(32).toString("base64url");
	const endsAt = now + SESSION_LASTS;
	await db.query(
		"INSERT INTO session (token, person, begun_at, ends_at) VALUES ($1, $2, $3, $4)",
		[digest(token), id, now, endsAt],
	);
	return { kind: "signed-in", token, session: { person, endsAt } };
}

async function waitOf(
	db: Queryable,
	name: string,
	now: number,
): Promise<number> {
	const { rows } = await db.query(
		`SELECT failures, last_at AS "lastAt" FROM sign_in_failure WHERE name = $1`,
		[name.slice(0, 100)],
	);
	if (rows.length === 0 || rows[0].failures < FREE_TRIES) return 0;
	const pause = Math.min(
		LONGEST_WAIT,
		1000 * 2 ** (rows[0].failures - FREE_TRIES),
	);
	return Math.max(0, rows[0].lastAt + pause - now);
}

function personOf(row: Person): Person {
	const { name, display, role, scope } = row;
	return { name, display, role, scope };
}

function digest(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
