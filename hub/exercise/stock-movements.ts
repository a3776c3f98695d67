import type { StockColumn } from "../../core/logistics/watched-item.ts";

/** What a shelf stood at and what moved on it since the sheet before. */
export interface ShelfLine {
	code: string;
	column: StockColumn;
	received: number;
	used: number;
	left: number;
}

/** What came to and went from the shelves of many facilities since it was last asked for. */
export class StockMovements {
	private readonly columns: readonly StockColumn[];
	private readonly received: readonly Float64Array[];
	private readonly used: readonly Float64Array[];

	constructor(columns: readonly StockColumn[], facilities: number) {
		this.columns = columns;
		this.received = columns.map(() => new Float64Array(facilities));
		this.used = columns.map(() => new Float64Array(facilities));
	}

	/** @param item place of the column */
	note(item: number, facility: number, received: number, used: number): void {
		(this.received[item] as Float64Array)[facility] += received;
		(this.used[item] as Float64Array)[facility] += used;
	}

	/** The lines of a sheet of every facility, in their order; what moved is then forgotten. */
	take(
		codes: readonly { code: string }[],
		left: (item: number, facility: number) => number | null,
	): ShelfLine[] {
		const lines = codes.flatMap(({ code }, facility) =>
			this.columns.flatMap((column, item): ShelfLine[] => {
				const now = left(item, facility);
				return now === null
					? []
					: [
							{
								code,
								column,
								received: (this.received[item] as Float64Array)[
									facility
								] as number,
								used: (this.used[item] as Float64Array)[facility] as number,
								left: now,
							},
						];
			}),
		);
		for (const each of [...this.received, ...this.used]) each.fill(0);
		return lines;
	}
}
