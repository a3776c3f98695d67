import { type AreaCode, LEVELS, parentOf } from "../areas/codes.ts";
import type { IndicatorKey } from "../series/indicator.ts";
import {
	type CountedArea,
	type CountedTable,
	cellAt,
	cellName,
	countsUp,
} from "./counted-table.ts";
import type { Recipe } from "./recipe.ts";

/**
 * What can be reckoned from all that was ever published.
 *
 * Every cell of every release is a number of people of which everybody knows how it hangs together with others: areas add up, a count goes on
 * from day to day, nobody dies or recovers without having been a case. Whoever attacks is given more than they can know: by how much a total
 * differs from its parts (but where a few people are in none of the parts: these are a small count like every other, and in no cell), which counts
 * fell by a correction, and which cells stayed the same from release to release. A cell whose value was restated is another number for each value.
 * What is safe from them is safe from everybody who knows less.
 */

/** A release: what it counted, and which of its cells it shows. */
export interface Statement {
	readonly recipe: Recipe;
	readonly table: CountedTable;
	/** By cell of the table: 1 where its value is published. */
	readonly shown: Uint8Array;
	/** Of dominated cells: what their greatest unreleased parts come to, by cell. */
	readonly greatestParts?: ReadonlyMap<number, number>;
}

/** lower <= sum of coefficient times number <= upper. */
export interface Relation {
	readonly numbers: readonly number[];
	readonly coefficients: readonly number[];
	readonly lower: number;
	readonly upper: number;
}

/** A number of people that nobody may come too close to: a cell, or the difference of two. */
export interface Secret {
	readonly plus: number;
	/** -1: none is taken off. */
	readonly minus: number;
	readonly value: number;
	/** The lowest that stays possible is to be no more than this, the highest no less than `high`. */
	readonly low: number;
	readonly high: number;
	/** Place of the release in the list. */
	readonly of: number;
	/** Cells of that release's table; the second is -1 where there is none. */
	readonly cells: readonly [number, number];
	readonly kind: "count" | "change" | RestKind | "restated" | "dominated";
}

export interface Disclosure {
	readonly statements: readonly Statement[];
	/** By number: its true value, and the least that it can be for all who know nothing of it. */
	readonly truth: readonly number[];
	readonly least: readonly number[];
	/** Which number a cell of a release is, by release and cell; -1: not reported. */
	readonly numberOf: readonly Int32Array[];
	/** Numbers that are in no cell: people of an area who are in no area below, where they are few. Nothing shows them. */
	readonly rests: readonly Rest[];
	readonly relations: readonly Relation[];
	readonly secrets: readonly Secret[];
}

/** Numbers that may not be the truth, as far as they differ from it. */
export type OtherNumbers = readonly (readonly [
	number: number,
	value: number,
])[];

/** Who is in none of the areas below, or of the cases neither recovered nor died. */
type RestKind = "rest" | "active";

interface Rest {
	readonly number: number;
	/** Place of the release in the list, and the cell that they are part of. */
	readonly of: number;
	readonly cell: number;
}

/** What is part of what: recovered and died of those who were cases. */
const PARTS: readonly (readonly [IndicatorKey, readonly IndicatorKey[]])[] = [
	["confirmed", ["recovered", "deaths"]],
];

/**
 * Puts together all that was published.
 * @param statements in the order of their publication
 */
export function disclosureOf(statements: readonly Statement[]): Disclosure {
	const truth: number[] = [];
	const least: number[] = [];
	const known = new Map<string, number>();
	const numberOf = statements.map(({ table }) => {
		const numbers = new Int32Array(table.values.length).fill(-1);
		table.values.forEach((value, cell) => {
			if (Number.isNaN(value)) return;
			const key = `${cellName(table, cell)} ${value}`;
			let number = known.get(key);
			if (number === undefined) {
				number = truth.push(value) - 1;
				least.push(Math.min(0, value));
				known.set(key, number);
			}
			numbers[cell] = number;
		});
		return numbers;
	});
	const relations = new Map<string, Relation>();
	const secrets: Secret[] = [];
	const rests: Rest[] = [];
	let all: Told | undefined;
	statements.forEach((statement, at) => {
		const numbers = numberOf[at] as Int32Array;
		const { recipe, table } = statement;
		const restOf = (
			of: number,
			cell: number,
			value: number,
			kind: RestKind,
		) => {
			const { table } = statements[of] as Statement;
			const range =
				kind === "rest" || recipe.changes === "protected"
					? smallRange(value, recipe)
					: null;
			const key = `${cellName(table, cell)} ${kind} ${value}`;
			let number = known.get(key);
			if (number === undefined) {
				// What an earlier release protects stays protected.
				if (!range) return undefined;
				number = truth.push(value) - 1;
				least.push(0);
				known.set(key, number);
				rests.push({ number, of, cell });
			}
			if (range)
				secrets.push({
					...{ ...range, plus: number, minus: -1, value, of },
					...{ cells: [cell, -1], kind },
				});
			return number;
		};
		relate(table, numbers, truth, relations, (cell, value, kind) =>
			restOf(at, cell, value, kind),
		);
		secrets.push(...secretsOf(statement, at, numbers));
		const own = toldBy(statement, at, numbers);
		all = all ? together(all, own) : own;
		// Nothing of what was told before is missing here: it hangs together as this release does by itself.
		if (all.of.every((of) => of < 0 || of === at)) return;
		const { of, cell } = all;
		relate(all.table, all.numbers, truth, relations, (place, value, kind) =>
			restOf(of[place] as number, cell[place] as number, value, kind),
		);
		secrets.push(...changesBetween(recipe, at, all, truth));
	});
	secrets.push(...restated(statements, numberOf));
	return {
		...{ statements, truth, least, numberOf, rests },
		relations: [...relations.values()],
		secrets,
	};
}

/** What is told of each cell by the last release that has a count of it. */
interface Told {
	readonly table: CountedTable;
	readonly numbers: Int32Array;
	/** Which release that is, and its cell; -1: none has. */
	readonly of: Int32Array;
	readonly cell: Int32Array;
}

function toldBy({ table }: Statement, at: number, numbers: Int32Array): Told {
	return {
		...{ table, numbers },
		of: numbers.map((number) => (number < 0 ? -1 : at)),
		cell: numbers.map((_, cell) => cell),
	};
}

/** Two releases by other levels, days or indicators are margins of each other: one table of both, with the later count of each cell. */
function together(earlier: Told, later: Told): Told {
	const both = [earlier, later] as const;
	const codes = new Map<AreaCode, CountedArea>();
	for (const { table } of both)
		for (const area of table.areas) codes.set(area.code, area);
	const list = [...codes.values()].sort(
		(a, b) =>
			LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
			(a.code < b.code ? -1 : 1),
	);
	const areaAt = new Map(list.map(({ code }, at) => [code, at]));
	const above = (code: AreaCode): number | null => {
		const parent = parentOf(code);
		return parent === null ? null : (areaAt.get(parent) ?? above(parent));
	};
	const areas = list.map((area) => ({ ...area, parent: above(area.code) }));
	const indicators = [
		...new Set(both.flatMap(({ table }) => table.indicators)),
	];
	const days = [...new Set(both.flatMap(({ table }) => table.days))].sort(
		(a, b) => a - b,
	);
	const dayAt = new Map(days.map((day, at) => [day, at]));
	const size = indicators.length * areas.length * days.length;
	const values = new Float64Array(size).fill(Number.NaN);
	const [numbers, of, cell] = [0, 1, 2].map(() =>
		new Int32Array(size).fill(-1),
	) as [Int32Array, Int32Array, Int32Array];
	const table = { indicators, areas, days, values };
	for (const told of both)
		told.table.indicators.forEach((key, indicator) => {
			told.table.areas.forEach(({ code }, area) => {
				told.table.days.forEach((day, at) => {
					const from = cellAt(told.table, indicator, area, at);
					if ((told.numbers[from] as number) < 0) return;
					const to = cellAt(
						table,
						indicators.indexOf(key),
						areaAt.get(code) as number,
						dayAt.get(day) as number,
					);
					values[to] = told.table.values[from] as number;
					numbers[to] = told.numbers[from] as number;
					of[to] = told.of[from] as number;
					cell[to] = told.cell[from] as number;
				});
			});
		});
	return { table, numbers, of, cell };
}

/** What was new between a day of a release and the next of an earlier one is no step of either, and few people all the same. */
function changesBetween(
	recipe: Recipe,
	at: number,
	{ table, numbers, of, cell }: Told,
	truth: readonly number[],
): Secret[] {
	if (recipe.changes !== "protected") return [];
	const secrets: Secret[] = [];
	table.indicators.forEach((key, indicator) => {
		if (!countsUp(key)) return;
		for (let area = 0; area < table.areas.length; area++) {
			let last = -1;
			for (let day = 0; day < table.days.length; day++) {
				const place = cellAt(table, indicator, area, day);
				const plus = numbers[place] as number;
				if (plus < 0) continue;
				const minus = last < 0 ? -1 : (numbers[last] as number);
				if (last >= 0 && (of[place] === at) !== (of[last] === at))
					secrets.push(
						...changed(
							recipe,
							"change",
							of[place] as number,
							[cell[place] as number, -1],
							{
								...{ plus, minus },
								value: (truth[plus] as number) - (truth[minus] as number),
							},
						),
					);
				last = place;
			}
		}
	});
	return secrets;
}

/** Adds how the cells of a table hang together; what releases have in common is there once. */
function relate(
	table: CountedTable,
	numbers: Int32Array,
	truth: readonly number[],
	relations: Map<string, Relation>,
	restOf: (cell: number, value: number, kind: RestKind) => number | undefined,
): void {
	const { indicators, areas, days } = table;
	const add = (
		terms: readonly (readonly [number: number, coefficient: number])[],
		exactly: boolean,
	) => {
		if (terms.length < 2) return;
		const value = terms.reduce(
			(sum, [number, by]) => sum + by * (truth[number] as number),
			0,
		);
		// A count that fell, or parts that come to more than the whole: nobody is told that it cannot be.
		if (!exactly && value < 0) return;
		const key = `${exactly} ${terms.map(([number, by]) => `${by}*${number}`).join(" ")}`;
		if (relations.has(key)) return;
		relations.set(key, {
			numbers: terms.map(([number]) => number),
			coefficients: terms.map(([, by]) => by),
			lower: exactly ? value : 0,
			upper: exactly ? value : Number.POSITIVE_INFINITY,
		});
	};
	const below = areas.map((): number[] => []);
	areas.forEach(({ parent }, area) => {
		if (parent !== null) below[parent]?.push(area);
	});
	const numberAt = (indicator: number, area: number, day: number): number =>
		numbers[cellAt(table, indicator, area, day)] ?? -1;
	/** What is told of the areas below: of one that is silent itself what those below it say. */
	const toldBelow = (indicator: number, area: number, day: number): number[] =>
		(below[area] as number[]).flatMap((part) => {
			const number = numberAt(indicator, part, day);
			return number >= 0 ? [number] : toldBelow(indicator, part, day);
		});
	indicators.forEach((key, indicator) => {
		areas.forEach((_, area) => {
			let last = -1;
			days.forEach((_, day) => {
				const number = numberAt(indicator, area, day);
				if (number < 0) return;
				const parts = toldBelow(indicator, area, day);
				if (parts.length > 0) {
					const value = parts.reduce(
						(rest, part) => rest - (truth[part] as number),
						truth[number] as number,
					);
					const rest =
						value > 0
							? restOf(cellAt(table, indicator, area, day), value, "rest")
							: undefined;
					if (rest !== undefined) parts.push(rest);
					add([[number, -1], ...parts.map((part) => [part, 1] as const)], true);
				}
				if (countsUp(key) && last >= 0 && last !== number)
					add(
						[
							[number, 1],
							[last, -1],
						],
						false,
					);
				last = number;
			});
		});
	});
	for (const [whole, of] of PARTS) {
		const wholes = indicators.indexOf(whole);
		const parts = of
			.map((part) => indicators.indexOf(part))
			.filter((part) => part >= 0);
		if (wholes < 0) continue;
		areas.forEach((_, area) => {
			days.forEach((_, day) => {
				const number = numberAt(wholes, area, day);
				const told = parts
					.map((part) => numberAt(part, area, day))
					.filter((part) => part >= 0);
				if (number < 0) return;
				// Whoever is in no part is in a count that a reader subtracts: active cases.
				const left = told.reduce(
					(left, part) => left - (truth[part] as number),
					truth[number] as number,
				);
				const rest =
					told.length === of.length && left > 0
						? restOf(cellAt(table, wholes, area, day), left, "active")
						: undefined;
				const all = rest === undefined ? told : [...told, rest];
				add(
					[[number, 1], ...all.map((part) => [part, -1] as const)],
					rest !== undefined,
				);
				// Where they come to more, each may still be less.
				for (const part of told)
					add(
						[
							[number, 1],
							[part, -1],
						],
						false,
					);
			});
		});
	}
}

function secretsOf(
	{ recipe, table, greatestParts }: Statement,
	of: number,
	numbers: Int32Array,
): Secret[] {
	const secrets: Secret[] = [];
	const { indicators, areas, days, values } = table;
	for (let cell = 0; cell < values.length; cell++) {
		const value = values[cell] as number;
		if (Number.isNaN(value)) continue;
		const one = {
			...{ plus: numbers[cell] as number, minus: -1, value, of },
			cells: [cell, -1] as const,
		};
		const range = smallRange(value, recipe);
		if (range) secrets.push({ ...one, ...range, kind: "count" });
		const parts = greatestParts?.get(cell);
		if (parts !== undefined && recipe.dominance) {
			// Upper protection level of the (n, k) rule (Hundepool et al., Statistical Disclosure Control, 2012, table 4.2), and as much below.
			const by = Math.ceil((100 / recipe.dominance.percent) * parts - value);
			if (by > 0)
				secrets.push({
					...{ ...one, kind: "dominated" },
					...{ low: Math.max(0, value - by), high: value + by },
				});
		}
	}
	if (recipe.changes === "protected")
		indicators.forEach((key, indicator) => {
			if (!countsUp(key)) return;
			for (let area = 0; area < areas.length; area++) {
				let last = -1;
				for (let day = 0; day < days.length; day++) {
					const cell = cellAt(table, indicator, area, day);
					if (Number.isNaN(values[cell])) continue;
					if (last >= 0)
						secrets.push(
							...changed(recipe, "change", of, [cell, last], {
								plus: numbers[cell] as number,
								minus: numbers[last] as number,
								value: (values[cell] as number) - (values[last] as number),
							}),
						);
					last = cell;
				}
			}
		});
	return secrets;
}

/** What differs from one release to a later one in the same cell is a count of people, too. */
function restated(
	statements: readonly Statement[],
	numberOf: readonly Int32Array[],
): Secret[] {
	const secrets: Secret[] = [];
	/** Of a cell, by each of its values: number and cell of the first release that has it. */
	const earlier = new Map<string, Map<number, number>>();
	statements.forEach(({ recipe, table }, of) => {
		table.values.forEach((value, cell) => {
			if (Number.isNaN(value)) return;
			const name = cellName(table, cell);
			const told = earlier.get(name) ?? new Map<number, number>();
			earlier.set(name, told);
			if (told.has(value)) return;
			const plus = numberOf[of]?.[cell] as number;
			if (recipe.changes === "protected")
				for (const [before, minus] of told)
					secrets.push(
						...changed(recipe, "restated", of, [cell, -1], {
							...{ plus, minus, value: value - before },
						}),
					);
			told.set(value, plus);
		});
	});
	return secrets;
}

function changed(
	recipe: Recipe,
	kind: "change" | "restated",
	of: number,
	cells: readonly [number, number],
	one: Pick<Secret, "plus" | "minus" | "value">,
): Secret[] {
	// That nothing changed is no count of anybody.
	if (one.value === 0) return [];
	const range = smallRange(Math.abs(one.value), recipe);
	if (!range) return [];
	return [
		one.value > 0
			? { ...one, ...range, kind, of, cells }
			: { ...one, low: -range.high, high: -range.low, kind, of, cells },
	];
}

/** Every small count stays possible: whoever attacks can say no more than that the count is small, or not even that. */
function smallRange(
	value: number,
	{ threshold, zero }: Recipe,
): { low: number; high: number } | null {
	const least = zero === "withheld" ? 0 : 1;
	if (threshold < 2 || value < least || value >= threshold) return null;
	return { low: least, high: threshold - 1 };
}

/** By number: whether some release shows it. */
export function knownNumbers({
	statements,
	numberOf,
	truth,
}: Disclosure): Uint8Array {
	const known = new Uint8Array(truth.length);
	statements.forEach(({ shown }, of) => {
		numberOf[of]?.forEach((number, cell) => {
			if (number >= 0 && shown[cell]) known[number] = 1;
		});
	});
	return known;
}

/**
 * Whether whole numbers agree with everything that is known but for what is withheld: then nobody can say that the truth is another.
 * @param values by number
 */
export function isPossible(
	{ truth, least, relations }: Disclosure,
	known: Uint8Array,
	values: ArrayLike<number>,
	of: readonly number[] | null = null,
): boolean {
	for (let number = 0; number < truth.length; number++) {
		const value = values[number] as number;
		if (!Number.isInteger(value) && value !== truth[number]) return false;
		if (
			known[number]
				? value !== truth[number]
				: value < (least[number] as number)
		)
			return false;
	}
	const holds = ({ numbers, coefficients, lower, upper }: Relation) => {
		let sum = 0;
		for (let at = 0; at < numbers.length; at++)
			sum +=
				(coefficients[at] as number) *
				(values[numbers[at] as number] as number);
		return sum >= lower && sum <= upper;
	};
	return of
		? of.every((at) => holds(relations[at] as Relation))
		: relations.every(holds);
}

/** What a secret would be in other numbers. */
export function secretIn(
	{ plus, minus }: Secret,
	values: ArrayLike<number>,
): number {
	return (values[plus] as number) - (minus < 0 ? 0 : (values[minus] as number));
}
