import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { PERSON_HEADER } from "../../core/access/person.ts";
import { Scope } from "../../core/access/scope.ts";
import {
	GivenTable,
	MappingDraft,
	Mappings,
	TablePreview,
} from "../../core/api/tables.ts";
import { TableMapping } from "../../core/mapping/mapping.ts";
import { day } from "../../core/series/day.ts";
import { addPerson } from "../../hub/access/persons.ts";
import { signIn } from "../../hub/access/sessions.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { standingMapping } from "../../hub/store/tables.ts";
import { PERFORMERS } from "../../hub/write/all.ts";
import { perform, Refused } from "../../hub/write/perform.ts";
import { writeRoutes } from "../../hub/write/routes.ts";
import { tableRoutes } from "../../hub/write/table-routes.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const FIRST = [
	"Kode;Tanggal;Positif",
	"32.73;12/04/2020;1.103",
	"32.04;13/04/2020;40",
];
const DRIFTED = ["Kode;Tanggal;Total kasus", "32.73;14/04/2020;1.110"];

describe("tables that are given at the desk", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("tables");
	let db: HubDatabase;
	let tokens: Record<string, string>;
	/** Noon in Jakarta. */
	const now = Date.UTC(2020, 3, 20, 5);
	const rina: Person = {
		...{ name: "rina", display: "Rina", role: "data-manager" },
		scope: Scope.parse("ID"),
	};

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		tokens = {};
		for (const [name, role, scope] of [
			["rina", "data-manager", "ID"],
			["budi", "analyst", "ID"],
			["sari", "data-manager", "51"],
		] as const) {
			const password = `kata sandi ${name} 123`;
			await addPerson(
				db.pool,
				{ name, display: name, role, scope },
				password,
				now,
			);
			const signed = await signIn(db.pool, name, password, now);
			if (signed.kind !== "signed-in") throw new Error(signed.kind);
			tokens[name] = signed.token;
		}
	});
	afterAll(async () => {
		await db.stop();
		rmSync(folder.path, { recursive: true, force: true });
	});

	const routes = () => tableRoutes(db, () => now);
	const ask = (path: string, who = "rina", body?: string) =>
		routes().request(path, {
			method: body === undefined ? "GET" : "POST",
			headers: {
				[PERSON_HEADER]: tokens[who] ?? "",
				// As a browser or a workstation says how long it is.
				...(body === undefined
					? {}
					: { "content-length": String(Buffer.byteLength(body)) }),
			},
			...(body === undefined ? {} : { body }),
		});
	const give = async (name: string, lines: readonly string[], who = "rina") => {
		const answer = await ask(
			`/v1/table?name=${encodeURIComponent(name)}`,
			who,
			`${lines.join("\n")}\n`,
		);
		expect(answer.status).toBe(200);
		return ((await answer.json()) as { table: number }).table;
	};
	const order = async (name: string, request: object, person = rina) => {
		const done = await perform(
			db,
			PERFORMERS,
			{ id: randomUUID(), name, basedOn: null, request },
			{ person, now },
		);
		await publish(db);
		return done;
	};
	const refused = (ordered: Promise<unknown>) =>
		ordered.then(
			() => "done",
			(error) =>
				error instanceof Refused ? error.refusal.reason : String(error),
		);
	const preview = async (table: number, query = "") =>
		TablePreview.parse(await (await ask(`/v1/table/${table}${query}`)).json());
	const draftOf = ({ header, guess }: TablePreview): TableMapping =>
		TableMapping.parse({
			...{ level: guess.level, thousands: guess.thousands, encoding: "utf-8" },
			columns: guess.columns.flatMap(({ name, meaning }) =>
				meaning ? [{ name, otherNames: [], meaning }] : [],
			),
			header,
		});
	const save = (mapping: TableMapping | null, more: object = {}) =>
		order("save-mapping", {
			source: "dinkes-jabar",
			...{ register: null, mapping, reason: "surat dinkes no. 7" },
			...more,
		});
	const take = async (
		table: number,
		person = rina,
		source = "dinkes-jabar",
		asOf: number | null = null,
	) => {
		const version = (await standingMapping(db.pool, source))?.version ?? 1;
		return order(
			"take-in-table",
			{ table, source, version, asOf, reason: "surat no. 7" },
			person,
		);
	};
	const readings = async (name: string) =>
		(
			await db.pool.query(
				"SELECT name, withdrawn IS NOT NULL AS withdrawn FROM file WHERE starts_with(name, $1) ORDER BY id",
				[name],
			)
		).rows;
	const trailed = async (audit: number) => {
		const { rows } = await db.pool.query(
			"SELECT before, after FROM audit WHERE number = $1",
			[audit],
		);
		return {
			before: JSON.parse(rows[0].before),
			after: JSON.parse(rows[0].after),
		};
	};
	const confirmed = async () =>
		Object.fromEntries(
			(
				await db.pool.query(
					`SELECT code || ' ' || day AS cell, value::float8 AS value FROM fact JOIN area ON area.id = area
					 WHERE indicator = 1 AND level = 2 AND value IS NOT NULL`,
				)
			).rows.map(({ cell, value }) => [cell, value]),
		);
	const tables = async (who = "rina") =>
		GivenTable.array().parse(await (await ask("/v1/tables", who)).json());
	const A = `32.73 ${day("2020-04-12")}`;
	const B = `32.04 ${day("2020-04-13")}`;
	const C = `32.73 ${day("2020-04-14")}`;

	it("a bundle that names patients is no table, and none of it is kept", async () => {
		const answer = await ask(
			"/v1/table?name=hasil.json",
			"rina",
			'{"resourceType":"Bundle","entry":[{"resource":{"name":"Siti Rahasia"}}]}',
		);
		expect([answer.status, await answer.json()]).toEqual([
			400,
			expect.objectContaining({ reason: "names-patients" }),
		]);
		const { rows } = await db.pool.query(
			"SELECT FROM given_table WHERE name = 'hasil.json'",
		);
		expect(rows).toEqual([]);
	});

	it("nobody but data managers is answered, and whoever answers for a province sees only their own", async () => {
		for (const path of ["/v1/tables", "/v1/mappings", "/v1/table/1"])
			expect((await ask(path, "budi")).status).toBe(403);
		expect((await ask("/v1/table?name=a.csv", "budi", "a")).status).toBe(403);
		expect((await ask("/v1/tables", "nobody")).status).toBe(401);
		const table = await give("a.csv", FIRST);
		expect((await ask(`/v1/table/${table}`, "sari")).status).toBe(404);
		expect(await tables("sari")).toEqual([]);
		expect(await give("a.csv", FIRST)).toBe(table);
	});

	it("is shown with what its columns seem to mean, tried, mapped, and taken in by the mapping; the mapping is taken back", async () => {
		const table = await give("a.csv", FIRST);
		expect(await refused(take(table))).toBe("no-mapping");
		const shown = await preview(table);
		expect(shown).toMatchObject({ lines: 3, delimiter: ";", trial: null });
		expect(shown.rows[0]).toEqual({
			line: 2,
			cells: ["32.73", "12/04/2020", "1.103"],
		});
		const mapping = draftOf(shown);
		const { header: _, ...draft } = mapping;
		const tried = await preview(
			table,
			`?draft=${encodeURIComponent(JSON.stringify(MappingDraft.parse(draft)))}`,
		);
		expect(tried.trial).toMatchObject({
			...{ accepted: 2, quarantined: 0, skipped: 1, questions: [] },
			says: [
				{ code: "32.73", name: "Kota Bandung", values: { confirmed: 1103 } },
				{ code: "32.04", values: { confirmed: 40 } },
			],
		});
		// Trying stores nothing.
		expect(await confirmed()).toEqual({});

		expect(await refused(save(mapping))).toBe("unknown-source");
		const { audit } = await save(mapping, {
			register: {
				names: { id: "Dinkes Jawa Barat", en: "Health office of Jawa Barat" },
				...{ rank: 15, cadence: "daily" },
			},
		});
		await order("undo", { audit, reason: "belum disetujui" });
		expect(await refused(take(table))).toBe("no-mapping");
		await save(mapping);
		const { versions } = Mappings.answer.parse(
			await (await ask("/v1/mappings")).json(),
		);
		expect(
			versions.map(({ version, mapping: one }) => [version, !one]),
		).toEqual([
			[3, false],
			[2, true],
			[1, false],
		]);
		expect(
			await refused(
				order("take-in-table", {
					...{ table, source: "dinkes-jabar", version: 99, asOf: null },
					reason: "surat no. 7",
				}),
			),
		).toBe("mapping-newer");
		await take(table);
		expect(await confirmed()).toMatchObject({ [A]: 1103, [B]: 40 });
		expect(await refused(take(table))).toBe("taken-already");
	});

	it("a file that no longer fits is held whole, and taken in once the column was mapped; undone, nothing of it is known", async () => {
		const table = await give("b.csv", DRIFTED);
		await take(table);
		expect((await confirmed())[C]).toBeUndefined();
		const [held] = await tables();
		expect(held).toMatchObject({
			table,
			taken: { accepted: 0, quarantined: 1, held: [{ column: "Positif" }] },
		});
		const { trial } = await preview(table, "?source=dinkes-jabar");
		expect(trial?.questions).toMatchObject([
			{ kind: "missing", column: "Positif" },
		]);
		const mapping = draftOf(await preview(await give("a.csv", FIRST)));
		await save({
			...mapping,
			columns: mapping.columns.map((one) =>
				one.name === "Positif" ? { ...one, otherNames: ["Total kasus"] } : one,
			),
		});
		const { audit } = await take(table);
		expect((await confirmed())[C]).toBe(1110);
		expect((await tables())[0]).toMatchObject({
			taken: { accepted: 1, quarantined: 0, held: [] },
		});
		// Nothing is left in quarantine of what was answered.
		const { rows } = await db.pool.query("SELECT 1 FROM quarantine");
		expect(rows).toEqual([]);
		await order("undo", { audit, reason: "berkas keliru" });
		expect((await confirmed())[C]).toBeUndefined();
	});

	it("read again by a newer mapping it is another file, and the older reading is withdrawn", async () => {
		const table = await give("a.csv", FIRST);
		await take(table);
		expect(await confirmed()).toMatchObject({ [A]: 1103, [B]: 40 });
		expect(await readings("a.csv")).toEqual([
			{ name: "a.csv (dinkes-jabar 3)", withdrawn: true },
			{ name: "a.csv (dinkes-jabar 4)", withdrawn: false },
		]);
	});

	it("is held against the file on which the mapping of its source was made also while another mapping is tried: order, columns more and columns gone are told", async () => {
		const table = await give("c.csv", [
			"Positif;Kode;Tanggal;Catatan",
			"7;32.73;20/04/2020;",
		]);
		const { versions } = Mappings.answer.parse(
			await (await ask("/v1/mappings")).json(),
		);
		const { header: _, ...draft } = TableMapping.parse(versions[0]?.mapping);
		const { trial } = await preview(
			table,
			`?source=dinkes-jabar&draft=${encodeURIComponent(JSON.stringify(draft))}`,
		);
		expect(trial?.accepted).toBe(1);
		expect(trial?.drift.map(({ kind, found }) => [kind, found])).toEqual([
			["added", "Catatan"],
			["reordered", "Positif, Kode, Tanggal, Catatan"],
		]);
		const first = await preview(
			table,
			`?draft=${encodeURIComponent(JSON.stringify(draft))}`,
		);
		expect(first.trial?.drift).toEqual([]);
	});

	it("without a day of its own is tried by the day that is stated for it, as it would be taken in", async () => {
		const table = await give("tanpa-hari.csv", ["Kode;Positif", "32.73;9"]);
		const draft = encodeURIComponent(
			JSON.stringify({
				...{ level: "regency", thousands: "none", encoding: "utf-8" },
				columns: [
					["Kode", { is: "area", scheme: "kemendagri" }],
					["Positif", { is: "count", indicator: "confirmed" }],
				].map(([name, meaning]) => ({ name, otherNames: [], meaning })),
			}),
		);
		expect((await preview(table, `?draft=${draft}`)).trial).toMatchObject({
			...{ accepted: 0, quarantined: 1, says: [] },
		});
		const stated = await preview(table, `?draft=${draft}&as_of=2020-04-17`);
		expect(stated.trial).toMatchObject({
			...{ accepted: 1, quarantined: 0 },
			says: [{ code: "32.73", day: day("2020-04-17") }],
		});
		expect(
			(await ask(`/v1/table/${table}?draft=${draft}&as_of=kemarin`)).status,
		).toBe(400);
	});

	it("as of another stated day it is another reading, in the place of the first", async () => {
		const table = await give("hari-lain.csv", [
			FIRST[0] as string,
			"32.76;13/04/2020;5",
		]);
		const as = (date: string) => take(table, rina, undefined, day(date));
		await as("2020-04-18");
		await as("2020-04-19");
		expect((await confirmed())[`32.76 ${day("2020-04-13")}`]).toBe(5);
		expect(
			(await readings("hari-lain.csv")).map(({ withdrawn }) => withdrawn),
		).toEqual([true, false]);
		expect(await refused(as("2020-04-19"))).toBe("taken-already");
	});

	it("taken back and taken in again by the same version, what it says is known again", async () => {
		const table = await give("lagi.csv", [
			...FIRST.slice(0, 1),
			"32.75;12/04/2020;77",
		]);
		const first = await take(table);
		expect(await trailed(first.audit)).toMatchObject({
			before: null,
			after: { lines: 2, accepted: 1, quarantined: 0 },
		});
		const cell = `32.75 ${day("2020-04-12")}`;
		await order("undo", { audit: first.audit, reason: "berkas keliru" });
		expect((await confirmed())[cell]).toBeUndefined();
		const again = await take(table);
		expect((await confirmed())[cell]).toBe(77);
		expect(await trailed(again.audit)).toMatchObject({
			before: { lines: 2, accepted: 1, quarantined: 0 },
		});
		await order("undo", { audit: again.audit, reason: "berkas keliru" });
		expect((await confirmed())[cell]).toBeUndefined();
	});

	it("of another source it is another reading: what was taken in as the first one's is known as the second one's, and back again", async () => {
		const lines = [...FIRST.slice(0, 1), "32.76;12/04/2020;88"];
		const table = await give("milik.csv", lines);
		await take(table);
		const mapping = draftOf(await preview(table));
		await order("save-mapping", {
			...{ source: "dinkes-lain", mapping, reason: "surat no. 8" },
			register: {
				names: { id: "Dinkes lain", en: "Another health office" },
				...{ rank: 16, cadence: "daily" },
			},
		});
		const saidBy = async () =>
			(
				await db.pool.query(
					`SELECT source.key, value::float8 AS value FROM fact JOIN area ON area.id = area LEFT JOIN source ON source.id = fact.source
					 WHERE indicator = 1 AND area.code = '32.76' AND day = $1 AND value IS NOT NULL`,
					[day("2020-04-12")],
				)
			).rows;
		expect(await saidBy()).toEqual([{ key: "dinkes-jabar", value: 88 }]);
		await take(table, rina, "dinkes-lain");
		expect(await saidBy()).toEqual([{ key: "dinkes-lain", value: 88 }]);
		await take(table);
		expect(await saidBy()).toEqual([{ key: "dinkes-jabar", value: 88 }]);
		expect(await readings("milik.csv")).toEqual([
			{ name: "milik.csv (dinkes-jabar 4)", withdrawn: false },
			{ name: "milik.csv (dinkes-lain 1)", withdrawn: true },
		]);
	});

	it("is not given up for a reading by which nothing of it can be used", async () => {
		const table = await give("ribuan.csv", [
			...FIRST.slice(0, 1),
			"32.77;12/04/2020;1.205",
		]);
		await take(table);
		const cell = `32.77 ${day("2020-04-12")}`;
		expect((await confirmed())[cell]).toBe(1205);
		const { versions } = Mappings.answer.parse(
			await (await ask("/v1/mappings")).json(),
		);
		const standing = TableMapping.parse(versions[0]?.mapping);
		await save({ ...standing, thousands: "none" });
		expect(await refused(take(table))).toBe("nothing-taken");
		expect((await confirmed())[cell]).toBe(1205);
		await save(standing);
	});

	it("is taken in at the command line too, by the mapping of the source that is named", async () => {
		const file = path.join(folder.path, "baris perintah.csv");
		writeFileSync(
			file,
			`${[...FIRST.slice(0, 1), "32.73;16/04/2020;1.200"].join("\n")}\n`,
		);
		const run = (...more: string[]) =>
			new Promise<{ code: number; said: string }>((resolve) => {
				const child = execFile(
					process.execPath,
					[
						...["hub/cli.ts", "ingest", "mapped-table", file],
						...["--data", folder.path, ...more],
					],
					{ cwd: path.resolve(import.meta.dirname, "../..") },
					(_, stdout, stderr) =>
						resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
				);
			});
		expect(await run()).toMatchObject({ code: 3 });
		expect((await run("--source", "tak-ada")).said).toContain(
			"nobody has mapped",
		);
		const { code, said } = await run("--source", "dinkes-jabar");
		expect({ code, said }).toMatchObject({ code: 0 });
		expect(said).toContain("1 rows taken in");
		// By a newer version it is read anew there too.
		const { versions } = Mappings.answer.parse(
			await (await ask("/v1/mappings")).json(),
		);
		const standing = versions.find(({ source }) => source === "dinkes-jabar");
		await save(TableMapping.parse(standing?.mapping));
		expect((await run("--source", "dinkes-jabar")).said).toContain(
			"1 rows taken in",
		);
		expect(await readings("baris perintah.csv")).toMatchObject([
			{ withdrawn: true },
			{ withdrawn: false },
		]);
	});

	it("what was done about no area stands in the trail of the nation, and not in that of a province: a file's name and the reason are not theirs", async () => {
		const { app, close } = writeRoutes(
			{ ...db, dataFolder: folder.path, log: () => {} },
			PERFORMERS,
			() => now,
		);
		const trail = async (who: string) =>
			(
				(await (
					await app.request("/v1/audit", {
						headers: { [PERSON_HEADER]: tokens[who] ?? "" },
					})
				).json()) as { areas: string; person: Person }[]
			).filter(({ areas }) => areas === "[]");
		try {
			expect((await trail("rina")).length).toBeGreaterThan(0);
			expect(await trail("sari")).toEqual([]);
		} finally {
			close();
		}
	});

	it("is refused to whoever answers for another province", async () => {
		const sari: Person = { ...rina, name: "sari", scope: Scope.parse("51") };
		const lines = [...FIRST.slice(0, 1), "32.01;15/04/2020;3"];
		const table = await give("c.csv", lines);
		// Whoever gives the same table has one of their own, and nobody takes in that of another.
		expect(await refused(take(table, sari))).toBe("unknown-table");
		const own = await give("c.csv", lines, "sari");
		expect(own).not.toBe(table);
		expect((await tables("sari")).map(({ table: one }) => one)).toEqual([own]);
		// The source has only ever spoken of another province.
		expect(await refused(take(own, sari))).toBe("source-elsewhere");
		await order("save-mapping", {
			...{ source: "dinkes-baru", reason: "surat no. 9" },
			mapping: draftOf(await preview(table)),
			register: {
				names: { id: "Dinkes baru", en: "New health office" },
				...{ rank: 17, cadence: "daily" },
			},
		});
		expect(await refused(take(own, sari, "dinkes-baru"))).toBe("outside-scope");
		const { rows } = await db.pool.query(
			"SELECT 1 FROM file WHERE name LIKE 'c.csv%'",
		);
		expect(rows).toEqual([]);
	});
});
