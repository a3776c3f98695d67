/** Orders to send supplies, from a command at the hub to what a workstation is told: who may, what is refused, what is on its way. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { Scope } from "../../core/access/scope.ts";
import type { CommandMessage } from "../../core/api/command-message.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import { differences } from "../../core/feed/digest.ts";
import { day } from "../../core/series/day.ts";
import { takeIn } from "../../hub/intake/store-reports.ts";
import { refreshDigest } from "../../hub/publish/digest.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { inTransaction } from "../../hub/store/database.ts";
import { digestParts } from "../../hub/store/digest.ts";
import { putSource } from "../../hub/store/sources.ts";
import { PERFORMERS } from "../../hub/write/all.ts";
import { auditRows, verifyAudit } from "../../hub/write/audit.ts";
import { perform, Refused } from "../../hub/write/perform.ts";
import { type HubAccess, HubAway } from "../../main/backend/hub/hub-access.ts";
import { createOutbox } from "../../main/backend/outbox/outbox.ts";
import { openOutbox } from "../../main/backend/outbox/outbox-database.ts";
import { createSender } from "../../main/backend/outbox/sender.ts";
import {
	incoming,
	orderOf,
	orders,
	promised,
} from "../../main/backend/query/orders.ts";
import { replicaDigest } from "../../main/backend/replica/digest.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	type FeedHub,
	openFeedHub,
	startWorkstation,
	type Workstation,
} from "./feed-fixture.ts";

const DAY = day("2020-05-04");
const planner = (name: string, scope = "ID"): Person => ({
	name,
	display: `${name} (${scope})`,
	role: "planner",
	scope: Scope.parse(scope),
});
const rina = planner("rina");
const budi = planner("budi");
const wati = planner("wati", "32");
const joko = planner("joko", "35");

describe("orders to send supplies", { timeout: 240_000 }, () => {
	let hub: FeedHub;
	let server: FeedServer;
	let workstation: Workstation;
	const folder = mkdtempSync(join(tmpdir(), "blc-orders-"));
	const now = Date.UTC(2020, 4, 6, 5);

	beforeAll(async () => {
		hub = await openFeedHub();
		await inTransaction(hub.db.pool, (client) =>
			putSource(client, {
				key: "gudang",
				idName: "Daftar fasilitas",
				enName: "List of facilities",
				idOrder: "satu-satunya",
				enOrder: "the only one",
				rank: 1,
				cadence: "daily",
			}),
		);
		const facilities = (
			[
				["GUDANG-ID", "warehouse", "ID"],
				["GUDANG-32", "warehouse", "32"],
				["GUDANG-35", "warehouse", "35"],
				["RS-3273", "hospital", "32.73"],
				["RS-3507", "hospital", "35.07"],
			] satisfies [string, FacilityKind, string][]
		).map(([code, kind, area], at) => ({
			...{ code, kind, name: code, line: at + 2, asOf: DAY },
			area: area as AreaCode,
		}));
		await takeIn(
			hub.db,
			{
				source: "gudang",
				connector: "test",
				name: "fasilitas.csv",
				sha256: randomUUID(),
				bytes: 1,
				receivedAt: now,
			},
			{
				reports: [],
				facilityReports: [],
				facilities,
				errors: [],
				asOf: null,
				lines: facilities.length + 1,
				skipped: { header: 1 },
				unread: 0,
			},
		);
		await publish(hub.db);
		server = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder },
			{ port: 0 },
		);
		workstation = startWorkstation(folder, server);
	});
	afterAll(async () => {
		await workstation?.close();
		await server?.close();
		await hub?.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	const reason = "rapat pagi Gugus Tugas";
	const order = async (name: string, request: object, by: Person) =>
		perform(
			hub.db,
			PERFORMERS,
			{
				id: randomUUID(),
				name,
				basedOn: null,
				request: { day: DAY, reason, ...request },
			},
			{ person: by, now },
		);
	const refusal = async (...given: Parameters<typeof order>) => {
		const met = await order(...given).catch((error) => error);
		if (met instanceof Refused) return met.refusal;
		throw met instanceof Error ? met : new Error("it was carried out");
	};
	const draft = (more: object = {}) => ({
		plan: null,
		orders: [
			{
				...{ id: randomUUID() as string, seen: 0 },
				...{ from: "GUDANG-ID", to: "GUDANG-32" },
				...{ handover: "fetched", carriage: "road" },
				lines: [{ item: "respirator", units: 100 }],
				...more,
			},
		],
	});
	const lots = (units: number) => [
		{ item: "respirator", lot: "A1", expires: DAY + 90, units },
	];
	/** An order that was drafted by Rina and approved by Budi. */
	async function approved(more: object = {}): Promise<string> {
		const asked = draft(more);
		const id = asked.orders[0]?.id as string;
		await order("draft-order", asked, rina);
		await order("approve-order", { orders: [{ id, seen: 1 }] }, budi);
		return id;
	}
	async function published<T>(read: (db: Database.Database) => T): Promise<T> {
		const done = await publish(hub.db);
		if (done) await workstation.untilAt(done.seq);
		const db = new Database(currentReplica(join(folder, "replica")) as string, {
			readonly: true,
		});
		try {
			return read(db);
		} finally {
			db.close();
		}
	}

	it("an order is drafted, approved by another, sent, received in part and closed, and each workstation is told", async () => {
		const asked = draft();
		const id = asked.orders[0]?.id as string;
		await order("draft-order", asked, rina);
		expect(
			await refusal("approve-order", { orders: [{ id, seen: 1 }] }, rina),
		).toMatchObject({ code: "not-allowed", reason: "order-own" });
		await order("approve-order", { orders: [{ id, seen: 1 }] }, budi);
		const [waiting] = await published((db) => orders(db, { day: DAY }));
		expect(waiting).toMatchObject({
			number: "GUDANG-ID/2020/0001",
			tier: "centre",
			status: "approved",
			handover: "fetched",
			approvedBy: "budi (ID)",
			lines: [{ item: "respirator", waiting: 100 }],
		});
		await order(
			"send-order",
			{ order: id, seen: 2, lots: lots(60), due: DAY + 3 },
			rina,
		);
		const told = await published((db) => ({
			incoming: incoming(db, DAY),
			promised: promised(db, DAY, () => DAY - 1),
			before: incoming(db, DAY - 1),
			late: incoming(db, DAY + 9),
		}));
		expect(told.incoming).toEqual([
			expect.objectContaining({
				item: "respirator",
				units: 60,
				arrives: DAY + 3,
				expires: DAY + 90,
				number: "GUDANG-ID/2020/0001",
			}),
		]);
		expect(told.before).toEqual([]);
		expect(told.late[0]?.arrives).toBe(DAY + 10);
		// 40 wait to be fetched, and the report of the day before does not know that 60 left.
		expect(told.promised).toEqual([
			expect.objectContaining({ item: "respirator", waiting: 40, left: 60 }),
		]);
		await order("receive-order", { order: id, seen: 3, lots: lots(50) }, wati);
		await order("close-order", { order: id, seen: 4 }, rina);
		const found = await published((db) => orderOf(db, { order: id }));
		expect(found?.order).toMatchObject({
			status: "closed",
			lines: [{ received: 50, missing: 10, released: 40 }],
		});
		expect(found?.steps.map(({ kind, holds }) => [kind, holds])).toEqual([
			["draft", true],
			["approve", true],
			["send", true],
			["receive", true],
			["close", true],
		]);
		const [row] = await auditRows(hub.db.pool, { limit: 1 });
		expect(JSON.parse(row?.before ?? "")).toMatchObject([
			{ order: "GUDANG-ID/2020/0001", status: "received-part" },
		]);
		expect(JSON.parse(row?.after ?? "")).toMatchObject([{ status: "closed" }]);
	});

	it("each tier decides about its own: the centre gives to provinces, a province to its hospitals", async () => {
		const [outside] = [
			await refusal("draft-order", draft({ to: "GUDANG-35" }), wati),
		];
		expect(outside).toMatchObject({ reason: "outside-scope" });
		for (const way of [
			{ from: "GUDANG-ID", to: "RS-3273" },
			{ from: "GUDANG-32", to: "RS-3507" },
			{ from: "GUDANG-32", to: "GUDANG-ID" },
			{ from: "RS-3273", to: "GUDANG-32" },
			{ from: "GUDANG-32", to: "GUDANG-32" },
		])
			expect(await refusal("draft-order", draft(way), rina)).toMatchObject({
				reason: "order-way",
			});
		const own = draft({ from: "GUDANG-32", to: "RS-3273" });
		const id = own.orders[0]?.id as string;
		// The nation may propose; the province decides.
		await order("draft-order", own, rina);
		expect(
			await refusal("approve-order", { orders: [{ id, seen: 1 }] }, budi),
		).toMatchObject({ reason: "order-province" });
		expect(
			await refusal("approve-order", { orders: [{ id, seen: 1 }] }, joko),
		).toMatchObject({ code: "not-allowed" });
		await order("approve-order", { orders: [{ id, seen: 1 }] }, wati);
		expect(
			await refusal(
				"send-order",
				{ order: id, seen: 2, lots: lots(1), due: null },
				joko,
			),
		).toMatchObject({ reason: "outside-scope" });
	});

	it("only those who receive say what arrived", async () => {
		const id = await approved();
		await order(
			"send-order",
			{ order: id, seen: 2, lots: lots(60), due: null },
			rina,
		);
		expect(
			await refusal(
				"receive-order",
				{ order: id, seen: 3, lots: lots(60) },
				joko,
			),
		).toMatchObject({ reason: "outside-scope" });
		expect(
			await refusal(
				"receive-order",
				{ order: id, seen: 3, lots: lots(61) },
				wati,
			),
		).toMatchObject({ reason: "order-units", parameters: { most: 60 } });
		await order("receive-order", { order: id, seen: 3, lots: lots(60) }, wati);
	});

	it("of two who state the same part of what arrived one is told that the other has, and it counts once", async () => {
		const id = await approved();
		const send = { order: id, seen: 2, lots: lots(20), due: null };
		await order("send-order", send, rina);
		expect(await refusal("send-order", send, rina)).toMatchObject({
			reason: "order-changed",
		});
		const part = { order: id, seen: 3, lots: lots(8) };
		await order("receive-order", part, wati);
		expect(await refusal("receive-order", part, rina)).toMatchObject({
			code: "conflict",
			reason: "order-changed",
			other: { name: "receive-order" },
		});
		expect(
			(await published((db) => orderOf(db, { order: id })))?.order.lines,
		).toMatchObject([{ received: 8, inTransit: 12, waiting: 80 }]);
	});

	it("what has all left, or all arrived, is offered to be sent or received no more", async () => {
		const id = await approved();
		const next = async () =>
			(await published((db) => orderOf(db, { order: id })))?.order.next;
		expect(await next()).toContain("send");
		await order(
			"send-order",
			{ order: id, seen: 2, lots: lots(100), due: null },
			rina,
		);
		expect(await next()).toEqual(["receive", "close", "take-back"]);
		await order("receive-order", { order: id, seen: 3, lots: lots(40) }, wati);
		expect(await next()).toEqual(["receive", "close", "take-back"]);
		await order("receive-order", { order: id, seen: 4, lots: lots(60) }, wati);
		expect(await next()).toEqual(["close", "take-back"]);
	});

	it("whoever decides on what they have not seen is told who changed it", async () => {
		const asked = draft();
		const id = asked.orders[0]?.id as string;
		await order("draft-order", asked, rina);
		const [first] = asked.orders;
		await order(
			"draft-order",
			{
				plan: null,
				orders: [
					{ ...first, seen: 1, lines: [{ item: "respirator", units: 900 }] },
				],
			},
			rina,
		);
		expect(
			await refusal("approve-order", { orders: [{ id, seen: 1 }] }, budi),
		).toMatchObject({
			code: "conflict",
			reason: "order-changed",
			other: { person: "rina (ID)", name: "draft-order" },
		});
		await order("approve-order", { orders: [{ id, seen: 2 }] }, budi);
		expect(
			await refusal(
				"draft-order",
				{ plan: null, orders: [{ ...first, seen: 3 }] },
				rina,
			),
		).toMatchObject({ reason: "order-status" });
	});

	it("of two workstations that change one order while the line of one is down the one that comes later is told who was before, loses nothing, and what else waited is carried out", async () => {
		const [contested, other] = [await approved(), await approved()];
		let line: "good" | "down" = "down";
		const opened = openOutbox(join(folder, "offline", "outbox.db"));
		const outbox = createOutbox(opened.database, () => {});
		const sender = createSender({
			outbox,
			hub: {
				order: async (_: string, message: CommandMessage) => {
					if (line === "down")
						throw new HubAway("no line", {
							cause: Object.assign(new Error(), { code: "EHOSTUNREACH" }),
						});
					try {
						const by = { person: budi, now };
						return {
							kind: "done",
							done: await perform(hub.db, PERFORMERS, message, by),
						};
					} catch (met) {
						if (met instanceof Refused)
							return { kind: "refused", refusal: met.refusal };
						throw met;
					}
				},
			} as unknown as HubAccess,
			signIns: { tokenOf: () => "budi", tokens: () => [] } as never,
			report: () => {},
			epoch: () => null,
			random: () => 0,
		});
		const give = (name: string, request: object) => {
			const id = randomUUID();
			outbox.add(
				{ id, name, basedOn: null, request: { day: DAY, reason, ...request } },
				budi,
				now,
			);
			sender.wake();
			return id;
		};
		const entry = (id: string) =>
			outbox.entries(now).find((one) => one.id === id);
		const back = give("take-back-order-step", { order: contested, seen: 2 });
		const sent = give("send-order", {
			...{ order: other, seen: 2, lots: lots(30), due: null },
		});
		await vi.waitFor(() =>
			expect(entry(back)).toMatchObject({
				state: "waiting",
				problem: "hub-away",
			}),
		);
		// Meanwhile, where the line holds.
		await order(
			"send-order",
			{ order: contested, seen: 2, lots: lots(60), due: null },
			rina,
		);
		line = "good";
		sender.wake();
		await vi.waitFor(() =>
			expect(entry(sent)).toMatchObject({ state: "done" }),
		);
		expect(entry(back)).toMatchObject({
			state: "refused",
			request: { order: contested, reason },
			refusal: {
				reason: "order-changed",
				other: { person: "rina (ID)", name: "send-order", reason },
			},
		});
		const told = await published((db) =>
			[contested, other].map((id) => orderOf(db, { order: id })?.order),
		);
		expect(told).toMatchObject([
			{ status: "sent", lines: [{ sent: 60, waiting: 40 }] },
			{ status: "sent", lines: [{ sent: 30, waiting: 70 }] },
		]);
		await sender.close();
		opened.database.close();
	});

	it("each hand-over and receipt is told with what the order stood at after it, each lot once", async () => {
		const id = await approved();
		const lot = (name: string, units: number) => ({
			...{ item: "respirator", lot: name, expires: DAY + 90, units },
		});
		const steps: [string, number, object[], Person][] = [
			["send-order", 2, [lot("A1", 20), lot("B2", 10), lot("A1", 5)], rina],
			["receive-order", 3, [lot("A1", 25), lot("B2", 4)], wati],
			["send-order", 4, [lot("B2", 30)], rina],
		];
		for (const [name, seen, moved, by] of steps)
			await order(
				name,
				{
					...{ order: id, seen, lots: moved },
					...(name === "send-order" && { due: null }),
				},
				by,
			);
		await order("close-order", { order: id, seen: 5 }, rina);
		const found = await published((db) => orderOf(db, { order: id }));
		const state = (at: number) =>
			found?.steps[at]?.after[0]?.lots.map((one) => [
				...[one.lot, one.sent, one.received, one.inTransit, one.missing],
			]);
		expect(found?.steps[2]?.lots).toEqual([lot("A1", 25), lot("B2", 10)]);
		expect([2, 3, 4, 5].map(state)).toEqual([
			[
				["A1", 25, 0, 25, 0],
				["B2", 10, 0, 10, 0],
			],
			[
				["A1", 25, 25, 0, 0],
				["B2", 10, 4, 6, 0],
			],
			[
				["A1", 25, 25, 0, 0],
				["B2", 40, 4, 36, 0],
			],
			[
				["A1", 25, 25, 0, 0],
				["B2", 40, 4, 0, 36],
			],
		]);
	});

	it("a step is taken back by its inverse, and by its own command; the order then stands where it stood", async () => {
		const id = await approved();
		await order(
			"send-order",
			{ order: id, seen: 2, lots: lots(60), due: null },
			rina,
		);
		const [row] = await auditRows(hub.db.pool, { limit: 1 });
		const manager: Person = { ...planner("dian"), role: "administrator" };
		await perform(
			hub.db,
			PERFORMERS,
			{
				id: randomUUID(),
				name: "undo",
				basedOn: null,
				request: { audit: row?.number, reason },
			},
			{ person: manager, now },
		);
		const found = await published((db) => orderOf(db, { order: id }));
		expect(found?.order).toMatchObject({
			status: "approved",
			lines: [{ waiting: 100, sent: 0 }],
		});
		expect(found?.steps.at(2)).toMatchObject({ kind: "send", holds: false });
		await order("take-back-order-step", { order: id, seen: 4 }, rina);
		expect(
			(await published((db) => orderOf(db, { order: id })))?.order.status,
		).toBe("draft");
		await order("cancel-order", { orders: [{ id, seen: 5 }] }, rina);
	});

	it("numbers of a warehouse and year follow one another, and a command that comes twice is done once", async () => {
		const serials = await published((db) =>
			orders(db, { day: DAY })
				.filter(({ from }) => from.code === "GUDANG-ID")
				.map(({ number }) => Number(number.split("/").at(-1)))
				.sort((a, b) => a - b),
		);
		expect(serials).toEqual(serials.map((_, at) => at + 1));
		const message = {
			...{ id: randomUUID(), name: "draft-order", basedOn: null },
			request: { day: DAY, reason, ...draft() },
		};
		const first = await perform(hub.db, PERFORMERS, message, {
			person: rina,
			now,
		});
		expect(
			await perform(hub.db, PERFORMERS, message, { person: rina, now }),
		).toEqual(first);
	});

	it("nothing is dated tomorrow, nor before the step that it follows", async () => {
		expect(
			await refusal("draft-order", { ...draft(), day: DAY + 9 }, rina),
		).toMatchObject({ reason: "day-to-come" });
		const id = await approved();
		expect(
			await refusal(
				"send-order",
				{ order: id, seen: 2, lots: lots(1), due: null, day: DAY - 1 },
				rina,
			),
		).toMatchObject({ reason: "order-day" });
	});

	it("of an approval and a cancellation at once one is done, and the other is told who was first", async () => {
		const asked = draft();
		const id = asked.orders[0]?.id as string;
		await order("draft-order", asked, rina);
		const orders = [{ id, seen: 1 }];
		const met = await Promise.allSettled([
			order("approve-order", { orders }, budi),
			order("cancel-order", { orders }, rina),
		]);
		expect(met.map(({ status }) => status).sort()).toEqual([
			"fulfilled",
			"rejected",
		]);
		const { reason } = met.find(
			(one) => one.status === "rejected",
		) as PromiseRejectedResult;
		expect(reason).toMatchObject({ refusal: { reason: "order-changed" } });
	});

	it("an order named twice in one command, and a day that no calendar has, are refused as no form of it", async () => {
		const asked = draft();
		const [one] = asked.orders;
		for (const [name, request] of [
			["draft-order", { ...asked, orders: [one, one] }],
			["draft-order", { ...asked, day: -1e12 }],
			["draft-order", { ...asked, day: 1e10 }],
		] as const)
			expect(await refusal(name, request, rina), name).toMatchObject({
				reason: "form",
			});
		const id = await approved();
		const twice = [{ id, seen: 2 }];
		expect(
			await refusal("cancel-order", { orders: [...twice, ...twice] }, rina),
		).toMatchObject({ reason: "form" });
		for (const wrong of [
			{ lots: lots(1), due: 1e15 },
			{ lots: [{ ...lots(1)[0], expires: 9e15 }], due: null },
		])
			expect(
				await refusal("send-order", { order: id, ...wrong }, rina),
			).toMatchObject({ reason: "form" });
	});

	it("the workstation holds what the hub signed, the trail is whole, and steps are never changed", async () => {
		await published(() => null);
		expect(await refreshDigest(hub.db.pool)).not.toBeNull();
		const signed = await digestParts(hub.db.pool);
		const held = await published((db) => replicaDigest(db).tables);
		expect(held.dispatch_step?.[0]?.[2]).toBeGreaterThan(20);
		expect(differences(signed, held)).toEqual([]);
		expect(await verifyAudit(hub.db.pool, null)).toMatchObject({ faults: [] });
		await expect(
			hub.db.pool.query("UPDATE dispatch_step SET person = 'x'"),
		).rejects.toThrow(/only added/);
	});
});
