/**
 * Reports that a morning brings, pushed over HTTP into a hub with PostgreSQL: 514 health offices, 2,900 hospitals, 300 laboratories and
 * 10,000 puskesmas (registered as stores, which is what they report of here), each with a token of its own; beside plain COPY of as many
 * rows in the same run. Aim: 2,000 reports a second on two cores. Senders, hub and database share the machine.
 */
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import type { AreaCode } from "../../core/areas/codes.ts";
import { COLUMNS_OF } from "../../core/facilities/report.ts";
import { REPORT_FORM } from "../../core/facilities/report-sheet.ts";
import { day, isoFromDay, monthOf } from "../../core/series/day.ts";
import { laboratories } from "../../hub/connectors/laboratories.ts";
import { takeIn } from "../../hub/intake/store-reports.ts";
import { newToken } from "../../hub/roads/tokens.ts";
import { serveHub } from "../../hub/serve/serve-hub.ts";
import { inTransaction, openHubDatabase } from "../../hub/store/database.ts";
import { storeFacilityReports } from "../../hub/store/intake.ts";
import { putSource } from "../../hub/store/sources.ts";
import { temporaryFolder } from "../integration/feed-fixture.ts";

/** Requests under way at a time. */
const AT_ONCE = 512;
const TODAY = day(
	new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
);

const folder = temporaryFolder("bench-intake");
const db = await openHubDatabase({ dataFolder: folder.path });
const { rows: level2 } = await db.pool.query<{ code: AreaCode }>(
	"SELECT code FROM area WHERE level = 2 AND code NOT LIKE '%.00' ORDER BY id LIMIT 514",
);
const regencies = level2.map(({ code }) => code);

interface Sender {
	name: string;
	token: string;
	connector: string;
	source: string;
	/** What it says of a day. */
	says(day: number): object;
}

const facilities = [
	...many("hospital", 2900, "RS"),
	...many("laboratory", 300, "LAB"),
	...many("warehouse", 10_000, "PKM"),
];
function many(
	kind: "hospital" | "laboratory" | "warehouse",
	count: number,
	prefix: string,
) {
	return Array.from({ length: count }, (_, n) => ({
		...{ kind, code: `${prefix}${n}`, name: `${prefix} ${n}` },
		area: regencies[n % regencies.length],
	}));
}
await inTransaction(db.pool, (client) =>
	putSource(client, laboratories.source),
);
await takeIn(
	db,
	{
		...{
			source: laboratories.source.key,
			connector: "laboratories",
			name: "register.csv",
		},
		...{ sha256: createHash("sha256").digest("hex"), bytes: 0, receivedAt: 0 },
	},
	{
		...{ reports: [], facilityReports: [], errors: [], skipped: {}, unread: 0 },
		...{ asOf: TODAY, lines: facilities.length },
		facilities: facilities.map((one, n) => ({
			...one,
			asOf: TODAY,
			line: n + 1,
		})),
	},
);
/** Four columns of its form. */
const stated = (kind: keyof typeof COLUMNS_OF): object =>
	Object.fromEntries(
		COLUMNS_OF[kind]
			.slice(0, 4)
			.map((column, n) => [REPORT_FORM[column].name, 10 + n]),
	);
const senders: Sender[] = [
	...regencies.map((kode, n) => ({
		...{
			name: `dinkes-${n}`,
			token: "",
			connector: "kabkota-csv",
			source: "dinkes",
		},
		says: (at: number) => ({
			kode,
			tanggal: isoFromDay(at),
			konfirmasi: 100 + n,
			sembuh: 50,
			meninggal: 3,
		}),
	})),
	...facilities.map(({ code, kind }) => ({
		...{
			name: code.toLowerCase(),
			token: "",
			connector: "daily-report",
			source: "daily-report",
		},
		says: (at: number) => ({
			kode_faskes: code,
			tanggal: isoFromDay(at),
			...stated(kind),
		}),
	})),
];
const made = senders.map((sender) => {
	const { token, digest } = newToken(sender.name);
	sender.token = token;
	return digest;
});
await db.pool.query(
	`INSERT INTO road (name, kind, connector, source, token, made_at)
	 SELECT name, 'push', connector, source, token, 0 FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) AS one (name, connector, source, token)`,
	[
		senders.map((one) => one.name),
		senders.map((one) => one.connector),
		senders.map((one) => one.source),
		made,
	],
);

const hub = await serveHub(
	{ pool: db.pool, dataFolder: folder.path },
	{ port: 0 },
);
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let again = 0;

function push(
	{ token }: Sender,
	key: string,
	body: string,
): Promise<{ status: number; answer: { accepted: number } }> {
	return new Promise((resolve, reject) => {
		request(
			`${hub.url}/v1/push`,
			{
				...{ method: "POST", agent },
				headers: {
					authorization: `Bearer ${token}`,
					"idempotency-key": key,
					"content-length": Buffer.byteLength(body),
				},
			},
			(answer) => {
				let text = "";
				answer.on("data", (piece) => {
					text += piece;
				});
				answer.on("end", () =>
					resolve({ status: answer.statusCode ?? 0, answer: JSON.parse(text) }),
				);
			},
		)
			.on("error", reject)
			.end(body);
	});
}

interface Rate {
	/** Reports a second, from the first request to the last commit. */
	perSecond: number;
	/** Processor time of this process, senders and hub together (ms for a report). */
	processor: number;
}

/** Each sender sends what it says of some days, in one file. */
async function morning(
	key: string,
	from: number,
	days: number,
	of: readonly Sender[],
): Promise<Rate> {
	let next = 0;
	let accepted = 0;
	const begun = performance.now();
	const used = process.cpuUsage();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let at = next++; at < of.length; at = next++) {
				const sender = of[at];
				const body = Array.from(
					{ length: days },
					(_, n) => `${JSON.stringify(sender.says(from + n))}\n`,
				).join("");
				for (;;) {
					const { status, answer } = await push(sender, key, body);
					if (status === 429) {
						again++;
						await new Promise((resolve) => setTimeout(resolve, 200));
						continue;
					}
					if (status !== 200)
						throw new Error(
							`${sender.name}: ${status} ${JSON.stringify(answer)}`,
						);
					accepted += answer.accepted;
					break;
				}
			}
		}),
	);
	const { user, system } = process.cpuUsage(used);
	return {
		perSecond: accepted / ((performance.now() - begun) / 1000),
		processor: (user + system) / 1000 / accepted,
	};
}

const one = await morning("one", TODAY, 1, senders);
const week = await morning("week", TODAY - 8, 7, senders.slice(0, 4000));

const { rows: ids } = await db.pool.query<{ id: number }>(
	"SELECT id FROM facility ORDER BY id",
);
const { rows: files } = await db.pool.query<{ id: number }>(
	"SELECT max(id) AS id FROM file",
);
const rows = ids.flatMap(({ id: facility }) =>
	Array.from({ length: 7 }, (_, n) => ({
		...{
			facility,
			day: TODAY - 40 - n,
			month: monthOf(TODAY - 40 - n),
			asOf: TODAY,
		},
		...{ file: files[0].id, values: { [COLUMNS_OF.hospital[0]]: 10 } },
	})),
);
const begun = performance.now();
await inTransaction(db.pool, (client) => storeFacilityReports(client, rows));
const copied = rows.length / ((performance.now() - begun) / 1000);

const { rows: stored } = await db.pool.query(
	"SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM facility_report) AS count",
);
const said = ({ perSecond, processor }: Rate) =>
	`${perSecond.toFixed(0)} reports/s, plain COPY ${(copied / perSecond).toFixed(1)} times as fast; ${processor.toFixed(2)} ms of processor for one (senders and hub)`;
console.log(
	`${senders.length} senders, one report each, committed before its answer: ${said(one)}`,
);
console.log(`4000 senders, seven reports each: ${said(week)}`);
console.log(
	`plain COPY of ${rows.length} rows in one transaction: ${copied.toFixed(0)} rows/s; told to come again: ${again} times; rows stored: ${stored[0].count}`,
);
agent.destroy();
await hub.close();
await db.stop();
folder.remove();
