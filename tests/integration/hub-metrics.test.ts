import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publish } from "../../hub/publish/publish.ts";
import type { FeedServer } from "../../hub/publish/serve.ts";
import { newToken } from "../../hub/roads/tokens.ts";
import { serveHub } from "../../hub/serve/serve-hub.ts";
import { type HubDatabase, openHubDatabase } from "../../hub/store/database.ts";
import { hubStatus } from "../../hub/store/inspect.ts";
import { addRoad } from "../../hub/store/roads.ts";
import { temporaryFolder } from "./feed-fixture.ts";

const TLS = join(import.meta.dirname, "../fixtures/tls");
const CREDENTIAL = "a credential of more than 32 characters";
const BEGUN = Date.now() / 1000;

describe("what a hub tells whoever watches it", { timeout: 120_000 }, () => {
	const folder = temporaryFolder("metrics");
	let db: HubDatabase;
	let hub: FeedServer;

	const ask = (path: string, credential = CREDENTIAL, body?: string) =>
		new Promise<{ status: number; type: string; text: string }>(
			(resolve, reject) => {
				const asked = request(
					`${hub.url}${path}`,
					{
						method: body === undefined ? "GET" : "POST",
						rejectUnauthorized: false,
						headers: {
							authorization: `Bearer ${credential}`,
							"idempotency-key": "one",
						},
					},
					async (answer) => {
						let text = "";
						for await (const piece of answer) text += piece;
						resolve({
							status: answer.statusCode ?? 0,
							type: answer.headers["content-type"] ?? "",
							text,
						});
					},
				);
				asked.on("error", reject);
				asked.end(body);
			},
		);

	/** Each sample by its name and labels; of OpenMetrics, so that a second reader checks what the first one wrote. */
	async function samples(): Promise<Map<string, number>> {
		const { status, type, text } = await ask("/metrics");
		expect(status).toBe(200);
		expect(type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
		const lines = text.split("\n");
		expect(lines.splice(-2)).toEqual(["# EOF", ""]);
		const found = new Map<string, number>();
		for (const line of lines) {
			if (/^# (TYPE|HELP|UNIT) [a-z_:][a-z0-9_:]* ./i.test(line)) continue;
			const sample =
				/^([a-z_:][a-z0-9_:]*(?:\{[^}]*\})?) ([-+.0-9eE]+|NaN|[+-]?Inf)$/i.exec(
					line,
				);
			if (!sample) throw new Error(`no line of OpenMetrics: ${line}`);
			found.set(sample[1] ?? "", Number(sample[2]));
		}
		return found;
	}
	const of = (found: Map<string, number>, name: string, labels = "") =>
		found.get(`blc_hub_${name}${labels === "" ? "" : `{${labels}}`}`);

	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: folder.path });
		hub = await serveHub(
			{ pool: db.pool, dataFolder: folder.path },
			{
				port: 0,
				guarded: {
					cert: readFileSync(join(TLS, "hub.crt"), "utf8"),
					key: readFileSync(join(TLS, "hub.key"), "utf8"),
					credential: CREDENTIAL,
				},
			},
		);
	});
	afterAll(async () => {
		await hub?.close();
		await db?.stop();
		folder.remove();
	});

	it("is told to nobody without the hub's credential", async () => {
		const { status, text } = await ask("/metrics", "x".repeat(40));
		expect(status).toBe(401);
		expect(text).not.toContain("blc_hub");
	});

	it("leaves out what is not known, and never says 0 for it", async () => {
		const found = await samples();
		expect(of(found, "database_up")).toBe(1);
		expect(of(found, "publication_sequence")).toBe(0);
		expect(of(found, "publication_timestamp_seconds")).toBeUndefined();
		expect([...found.keys()].join()).not.toContain("source_received");
		expect(of(found, "certificate_expiry_timestamp_seconds")).toBeGreaterThan(
			1e9,
		);
		expect(of(found, "disk_free_bytes")).toBeGreaterThan(0);
	});

	it("has the figures of the database after a file was pushed and published", async () => {
		const { token, digest } = newToken("dinkes");
		await addRoad(db.pool, {
			...{ name: "dinkes", connector: "kabkota-csv", source: "dinkes" },
			...{ kind: "push", token: digest, address: null, every: null },
			...{ hosts: [], at: Date.now() },
		});
		const pushed = await ask(
			"/v1/push",
			token,
			"kode;tanggal;konfirmasi\n32.73;2020-04-18;40\n32.73;2020-04-19;x\n",
		);
		expect(pushed.status).toBe(200);
		const before = await samples();
		const status = await hubStatus(db.pool, 0);
		expect(of(before, "waiting_changes")).toBe(status.waiting);
		expect(status.waiting).toBeGreaterThan(0);
		for (const { reason, errors } of status.quarantine)
			expect(of(before, "quarantine_errors", `reason="${reason}"`)).toBe(
				errors,
			);
		expect(status.quarantine).not.toEqual([]);
		expect(of(before, "waiting_files")).toBe(0);
		const received = [...before].filter(([name]) =>
			name.startsWith("blc_hub_source_received_timestamp_seconds{"),
		);
		expect(received).toHaveLength(1);
		expect(received[0]?.[0]).toMatch(/cadence="daily"/);
		expect(received[0]?.[1]).toBeGreaterThanOrEqual(BEGUN);
		await publish({ pool: db.pool });
		await expect
			.poll(async () => of(await samples(), "publication_visible_sequence"))
			.toBe(1);
		const after = await samples();
		expect(of(after, "publication_sequence")).toBe(1);
		expect(of(after, "publication_timestamp_seconds")).toBeGreaterThanOrEqual(
			BEGUN,
		);
		expect(of(after, "waiting_changes")).toBe(0);
	});

	it("counts answers by the form of their path, whatever paths and methods are made up", async () => {
		await ask("/v1/chunk/0123");
		await ask("/v1/chunk/4567");
		await ask("/wp-login.php");
		await ask("/nobody-knows-this");
		const found = await samples();
		expect(
			of(
				found,
				"requests_total",
				'method="GET",route="/v1/chunk/:sha256",status="404"',
			),
		).toBe(2);
		expect(
			of(
				found,
				"requests_total",
				'method="POST",route="/v1/push",status="200"',
			),
		).toBe(1);
		const names = [...found.keys()].join();
		expect(names).not.toMatch(/0123|wp-login|nobody/);
		expect(
			of(found, "request_duration_seconds_count", 'route="/v1/push"'),
		).toBe(1);
	});

	it("leaves out what the database cannot tell, and tells all the rest", async () => {
		await db.pool.query("ALTER TABLE sync_head RENAME TO sync_head_away");
		try {
			const found = await samples();
			expect(of(found, "database_up")).toBe(1);
			expect(of(found, "publication_sequence")).toBeUndefined();
			expect(of(found, "waiting_changes")).toBe(0);
		} finally {
			await db.pool.query("ALTER TABLE sync_head_away RENAME TO sync_head");
		}
	});

	it("says that the database is away while it is, with all that needs none", async () => {
		const query = db.pool.query.bind(db.pool);
		const connect = db.pool.connect.bind(db.pool);
		const away = () => Promise.reject(new Error("away"));
		Object.assign(db.pool, { query: away, connect: away });
		try {
			const found = await samples();
			expect(of(found, "database_up")).toBe(0);
			expect(of(found, "waiting_changes")).toBeUndefined();
			expect(of(found, "disk_free_bytes")).toBeGreaterThan(0);
		} finally {
			Object.assign(db.pool, { query, connect });
		}
	});
});
