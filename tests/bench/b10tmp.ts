/**
 * How long a planner waits: every route of the contract about stocks, needs, plans, orders, laboratories, referral and scenarios (two are kept
 * for it), asked of a workstation with 2,900 hospitals, 300 laboratories and 35 warehouses, which report each day and send a sheet of stock with lots each week, from the request to the last byte. The
 * first question of a day, and the 99th percentile of those after it.
 */

import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { QUERIES } from "../../core/api/all.ts";
import { KeepScenario } from "../../core/api/scenarios.ts";
import { COLUMNS_OF, type FacilityKind } from "../../core/facilities/report.ts";
import type { WrittenInputs } from "../../core/logistics/scenario.ts";
import { WATCHED_ITEMS } from "../../core/logistics/watched-item.ts";
import { day, isoFromDay, monthOf } from "../../core/series/day.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import { startWorkstation } from "../../main/backend/workstation.ts";
import {
	asExercise,
	type Row,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "../integration/backend-fixture.ts";

const PROVINCES = 34;
const REGENCIES = 514;
const LAST = day("2020-12-26");
const DAYS = 22;
const ROUNDS = 3;
/** Days of a sheet of stock. */
const SHEET_EVERY = 7;
const COUNTS: Record<FacilityKind, number> = {
	hospital: 2900,
	laboratory: 300,
	warehouse: 35,
};

const home = temporaryFolder();
mkdirSync(join(home.folder, "replica"));
writeReplica(join(home.folder, "replica"), asExercise(country()));
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

const on = `day=${isoFromDay(LAST)}`;
const stock = `${on}&horizon=28&stratum=conventional&use=reported`;
/** A question of each; the paths of the contract decide which there are, and one without a question ends the run. */
const ASKED: Partial<Record<keyof typeof QUERIES, string>> = {
	demand: `area=1&${on}`,
	stockOfFacility: `facility=1&${on}`,
	heldStock: `area=1&${on}`,
	plan: `area=1&${on}&tier=both`,
	planValues: `area=1&${on}`,
	stockLedger: "facility=1&item=gown-protective",
	shortage: `area=1&rows=province&${stock}`,
	stockFormulas: `area=1&item=stock_gown&${stock}`,
	facilityStaff: `facility=1&${on}`,
	facilitySupply: `facility=1&${stock}`,
	needs: `area=1&${on}`,
	orders: on,
	orderOf: "order=00000000-0000-4000-8000-000000000001",
	laboratories: `area=1&${on}`,
	specimenRoutes: `area=1&${on}&reach=250`,
	referral: `area=60&bed=isolation&show=free&only=any&${on}`,
	items: "item=gown-protective",
	scenarios: "",
	scenariosCompared: "ids=now,crisis",
	scenarioFile: "id=now",
};
const SCENARIOS = ["now", "crisis"];
await keepScenarios();
const routes = Object.entries(QUERIES).filter(([, { path }]) =>
	/^\/api\/(logistics|stock|plan|demand|orders|laboratories|referral|items|scenarios)/.test(
		path,
	),
);
for (const [name, { path }] of routes) {
	const question = ASKED[name as keyof typeof QUERIES];
	if (question === undefined)
		throw new Error(`${path}: no question is stated here`);
	await measured(`${path}?${question}`);
}
await measured(`${QUERIES.plan.path}?area=1&${on}&periods=4&cover=28`);
await measured(`${QUERIES.plan.path}?area=2&${on}&tier=province&periods=4`);
await measured(`${QUERIES.shortage.path}?area=1&rows=regency&${stock}`);
await measured(`${QUERIES.shortage.path}?area=2&rows=facility&${stock}`);
await workstation.close();
home.remove();

/** As things stand, and with what is worn spared. */
async function keepScenarios(): Promise<void> {
	for (const id of SCENARIOS) {
		const inputs: WrittenInputs = {
			...{ area: "ID", day: isoFromDay(LAST), asKnown: null, weeks: 4 },
			...{ census: { method: "held" }, beds: false, use: "reported" },
			stratum: id === "now" ? "conventional" : "crisis",
			...{ reuse: 1, warehousesLost: [], laboratoriesStopped: [] },
			...{ shipmentsLateDays: 0, shipments: [] },
		};
		const kept = await fetch(`${workstation.origin}/api/command`, {
			method: "POST",
			headers: {
				...{ cookie, origin: workstation.origin },
				"content-type": "application/json",
			},
			body: JSON.stringify({
				...{ id: randomUUID(), name: KeepScenario.name, basedOn: null },
				request: { id, name: id, inputs },
			}),
		});
		if (!kept.ok)
			throw new Error(`keep-scenario: ${kept.status} ${await kept.text()}`);
	}
}

async function measured(path: string): Promise<void> {
	const times: number[] = [];
	let bytes = 0;
	for (let round = 0; round <= ROUNDS; round++) {
		const start = performance.now();
		const response = await fetch(workstation.origin + path, {
			headers: { cookie },
		});
		bytes = (await response.arrayBuffer()).byteLength;
		times.push(performance.now() - start);
		if (!response.ok) throw new Error(`${path}: ${response.status}`);
	}
	const [first = 0, ...rest] = times;
	rest.sort((a, b) => a - b);
	const at = (share: number) => rest[Math.ceil(rest.length * share) - 1] ?? 0;
	console.log(
		`${path}: first ${first.toFixed(0)} ms, median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, ${(bytes / 1024).toFixed(0)} KiB`,
	);
}

/** The areas of a country with its facilities, which report every day. */
function country(): ReturnType<typeof twoProvinces> {
	const random = createRandom("facilities");
	const area: Row[] = [];
	const put = (code: string, level: number, parent: number | null) =>
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
	const facility: Row[] = [];
	const facility_report: Row[] = [];
	const stock_line: Row[] = [];
	const stock_lot: Row[] = [];
	for (const kind of ["hospital", "laboratory", "warehouse"] as const)
		for (let at = 0; at < COUNTS[kind]; at++) {
			const id = facility.length + 1;
			facility.push({
				id,
				code: `${kind}-${at}`,
				kind,
				name: `${kind} ${at}`,
				area: 2 + PROVINCES + (at % REGENCIES),
				referral: 0,
				beds: "{}",
			});
			const columns = COLUMNS_OF[kind];
			const values = columns.map(() => 200 + random.integer(3000));
			for (let back = DAYS - 1; back >= 0; back--) {
				const row: Row = {
					month: monthOf(LAST - back),
					day: LAST - back,
					facility: id,
					as_of: LAST - back,
					file: 1,
				};
				columns.forEach((column, c) => {
					values[c] = Math.max(0, values[c] - random.integer(30));
					if (random.uniform() < 0.12) values[c] += 200;
					row[column] = column.startsWith("stock_")
						? values[c]
						: random.integer(40);
				});
				facility_report.push(row);
				if (back % SHEET_EVERY === 0) sheetOf(row);
			}
		}
	function sheetOf(row: Row): void {
		for (const { column, item } of WATCHED_ITEMS) {
			const units = row[column];
			if (typeof units !== "number") continue;
			const { month, day, facility, as_of, file } = row;
			const shelf = { month, day, facility, item, as_of, file };
			stock_line.push({
				...shelf,
				line: stock_line.length + 2,
				first_day: Number(day) - SHEET_EVERY + 1,
				received: random.integer(300),
				closing: units,
			});
			const old = Math.floor(units / 3);
			for (const [lot, some] of [
				["A", old],
				["B", units - old],
			] as const)
				stock_lot.push({
					...{ ...shelf, lot, units: some },
					expires: Number(day) + 10 + random.integer(500),
				});
		}
	}
	const base = twoProvinces();
	return {
		...base,
		dataset: (base.dataset ?? []).map((row) =>
			row.key === "last_day" ? { ...row, value: String(LAST) } : row,
		),
		area,
		fact: [],
		fact_revision: [],
		claim: [],
		quarantine: [],
		facility,
		facility_report,
		stock_line,
		stock_lot,
	};
}
