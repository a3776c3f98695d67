import {
	closeSync,
	cpSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/statistics/random.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import { type FeedServer, serveFeed } from "../../hub/publish/serve.ts";
import { answer } from "../../main/backend/query/queries.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	changing,
	digestOf,
	type FeedHub,
	FIRST_DAY,
	type HubProxy,
	headOf,
	openFeedHub,
	publishDays,
	replicaIsSound,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "../integration/feed-fixture.ts";

/** Random bits that are flipped, one in each run; more for the long one: `npm run soak -- damage`. */
const FLIPS = Number(process.env.DAMAGE_FLIPS ?? 8);
const PATIENCE = 60_000 + FLIPS * 20_000;

let hub: FeedHub;
let server: FeedServer;
let proxy: HubProxy;
let folder: ReturnType<typeof temporaryFolder>;
/** A workstation's folder in good order, to be copied and damaged. */
let good: string;
let answers: string;
let runs = 0;

beforeAll(async () => {
	hub = await openFeedHub();
	server = await serveFeed(
		{ pool: hub.db.pool, dataFolder: hub.dataFolder },
		{ port: 0 },
	);
	proxy = await startProxy(server.url);
	folder = temporaryFolder("damage");
	await publishChanges(
		hub.db,
		changing({ dataset: [["title", '"Uji kerusakan"']] }, {}, true),
	);
	await publishDays(hub, [0, 1, 2, 3, 40, 41], 7, true);
	await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
	good = join(folder.path, "good");
	const first = start(good);
	await compared(first);
	await first.close();
	// In good order, and long enough ago that nothing is due by itself.
	expect(readdirSync(good)).not.toContain("running");
	answers = answersOf(good);
});

afterAll(async () => {
	await proxy?.close();
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

function start(
	path: string,
	timing: Parameters<typeof startWorkstation>[2] = {},
): Workstation {
	return startWorkstation(
		path,
		{ url: proxy.url, publicKey: server.publicKey },
		{ compareFetched: 0, compareAgain: 50, ...timing },
	);
}

/** Waits until a workstation has found its replica equal to the hub's. */
async function compared(workstation: Workstation): Promise<void> {
	while (!workstation.logs.some((line) => line.startsWith("compared with")))
		await sleep(20);
	await workstation.until((state) => state.kind === "idle");
}

/** Everything a screen could be told of the areas and days of this dataset, as text. */
function answersOf(path: string): string {
	const database = new Database(
		currentReplica(join(path, "replica")) as string,
		{ readonly: true },
	);
	try {
		const told: unknown[] = [];
		for (const name of [
			"areas",
			"dataset",
			"freshness",
			"geography",
			"position",
		] as const)
			told.push(answer(database, name, undefined as never));
		for (const level of ["nation", "province", "regency"] as const)
			for (const indicator of ["confirmed", "deaths", "active"] as const)
				told.push(
					Buffer.from(
						answer(database, "cube", {
							indicator,
							measure: "total",
							level,
							asKnownOn: null,
						}).answer.body,
					).toString("base64"),
				);
		for (const area of hub.areas.slice(0, 60))
			told.push(
				answer(database, "series", {
					indicator: "confirmed",
					area,
					asKnownOn: null,
				}),
				answer(database, "kpis", {
					area,
					day: FIRST_DAY + 41,
					asKnownOn: null,
				}),
			);
		// Of which rows it is; that these are the same is what is looked at.
		return JSON.stringify(told, (key, value) =>
			key === "stamp" ? undefined : value,
		);
	} finally {
		database.close();
	}
}

/** Of which rows whoever keeps an answer knows it to be. */
function stampOf(path: string): string {
	const database = new Database(
		currentReplica(join(path, "replica")) as string,
		{ readonly: true },
	);
	try {
		return answer(database, "position", undefined).answer.stamp;
	} finally {
		database.close();
	}
}

interface Run {
	/** What was kept of the damaged rows is known not to be of the rows now. */
	isOther: boolean;
	/** The workstation noticed. */
	noticed: boolean;
	/** A state named it. */
	named: string[];
	asked: string[];
	logs: string[];
}

/** Lets a damaged copy of the good workstation start after an unclean end, and expects that it ends as if nothing had been. */
async function healed(
	damage: (file: string, path: string) => void,
): Promise<Run> {
	const path = join(folder.path, String(++runs));
	cpSync(good, path, { recursive: true });
	damage(currentReplica(join(path, "replica")) as string, path);
	writeFileSync(join(path, "running"), "");
	proxy.asked.length = 0;
	const workstation = start(path);
	try {
		await compared(workstation);
		expect(await workstation.writer.digest()).toEqual(
			await digestOf(server.url),
		);
	} finally {
		await workstation.close();
	}
	expect(replicaIsSound(path)).toEqual({ check: "ok", cubesEqual: true });
	expect(answersOf(path)).toBe(answers);
	const isOther = stampOf(path) !== stampOf(good);
	rmSync(path, { recursive: true, force: true });
	return {
		isOther,
		noticed: workstation.logs.some((line) => /differs from|damaged/.test(line)),
		named: workstation.states.flatMap((state) =>
			state.kind === "error" ? [`${state.code}: ${state.message}`] : [],
		),
		asked: [...proxy.asked],
		logs: [...workstation.logs],
	};
}

function flip(file: string, bit: number): void {
	const descriptor = openSync(file, "r+");
	const byte = Buffer.alloc(1);
	readSync(descriptor, byte, 0, 1, bit >> 3);
	byte[0] ^= 1 << (bit & 7);
	writeSync(descriptor, byte, 0, 1, bit >> 3);
	closeSync(descriptor);
}

/** Changes a replica as a flipped bit would: its value is other, and all of SQLite's own bookkeeping agrees. */
const changed =
	(sql: string) =>
	(file: string): void => {
		const database = new Database(file);
		expect(database.prepare(sql).run().changes).toBeGreaterThan(0);
		database.close();
	};

const snapshots = ({ asked }: Run): number =>
	asked.filter((path) => path.endsWith("/manifest")).length;

describe("damage that SQLite cannot see", () => {
	it("in a fact is named by month and province, and only that part is fetched again", async () => {
		const run = await healed(
			changed(
				`UPDATE "fact" SET "value" = "value" + 4 WHERE ("indicator", "month", "area", "day") IN (
					SELECT "indicator", "month", "area", "day" FROM "fact"
					JOIN "area" ON "area"."id" = "fact"."area" AND "area"."code" = '35.07' WHERE "value" IS NOT NULL LIMIT 1)`,
			),
		);
		expect(run.named.join()).toMatch(/^corrupt: .*fact 2020-0\d 35 /);
		expect(run.asked.filter((path) => path.includes("/part/"))).toEqual([
			expect.stringMatching(/\/part\/fact\/\d+\/\d+\?at=/),
		]);
		expect(snapshots(run)).toBe(0);
		expect(run.isOther).toBe(true);
	});

	it.each([
		[
			"a value that became missing",
			`UPDATE "fact" SET "value" = NULL WHERE "day" = ${FIRST_DAY}`,
		],
		["a row that is lost", `DELETE FROM "fact" WHERE "day" = ${FIRST_DAY + 1}`],
		[
			"the name of a place",
			`UPDATE "area" SET "name" = 'X' WHERE "code" = '35.07'`,
		],
		[
			"the parent of a place",
			`UPDATE "area" SET "parent" = 1 WHERE "code" = '35.07'`,
		],
		[
			"the title",
			`UPDATE "dataset" SET "value" = '"Lain"' WHERE "key" = 'title'`,
		],
		[
			"a cube",
			`UPDATE "cube" SET "value" = zeroblob(length("value")) WHERE "level" = 1`,
		],
		["the days of a cube", `UPDATE "cube" SET "first_day" = "first_day" + 1`],
	])("in %s is found and put right without a snapshot", async (_, sql) => {
		const run = await healed(changed(sql));
		expect(run.named.join()).toContain("corrupt: ");
		expect(snapshots(run)).toBe(0);
		expect(run.isOther).toBe(true);
	});

	it.each([
		[
			"the publication it says it is at",
			`UPDATE "_sync" SET "seq" = "seq" + 64`,
		],
		["the chain", `UPDATE "_sync" SET "chain" = replace("chain", '1', '2')`],
		[
			"the time of the publication",
			`UPDATE "_sync" SET "committed_at" = "committed_at" + 1`,
		],
	])(
		"in %s leads to a new snapshot, not to an error for ever",
		async (_, sql) => {
			const run = await healed(changed(sql));
			expect(run.noticed).toBe(true);
			expect(snapshots(run)).toBe(1);
			expect(run.isOther).toBe(true);
		},
	);

	it("in an index is found by the whole check", async () => {
		const run = await healed((file) => {
			const database = new Database(file);
			database.unsafeMode(true);
			// The index is left without one of its rows.
			database.pragma("writable_schema = ON");
			const { sql } = database
				.prepare(`SELECT "sql" FROM sqlite_schema WHERE "name" = 'area_parent'`)
				.get() as { sql: string };
			const set = database.prepare(
				`UPDATE sqlite_schema SET "sql" = ? WHERE "name" = 'area_parent'`,
			);
			database.exec(`DROP INDEX "area_parent"`);
			database.exec(`${sql} WHERE "code" <> '35.07'`);
			set.run(sql);
			database.close();
		});
		expect(run.named.join()).toContain("corrupt: ");
		expect(snapshots(run)).toBe(1);
	});
});

it("a part that cannot be fetched is replaced by a whole snapshot", async () => {
	proxy.interfere = (path) =>
		path.includes("/part/") ? { status: 404 } : undefined;
	const run = await healed(
		changed(`UPDATE "fact" SET "value" = 1 WHERE "day" = ${FIRST_DAY + 2}`),
	);
	proxy.interfere = () => undefined;
	expect(snapshots(run)).toBe(1);
});

it("a memory of the hub that cannot be read stops the following and not the showing, until it can be read again", async () => {
	const path = join(folder.path, "memory");
	cpSync(good, path, { recursive: true });
	const memory = ["seen.json", "seen.json.copy"].map((name) =>
		join(path, name),
	);
	for (const file of memory) {
		renameSync(file, `${file}.away`);
		mkdirSync(file);
	}
	const workstation = start(path);
	const state = await workstation.until((now) => now.kind === "error");
	expect(state).toMatchObject({ code: "disk" });
	expect(JSON.stringify(state)).toContain("seen.json");
	expect(await workstation.writer.digest()).toEqual(await digestOf(server.url));
	for (const file of memory) {
		rmdirSync(file);
		renameSync(`${file}.away`, file);
	}
	await workstation.until((now) => now.kind === "idle");
	await workstation.close();
});

it("is looked for once a day: not again after a round in good order, and again when the day is over", async () => {
	const path = join(folder.path, "daily");
	cpSync(good, path, { recursive: true });
	const rounds = (): number =>
		proxy.asked.filter((asked) => asked.includes("/digest")).length;
	const { seq } = await headOf(server.url);
	proxy.asked.length = 0;
	const first = start(path);
	await first.untilAt(seq).catch(() => {});
	await first.close();
	expect(rounds()).toBe(0);
	const file = currentReplica(join(path, "replica")) as string;
	changed(`UPDATE "fact" SET "value" = 1 WHERE "day" = ${FIRST_DAY}`)(file);
	const second = start(path, { compare: 1 });
	await compared(second);
	await second.close();
	expect(rounds()).toBeGreaterThan(0);
	expect(answersOf(path)).toBe(answers);
});

it(
	`of ${FLIPS} random bits flipped in a replica none stays silent`,
	async () => {
		const random = createRandom(Number(process.env.DAMAGE_SEED ?? 22));
		const size = statSync(currentReplica(join(good, "replica")) as string).size;
		let noticed = 0;
		for (let i = 0; i < FLIPS; i++) {
			const bit = Math.floor(random.uniform() * size * 8);
			// Whatever it met: what is left has the hub's digest, sound cubes, and every answer of before.
			const run = await healed((file) => flip(file, bit)).catch((error) => {
				throw new Error(`bit ${bit}: ${error}`, { cause: error });
			});
			if (run.noticed) noticed++;
		}
		console.log(
			`${FLIPS} flips in ${size} bytes: ${noticed} noticed and repaired, ${FLIPS - noticed} changed nothing that is read`,
		);
	},
	PATIENCE,
);

it(
	"reaches a workstation although a chunk at the hub is damaged: it is made anew",
	async () => {
		const chunks = join(hub.dataFolder, "snapshots");
		const random = createRandom(5);
		for (const name of readdirSync(chunks)) {
			const bytes = readFileSync(join(chunks, name));
			bytes[Math.floor(random.uniform() * bytes.length)] ^= 0x10;
			writeFileSync(join(chunks, name), bytes);
		}
		const logs: string[] = [];
		const log = (line: string) => logs.push(line);
		const other = await serveFeed(
			{ pool: hub.db.pool, dataFolder: hub.dataFolder, log },
			{ port: 0 },
		);
		const path = join(folder.path, `run-${++runs}`);
		const station = startWorkstation(path, other);
		try {
			await compared(station);
			expect(answersOf(path)).toBe(answers);
			expect(logs.join("\n")).toContain("of a snapshot is damaged");
		} finally {
			await station.close();
			await other.close();
		}
	},
	PATIENCE,
);
