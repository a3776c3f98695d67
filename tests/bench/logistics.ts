/**
 * Needs of 2,900 facilities x 84 days x all items; allocation 40 x 514 x 5 (and after one pin); 35 x 2,900 x 8 by a
 * stated reduction. Each program is also given to glpsol, when it is installed, in the same run.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { PlanOf } from "../../core/api/plan.ts";
import type { LinearProgram } from "../../core/logistics/allocation/linear-program.ts";
import { buildAllocationModel } from "../../core/logistics/allocation/model.ts";
import { AllocationPlanner } from "../../core/logistics/allocation/planner.ts";
import type { AllocationProblem } from "../../core/logistics/allocation/problem.ts";
import { facilityNeeds } from "../../core/logistics/facility-needs.ts";
import { createRandom } from "../../core/statistics/random.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../machine/solver/highs-session.ts";
import { readCatalogues } from "../../main/analyst/catalogue-files.ts";
import { createDispatchPlanner } from "../../main/backend/analysis/dispatch-plan.ts";
import { allocationInstance } from "../fixtures/allocation-instance.ts";
import { dispatchCountry } from "../fixtures/dispatch-country.ts";

const seconds = (from: number) => (performance.now() - from) / 1000;
const show = (value: number) => value.toFixed(2);
const median = (values: number[]) =>
	values.toSorted((a, b) => a - b)[values.length >> 1];

console.log(`${cpus().length} cores, Node ${process.version}`);

async function measureNeeds(): Promise<void> {
	const catalogues = await readCatalogues();
	const facilities = 2900;
	const days = 84;
	const random = createRandom("needs");
	const people = (mean: number) =>
		Float32Array.from({ length: facilities * days }, () =>
			random.poisson(mean),
		);
	const patients = {
		facilities,
		days,
		severe: people(20),
		critical: people(4),
		admittedSevere: people(3),
		admittedCritical: people(0.5),
		screened: people(40),
		labTechnicians: people(3),
		labCleaners: people(1),
		tests: {
			highThroughputTest: people(10),
			nearPatientTest: people(20),
			manualTest: people(40),
			antigenTest: people(30),
		},
	};
	const times: number[] = [];
	let values = 0;
	for (let run = 0; run < 5; run++) {
		const from = performance.now();
		values = facilityNeeds(patients, catalogues).values.length;
		times.push(seconds(from));
	}
	console.log(
		`needs: ${facilities} facilities x ${days} days x ${values / facilities / days} items: ${show(median(times))} s (goal <= 2 s), ${(values / median(times) / 1e6).toFixed(0)} million values a second`,
	);
}

/** Free MPS: the one format glpsol reads that keeps every digit. */
function freeMps(program: LinearProgram): string {
	const lines = ["NAME model", "ROWS", " N cost"];
	const rows = Array.from({ length: program.numRows }, (_, row) => row);
	const kind = rows.map((row) => {
		const lower = program.rowLower[row];
		const upper = program.rowUpper[row];
		if (lower === upper) return "E";
		if (Number.isFinite(upper)) return "L";
		return Number.isFinite(lower) ? "G" : "N";
	});
	for (const row of rows) lines.push(` ${kind[row]} r${row}`);
	lines.push("COLUMNS");
	let integer = false;
	for (let column = 0; column < program.numCols; column++) {
		const whole = program.integer?.[column] === 1;
		if (whole !== integer) {
			lines.push(` m${column} 'MARKER' ${whole ? "'INTORG'" : "'INTEND'"}`);
			integer = whole;
		}
		const cost = program.colCost[column];
		if (cost !== 0) lines.push(` c${column} cost ${cost}`);
		for (let at = program.starts[column]; at < program.starts[column + 1]; at++)
			lines.push(` c${column} r${program.indices[at]} ${program.values[at]}`);
	}
	if (integer) lines.push(" mend 'MARKER' 'INTEND'");
	lines.push("RHS");
	for (const row of rows) {
		if (kind[row] === "N") continue;
		const value =
			kind[row] === "G" ? program.rowLower[row] : program.rowUpper[row];
		if (value !== 0) lines.push(` rhs r${row} ${value}`);
	}
	lines.push("BOUNDS");
	for (let column = 0; column < program.numCols; column++) {
		const lower = program.colLower[column];
		const upper = program.colUpper[column];
		if (lower !== 0) lines.push(` LO b c${column} ${lower}`);
		if (Number.isFinite(upper)) lines.push(` UP b c${column} ${upper}`);
	}
	lines.push("ENDATA");
	return `${lines.join("\n")}\n`;
}

const hasGlpsol = spawnSync("glpsol", ["--version"]).status === 0;

interface Timed {
	/** Wall-clock seconds. */
	seconds: number;
	/** Processor seconds: what is compared, because a busy machine stretches the clock of one and not of the other. */
	cpu: number;
	objective: number;
}

const PINS = 40;

function cpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** glpsol on a program; undefined when it is not installed or does not finish in time. */
function withGlpsol(program: LinearProgram, limit: number): Timed | undefined {
	if (!hasGlpsol) return undefined;
	const folder = mkdtempSync(join(tmpdir(), "bench-logistics-"));
	try {
		const file = join(folder, "model.mps");
		writeFileSync(file, freeMps(program));
		const from = performance.now();
		const run = spawnSync(
			"sh",
			["-c", `glpsol --freemps ${file} --tmlim ${limit}; times`],
			{ encoding: "utf8", maxBuffer: 1 << 26 },
		);
		const took = seconds(from);
		if (!/OPTIMAL/.test(run.stdout)) return undefined;
		const objective = [...run.stdout.matchAll(/obj = +(\S+)/g)].at(-1)?.[1];
		const spent = [
			...(run.stdout.trim().split("\n").at(-1) ?? "").matchAll(
				/(\d+)m([\d.]+)s/g,
			),
		].reduce(
			(sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
			0,
		);
		return { seconds: took, cpu: spent, objective: Number(objective) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const highs = await loadSolver();
const open = (program: LinearProgram) => openHighsSession(highs, program);

/** The weighted plan as the application makes it: items that share nothing are solved apart. */
function weighted(problem: AllocationProblem): Timed {
	const from = performance.now();
	const spent = cpuSeconds();
	const planner = new AllocationPlanner(problem, open, "weighted");
	const outcome = planner.plan();
	planner.dispose();
	if (outcome.kind !== "plan") throw new Error(outcome.kind);
	return {
		seconds: seconds(from),
		cpu: cpuSeconds() - spent,
		objective: outcome.plan.steps.reduce((sum, step) => sum + step.value, 0),
	};
}

function compare(
	name: string,
	problem: AllocationProblem,
	limit: number,
): void {
	const { program } = buildAllocationModel(problem);
	const ours = weighted(problem);
	const glpk = withGlpsol(program, limit);
	const against = glpk
		? `; glpsol ${show(glpk.cpu)} s of processor (${show(glpk.seconds)} s), ours / glpsol = ${show(ours.cpu / glpk.cpu)}, objectives differ by ${Math.abs(ours.objective / glpk.objective - 1).toExponential(1)}`
		: hasGlpsol
			? `; glpsol did not finish in ${limit} s`
			: "; glpsol is not installed";
	console.log(
		`${name}, one weighted objective, ${program.numCols} columns, ${program.numRows} rows, ${program.values.length} entries: ${show(ours.cpu)} s of processor (${show(ours.seconds)} s)${against}`,
	);
}

function measurePlan(
	name: string,
	problem: AllocationProblem,
	goal = "goal <= 6 s",
): void {
	const planner = new AllocationPlanner(problem, open);
	const from = performance.now();
	const spent = cpuSeconds();
	const outcome = planner.plan();
	const all = seconds(from);
	const cpu = cpuSeconds() - spent;
	if (outcome.kind !== "plan") throw new Error(`${name}: ${outcome.kind}`);
	console.log(
		`${name}, lexicographic with coverage rounds, model built and plan read: ${show(cpu)} s of processor (${show(all)} s; ${goal}); lowest coverage ${outcome.plan.items.map(({ lowestCoverage }) => lowestCoverage?.toFixed(3)).join(" ")}, unmet ${outcome.plan.weightedUnmet.toFixed(0)}, transport ${outcome.plan.transportCost.toFixed(0)}`,
	);
	const kept: number[] = [];
	const moved: number[] = [];
	const freed: number[] = [];
	// Of this thread alone: beside the first pins the engine still compiles what the plan has used, and nobody waits for that.
	const ownSeconds = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1e6;
	};
	for (let run = 0; run < PINS; run++) {
		const shipment =
			outcome.plan.shipments[
				Math.floor((outcome.plan.shipments.length * (run + 0.5)) / PINS)
			];
		if (!shipment) continue;
		const pin = {
			depot: problem.depots[shipment.depot]?.id ?? "",
			place: problem.places[shipment.place]?.id ?? "",
			item: problem.items[shipment.item]?.id ?? "",
			atMost: shipment.units / 2,
		};
		let start = ownSeconds();
		const again = planner.changePins([pin]);
		const took = 1000 * (ownSeconds() - start);
		if (again.kind === "plan") (again.promisesKept ? kept : moved).push(took);
		start = ownSeconds();
		planner.changePins([]);
		freed.push(1000 * (ownSeconds() - start));
	}
	planner.dispose();
	const report = (label: string, times: number[]) =>
		times.length > 0
			? `${label} median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} (${times.length})`
			: `${label} none`;
	console.log(
		`${name}, after one pin, the first of the process among them, processor time of the thread (goal <= 100 ms): ${report("promises kept:", kept)}; ${report("floors set anew:", moved)}; ${report("taken back:", freed)}`,
	);
}

/** The plan of the screen, as its route answers it: both tiers, the centre, and after each of many pins. */
async function measureDispatch(): Promise<void> {
	const input = dispatchCountry(34, 2900, 8);
	const planner = createDispatchPlanner();
	const ask = async (text: Record<string, string>) => {
		const from = performance.now();
		const spent = cpuSeconds();
		const { answer } = await planner.plan({
			request: PlanOf.request.parse({
				...{ area: "1", day: "2020-05-04", ...text },
			}),
			signal: new AbortController().signal,
			progress: () => {},
			stands: async () => input.read,
			read: async () => ({ seq: 1, answer: input }),
		});
		JSON.stringify(answer);
		return { answer, took: seconds(from), cpu: cpuSeconds() - spent };
	};
	const both = await ask({ tier: "both" });
	const centre = await ask({});
	const times: number[] = [];
	const spent: number[] = [];
	const ways = centre.answer.lines.flatMap(({ to, item, from: [way] }) =>
		way && way.units > 0 ? [{ to, item, way }] : [],
	);
	for (let run = 0; run < 100; run++) {
		const one = ways[(run * 7) % ways.length];
		if (!one) continue;
		const half = Math.floor(one.way.units / 20) * 10;
		const pins = `${one.way.facility}.${one.to}.${one.item}.0.${half}`;
		const again = await ask({ pins });
		times.push(1000 * again.took);
		spent.push(1000 * again.cpu);
		await ask({});
	}
	await planner.close();
	const quantiles = (list: number[]) => {
		const sorted = list.toSorted((a, b) => a - b);
		return [0.5, 0.99]
			.map((share) => sorted[Math.floor(sorted.length * share)]?.toFixed(0))
			.join(" and ");
	};
	console.log(
		`dispatch plan of 35 x 2,900 x 8 through both tiers, provinces apart: ${show(both.cpu)} s of processor (${show(both.took)} s; goal <= 30 s); centre to 34 provinces: ${show(centre.cpu)} s (${show(centre.took)} s); after one pin, answer written, median and p99: ${quantiles(spent)} ms of processor (${quantiles(times)} ms; goal <= 100 ms)`,
	);
}

await measureNeeds();
await measureDispatch();
const country = allocationInstance(40, 514, 5);
compare("40 x 514 x 5", country, 300);
measurePlan("40 x 514 x 5", country);
const coupled = allocationInstance(40, 514, 5, { coupled: true });
compare("40 x 514 x 5 with depot capacity", coupled, 300);
measurePlan("40 x 514 x 5 with depot capacity", coupled);

const nearest = 6;
const large = allocationInstance(35, 2900, 8, { nearest });
const built = performance.now();
const model = buildAllocationModel(large);
console.log(
	`35 x 2,900 x 8: reduced to the ${nearest} cheapest open depots of each place and item, ${model.routes.depot.length} of ${buildAllocationModel({ ...large, nearestDepots: undefined }).routes.depot.length} routes; both built in ${show(seconds(built))} s`,
);
compare(`35 x 2,900 x 8, ${nearest} nearest`, large, 120);
measurePlan(`35 x 2,900 x 8, ${nearest} nearest`, large, "no goal set");
