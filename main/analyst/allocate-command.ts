/** `allocate`: who gets what from where. From a JSON problem or CSV tables to shipments, shortages and prices. */

import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Conflict } from "../../core/logistics/allocation/conflict.ts";
import { buildPeriodModel } from "../../core/logistics/allocation/periods.ts";
import {
	type Fairness,
	type PlanAccount,
	type SupplyValue,
	type Surplus,
	type UnprovenPart,
	unprovenParts,
} from "../../core/logistics/allocation/plan.ts";
import { AllocationPlanner } from "../../core/logistics/allocation/planner.ts";
import type { PlanPolicy } from "../../core/logistics/allocation/policy.ts";
import {
	type AllocationProblem,
	checkProblem,
} from "../../core/logistics/allocation/problem.ts";
import {
	type SharedOut,
	type SharingRule,
	shareOut,
} from "../../core/logistics/allocation/sharing-rules.ts";
import { WHOLE_SECONDS } from "../../core/logistics/allocation/solve-steps.ts";
import type { OpenSession } from "../../core/logistics/allocation/solver.ts";
import {
	accountInWholeUnits,
	planInWholeUnits,
} from "../../core/logistics/allocation/whole-units.ts";
import { EXIT } from "../../core/writing/exit.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../machine/solver/highs-session.ts";
import {
	isReferencePeriods,
	isReferenceProblem,
	periodsFromReference,
	problemFromReference,
} from "./allocation-reference.ts";
import { problemFromTables } from "./allocation-tables.ts";
import { numberArgument } from "./epidemic-options.ts";
import { type ResultRow, readJsonObject, writeRows } from "./series-file.ts";
import { tell } from "./terminal.ts";

const POLICIES = [
	"lexicographic",
	"weighted",
	"equal-share",
	"by-population",
	"by-demand",
] as const;
const DETAILS = [
	"shipments",
	"shortages",
	"surplus",
	"values",
	"items",
	"plan",
] as const;
/** What a table without rows says, and its columns: that no place is short is an answer. */
const NONE = {
	shipments: {
		why: "nothing is sent",
		columns: ["depot", "place", "item", "units", "lead_days"],
	},
	shortages: {
		why: "no place is short",
		columns: [
			"place",
			"item",
			"demand",
			"unmet",
			"coverage",
			"weight",
			"reason",
		],
	},
	surplus: {
		why: "no place gets more than it asked for",
		columns: ["place", "item", "demand", "more_than_asked"],
	},
	items: { why: "the problem has no items" },
	values: { why: "one more unit lowers nothing anywhere" },
} satisfies Partial<
	Record<(typeof DETAILS)[number], { why: string; columns?: string[] }>
>;
/** Names told on standard error before "and n more". */
const TOLD = 10;

interface AllocateOptions {
	items?: string;
	supply?: string;
	demand?: string;
	routes?: string;
	pins?: string;
	policy: (typeof POLICIES)[number];
	detail: (typeof DETAILS)[number];
	timeLimit?: number;
	gap?: number;
	rounds?: number;
	nearest?: number;
	whole?: boolean;
	output?: string;
	format?: "csv" | "json";
}

function positive(text: string): number {
	const value = numberArgument(text);
	if (!(value > 0)) throw new InvalidArgumentError("expected a number above 0");
	return value;
}

/** Adds `allocate` to the program. */
export function registerAllocate(program: Command): void {
	program
		.command("allocate")
		.description(
			"Allocate supplies from depots to places: fairest coverage first, then least weighted unmet need, then cheapest transport. Exit code 1 when what is held fast clashes.",
		)
		.argument(
			"[problem]",
			"JSON problem (ours, or the reference format, one period or several); without it, give the CSV tables",
		)
		.option(
			"--items <csv>",
			"columns item, volume_m3 and optionally pack, max_lead_days, coverage_weight",
		)
		.option(
			"--supply <csv>",
			"columns depot, item, units and optionally reserve",
		)
		.option(
			"--demand <csv>",
			"columns place, item, units and optionally penalty, population",
		)
		.option(
			"--routes <csv>",
			"columns depot, place, cost_per_m3 and optionally lead_days, truck_m3, truck_cost; a pair without a row is closed",
		)
		.option(
			"--pins <csv>",
			"columns depot, place, item and at_least and/or at_most",
		)
		.addOption(
			new Option("--policy <policy>", "how to decide")
				.choices([...POLICIES])
				.default("lexicographic"),
		)
		.addOption(
			new Option(
				"--detail <table>",
				"what to write; values plans again with one more unit of each item at each depot; plan is all of it as JSON",
			)
				.choices([...DETAILS])
				.default("shipments"),
		)
		.option(
			"--whole",
			"plan as if units could be divided, then round shipments to whole units and packs (for large plans)",
		)
		.option(
			"--time-limit <seconds>",
			`end with the best plan found after this long (default: ${WHOLE_SECONDS} with whole packs or trips, else no limit)`,
			positive,
		)
		.option("--gap <share>", "accepted gap with whole packs or trips", positive)
		.option(
			"--rounds <n>",
			"most rounds of raising the lowest coverage (default: until no place can rise further)",
			positive,
		)
		.option("--nearest <n>", "only the n cheapest depots of a place", positive)
		.option("-o, --output <file>", "write here instead of standard output")
		.addOption(
			new Option(
				"--format <format>",
				"csv or json (default: by the name of the output, else csv)",
			).choices(["csv", "json"]),
		)
		.action(async (file: string | undefined, options: AllocateOptions) => {
			const highs = await loadSolver();
			const open: OpenSession = (program) => openHighsSession(highs, program);
			const given = file ? await readJsonObject(file) : undefined;
			if (given && isReferencePeriods(given)) {
				await writeRows(periodRows(given, open), options, {
					why: "nothing is sent in any period",
					columns: ["depot", "place", "leaves", "arrives", "units"],
				});
				return;
			}
			const problem = checkProblem({
				...(given
					? isReferenceProblem(given)
						? problemFromReference(given)
						: given
					: await problemFromTables(options)),
				...(options.nearest ? { nearestDepots: options.nearest } : {}),
			});
			if (options.policy !== "lexicographic" && options.policy !== "weighted")
				await writeShared(problem, options.policy, open, options);
			else await writePlan(problem, options.policy, open, options);
		});
}

function periodRows(given: unknown, open: OpenSession): ResultRow[] {
	const model = buildPeriodModel(periodsFromReference(given));
	const session = open(model.program);
	try {
		const solved = session.solve();
		if (!solved.hasValues)
			throw new Error(`no plan: the solver ended with "${solved.status}"`);
		tell(`objective ${solved.objective}\n`);
		const plan = model.read(solved.values);
		return plan.shipments.map((shipment) => ({
			depot: model.problem.depots[shipment.depot],
			place: model.problem.places[shipment.place],
			leaves: shipment.leaves,
			arrives: shipment.arrives,
			units: shipment.units,
		}));
	} finally {
		session.dispose();
	}
}

async function writeShared(
	problem: AllocationProblem,
	rule: SharingRule,
	open: OpenSession,
	options: AllocateOptions,
): Promise<void> {
	if (options.detail === "values")
		throw new InvalidArgumentError(
			`--detail values: the ${rule} rule makes nothing small that one more unit could lower`,
		);
	const exact = shareOut(
		options.whole ? divisible(problem) : problem,
		rule,
		open,
	);
	const shared: SharedOut = options.whole
		? { ...exact, ...accountInWholeUnits(problem, exact.shipments) }
		: exact;
	tell(
		`weighted unmet ${shared.weightedUnmet}, transport ${shared.transportCost}\n`,
	);
	tell(
		[
			...unprovenParts(exact.steps).map(unprovenInWords),
			...remarks(problem, shared, null, options),
		].join(""),
	);
	await writeDetail(problem, shared, options.detail, options);
}

function divisible(problem: AllocationProblem): AllocationProblem {
	return {
		...problem,
		items: problem.items.map((item) => ({ ...item, pack: undefined })),
	};
}

async function writeDetail(
	problem: AllocationProblem,
	account: PlanAccount,
	detail: Exclude<AllocateOptions["detail"], "values">,
	options: AllocateOptions,
): Promise<void> {
	if (detail !== "plan") {
		await writeRows(rowsOf(problem, account, detail), options, NONE[detail]);
		return;
	}
	const text = `${JSON.stringify(account, null, 1)}\n`;
	if (options.output) await writeFile(options.output, text);
	else process.stdout.write(text);
}

async function writePlan(
	problem: AllocationProblem,
	policy: PlanPolicy,
	open: OpenSession,
	options: AllocateOptions,
): Promise<void> {
	const planner = new AllocationPlanner(
		options.whole ? divisible(problem) : problem,
		open,
		policy,
	);
	try {
		const outcome = planner.plan({
			timeLimit: options.timeLimit,
			gap: options.gap,
			coverageRounds: options.rounds,
		});
		if (outcome.kind === "stopped")
			throw new Error(`no plan was found: ${outcome.status}`);
		if (outcome.kind === "conflict") {
			tell(
				`No plan: these cannot hold together.\n${outcome.conflicts.map((conflict) => `  ${conflictInWords(conflict)}`).join("\n")}\n`,
			);
			process.exitCode = EXIT.incomplete;
			return;
		}
		const plan = options.whole
			? planInWholeUnits(problem, outcome.plan)
			: outcome.plan;
		tell(
			`${plan.status === "optimal" ? "proved" : "NOT PROVED to be the best"}: weighted unmet ${plan.weightedUnmet}, transport ${plan.transportCost}, ${plan.seconds.toFixed(2)} s\n`,
		);
		tell(
			[
				...unprovenParts(outcome.plan.steps).map(unprovenInWords),
				...remarks(problem, plan, plan.fairness, options),
			].join(""),
		);
		// A rounded plan has no values: one more unit may or may not fill a pack.
		const values =
			(options.detail === "values" || options.detail === "plan") &&
			!options.whole
				? planner.supplyValues({
						timeLimit: options.timeLimit,
						gap: options.gap,
						coverageRounds: options.rounds,
					})
				: undefined;
		if (options.detail !== "values") {
			const told =
				options.detail === "plan"
					? { ...plan, supplyValues: values ?? null }
					: plan;
			await writeDetail(problem, told, options.detail, options);
		} else if (values)
			await writeRows(valueRows(problem, values), options, NONE.values);
		else if (options.whole)
			throw new InvalidArgumentError(
				"--detail values: what one more unit does is not stated for a rounded plan; leave out --whole",
			);
		else
			throw new Error(
				"--detail values: what one more unit does is not stated: the plan, or one with one more unit, was not settled",
			);
	} finally {
		planner.dispose();
	}
}

const OBJECTIVES = {
	weighted: "the weighted sum",
	unmet: "the weighted unmet need",
	transport: "the transport cost",
	coverage: "the coverage",
} as const;

function unprovenInWords({ objective, couldBeLower }: UnprovenPart): string {
	const lower =
		couldBeLower === null
			? "nothing is known of how much lower it could be"
			: `the best is at most ${(100 * couldBeLower).toPrecision(2)} % lower`;
	return `time ended before ${OBJECTIVES[objective]} was proved: ${lower}; --time-limit gives it more, --gap accepts a share\n`;
}

function rowsOf(
	problem: AllocationProblem,
	plan: PlanAccount,
	detail: "shipments" | "shortages" | "surplus" | "items",
): ResultRow[] {
	const depot = (at: number) => problem.depots[at]?.id;
	const place = (at: number) => problem.places[at]?.id;
	const item = (at: number) => problem.items[at]?.id;
	switch (detail) {
		case "shipments":
			return plan.shipments.map((row) => ({
				depot: depot(row.depot),
				place: place(row.place),
				item: item(row.item),
				units: row.units,
				lead_days: problem.leadDays?.[row.depot]?.[row.place],
			}));
		case "shortages":
			return plan.shortages.map((row) => ({
				place: place(row.place),
				item: item(row.item),
				demand: row.demand,
				unmet: row.unmet,
				coverage: row.coverage,
				weight: row.weight,
				reason: row.reason.kind,
			}));
		case "surplus":
			return surplusRows(problem, plan.surplus);
		case "items":
			return plan.items.map((row) => ({
				item: item(row.item),
				demand: row.demand,
				shipped: row.shipped,
				unmet: row.unmet,
				more_than_asked: row.moreThanAsked,
				lowest_coverage: row.lowestCoverage ?? undefined,
				places_short: row.placesShort,
				places_without_route: row.placesWithoutRoute,
			}));
	}
}

function valueRows(
	problem: AllocationProblem,
	values: readonly SupplyValue[],
): ResultRow[] {
	return values.map(({ depot, item, saves }) => ({
		depot: problem.depots[depot]?.id,
		item: problem.items[item]?.id,
		one_more_unit_saves: saves,
	}));
}

function surplusRows(
	problem: AllocationProblem,
	surplus: readonly Surplus[],
): ResultRow[] {
	return surplus.map((row) => ({
		place: problem.places[row.place]?.id,
		item: problem.items[row.item]?.id,
		demand: row.demand,
		more_than_asked: row.units,
	}));
}

/** What a reader of the plan must know beside its numbers. */
function remarks(
	problem: AllocationProblem,
	{ surplus, idle }: Pick<PlanAccount, "surplus" | "idle">,
	fairness: Fairness | null,
	options: AllocateOptions,
): string[] {
	const listed = (names: readonly string[]) =>
		names.length <= TOLD
			? names.join(", ")
			: `${names.slice(0, TOLD).join(", ")} and ${names.length - TOLD} more`;
	const name = ({ place, item }: { place: number; item: number }) =>
		`${problem.places[place]?.id} (${problem.items[item]?.id})`;
	const lines: string[] = [];
	if (options.whole)
		lines.push(
			"rounded to whole units and packs: fair to within a unit or pack of the divisible plan\n",
		);
	const unsettled = fairness?.unsettled ?? [];
	if (fairness && unsettled.length > 0)
		lines.push(
			`coverage is settled for ${fairness.rounds} rounds only; these might be raised further at no cost to those below them: ${listed(unsettled.map(name))}\n`,
		);
	if (surplus.length > 0)
		lines.push(
			`more than asked, because packs are whole: ${listed(surplus.map((row) => `${name(row)} ${row.units} above ${row.demand}`))}\n`,
		);
	for (const [why, words] of [
		["no-route", "no open route leads to a place that asks for it"],
		["no-demand", "no place asks for it"],
	] as const) {
		const own = idle.filter((row) => row.why === why);
		if (own.length > 0)
			lines.push(
				`stock that stays unused, because ${words}: ${listed(own.map(({ depot, item, units }) => `${problem.depots[depot]?.id} (${problem.items[item]?.id}) ${units}`))}\n`,
			);
	}
	return lines;
}

function conflictInWords({ constraint, give, because }: Conflict): string {
	const amount = Math.ceil(give * 1000) / 1000;
	const by = because
		? ` (${because})`
		: give > 0
			? `: give ${amount}`
			: ": part of the clash";
	switch (constraint.kind) {
		case "pin":
			return `pin ${constraint.pin.depot} > ${constraint.pin.place}, ${constraint.pin.item}, ${constraint.limit} ${constraint.limit === "at-least" ? constraint.pin.atLeast : constraint.pin.atMost}${by}`;
		case "share":
			return `share of ${constraint.place}, ${constraint.item}, at least ${constraint.share}${by}`;
		case "supply":
			return `stock of ${constraint.item} at ${constraint.depot}, ${constraint.available}${by}`;
		case "depot-capacity":
			return `capacity of ${constraint.depot}, ${constraint.cubicMetres} m3${by}`;
		case "trips":
			return `trips from ${constraint.depot}, ${constraint.trips}${by}`;
	}
}
