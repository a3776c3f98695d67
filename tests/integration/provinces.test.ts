import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import Database from "better-sqlite3";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PERSON_HEADER } from "../../core/access/person.ts";
import type { Scope } from "../../core/access/scope.ts";
import { REPORT_COLUMNS } from "../../core/facilities/report.ts";
import { differences, type FeedValue } from "../../core/feed/digest.ts";
import {
	SignedDigest,
	SignedHead,
	StatedDigest,
} from "../../core/feed/publication.ts";
import {
	FEED_TABLES,
	type FeedTableName,
	feedTable,
} from "../../core/feed/table.ts";
import { monthOf } from "../../core/series/day.ts";
import { addPerson } from "../../hub/access/persons.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { sequence } from "../../hub/publish/sequencer.ts";
import type { FeedServer } from "../../hub/publish/serve.ts";
import { serveHub } from "../../hub/serve/serve-hub.ts";
import { inTransaction, openHubDatabase } from "../../hub/store/database.ts";
import {
	addWorkstation,
	newCredential,
	provinceOf,
	readBy,
	readingProvince,
	revokeWorkstation,
} from "../../hub/store/province.ts";
import { addToAudit } from "../../hub/write/audit.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	changing,
	type FeedHub,
	FIRST_DAY,
	fact,
	openFeedHub,
	replicaIsSound,
	startProxy,
	startWorkstation,
	temporaryFolder,
	type Workstation,
} from "./feed-fixture.ts";

/*
 * What a workstation of one province is given. Every row here says whose it is: in its texts MILIK-35 or MILIK-32 (MILIK-ID: the nation's),
 * in its numbers 35,000,000 or 32,000,000 and some.
 */

const OURS = "35";
const OTHERS = ["32", "ID"];
const MONTH = monthOf(FIRST_DAY);
const NUMBER: Record<string, number> = {
	"35": 35_000_000,
	"32": 32_000_000,
	ID: 99_000_000,
};

let hub: FeedHub;
let server: FeedServer;
let folder: ReturnType<typeof temporaryFolder>;
let credential: string;
let areaId: (code: string) => number;
let open: Workstation[] = [];

const one = (code: string): number => Number(code === "ID" ? 9 : code);
const mark = (code: string, n = 0): number => (NUMBER[code] as number) + n;
const word = (code: string): string => `MILIK-${code}`;
/** Facilities and files of an owner. */
const facilityOf = (code: string): number => one(code) * 10;
const fileOf = (code: string): number => one(code) * 100;
const ALL_OF = "MILIK-BERSAMA";
const SHARED_FILE = 1;

function rowsOf(code: string): Partial<Record<FeedTableName, FeedValue[][]>> {
	const below = code === "ID" ? "ID" : `${code}.01`;
	const facility = facilityOf(code);
	const file = fileOf(code);
	const day = FIRST_DAY;
	const cells = [areaId(code), areaId(below)].filter(
		(id, i, all) => all.indexOf(id) === i,
	);
	return {
		fact: cells.map((id, n) => [
			...[1, MONTH, id, day, mark(code, n), 1, 1, 0, day, null, null],
		]),
		fact_revision: cells.map((id, n) => [
			...[1, MONTH, id, day, day - 1, mark(code, 10 + n), 1, 1, 0, null, null],
		]),
		claim: cells.map((id, n) => [
			...[1, MONTH, id, day, 1, day, file, 1, mark(code, 20 + n), 0],
		]),
		facility: [
			[
				...[facility, `${code}-RS`, "hospital", word(code), areaId(below)],
				...["A", 0, null, null, null, "{}"],
			],
		],
		facility_report: [
			[
				...[MONTH, day, facility, day, file],
				...REPORT_COLUMNS.map((_, n) => mark(code, 30 + n)),
			],
		],
		stock_line: [
			[
				...[MONTH, day, facility, "masker", day, file, 1, day],
				...[mark(code, 100), null, null, null, null, null],
			],
		],
		stock_lot: [
			[
				...[MONTH, day, facility, "masker", day, file],
				...[`LOT-${word(code)}`, mark(code, 101), null],
			],
		],
		alert_state: [
			[
				...["growth", areaId(below), day, mark(code, 103), 1],
				...[word(code), word(code), "{}", "{}", "{}"],
			],
		],
		stock_decision: [
			[
				...[MONTH, day, facility, "masker", 1, 1, word(code)],
				...["accepted", mark(code, 102), null, word(code)],
			],
		],
		file: [
			[
				...[file, one(code), "kabkota-csv", `${word(code)}.csv`, `${file}`],
				...[mark(code, 110), 1, day, 2, 1, 1, 0, `["${word(code)}"]`, "[]"],
			],
		],
		quarantine: [
			[file, file, 2, "positif", "not-a-number", word(code), "a number", 1],
		],
		geography: [
			[`districts-${code}`, 1, word(code), "none", `{"of":"${word(code)}"}`],
		],
	};
}

async function put(code: string): Promise<void> {
	const rows = rowsOf(code);
	const file = fileOf(code);
	await inTransaction(hub.db.pool, async (client) => {
		await client.query("INSERT INTO facility_number VALUES ($1, $2)", [
			`${code}-RS`,
			facilityOf(code),
		]);
		await client.query(
			`INSERT INTO report VALUES ($1, 1, 1, $2, $3, $3, '{}', '{}')`,
			[file, areaId(code), FIRST_DAY],
		);
	});
	await publishChanges(hub.db, changing(rows));
}

beforeAll(async () => {
	hub = await openFeedHub();
	folder = temporaryFolder("provinces");
	const { pool } = hub.db;
	const { rows } = await pool.query("SELECT id, code FROM area");
	const ids = new Map(rows.map(({ id, code }) => [code, id]));
	areaId = (code) => ids.get(code);
	const day = FIRST_DAY;
	// One of several provinces, and one of each owner.
	const sources = [1, ...[OURS, ...OTHERS].map(one)].map((id) => [
		...[id, `dinkes-${id}`, "Dinkes", "Office", "", "", 1, "daily"],
	]);
	for (const source of sources)
		await pool.query(
			"INSERT INTO source VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			source,
		);
	for (const code of [OURS, ...OTHERS]) await put(code);
	// A file that speaks of both, with what was remarked of it and a line that nobody could use.
	await pool.query(
		`INSERT INTO report SELECT ${SHARED_FILE}, n, 1, area, $1, $1, '{}', '{}' FROM unnest($2::int[]) WITH ORDINALITY AS a (area, n)`,
		[day, [areaId("35"), areaId("32")]],
	);
	await publishChanges(
		hub.db,
		changing({
			source: sources,
			file: [
				[
					...[SHARED_FILE, 1, "kabkota-csv", `${ALL_OF}.csv`, "s", 1, 1, day],
					...[3, 2, 1, 0, `["${word("32")}"]`, "[]"],
				],
			],
			quarantine: [
				[1, SHARED_FILE, 3, "kode", "two-areas", word("32"), "one", 1],
			],
		}),
	);
	// What the nation gives to both, and each gives within itself.
	const orders = ["ID-35", "ID-32", "35-35", "32-32"].map((way, serial) => {
		const [from = "", to = ""] = way.split("-");
		return { id: way, serial, from, to };
	});
	await publishChanges(hub.db, async (client) => {
		const made = await changing({
			dispatch_order: orders.map(({ id, serial, from, to }) => [
				...[id, serial, 2020, facilityOf(from), facilityOf(to)],
				...["pushed", "road", `edd859e4fa7b #/logistik?pins=${word("32")}`],
			]),
		})(client);
		const steps: FeedValue[][] = orders.map(({ id, to }) => [
			...[id, 1, "draft", day, 1, "p", word(to), `"${word(to)}"`, ""],
		]);
		for (const step of steps)
			await client.query(
				`INSERT INTO dispatch_step VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, gen_random_uuid())`,
				step,
			);
		const table = feedTable("dispatch_step");
		return {
			rows: made.rows + steps.length,
			blocks: [
				...(made.blocks ?? []),
				{
					...{ table: table.name, op: "U" as const },
					columns: table.columns.map(({ name }) => name),
					values: table.columns.map((_, c) => steps.map((s) => s[c] ?? null)),
				},
			],
		};
	});
	await pool.query("DELETE FROM dirty");
	for (const [name, scope] of [
		["ketua-35", "35"],
		["ketua-32", "32"],
		["pusat", "ID"],
	] as const)
		await addPerson(
			pool,
			{ name, display: word(scope), role: "data-manager", scope },
			"correct horse battery",
			Date.now(),
		);
	credential = newCredential("dinkes-jatim");
	await addWorkstation(pool, {
		...{ name: "dinkes-jatim", province: OURS, credential, at: 1 },
	});
	server = await serveHub(
		{ pool, dataFolder: hub.dataFolder, log: () => {} },
		{ port: 0 },
	);
	await sequence({ pool, dataFolder: hub.dataFolder });
}, 120_000);

afterEach(async () => {
	for (const workstation of open) await workstation.close();
	open = [];
});

afterAll(async () => {
	await server?.close();
	await hub?.remove();
	folder?.remove();
});

const ask = (
	path: string,
	init: RequestInit = {},
	bearer = credential,
): Promise<Response> =>
	fetch(server.url + path, {
		...init,
		headers: { ...init.headers, authorization: `Bearer ${bearer}` },
	});

/** What an answer says, unpacked where it is packed. */
async function saidBy(response: Response): Promise<string> {
	const bytes = Buffer.from(await response.arrayBuffer());
	const isPacked = bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528;
	return (isPacked ? zstdDecompressSync(bytes) : bytes).toString("latin1");
}

/** What of a text is another's; empty: nothing. */
const ofOthers = (text: string): string[] => [
	...(text.match(/MILIK-(32|ID)/g) ?? []),
	...(text.match(/\b(32|99)0000\d\d\b/g) ?? []),
	...(text.match(/\b(32|99)0001\d\d\b/g) ?? []),
];

async function headFor(bearer?: string) {
	const signed = SignedHead.parse(
		await (await ask("/v1/head", {}, bearer)).json(),
	);
	return JSON.parse(signed.payload);
}

async function tokenOf(name: string): Promise<string> {
	const answer = await fetch(`${server.url}/v1/session`, {
		method: "POST",
		body: JSON.stringify({ name, password: "correct horse battery" }),
	});
	return (await answer.json()).token;
}

describe("the workstation of a province", { timeout: 180_000 }, () => {
	it("is given nothing of another province by any address of the hub, in whomever's name it asks", async () => {
		const { epoch, seq } = await headFor();
		const whole = await fetch(`${server.url}/v1/head`);
		const head = JSON.parse((await whole.json()).payload);
		const manifest = await (
			await fetch(`${server.url}/v1/${epoch}/snap/${head.snapshot.id}/manifest`)
		).json();
		const segments = await (
			await fetch(`${server.url}/v1/${epoch}/all/segments?after=0`)
		).json();
		expect(segments.length).toBeGreaterThan(2);
		const provinces = [areaId("35"), areaId("32"), areaId("ID"), 0, "-"];
		const parts = FEED_TABLES.flatMap(({ name }) =>
			[MONTH, "-"].flatMap((month) =>
				provinces.map(
					(province) =>
						`/v1/${epoch}/part/${name}/${month}/${province}?at=${seq}`,
				),
			),
		);
		const ofPersons = ["/v1/session", "/v1/audit", "/v1/tables"];
		ofPersons.push("/v1/mappings", "/v1/table/1");
		ofPersons.push(`/v1/command/${crypto.randomUUID()}`);
		const paths = [
			...["/v1/head", "/v1/preparing", `/v1/${epoch}/digest?at=${seq}`],
			...["all", "32", "35", "ref"].flatMap((stream) => [
				`/v1/${epoch}/${stream}/segments?after=0`,
				...segments.map(
					(s: { seq: number; sha256: string }) =>
						`/v1/${epoch}/${stream}/seg/${s.seq}-${s.sha256}`,
				),
			]),
			`/v1/${epoch}/snap/${head.snapshot.id}/manifest`,
			...manifest.chunks.map(
				({ sha256 }: { sha256: string }) => `/v1/chunk/${sha256}`,
			),
			...parts,
			...[...ofPersons, "/v1/push", "/metrics"],
			...["/v1/releases", "/v1/release/1"],
		];
		const national = await tokenOf("pusat");
		const asked = [
			...paths.map((path) => ({ path, token: undefined })),
			// Whose name stands beside it changes nothing of what the workstation may have.
			...paths.map((path) => ({ path, token: national })),
			...[await tokenOf("ketua-32"), await tokenOf("ketua-35")].flatMap(
				(token) => ofPersons.map((path) => ({ path, token })),
			),
		];
		let given = 0;
		let parted = 0;
		for (const { path, token } of asked) {
			const answer = await ask(
				path,
				token === undefined ? {} : { headers: { [PERSON_HEADER]: token } },
			);
			const text = await saidBy(answer);
			// Who the nation's warehouses are is known to all.
			const known = answer.ok && path.includes("/part/facility/-/-");
			expect([path, ofOthers(text)]).toEqual([path, known ? [word("ID")] : []]);
			if (answer.ok) given++;
			if (answer.ok && path.includes("/part/")) parted++;
		}
		// All that it may have it has been given: each table's own part, twice.
		expect(parted).toBe(2 * FEED_TABLES.length);
		expect(given).toBeGreaterThan(parted);
		// The same questions, asked by a workstation of the country, are answered with what is another's.
		const told = await Promise.all(
			paths
				.filter((path) => path.includes("/part/"))
				.map(async (path) => saidBy(await fetch(server.url + path))),
		);
		// Seven tables of two others, and seven that are one part.
		expect(told.filter((text) => ofOthers(text).length > 0).length).toBe(
			7 * 2 + 7,
		);
	});

	it("has had every address of the hub tried, and of a new one nothing is given before it is said here", async () => {
		const files = ["publish/serve.ts", "access/routes.ts", "write/routes.ts"];
		files.push("write/table-routes.ts", "roads/push-routes.ts");
		files.push("release/routes.ts", "serve/metrics.ts");
		const sources = (readdirSync("hub", { recursive: true }) as string[])
			.filter((name) => name.endsWith(".ts"))
			.map((name) => ({ name, text: readFileSync(join("hub", name), "utf8") }))
			.filter(({ text }) => /app\.(get|post|delete|put|all)\(/.test(text));
		expect(
			sources.map(({ name }) => name.replaceAll("\\", "/")).sort(),
		).toEqual(files.sort());
		const addresses = sources.flatMap(({ text }) =>
			[
				...text.matchAll(
					/app\.(get|post|delete|put|all)\(\s*(?:"([^"]+)"|\w+)/g,
				),
			].map(([, method, path]) => `${method} ${path ?? "push"}`),
		);
		expect(addresses.sort()).toEqual(
			[
				...["get /v1/head", "get /v1/preparing", "get /v1/live"],
				"get /v1/:epoch/:stream/segments",
				"get /v1/:epoch/:stream/seg/:name",
				"get /v1/:epoch/snap/:id/manifest",
				"get /v1/chunk/:sha256",
				"get /v1/:epoch/digest",
				"get /v1/:epoch/part/:table/:month/:province",
				...["post /v1/session", "post /v1/session/exercise"],
				...["get /v1/session", "delete /v1/session"],
				...["post /v1/command", "post /v1/command/outcomes"],
				...["get /v1/command/:id", "get /v1/audit"],
				...["post /v1/table", "get /v1/tables", "get /v1/mappings"],
				...["get /v1/table/:id", "post push", "all push"],
				...["get /v1/releases", "get /v1/release/:number", "get /metrics"],
			].sort(),
		);
		const answer = await ask("/v1/something/new");
		expect(answer.status).toBe(403);
		expect(answer.headers.get("cache-control")).toBe("no-store");
	});

	it("is told heads of its own stream on the live connection", async () => {
		const left = new AbortController();
		const answer = await ask("/v1/live?after=0", { signal: left.signal });
		const reader = answer.body?.getReader();
		const first = Buffer.from((await reader?.read())?.value ?? []).toString();
		left.abort();
		const data = /^data: (.*)$/m.exec(first)?.[1] ?? "";
		const head = JSON.parse(SignedHead.parse(JSON.parse(data)).payload);
		expect(Object.keys(head.streams)).toEqual([OURS]);
		expect(head.snapshot).toBeNull();
	});

	it("hears nothing more on the live connection once it is revoked", {
		timeout: 15000,
	}, async () => {
		const third = newCredential("dinkes-tiga");
		await addWorkstation(hub.db.pool, {
			...{ name: "dinkes-tiga", province: OURS, credential: third, at: 1 },
		});
		const answer = await ask("/v1/live?after=0", {}, third);
		const reader = answer.body?.getReader();
		await reader?.read();
		await revokeWorkstation(hub.db.pool, "dinkes-tiga", 2);
		await publishChanges(
			hub.db,
			changing({
				fact: [fact(areaId("32.01"), FIRST_DAY + 1, mark("32", 7))],
			}),
		);
		await hub.db.pool.query("DELETE FROM dirty");
		const heard: string[] = [];
		for (;;) {
			const piece = await reader?.read();
			if (!piece || piece.done) break;
			heard.push(Buffer.from(piece.value).toString());
		}
		expect(heard.filter((text) => text.includes("event: head"))).toEqual([]);
	});

	it("is let go at once when it is revoked, also where nothing is published", async () => {
		const fourth = newCredential("dinkes-empat");
		await addWorkstation(hub.db.pool, {
			...{ name: "dinkes-empat", province: OURS, credential: fourth, at: 1 },
		});
		const others = new AbortController();
		const kept = await ask("/v1/live?after=0", { signal: others.signal });
		const answer = await ask("/v1/live?after=0", {}, fourth);
		const reader = answer.body?.getReader();
		await reader?.read();
		await revokeWorkstation(hub.db.pool, "dinkes-empat", 2);
		const told = Date.now();
		while (!(await reader?.read())?.done);
		// Before the next look (5 s) and the next sign of life (15 s).
		expect(Date.now() - told).toBeLessThan(3_000);
		const going = kept.body?.getReader();
		expect((await going?.read())?.done).toBe(false);
		others.abort();
	});

	it("reads in the audit trail of the province nothing that was fixed in a plan for others", async () => {
		const { pool } = hub.db;
		const plan = `edd859e4fa7b #/logistik?pins=${word("32")}`;
		await inTransaction(pool, (client) =>
			addToAudit(client, {
				...{ at: 2, command: crypto.randomUUID(), name: "draft-order" },
				person: {
					...{ name: "perencana", display: "Pusat" },
					...{ role: "planner", scope: "ID" as Scope },
				},
				...{ subject: "order:35", areas: '["35"]', reason: "dorongan" },
				request: JSON.stringify({ plan, orders: [] }),
				before: JSON.stringify([{ plan }]),
				after: JSON.stringify([{ order: { plan } }]),
				inverse: JSON.stringify({ name: "draft-order", request: { plan } }),
				undoes: null,
			}),
		);
		const trail = async (name: string) => {
			const headers = { [PERSON_HEADER]: await tokenOf(name) };
			const asked = await fetch(`${server.url}/v1/audit`, { headers });
			return asked.text();
		};
		const own = await trail("ketua-35");
		expect(own).toContain("edd859e4fa7b");
		expect(ofOthers(own)).toEqual([]);
		expect(ofOthers(await trail("pusat")).length).toBeGreaterThanOrEqual(4);
	});

	it("is refused what a person of the province orders elsewhere in words that quote nothing of it", async () => {
		const { pool } = hub.db;
		const rows = [
			["withdraw-file", '["32.01"]'],
			["override-value", '["32.01"]'],
		] as const;
		const numbers: number[] = [];
		for (const [name, areas] of rows)
			numbers.push(
				await inTransaction(pool, (client) =>
					addToAudit(client, {
						...{ at: 1, command: crypto.randomUUID(), name, areas },
						person: {
							...{ name: "ketua-32", display: word("32") },
							...{ role: "data-manager", scope: "32" as Scope },
						},
						...{ subject: "file:3200", reason: word("32"), request: "{}" },
						...{ before: "null", after: "null", inverse: null, undoes: null },
					}),
				),
			);
		await pool.query(
			`INSERT INTO file (id, source, connector, name, sha256, bytes, received_at, lines, accepted, quarantined, skipped, remarks, withdrawals)
			 VALUES (3299, 32, 'kabkota-csv', $1, 'none', 1, 1, 1, 0, 1, 0, '[]', '[]')`,
			[`${word("32")}-kosong.csv`],
		);
		const token = await tokenOf("ketua-35");
		const order = async (name: string, request: object) => {
			const answer = await ask("/v1/command", {
				method: "POST",
				headers: { [PERSON_HEADER]: token },
				body: JSON.stringify({
					...{ id: crypto.randomUUID(), name, basedOn: null },
					request: { ...request, reason: "salah kirim" },
				}),
			});
			const text = await answer.text();
			expect([name, ofOthers(text)]).toEqual([name, []]);
			expect(answer.ok).toBe(false);
			return JSON.parse(text).reason;
		};
		try {
			// Not withdrawn, with its name, to whoever counts through the numbers.
			expect(await order("restore-file", { file: fileOf("32") })).toBe(
				"outside-scope",
			);
			for (const name of ["restore-file", "withdraw-file"])
				expect(await order(name, { file: 3299 })).toBe("unknown-file");
			// Whoever decided of it since, and why.
			for (const audit of numbers)
				expect(await order("undo", { audit })).toBe("unknown-row");
			// How the tables of a source of elsewhere are laid out.
			const table = await ask("/v1/table?name=satu.csv", {
				method: "POST",
				headers: { [PERSON_HEADER]: token },
				body: "kode,positif\n35.01,1\n",
			});
			const { table: id } = await table.json();
			await pool.query("INSERT INTO source_area VALUES (32, $1)", [
				areaId("32"),
			]);
			const preview = (source: string) =>
				ask(`/v1/table/${id}?source=${source}`, {
					headers: { [PERSON_HEADER]: token },
				});
			expect((await preview("dinkes-32")).status).toBe(403);
			expect((await preview("dinkes-35")).status).toBe(200);
			// A count that is right is answered as one that is wrong.
			for (const stated of [mark("32", 100), 1])
				expect(
					await order("refuse-stock", {
						...{ facility: facilityOf("32"), item: "masker" },
						...{ day: FIRST_DAY, stated },
					}),
				).toBe("outside-scope");
		} finally {
			await pool.query("DELETE FROM file WHERE id = 3299");
			await pool.query("DELETE FROM source_area");
			await pool.query("DELETE FROM dirty");
		}
	});

	it("signs in those of its province, and acts for nobody else", async () => {
		const signIn = (name: string) =>
			ask("/v1/session", {
				method: "POST",
				body: JSON.stringify({ name, password: "correct horse battery" }),
			});
		expect((await signIn("ketua-35")).status).toBe(200);
		for (const name of ["ketua-32", "pusat"]) {
			const refused = await signIn(name);
			expect(refused.status).toBe(403);
			expect(await refused.text()).not.toContain("token");
		}
		const { rows } = await hub.db.pool.query(
			"SELECT count(*)::int AS open FROM session JOIN person ON person.id = person WHERE name = 'ketua-32' AND ended_at IS NULL",
		);
		const before = rows[0].open;
		await signIn("ketua-32");
		const after = await hub.db.pool.query(
			"SELECT count(*)::int AS open FROM session JOIN person ON person.id = person WHERE name = 'ketua-32' AND ended_at IS NULL",
		);
		expect(after.rows[0].open).toBe(before);
		const token = await tokenOf("pusat");
		for (const path of ["/v1/session", "/v1/audit", "/v1/tables"])
			expect(
				(await ask(path, { headers: { [PERSON_HEADER]: token } })).status,
			).toBe(401);
		const order = await ask("/v1/command", {
			method: "POST",
			headers: { [PERSON_HEADER]: token },
			body: "{}",
		});
		expect(order.status).toBe(401);
	});

	it("is given nothing without a credential that is valid, nor once it is revoked", async () => {
		const second = newCredential("dinkes-dua");
		await addWorkstation(hub.db.pool, {
			...{ name: "dinkes-dua", province: OURS, credential: second, at: 1 },
		});
		expect((await ask("/v1/head", {}, second)).status).toBe(200);
		await revokeWorkstation(hub.db.pool, "dinkes-dua", 2);
		const wrong = [
			second,
			`${credential}x`,
			credential.slice(0, -1),
			"province.",
			"Province.dinkes-jatim.x",
			credential.replace("dinkes-jatim", "dinkes-lain"),
		];
		for (const bearer of wrong) {
			const answer = await ask("/v1/head", {}, bearer);
			expect([bearer, answer.status]).toEqual([bearer, 401]);
			expect(answer.headers.get("cache-control")).toBe("no-store");
		}
	});
});

describe("PostgreSQL", () => {
	it("gives no quarantine nor remark of a file of which only this province's lines could be used, where its source speaks of others too", async () => {
		const { pool } = hub.db;
		const province = await provinceOf(pool, OURS);
		if (!province) throw new Error("no province");
		const read = () =>
			readingProvince(
				pool,
				province,
				async () => true,
				async (client) => [
					(await client.query("SELECT found FROM quarantine WHERE file = 2"))
						.rows,
					(
						await client.query(
							"SELECT name, remarks FROM province_file WHERE id = 2",
						)
					).rows,
				],
			);
		await pool.query(
			`INSERT INTO file (id, source, connector, name, sha256, bytes, received_at, lines, accepted, quarantined, skipped, remarks, withdrawals)
			 VALUES (2, 1, 'kabkota-csv', 'dua.csv', 'two', 1, 1, 3, 1, 1, 1, $1, '[]')`,
			[`["${word("32")}"]`],
		);
		try {
			await pool.query(
				`INSERT INTO report VALUES (2, 2, 1, $1, $2, $2, '{}', '{}')`,
				[areaId("35"), FIRST_DAY],
			);
			await pool.query(
				`INSERT INTO quarantine (id, file, line, "column", reason, found, expected, alike) VALUES (2, 2, 3, 'positif', 'negative', $1, '0', 1)`,
				[word("32")],
			);
			expect(await read()).toEqual([[], [{ name: "dua.csv", remarks: "[]" }]]);
		} finally {
			await pool.query("DELETE FROM quarantine WHERE id = 2");
			await pool.query("DELETE FROM report WHERE file = 2");
			await pool.query("DELETE FROM file WHERE id = 2");
			await pool.query("DELETE FROM dirty");
		}
	});

	it("gives the account of provinces no row of another province, whatever it is asked", async () => {
		const province = await provinceOf(hub.db.pool, OURS);
		if (!province) throw new Error("no province");
		await readingProvince(
			hub.db.pool,
			province,
			async () => true,
			async (client) => {
				for (const { name } of FEED_TABLES) {
					const { rows } = await client.query(
						`SELECT t::text AS row FROM "${readBy(name)}" AS t`,
					);
					const text = rows.map(({ row }) => row).join("\n");
					expect([name, ofOthers(text)]).toEqual([
						name,
						// Who the nation's warehouses are is known to all.
						name === "facility" ? [word("ID")] : [],
					]);
					expect([name, rows.length > 0]).toEqual([name, true]);
				}
				for (const table of [
					"file",
					"dispatch_order",
					"report",
					"person",
					"audit",
					"publication",
				]) {
					await client.query("SAVEPOINT one");
					await expect(client.query(`SELECT * FROM ${table}`)).rejects.toThrow(
						"permission denied",
					);
					await client.query("ROLLBACK TO one");
				}
			},
		);
	});

	it("that is a server of one's own holds a province back as well, once an administrator has made its account", async () => {
		const { pool } = hub.db;
		await pool.query(
			"CREATE ROLE blc_hub LOGIN PASSWORD 'of-one''s-own' NOSUPERUSER NOCREATEDB NOCREATEROLE",
		);
		await pool.query("CREATE DATABASE managed OWNER blc_hub");
		const { host, port } = pool.options;
		const dataFolder = join(folder.path, "managed");
		const open = () =>
			openHubDatabase({
				dataFolder,
				databaseUrl: `postgres://blc_hub:of-one's-own@${host}:${port}/managed`,
			});
		let managed = await open();
		try {
			const province = await provinceOf(managed.pool, OURS);
			if (!province) throw new Error("no province");
			const read = () =>
				readingProvince(
					managed.pool,
					province,
					async () => true,
					async (client) =>
						(await client.query("SELECT area FROM fact ORDER BY area")).rows,
				);
			const { rows } = await managed.pool.query(
				"SELECT id, code FROM area WHERE code IN ('ID', '32', '35', '35.01')",
			);
			await publishChanges(
				managed,
				changing({ fact: rows.map(({ id }) => fact(id, FIRST_DAY, 1)) }),
			);
			await expect(read()).rejects.toThrow("CREATE ROLE blc_province NOLOGIN");
			await pool.query("GRANT blc_province TO blc_hub");
			const ours = rows
				.filter(({ code }) => code.startsWith(OURS))
				.map(({ id }) => ({ area: id }));
			expect(await read()).toEqual(ours.sort((a, b) => a.area - b.area));
			// The hub itself is not held back: PostgreSQL would refuse it COPY into the table.
			const held = await managed.pool.query(
				"SELECT relname FROM pg_class WHERE relrowsecurity AND row_security_active(oid)",
			);
			expect(held.rows).toEqual([]);
			await managed.stop();
			// Where it was given the tables without owning them it would see none of their rows.
			const { user, password } = pool.options;
			const admin = new pg.Client({
				...{ host, port, user, password, database: "managed" },
			});
			await admin.connect();
			await admin.query(
				`ALTER TABLE fact OWNER TO "${user}"; GRANT ALL ON fact TO blc_hub`,
			);
			await admin.end();
			await expect(open().then((db) => (managed = db))).rejects.toThrow(
				"must own the tables",
			);
		} finally {
			await managed.stop();
			await pool.query("DROP DATABASE managed WITH (FORCE)");
		}
	}, 180_000);

	it("gives nothing at all where a policy does not hold", async () => {
		const province = await provinceOf(hub.db.pool, OURS);
		if (!province) throw new Error("no province");
		const { pool } = hub.db;
		await pool.query("ALTER TABLE claim DISABLE ROW LEVEL SECURITY");
		try {
			await expect(
				readingProvince(
					pool,
					province,
					async () => true,
					async () => "read",
				),
			).rejects.toThrow("do not hold");
		} finally {
			await pool.query("ALTER TABLE claim ENABLE ROW LEVEL SECURITY");
		}
	});
});

describe("the replica of a province", { timeout: 180_000 }, () => {
	function station(name: string, url = server.url, bearer = credential) {
		const workstation = startWorkstation(join(folder.path, name), {
			...{ url, publicKey: server.publicKey, credential: bearer },
		});
		open.push(workstation);
		return workstation;
	}

	const newest = async (): Promise<number> => {
		await sequence({ pool: hub.db.pool, dataFolder: hub.dataFolder });
		return (await headFor()).seq;
	};

	/** All that a replica holds, as one text. */
	function contentOf(of: Workstation): string {
		const path = currentReplica(join(of.folder, "replica"));
		const database = new Database(path ?? "", { readonly: true });
		try {
			return FEED_TABLES.map(
				({ name }) =>
					`${name}\n${database
						.prepare(`SELECT * FROM "${name}"`)
						.raw()
						.all()
						.map((row) => JSON.stringify(row))
						.join("\n")}`,
			).join("\n");
		} finally {
			database.close();
		}
	}

	async function isWhatWasSigned(of: Workstation): Promise<void> {
		const { epoch, seq } = await headFor();
		const answer = await ask(`/v1/${epoch}/digest?at=${seq}`);
		const { payload } = SignedDigest.parse(await answer.json());
		const stated = StatedDigest.parse(JSON.parse(payload));
		expect(stated.province).toBe(OURS);
		const here = await of.writer.digest();
		expect(here?.seq).toBe(seq);
		expect(differences(here?.tables ?? {}, stated.tables)).toEqual([]);
		expect(replicaIsSound(of.folder)).toEqual({
			check: "ok",
			cubesEqual: true,
		});
		const text = contentOf(of).replace(/^.*"ID-RS".*$/m, "");
		expect(ofOthers(text)).toEqual([]);
	}

	/** Facts that a province should hold, by a road of its own: the codes of the areas. */
	async function factsOf(code: string): Promise<unknown[]> {
		const { rows } = await hub.db.pool.query(
			`SELECT fact.area, fact.day, fact.value FROM fact JOIN area ON area.id = area WHERE code = $1 OR code LIKE $1 || '.%' ORDER BY 1, 2`,
			[code],
		);
		return rows;
	}

	function factsIn(of: Workstation): unknown[] {
		const path = currentReplica(join(of.folder, "replica"));
		const database = new Database(path ?? "", { readonly: true });
		try {
			return database
				.prepare("SELECT area, day, value FROM fact ORDER BY 1, 2")
				.all();
		} finally {
			database.close();
		}
	}

	it("holds its own rows and no other, and follows what is changed, added and taken back", async () => {
		const one = station("follows");
		await one.untilAt(await newest());
		await isWhatWasSigned(one);
		expect(factsIn(one)).toEqual(await factsOf(OURS));
		expect(contentOf(one)).toContain(`${ALL_OF}.csv`);
		// Another's publication moves it on, and brings nothing.
		const day = FIRST_DAY + 1;
		const factOn = (code: string, value: number): FeedValue[] => [
			...[1, MONTH, areaId(code), day, value, 1, 1, 0, day, null, null],
		];
		await publishChanges(
			hub.db,
			changing({ fact: [factOn("32", 32_000_055)] }),
		);
		await one.untilAt(await newest());
		await isWhatWasSigned(one);
		await publishChanges(
			hub.db,
			changing(
				{ fact: [factOn("35.01", 35_000_055), factOn("32", 32_000_056)] },
				{ fact: [[1, MONTH, areaId("35"), FIRST_DAY]] },
			),
		);
		await one.untilAt(await newest());
		await isWhatWasSigned(one);
		expect(factsIn(one)).toEqual(await factsOf(OURS));
		// And none of what it was not there for is missing when it comes back.
		await one.close();
		open = [];
		await publishChanges(
			hub.db,
			changing({ fact: [factOn("35", 35_000_057)] }, {}, true),
		);
		const again = station("follows");
		await again.untilAt(await newest());
		await isWhatWasSigned(again);
		expect(factsIn(again)).toEqual(await factsOf(OURS));
	});

	it("loses an area with all its rows that is another province's from now on, and has it back", async () => {
		const one = station("moves");
		await one.untilAt(await newest());
		const move = (parent: string) =>
			publishChanges(hub.db, async (client) => {
				await client.query("UPDATE area SET parent = $1 WHERE code = '35.01'", [
					areaId(parent),
				]);
				const table = feedTable("area");
				const { rows } = await client.query({
					text: `SELECT ${table.columns.map(({ name }) => `"${name}"`).join()} FROM area WHERE code = '35.01'`,
					rowMode: "array",
				});
				return changing({ area: rows })(client);
			});
		await move("32");
		await one.untilAt(await newest());
		expect(contentOf(one)).not.toContain(String(mark("35", 1)));
		const { epoch, seq } = await headFor();
		const answer = await ask(
			`/v1/${epoch}/part/fact/${MONTH}/${areaId("32")}?at=${seq}`,
		);
		expect(answer.status).toBe(404);
		await move("35");
		await one.untilAt(await newest());
		await isWhatWasSigned(one);
		expect(factsIn(one)).toEqual(await factsOf(OURS));
	});

	it("takes the place of one of the whole country, and the other way round, at the same publication", async () => {
		const seq = await newest();
		const national = startWorkstation(join(folder.path, "changes"), server);
		open.push(national);
		await national.untilAt(seq);
		expect(ofOthers(contentOf(national)).length).toBeGreaterThan(0);
		await national.close();
		const provincial = station("changes");
		await provincial.until(
			({ kind }) =>
				kind === "idle" &&
				ofOthers(contentOf(provincial).replace(/^.*"ID-RS".*$/m, "")).length ===
					0,
		);
		await isWhatWasSigned(provincial);
		await provincial.close();
		open = [];
		const back = startWorkstation(join(folder.path, "changes"), server);
		open.push(back);
		await back.until(
			({ kind }) => kind === "idle" && ofOthers(contentOf(back)).length > 1,
		);
		expect(back.isAt(seq)).toBe(true);
	});

	it("does not fetch again what came before the line broke", async () => {
		const proxy = await startProxy(server.url);
		try {
			let passing = 6;
			proxy.interfere = (path) =>
				path.includes("/part/") && passing-- <= 0 ? { cut: true } : undefined;
			const one = station("cut", proxy.url);
			await one.until(({ kind }) => kind === "offline" && passing < 0);
			passing = Number.POSITIVE_INFINITY;
			await one.untilAt(await newest());
			const parts = proxy.asked.filter((path) => path.includes("/part/"));
			expect(parts.length).toBeGreaterThan(FEED_TABLES.length);
			for (const done of parts.slice(0, 6))
				expect(parts.filter((path) => path === done).length).toBe(1);
			await isWhatWasSigned(one);
		} finally {
			for (const workstation of open) await workstation.close();
			open = [];
			await proxy.close();
		}
	});
});
