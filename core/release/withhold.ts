import type { OpenSession } from "../logistics/allocation/solver.ts";
import { type CountedTable, cellAt, countsUp } from "./counted-table.ts";
import {
	disclosureOf,
	knownNumbers,
	type OtherNumbers,
	type Secret,
	type Statement,
} from "./disclosure.ts";
import { protectSecrets } from "./protect-secrets.ts";
import type { Recipe } from "./recipe.ts";

/** What a release withholds, and what it cannot protect any more. */
export interface Withheld {
	readonly statement: Statement;
	/** Why: small itself (primary), or so that others cannot be reckoned (secondary). Nobody outside is told which. */
	readonly small: number;
	readonly beside: number;
	/** What all that was published before lets anybody say closer than the recipe allows, whatever this release withholds. */
	readonly beyond: readonly Secret[];
	/** Numbers that agree with all that is shown and are not the truth, for the attack to try. */
	readonly others: readonly OtherNumbers[];
}

/**
 * Withholds of a table what is small, and so much beside it that nobody can reckon it from what is shown and was ever shown.
 * @param earlier all releases before, the withdrawn ones too: who has read them knows them
 */
export function withhold(
	recipe: Recipe,
	table: CountedTable,
	earlier: readonly Statement[],
	open: OpenSession,
	greatestParts?: ReadonlyMap<number, number>,
): Withheld {
	const shown = Uint8Array.from(table.values, (value) =>
		Number.isNaN(value) ? 0 : 1,
	);
	const statement: Statement = {
		...{ recipe, table, shown },
		...(greatestParts ? { greatestParts } : {}),
	};
	const disclosure = disclosureOf([...earlier, statement]);
	const { secrets, numberOf } = disclosure;
	const last = earlier.length;
	const numbers = numberOf[last] as Int32Array;
	/** What earlier releases show is known, whether this one shows it again or not. */
	const before = knownNumbers({
		...disclosure,
		statements: earlier,
		numberOf: numberOf.slice(0, last),
	});
	const cellOf = new Map<number, number>();
	numbers.forEach((number, cell) => {
		if (number >= 0) cellOf.set(number, cell);
	});
	const hide = (cell: number) => {
		if (!before[numbers[cell] as number]) shown[cell] = 0;
	};
	for (const { kind, of, cells } of secrets)
		if (
			of === last &&
			(kind === "count" || kind === "restated" || kind === "dominated")
		)
			hide(cells[0]);
	const small = count(table, shown);
	if (recipe.changes === "protected") spaceOut(recipe, table, shown, hide);
	const { beyond, others } = protectSecrets(
		disclosure,
		{ known: knownNumbers(disclosure), before },
		open,
		(number) => {
			const cell = cellOf.get(number);
			if (cell !== undefined) shown[cell] = 0;
		},
	);
	return {
		statement,
		small,
		beside: count(table, shown) - small,
		beyond,
		others,
	};
}

function count({ values }: CountedTable, shown: Uint8Array): number {
	let withheld = 0;
	values.forEach((value, cell) => {
		if (!Number.isNaN(value) && !shown[cell]) withheld++;
	});
	return withheld;
}

/**
 * Shows of a count that goes on only as many days as leave every small step between two of them unknown. The rest is for the programs: this
 * spares them most of their work.
 */
function spaceOut(
	{ threshold }: Recipe,
	table: CountedTable,
	shown: Uint8Array,
	hide: (cell: number) => void,
): void {
	const { indicators, areas, days, values } = table;
	indicators.forEach((key, indicator) => {
		if (!countsUp(key)) return;
		for (let area = 0; area < areas.length; area++) {
			let before: number | null = null;
			let from: number | null = null;
			let small = false;
			for (let day = 0; day < days.length; day++) {
				const cell = cellAt(table, indicator, area, day);
				const value = values[cell] as number;
				if (Number.isNaN(value)) continue;
				const step = before === null ? 0 : Math.abs(value - before);
				before = value;
				if (step > 0 && step < threshold) small = true;
				if (!shown[cell]) continue;
				const risen = from === null ? value : value - from;
				if (small && risen < 2 * threshold) hide(cell);
				else {
					from = value;
					small = false;
				}
			}
		}
	});
}
