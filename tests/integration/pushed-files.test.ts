import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERSON_HEADER } from "../../core/access/person.ts";
import { accessRoutes } from "../../hub/access/routes.ts";
import { PUSH_PATH, pushRoutes } from "../../hub/roads/push-routes.ts";
import {
	createTaker,
	LARGEST_FILE,
	type Taker,
} from "../../hub/roads/taker.ts";
import { newToken } from "../../hub/roads/tokens.ts";
import { serveHub } from "../../hub/serve/serve-hub.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { putDataset } from "../../hub/store/dataset.ts";
import { logHead } from "../../hub/store/publication.ts";
import {
	addRoad,
	changeToken,
	endRoad,
	pushedRoads,
	roads,
} from "../../hub/store/roads.ts";
import { writeRoutes } from "../../hub/write/routes.ts";
import { tableRoutes } from "../../hub/write/table-routes.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const ROOT = join(import.meta.dirname, "../..");
const TLS = join(ROOT, "tests/fixtures/tls");
/** Noon in Jakarta. */
const NOW = Date.UTC(2020, 3, 20, 5);

describe("files that are pushed", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("pushed");
	let db: HubDatabase;
	let taker: Taker;
	let app: Hono;
	const log: string[] = [];

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		taker = createTaker(
			{ pool: db.pool, log: (line) => log.push(line) },
			() => NOW,
			// None of these tests is about what this one publishes.
			2 ** 31 - 1,
		);
		app = pushRoutes(db, taker);
	});
	afterAll(async () => {
		await taker.close();
		await db.stop();
		folder.remove();
	});

	async function senderOf(
		name: string,
		connector = "kabkota-csv",
		source = "dinkes",
	): Promise<string> {
		const { token, digest } = newToken(name);
		await addRoad(db.pool, {
			...{ name, connector, source, kind: "push", token: digest },
			...{ address: null, every: null, hosts: [], at: NOW },
		});
		return token;
	}

	const push = (
		token: string,
		key: string,
		body: string,
		{ query = "", headers = {} as Record<string, string> } = {},
	) =>
		app.request(`${PUSH_PATH}${query}`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${token}`,
				"idempotency-key": key,
				"content-length": String(Buffer.byteLength(body)),
				...headers,
			},
			body,
		});

	const row = (code: string, count: number, day = "2020-04-19") =>
		`${JSON.stringify({ kode: code, tanggal: day, konfirmasi: count })}\n`;

	async function confirmedIn(code: string): Promise<number[]> {
		const { rows } = await db.pool.query(
			"SELECT stated FROM report JOIN area ON area.id = report.area WHERE code = $1 ORDER BY file, line",
			[code],
		);
		return rows.map(({ stated }) => stated.confirmed);
	}

	it("are stored before they are answered, as CSV or as NDJSON, with what became of each line", async () => {
		const token = await senderOf("dinkes-bandung");
		const csv = await push(
			token,
			"a1",
			"kode;tanggal;konfirmasi\n32.73;2020-04-18;40\n32.73;2020-04-19;x\n",
		);
		expect(csv.status).toBe(200);
		expect(await csv.json()).toMatchObject({
			...{
				lines: 3,
				accepted: 1,
				quarantined: 1,
				skipped: 1,
				duplicate: false,
			},
			faults: [{ line: 3, column: "konfirmasi", found: "x" }],
		});
		const lines = await push(token, "a2", row("32.73", 41));
		expect(await lines.json()).toMatchObject({
			lines: 1,
			accepted: 1,
			faults: [],
		});
		expect(await confirmedIn("32.73")).toEqual([40, 41]);
	});

	it("have the same answer when they are sent again under their key, and are refused in words with other content", async () => {
		const token = await senderOf("dinkes-garut");
		const first = await push(token, "k", row("32.05", 7));
		const again = await push(token, "k", row("32.05", 7));
		expect(again.status).toBe(first.status);
		expect(await again.text()).toBe(await first.text());
		const other = await push(token, "k", row("32.05", 8));
		expect(other.status).toBe(409);
		expect(await other.json()).toEqual({
			error: expect.stringContaining("another key"),
		});
		const renamed = await push(token, "k", row("32.05", 7), {
			query: "?name=lain.csv",
		});
		expect(renamed.status).toBe(409);
		expect(await confirmedIn("32.05")).toEqual([7]);
	});

	it("share no keys with another sender", async () => {
		const [one, other] = [
			await senderOf("dinkes-a"),
			await senderOf("dinkes-b"),
		];
		expect((await push(one, "1", row("32.01", 1))).status).toBe(200);
		expect((await push(other, "1", row("32.02", 2))).status).toBe(200);
		expect(await confirmedIn("32.02")).toEqual([2]);
	});

	it("change nothing where they are the same under another key, also in one moment", async () => {
		const token = await senderOf("dinkes-cirebon");
		const answers = await Promise.all(
			["x1", "x2", "x3", "x3"].map((key) => push(token, key, row("32.09", 5))),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(await confirmedIn("32.09")).toEqual([5]);
	});

	it("of which nothing can be used are in quarantine, and are not called taken", async () => {
		const token = await senderOf("dinkes-keliru");
		const answer = await push(token, "q", row("32.73", -4));
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({ accepted: 0, quarantined: 1 });
		const [road] = (await roads(db.pool)).filter(
			({ name }) => name === "dinkes-keliru",
		);
		expect(road).toMatchObject({
			heardAt: null,
			failures: 1,
			fault: { code: "nothing-taken" },
		});
		const { rows } = await db.pool.query(
			"SELECT 1 FROM quarantine JOIN file ON file.id = file WHERE file.name = 'dinkes-keliru'",
		);
		expect(rows).toHaveLength(1);
	});

	it("speak as of the day that is said, and of no day that is none", async () => {
		const token = await senderOf("dinkes-hari");
		await push(token, "d1", row("32.08", 3, "2020-04-10"), {
			query: "?as_of=2020-04-11",
		});
		const { rows } = await db.pool.query(
			"SELECT report.as_of FROM report JOIN file ON file.id = file WHERE file.name = 'dinkes-hari'",
		);
		expect(rows).toEqual([{ as_of: 18_363 }]);
		expect(
			(await push(token, "d2", row("32.08", 3), { query: "?as_of=11-04-2020" }))
				.status,
		).toBe(400);
	});

	it.each([
		["no key", {}, { "idempotency-key": "" }, 400, "idempotency-key"],
		[
			"a packed body",
			{},
			{ "content-encoding": "gzip" },
			415,
			"content-encoding",
		],
		[
			"more than is allowed",
			{},
			{ "content-length": String(LARGEST_FILE + 1) },
			413,
			"16 MB",
		],
	])("are refused in words with %s", async (_, __, headers, status, word) => {
		const token = await senderOf(`dinkes-salah-${status}`);
		const answer = await push(token, "s", row("32.73", 1), { headers });
		expect(answer.status).toBe(status);
		expect(((await answer.json()) as { error: string }).error).toContain(word);
	});

	it("are refused with no token, another secret, and a token that ended, each in the same words", async () => {
		const token = await senderOf("dinkes-lama");
		await endRoad(db.pool, "dinkes-lama", NOW);
		const known = await senderOf("dinkes-kini");
		const wrong = `dinkes-kini.${"A".repeat(43)}`;
		const answers = await Promise.all(
			[
				token,
				wrong,
				"nobody.x",
				`tiada.${"A".repeat(43)}`,
				known.slice(0, -1),
				"",
			].map((one) => push(one, "t", row("32.73", 1))),
		);
		expect(
			new Set(await Promise.all(answers.map((one) => one.text()))).size,
		).toBe(1);
		expect(new Set(answers.map(({ status }) => status))).toEqual(
			new Set([401]),
		);
	});

	it("that come in one moment are each of the road whose token they carry, whatever comes beside them", async () => {
		const one = await senderOf("dinkes-satu");
		const other = await senderOf("rs-dua", "daily-report", "daily-report");
		const wrong = `rs-dua.${"A".repeat(43)}`;
		const answers = await Promise.all(
			[wrong, one, other, wrong].map((token, place) =>
				push(token, `moment-${place}`, row("32.74", 5)),
			),
		);
		// What is a table of cases is none of a hospital's day.
		expect(answers.map(({ status }) => status)).toEqual([401, 200, 422, 401]);
	});

	it("are not taken by a token that was changed while they waited", async () => {
		await senderOf("dinkes-ganti");
		const [road] = await pushedRoads(db.pool, ["dinkes-ganti"]);
		await changeToken(db.pool, "dinkes-ganti", newToken("dinkes-ganti").digest);
		const bytes = new TextEncoder().encode(row("32.75", 5));
		const { status } = await taker.take({
			...{ road, name: "x", bytes, sha256: "ganti", asOf: null },
			push: { key: "k", sent: "s", token: road.token },
		});
		expect(status).toBe(401);
	});

	it("keep a token neither in the database nor in what is logged", async () => {
		const token = await senderOf("dinkes-rahasia");
		await push(token, "secret-key-of-somebody", row("32.73", 2));
		const { rows } = await db.pool.query(
			"SELECT (SELECT string_agg(t::text, ' ') FROM road t) || (SELECT string_agg(t::text, ' ') FROM push t) AS text",
		);
		for (const text of [rows[0].text, log.join()]) {
			expect(text).not.toContain(token.split(".")[1]);
			expect(text).not.toContain("secret-key-of-somebody");
		}
	});

	it("wait for their turn, and are told to come again where too many wait, whatever other sources have", async () => {
		const loud = await senderOf("dinkes-nyaring");
		const calm = await senderOf("rs-tenang", "daily-report", "daily-report");
		// Nothing is taken while somebody else has the dataset.
		const client = await db.pool.connect();
		await client.query("BEGIN; SELECT pg_advisory_xact_lock(20200303)");
		const sent = Array.from({ length: 12 }, (_, n) =>
			push(loud, `n${n}`, row("32.10", n, `2020-04-0${1 + (n % 9)}`), {
				query: `?name=n${n}`,
			}),
		);
		const refused = await Promise.race(sent);
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
		const other = push(calm, "c", "kode_faskes,tanggal\n");
		await client.query("COMMIT");
		client.release();
		expect((await other).status).toBe(422);
		const statuses = (await Promise.all(sent)).map(({ status }) => status);
		expect(statuses.filter((one) => one === 200)).toHaveLength(8);
		expect(statuses.filter((one) => one === 429)).toHaveLength(4);
		// Who comes again is taken in.
		expect(
			(
				await push(loud, "n11", row("32.10", 11, "2020-04-03"), {
					query: "?name=n11",
				})
			).status,
		).toBe(200);
	});

	it("are published by the next start where the hub ended between the answer and the publication", async () => {
		await senderOf("dinkes-terbit");
		const [road] = await pushedRoads(db.pool, ["dinkes-terbit"]);
		const { token } = road;
		const bytes = new TextEncoder().encode(row("32.12", 4));
		const ended = createTaker(db, () => NOW);
		const { status } = await ended.take({
			...{ road, name: "terbit", bytes, sha256: "terbit" },
			...{ asOf: null, push: { key: "p", sent: "p", token } },
		});
		expect(status).toBe(200);
		await ended.close();
		const { seq } = await logHead(db.pool);
		const next = createTaker(db, () => NOW, 1);
		try {
			await expect
				.poll(async () => (await logHead(db.pool)).seq, { timeout: 60_000 })
				.toBeGreaterThan(seq);
			const { rows } = await db.pool.query(
				"SELECT value FROM fact JOIN area ON area.id = fact.area WHERE code = '32.12' AND value = 4",
			);
			expect(rows.length).toBeGreaterThan(0);
		} finally {
			await next.close();
		}
	});

	it("are answered, or left to be sent again, where the hub ends while the database does not answer", async () => {
		const [one, other] = [
			await senderOf("dinkes-akhir"),
			await senderOf("dinkes-akhir-b"),
		];
		const own = createTaker(db, () => NOW, 2 ** 31 - 1);
		const client = await db.pool.connect();
		try {
			await client.query("BEGIN; SELECT pg_advisory_xact_lock(20200303)");
			const routes = pushRoutes(db, own);
			const sent = (token: string) =>
				routes.request(PUSH_PATH, {
					method: "POST",
					headers: { authorization: `Bearer ${token}`, "idempotency-key": "e" },
					body: row("32.14", 1),
				});
			const underWay = sent(one);
			// Until it waits for the lock.
			await expect
				.poll(
					async () =>
						(
							await db.pool.query(
								"SELECT count(*)::integer AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
							)
						).rows[0].n,
					{ timeout: 60_000 },
				)
				.toBeGreaterThan(0);
			const waiting = sent(other);
			// Before it closes: the one behind waits for its turn.
			await new Promise((done) => setTimeout(done, 200));
			await own.close();
			expect((await waiting).status).toBe(503);
			await client.query("COMMIT");
			expect((await underWay).status).toBe(200);
		} finally {
			client.release();
		}
	});

	it("that never come whole hold no room, and what one of a source announces keeps no other of it out", async () => {
		const token = await senderOf("dinkes-macet");
		const routes = pushRoutes(db, taker, 100);
		const stalled = (key: string) =>
			routes.request(PUSH_PATH, {
				method: "POST",
				headers: { authorization: `Bearer ${token}`, "idempotency-key": key },
				body: new ReadableStream({
					start: (body) => body.enqueue(new TextEncoder().encode("kode")),
				}),
				duplex: "half",
			} as RequestInit);
		const answer = await stalled("s1");
		expect(answer.status).toBe(408);
		expect(await answer.json()).toMatchObject({
			error: expect.stringContaining("0.1 seconds"),
		});
		const endless = await routes.request(PUSH_PATH, {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "idempotency-key": "s3" },
			body: new ReadableStream({
				pull: (body) => body.enqueue(new Uint8Array(LARGEST_FILE / 2)),
			}),
			duplex: "half",
		} as RequestInit);
		expect(endless.status).toBe(413);
		expect((await push(token, "s2", row("32.13", 9))).status).toBe(200);
		const road = { name: "a", source: "x" };
		const rooms = [taker.admit(road, LARGEST_FILE)];
		expect(taker.admit(road, 1).isFull).toBe(true);
		for (const name of ["b", "c", "d"])
			rooms.push(taker.admit({ name, source: "x" }, LARGEST_FILE));
		expect(rooms.map(({ isFull }) => isFull)).toEqual([
			...[false, false],
			...[false, false],
		]);
		expect(taker.admit({ name: "a", source: "x" }, 1).isFull).toBe(true);
		for (const room of rooms) if (!room.isFull) room.leave();
		const last = taker.admit(road, 1);
		expect(last.isFull).toBe(false);
		if (!last.isFull) last.leave();
	});

	it("that the database refuses are told without what the database repeats of them", async () => {
		const token = await senderOf("dinkes-ditolak");
		await db.pool.query(`
			CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN RAISE EXCEPTION 'refused: %', NEW.stated; END $$;
			CREATE TRIGGER refuse BEFORE INSERT ON report FOR EACH ROW
			WHEN (NEW.stated ->> 'confirmed' = '66666') EXECUTE FUNCTION refuse()`);
		try {
			const [road] = await pushedRoads(db.pool, ["dinkes-ditolak"]);
			const bytes = new TextEncoder().encode(row("32.13", 66_666));
			const failed = await taker
				.take({
					...{ road, name: "x", bytes, sha256: "66666", asOf: null },
					push: { key: "k", sent: "s", token: road.token },
				})
				.catch((error: Error) => error);
			expect(String(failed)).toMatch(/could not be stored \(P0001\)/);
			expect(inspect(failed)).not.toContain("66666");
			expect(log.join()).toContain("dinkes-ditolak");
			expect(log.join()).not.toContain("66666");
			// All beside it is stored.
			const [bad, good] = await Promise.all([
				push(token, "r", row("32.13", 66_666)),
				push(await senderOf("dinkes-baik"), "r", row("32.13", 3)),
			]);
			expect([bad.status, good.status]).toEqual([500, 200]);
		} finally {
			await db.pool.query("DROP FUNCTION refuse CASCADE");
		}
	});

	it("open no other door of the hub with their token", async () => {
		const token = await senderOf("dinkes-pintu");
		const hub = await serveHub(
			{ pool: db.pool, dataFolder: folder.path },
			{
				port: 0,
				guarded: {
					cert: readFileSync(join(TLS, "hub.crt"), "utf8"),
					key: readFileSync(join(TLS, "hub.key"), "utf8"),
					credential: "a credential of more than 32 characters",
				},
			},
		);
		const ask = (method: string, path: string, body = "") =>
			new Promise<number>((resolve, reject) => {
				const asked = request(
					`${hub.url}${path}`,
					{
						method,
						rejectUnauthorized: false,
						headers: {
							authorization: `Bearer ${token}`,
							[PERSON_HEADER]: token,
							"idempotency-key": "door",
						},
					},
					(answer) => {
						answer.resume();
						resolve(answer.statusCode ?? 0);
					},
				);
				asked.on("error", reject);
				asked.end(body);
			});
		try {
			const writes = writeRoutes({
				log: () => {},
				dataFolder: folder.path,
				...db,
			});
			writes.close();
			const routes = [accessRoutes(db), tableRoutes(db), writes.app].flatMap(
				(one) => one.routes.map(({ method, path }) => ({ method, path })),
			);
			expect(routes.length).toBeGreaterThan(10);
			const feed = [
				"/v1/head",
				"/v1/preparing",
				"/v1/live",
				"/v1/chunk/0",
				"/v1/e/s/segments",
				"/v1/e/digest",
				"/v1/e/part/t/-/-",
				"/v1/push/",
				"/v1/pushed",
				"/v1/push/../head",
				"/V1/push",
				"//v1/push",
			];
			for (const { method, path } of [
				...routes,
				...feed.map((path) => ({ method: "GET", path })),
			])
				expect([
					method,
					path,
					await ask(method === "ALL" ? "GET" : method, path),
				]).toEqual([method, path, 401]);
			expect(await ask("GET", PUSH_PATH)).toBe(405);
			expect(await ask("POST", PUSH_PATH, row("32.11", 1))).toBe(200);
		} finally {
			await hub.close();
		}
	});

	it("are made, listed and ended by the hub's command line, with their rows of the trail", async () => {
		const hub = async (...args: string[]) =>
			(
				await promisify(execFile)(process.execPath, [
					join(ROOT, "hub/cli.ts"),
					...args,
					"--data",
					folder.path,
				])
			).stdout.trim();
		const token = await hub(
			"road",
			"push",
			"rs-baru",
			"daily-report",
			"--reason",
			"RSUD",
		);
		expect((await push(token, "1", "kode_faskes,tanggal\n")).status).toBe(422);
		const another = await hub("road", "token", "rs-baru", "--reason", "lost");
		expect((await push(token, "2", "x")).status).toBe(401);
		expect((await push(another, "2", "kode_faskes,tanggal\n")).status).toBe(
			422,
		);
		expect(await hub("road", "list")).toMatch(
			/rs-baru +push +daily-report of daily-report/,
		);
		await hub("road", "end", "rs-baru", "--reason", "closed");
		expect((await push(another, "3", "x")).status).toBe(401);
		const { rows } = await db.pool.query(
			"SELECT name, request FROM audit WHERE subject = 'road:rs-baru' ORDER BY number",
		);
		expect(rows.map(({ name }) => name)).toEqual([
			"open-road",
			"change-road-token",
			"end-road",
		]);
		expect(JSON.stringify(rows)).not.toContain(another.split(".")[1]);
		await expect(
			hub("road", "push", "rs-baru", "daily-report", "--reason", "again"),
		).rejects.toMatchObject({ code: 2 });
	});

	it("are refused where the hub holds an exercise", async () => {
		const token = await senderOf("dinkes-latihan");
		await inTransaction(db.pool, (client) =>
			putDataset(client, { exercise: true }),
		);
		expect((await push(token, "l", row("32.73", 1))).status).toBe(409);
	});
});
