/**
 * How long a screen waits for its backend: the cube of 514 regencies over 730 days from the request to the last byte received over
 * HTTP (budget 30 ms), beside reading the same values cell by cell from the facts in the same run.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { ruleId } from "../../core/quality/rule.ts";
import { day, monthOf } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { startWorkstation } from "../../main/backend/workstation.ts";
import {
	CONFIRMED,
	type Row,
	temporaryFolder,
	writeReplica,
} from "../integration/backend-fixture.ts";

const PROVINCES = 34;
const REGENCIES = 514;
const DAYS = 730;
const FIRST = day("2020-03-02");
const ROUNDS = 21;

const home = temporaryFolder();
const folder = join(home.folder, "replica");
mkdirSync(folder);
const path = writeReplica(folder, country());
const workstation = await startWorkstation(
	{
		data: home.folder,
		hub: null,
		port: 0,
		otherPortIfTaken: false,
		secret: newSecret(),
		screens: home.folder,
		geography: null,
		parent: null,
	},
	() => {},
);
const entered = await fetch(
	`${workstation.origin}/enter?token=${workstation.newToken()}`,
	{ redirect: "manual" },
);
const cookie = String(entered.headers.get("set-cookie")).split(";")[0];

const db = new Database(path, { readonly: true });
const cells = db.prepare(
	`SELECT f.area, f.day, f.value, f.marks FROM area a CROSS JOIN fact f
	 WHERE a.level = 2 AND f.indicator = ? AND f.month = ? AND f.area = a.id`,
);
const byCell = median(7, () => {
	const value = new Float32Array(REGENCIES * DAYS).fill(Number.NaN);
	for (let month = monthOf(FIRST); month <= monthOf(FIRST + DAYS); month++)
		for (const row of cells.raw().all(CONFIRMED, month) as number[][])
			value[(row[0] - PROVINCES - 2) * DAYS + row[1] - FIRST] = row[2];
});
console.log(
	`${REGENCIES} regencies x ${DAYS} days, median of ${ROUNDS} rounds; cell by cell from the facts: ${byCell.toFixed(1)} ms`,
);
await measured("cube, as reported", cube("total"));
await measured("cube, per 100,000", cube("per100k"));
await measured("cube, new over seven days", cube("new7"));
await measured(
	"cube, as known on a day",
	`${cube("total")}&as_known=2021-06-01`,
	5,
);
await measured("provinces, new over seven days", cube("new7", "province"));
await measured(
	"series of a province",
	"/api/series?indicator=confirmed&area=2",
);
await measured("key figures of a province", "/api/kpis?area=2&day=2021-12-01");
await measured(
	"where a number came from",
	"/api/explain?indicator=confirmed&measure=total&area=2&day=2021-12-01",
);
await measured("freshness", "/api/freshness");
db.close();
await workstation.close();
home.remove();

function cube(measure: string, level = "regency"): string {
	return `/api/cube?indicator=confirmed&measure=${measure}&level=${level}`;
}

async function measured(
	name: string,
	path: string,
	rounds = ROUNDS,
): Promise<void> {
	const times: number[] = [];
	let bytes = 0;
	for (let round = 0; round < rounds; round++) {
		const start = performance.now();
		const response = await fetch(workstation.origin + path, {
			headers: { cookie },
		});
		bytes = (await response.arrayBuffer()).byteLength;
		times.push(performance.now() - start);
		if (!response.ok) throw new Error(`${path}: ${response.status}`);
	}
	const first = times[0];
	times.sort((a, b) => a - b);
	const middle = times[times.length >> 1];
	console.log(
		`${name}: ${middle.toFixed(1)} ms (best ${times[0].toFixed(1)}, first ${first.toFixed(1)} ms), ${(bytes / 1024).toFixed(0)} KiB, ${(middle / byCell).toFixed(3)} of cell by cell`,
	);
}

function median(rounds: number, run: () => void): number {
	const times = Array.from({ length: rounds }, () => {
		const start = performance.now();
		run();
		return performance.now() - start;
	});
	return times.sort((a, b) => a - b)[rounds >> 1];
}

/** Every regency reports every day to its province's own source; provinces and the nation are sums. */
function country(): Record<string, Row[]> {
	const random = createRandom(1);
	const area: Row[] = [];
	const put = (code: string, level: number, parent: number | null): number =>
		area.push({
			id: area.length + 1,
			code,
			level,
			name: code,
			parent,
			population: 500_000,
			successors: "[]",
		});
	put("ID", 0, null);
	for (let p = 0; p < PROVINCES; p++) put(`${11 + p}`, 1, 1);
	for (let r = 0; r < REGENCIES; r++)
		put(
			`${11 + (r % PROVINCES)}.${String(1 + Math.floor(r / PROVINCES)).padStart(2, "0")}`,
			2,
			2 + (r % PROVINCES),
		);
	const fact: Row[] = [];
	const claim: Row[] = [];
	const total = new Float64Array(area.length + 1);
	for (let at = FIRST; at < FIRST + DAYS; at++) {
		total.fill(0, 0, PROVINCES + 2);
		const put = (id: number, source: number | null, rule: number): void => {
			fact.push({
				indicator: CONFIRMED,
				month: monthOf(at),
				area: id,
				day: at,
				value: total[id],
				source,
				rule,
				marks: 0,
				as_of: at,
				reporting: null,
				expected: null,
			});
		};
		for (let r = 0; r < REGENCIES; r++) {
			const id = PROVINCES + 2 + r;
			const province = 2 + (r % PROVINCES);
			total[id] += Math.floor(random.uniform() * 20);
			total[province] += total[id];
			total[1] += total[id];
			put(id, province, ruleId("only-source"));
			if (at >= FIRST + DAYS - 60)
				claim.push({
					...(fact.at(-1) as Row),
					source: province,
					file: 1,
					line: r,
				});
		}
		for (let id = 1; id <= PROVINCES + 1; id++)
			put(id, null, ruleId("sum-of-areas"));
	}
	return {
		// Of an exercise anybody may ask.
		dataset: [{ key: "exercise", value: "true" }],
		area,
		source: Array.from({ length: PROVINCES }, (_, p) => ({
			id: 2 + p,
			key: `province-${p}`,
			id_name: "",
			en_name: "",
			id_order: "",
			en_order: "",
			rank: 1,
			cadence: "daily",
		})),
		file: [
			{
				id: 1,
				source: 2,
				connector: "",
				name: "",
				sha256: "",
				bytes: 1,
				received_at: 0,
				lines: 0,
				accepted: 0,
				quarantined: 0,
				skipped: 0,
				remarks: "[]",
				withdrawals: "[]",
			},
		],
		fact,
		claim,
	};
}
