import { LinearProgramBuilder } from "../logistics/allocation/linear-program.ts";
import type {
	OpenSession,
	SolverSession,
} from "../logistics/allocation/solver.ts";
import {
	type Disclosure,
	isPossible,
	knownNumbers,
	type OtherNumbers,
	type Relation,
	type Secret,
	secretIn,
} from "./disclosure.ts";

/** How close whoever attacks comes to a secret. */
export interface Found {
	readonly secret: Secret;
	/** Lowest and highest that are possible: both were found in whole numbers that agree with all that was published. */
	readonly lowest: number;
	readonly highest: number;
	/** Whether nothing lower or higher is possible; where it is not proved, they were far enough apart to stop looking. */
	readonly proved: boolean;
	/** Whether it is closer than the recipe lets it. */
	readonly tooClose: boolean;
}

export interface Attack {
	readonly found: readonly Found[];
	/** Programs that were solved. */
	readonly solved: number;
}

/** So far nobody looks: a bound for the solver that makes whoever attacks stronger, never weaker. */
const REACH = 1e6;
/** Aims at all secrets of a part at once, before each is aimed at by itself. */
const VOLLEYS = 8;
const WHOLE = 1e-6;
/** A program that takes longer has failed, and its secret counts as too close: the search for whole numbers need not end. */
const SECONDS = 120;

/**
 * Attacks everything that was ever published: linear programs (in whole numbers where their vertices are not) seek for each secret the lowest
 * and the highest number that agrees with all of it.
 * @param options.others numbers that may agree with everything: tried where a program's corner is none of whole numbers
 * @param options.all proves every bound; else a secret that is seen to be safe is not looked at any further
 */
export function attack(
	disclosure: Disclosure,
	open: OpenSession,
	{
		all = false,
		others = [],
	}: { all?: boolean; others?: readonly OtherNumbers[] } = {},
): Attack {
	const known = knownNumbers(disclosure);
	const { truth, secrets } = disclosure;
	const parts = partsOf(disclosure, known);
	const lowest = secrets.map(({ value }) => value);
	const highest = secrets.map(({ value }) => value);
	const proved = secrets.map(() => false);
	let solved = 0;
	const isSafe = (at: number) => {
		const secret = secrets[at] as Secret;
		return (
			(lowest[at] as number) <= secret.low &&
			(highest[at] as number) >= secret.high
		);
	};
	const touching = touchingOf(disclosure);
	const about = truth.map((): OtherNumbers[] => []);
	for (const other of others)
		for (const [number] of other) about[number]?.push(other);
	/** Whether numbers that somebody else found agree with everything and show a secret to be safe. */
	const isShownSafe = (at: number): boolean => {
		const { plus, minus } = secrets[at] as Secret;
		const values = Float64Array.from(truth);
		for (const other of new Set([
			...(about[plus] as OtherNumbers[]),
			...(about[minus] ?? []),
		])) {
			for (const [number, value] of other) values[number] = value;
			const touched = new Set(other.flatMap(([number]) => touching(number)));
			if (isPossible(disclosure, known, values, [...touched])) {
				const value = secretIn(secrets[at] as Secret, values);
				lowest[at] = Math.min(lowest[at] as number, value);
				highest[at] = Math.max(highest[at] as number, value);
			}
			for (const [number] of other) values[number] = truth[number] as number;
			if (isSafe(at)) return true;
		}
		return false;
	};
	for (const part of parts) {
		if (part.secrets.length === 0) continue;
		const column = new Map(part.numbers.map((number, at) => [number, at]));
		const values = Float64Array.from(truth);
		const build = (integer: boolean) =>
			programOf(disclosure, part, column, integer);
		const sessions: { real?: SolverSession; whole?: SolverSession } = {};
		const costs = new Float64Array(part.numbers.length);
		/** Solves for the costs as they stand; whether it ended with whole numbers that agree with everything. */
		const solve = (integer: boolean): "possible" | "broken" | "failed" => {
			sessions[integer ? "whole" : "real"] ??= open(build(integer));
			const session = sessions[integer ? "whole" : "real"] as SolverSession;
			session.changeCosts(costs);
			solved++;
			const result = session.solve({ changed: "costs", timeLimit: SECONDS });
			if (result.status !== "optimal") return "failed";
			let whole = true;
			part.numbers.forEach((number, at) => {
				const value = result.values[at] as number;
				const rounded = Math.round(value);
				if (Math.abs(value - rounded) > WHOLE) whole = false;
				values[number] = (truth[number] as number) + rounded;
			});
			if (!whole || !isPossible(disclosure, known, values, part.relations))
				return "broken";
			for (const at of part.secrets) {
				const value = secretIn(secrets[at] as Secret, values);
				lowest[at] = Math.min(lowest[at] as number, value);
				highest[at] = Math.max(highest[at] as number, value);
			}
			return "possible";
		};
		const aim = (at: number, by: number) => {
			const { plus, minus } = secrets[at] as Secret;
			const first = column.get(plus);
			const second = column.get(minus);
			if (first !== undefined) costs[first] = (costs[first] as number) + by;
			if (second !== undefined) costs[second] = (costs[second] as number) - by;
		};
		const random = sequence();
		for (let volley = 0; volley < VOLLEYS && !all; volley++) {
			const open = part.secrets.filter((at) => !isSafe(at));
			if (open.length === 0) break;
			costs.fill(0);
			for (const at of open) {
				const up = (highest[at] as number) < (secrets[at] as Secret).high;
				const down = (lowest[at] as number) > (secrets[at] as Secret).low;
				aim(
					at,
					(up && down ? random() < 0.5 : up) ? -1 - random() : 1 + random(),
				);
			}
			solve(false);
		}
		for (const at of part.secrets) {
			if (!all && isSafe(at)) continue;
			proved[at] = true;
			for (const by of [1, -1]) {
				const secret = secrets[at] as Secret;
				const enough =
					by > 0
						? (lowest[at] as number) <= secret.low
						: (highest[at] as number) >= secret.high;
				if (enough && !all) {
					proved[at] = false;
					continue;
				}
				costs.fill(0);
				aim(at, by);
				// A corner that is no whole number tells less than there is to know: the same again in whole numbers.
				if (solve(false) === "possible") continue;
				if (!all && isShownSafe(at)) {
					proved[at] = false;
					break;
				}
				if (solve(true) !== "possible") proved[at] = false;
			}
		}
		sessions.real?.dispose();
		sessions.whole?.dispose();
	}
	const inPart = new Set(parts.flatMap(({ secrets }) => secrets));
	return {
		solved,
		found: secrets.map((secret, at) => ({
			...{
				secret,
				lowest: lowest[at] as number,
				highest: highest[at] as number,
			},
			// Both numbers are published.
			proved: (proved[at] as boolean) || !inPart.has(at),
			tooClose: !isSafe(at),
		})),
	};
}

function touchingOf({ truth, relations }: Disclosure) {
	const touching = truth.map((): number[] => []);
	relations.forEach(({ numbers }, at) => {
		for (const number of numbers) touching[number]?.push(at);
	});
	return (number: number): readonly number[] => touching[number] ?? [];
}

/** Numbers that are not known and hang together, the relations among them and the secrets about them. */
interface Part {
	readonly numbers: number[];
	readonly relations: number[];
	readonly secrets: number[];
}

function partsOf(
	{ truth, relations, secrets }: Disclosure,
	known: Uint8Array,
): Part[] {
	const above = Int32Array.from(truth, (_, number) => number);
	const root = (number: number): number => {
		let at = number;
		while (above[at] !== at) {
			above[at] = above[above[at] as number] as number;
			at = above[at] as number;
		}
		return at;
	};
	const join = (numbers: readonly number[]): number => {
		let first = -1;
		for (const number of numbers) {
			if (number < 0 || known[number]) continue;
			if (first < 0) first = root(number);
			else above[root(number)] = first;
		}
		return first;
	};
	for (const { numbers } of relations) join(numbers);
	for (const { plus, minus } of secrets) join([plus, minus]);
	const parts = new Map<number, Part>();
	truth.forEach((_, number) => {
		if (known[number]) return;
		const at = root(number);
		const part = parts.get(at) ?? { numbers: [], relations: [], secrets: [] };
		parts.set(at, part);
		part.numbers.push(number);
	});
	relations.forEach(({ numbers }, at) => {
		const first = numbers.find((number) => !known[number]);
		if (first !== undefined) parts.get(root(first))?.relations.push(at);
	});
	secrets.forEach(({ plus, minus }, at) => {
		const first = [plus, minus].find((number) => number >= 0 && !known[number]);
		if (first !== undefined) parts.get(root(first))?.secrets.push(at);
	});
	return [...parts.values()];
}

/** By how much each number of a part may be another than the truth. */
function programOf(
	{ truth, least, relations }: Disclosure,
	part: Part,
	column: ReadonlyMap<number, number>,
	integer: boolean,
) {
	const builder = new LinearProgramBuilder();
	const entries = part.numbers.map((): number[] => []);
	for (const at of part.relations) {
		const { numbers, coefficients, lower, upper } = relations[at] as Relation;
		let told = 0;
		numbers.forEach((number, term) => {
			told += (coefficients[term] as number) * (truth[number] as number);
		});
		const row = builder.row(lower - told, upper - told);
		numbers.forEach((number, term) => {
			const of = column.get(number);
			if (of !== undefined)
				entries[of]?.push(row, coefficients[term] as number);
		});
	}
	part.numbers.forEach((number, at) => {
		builder.column(
			0,
			(least[number] as number) - (truth[number] as number),
			REACH,
			entries[at] as number[],
			integer,
		);
	});
	return builder.build();
}

/** Numbers from 0 to 1, the same each time (Park and Miller's generator). */
function sequence(): () => number {
	let state = 20_200_302;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
