import type { Level } from "../areas/codes.ts";
import type { Day } from "../series/day.ts";
import { type IndicatorKey, indicatorByKey } from "../series/indicator.ts";
import { cellAt, countsUp } from "./counted-table.ts";
import { type ReleasedTable, shownCell } from "./shown-cell.ts";
import { packSeries } from "./site-series.ts";

/** What the page of a release is given to draw: what the CSV says and nothing else. */
export interface SiteFigures {
	readonly indicators: readonly {
		readonly key: IndicatorKey;
		readonly id: string;
		readonly en: string;
		/** Whether two periods tell what was new in between. */
		readonly countsUp: boolean;
	}[];
	readonly areas: readonly {
		readonly code: string;
		readonly name: string;
		readonly level: Level;
		/** Place in the list. */
		readonly parent: number | null;
	}[];
	readonly days: readonly Day[];
	/** By indicator, then area: a word for each day (`packSeries`). */
	readonly series: readonly string[];
}

export function siteFigures(content: ReleasedTable): SiteFigures {
	const { indicators, areas, days } = content.table;
	return {
		indicators: indicators.map((key) => {
			const { id_name, en_name } = indicatorByKey(key);
			return { key, id: id_name, en: en_name, countsUp: countsUp(key) };
		}),
		areas: areas.map(({ code, name, level, parent }) => ({
			...{ code, name, level, parent },
		})),
		days,
		series: indicators.flatMap((_, indicator) =>
			areas.map((_, area) =>
				packSeries(
					days.map((_, day) =>
						shownCell(content, cellAt(content.table, indicator, area, day)),
					),
				),
			),
		),
	};
}
