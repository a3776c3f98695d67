import type { AreaCode } from "../../core/areas/codes.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import type { StockAmount } from "../../core/logistics/stock-sheet.ts";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import type { ReadingFault } from "../../core/reading/fault.ts";
import type { SkipReason } from "../../core/reading/table.ts";
import type { Day } from "../../core/series/day.ts";
import type { StoredKey } from "../../core/series/indicator.ts";

/** What a source said about one place for one day: one row of a file, kept whole. */
export interface CaseReport {
	area: AreaCode;
	day: Day;
	/** Day (WIB) on which the source itself knew it: its own time stamp, the date of its vintage, or the day of receipt. */
	asOf: Day;
	/** 1-based line in the file. */
	line: number;
	/** Other lines of the file that its counts are made of, where they are sums. */
	also?: readonly number[];
	/** Only what the row states: an empty cell is absent, never 0. */
	values: Partial<Record<StoredKey, number>>;
	/** The row as the source wrote it, by column. */
	raw: Record<string, string>;
}

/** What a file says of who a facility is; what is left out is not stated. */
export interface FacilityEntry {
	code: string;
	asOf: Day;
	line: number;
	kind?: FacilityKind;
	name?: string;
	area?: AreaCode;
	/** Hospital class A to D. */
	class?: string;
	/** Whether it is named a COVID-19 referral hospital. */
	referral?: boolean;
	position?: { lat: number; lng: number };
	/** Registered beds by type. */
	beds?: Record<string, number>;
	/** What a source without codes calls it, and where it has it. */
	otherName?: { name: string; area: AreaCode };
}

/** What one facility stated for one day; `values` are columns of core/facilities/report. */
export interface FacilityReport {
	facility: string; // code of the facility
	day: Day;
	asOf: Day;
	line: number;
	/** Other lines of the file that it counts. */
	also?: readonly number[];
	values: Record<string, number>;
}

/** Specimens of one laboratory, day of the result, day of the specimen and kabupaten/kota of the patients, which are people no more here. */
export interface LaboratoryCount {
	facility: string; // code of the laboratory
	day: Day;
	specimenDay: Day | null;
	area: AreaCode | null;
	tested: number;
	positive: number;
	negative: number;
	inconclusive: number;
}

/** What one line of a sheet says of the stock of an item at a facility, in units of the catalogue; what is left out is not stated. */
export interface StockRow {
	facility: string; // code of the facility
	item: string; // id of the item
	/** Day of the count, the last of the period. */
	day: Day;
	/** First day of the period of what was received and used. */
	firstDay: Day;
	asOf: Day;
	line: number;
	values: Partial<Record<StockAmount, number>>;
	lot?: { id: string; units: number; expires: Day | null };
}

/** Where a source says that an area lies: degrees, WGS 84. */
export interface Position {
	area: AreaCode;
	line: number;
	lat: number;
	lng: number;
}

/** Why a row is not taken, beside what is wrong with its text. */
export const ROW_REASONS = [
	"unknown-area",
	"unknown-facility",
	"doubtful-facility",
	"ambiguous-area",
	"two-areas",
	"impossible-count",
	"no-bridge",
	"not-a-zone",
	"out-of-order",
	"unknown-item",
	"unknown-unit",
	"duplicate-row",
	/** A code of another system that no table says the meaning of. */
	"unknown-code",
	/** What a count is the sum of is not there whole. */
	"missing-part",
	/** A result that does not stand, or not yet. */
	"not-final",
	/** The table is not there by which files of another system are read. */
	"no-table",
	/** The file is no longer as its mapping says, in a way that only a person can judge. */
	"drift",
] as const;

/** Why a row (or a whole file: line null) was not taken, in terms a person can act on. */
export interface RowError extends Omit<ReadingFault, "reason"> {
	reason: ReadingFault["reason"] | (typeof ROW_REASONS)[number];
}

/** Why a line of a file is neither taken in nor wrong. */
export type SkippedFor =
	| SkipReason
	| "deleted"
	| "no result"
	| "left out"
	| "no counts"
	| "repeated";

export interface Parsed {
	reports: CaseReport[];
	facilityReports: FacilityReport[];
	/** Of a laboratory's bundle: what its reports of the same file are made of. */
	laboratoryCounts?: LaboratoryCount[];
	/** Of a sheet of stock. */
	stock?: StockRow[];
	/** Of a file that says where areas lie. */
	positions?: Position[];
	/** Where a file says who facilities are. */
	facilities?: FacilityEntry[];
	errors: RowError[];
	/** Day the file as a whole speaks as of, where it says so. */
	asOf: Day | null;
	/** Lines of the file: each is a report, or skipped, or unread, or has an error under its own number. */
	lines: number;
	skipped: Partial<Record<SkippedFor, number>>;
	/** Lines that an error of the file as a whole keeps from being read. */
	unread: number;
	/** What the connector noticed of the file as a whole. */
	remarks?: readonly FileRemark[];
}

/** What is made of a file of which nothing can be read: every line of it is unread, for one reason. */
export function unreadable(error: RowError, lines = 1): Parsed {
	return {
		...{ reports: [], facilityReports: [], errors: [error], lines },
		...{ skipped: {}, unread: lines, asOf: null },
	};
}
