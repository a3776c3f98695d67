import type { Day } from "../series/day.ts";
import type { IndicatorKey } from "../series/indicator.ts";
import type { MatchedNames, ShortTable } from "./facility-remark.ts";
import type { WrongLabel } from "./label-order.ts";
import type { RepeatedDay } from "./repeated-day.ts";

/** Columns of a file that hold something else from a day on: their old indicators end there, and nothing is subtracted across it. */
export interface TermsChanged {
	day: Day;
	terms: readonly string[];
}

/** Sheets of a workbook that hold something and were not read: the first alone is the table. */
export interface UnreadSheets {
	sheetsUnread: readonly string[];
}

/** Cases that a source counts in its totals and cannot put on a day: they are in none of its series. */
export interface CasesWithoutDay {
	withoutDay: Partial<Record<IndicatorKey, number>>;
}

/** What is otherwise in a table than in the one on which its mapping was made, and did not keep it from being read (core/mapping/fit). */
export interface DriftedTable {
	drift: readonly {
		kind: string;
		column: string | null;
		found: string;
	}[];
}

/** What is noticed of a file as a whole, and kept with it. */
export type FileRemark =
	| RepeatedDay
	| WrongLabel
	| TermsChanged
	| MatchedNames
	| ShortTable
	| UnreadSheets
	| CasesWithoutDay
	| DriftedTable;
