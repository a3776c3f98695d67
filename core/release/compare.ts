import type { CountedTable } from "./counted-table.ts";
import { type ReleasedTable, shownCell } from "./shown-cell.ts";

/** How the cells of a release stand to those of an earlier one, in numbers of cells. */
export interface ReleaseChanges {
	/** Of an indicator, area or day that the earlier one has not. */
	readonly added: number;
	/** Shown in both, with another count. */
	readonly changed: number;
	readonly newlyShown: number;
	readonly newlyWithheld: number;
	/** Which the earlier one has and this one has not. */
	readonly gone: number;
}

type Content = Omit<ReleasedTable, "places">;

/** What is another in a release than in the one before it, as whoever reads both sees it. */
export function compareReleases(now: Content, before: Content): ReleaseChanges {
	const told = new Map(cellsOf(before));
	const changes = {
		...{ added: 0, changed: 0, newlyShown: 0, newlyWithheld: 0 },
	};
	let both = 0;
	for (const [key, cell] of cellsOf(now)) {
		const earlier = told.get(key);
		if (!earlier) {
			changes.added++;
			continue;
		}
		both++;
		if (cell.value !== null && earlier.value !== null) {
			if (cell.value !== earlier.value) changes.changed++;
		} else if (cell.value !== null) changes.newlyShown++;
		else if (cell.state === "dirahasiakan" && earlier.state !== cell.state)
			changes.newlyWithheld++;
	}
	return { ...changes, gone: told.size - both };
}

function cellsOf(content: Content) {
	const { indicators, areas, days } = content.table as CountedTable;
	return indicators.flatMap((indicator, of) =>
		areas.flatMap(({ code }, area) =>
			days.map((day, at) => {
				const cell = (of * areas.length + area) * days.length + at;
				return [
					`${indicator} ${code} ${day}`,
					shownCell(content, cell),
				] as const;
			}),
		),
	);
}
