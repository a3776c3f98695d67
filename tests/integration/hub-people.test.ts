import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scope } from "../../core/access/scope.ts";
import {
	addPerson,
	changePassword,
	PersonError,
	persons,
	revokePerson,
} from "../../hub/access/persons.ts";
import { accessRoutes } from "../../hub/access/routes.ts";
import {
	SESSION_LASTS,
	sessionOf,
	signIn,
	signInToExercise,
	signOut,
} from "../../hub/access/sessions.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { putDataset } from "../../hub/store/dataset.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const PASSWORD = "sandi yang panjang";
const rina = {
	name: "rina",
	display: "Rina S., Dinkes Jawa Barat",
	role: "data-manager",
	scope: "32",
};

describe("people of the hub", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("people");
	let db: HubDatabase;
	let now = Date.UTC(2020, 3, 12);

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		await addPerson(db.pool, rina, PASSWORD, now);
	});
	afterAll(async () => {
		await db.stop();
		rmSync(folder.path, { recursive: true, force: true });
	});

	/** Signs in and returns the token. */
	async function token(name = "rina", password = PASSWORD): Promise<string> {
		const result = await signIn(db.pool, name, password, now);
		if (result.kind !== "signed-in") throw new Error(result.kind);
		return result.token;
	}

	it("signs in with name and password, as the person that was added", async () => {
		const session = await sessionOf(db.pool, await token(), now);
		expect(session?.person).toEqual(rina);
	});

	it("keeps neither the password nor the token where who reads the database could use it", async () => {
		const given = await token();
		const { rows } = await db.pool.query(
			"SELECT (SELECT string_agg(t::text, ' ') FROM person t) || (SELECT string_agg(t::text, ' ') FROM session t) AS text",
		);
		expect(rows[0].text).not.toContain(PASSWORD);
		expect(rows[0].text).not.toContain(given);
	});

	it("makes a name wait longer after each failure, known or not, and says nothing of which it is", async () => {
		for (const name of ["rina", "nobody"]) {
			for (let i = 0; i < 3; i++)
				expect(await signIn(db.pool, name, "wrong wrong wrong", now)).toEqual({
					kind: "refused",
				});
			expect(await signIn(db.pool, name, PASSWORD, now)).toEqual({
				kind: "wait",
				milliseconds: 1000,
			});
			now += 1000;
			expect((await signIn(db.pool, name, "wrong again", now)).kind).toBe(
				"refused",
			);
			expect(await signIn(db.pool, name, PASSWORD, now)).toEqual({
				kind: "wait",
				milliseconds: 2000,
			});
		}
		now += 2000;
		expect((await signIn(db.pool, "rina", PASSWORD, now)).kind).toBe(
			"signed-in",
		);
	});

	it("ends a sign-in by itself, by signing out, by another password and by revoking the person", async () => {
		const old = await token();
		expect(await sessionOf(db.pool, old, now + SESSION_LASTS)).toBeNull();
		const left = await token();
		await signOut(db.pool, left, now);
		expect(await sessionOf(db.pool, left, now)).toBeNull();
		const before = await token();
		await changePassword(db.pool, "rina", "sandi lain yang panjang", now);
		expect(await sessionOf(db.pool, before, now)).toBeNull();
		const after = await token("rina", "sandi lain yang panjang");
		await revokePerson(db.pool, "rina", now);
		expect(await sessionOf(db.pool, after, now)).toBeNull();
		expect(
			(await signIn(db.pool, "rina", "sandi lain yang panjang", now)).kind,
		).toBe("refused");
	});

	it("never gives the name of somebody revoked to somebody else", async () => {
		await expect(addPerson(db.pool, rina, PASSWORD, now)).rejects.toThrow(
			PersonError,
		);
		expect((await persons(db.pool)).map(({ name }) => name)).toEqual(["rina"]);
	});

	it.each([
		[{ ...rina, name: "R" }, "name"],
		[{ ...rina, name: "a b" }, "name"],
		[{ ...rina, role: "wall" }, "role"],
		[{ ...rina, role: "king" }, "role"],
		[{ ...rina, scope: "32.73" }, "scope"],
		[{ ...rina, scope: "3273" }, "scope"],
		[{ ...rina, display: " " }, "display"],
	])("names what is wrong with %j", async (person, field) => {
		await expect(addPerson(db.pool, person, PASSWORD, now)).rejects.toThrow(
			new RegExp(`^${field}: `),
		);
	});

	it("lets anybody take a role in an exercise, and nobody where numbers are real", async () => {
		expect((await signInToExercise(db.pool, "analyst", "ID", now)).kind).toBe(
			"refused",
		);
		await inTransaction(db.pool, (client) =>
			putDataset(client, { exercise: true }),
		);
		// Named in the language of the exercise, by title and part of the country.
		for (const [role, scope, display] of [
			["data-manager", "ID", "LATIHAN: pengelola data, nasional"],
			["planner", "35", "LATIHAN: perencana logistik, provinsi 35"],
		] as const)
			expect(
				await signInToExercise(db.pool, role, scope as Scope, now),
			).toMatchObject({ session: { person: { display } } });
		const result = await signInToExercise(
			db.pool,
			"data-manager",
			Scope.parse("32"),
			now,
		);
		expect(result).toMatchObject({
			kind: "signed-in",
			session: {
				person: { name: "latihan-data-manager-32", role: "data-manager" },
			},
		});
		// Nobody signs in as that person with a password.
		expect(
			(await signIn(db.pool, "latihan-data-manager-32", "", now)).kind,
		).toBe("refused");
		// The role ends with the exercise: whoever took it may nothing where numbers are real.
		const token = result.kind === "signed-in" ? result.token : "";
		expect(await sessionOf(db.pool, token, now)).not.toBeNull();
		await db.pool.query(
			"UPDATE dataset SET value = 'false' WHERE key = 'exercise'",
		);
		expect(await sessionOf(db.pool, token, now)).toBeNull();
		await db.pool.query(
			"UPDATE dataset SET value = 'true' WHERE key = 'exercise'",
		);
	});

	it("answers over HTTP without telling more than it must", async () => {
		const app = accessRoutes(db, () => now);
		const post = (body: unknown) =>
			app.request("/v1/session", {
				method: "POST",
				body: JSON.stringify(body),
			});
		await addPerson(
			db.pool,
			{ ...rina, name: "budi", role: "analyst", scope: "ID" },
			PASSWORD,
			now,
		);
		expect((await post({ name: "budi" })).status).toBe(400);
		expect(
			(await post({ name: "budi", password: "x".repeat(1 << 20) })).status,
		).toBe(413);
		expect((await post({ name: "budi", password: "no" })).status).toBe(401);
		const signed = await post({ name: "budi", password: PASSWORD });
		expect(signed.headers.get("cache-control")).toBe("no-store");
		const { token: given } = (await signed.json()) as { token: string };
		const headers = { "x-blc-person": given };
		expect(
			await (await app.request("/v1/session", { headers })).json(),
		).toMatchObject({ person: { name: "budi", scope: "ID" } });
		await app.request("/v1/session", { method: "DELETE", headers });
		expect((await app.request("/v1/session", { headers })).status).toBe(401);
	});
});
