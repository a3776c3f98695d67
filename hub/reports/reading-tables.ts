import { type AreaCode, parseAreaCode } from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { readTable } from "../../core/reading/table.ts";
import { dayFromIso } from "../../core/series/day.ts";
import { indicatorByKey, isIndicatorKey } from "../../core/series/indicator.ts";
import { asCsv } from "./read-workbook.ts";
import type { RowError } from "./report.ts";

/** A row of a table by which files of another system are read: a text by column. */
export type ReadingRow = Readonly<Record<string, string>>;

/** What stands in a table for something that is known and on purpose not read. */
export const LEFT_OUT = "not-read";
/** What stands for all category option combos of a data element, whose counts are added up. */
export const ALL_COMBOS = "*";

/** What a code of a laboratory may mean. */
const LAB_MEANINGS = {
	test: ["nucleic-acid", LEFT_OUT],
	result: ["positive", "negative", "inconclusive"],
} as const;

interface ReadingTable {
	/** For whoever fills it in. */
	about: string;
	columns: readonly string[];
	/** Columns that may be empty or missing. */
	optional: readonly string[];
	/** Columns that no two rows have alike. */
	key: readonly string[];
	/** What is wrong with a row whose other columns are filled: the column, and what is expected there. */
	check(row: ReadingRow, tree: AreaTree): [string, string] | null;
}

/**
 * The tables by which codes of other systems are read, kept by the hub in versions: nobody but a person says which organisation unit is which
 * area, or which data element is which indicator.
 */
export const READING_TABLES = {
	"dhis2-units": {
		about:
			"which organisation unit of DHIS2 is which area, where its own code does not say so",
		columns: ["orgUnit", "kode", "nama"],
		optional: ["nama"],
		key: ["orgUnit"],
		check: ({ kode = "" }, tree) =>
			kode === LEFT_OUT || isArea(kode, tree)
				? null
				: [
						"kode",
						`a dotted Kemendagri code such as 35.07, or ${LEFT_OUT} for a unit that is not read`,
					],
	},
	"dhis2-elements": {
		about:
			"which data element and category option combo of DHIS2 is which indicator",
		columns: [
			...["dataElement", "categoryOptionCombo", "indicator", "counts"],
			...["since", "nama"],
		],
		optional: ["counts", "since", "nama"],
		key: ["dataElement", "categoryOptionCombo"],
		check: checkElement,
	},
	"lab-codes": {
		about:
			"which code of a laboratory is which test or result, beside LOINC 94500-6 and SNOMED CT",
		columns: ["use", "system", "code", "means"],
		optional: [],
		key: ["use", "system", "code"],
		check: ({ use = "", means = "" }) => {
			const known: readonly string[] | undefined =
				use === "test" || use === "result" ? LAB_MEANINGS[use] : undefined;
			if (!known) return ["use", "test or result"];
			return known.includes(means) ? null : ["means", known.join(", ")];
		},
	},
	"lab-places": {
		about:
			"which organisation in a bundle is which registered laboratory, by an identifier, or where it has none by its name with the system `name`",
		columns: ["system", "value", "kode_lab"],
		optional: [],
		key: ["system", "value"],
		check: () => null,
	},
} as const satisfies Record<string, ReadingTable>;

export type ReadingTableName = keyof typeof READING_TABLES;

export const READING_TABLE_NAMES = Object.keys(
	READING_TABLES,
) as ReadingTableName[];

/** The name under which imported metadata of DHIS2 is kept beside the tables. */
export const DHIS2_METADATA = "dhis2-metadata";

/** What is kept in versions: the tables, and the imported metadata. */
export type KeptName = ReadingTableName | typeof DHIS2_METADATA;
export const KEPT_NAMES: readonly KeptName[] = [
	...READING_TABLE_NAMES,
	DHIS2_METADATA,
];

/** Those of which no row speaks, by the id or the code in a column. */
export function unsaid<One extends { id: string; code: string }>(
	rows: readonly ReadingRow[],
	column: string,
	all: readonly One[],
): One[] {
	const said = new Set(rows.map((row) => row[column]));
	return all.filter(({ id, code }) => !said.has(id) && !said.has(code));
}

/** How the counts of an element stand to the indicator: up to the day (or the state on it) as it counts, or those of the day alone. */
export const ELEMENT_COUNTS = ["total", "new"] as const;

function checkElement({
	indicator = "",
	counts = "",
	since = "",
}: ReadingRow): [string, string] | null {
	if (indicator === LEFT_OUT)
		return counts === "" && since === ""
			? null
			: ["counts", `nothing beside the indicator ${LEFT_OUT}`];
	if (!isIndicatorKey(indicator) || indicatorByKey(indicator).derived)
		return [
			"indicator",
			`the key of an indicator that is stated, such as confirmed, or ${LEFT_OUT} for an element that is not read`,
		];
	if (counts !== "total" && counts !== "new")
		return [
			"counts",
			"total (counts up to the day, or the state on it) or new (counts of the day alone)",
		];
	if (counts === "total")
		return since === "" ? null : ["since", "nothing beside counts total"];
	if (indicatorByKey(indicator).kind !== "cumulative")
		return [
			"counts",
			`total: ${indicator} is a state of the day, which is not added up`,
		];
	return dayFromIso(since) === undefined
		? [
				"since",
				"the first day of the counts of each day, such as 2020-03-01: before it there were none, and from it on they are added up",
			]
		: null;
}

function isArea(text: string, tree: AreaTree): boolean {
	const code: AreaCode | undefined = parseAreaCode(text);
	return code !== undefined && tree.get(code) !== undefined;
}

/** A cell is a code, a name or a day. */
const LONGEST_CELL = 300;

/**
 * Reads a table by which files are read, CSV or the first sheet of a workbook.
 * @returns its rows; or everything that is wrong with it, and then nothing of it is to be used: half a table would leave out in silence
 */
export function readReadingTable(
	name: ReadingTableName,
	bytes: Uint8Array,
	tree: AreaTree,
): { rows: ReadingRow[] } | { errors: RowError[] } {
	const { columns, optional }: ReadingTable = READING_TABLES[name];
	const sheet = asCsv(bytes);
	if ("error" in sheet) return { errors: [sheet.error] };
	const table = readTable(sheet.csv, [
		{
			required: columns.filter((column) => !optional.includes(column)),
			optional: [...optional],
		},
	]);
	const rows = table.rows.map(({ line, cells }) => ({
		line,
		row: Object.fromEntries(
			columns.map((column) => [column, (cells[column] ?? "").trim()]),
		),
	}));
	const errors = [...table.errors, ...faultsIn(name, rows, tree)];
	return errors.length > 0 ? { errors } : { rows: rows.map(({ row }) => row) };
}

/** What is wrong with rows that were a table once, each called by its place, from 1 on; by the rules and areas of today. */
export function faultsOfRows(
	name: ReadingTableName,
	rows: readonly ReadingRow[],
	tree: AreaTree,
): RowError[] {
	const numbered = rows.map((row, at) => ({ line: at + 1, row }));
	return faultsIn(name, numbered, tree);
}

function faultsIn(
	name: ReadingTableName,
	all: readonly { line: number; row: ReadingRow }[],
	tree: AreaTree,
): RowError[] {
	const { columns, optional, key, check }: ReadingTable = READING_TABLES[name];
	const errors: RowError[] = [];
	const rows: ReadingRow[] = [];
	const lines = new Map<string, number>();
	for (const { line, row } of all) {
		const fail = (
			column: string,
			expected: string,
			reason: RowError["reason"] = "columns",
		) =>
			errors.push({
				...{ line, column, reason, expected },
				found: excerpt(row[column] ?? ""),
			});
		const empty = columns.find(
			(column) => row[column] === "" && !optional.includes(column),
		);
		const long = columns.find(
			(column) => (row[column] ?? "").length > LONGEST_CELL,
		);
		const wrong = empty === undefined ? check(row, tree) : null;
		const own = JSON.stringify(key.map((column) => row[column]));
		const before = lines.get(own);
		if (empty !== undefined)
			fail(empty, "a value: a line that is not decided yet is left out");
		else if (long !== undefined)
			fail(long, `at most ${LONGEST_CELL} characters`);
		else if (wrong) fail(...wrong);
		else if (before !== undefined)
			fail(
				key[0] as string,
				`each once; it stands in line ${before} too`,
				"duplicate-row",
			);
		else {
			lines.set(own, line);
			rows.push(row);
		}
	}
	if (name === "dhis2-elements")
		errors.push(
			...allAndSome(rows, lines),
			...countedOtherwise(rows, lines),
			...fromSeveral(rows, "indicator", "dataElement", (row) =>
				lines.get(JSON.stringify([row.dataElement, row.categoryOptionCombo])),
			),
		);
	if (name === "dhis2-units")
		errors.push(
			...fromSeveral(rows, "kode", "orgUnit", ({ orgUnit }) =>
				lines.get(JSON.stringify([orgUnit])),
			),
		);
	return errors;
}

/** An element that is read with all its combos cannot be read by single ones too: they would be counted twice. */
function allAndSome(
	rows: readonly ReadingRow[],
	lines: ReadonlyMap<string, number>,
): RowError[] {
	const all = new Set(
		rows
			.filter(({ categoryOptionCombo }) => categoryOptionCombo === ALL_COMBOS)
			.map(({ dataElement }) => dataElement),
	);
	return rows
		.filter(
			({ dataElement, categoryOptionCombo }) =>
				categoryOptionCombo !== ALL_COMBOS && all.has(dataElement),
		)
		.map(({ dataElement = "", categoryOptionCombo = "" }) => ({
			line:
				lines.get(JSON.stringify([dataElement, categoryOptionCombo])) ?? null,
			column: "categoryOptionCombo",
			reason: "columns" as const,
			found: categoryOptionCombo,
			expected: `no single combo of ${dataElement}, all of which (${ALL_COMBOS}) are read by another line`,
		}));
}

/**
 * An indicator is of one element, and an area of one unit: counts of several are not added up, and of two that differ the one that was changed last
 * would stand for both.
 */
function fromSeveral(
	rows: readonly ReadingRow[],
	of: string,
	from: string,
	lineOf: (row: ReadingRow) => number | undefined,
): RowError[] {
	const first = new Map<string, string>();
	return rows.flatMap((row): RowError[] => {
		const { [of]: what = "", [from]: whose = "" } = row;
		if (what === LEFT_OUT) return [];
		const before = first.get(what) ?? whose;
		first.set(what, before);
		return before === whose
			? []
			: [
					{
						...{ line: lineOf(row) ?? null, column: of },
						...{ reason: "duplicate-row", found: what },
						expected: `${LEFT_OUT} here, or there: ${excerpt(before)} is ${what} already, and what two of them count is not added up`,
					},
				];
	});
}

/** Combos of one element that are added up to one indicator are counted alike, and from one day on. */
function countedOtherwise(
	rows: readonly ReadingRow[],
	lines: ReadonlyMap<string, number>,
): RowError[] {
	const first = new Map<string, ReadingRow>();
	return rows.flatMap((row): RowError[] => {
		const { dataElement = "", categoryOptionCombo = "", indicator } = row;
		if (indicator === LEFT_OUT) return [];
		const key = JSON.stringify([dataElement, indicator]);
		const before = first.get(key) ?? row;
		first.set(key, before);
		return before.counts === row.counts && before.since === row.since
			? []
			: [
					{
						line:
							lines.get(JSON.stringify([dataElement, categoryOptionCombo])) ??
							null,
						...{ column: "counts", reason: "columns" },
						found: `${row.counts} ${row.since}`.trim(),
						expected: `${before.counts} ${before.since}, as the other combos of ${dataElement} that are added up to ${indicator}`,
					},
				];
	});
}
