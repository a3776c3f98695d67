import path from "node:path";
import type pg from "pg";
import type { AreaTree } from "../../core/areas/tree.ts";
import {
	type Dhis2Metadata,
	METADATA_EXPECTED,
	NO_METADATA,
	readDhis2Metadata,
	withMetadata,
} from "../reports/dhis2-metadata.ts";
import { READ_BY, readKnownReading } from "../reports/known-reading.ts";
import {
	DHIS2_METADATA,
	faultsOfRows,
	type KeptName,
	READING_TABLES,
	type ReadingRow,
	type ReadingTableName,
	readReadingTable,
	unsaid,
} from "../reports/reading-tables.ts";
import type { RowError } from "../reports/report.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	addReadingTable,
	lockReadingTables,
	outdatedReadings,
	readingTableVersions,
} from "../store/reading-tables.ts";
import {
	bytesOf,
	ImportError,
	type Imported,
	refused,
	withColumns,
} from "./import-reference.ts";

/** Who puts something at the hub, when, and why. */
export interface PutBy {
	at: number;
	person: string;
	reason: string;
	/** Adds what was done to the audit trail, in the same transaction. */
	record?(client: pg.PoolClient, change: ReadingChange): Promise<void>;
}

/** A table that was put, and how many rows it had before and has now. */
export interface ReadingChange {
	table: string;
	version: number;
	before: number;
	after: number;
	/** The older version that was put again; null where a file was put. */
	restored: number | null;
}

/** The metadata of a whole country with all its units; a file of more than this is something else. */
const LARGEST_METADATA = 256 * 1024 * 1024;

/**
 * Imports organisation units, data elements and category option combos of DHIS2, beside those that were known before.
 * @throws ImportError where the file is none of its metadata
 */
export async function importDhis2(
	db: HubDatabase,
	file: string,
	by: PutBy,
): Promise<Imported> {
	const read = readDhis2Metadata(
		bytesOf(file, METADATA_EXPECTED, LARGEST_METADATA),
	);
	if ("error" in read)
		throw new ImportError(
			`${path.basename(file)}: found ${read.error.found}; expected ${read.error.expected}`,
		);
	return inTransaction(db.pool, async (client) => {
		// Of two that are imported at once the later one is put beside what the earlier one holds.
		await lockReadingTables(client);
		const { metadata, tables } = await readKnownReading(client);
		const { version, isUnchanged, notes } = await putVersion(
			client,
			by,
			DHIS2_METADATA,
			withMetadata(metadata, read),
		);
		return {
			done: `metadata of DHIS2${isUnchanged ? `, unchanged, as version ${version} has all of it` : ""}: ${countsIn(read)}; nothing of contacts or users is kept`,
			errors: [],
			notes: [
				...notes,
				...unsaid(tables["dhis2-elements"], "dataElement", read.elements).map(
					({ id, code, name }) =>
						`${id}${code === "" ? "" : ` (${code})`} ${name}: the table dhis2-elements does not say which indicator it is, and it is not read`,
				),
			],
		};
	});
}

/**
 * Puts a table by which files are read in the place of the one before.
 * @param mayBeEmpty whether a table without rows is meant; else it is refused, since by it nothing is read any more
 * @throws ImportError with everything that is wrong with it: then nothing is changed
 */
export async function putReadingTable(
	db: HubDatabase,
	tree: AreaTree,
	name: ReadingTableName,
	file: string,
	by: PutBy,
	mayBeEmpty = false,
): Promise<Imported> {
	const read = readReadingTable(
		name,
		bytesOf(file, withColumns(READING_TABLES[name].columns)),
		tree,
	);
	const why = `${path.basename(file)}: the table ${name} was not changed`;
	if ("errors" in read) throw refused(why, read.errors.map(faultInLine));
	if (read.rows.length === 0 && !mayBeEmpty)
		throw refused(why, [
			"it has no row, and would empty the table; --empty says that this is meant",
		]);
	return inTransaction(db.pool, async (client) => {
		await lockReadingTables(client);
		return putWhole(client, by, name, read.rows, null);
	});
}

/**
 * Puts an older version of a table, or of the imported metadata, in the place of the newest.
 * @param version 0: as it was before the first, empty
 * @throws ImportError where there is no such version, or its rows are not those of a table any more
 */
export async function restoreReadingTable(
	db: HubDatabase,
	tree: AreaTree,
	name: KeptName,
	version: number,
	by: PutBy,
): Promise<Imported> {
	return inTransaction(db.pool, async (client) => {
		await lockReadingTables(client);
		const versions = await readingTableVersions(client, name);
		const older = versions.find((one) => one.version === version);
		if (versions.length === 0 || (version !== 0 && !older))
			throw new ImportError(
				`${name} has ${versions.length === 0 ? "no version: nobody has put it yet" : `no version ${version}; there are 1 to ${versions[0]?.version}, and 0 for as it was before the first`}`,
			);
		const empty = name === DHIS2_METADATA ? NO_METADATA : [];
		const then: Kept = older ? JSON.parse(older.content) : empty;
		const wrong =
			name === DHIS2_METADATA
				? []
				: faultsOfRows(name, then as readonly ReadingRow[], tree);
		if (wrong.length > 0)
			throw refused(
				`${name}: version ${version} is no table by the rules of today, and nothing was changed`,
				wrong.map(faultInLine),
			);
		return putWhole(client, by, name, then, version);
	});
}

/** What a version holds. */
type Kept = readonly ReadingRow[] | Dhis2Metadata;

/** @param restored the older version that is put again; null where a file is put */
async function putWhole(
	client: pg.PoolClient,
	by: PutBy,
	name: KeptName,
	content: Kept,
	restored: number | null,
): Promise<Imported> {
	const { version, isUnchanged, notes } = await putVersion(
		client,
		by,
		name,
		content,
		restored,
	);
	const how = isUnchanged
		? `unchanged, version ${version}`
		: `version ${version}${restored === null ? "" : `, as version ${restored} was`}`;
	const about =
		name === DHIS2_METADATA ? "" : ` (${READING_TABLES[name].about})`;
	return {
		done: `${name}, ${how}: ${heldInWords(content)}${about}`,
		errors: [],
		notes,
	};
}

/** Adds a version, if it says otherwise than the newest, with its row of the trail and what is to be read anew. */
async function putVersion(
	client: pg.PoolClient,
	by: PutBy,
	name: KeptName,
	content: Kept,
	restored: number | null = null,
): Promise<{ version: number; isUnchanged: boolean; notes: string[] }> {
	const { version, isUnchanged, before } = await addReadingTable(client, {
		...by,
		...{ name, content: JSON.stringify(content) },
	});
	if (isUnchanged) return { version, isUnchanged, notes: [] };
	await by.record?.(client, {
		...{ table: name, version, restored },
		before: before === null ? 0 : sizeOf(JSON.parse(before)),
		after: sizeOf(content),
	});
	return { version, isUnchanged, notes: await toBeReadAnew(client, name) };
}

/** What is to be done about files that were read by an older version of a table that was just put. */
async function toBeReadAnew(
	client: pg.PoolClient,
	table: string,
): Promise<string[]> {
	const files = (await outdatedReadings(client, READ_BY)).filter(({ readBy }) =>
		readBy.has(table),
	);
	return files.length === 0
		? []
		: [
				`${files.length} stored files were read by an older version, and what they stated stands until they are given again or withdrawn; \`hub tables list\` names them`,
			];
}

function faultInLine({ line, column, found, expected }: RowError): string {
	return `${line === null ? "file" : `line ${line}`}${column === null ? "" : `, ${column}`}: found ${found}; expected ${expected}`;
}

/** `3 rows`, or `3 organisation units, 4 data elements, 3 category option combos` */
export function heldInWords(content: Kept): string {
	return "units" in content ? countsIn(content) : `${content.length} rows`;
}

function countsIn({ units, elements, options }: Dhis2Metadata): string {
	return `${units.length} organisation units, ${elements.length} data elements, ${options.length} category option combos`;
}

function sizeOf(content: Kept): number {
	if (!("units" in content)) return content.length;
	const { units, elements, options } = content;
	return units.length + elements.length + options.length;
}
