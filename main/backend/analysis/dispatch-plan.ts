import { createHash } from "node:crypto";
import type { Plan } from "../../../core/api/plan.ts";
import type {
	PeriodPlan,
	PeriodPlanProblem,
} from "../../../core/logistics/allocation/period-plan.ts";
import type { AllocationPlan } from "../../../core/logistics/allocation/plan.ts";
import {
	type PlanOutcome,
	statedValue,
} from "../../../core/logistics/allocation/planner.ts";
import type { Pin } from "../../../core/logistics/allocation/problem.ts";
import type {
	SharedOut,
	SharingRule,
} from "../../../core/logistics/allocation/sharing-rules.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import type { DispatchInput } from "../query/dispatch-input.ts";
import {
	areasOf,
	centrePart,
	clashOf,
	endsOf,
	givenTo,
	itemsOf,
	leftOutOf,
	linesOf,
	type PlanPart,
	type PlanRequest,
	pinsOf,
	provedBy,
	provincePart,
	type SolvedPart,
} from "./dispatch-parts.ts";
import {
	broughtTo,
	periodAreas,
	periodClashes,
	periodItems,
	periodLines,
	periodProblem,
	periodSteps,
	roundsOf,
	type SolvedItem,
	type SolvedRounds,
} from "./period-dispatch.ts";
import { AllocationSolver, type Running, SolverError } from "./solver.ts";

/** Seconds that a plan with whole trips may take, of which no proof need come in time; of each part of two tiers its share. */
const WHOLE_TRIPS_SECONDS = 20;
/** Relative gap at which such a plan is good enough. */
const WHOLE_TRIPS_GAP = 0.005;
/** Plans that stay ready for other pins, and the parts of them that the solver keeps. */
const KEPT_PLANS = 3;
const KEPT_PARTS = 80;
/** Items of plans over several rounds that are kept as they were solved: those of two plans of both tiers. */
const KEPT_ROUNDS = 700;

export interface PlanAsked {
	request: PlanRequest;
	/** The area planned for; of the centre and of both tiers the nation. */
	signal: AbortSignal;
	progress(done: number, of: number): void;
	/** Names the publication that would be read now, as `DispatchInput.read` does. */
	stands(): Promise<string>;
	/** Reads stocks and needs, at one publication. */
	read(): Promise<{ seq: number; answer: DispatchInput }>;
}

/** Makes plans of who is sent what, one after another, in the solver's thread. */
export interface DispatchPlanner {
	/** @throws CallStopped when whoever asked wants it no more */
	plan(asked: PlanAsked): Promise<{ seq: number; answer: Plan }>;
	/** What one more unit in each warehouse would do, by plan part and item. */
	values(asked: PlanAsked): Promise<{ seq: number; answer: PlanValues }>;
	close(): Promise<void>;
}

export interface PlanValues {
	id: string;
	/** Weighted units that one more unit of an item in a warehouse would save; null: it cannot be told of this plan. */
	values: { facility: number; item: string; saves: number }[] | null;
}

/** A part that was solved, under the pins it was solved with. */
interface Kept {
	part: PlanPart;
	scenario: string;
	pins: readonly Pin[];
	/** What the supply of the part was made from. */
	supply: string;
	outcome: PlanOutcome;
	rules: SolvedPart["rules"];
	/** A change of its pins was stopped: under which ones it stands in the solver nobody knows, but any others go on from there. */
	astray?: true;
}

/** Everything of one question but its pins. */
interface Base {
	input: DispatchInput;
	seq: number;
	parts: Map<string, Kept>;
	/** Parts as they were built: of the centre, and of provinces with what they were given. Pins are no part of them. */
	built: Map<string, { given: string; part: PlanPart }>;
}

/** A part of a question as it was built before: where it is given the same, summing up its facilities anew is waste. */
function builtOnce(
	{ built }: Base,
	name: string,
	given: readonly number[] | null,
	build: () => PlanPart,
): PlanPart {
	const key = JSON.stringify(given);
	const before = built.get(name);
	if (before?.given === key) return before.part;
	const part = build();
	built.set(name, { given: key, part });
	return part;
}

const centreOf = (base: Base, request: PlanRequest) =>
	builtOnce(base, "centre", null, () => centrePart(base.input, request));

export function createDispatchPlanner(
	solver = new AllocationSolver(KEPT_PARTS),
): DispatchPlanner {
	const bases = new Map<string, Base>();
	let scenarios = 0;
	/** Plans are made one after the other: two of one question share what is kept. */
	let turn: Promise<unknown> = Promise.resolve();

	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const mine = turn.then(work, work);
		turn = mine.catch(() => {});
		return mine;
	}

	/** @throws CallStopped */
	function refuseUnwanted(signal: AbortSignal): void {
		if (signal.aborted) throw new CallStopped("plan was stopped");
	}

	/** Ends the call in the thread with whoever asked. */
	async function whileWanted<T>(
		begin: () => Running<T>,
		signal: AbortSignal,
	): Promise<T> {
		refuseUnwanted(signal);
		const running = begin();
		const stop = () => running.cancel();
		signal.addEventListener("abort", stop, { once: true });
		try {
			return await running.result;
		} catch (error) {
			// What is stopped under way may end with an error of its own.
			refuseUnwanted(signal);
			throw error;
		} finally {
			signal.removeEventListener("abort", stop);
		}
	}

	/** What is at hand of a question but its pins; stocks are read only when they may be others. */
	async function baseOf({ request, stands, read }: PlanAsked): Promise<Base> {
		const { pins: _, ...rest } = request;
		const keyOf = (publication: string) => JSON.stringify([publication, rest]);
		let key = keyOf(await stands());
		let base = bases.get(key);
		if (!base) {
			const { seq, answer: input } = await read();
			key = keyOf(input.read);
			base = bases.get(key) ?? {
				...{ input, seq, parts: new Map(), built: new Map() },
			};
		}
		bases.delete(key);
		bases.set(key, base);
		for (const [oldest, gone] of bases) {
			if (bases.size <= KEPT_PLANS) break;
			bases.delete(oldest);
			for (const { scenario } of gone.parts.values())
				await solver.forget(scenario);
		}
		return base;
	}

	/** Solves a part, or takes it as it stands when nothing of it changed, or goes on from there. */
	async function solve(
		base: Base,
		part: PlanPart,
		asked: PlanAsked,
		seconds: number | null,
		tell: (share: number) => void,
	): Promise<{ kept: Kept; warm: boolean }> {
		const { request, signal } = asked;
		const pins = pinsOf(part, request.pins);
		const supply = JSON.stringify(part.problem.supply);
		const limits = {
			...(seconds !== null && { timeLimit: seconds, gap: WHOLE_TRIPS_GAP }),
		};
		const before = base.parts.get(part.key);
		const same =
			!before?.astray &&
			JSON.stringify(before?.pins ?? null) === JSON.stringify(pins);
		if (before && before.supply === supply && same)
			return { kept: before, warm: true };
		const keep = async (
			scenario: string,
			outcome: PlanOutcome,
		): Promise<Kept> => {
			const rules = await rulesOf(scenario, outcome);
			const kept = { part, scenario, pins, supply, outcome, rules };
			base.parts.set(part.key, kept);
			return kept;
		};
		refuseUnwanted(signal);
		// Of both tiers the provinces are not compared: three problems for each would take three times as long.
		const compared = request.tier !== "both" || part.tier === "centre";
		const rule = async (
			name: SharingRule,
			outcome: PlanOutcome,
		): Promise<SharedOut | null> => {
			if (outcome.kind !== "plan" || !compared) return null;
			try {
				return await whileWanted(() => solver.rule(part.problem, name), signal);
			} catch (error) {
				// A rule that has nothing to go by, such as nobody's people, says so by its absence.
				if (
					error instanceof SolverError &&
					error.name === "AllocationProblemError"
				)
					return null;
				throw error;
			}
		};
		/** What simple rules would give: the same whatever is pinned, and asked for first where there is a plan to compare it with. */
		const rulesOf = async (
			scenario: string,
			outcome: PlanOutcome,
		): Promise<SolvedPart["rules"]> =>
			before &&
			before.supply === supply &&
			(before.outcome.kind === "plan" || before.rules.equalShare !== null)
				? before.rules
				: orForgotten(scenario, async () => ({
						equalShare: await rule("equal-share", outcome),
						byPopulation: await rule("by-population", outcome),
					}));
		// What moves the plan in the thread may end halfway: the part is kept again with an answer, and with nothing else.
		base.parts.delete(part.key);
		// With whole trips a change of both would take twice the time that there is.
		const goesOn =
			before?.supply === supply || (same && request.trips === "parts");
		if (before && goesOn && before.outcome.kind !== "stopped") {
			const { scenario } = before;
			const outcome = await orForgotten(scenario, () =>
				whileWanted(
					() =>
						same
							? solver.supply(scenario, part.problem.supply, limits)
							: solver.pins(scenario, [...pins], limits),
					signal,
				).then((moved) => {
					// Whoever pins one line after the other stops each: the next goes on from there all the same.
					if (!same && isCancelled(moved)) {
						base.parts.set(part.key, { ...before, astray: true });
						return moved;
					}
					return refuseStopped(moved);
				}),
			).catch((error) => {
				if (isGone(error)) return null;
				throw error;
			});
			if (outcome) refuseStopped(outcome);
			if (outcome && !(same && outcome.kind === "stopped"))
				return { kept: await keep(scenario, outcome), warm: true };
		}
		if (before) await solver.forget(before.scenario);
		const scenario = `dispatch ${++scenarios}`;
		const problem = { ...part.problem, pins: [...pins] };
		const outcome = await orForgotten(scenario, () =>
			whileWanted(
				() =>
					solver.plan(scenario, problem, {
						policy: request.policy,
						rounded: true,
						limits,
						onProgress: ({ steps }) => tell(1 - 1 / (2 + steps.length)),
					}),
				signal,
			).then(refuseStopped),
		);
		return { kept: await keep(scenario, outcome), warm: false };
	}

	/** @throws CallStopped */
	function refuseStopped(outcome: PlanOutcome): PlanOutcome {
		if (isCancelled(outcome)) throw new CallStopped("plan was stopped");
		return outcome;
	}

	/** Lets a plan of the thread go that nobody knows the state of, since what was to move it was stopped or failed. */
	async function orForgotten<T>(
		scenario: string,
		work: () => Promise<T>,
	): Promise<T> {
		try {
			return await work();
		} catch (error) {
			// A thread that died keeps nothing.
			await solver.forget(scenario).catch(() => {});
			throw error;
		}
	}

	/**
	 * Every part: the centre first, then provinces with what it sends them. Where of the centre no plan was found no province is planned: with
	 * nothing from it each would tell of clashes that there are none of.
	 * @param only the centre alone
	 */
	async function solved(
		asked: PlanAsked,
		only?: "centre",
	): Promise<{
		base: Base;
		kept: Kept[];
		/** Also those that were not planned. */
		parts: PlanPart[];
		limit: number | null;
		warm: boolean;
	}> {
		const { request, progress } = asked;
		const base = await baseOf(asked);
		const { input } = base;
		const provinces = provincesOf(request, input);
		const count = provinces.length + (request.tier === "province" ? 0 : 1);
		const limit = request.trips === "whole" ? WHOLE_TRIPS_SECONDS : null;
		const seconds = limit === null ? null : limit / count;
		const kept: Kept[] = [];
		let warm = true;
		const next = async (part: PlanPart) => {
			const done = await solve(base, part, asked, seconds, (share) =>
				progress(Math.round(100 * (kept.length + share)), 100 * count),
			);
			warm = warm && done.warm;
			kept.push(done.kept);
			progress(100 * kept.length, 100 * count);
			return done.kept;
		};
		const centre =
			request.tier === "province"
				? null
				: asSolved(await next(centreOf(base, request)));
		const given = centre && givenTo(centre, input.items.length);
		const ends = only === "centre" || (request.tier !== "province" && !centre);
		const parts = kept.map(({ part }) => part);
		for (const area of provinces) {
			const warehouse = input.warehouses.find(
				({ province }) => province === area,
			);
			const mine = given?.get(warehouse?.facility ?? 0) ?? null;
			const part = builtOnce(base, `province ${area}`, mine, () =>
				provincePart(input, area, mine, request),
			);
			parts.push(part);
			if (!ends) await next(part);
		}
		return { base, kept, parts, limit, warm };
	}

	/** Items over several rounds as they were solved, the one asked for longest ago the first to go: a pin changes few of them. */
	const rounds = new Map<string, unknown>();
	async function keptRounds<T>(
		name: string,
		about: unknown,
		work: () => Promise<T>,
	): Promise<T> {
		const key = createHash("sha256")
			.update(`${name} ${JSON.stringify(about)}`)
			.digest("base64");
		const found = rounds.has(key) ? (rounds.get(key) as T) : await work();
		rounds.delete(key);
		rounds.set(key, found);
		for (const oldest of rounds.keys()) {
			if (rounds.size <= KEPT_ROUNDS) break;
			rounds.delete(oldest);
		}
		return found;
	}

	const periodsOf = (problem: PeriodPlanProblem, asked: PlanAsked) =>
		keptRounds(asked.request.policy, problem, () =>
			whileWanted(
				() => solver.periods(problem, asked.request.policy),
				asked.signal,
			),
		);

	/** Every item of every part over several rounds, as `solved` goes through the parts; of those that were not planned there are no items. */
	async function solvedRounds(asked: PlanAsked, only?: "centre") {
		const { request, signal, progress } = asked;
		const base = await baseOf(asked);
		const { seq, input } = base;
		const provinces = provincesOf(request, input);
		const count =
			(provinces.length + (request.tier === "province" ? 0 : 1)) *
			input.items.length;
		let done = 0;
		const solved: SolvedRounds[] = [];
		const conflicts: Plan["conflicts"] = [];
		const next = async (
			part: PlanPart,
			broughtOf: (item: number) => readonly number[],
		): Promise<SolvedRounds> => {
			const items: SolvedItem[] = [];
			// Of both tiers the provinces are not compared: it would take three times as long.
			const compared = request.tier !== "both" || part.tier === "centre";
			for (const [item, { id }] of input.items.entries()) {
				const brought = broughtOf(item);
				const problem = periodProblem(part, request, item, brought);
				const plan = await periodsOf(problem, asked);
				// A rule knows no pins and no floor: it is the same for all of them.
				const bare = { ...problem, pins: [], floor: 0 };
				const rule = async (claims: readonly number[]) =>
					compared && plan.kind === "plan"
						? keptRounds("rule", [bare, claims], () =>
								whileWanted(() => solver.periodRule(bare, claims), signal),
							)
						: null;
				if (plan.kind === "plan")
					items.push({
						...{ problem, plan, brought },
						rules: {
							equalShare: await rule(part.places.map(() => 1)),
							byPopulation: await rule(
								part.places.map(({ population }) => population ?? 0),
							),
						},
					});
				else conflicts.push(...periodClashes(part, id, plan));
				progress(++done, count);
			}
			const one = { part, items };
			solved.push(one);
			return one;
		};
		const centre =
			request.tier === "province"
				? null
				: await next(centreOf(base, request), () => []);
		const given = centre && broughtTo(centre);
		const ends = only === "centre" || conflicts.length > 0;
		for (const area of provinces) {
			const part = builtOnce(base, `province ${area}`, null, () =>
				provincePart(input, area, null, request),
			);
			if (ends) {
				solved.push({ part, items: [] });
				continue;
			}
			const [warehouse] = part.warehouses;
			await next(part, (item) =>
				given && warehouse ? given(warehouse.facility, item) : [],
			);
		}
		return { seq, input, solved, conflicts };
	}

	/** A plan over several rounds. */
	async function inRounds(
		asked: PlanAsked,
	): Promise<{ seq: number; answer: Plan }> {
		const started = performance.now();
		const { request } = asked;
		const { seq, input, solved, conflicts } = await solvedRounds(asked);
		const parts = conflicts.length === 0 ? solved : [];
		const lines = parts.flatMap((one) => periodLines(one, input));
		const [first] = parts;
		return {
			seq,
			answer: {
				id: planId(input.read, request),
				kind:
					conflicts.length > 0
						? "conflict"
						: lines.length > 0
							? "plan"
							: "nothing",
				tier: request.tier,
				area: request.area,
				day: request.day,
				cover: request.cover,
				periods: roundsOf(request),
				items: periodItems(
					parts.length > 0
						? parts
						: solved.map(({ part }) => ({ part, items: [] })),
					input,
					request,
				),
				...endsOf(solved.map(({ part }) => part)),
				leftOut: leftOutOf(input, request),
				lines,
				areas: first ? periodAreas(first, input, request) : [],
				conflicts,
				...periodSteps(parts.flatMap(({ items }) => items)),
				limit: null,
				seconds: (performance.now() - started) / 1000,
				warm: false,
				apart: request.tier === "both" ? solved.length - 1 : 0,
			},
		};
	}

	/**
	 * What one more unit at first would save over all rounds, found by planning again, for as long as whoever wants a plan next may wait; of
	 * an item that was not settled, or not come to, nothing is told.
	 */
	async function valuesInRounds(
		asked: PlanAsked,
	): Promise<{ seq: number; answer: PlanValues }> {
		const { request } = asked;
		const { seq, input, solved, conflicts } = await solvedRounds(
			asked,
			onlyCentre(request),
		);
		const enough = new AbortController();
		const timer = setTimeout(() => enough.abort(), VALUES_SECONDS * 1000);
		const inTime = {
			...asked,
			signal: AbortSignal.any([asked.signal, enough.signal]),
		};
		const objective = request.policy === "weighted" ? "weighted" : "unmet";
		const worth = ({ steps, unsettled }: PeriodPlan) =>
			unsettled > 0
				? undefined
				: steps.find((step) => step.objective === objective)?.value;
		const values: NonNullable<PlanValues["values"]> = [];
		try {
			for (const { part, items } of conflicts.length > 0 ? [] : solved)
				for (const [item, { problem, plan }] of items.entries())
					for (const [depot, { facility }] of part.warehouses.entries()) {
						const now = worth(plan);
						if (now === undefined) continue;
						const more = await periodsOf(
							{
								...problem,
								supply: problem.supply.map((units, at) =>
									at === depot ? units + 1 : units,
								),
							},
							inTime,
						);
						const then = more.kind === "plan" ? worth(more) : undefined;
						if (then === undefined) continue;
						values.push({
							facility,
							item: part.problem.items[item]?.id ?? "",
							saves: statedValue(now - then, now),
						});
					}
		} catch (error) {
			if (!(error instanceof CallStopped) || asked.signal.aborted) throw error;
		} finally {
			clearTimeout(timer);
		}
		return {
			seq,
			answer: {
				id: planId(input.read, request),
				values: conflicts.length > 0 ? null : values,
			},
		};
	}

	return {
		plan: (asked) =>
			inTurn(async () => {
				if (asked.request.periods > 1) return inRounds(asked);
				const started = performance.now();
				const done = await solved(asked);
				const answer = {
					...told({ ...done, request: asked.request }),
					seconds: (performance.now() - started) / 1000,
				};
				return { seq: done.base.seq, answer };
			}),
		values: (asked) =>
			inTurn(async () => {
				if (asked.request.periods > 1) return valuesInRounds(asked);
				const { base, kept, parts, limit } = await solved(
					asked,
					onlyCentre(asked.request),
				);
				const valuesOf = (scenario: string) =>
					whileWanted(
						() => solver.values(scenario, { timeLimit: VALUES_SECONDS }),
						asked.signal,
					);
				const values: NonNullable<PlanValues["values"]> = [];
				let told = true;
				for (const { scenario, part, outcome } of kept) {
					if (outcome.kind !== "plan") told = false;
					if (!told) break;
					const found = await valuesOf(scenario).catch(async (error) => {
						// Where it was only stopped the plan stands as before.
						if (error instanceof CallStopped) throw error;
						base.parts.delete(part.key);
						if (!isGone(error)) throw error;
						const seconds = limit === null ? null : limit / parts.length;
						const anew = await solve(base, part, asked, seconds, () => {});
						return valuesOf(anew.kept.scenario);
					});
					if (!found) {
						told = false;
						break;
					}
					for (const { depot, item, saves } of found)
						values.push({
							facility: part.warehouses[depot]?.facility ?? 0,
							item: part.problem.items[item]?.id ?? "",
							saves,
						});
				}
				return {
					seq: base.seq,
					answer: {
						id: planId(base.input.read, asked.request),
						values: told ? values : null,
					},
				};
			}),
		close: () => solver.close(),
	};
}

/** A plan as it was solved: what is told of it is read from it. */
interface Planned {
	request: PlanRequest;
	base: Base;
	kept: readonly Kept[];
	/** Also those that were not planned. */
	parts: readonly PlanPart[];
	/** Seconds that it was given; null: as many as it takes. */
	limit: number | null;
	/** Whether it went on from a plan that was there. */
	warm: boolean;
}

function told({
	request,
	base: { input },
	kept,
	parts: all,
	limit,
	warm,
}: Planned): Omit<Plan, "seconds"> {
	const parts = kept.flatMap((one) => asSolved(one) ?? []);
	const whole = parts.length === all.length;
	const conflicts = kept.flatMap(({ outcome }) =>
		outcome.kind === "conflict" ? outcome.conflicts.map(clashOf) : [],
	);
	const items = itemsOf(input, whole ? parts : [], request);
	const lines = whole ? parts.flatMap((part) => linesOf(part, items)) : [];
	return {
		id: planId(input.read, request),
		kind: whole
			? lines.length > 0
				? "plan"
				: "nothing"
			: conflicts.length > 0
				? "conflict"
				: "time-limit",
		tier: request.tier,
		area: request.area,
		day: request.day,
		cover: request.cover,
		periods: roundsOf(request),
		items,
		...endsOf(all),
		leftOut: leftOutOf(input, request),
		lines,
		areas: whole ? areasOf(parts, items, request) : [],
		conflicts,
		...provedBy(whole ? parts : []),
		limit,
		warm,
		apart: request.tier === "both" ? all.length - 1 : 0,
	};
}

function isCancelled(outcome: PlanOutcome): boolean {
	return outcome.kind === "stopped" && outcome.status === "cancelled";
}

/** Whether the thread keeps a plan no more, since it died or let it go for newer ones: it is made anew. */
function isGone(error: unknown): boolean {
	return error instanceof SolverError && error.name === "Error";
}

/** Seconds in which it is found what one more unit of each item would do. */
const VALUES_SECONDS = 10;

/** Of both tiers it is told of the centre's warehouses alone, as what simple rules would give: 34 provinces would take as many times as long. */
function onlyCentre({ tier }: PlanRequest): "centre" | undefined {
	return tier === "both" ? "centre" : undefined;
}

/** The provinces that are planned for: those with a warehouse that can give. */
function provincesOf(
	{ tier, area }: PlanRequest,
	{ provinces, warehouses }: DispatchInput,
): number[] {
	if (tier === "centre") return [];
	if (tier === "province") return [area];
	return provinces
		.map(({ area }) => area)
		.filter((area) => warehouses.some(({ province }) => province === area));
}

function asSolved({ part, pins, outcome, rules }: Kept): SolvedPart | null {
	if (outcome.kind !== "plan") return null;
	const plan: AllocationPlan = outcome.plan;
	return { part, plan, pins, rules };
}

function planId(read: string, request: PlanRequest): string {
	const { area, day, tier, cover, reserve, floor, policy, trips, pins } =
		request;
	const rounds = request.periods > 1 ? [request.periods] : [];
	return createHash("sha256")
		.update(
			JSON.stringify([
				read,
				...[area, day, tier, cover, reserve, floor, policy, trips, pins],
				...rounds,
			]),
		)
		.digest("hex")
		.slice(0, 12);
}
