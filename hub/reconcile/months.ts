import { hash } from "node:crypto";
import type { AreaAnswer } from "../../core/quality/reconcile.ts";
import { monthOf } from "../../core/series/day.ts";
import {
	COMPUTED,
	type ComputedRow,
	type ComputedTable,
	type Partition,
} from "../store/reconciled.ts";

/** A month of a series as it is stored: its rows in the three computed tables, and a hash of them. */
export interface Month extends Partition {
	rows: Record<ComputedTable, ComputedRow[]>;
}

const months = new Map<number, number>();

function month(day: number): number {
	let value = months.get(day);
	if (value === undefined) {
		value = monthOf(day);
		months.set(day, value);
	}
	return value;
}

/** Turns the answer of an area into rows, by month. The newest revision of a cell is its fact, the others are what it was before. */
export function monthsOf(answer: AreaAnswer, indicator: number): Month[] {
	const { area } = answer;
	const found = new Map<number, Month>();
	const rowsOf = (day: number): Month["rows"] => {
		const key = month(day);
		let entry = found.get(key);
		if (!entry) {
			entry = {
				area,
				indicator,
				month: key,
				hash: "",
				rows: { fact: [], fact_revision: [], claim: [] },
			};
			found.set(key, entry);
		}
		return entry.rows;
	};
	for (const claim of answer.claims)
		rowsOf(claim.day).claim.push([
			indicator,
			month(claim.day),
			area,
			claim.day,
			claim.source,
			claim.asOf,
			claim.file,
			claim.line,
			claim.value,
			claim.marks,
		]);
	const { revisions } = answer;
	for (let at = 0; at < revisions.length; at++) {
		const it = revisions[at];
		const rows = rowsOf(it.day);
		if (revisions[at + 1]?.day === it.day)
			rows.fact_revision.push([
				indicator,
				month(it.day),
				area,
				it.day,
				it.asOf,
				it.value,
				it.source,
				it.rule,
				it.marks,
				it.reporting,
				it.expected,
			]);
		else
			rows.fact.push([
				indicator,
				month(it.day),
				area,
				it.day,
				it.value,
				it.source,
				it.rule,
				it.marks,
				it.asOf,
				it.reporting,
				it.expected,
			]);
	}
	for (const entry of found.values()) entry.hash = hashOf(entry.rows);
	return [...found.values()];
}

function hashOf(rows: Month["rows"]): string {
	const numbers: number[] = [];
	for (const table of COMPUTED) {
		numbers.push(rows[table].length);
		for (const row of rows[table])
			for (const value of row) numbers.push(value ?? Number.NaN);
	}
	return hash("sha1", Float64Array.from(numbers), "base64");
}
