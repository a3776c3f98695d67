/** A linear or mixed-integer program as sparse columns (CSC), ready for a solver that takes typed arrays. */

/** min cost·x subject to rowLower <= A x <= rowUpper, colLower <= x <= colUpper; whole numbers where `integer` is 1. */
export interface LinearProgram {
	numCols: number;
	numRows: number;
	colCost: Float64Array;
	colLower: Float64Array;
	colUpper: Float64Array;
	rowLower: Float64Array;
	rowUpper: Float64Array;
	/** Column starts, `numCols + 1` long. */
	starts: Int32Array;
	/** Row of each entry, ascending within a column. */
	indices: Int32Array;
	values: Float64Array;
	/** 1 where the column must be whole; undefined when none must. */
	integer?: Uint8Array;
}

class GrowingFloats {
	#values = new Float64Array(1024);
	length = 0;
	push(value: number): void {
		if (this.length === this.#values.length) {
			const larger = new Float64Array(this.#values.length * 2);
			larger.set(this.#values);
			this.#values = larger;
		}
		this.#values[this.length++] = value;
	}
	toFloats(): Float64Array {
		return this.#values.slice(0, this.length);
	}
	toInts(): Int32Array {
		return Int32Array.from(this.#values.subarray(0, this.length));
	}
}

/** Builds a program: rows first, then columns, each with its entries. */
export class LinearProgramBuilder {
	readonly #cost = new GrowingFloats();
	readonly #lower = new GrowingFloats();
	readonly #upper = new GrowingFloats();
	readonly #rowLower = new GrowingFloats();
	readonly #rowUpper = new GrowingFloats();
	readonly #starts = new GrowingFloats();
	readonly #indices = new GrowingFloats();
	readonly #values = new GrowingFloats();
	readonly #integers: number[] = [];

	/** Adds a row and returns its index. */
	row(lower: number, upper: number): number {
		this.#rowLower.push(lower);
		this.#rowUpper.push(upper);
		return this.#rowLower.length - 1;
	}

	/**
	 * Adds a column and returns its index.
	 * @param entries row and coefficient in turn, any order, no row twice. Zero coefficients are left out.
	 */
	column(
		cost: number,
		lower: number,
		upper: number,
		entries: readonly number[],
		integer = false,
	): number {
		const index = this.#cost.length;
		this.#cost.push(cost);
		this.#lower.push(lower);
		this.#upper.push(upper);
		this.#starts.push(this.#indices.length);
		if (integer) this.#integers.push(index);
		let ascending = true;
		for (let at = 2; at < entries.length; at += 2)
			if (entries[at] <= entries[at - 2]) ascending = false;
		const ordered = ascending ? entries : sortedByRow(entries);
		for (let at = 0; at < ordered.length; at += 2) {
			if (ordered[at + 1] === 0) continue;
			this.#indices.push(ordered[at]);
			this.#values.push(ordered[at + 1]);
		}
		return index;
	}

	get numRows(): number {
		return this.#rowLower.length;
	}

	get numCols(): number {
		return this.#cost.length;
	}

	build(): LinearProgram {
		const numCols = this.numCols;
		const starts = new Int32Array(numCols + 1);
		starts.set(this.#starts.toInts());
		starts[numCols] = this.#indices.length;
		let integer: Uint8Array | undefined;
		if (this.#integers.length > 0) {
			integer = new Uint8Array(numCols);
			for (const index of this.#integers) integer[index] = 1;
		}
		return {
			numCols,
			numRows: this.numRows,
			colCost: this.#cost.toFloats(),
			colLower: this.#lower.toFloats(),
			colUpper: this.#upper.toFloats(),
			rowLower: this.#rowLower.toFloats(),
			rowUpper: this.#rowUpper.toFloats(),
			starts,
			indices: this.#indices.toInts(),
			values: this.#values.toFloats(),
			integer,
		};
	}
}

function sortedByRow(entries: readonly number[]): number[] {
	const pairs: [number, number][] = [];
	for (let at = 0; at < entries.length; at += 2)
		pairs.push([entries[at], entries[at + 1]]);
	pairs.sort((a, b) => a[0] - b[0]);
	return pairs.flat();
}

/** A row that is added to a program: column and coefficient in turn, no column twice. */
export interface AddedRow {
	lower: number;
	upper: number;
	entries: readonly number[];
}

/** The program with columns (costing nothing, in no row yet) and then rows added behind what it has. */
export function extendProgram(
	program: LinearProgram,
	columns: readonly { lower: number; upper: number }[],
	rows: readonly AddedRow[],
): LinearProgram {
	const numCols = program.numCols + columns.length;
	const added = new Int32Array(numCols);
	for (const { entries } of rows)
		for (let at = 0; at < entries.length; at += 2)
			added[entries[at]] = (added[entries[at]] ?? 0) + 1;
	const starts = new Int32Array(numCols + 1);
	for (let column = 0; column < numCols; column++) {
		const own =
			column < program.numCols
				? program.starts[column + 1] - program.starts[column]
				: 0;
		starts[column + 1] = starts[column] + own + added[column];
	}
	const size = starts[numCols];
	const indices = new Int32Array(size);
	const values = new Float64Array(size);
	const next = starts.slice(0, numCols);
	for (let column = 0; column < program.numCols; column++) {
		const from = program.starts[column];
		const to = program.starts[column + 1];
		indices.set(program.indices.subarray(from, to), next[column]);
		values.set(program.values.subarray(from, to), next[column]);
		next[column] = next[column] + to - from;
	}
	rows.forEach(({ entries }, index) => {
		for (let at = 0; at < entries.length; at += 2) {
			const column = entries[at];
			const where = next[column];
			indices[where] = program.numRows + index;
			values[where] = entries[at + 1];
			next[column] = where + 1;
		}
	});
	const longer = (given: Float64Array, more: readonly number[]) => {
		const all = new Float64Array(given.length + more.length);
		all.set(given);
		all.set(more, given.length);
		return all;
	};
	let integer: Uint8Array | undefined;
	if (program.integer) {
		integer = new Uint8Array(numCols);
		integer.set(program.integer);
	}
	return {
		numCols,
		numRows: program.numRows + rows.length,
		colCost: longer(
			program.colCost,
			columns.map(() => 0),
		),
		colLower: longer(
			program.colLower,
			columns.map(({ lower }) => lower),
		),
		colUpper: longer(
			program.colUpper,
			columns.map(({ upper }) => upper),
		),
		rowLower: longer(
			program.rowLower,
			rows.map(({ lower }) => lower),
		),
		rowUpper: longer(
			program.rowUpper,
			rows.map(({ upper }) => upper),
		),
		starts,
		indices,
		values,
		integer,
	};
}
