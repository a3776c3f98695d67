import { LinearProgramBuilder } from "../logistics/allocation/linear-program.ts";
import type { OpenSession } from "../logistics/allocation/solver.ts";
import type { CountedTable } from "./counted-table.ts";
import {
	type Disclosure,
	isPossible,
	type OtherNumbers,
	type Relation,
	type Secret,
	type Statement,
	secretIn,
} from "./disclosure.ts";

/** Periods before and after a secret, of its own indicator among its neighbours, in which something is withheld for its sake where that will do. */
const NEAR = 4;
const REACH = 1e6;
const WHOLE = 1e-6;
const SECONDS = 20;

/**
 * Withholds so much that no secret can be reckoned closer than it may be.
 *
 * For each secret that is not safe yet a linear program looks for numbers that agree with everything that is known, in which the secret is as
 * low (as high) as has to stay possible, and that differ from the truth in as few, as small and as low cells that are shown as can be: these are
 * withheld (after Kelly, Golden and Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22, 1992). Such numbers
 * stay possible when more is withheld, so that no secret is looked at twice.
 * @param known by number: 1 where it is shown now or was before; what is withheld is set to 0
 * @param before by number: 1 where an earlier release shows it, which nothing takes back
 * @returns the secrets that cannot be protected any more, and the numbers that were found, by what they differ from the truth in
 */
export function protectSecrets(
	disclosure: Disclosure,
	{ known, before }: { known: Uint8Array; before: Uint8Array },
	open: OpenSession,
	withheld: (number: number) => void,
): { beyond: Secret[]; others: OtherNumbers[] } {
	const others: OtherNumbers[] = [];
	const { truth, relations, secrets } = disclosure;
	const places = placesOf(disclosure, known);
	const touching = truth.map((): number[] => []);
	relations.forEach(({ numbers }, at) => {
		for (const number of numbers) touching[number]?.push(at);
	});
	const about = truth.map((): number[] => []);
	secrets.forEach(({ plus, minus }, at) => {
		about[plus]?.push(at);
		if (minus >= 0) about[minus]?.push(at);
	});
	const lowest = secrets.map(({ value }) => value);
	const highest = secrets.map(({ value }) => value);

	/** Whether there are such numbers among those that may be withheld; if so they are. */
	const reach = (secret: Secret, up: boolean, scope: readonly number[]) => {
		// Both are shown since long.
		if (before[secret.plus] && (secret.minus < 0 || before[secret.minus]))
			return false;
		const program = programOf(
			{ disclosure, known, touching },
			{ secret, up, weight: places.weight },
			scope.filter((number) => !before[number]),
		);
		for (const integer of [false, true]) {
			const session = open(program.build(integer));
			const result = session.solve({ timeLimit: SECONDS });
			session.dispose();
			if (result.status !== "optimal") return false;
			const values = Float64Array.from(truth);
			let whole = true;
			for (const { number, up, down } of program.columns) {
				const by =
					(result.values[up] as number) -
					(down < 0 ? 0 : (result.values[down] as number));
				if (Math.abs(by - Math.round(by)) > WHOLE) whole = false;
				values[number] = (truth[number] as number) + Math.round(by);
			}
			if (!whole) continue;
			const moved = program.columns.flatMap(({ number }) =>
				values[number] === truth[number] ? [] : [number],
			);
			const hidden = moved.filter((number) => known[number]);
			for (const number of hidden) known[number] = 0;
			const touched = [...new Set(moved.flatMap((one) => touching[one] ?? []))];
			if (!isPossible(disclosure, known, values, touched)) {
				for (const number of hidden) known[number] = 1;
				continue;
			}
			for (const number of hidden) withheld(number);
			others.push(moved.map((number) => [number, values[number] as number]));
			for (const at of moved.flatMap((number) => about[number] ?? [])) {
				const value = secretIn(secrets[at] as Secret, values);
				lowest[at] = Math.min(lowest[at] as number, value);
				highest[at] = Math.max(highest[at] as number, value);
			}
			return true;
		}
		return false;
	};

	const order = secrets
		.map((_, at) => at)
		.sort(
			(a, b) =>
				places.weight((secrets[b] as Secret).plus) -
					places.weight((secrets[a] as Secret).plus) || a - b,
		);
	const beyond: Secret[] = [];
	for (const at of order) {
		const secret = secrets[at] as Secret;
		const isLow = () => (lowest[at] as number) <= secret.low;
		const isHigh = () => (highest[at] as number) >= secret.high;
		for (const up of [false, true]) {
			if (up ? isHigh() : isLow()) continue;
			for (const scope of places.scopes(secret))
				if (reach(secret, up, scope)) break;
		}
		if (!isLow() || !isHigh()) beyond.push(secret);
	}
	return { beyond, others };
}

/** The least that is to be withheld so that a secret can be as low, or as high, as it has to be. */
function programOf(
	{
		disclosure: { truth, least, relations },
		known,
		touching,
	}: {
		disclosure: Disclosure;
		known: Uint8Array;
		touching: readonly (readonly number[])[];
	},
	{
		secret,
		up,
		weight,
	}: { secret: Secret; up: boolean; weight: (number: number) => number },
	scope: readonly number[],
) {
	const entries = new Map(scope.map((number) => [number, [] as number[]]));
	const rows: [number, number][] = [];
	for (const at of new Set(scope.flatMap((number) => touching[number] ?? []))) {
		const { numbers, coefficients, lower, upper } = relations[at] as Relation;
		const told = numbers.reduce(
			(sum, number, term) =>
				sum + (coefficients[term] as number) * (truth[number] as number),
			0,
		);
		const row = rows.push([lower - told, upper - told]) - 1;
		numbers.forEach((number, term) => {
			entries.get(number)?.push(row, coefficients[term] as number);
		});
	}
	const goal =
		rows.push(
			up
				? [secret.high - secret.value, Number.POSITIVE_INFINITY]
				: [Number.NEGATIVE_INFINITY, secret.low - secret.value],
		) - 1;
	entries.get(secret.plus)?.push(goal, 1);
	entries.get(secret.minus)?.push(goal, -1);
	let next = 0;
	const columns = scope.map((number) => ({
		number,
		up: next++,
		down: known[number] ? next++ : -1,
	}));
	return {
		columns,
		build(integer: boolean) {
			const builder = new LinearProgramBuilder();
			for (const [lower, upper] of rows) builder.row(lower, upper);
			for (const { number, down } of columns) {
				const of = entries.get(number) as number[];
				const below = (least[number] as number) - (truth[number] as number);
				const cost =
					weight(number) *
					(1 + Math.log10(1 + Math.abs(truth[number] as number)));
				if (down < 0) builder.column(0, below, REACH, of, integer);
				else {
					builder.column(cost, 0, REACH, of, integer);
					builder.column(
						...([cost, 0, -below] as const),
						of.map((value, at) => (at % 2 ? -value : value)),
						integer,
					);
				}
			}
			return builder.build();
		},
	};
}

/** Where each number lies, over all releases. */
function placesOf(
	{ statements, numberOf, truth, rests }: Disclosure,
	known: Uint8Array,
) {
	/** The area above, by code; of several orders of areas the newest. */
	const above = new Map<string, string | null>();
	const codes: string[] = truth.map(() => "");
	const indicators: string[] = truth.map(() => "");
	const days = new Float64Array(truth.length);
	let step = 1;
	const place = (table: CountedTable, cell: number, number: number) => {
		const series = Math.floor(cell / table.days.length);
		codes[number] = table.areas[series % table.areas.length]?.code ?? "";
		indicators[number] =
			table.indicators[Math.floor(series / table.areas.length)] ?? "";
		days[number] = table.days[cell % table.days.length] as number;
	};
	statements.forEach(({ table }, of) => {
		for (const { code, parent } of table.areas)
			above.set(
				code,
				parent === null ? null : (table.areas[parent]?.code ?? null),
			);
		const first = table.days[0];
		if (first !== undefined && table.days.length > 1)
			step = ((table.days.at(-1) as number) - first) / (table.days.length - 1);
		numberOf[of]?.forEach((number, cell) => {
			if (number >= 0) place(table, cell, number);
		});
	});
	for (const { number, of, cell } of rests) {
		place((statements[of] as Statement).table, cell, number);
		const code = codes[number] as string;
		above.set(`${code} rest`, code);
		codes[number] = `${code} rest`;
	}
	/** How many areas lie below one, and itself. */
	const size = new Map<string, number>();
	for (const code of above.keys())
		for (let at: string | null = code; at !== null; at = above.get(at) ?? null)
			size.set(at, (size.get(at) ?? 0) + 1);
	const group = (indicator: string, code: string | null) =>
		`${indicator} ${code}`;
	/** Numbers by indicator and each area in which theirs lies, itself left out; null: all. */
	const groups = new Map<string, number[]>();
	truth.forEach((_, number) => {
		const code = codes[number] as string;
		let at: string | null = code;
		do {
			at = above.get(at) ?? null;
			const key = group(indicators[number] as string, at);
			const list = groups.get(key) ?? [];
			groups.set(key, list);
			list.push(number);
		} while (at !== null);
	});
	const all = truth.map((_, number) => number);
	const parent = (number: number) => above.get(codes[number] as string) ?? null;
	const kinds = [...new Set(indicators)];
	/** Of each area below a neighbour two that have most to move: who is withheld already on most days, and who has most. */
	const lean = (
		numbers: readonly number[],
		...whole: readonly (string | null)[]
	): number[] => {
		const below = new Map<string, Map<string, [free: number, most: number]>>();
		for (const number of numbers) {
			const over = parent(number);
			if (over === null || whole.includes(over)) continue;
			const areas = below.get(over) ?? new Map();
			below.set(over, areas);
			const code = codes[number] as string;
			const [free, most] = areas.get(code) ?? [0, 0];
			areas.set(code, [
				free + (known[number] ? 0 : 1),
				Math.max(most, truth[number] as number),
			]);
		}
		const kept = new Set<string>();
		for (const areas of below.values())
			for (const by of [0, 1] as const) {
				const [first] = [...areas].sort(
					([, a], [, b]) => b[by] - a[by] || b[1] - a[1],
				);
				if (first) kept.add(first[0]);
			}
		return numbers.filter(
			(number) =>
				parent(number) === null ||
				whole.includes(parent(number)) ||
				kept.has(codes[number] as string),
		);
	};
	return {
		weight: (number: number) => size.get(codes[number] as string) ?? 1,
		/** Among what something is withheld for the sake of a secret: its neighbours at about its time at first, everything at last. */
		*scopes({ plus, minus }: Secret): Generator<readonly number[]> {
			const top = parent(plus);
			const one = days[plus] as number;
			const other = minus < 0 ? one : (days[minus] as number);
			const within = (periods: number) => (number: number) =>
				(days[number] as number) >= Math.min(one, other) - periods * step &&
				(days[number] as number) <= Math.max(one, other) + periods * step;
			const family = groups.get(group(indicators[plus] as string, top)) ?? [];
			const near = family.filter(within(NEAR));
			const few = lean(near.filter(within(1)), top);
			yield few;
			yield lean(near, top);
			yield near;
			yield lean(
				kinds.flatMap((kind) => groups.get(group(kind, top)) ?? []),
				top,
			);
			if (top !== null) {
				const wide = above.get(top) ?? null;
				yield lean(
					(groups.get(group(indicators[plus] as string, wide)) ?? []).filter(
						within(1),
					),
					...[top, wide],
				);
				yield lean(
					kinds
						.flatMap((kind) => groups.get(group(kind, wide)) ?? [])
						.filter(within(NEAR)),
					...[top, wide],
				);
			}
			yield all;
		},
	};
}
