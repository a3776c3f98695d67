import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
	BRIDGE_COLUMNS,
	type BridgeRow,
	type CodeBridge,
	type ImportRowError,
	readBridge,
} from "../../core/areas/bridge.ts";
import { readPopulation } from "../../core/areas/population.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { readTable } from "../../core/reading/table.ts";
import { asCsv } from "../reports/read-workbook.ts";
import { readStoredBridge, storeBridge } from "../store/code-bridge.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { storePopulation } from "../store/population.ts";

/** What came of an import: lines for a person to read. */
export interface Imported {
	/** What is in the store now. */
	done: string;
	/** Rows that were refused. */
	errors: string[];
	/** Remarks on rows that were kept. */
	notes: string[];
}

/** A reference file that cannot be used at all. */
export class ImportError extends Error {
	override name = "ImportError";
}

/** Imports pairs of BPS and Kemendagri codes (`kode_bps,nama_bps,kode_dagri,nama_dagri`). */
export async function importCodes(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
): Promise<Imported> {
	const { bridge, errors, notes } = readBridgeFile(tree, file);
	await inTransaction(db.pool, (client) => storeBridge(client, bridge.pairs));
	return {
		done: `${bridge.size} pairs of BPS and Kemendagri codes`,
		errors,
		notes,
	};
}

/** The bridge of all 83,000 desa has some six megabytes; a table of more than this is something else. */
const LARGEST_TABLE = 64 * 1024 * 1024;
/** Lines that are told one by one of a file that is refused as a whole. */
const TOLD = 20;

/** Why a file is refused as a whole, with the first of its lines that are wrong, and how many there are. */
export function refused(why: string, lines: readonly string[]): ImportError {
	return new ImportError(
		[
			why,
			...lines.slice(0, TOLD),
			...(lines.length > TOLD ? [`… ${lines.length} lines in all`] : []),
		].join("\n"),
	);
}

/**
 * Reads a bridge between the codes of BPS and of Kemendagri.
 * @returns the bridge, and of each row that was left out or kept with a remark the file, line and column
 * @throws ImportError where there is no such file, no pair can be read, or the names speak of other areas than the codes
 */
export function readBridgeFile(
	tree: AreaTree,
	file: string,
): { bridge: CodeBridge; errors: string[]; notes: string[] } {
	const name = path.basename(file);
	const sheet = asCsv(bytesOf(file, withColumns(BRIDGE_COLUMNS)));
	if ("error" in sheet)
		throw new ImportError(
			`${name}: found ${sheet.error.found}; expected ${sheet.error.expected}`,
		);
	const table = readTable(sheet.csv, [
		{ required: BRIDGE_COLUMNS, optional: [] },
	]);
	const reading = readBridge(
		tree,
		table.rows.map(({ cells }) => cells as unknown as BridgeRow),
	);
	// The reading counts rows; the file may have blank or broken lines between them.
	const inFile = (entry: ImportRowError): ImportRowError => ({
		...entry,
		line: table.rows[entry.line - 2]?.line ?? entry.line,
	});
	const said = (error: Parameters<typeof inWords>[0]) =>
		`${name}, ${inWords(error)}`;
	const errors = [
		...table.errors.map(said),
		...reading.errors.map((error) => said(inFile(error))),
	];
	const notes = reading.notes.map((note) => said(inFile(note)));
	const { size } = reading.bridge;
	if (size === 0)
		throw refused(`${name}: no pair of codes could be read`, errors);
	// The published file cuts some names. Digits of one scheme are digits of the other, of other places: the names tell.
	if (notes.length > size / 4)
		throw refused(
			`${name}: found ${notes.length} of ${size} names that are not those of their kode_dagri; expected codes of BPS in kode_bps and of Kemendagri in kode_dagri (are the columns exchanged?)`,
			notes,
		);
	return { bridge: reading.bridge, errors, notes };
}

/** `a CSV or XLSX with kode,nama` */
export function withColumns(columns: readonly string[]): string {
	return `a CSV or XLSX with ${columns.join(",")}`;
}

/**
 * The bytes of a file that a person wants imported.
 * @param expected what it is to be, in words
 * @param most a file of more bytes is something else
 * @throws ImportError saying why it cannot be read at all
 */
export function bytesOf(
	file: string,
	expected: string,
	most = LARGEST_TABLE,
): Buffer {
	const name = path.basename(file);
	try {
		const found = statSync(file);
		if (!found.isFile())
			throw new ImportError(`${name}: found no file; expected ${expected}`);
		if (found.size > most)
			throw new ImportError(
				`${name}: found ${found.size} bytes; expected ${expected}, of at most ${most} bytes`,
			);
		return readFileSync(file);
	} catch (error) {
		if (error instanceof ImportError) throw error;
		throw new ImportError(
			`${name}: found no file that can be read (${(error as Error).message}); expected ${expected}`,
		);
	}
}

export interface PopulationOptions {
	/** Year of the figures; else the year in the name of the code column or file. */
	year?: number;
	/** Where the figures come from; else the name of the file. */
	source?: string;
	codeColumn?: string;
	totalColumn?: string;
}

/** Imports the people of the kabupaten/kota: a column of codes (its name says of which scheme) and a column `total`. */
export async function importPopulation(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
	options: PopulationOptions = {},
): Promise<Imported> {
	const bytes = bytesOf(
		file,
		"a CSV with a column of codes (kode_kemendagri, kode_bps) and one of people (total)",
	);
	const header = bytes
		.subarray(0, 4096)
		.toString("utf8")
		.replace(/^\ufeff/, "")
		.split(/\r?\n/)[0]
		.split(/[,;]/)
		.map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
	const code = options.codeColumn ?? onlyOne(header, /^(kode|code)/i);
	const total =
		options.totalColumn ??
		onlyOne(header, /^(total|jumlah|(jumlah_)?penduduk|population)$/i) ??
		onlyOne(header, /^(total|jumlah|penduduk|population)/i);
	if (!code || !total)
		throw new ImportError(
			`${path.basename(file)}: found the columns ${excerpt(header.join(","))}; expected one of codes (kode_kemendagri, kode_bps) and one of people (total), or --code-column and --total-column`,
		);
	// The year of the codes is not always that of the people.
	const years = new Set(`${code} ${path.basename(file)}`.match(/20\d{2}/g));
	const [only] = years.size === 1 ? years : [];
	const year = options.year ?? (only === undefined ? undefined : Number(only));
	if (year === undefined)
		throw new ImportError(
			`${path.basename(file)}: the year of the figures is not in its name, or several are (${[...years].join(", ") || "none"}); give --year`,
		);
	const table = readTable(bytes, [
		{
			required: [code, total],
			optional: header,
		},
	]);
	const reading = readPopulation(
		table.rows.map(({ cells }) => cells),
		{
			tree,
			scheme: /bps/i.test(code) ? "bps" : "kemendagri",
			bridge: (await readStoredBridge(db.pool)) ?? undefined,
			columns: { code, total },
		},
	);
	const inFile = (entry: ImportRowError): ImportRowError => ({
		...entry,
		line: table.rows[entry.line - 2]?.line ?? entry.line,
	});
	const errors = [
		...table.errors.map((error) => inWords(error)),
		...reading.errors.map((error) => inWords(inFile(error))),
	];
	const areas = [...reading.population.keys()].filter(
		(entry) => entry.length === 5,
	).length;
	if (areas === 0)
		throw new ImportError(
			[
				`${path.basename(file)}: no kabupaten/kota could be read`,
				...errors.slice(0, 20),
			].join("\n"),
		);
	await inTransaction(db.pool, (client) =>
		storePopulation(
			client,
			reading.population,
			year,
			options.source ?? path.basename(file),
		),
	);
	return {
		done: `people of ${areas} kabupaten/kota (${year})`,
		errors,
		notes: [
			...reading.notes.map((note) => inWords(inFile(note))),
			...(reading.missing.length > 0
				? [
						`nothing said of ${reading.missing.length} kabupaten/kota: ${reading.missing.slice(0, 10).join(", ")}${reading.missing.length > 10 ? ", …" : ""}`,
					]
				: []),
		],
	};
}

function inWords(error: {
	line: number | null;
	column: string | null;
	found: string;
	expected: string;
}): string {
	const place = [
		error.line === null ? "" : `line ${error.line}`,
		excerpt(error.column ?? ""),
	].filter((part) => part !== "");
	return `${place.join(", ")}: found ${excerpt(error.found)}; expected ${excerpt(error.expected)}`;
}

/** The name that fits; of several none, rather than a guess. */
function onlyOne(names: readonly string[], form: RegExp): string | undefined {
	const fitting = names.filter((name) => form.test(name.replace(/\s+/g, "_")));
	return fitting.length === 1 ? fitting[0] : undefined;
}
