import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { Scope } from "../../core/access/scope.ts";
import type { CommandMessage } from "../../core/api/command-message.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { carryCommands } from "../../hub/store/publication.ts";
import { auditRows, verifyAudit } from "../../hub/write/audit.ts";
import { auditHead, noteAuditHead } from "../../hub/write/audit-head.ts";
import { doneCommand, perform, Refused } from "../../hub/write/perform.ts";
import { NOTE_TABLE, NOTES } from "../fixtures/note-command.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const person = (name: string, scope: string, role = "data-manager"): Person =>
	({ name, display: name, role, scope: Scope.parse(scope) }) as Person;
const rina = person("rina", "ID");
const budi = person("budi", "ID");
const jabar = person("asep", "32");

describe("a command at the hub", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("commands");
	let db: HubDatabase;

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		await db.pool.query(NOTE_TABLE);
	});
	beforeEach(async () => {
		await db.pool.query("TRUNCATE note");
	});
	afterAll(async () => {
		await db.stop();
		rmSync(folder.path, { recursive: true, force: true });
	});

	const note = (
		area: string,
		word: string | null,
		more: Partial<CommandMessage> = {},
	): CommandMessage => ({
		id: randomUUID(),
		name: "note",
		basedOn: null,
		request: { area, word, reason: "because of a letter" },
		...more,
	});
	const undo = (audit: number): CommandMessage => ({
		id: randomUUID(),
		name: "undo",
		basedOn: null,
		request: { audit, reason: "it was wrong" },
	});
	const order = (message: CommandMessage, by = rina) =>
		perform(db, NOTES, message, { person: by, now: 1_586_000_000_000 });
	const word = async (area: string): Promise<string | null> =>
		(await db.pool.query("SELECT word FROM note WHERE area = $1", [area]))
			.rows[0]?.word ?? null;
	const refusal = async (ordered: Promise<unknown>) => {
		try {
			await ordered;
		} catch (error) {
			if (error instanceof Refused) return error.refusal;
			throw error;
		}
		throw new Error("it was carried out");
	};

	it("changes what it says, and the trail tells who, why, before and after", async () => {
		const { audit } = await order(note("32.73", "satu"));
		expect(await word("32.73")).toBe("satu");
		const [row] = await auditRows(db.pool, { limit: 1 });
		expect(row).toMatchObject({
			number: audit,
			name: "note",
			person: rina,
			subject: "note:32.73",
			areas: '["32.73"]',
			reason: "because of a letter",
			before: '{"word":null}',
			after: '{"word":"satu"}',
		});
	});

	it("is carried out once, however often and however close together its id arrives", async () => {
		const message = note("32.04", "sekali");
		const answers = await Promise.all(
			Array.from({ length: 6 }, () => order(message)),
		);
		expect(new Set(answers.map(({ audit }) => audit)).size).toBe(1);
		const rows = await auditRows(db.pool, {
			limit: 500,
			subject: "note:32.04",
		});
		expect(rows).toHaveLength(1);
	});

	it("leaves nothing behind, no row of the trail either, when it fails half-way", async () => {
		const before = await auditRows(db.pool, { limit: 1 });
		const message = note("32.01", "fail");
		await expect(order(message)).rejects.toThrow("the disk is full");
		expect(await word("32.01")).toBeNull();
		expect(await doneCommand(db.pool, message.id)).toBeNull();
		expect(await auditRows(db.pool, { limit: 1 })).toEqual(before);
	});

	it("is refused to another role, and to somebody of another province, and changes nothing", async () => {
		expect(
			await refusal(order(note("32.73", "x"), person("o", "ID", "official"))),
		).toMatchObject({ code: "not-allowed" });
		expect(await refusal(order(note("31.71", "x"), jabar))).toMatchObject({
			code: "not-allowed",
			message: expect.stringContaining("31.71"),
		});
		expect(await refusal(order(note("ID", "x"), jabar))).toMatchObject({
			code: "not-allowed",
		});
		expect(await word("31.71")).toBeNull();
		await order(note("32.73", "y"), jabar);
		expect(await word("32.73")).toBe("y");
	});

	it("is refused with every field that is not of its form", async () => {
		expect(
			await refusal(order(note("32.73", "x", { request: { area: 3 } }))),
		).toMatchObject({
			code: "command",
			message: expect.stringMatching(/request\.area.*request\.reason/s),
		});
		expect(
			await refusal(order(note("32.73", "x", { name: "drop-table" }))),
		).toMatchObject({ code: "command" });
	});

	it("is refused when somebody else changed the same thing after what was on the screen, and says who", async () => {
		const first = await order(note("33.01", "a"), budi);
		// Not published yet: nobody can have seen it.
		expect(
			await refusal(order(note("33.01", "b", { basedOn: 10 }))),
		).toMatchObject({
			code: "conflict",
			other: { person: "budi", audit: first.audit, name: "note" },
		});
		await carryCommands(db.pool, 11);
		expect(
			(await refusal(order(note("33.01", "b", { basedOn: 10 })))).code,
		).toBe("conflict");
		await order(note("33.01", "b", { basedOn: 11 }));
		expect(await word("33.01")).toBe("b");
		// One's own change is known to oneself.
		await order(note("33.01", "c", { basedOn: 11 }));
	});

	it("is taken back by a command that is itself in the trail, and that can be taken back", async () => {
		await order(note("34.01", "lama"));
		const changed = await order(note("34.01", "baru"));
		const undone = await order(undo(changed.audit), budi);
		expect(await word("34.01")).toBe("lama");
		expect((await auditRows(db.pool, { limit: 1 }))[0]).toMatchObject({
			number: undone.audit,
			undoes: changed.audit,
			name: "undo",
			person: budi,
		});
		await order(undo(undone.audit));
		expect(await word("34.01")).toBe("baru");
	});

	it("is not taken back once the thing was changed again", async () => {
		const first = await order(note("35.01", "a"));
		await order(note("35.01", "b"), budi);
		expect(await refusal(order(undo(first.audit)))).toMatchObject({
			code: "conflict",
			other: { person: "budi" },
		});
		expect(await refusal(order(undo(999_999)))).toMatchObject({
			code: "not-found",
		});
		expect(
			await refusal(order(undo(first.audit), person("o", "ID", "official"))),
		).toMatchObject({ code: expect.stringMatching(/conflict|not-allowed/) });
	});

	describe("the trail", () => {
		/** Runs something as the owner of the table, who alone could switch its protection off, and takes it back. */
		async function tampered(sql: string): Promise<string[]> {
			const client = await db.pool.connect();
			try {
				await client.query("BEGIN");
				await client.query("ALTER TABLE audit DISABLE TRIGGER USER");
				await client.query("SET CONSTRAINTS ALL DEFERRED");
				await client.query(sql);
				const head = auditHead(folder.path);
				return (await verifyAudit(client, head)).faults;
			} finally {
				await client.query("ROLLBACK");
				client.release();
			}
		}
		let last: number;
		beforeAll(async () => {
			for (const text of ["a", "b", "c"]) await order(note("36.01", text));
			await noteAuditHead(db.pool, folder.path);
			last = (await auditRows(db.pool, { limit: 1 }))[0]?.number ?? 0;
			// A row that nothing else refers to can be removed.
			await db.pool.query(
				"ALTER TABLE command DROP CONSTRAINT command_audit_fkey",
			);
		});

		it("is whole", async () => {
			expect(await verifyAudit(db.pool, auditHead(folder.path))).toEqual({
				rows: last,
				faults: [],
			});
		});

		it.each([
			"UPDATE audit SET reason = 'x'",
			"DELETE FROM audit",
			"TRUNCATE audit CASCADE",
		])("refuses %s", async (sql) => {
			await expect(db.pool.query(sql)).rejects.toThrow(
				"rows of audit are only added",
			);
		});

		it("tells a changed row", async () => {
			expect(
				await tampered(
					`UPDATE audit SET reason = 'another' WHERE number = ${last - 1}`,
				),
			).toEqual([`row ${last - 1} was changed`]);
		});

		it("tells a removed row", async () => {
			expect(
				await tampered(`DELETE FROM audit WHERE number = ${last - 1}`),
			).toEqual([`row ${last - 1} is missing`]);
		});

		it("tells the last rows cut off", async () => {
			expect(
				await tampered(`DELETE FROM audit WHERE number >= ${last - 1}`),
			).toEqual([
				`the trail ends at row ${last - 2}; row ${last} had been written: the last rows are missing`,
			]);
		});

		it("tells rows in another order", async () => {
			const faults = await tampered(`
				UPDATE audit SET number = -1 WHERE number = ${last};
				UPDATE audit SET number = ${last} WHERE number = ${last - 1};
				UPDATE audit SET number = ${last - 1} WHERE number = -1`);
			expect(faults).toContain(`row ${last - 1} was changed`);
			expect(faults).toContain(`row ${last} was changed`);
		});
	});
});
