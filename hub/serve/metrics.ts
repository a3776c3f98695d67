import { X509Certificate } from "node:crypto";
import { statfs } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import type pg from "pg";
import {
	Counter,
	collectDefaultMetrics,
	Gauge,
	Histogram,
	type OpenMetricsContentType,
	openMetricsContentType,
	Registry,
} from "prom-client";
import type { Answered, Following } from "../publish/serve.ts";
import type { Waiting } from "../roads/taker.ts";
import { lastReceived, quarantined, waitingChanges } from "../store/inspect.ts";
import { newestPublication } from "../store/publication.ts";

/** What the hub tells of itself to whoever watches it. */
export interface Metrics {
	/** `GET /metrics`, OpenMetrics 1.0, in seconds and bytes: behind the same door as all else. No count of people and no name of one is in it. */
	readonly routes: Hono;
	answered(answer: Answered): void;
}

/** What the database does not answer within this is left out (ms): whoever watches gives up after 10 s, and would hear nothing at all. */
const PATIENCE = 4_000;

/** Upper bounds of the time to the first byte of an answer (s). */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Its types do not merge what is of another form than the default. */
function openMetrics(): Registry {
	const registry = new Registry<OpenMetricsContentType>();
	registry.setContentType(openMetricsContentType);
	return registry as unknown as Registry;
}

const UNREAD = {
	publication: undefined,
	changes: undefined,
	quarantine: undefined,
	received: undefined,
};

/** What comes in time and without a fault; else null. */
function soon<T>(value: Promise<T>): Promise<T | null> {
	return Promise.race([
		value.catch(() => null),
		sleep(PATIENCE, null, { ref: false }),
	]);
}

/** @param of what is counted in this process */
export function createMetrics(
	store: { pool: pg.Pool; dataFolder: string },
	of: {
		following(): Following;
		waiting(): Waiting;
		/** PEM. */
		certificate: string | undefined;
	},
): Metrics {
	const counted = openMetrics();
	const requests = new Counter({
		name: "blc_hub_requests",
		help: "Answers, by the form of their path and HTTP status.",
		labelNames: ["method", "route", "status"],
		registers: [counted],
	});
	const durations = new Histogram({
		name: "blc_hub_request_duration_seconds",
		help: "Time to the first byte of an answer.",
		labelNames: ["route"],
		buckets: BUCKETS,
		registers: [counted],
	});
	collectDefaultMetrics({ register: counted });
	const certificateEnds =
		of.certificate === undefined
			? null
			: Date.parse(new X509Certificate(of.certificate).validTo) / 1000;

	/** One at a time, on one connection: whoever watches a slow database must not take it from those who work. */
	let reading: ReturnType<typeof readDatabase> | null = null;
	async function readDatabase() {
		const client = await store.pool.connect();
		const unlessSlow = <T>(value: Promise<T>) => value.catch(() => undefined);
		try {
			await client.query(`SET statement_timeout = ${PATIENCE}`);
			return {
				publication: await unlessSlow(newestPublication(client)),
				changes: await unlessSlow(waitingChanges(client)),
				received: await unlessSlow(lastReceived(client)),
				quarantine: await unlessSlow(quarantined(client)),
			};
		} finally {
			await client.query("RESET statement_timeout").catch(() => {});
			client.release();
		}
	}

	/** All that is as it is now: made anew each time, so that what is not known is left out and never 0. */
	async function measured(): Promise<Registry> {
		const registry = openMetrics();
		const tell = (name: string, help: string, value: number | null) => {
			if (value === null) return;
			new Gauge({
				name: `blc_hub_${name}`,
				help,
				registers: [registry],
			}).set(value);
		};
		const tellEach = (
			name: string,
			help: string,
			labelNames: string[],
			values: readonly (readonly [Record<string, string>, number])[],
		) => {
			const gauge = new Gauge({
				name: `blc_hub_${name}`,
				help,
				registers: [registry],
				labelNames,
			});
			for (const [labels, value] of values) gauge.set(labels, value);
		};

		tellEach(
			"followers",
			"Workstations that hold a live connection, of the whole country and of one province.",
			["stream"],
			Object.entries(of.following()).map(([stream, count]) => [
				{ stream },
				count,
			]),
		);
		const { files, bytes } = of.waiting();
		tell(
			"waiting_files",
			"Files that came by roads and are not taken in yet.",
			files,
		);
		tell("waiting_bytes", "Room that is kept for these files.", bytes);
		const { bavail, bsize } = await statfs(store.dataFolder);
		tell(
			"disk_free_bytes",
			"Room on the disk of the hub's folder.",
			bavail * bsize,
		);
		tell(
			"certificate_expiry_timestamp_seconds",
			"When the certificate of a hub for other machines ends.",
			certificateEnds,
		);

		tell(
			"database_up",
			"1 while PostgreSQL answers; what is read of it and does not come in time is left out.",
			(await soon(store.pool.query("SELECT 1"))) ? 1 : 0,
		);
		reading ??= readDatabase().finally(() => {
			reading = null;
		});
		const found = await soon(reading);
		const { publication, changes, quarantine, received } = found ?? UNREAD;
		if (publication) {
			tell(
				"publication_sequence",
				"Number of the newest publication.",
				publication.seq,
			);
			tell(
				"publication_visible_sequence",
				"Number of the newest publication that workstations can follow: behind the newest where sequencing fails.",
				publication.visible,
			);
			tell(
				"publication_timestamp_seconds",
				"When the newest publication was committed.",
				publication.committedAt && publication.committedAt / 1000,
			);
		}
		tell(
			"waiting_changes",
			"Areas to reconcile and reference rows that the next publication looks at.",
			changes ?? null,
		);
		if (quarantine)
			tellEach(
				"quarantine_errors",
				"What is wrong in files, by reason.",
				["reason"],
				quarantine.map(({ reason, errors }) => [{ reason }, errors]),
			);
		if (received)
			tellEach(
				"source_received_timestamp_seconds",
				"When a file of a source last came.",
				["source", "cadence"],
				received.map(({ source, cadence, receivedAt }) => [
					{ source, cadence },
					receivedAt / 1000,
				]),
			);
		return registry;
	}

	const app = new Hono();
	app.get("/metrics", async (c) => {
		const all = Registry.merge([counted, await measured()]);
		return c.body(await all.metrics(), 200, {
			"content-type": openMetricsContentType,
		});
	});
	return {
		routes: app,
		answered({ method, route, status, seconds }) {
			requests.inc({ method, route, status });
			durations.observe({ route }, seconds);
		},
	};
}
