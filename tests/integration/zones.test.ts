import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, isoFromDay } from "../../core/series/day.ts";
import { zonasi } from "../../hub/connectors/zonasi.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { publish } from "../../hub/publish/publish.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { zones } from "../../main/backend/query/zones.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { zonesFile } from "../fixtures/zone-tables.ts";
import {
	type FeedHub,
	openFeedHub,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "./feed-fixture.ts";

const tree = loadAreaTree();

describe("official zones at the hub", { timeout: 240_000 }, () => {
	const data = mkdtempSync(path.join(os.tmpdir(), "blc-zones-"));
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
	}, 120_000);
	afterAll(async () => {
		await db.stop();
		rmSync(data, { recursive: true, force: true });
	});

	const take = (labels?: ReadonlyMap<string, number>) =>
		ingest(db, zonasi, tree, {
			path: path.join(data, "zonasi.csv"),
			bytes: new TextEncoder().encode(zonesFile()),
			receivedAt: Date.parse("2022-08-15T05:00:00Z"),
			labels,
		});
	const facts = async () =>
		(
			await db.pool.query(
				"SELECT code, day, value FROM fact JOIN area ON area.id = fact.area WHERE indicator = 13 ORDER BY code, day",
			)
		).rows as { code: string; day: number; value: number }[];

	it("are values of kabupaten/kota alone, and nothing adds them up; the weeks that are missing stay so", async () => {
		const { accepted, quarantined, remarks } = await take();
		expect([accepted, quarantined]).toEqual([120, 8]);
		expect(remarks).toMatchObject([
			{ label: "09 Desember 2021" },
			{ label: "13 Februari 2021" },
		]);
		await inTransaction(db.pool, reconcile);
		const rows = await facts();
		expect(new Set(rows.map(({ code }) => code))).toEqual(
			new Set(["11.07", "32.01", "32.71", "91.71"]),
		);
		expect(rows).toHaveLength(120);
		// Of the restated table the zone of Pidie rises each week from none to high.
		expect(
			rows.slice(0, 4).map(({ day: of, value }) => [isoFromDay(of), value]),
		).toEqual([
			["2021-11-07", 2],
			["2021-11-14", 3],
			["2021-11-21", 4],
			["2021-11-28", 5],
		]);
	});

	it("come in from the same file once a person says what its labels stand for, and what stood there stays", async () => {
		const before = await facts();
		expect((await take()).duplicate).toBe(true);
		const taken = await take(
			new Map([
				["09 Desember 2021", day("2022-01-09")],
				["13 Februari 2021", day("2022-03-20")],
			]),
		);
		expect(taken.duplicate).toBe(false);
		await inTransaction(db.pool, reconcile);
		const rows = await facts();
		expect(rows).toHaveLength(128);
		expect(rows).toEqual(expect.arrayContaining(before));
		const { rows: files } = await db.pool.query(
			"SELECT name FROM file ORDER BY id",
		);
		expect(files.map(({ name }) => name)).toEqual([
			"zonasi.csv",
			"zonasi.csv (09 Desember 2021 = 2022-01-09; 13 Februari 2021 = 2022-03-20)",
		]);
	});
});

/** The published table restated in small, and the table itself where it is at hand. */
const PUBLISHED = path.resolve(
	import.meta.dirname,
	"../../../shared/data/04-zonasi-kabkota/zonasi.csv",
);
const TABLES: [string, () => Uint8Array, areas: number][] = [
	["restated in small", () => new TextEncoder().encode(zonesFile()), 4],
];
if (existsSync(PUBLISHED))
	TABLES.push(["as published", () => readFileSync(PUBLISHED), 514]);

describe.each(TABLES)(
	"the table of zones, %s, from its file to what a screen is given",
	{ timeout: 240_000 },
	(_, bytes, areas) => {
		const folder = temporaryFolder("zones");
		let hub: FeedHub;
		let server: FeedServer;
		let workstation: Workstation;
		beforeAll(async () => {
			hub = await openFeedHub();
			server = await serveFeed(
				{ pool: hub.db.pool, dataFolder: hub.dataFolder },
				{ port: 0 },
			);
		}, 120_000);
		afterAll(async () => {
			await workstation?.close();
			await server?.close();
			await hub?.remove();
			folder.remove();
		});

		/** Takes the file in, publishes, and reads the zones of the replica that follows. */
		async function shown(labels?: ReadonlyMap<string, number>) {
			const taken = await ingest(hub.db, zonasi, tree, {
				path: "zonasi.csv",
				bytes: bytes(),
				receivedAt: Date.parse("2022-08-15T05:00:00Z"),
				labels,
			});
			const done = await publish(hub.db);
			if (!done) throw new Error("nothing was published");
			workstation ??= startWorkstation(folder.path, server);
			await workstation.untilAt(done.seq);
			const db = new Database(
				currentReplica(path.join(folder.path, "replica")) as string,
				{ readonly: true },
			);
			try {
				return { taken, ...zones(db, { asKnownOn: null }) };
			} finally {
				db.close();
			}
		}

		it("two labels are named with the days that they may stand for, and nothing is shown of the days they name", async () => {
			const { taken, held, publications } = await shown();
			expect([taken.accepted, taken.quarantined]).toEqual([
				30 * areas,
				2 * areas,
			]);
			expect(
				held.map(({ label, possible }) => [label, possible.map(isoFromDay)]),
			).toEqual([
				["09 Desember 2021", ["2022-01-09"]],
				["13 Februari 2021", ["2022-03-13", "2022-03-20"]],
			]);
			const days = publications.map((one) => isoFromDay(one.day));
			expect(days).toHaveLength(30);
			expect(days).not.toContain("2021-12-09");
			expect(days).not.toContain("2021-02-13");
			// The real one of that name.
			expect(days).toContain("2022-02-13");
		});

		it("once a person says what they stand for their weeks are there, and no label is held any more", async () => {
			const { held, publications } = await shown(
				new Map([
					["09 Desember 2021", day("2022-01-09")],
					["13 Februari 2021", day("2022-03-20")],
				]),
			);
			expect(held).toEqual([]);
			const days = publications.map((one) => isoFromDay(one.day));
			expect(days).toHaveLength(32);
			expect(days).toEqual(
				expect.arrayContaining(["2022-01-09", "2022-03-20"]),
			);
		});
	},
);
