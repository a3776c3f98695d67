import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
	type Reference,
	RememberedReference,
} from "../../hub/intake/reference.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { temporaryFolder } from "./feed-fixture.ts";

/** Statements that change what files are read by, each in another table. */
const CHANGES = [
	"UPDATE area SET population = population + 1 WHERE population > 0",
	"INSERT INTO code_bridge SELECT code, code FROM area WHERE level = 1 LIMIT 1",
	`INSERT INTO facility (id, code, kind, name, area, referral, beds)
	 SELECT 1, 'RS1', 'hospital', 'RS 1', id, 0, '{}' FROM area WHERE level = 2 LIMIT 1`,
	"INSERT INTO item (id, version, reason, body) SELECT id, version + 1, reason, body FROM item ORDER BY id LIMIT 1",
	`INSERT INTO facility_entry (file, line, code, as_of, other_name, other_area)
	 SELECT file.id, 1, 'RS1', 0, 'RS Satu', area FROM file, facility`,
	"UPDATE file SET withdrawn = 18000",
	"UPDATE file SET withdrawn = NULL",
	"DELETE FROM facility_entry",
	"DELETE FROM file",
	"DELETE FROM facility",
	"DELETE FROM code_bridge",
];

describe("what intake remembers of the hub", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("reference");
	let db: HubDatabase;
	let remembered: RememberedReference;
	const read = () =>
		inTransaction(db.pool, (client) => remembered.read(client));
	const ids = ({ facilities }: Reference) => facilities.get("LAB1");
	const inData = ({ bridge, ...others }: Reference) => ({
		...others,
		pairs: bridge?.pairs,
	});
	const addLaboratory = (client: pg.Pool | pg.PoolClient) =>
		client.query(
			`INSERT INTO facility (id, code, kind, name, area, referral, beds)
			 SELECT 2, 'LAB1', 'laboratory', 'Lab 1', id, 0, '{}' FROM area WHERE level = 2 LIMIT 1`,
		);

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		await db.pool.query(
			`INSERT INTO source (id, key, id_name, en_name, id_order, en_order, rank, cadence) VALUES (900, 'one', '', '', '', '', 1, 'daily');
			 INSERT INTO file (id, source, connector, name, sha256, bytes, received_at, as_of, lines, accepted, quarantined, skipped, skipped_for, remarks)
			 VALUES (1, 900, 'rs-online', 'a', 'a', 0, 0, 0, 0, 0, 0, 0, '{}', '[]')`,
		);
	});
	beforeEach(async () => {
		remembered = new RememberedReference();
		await db.pool.query("DELETE FROM facility");
	});
	afterAll(async () => {
		await db.stop();
		folder.remove();
	});

	it("is not read again while nothing changed", async () => {
		const first = await read();
		expect(first.areas.size).toBeGreaterThan(500);
		expect(await read()).toBe(first);
	});

	it("is read again after a change of any table that it is read from", async () => {
		for (const sql of CHANGES) {
			const before = await read();
			expect(await read(), sql).toBe(before);
			const { rowCount } = await db.pool.query(sql);
			expect(rowCount, sql).toBeGreaterThan(0);
			const after = await read();
			expect(after, sql).not.toBe(before);
			expect(inData(after), sql).toEqual(
				inData(
					await inTransaction(db.pool, (client) =>
						new RememberedReference().read(client),
					),
				),
			);
		}
	});

	it("sees what its own transaction changed, and keeps nothing of it that was rolled back", async () => {
		const before = await read();
		await inTransaction(db.pool, async (client) => {
			await addLaboratory(client);
			expect(ids(await remembered.read(client))).toBe(2);
			throw new Error("rolled back");
		}).catch(() => {});
		const after = await read();
		expect(ids(after)).toBeUndefined();
		expect(after.facilities).toEqual(before.facilities);
	});

	it("notices a change that was made before it was read and committed after it", async () => {
		const late = await db.pool.connect();
		try {
			await late.query("BEGIN");
			await addLaboratory(late);
			// A transaction that began later is committed first.
			await db.pool.query(CHANGES[0]);
			expect(ids(await read())).toBeUndefined();
			await late.query("COMMIT");
		} finally {
			late.release();
		}
		expect(ids(await read())).toBe(2);
	});

	it("sees what its own transaction changed also where that has a number before others and reads after them", async () => {
		const before = await read();
		await inTransaction(db.pool, async (client) => {
			// The road is held open: the transaction has its number. Then another one is committed, and this one reads.
			await client.query("SELECT FROM source WHERE id = 900 FOR NO KEY UPDATE");
			await client.query("SELECT pg_current_xact_id()");
			await db.pool.query("UPDATE dataset SET value = value");
			await db.pool.query("SELECT pg_current_xact_id()");
			expect(await remembered.read(client)).toBe(before);
			await addLaboratory(client);
			expect(ids(await remembered.read(client))).toBe(2);
		});
		expect(ids(await read())).toBe(2);
	});

	it("forgets what a part of its transaction changed that was taken back", async () => {
		await inTransaction(db.pool, async (client) => {
			await client.query("SAVEPOINT one");
			await addLaboratory(client);
			expect(ids(await remembered.read(client))).toBe(2);
			await client.query("ROLLBACK TO one");
			expect(ids(await remembered.read(client))).toBeUndefined();
		});
	});

	it("is read again after the database was put back to what it was before", async () => {
		await db.pool.query("CREATE TABLE saved AS TABLE reference_change");
		await addLaboratory(db.pool);
		expect(ids(await read())).toBe(2);
		// As a restore does it: rows without triggers.
		await inTransaction(db.pool, async (client) => {
			await client.query("SET LOCAL session_replication_role = replica");
			await client.query("DELETE FROM facility");
			await client.query("DELETE FROM reference_change");
			await client.query("INSERT INTO reference_change TABLE saved");
		});
		await db.pool.query("DROP TABLE saved");
		expect(ids(await read())).toBeUndefined();
	});

	it("keeps few notes of changes, and takes no state for one before", async () => {
		await read();
		for (let n = 0; n < 600; n++)
			await db.pool.query("UPDATE area SET id = id WHERE false");
		const before = await read();
		const { rows } = await db.pool.query("SELECT FROM reference_change");
		expect(rows).toHaveLength(1);
		expect(await read()).toBe(before);
		await addLaboratory(db.pool);
		expect(ids(await read())).toBe(2);
	});
});
