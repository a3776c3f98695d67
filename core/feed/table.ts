import { REPORT_COLUMNS } from "../facilities/report.ts";
import { found } from "../series/found.ts";

/**
 * The tables of the published dataset: what segments and snapshots carry and what a replica holds. One definition from which the hub
 * writes its snapshot file and the workstation its replica.
 */
export interface Column {
	readonly name: string;
	readonly type: "integer" | "real" | "text" | "blob";
	readonly nullable?: true;
}

export interface FeedTable {
	readonly name: FeedTableName;
	readonly columns: readonly Column[];
	readonly key: readonly string[];
	/** Further indexes, each a list of columns. */
	readonly indexes?: readonly (readonly string[])[];
}

export type FeedTableName =
	| "dataset"
	| "area"
	| "source"
	| "file"
	| "quarantine"
	| "geography"
	| "fact"
	| "fact_revision"
	| "claim"
	| "facility"
	| "facility_report"
	| "dispatch_order"
	| "dispatch_step"
	| "alert_rule"
	| "alert_state"
	| "item"
	| "stock_decision"
	| "stock_line"
	| "stock_lot";

/** Raised whenever a table changes in a way an older workstation cannot apply. */
export const FEED_SCHEMA_VERSION = 11;

const integer = (name: string): Column => ({ name, type: "integer" });
const real = (name: string): Column => ({ name, type: "real" });
const text = (name: string): Column => ({ name, type: "text" });
const nullable = (column: Column): Column => ({ ...column, nullable: true });

/** Cells of facts and claims: month-major, so that a day's update and an area's series both stay local on disk. */
const cell = [
	integer("indicator"),
	integer("month"),
	integer("area"),
	integer("day"),
];

/** An item at a facility on a day, in the order of reports of facilities. */
const shelf = [
	integer("month"),
	integer("day"),
	integer("facility"),
	text("item"), // id of the catalogue
];
const shelfKey = ["month", "day", "facility", "item"];

export const FEED_TABLES: readonly FeedTable[] = [
	{
		// key -> JSON text: "exercise" (boolean), "label", "title", "seed", "first_day", "last_day"
		name: "dataset",
		columns: [text("key"), text("value")],
		key: ["key"],
	},
	{
		// id: a surrogate given by the hub once and never reused; the code is the name of the place in its scheme
		name: "area",
		columns: [
			integer("id"),
			text("code"),
			integer("level"), // 0 nation, 1 province, 2 regency (kabupaten/kota), 3 district (kecamatan), 4 village (kelurahan)
			text("name"),
			nullable(integer("parent")),
			nullable(real("lat")),
			nullable(real("lng")),
			nullable(text("valid_from")),
			nullable(text("valid_to")),
			text("successors"), // JSON array of codes
			nullable(text("bps_code")),
			nullable(integer("population")),
			nullable(integer("population_year")),
			nullable(text("population_source")), // "census-2020", "census-2020-divided", or what an import said
		],
		key: ["id"],
		indexes: [["code"], ["parent"]],
	},
	{
		name: "source",
		columns: [
			integer("id"),
			text("key"),
			text("id_name"),
			text("en_name"),
			text("id_order"), // the stated place of this source in the order of sources, in words
			text("en_order"),
			integer("rank"), // 1 is asked first
			text("cadence"), // core/quality/cadence
		],
		key: ["id"],
	},
	{
		name: "file",
		columns: [
			integer("id"),
			integer("source"),
			text("connector"),
			text("name"),
			text("sha256"),
			integer("bytes"),
			integer("received_at"), // ms since 1970 UTC: when the hub took it in
			nullable(integer("as_of")), // day the file speaks as of, when it says so
			integer("lines"), // of the file: the sum of the next three
			integer("accepted"), // lines taken in
			integer("quarantined"), // lines that could not be used
			integer("skipped"), // lines that say nothing: the header, empty ones, deleted rows
			text("remarks"), // JSON: what was noticed of the file as a whole (core/quality/file-remark.ts)
			text("withdrawals"), // JSON [{"from": day, "to": day | null}]: when the file was not known; null: it still is not
		],
		key: ["id"],
	},
	{
		name: "quarantine",
		columns: [
			integer("id"),
			integer("file"),
			nullable(integer("line")), // 1-based line in the file
			nullable(text("column")),
			text("reason"), // "unknown-area", "two-areas", "negative", "not-a-day", "not-a-number", "columns", "encoding", "no-bridge", ...
			text("found"),
			text("expected"),
			integer("alike"), // errors of the file with this reason in this column; only the first ten are in the table
		],
		key: ["id"],
		indexes: [["file"]],
	},
	{
		// Boundaries imported at the hub. Without the row of the kabupaten/kota the workstation shows its built-in, approximate ones.
		name: "geography",
		columns: [
			text("id"), // "regencies", or "districts-35": the kecamatan of a province
			integer("approximate"), // 0 | 1
			text("source"),
			text("licence"),
			text("topojson"),
		],
		key: ["id"],
	},
	{
		// The value shown for a cell, chosen by a rule. value null: expected but not reported.
		name: "fact",
		columns: [
			...cell,
			nullable(real("value")),
			nullable(integer("source")), // null for a sum over several sources
			integer("rule"),
			integer("marks"),
			integer("as_of"), // day on which this value became known
			nullable(integer("reporting")), // areas in a sum
			nullable(integer("expected")), // areas expected in a sum
		],
		key: ["indicator", "month", "area", "day"],
	},
	{
		// What a fact was before: same cell, older as_of.
		name: "fact_revision",
		columns: [
			...cell,
			integer("as_of"),
			nullable(real("value")),
			nullable(integer("source")),
			integer("rule"),
			integer("marks"),
			nullable(integer("reporting")),
			nullable(integer("expected")),
		],
		key: ["indicator", "month", "area", "day", "as_of"],
	},
	{
		// What one source said of a cell, kept whatever the rule chose. Only changes: an unchanged repetition adds no row.
		name: "claim",
		columns: [
			...cell,
			integer("source"),
			integer("as_of"),
			integer("file"),
			integer("line"),
			real("value"),
			integer("marks"),
		],
		key: ["indicator", "month", "area", "day", "source", "as_of", "file"],
	},
	{
		name: "facility",
		columns: [
			integer("id"),
			text("code"),
			text("kind"), // core/facilities FACILITY_KINDS
			text("name"),
			integer("area"),
			nullable(text("class")), // hospital class A..D
			integer("referral"), // 0 | 1: named a COVID-19 referral hospital
			nullable(real("lat")),
			nullable(real("lng")),
			nullable(integer("position_source")), // source that gave the position
			text("beds"), // JSON {type: beds}: as registered
		],
		key: ["id"],
		indexes: [["area"]],
	},
	{
		// What one file said of a facility and day. Rows are only added: what is known of a day is told from all of them
		// (core/facilities/known-report.ts), as known on any day, and a withdrawn file is left out by its withdrawals.
		name: "facility_report",
		columns: [
			integer("month"),
			integer("day"),
			integer("facility"),
			integer("as_of"),
			integer("file"),
			...REPORT_COLUMNS.map((name) => nullable(integer(name))),
		],
		key: ["month", "day", "facility", "as_of", "file"],
	},
	{
		// An order to send supplies from a warehouse. What it stands at is told from its steps (core/logistics/order.ts).
		name: "dispatch_order",
		columns: [
			text("id"),
			integer("serial"), // with the year and the warehouse the number on its papers
			integer("year"),
			integer("from_facility"),
			integer("to_facility"),
			text("handover"), // "pushed" | "fetched"
			text("carriage"), // "road" | "sea" | "air"
			nullable(text("plan")), // address of the plan that it was made from
		],
		key: ["id"],
	},
	{
		// A step of an order. Rows are only added: a step taken back is followed by one that says so.
		name: "dispatch_step",
		columns: [
			text("order_id"),
			integer("number"),
			text("kind"),
			integer("day"), // on which it was done
			integer("at"), // ms since 1970 UTC: when the hub heard of it
			text("person"), // name to sign in with
			text("display"),
			text("content"), // JSON by kind: {"lines": …} or {"lots": …, "due": …}
			text("note"),
		],
		key: ["order_id", "number"],
	},
	{
		// Versions of the items of the catalogue: the newest applies, whatever day is asked for.
		name: "item",
		columns: [
			text("id"),
			integer("version"), // from 1 on
			nullable(integer("at")), // ms since 1970 UTC; null, as the person: as the product is shipped
			nullable(text("person")),
			text("reason"),
			text("body"), // JSON: Item of core/logistics/item
		],
		key: ["id", "version"],
	},
	{
		// Versions of the rules by which alerts are raised: each decides from its day on (core/epidemic/area-alerts spansOf).
		name: "alert_rule",
		columns: [
			text("rule"),
			integer("version"), // from 1 on
			nullable(integer("from_day")), // the first day of which it decides; null: of all
			nullable(integer("at")), // ms since 1970 UTC; null, as the person: as the product is shipped
			nullable(text("person")),
			text("reason"),
			text("body"), // JSON: AlertRuleBody of core/epidemic/alert-rule
		],
		key: ["rule", "version"],
	},
	{
		// What persons did with alerts. Rows are only added; the newest number of an alert says how it stands.
		name: "alert_state",
		columns: [
			text("rule"),
			integer("area"),
			integer("day"), // on which the alert was raised
			integer("number"),
			integer("at"), // ms since 1970 UTC
			text("person"),
			text("reason"),
			text("change"), // JSON: AlertChange of core/epidemic/alert-standing
			text("standing"), // JSON: AlertStanding, after it
			text("seen"), // JSON: version of the rule, figure and threshold that were on the screen
		],
		key: ["rule", "area", "day", "number"],
	},
	{
		// One item at one facility on the day of a count, as a sheet of stock has it. Rows are only added, as in facility_report.
		name: "stock_line",
		columns: [
			...shelf,
			integer("as_of"),
			integer("file"),
			integer("line"),
			integer("first_day"), // of the period of which the sheet tells what was received and used; `day` is its last
			nullable(real("opening")),
			nullable(real("received")),
			nullable(real("used")),
			nullable(real("closing")), // counted at the end of `day`
			nullable(real("in_transit")),
			nullable(real("requested")),
		],
		key: [...shelfKey, "as_of", "file"],
	},
	{
		// The lots of which the count of a line is made, as far as the sheet names them.
		name: "stock_lot",
		columns: [
			...shelf,
			integer("as_of"),
			integer("file"),
			text("lot"),
			real("units"),
			nullable(integer("expires")), // last day on which it may be used; null: does not expire, or is not known
		],
		key: [...shelfKey, "as_of", "file", "lot"],
	},
	{
		// What a person decided of a doubtful count; the newest number applies, while the count is still the one that was looked at.
		name: "stock_decision",
		columns: [
			...shelf,
			integer("number"),
			integer("at"), // ms since 1970 UTC
			text("person"),
			text("verdict"), // "accepted", "refused", "open": taken back
			real("stated"), // the count that was looked at
			nullable(real("value")), // what counts instead; null: nothing
			text("reason"),
		],
		key: [...shelfKey, "number"],
	},
];

export function feedTable(name: FeedTableName): FeedTable {
	return found(
		FEED_TABLES.find((table) => table.name === name),
		`feed table ${name}`,
	);
}

/** SQLite DDL of a feed table: STRICT, clustered on its key. */
export function sqliteTable(table: FeedTable): string {
	const columns = table.columns.map(
		({ name, type, nullable: empty }) =>
			`"${name}" ${type.toUpperCase()}${empty ? "" : " NOT NULL"}`,
	);
	const key = table.key.map((name) => `"${name}"`).join(", ");
	return `CREATE TABLE "${table.name}" (${columns.join(", ")}, PRIMARY KEY (${key})) STRICT, WITHOUT ROWID`;
}

/** SQLite DDL of the further indexes of a feed table. */
export function sqliteIndexes(table: FeedTable): string[] {
	return (table.indexes ?? []).map(
		(columns) =>
			`CREATE INDEX "${table.name}_${columns.join("_")}" ON "${table.name}" (${columns.map((name) => `"${name}"`).join(", ")})`,
	);
}
