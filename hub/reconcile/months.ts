import { createHash } from "node:crypto";
import { feedTable } from "../../core/feed/table.ts";
import type { AreaAnswer } from "../../core/quality/family.ts";
import { type Day, monthOf } from "../../core/series/day.ts";
import {
	COMPUTED,
	type ComputedTable,
	type Partition,
} from "../store/reconciled.ts";

/** Rows of a computed table one after the other, in the order of its columns; NaN is null. */
export type PackedRows = Float64Array;

/** A month of a series as it is stored: its rows in the three computed tables, and a hash of them. */
export interface Month extends Partition {
	rows: Record<ComputedTable, PackedRows>;
}

export const WIDTH = Object.fromEntries(
	COMPUTED.map((table) => [table, feedTable(table).columns.length]),
) as Record<ComputedTable, number>;

/** Months of days, each worked out once: there are millions of rows and a few hundred days. */
const known = new Map<Day, number>();

function month(day: Day): number {
	let value = known.get(day);
	if (value === undefined) {
		value = monthOf(day);
		known.set(day, value);
	}
	return value;
}

/** Turns the answer of an area into rows, by month. The newest revision of a cell is its fact, the others are what it was before. */
export function monthsOf(answer: AreaAnswer, indicator: number): Month[] {
	const { area, claims, revisions } = answer;
	const packers = new Map<number, Record<ComputedTable, Packer>>();
	const packer = (day: Day): Record<ComputedTable, Packer> => {
		const key = month(day);
		let found = packers.get(key);
		if (!found) {
			found = {
				fact: new Packer(),
				fact_revision: new Packer(),
				claim: new Packer(),
			};
			packers.set(key, found);
		}
		return found;
	};
	// First how many rows there are, then the rows.
	for (const { statement } of claims) packer(statement.day).claim.rows++;
	for (let at = 0; at < revisions.length; at++)
		packer(revisions[at].day)[tableOf(revisions, at)].rows++;
	for (const tables of packers.values())
		for (const table of COMPUTED) tables[table].begin(WIDTH[table]);
	for (const { statement, marks } of claims)
		packer(statement.day)
			.claim.cell(indicator, month(statement.day), area, statement.day)
			.add(
				statement.source,
				statement.asOf,
				statement.file,
				statement.line,
				statement.value,
				marks,
			);
	for (let at = 0; at < revisions.length; at++) {
		const it = revisions[at];
		const table = tableOf(revisions, at);
		const target = packer(it.day)[table].cell(
			indicator,
			month(it.day),
			area,
			it.day,
		);
		const value = it.value ?? Number.NaN;
		const source = it.source ?? Number.NaN;
		const reporting = it.reporting ?? Number.NaN;
		const expected = it.expected ?? Number.NaN;
		if (table === "fact")
			target.add(
				value,
				source,
				it.rule,
				it.marks,
				it.asOf,
				reporting,
				expected,
			);
		else
			target.add(
				it.asOf,
				value,
				source,
				it.rule,
				it.marks,
				reporting,
				expected,
			);
	}
	return [...packers].map(([key, tables]) => {
		const rows = {
			fact: tables.fact.packed,
			fact_revision: tables.fact_revision.packed,
			claim: tables.claim.packed,
		};
		return { area, indicator, month: key, hash: hashOf(rows), rows };
	});
}

function tableOf(
	revisions: AreaAnswer["revisions"],
	at: number,
): "fact" | "fact_revision" {
	return revisions[at + 1]?.day === revisions[at].day
		? "fact_revision"
		: "fact";
}

class Packer {
	rows = 0;
	packed: PackedRows = new Float64Array();
	private at = 0;

	begin(width: number): void {
		this.packed = new Float64Array(this.rows * width);
	}

	cell(indicator: number, inMonth: number, area: number, day: Day): this {
		const { packed } = this;
		packed[this.at++] = indicator;
		packed[this.at++] = inMonth;
		packed[this.at++] = area;
		packed[this.at++] = day;
		return this;
	}

	add(...values: number[]): void {
		for (let place = 0; place < values.length; place++)
			this.packed[this.at++] = values[place];
	}
}

function hashOf(rows: Month["rows"]): string {
	const hash = createHash("sha1");
	for (const table of COMPUTED) {
		const { buffer, byteLength } = rows[table];
		hash.update(`${table} ${byteLength} `).update(new Uint8Array(buffer));
	}
	return hash.digest("base64");
}
