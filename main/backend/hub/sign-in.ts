import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type Database from "better-sqlite3";
import type { Person } from "../../../core/access/person.ts";
import type { Role } from "../../../core/access/role.ts";
import type { Scope } from "../../../core/access/scope.ts";
import { sealOf } from "../files/seal.ts";
import { type HubAccess, HubAway, type HubSignIn } from "./hub-access.ts";

const DAY = 24 * 3_600_000;
/** So long after the hub last confirmed somebody, this workstation still knows them. */
export const REMEMBERED_FOR = 7 * DAY;
/** A sign-in without the hub ends after so long. */
const OFFLINE_LASTS = DAY / 2;
const FREE_TRIES = 3;
const LONGEST_WAIT = 300_000;

/** In place of the token of a sign-in that the hub ended. */
const ENDED_BY_HUB = "";

export interface SignedIn {
	person: Person;
	/** Null: signed in while the hub was away; commands wait until the person signs in again. */
	token: string | null;
	endsAt: number;
}

export type SignInResult =
	| { kind: "signed-in"; signedIn: SignedIn }
	| { kind: "refused" }
	| { kind: "wait"; milliseconds: number }
	/** Known, but not for the part of the country whose workstation this is. */
	| { kind: "elsewhere" }
	/** The hub is away and this workstation does not know the person, or not any more. */
	| { kind: "unknown-offline" };

/** Who sits at each window of this workstation. */
export interface SignIns {
	/** Who is signed in under a session cookie; null: nobody. */
	of(session: string): SignedIn | null;
	signIn(
		session: string,
		name: string,
		password: string,
	): Promise<SignInResult>;
	takeRole(session: string, role: Role, scope: Scope): Promise<SignInResult>;
	signOut(session: string): Promise<void>;
	/** A token of a person, to send what they ordered; null when they are not signed in with the hub. */
	tokenOf(person: Person): string | null;
	/** The hub says that a token has ended: whose it was is not remembered here any more. */
	ended(token: string): void;
	/** Every token that has not ended. */
	tokens(): string[];
	/** Who was signed in under a session cookie, and why not any more; null: nobody was, or still is. */
	endedAt(session: string): { display: string; why: "hub" | "time" } | null;
}

export function createSignIns(
	database: Database.Database,
	hub: HubAccess | null,
	changed: () => void,
	clock: () => number = Date.now,
): SignIns {
	const find = database.prepare(
		"SELECT person, token, ends_at AS endsAt FROM signed_in WHERE session = ? AND ends_at > ? AND seal IS seal(session, person, token, ends_at)",
	);
	const keep = database.prepare(
		"REPLACE INTO signed_in VALUES (?, ?, ?, ?, ?)",
	);
	const drop = database.prepare("DELETE FROM signed_in WHERE session = ?");
	const dropEnded = database.prepare(
		"DELETE FROM signed_in WHERE ends_at <= ?",
	);
	// Kept for a while, so that the window can say why nobody is signed in any more.
	const findEnded = database.prepare(
		"SELECT person, token FROM signed_in WHERE session = ? AND ends_at <= ? AND seal IS seal(session, person, token, ends_at)",
	);
	const live = database
		.prepare(
			"SELECT token FROM signed_in WHERE token IS NOT NULL AND ends_at > ?",
		)
		.pluck();
	const tokens = database
		.prepare(
			"SELECT token FROM signed_in WHERE seal IS seal(session, person, token, ends_at) AND iif(json_valid(person), json_extract(person, '$.name'), NULL) = ? AND token IS NOT NULL AND ends_at > ? ORDER BY ends_at DESC LIMIT 1",
		)
		.pluck();
	const endToken = database.prepare(
		"UPDATE signed_in SET ends_at = @now, token = @ended, seal = seal(session, person, @ended, @now) WHERE token = @token",
	);
	const remember = database.prepare(
		"REPLACE INTO remembered (name, person, salt, key, asked_at, seal) VALUES (?, ?, ?, ?, ?, ?)",
	);
	const known = database.prepare(
		"SELECT * FROM remembered WHERE name = ? AND seal IS seal(name, person, salt, key, asked_at)",
	);
	const forget = database.prepare("DELETE FROM remembered WHERE name = ?");
	const forgetOwner = database.prepare(
		"DELETE FROM remembered WHERE iif(json_valid(person), json_extract(person, '$.name'), NULL) IN (SELECT iif(json_valid(person), json_extract(person, '$.name'), NULL) FROM signed_in WHERE token = ?)",
	);
	const failed = database.prepare(
		"UPDATE remembered SET failures = failures + 1, failed_at = ? WHERE name = ?",
	);
	const succeeded = database.prepare(
		"UPDATE remembered SET failures = 0 WHERE name = ?",
	);

	/** Whoever signed in while nothing could be kept (a full disk): known until this process ends. */
	const unkept = new Map<string, SignedIn>();

	/** What a full disk does not let this workstation remember keeps nobody from looking. */
	function keeping(write: () => void): boolean {
		try {
			write();
			return true;
		} catch {
			return false;
		}
	}

	function begin(session: string, signedIn: SignedIn): SignInResult {
		const key = digest(session);
		unkept.delete(key);
		const kept = keeping(() => {
			dropEnded.run(clock() - DAY);
			const values = [
				key,
				JSON.stringify(signedIn.person),
				signedIn.token,
				signedIn.endsAt,
			];
			keep.run(...values, sealOf(...values));
		});
		if (!kept) unkept.set(key, signedIn);
		changed();
		return { kind: "signed-in", signedIn };
	}

	async function atHub(
		session: string,
		ask: (hub: HubAccess) => Promise<HubSignIn>,
	): Promise<SignInResult> {
		if (!hub) throw new HubAway("no hub is configured");
		const result = await ask(hub);
		if (result.kind !== "signed-in") return result;
		const { person, token, endsAt } = result;
		return begin(session, { person, token, endsAt });
	}

	async function offline(
		session: string,
		name: string,
		password: string,
	): Promise<SignInResult> {
		const row = known.get(name) as Remembered | undefined;
		const now = clock();
		// A clock put back must not make a memory last longer.
		const fresh =
			row && now - row.asked_at < REMEMBERED_FOR && now >= row.asked_at;
		if (!row || !fresh) return { kind: "unknown-offline" };
		const wait =
			row.failures < FREE_TRIES
				? 0
				: row.failed_at +
					Math.min(LONGEST_WAIT, 1000 * 2 ** (row.failures - FREE_TRIES)) -
					now;
		if (wait > 0) return { kind: "wait", milliseconds: wait };
		const key = await derive(password, row.salt);
		if (!timingSafeEqual(key, row.key)) {
			failed.run(now, name);
			return { kind: "refused" };
		}
		succeeded.run(name);
		return begin(session, {
			person: JSON.parse(row.person),
			token: null,
			endsAt: Math.min(now + OFFLINE_LASTS, row.asked_at + REMEMBERED_FOR),
		});
	}

	return {
		of(session) {
			const only = unkept.get(digest(session));
			if (only) return only.endsAt > clock() ? only : null;
			const row = find.get(digest(session), clock()) as
				| { person: string; token: string | null; endsAt: number }
				| undefined;
			return row ? { ...row, person: JSON.parse(row.person) } : null;
		},
		async signIn(session, name, password) {
			try {
				const result = await atHub(session, (asked) =>
					asked.signIn(name, password),
				);
				if (result.kind === "signed-in") {
					const salt = randomBytes(16);
					const key = await derive(password, salt);
					keeping(() => {
						const person = JSON.stringify(result.signedIn.person);
						const values = [name, person, salt, key, clock()];
						remember.run(...values, sealOf(...values));
					});
				}
				// The hub says no: what is remembered is no longer so.
				if (result.kind === "refused" || result.kind === "elsewhere")
					keeping(() => forget.run(name));
				return result;
			} catch (error) {
				if (!(error instanceof HubAway)) throw error;
				return offline(session, name, password);
			}
		},
		async takeRole(session, role, scope) {
			try {
				return await atHub(session, (asked) =>
					asked.signInToExercise(role, scope),
				);
			} catch (error) {
				if (!(error instanceof HubAway)) throw error;
				return { kind: "unknown-offline" };
			}
		},
		async signOut(session) {
			const token = this.of(session)?.token;
			unkept.delete(digest(session));
			drop.run(digest(session));
			changed();
			// The hub ends it by itself when it cannot be told.
			if (token) await hub?.signOut(token).catch(() => {});
		},
		tokenOf: (person) =>
			(tokens.get(person.name, clock()) as string | undefined) ??
			[...unkept.values()].find(
				(one) => one.person.name === person.name && one.endsAt > clock(),
			)?.token ??
			null,
		ended(token) {
			for (const [key, one] of unkept)
				if (one.token === token) {
					unkept.delete(key);
					keeping(() => forget.run(one.person.name));
				}
			// Revoked, or another password: the one remembered here must not open the same door once the hub is away.
			keeping(() => forgetOwner.run(token));
			endToken.run({ now: clock(), ended: ENDED_BY_HUB, token });
			changed();
		},
		tokens: () => [
			...(live.all(clock()) as string[]),
			...[...unkept.values()].flatMap(({ token }) => token ?? []),
		],
		endedAt(session) {
			const row = findEnded.get(digest(session), clock()) as
				| { person: string; token: string | null }
				| undefined;
			return row
				? {
						display: (JSON.parse(row.person) as Person).display,
						why: row.token === ENDED_BY_HUB ? "hub" : "time",
					}
				: null;
		},
	};
}

interface Remembered {
	person: string;
	salt: Buffer;
	key: Buffer;
	failures: number;
	failed_at: number;
	asked_at: number;
}

const hash = promisify<
	string,
	Buffer,
	number,
	{ N: number; r: number; p: number; maxmem: number },
	Buffer
>(scrypt);

/** As costly as at the hub: whoever takes the workstation's file has the same work. */
function derive(password: string, salt: Buffer): Promise<Buffer> {
	return hash(password.normalize("NFC"), salt, 32, {
		N: 1 << 15,
		r: 8,
		p: 3,
		maxmem: 128 << 20,
	});
}

/** The file tells nobody the cookie. */
function digest(session: string): string {
	return createHash("sha256").update(session).digest("hex");
}
