import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { Scope } from "../../core/access/scope.ts";
import type { CommandDone } from "../../core/api/command-message.ts";
import {
	type AlertRuleBody,
	SHIPPED_RULES,
} from "../../core/epidemic/alert-rule.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { day, isoFromDay, monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import { kabkotaCsv } from "../../hub/connectors/kabkota-csv.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { PERFORMERS } from "../../hub/write/all.ts";
import { auditRows, verifyAudit } from "../../hub/write/audit.ts";
import { expireDecisions } from "../../hub/write/expire.ts";
import { perform, Refused } from "../../hub/write/perform.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const person = (name: string, scope = "ID"): Person => ({
	name,
	display: name,
	role: "data-manager",
	scope: Scope.parse(scope),
});
const rina = person("rina");

describe("decisions about what came in", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("decisions");
	let db: HubDatabase;
	/** Noon in Jakarta. */
	let now = Date.UTC(2020, 3, 12, 5);

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		const tree = loadAreaTree();
		const give = (name: string, ...lines: string[]) =>
			ingest(db, kabkotaCsv, tree, {
				path: name,
				bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
				receivedAt: now,
				asOf: day("2020-04-12"),
			});
		await give(
			"dinkes.csv",
			"kode,tanggal,konfirmasi",
			"32.73,2020-04-10,100",
			"32.73,2020-04-11,110",
			"32.73,2020-04-12,120",
			"31.71,2020-04-12,7",
		);
		await give(
			"bandung.csv",
			"kode,tanggal,konfirmasi",
			"32.73,2020-04-12,125",
		);
		await publish(db);
	});
	afterAll(async () => {
		await db.stop();
		rmSync(folder.path, { recursive: true, force: true });
	});

	async function order(
		name: string,
		request: unknown,
		by = rina,
	): Promise<CommandDone> {
		const done = await perform(
			db,
			PERFORMERS,
			{ id: randomUUID(), name, basedOn: null, request },
			{ person: by, now },
		);
		await publish(db);
		return done;
	}
	const override = (value: number, more: object = {}) => ({
		indicator: "confirmed",
		area: "32.73",
		day: day("2020-04-12"),
		value,
		source: "surat dinkes no. 12",
		until: null,
		reason: "salah ketik di formulir",
		...more,
	});
	const undo = (audit: number) =>
		order("undo", { audit, reason: "keliru membaca surat" });
	const fact = async (area: string, iso = "2020-04-12") => {
		const { rows } = await db.pool.query(
			`SELECT value::float8, rule, marks, (SELECT key FROM source WHERE id = fact.source) AS source FROM fact
			 WHERE indicator = 1 AND month = $2 AND day = $3 AND area = (SELECT id FROM area WHERE code = $1)`,
			[area, monthOf(day(iso)), day(iso)],
		);
		return rows[0];
	};
	const known = async (area: string, asOf: string) => {
		const { rows } = await db.pool.query(
			`SELECT value::float8 FROM (SELECT * FROM fact UNION ALL
				SELECT indicator, month, area, day, value, source, rule, marks, as_of, reporting, expected FROM fact_revision) AS all_of
			 WHERE indicator = 1 AND day = $2 AND as_of <= $3 AND area = (SELECT id FROM area WHERE code = $1)
			 ORDER BY as_of DESC LIMIT 1`,
			[area, day("2020-04-12"), day(asOf)],
		);
		return rows[0]?.value;
	};
	const refusal = async (ordered: Promise<unknown>) => {
		try {
			await ordered;
		} catch (error) {
			if (error instanceof Refused) return error.refusal;
			throw error;
		}
		throw new Error("it was carried out");
	};
	const fileId = async (name: string): Promise<number> =>
		(await db.pool.query("SELECT id FROM file WHERE name = $1", [name])).rows[0]
			.id;

	it("an override is shown with its rule and its source, in the sum of the province too, and disagreement stays visible", async () => {
		const before = await fact("32.73");
		const whole = await fact("32");
		const { audit } = await order("override-value", override(118));
		expect(await fact("32.73")).toMatchObject({
			value: 118,
			rule: ruleId("decision"),
			source: "decision",
		});
		expect((await fact("32.73")).marks & MARKS.conflict).not.toBe(0);
		expect((await fact("32")).value).toBe(whole.value - before.value + 118);
		// The other days are as they were: a decision about one day says nothing of another.
		expect((await fact("32.73", "2020-04-11")).value).toBe(110);
		expect(await fact("32.73", "2020-04-13")).toBeUndefined();
		const [row] = await auditRows(db.pool, { limit: 1 });
		expect(row).toMatchObject({
			number: audit,
			subject: "cell:confirmed/32.73/2020-04-12",
			reason: "salah ketik di formulir",
		});
		expect(JSON.parse(row?.before ?? "")).toMatchObject({
			value: before.value,
		});
		expect(JSON.parse(row?.after ?? "")).toMatchObject({ value: 118 });
		await undo(audit);
		expect(await fact("32.73")).toEqual(before);
		expect(await fact("32")).toEqual(whole);
	});

	it("a smaller decision after a larger one is no correction, and a decided zero is no missing report", async () => {
		const { audit } = await order("override-value", override(50));
		const first = await order(
			"override-value",
			override(90, { day: day("2020-04-10") }),
		);
		expect((await fact("32.73")).marks & MARKS.correction).toBe(0);
		await undo(audit);
		const zero = await order("override-value", override(0));
		expect(await fact("32.73")).toMatchObject({ value: 0 });
		await undo(zero.audit);
		await undo(first.audit);
	});

	it("a newer decision takes the place of the one that holds, and undoing it brings that back", async () => {
		await order("override-value", override(118));
		const second = await order("override-value", override(119));
		expect((await fact("32.73")).value).toBe(119);
		const undone = await undo(second.audit);
		expect((await fact("32.73")).value).toBe(118);
		await undo(undone.audit);
		expect((await fact("32.73")).value).toBe(119);
		const { subject } = (await auditRows(db.pool, { limit: 1 }))[0] ?? {};
		expect(subject).toBe("cell:confirmed/32.73/2020-04-12");
	});

	it("a decision ends with its last day, by the hub, in the trail; as known on that day it still stands", async () => {
		await order("override-value", override(130, { until: day("2020-04-14") }));
		now += 2 * DAY;
		expect(await expireDecisions(db, now)).toBe(0);
		expect((await fact("32.73")).value).toBe(130);
		now += DAY;
		expect(await expireDecisions(db, now)).toBe(1);
		await publish(db);
		expect((await fact("32.73")).value).not.toBe(130);
		expect(await known("32.73", "2020-04-14")).toBe(130);
		const [row] = await auditRows(db.pool, { limit: 1 });
		expect(row).toMatchObject({
			name: "expire-decision",
			person: { name: "hub" },
		});
		expect(await expireDecisions(db, now)).toBe(0);
	});

	it("what cannot be is refused, each with what was found and expected", async () => {
		const refused = async (more: object) =>
			(await refusal(order("override-value", override(1, more)))).message;
		expect(await refused({ area: "99.99" })).toContain("99.99");
		expect(await refused({ day: day("2020-05-30") })).toContain("2020-05-30");
		expect(await refused({ until: day("2020-04-01") })).toContain("2020-04-01");
		expect(await refused({ value: 2_147_483_648 })).toMatch(
			/^above-people: .* most \d+/,
		);
		expect(await refused({ indicator: "active" })).toContain("indicator");
		expect(await refused({ value: -1 })).toContain("value");
		expect(await refused({ value: 1.5 })).toContain("value");
		expect(await refused({ reason: "x" })).toContain("reason");
	});

	it("a file that is withdrawn is not known from then on, and comes back; each undoes the other", async () => {
		const file = await fileId("bandung.csv");
		const before = await fact("32.73");
		const withdrawn = await order("withdraw-file", {
			file,
			reason: "berkas untuk kota lain",
		});
		expect(
			await refusal(
				order("withdraw-file", { file, reason: "sekali lagi saja" }),
			),
		).toMatchObject({ code: "impossible" });
		const rows = await db.pool.query(
			"SELECT withdrawn FROM file WHERE id = $1",
			[file],
		);
		expect(isoFromDay(rows.rows[0].withdrawn)).toBe("2020-04-15");
		await undo(withdrawn.audit);
		expect(await fact("32.73")).toEqual(before);
		expect(
			await refusal(
				order("restore-file", { file, reason: "sekali lagi saja" }),
			),
		).toMatchObject({ code: "impossible" });
		expect(
			await refusal(
				order("withdraw-file", { file: 999_999, reason: "tidak ada" }),
			),
		).toMatchObject({ code: "not-found", reason: "unknown-file" });
	});

	it("somebody of a province withdraws only what speaks of that province alone", async () => {
		const asep = person("asep", "32");
		const mixed = await fileId("dinkes.csv");
		expect(
			await refusal(
				order(
					"withdraw-file",
					{ file: mixed, reason: "bukan milik kami" },
					asep,
				),
			),
		).toMatchObject({
			code: "not-allowed",
			message: expect.stringContaining("31.71"),
		});
		expect((await fact("31.71")).value).toBe(7);
		const own = await order(
			"withdraw-file",
			{ file: await fileId("bandung.csv"), reason: "salah berkas" },
			asep,
		);
		await undo(own.audit);
	});

	it("a source is called otherwise by an administrator of the nation, whatever its files say later, until that is taken back", async () => {
		const names = async () =>
			(
				await db.pool.query(
					"SELECT id_name AS id, en_name AS en FROM source WHERE key = 'dinkes'",
				)
			).rows[0];
		const before = await names();
		const facts = await fact("32.73");
		const request = (id: string, source = "dinkes") => ({
			source,
			names: { id, en: "Health offices of Java" },
			reason: "surat menteri no. 7",
		});
		expect(
			await refusal(order("name-source", request("Dinkes se-Jawa"))),
		).toMatchObject({ code: "not-allowed" });
		const sari = { ...person("sari"), role: "administrator" as const };
		expect(
			await refusal(order("name-source", request("Dinkes", "nobody"), sari)),
		).toMatchObject({ code: "not-found" });
		const first = await order("name-source", request("Dinkes se-Jawa"), sari);
		const second = await order("name-source", request("Dinkes Jawa"), sari);
		const own = { id: "Dinkes Jawa", en: "Health offices of Java" };
		expect(await names()).toEqual(own);
		expect(await fact("32.73")).toEqual(facts);
		// Its connector describes it again with each file.
		await ingest(db, kabkotaCsv, loadAreaTree(), {
			path: "bogor.csv",
			bytes: new TextEncoder().encode(
				"kode,tanggal,konfirmasi\n32.01,2020-04-12,3\n",
			),
			receivedAt: now,
			asOf: day("2020-04-12"),
		});
		expect(await names()).toEqual(own);
		const [row] = await auditRows(db.pool, { limit: 1 });
		expect(row).toMatchObject({ subject: "source:dinkes", areas: "[]" });
		expect(JSON.parse(row?.before ?? "")).toMatchObject({
			id: "Dinkes se-Jawa",
		});
		const takeBack = (audit: number) =>
			order("undo", { audit, reason: "surat dicabut" }, sari);
		const undone = await takeBack(second.audit);
		expect(await names()).toMatchObject({ id: "Dinkes se-Jawa" });
		await takeBack(undone.audit);
		expect(await names()).toEqual(own);
		expect(await refusal(takeBack(first.audit))).toMatchObject({
			code: "conflict",
		});
		await order("name-source", { ...request(""), names: null }, sari);
		expect(await names()).toEqual(before);
	});

	it("leaves a trail that is whole", async () => {
		const { faults, rows } = await verifyAudit(db.pool, null);
		expect(faults).toEqual([]);
		expect(rows).toBeGreaterThan(15);
	});

	it("a pack that a planner changes applies with its source, the version before it is kept, and undoing lets it apply again", async () => {
		const planner: Person = { ...person("joko"), role: "planner" };
		const newest = async () =>
			(
				await db.pool.query(
					"SELECT version, person, reason, body::jsonb -> 'pack' AS pack FROM item WHERE id = 'respirator' ORDER BY version DESC LIMIT 1",
				)
			).rows[0];
		const shipped = await newest();
		expect(shipped).toMatchObject({ version: 1, person: null });
		const change = (more: object) =>
			order(
				"change-item",
				{
					item: "respirator",
					change: { packSize: 25 },
					source: "surat gudang Halim no. 7",
					status: "press",
					reason: "kemasan dari pabrik baru",
					...more,
				},
				planner,
			);
		const { audit } = await change({});
		expect(await newest()).toMatchObject({
			version: 2,
			person: "joko",
			pack: {
				value: { size: 25, name: "box" },
				source: { title: "surat gudang Halim no. 7", status: "press" },
			},
		});
		expect(await refusal(change({ item: "kuda" }))).toMatchObject({
			reason: "unknown-item",
		});
		expect(
			await refusal(
				change({ change: { rates: [{ per: "labCleaner", amount: 1 }] } }),
			),
		).toMatchObject({ reason: "unknown-fact", code: "not-found" });
		await order("undo", { audit, reason: "surat itu keliru" }, planner);
		// In the words of whoever took it back, as the history of the item shows it.
		expect(await newest()).toMatchObject({
			...{ version: 3, person: "joko", reason: "surat itu keliru" },
			pack: shipped.pack,
		});
	});

	it("a planner takes back no decision that a planner may not order", async () => {
		const { audit } = await order("override-value", override(117));
		const planner: Person = { ...person("joko"), role: "planner" };
		expect(
			await refusal(
				order("undo", { audit, reason: "bukan wewenang saya" }, planner),
			),
		).toMatchObject({ reason: "role" });
		await undo(audit);
	});

	describe("alerts", () => {
		const dewi: Person = { ...person("dewi"), role: "analyst" };
		const growth = SHIPPED_RULES[0]?.body as AlertRuleBody;
		const from = day("2020-04-12");
		const save = (more: object = {}, by = dewi) =>
			order(
				"save-alert-rule",
				{
					...{ rule: "growth", body: { ...growth, threshold: 2 }, from },
					...{ reason: "terlalu banyak alarm", ...more },
				},
				by,
			);
		const handle = (change: object, more: object = {}, by = dewi) =>
			order(
				"handle-alert",
				{
					...{ rule: "growth", area: "32.73", day: from, change },
					seen: { version: 1, value: 1.8, threshold: 1.5 },
					...{ reason: "diperiksa di lapangan", ...more },
				},
				by,
			);
		const newest = async () =>
			(
				await db.pool.query(
					`SELECT version, from_day, person, body::jsonb -> 'threshold' AS threshold FROM alert_rule WHERE rule = 'growth'
					 ORDER BY version DESC LIMIT 1`,
				)
			).rows[0];
		const standing = async () =>
			JSON.parse(
				(
					await db.pool.query(
						"SELECT standing FROM alert_state ORDER BY number DESC LIMIT 1",
					)
				).rows[0].standing,
			);

		it("a rule is there as it is shipped, its change is a version of its own, and taken back it is one more", async () => {
			expect(await newest()).toMatchObject({
				...{ version: 1, from_day: null, person: null, threshold: 1.5 },
			});
			const { audit } = await save();
			expect(await newest()).toMatchObject({
				...{ version: 2, from_day: from, person: "dewi", threshold: 2 },
			});
			await order("undo", { audit, reason: "ambang lama lebih baik" }, dewi);
			expect(await newest()).toMatchObject({
				...{ version: 3, from_day: from, threshold: 1.5 },
			});
			const [row] = await auditRows(db.pool, { limit: 1 });
			expect(row).toMatchObject({
				...{ subject: "alert-rule:growth", undoes: audit },
			});
		});

		it("a version begins no earlier than the one before, and taken back leaves the days of others as they were", async () => {
			const spans = async () =>
				(
					await db.pool.query(
						`SELECT from_day AS from, body::jsonb -> 'threshold' AS threshold FROM alert_rule WHERE rule = 'growth'
						 ORDER BY version DESC LIMIT 3`,
					)
				).rows;
			await save({ from: from + 5 });
			const { audit } = await save({
				...{ from: from + 2, body: { ...growth, threshold: 3 } },
			});
			await order("undo", { audit, reason: "salah hari" }, dewi);
			expect(await spans()).toEqual([
				{ from: from + 5, threshold: 2 },
				{ from: from + 5, threshold: 3 },
				{ from: from + 5, threshold: 2 },
			]);
		});

		it("who may not change a rule is refused: another role, and an analyst of a province", async () => {
			expect(await refusal(save({}, rina))).toMatchObject({ reason: "role" });
			const ofProvince: Person = { ...dewi, scope: Scope.parse("32") };
			expect(await refusal(save({}, ofProvince))).toMatchObject({
				reason: "nation-only",
			});
		});

		it("an alert is acknowledged, assigned, let sleep and closed as a false alarm, each in the audit trail and taken back in turn", async () => {
			const done = [];
			for (const change of [
				{ kind: "acknowledge" },
				{ kind: "assign", to: "Tim Bandung" },
				{ kind: "snooze", until: from + 3 },
				{ kind: "note" },
				{ kind: "close", verdict: "false" },
			])
				done.push(await handle(change));
			expect(await standing()).toEqual({
				...{ status: "closed", assignee: "Tim Bandung" },
				...{ snoozedUntil: null, verdict: "false" },
			});
			const [row] = await auditRows(db.pool, { limit: 1 });
			expect(row?.subject).toBe("alert:growth/32.73/2020-04-12");
			expect(JSON.parse(row?.before ?? "").standing.snoozedUntil).toBe(
				from + 3,
			);
			// Closed: nothing but a note before it is opened again.
			expect(await refusal(handle({ kind: "acknowledge" }))).toMatchObject({
				reason: "alert-status",
			});
			await order(
				"undo",
				{ audit: done.at(-1)?.audit, reason: "ternyata gelombang" },
				dewi,
			);
			expect(await standing()).toMatchObject({
				...{ status: "acknowledged", snoozedUntil: from + 3, verdict: null },
			});
			// What was changed again since is not taken back out of turn.
			expect(
				await refusal(
					order(
						"undo",
						{ audit: done[0]?.audit, reason: "tidak jadi dilihat" },
						dewi,
					),
				),
			).toMatchObject({ reason: "changed-again" });
		});

		it("ordered twice under one id it is done once, as a workstation sends again what it heard no answer of", async () => {
			const id = randomUUID();
			const request = {
				...{ rule: "rt", area: "32.73", day: from },
				seen: { version: 1, value: 1.2, threshold: 1 },
				...{ change: { kind: "acknowledge" }, reason: "dilihat" },
			};
			const send = () =>
				perform(
					db,
					PERFORMERS,
					{ id, name: "handle-alert", basedOn: null, request },
					{ person: dewi, now },
				);
			expect((await send()).audit).toBe((await send()).audit);
			const { rows } = await db.pool.query(
				"SELECT count(*)::integer AS count FROM alert_state WHERE rule = 'rt'",
			);
			expect(rows[0].count).toBe(1);
		});

		it("what is not there, is elsewhere, or is no matter of the role is refused", async () => {
			const note = { kind: "note" };
			expect(await refusal(handle(note, { rule: "kuda" }))).toMatchObject({
				reason: "unknown-alert-rule",
			});
			expect(await refusal(handle(note, { area: "99.99" }))).toMatchObject({
				reason: "unknown-area",
			});
			// Nothing is alerted of the nation or of a kecamatan: an inbox that holds such a step could not be read.
			for (const area of ["ID", "32.73.01"])
				expect(await refusal(handle(note, { area }))).toMatchObject({
					reason: "form",
				});
			const ofBali: Person = { ...dewi, scope: Scope.parse("51") };
			expect(await refusal(handle(note, {}, ofBali))).toMatchObject({
				reason: "outside-scope",
			});
			const official: Person = { ...dewi, role: "official" };
			expect(await refusal(handle(note, {}, official))).toMatchObject({
				reason: "role",
			});
			expect((await verifyAudit(db.pool, null)).faults).toEqual([]);
		});
	});
});
