/**
 * How the figures of a stock are reckoned, written out with what went into each. The number that a formula states is that of the standing; that
 * its inputs come to the same is checked by evaluating it (tests), so that what a person reads is what was done.
 */

import type { Day } from "../series/day.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { type AreaSupply, areaDays } from "./area-supply.ts";
import type { FormulaInput, FormulaKey } from "./formula-names.ts";
import {
	REORDER,
	type StockStanding,
	type StockTold,
} from "./stock-standing.ts";

export interface FormulaValue {
	name: FormulaInput;
	/** NaN: not known. */
	value: number;
	/** The day that the value is of. */
	day?: Day;
}

export interface Formula {
	of: FormulaKey;
	/** Names of inputs in braces; + - * / ( ) max min sqrt floor. */
	expression: string;
	inputs: FormulaValue[];
	/** NaN: not known; Infinity: nothing is used. */
	result: number;
}

/** How a modelled use follows from what a facility reports. */
export type ModelledBy =
	| {
			kind: "patients";
			severe: number;
			critical: number;
			perSevere: number;
			perCritical: number;
	  }
	| { kind: "tests"; tests: number; wastage: number }
	| { kind: "specimens"; specimens: number }
	| { kind: "none" };

/** The formulas of one item at one place, from what is asked most to what it rests on. */
export function placeFormulas(
	told: StockTold,
	standing: StockStanding,
	options: { useFactor: number; horizonDays: number },
	by: ModelledBy,
): Formula[] {
	const { use, useFrom, countDay, reported } = standing;
	const perDay = use?.perDay ?? Number.NaN;
	const count = {
		value: standing.onHand,
		...(countDay !== null && { day: countDay }),
	};
	const formulas: Formula[] = [
		{
			of: "days",
			expression: "{left} / {use}",
			inputs: [
				{ name: "left", value: standing.left, day: told.day },
				{ name: "use", value: perDay },
			],
			result: standing.daysOfSupply,
		},
		{
			of: "left",
			...leftFormula(standing, { name: "stock", ...count }),
			result: standing.left,
		},
	];
	if (useFrom)
		formulas.push({
			of: "use",
			expression: `{${useFrom}} * {factor}`,
			inputs: [
				{
					name: useFrom,
					value:
						useFrom === "modelled"
							? standing.modelled
							: reported.kind === "estimated"
								? reported.perDay
								: Number.NaN,
				},
				{ name: "factor", value: options.useFactor },
			],
			result: perDay,
		});
	if (reported.kind === "estimated")
		formulas.push({
			of: "reported",
			expression: "{used} / {spanDays}",
			inputs: [
				{ name: "used", value: reported.perDay * reported.days },
				{ name: "spanDays", value: reported.days },
			],
			result: reported.perDay,
		});
	const modelled = modelledFormula(by, standing.modelled);
	if (modelled) formulas.push(modelled);
	// Where nothing is known of lots nothing is said of what expires: it is not 0.
	const expires = !Number.isNaN(standing.expiring);
	const gap = [
		{ name: "need", value: standing.need },
		{ name: "left", value: standing.left },
		{ name: "incoming", value: standing.incoming },
		...(expires
			? [{ name: "expiring" as const, value: standing.expiring }]
			: []),
	] satisfies FormulaValue[];
	formulas.push(
		{
			of: "netNeed",
			expression: `max(0, {need} - {left} - {incoming}${expires ? " + {expiring}" : ""})`,
			inputs: gap,
			result: standing.netNeed,
		},
		{
			of: "surplus",
			expression: `max(0, {left} + {incoming}${expires ? " - {expiring}" : ""} - {need})`,
			inputs: gap,
			result: standing.surplus,
		},
		{
			of: "need",
			expression: "{use} * {days}",
			inputs: [
				{ name: "use", value: perDay },
				{ name: "days", value: options.horizonDays },
			],
			result: standing.need,
		},
	);
	if (
		countDay !== null &&
		perDay > 0 &&
		standing.stockOut.expected !== null &&
		!told.lots &&
		(told.incoming ?? []).length === 0 &&
		!(standing.delivered > 0)
	)
		formulas.push({
			of: "out",
			expression: "{countDay} + floor({stock} / {use}) + 1",
			inputs: [
				{ name: "countDay", value: countDay, day: countDay },
				{ name: "stock", ...count },
				{ name: "use", value: perDay },
			],
			result: standing.stockOut.expected,
		});
	if (use && standing.reorder)
		formulas.push({
			of: "reorder",
			expression:
				"{use} * ({lead} + {review}) + {z} * sqrt(({lead} + {review}) * {sd} * {sd})",
			inputs: [
				{ name: "use", value: use.perDay },
				{ name: "lead", value: REORDER.leadDays },
				{ name: "review", value: REORDER.reviewDays },
				{ name: "z", value: normalQuantile(REORDER.service) },
				{ name: "sd", value: use.sdPerDay },
			],
			result: standing.reorder.units,
		});
	return formulas;
}

function leftFormula(
	{ delivered, usedSince, age, use }: StockStanding,
	stock: FormulaValue,
): Pick<Formula, "expression" | "inputs"> {
	if (delivered > 0)
		return {
			expression: "{stock} + {delivered} - {usedSince}",
			inputs: [
				stock,
				{ name: "delivered", value: delivered },
				{ name: "usedSince", value: usedSince },
			],
		};
	return use
		? {
				expression: "max(0, {stock} - {age} * {use})",
				inputs: [
					stock,
					{ name: "age", value: age },
					{ name: "use", value: use.perDay },
				],
			}
		: { expression: "{stock}", inputs: [stock] };
}

function modelledFormula(by: ModelledBy, result: number): Formula | null {
	switch (by.kind) {
		case "none":
			return null;
		case "patients":
			return {
				of: "modelled",
				expression: "{severe} * {perSevere} + {critical} * {perCritical}",
				inputs: (
					["severe", "perSevere", "critical", "perCritical"] as const
				).map((name) => ({ name, value: by[name] })),
				result,
			};
		case "tests":
			return {
				of: "modelled",
				expression: "{tests} / (1 - {wastage})",
				inputs: [
					{ name: "tests", value: by.tests },
					{ name: "wastage", value: by.wastage },
				],
				result,
			};
		case "specimens":
			return {
				of: "modelled",
				expression: "{specimens}",
				inputs: [{ name: "specimens", value: by.specimens }],
				result,
			};
	}
}

/** The formulas of one item in an area: sums over the facilities that told stock and use. */
export function areaFormulas(supply: AreaSupply): Formula[] {
	const known = (value: number) => (supply.both > 0 ? value : Number.NaN);
	const sum = (of: FormulaKey, value: number): Formula => ({
		of,
		expression: "{sumOver}",
		inputs: [
			{ name: "sumOver", value: known(value) },
			{ name: "both", value: supply.both },
			{ name: "facilities", value: supply.facilities },
		],
		result: known(value),
	});
	return [
		{
			of: "days",
			expression: "{left} / {use}",
			inputs: [
				{ name: "left", value: known(supply.left) },
				{ name: "use", value: known(supply.use) },
				{ name: "both", value: supply.both },
				{ name: "facilities", value: supply.facilities },
			],
			result: areaDays(supply),
		},
		sum("left", supply.left),
		sum("use", supply.use),
		sum("need", supply.need),
		sum("netNeed", supply.netNeed),
		sum("surplus", supply.surplus),
	];
}
