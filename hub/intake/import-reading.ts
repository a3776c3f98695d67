import { readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import type { AreaTree } from "../../core/areas/tree.ts";
import {
	type Dhis2Metadata,
	NO_METADATA,
	readDhis2Metadata,
	withMetadata,
} from "../reports/dhis2-metadata.ts";
import {
	DHIS2_METADATA,
	READ_BY,
	readKnownReading,
} from "../reports/known-reading.ts";
import {
	faultsOfRows,
	READING_TABLES,
	type ReadingRow,
	type ReadingTableName,
	readReadingTable,
} from "../reports/reading-tables.ts";
import type { RowError } from "../reports/report.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	addReadingTable,
	outdatedReadings,
	readingTableVersions,
} from "../store/reading-tables.ts";
import { ImportError, type Imported } from "./import-reference.ts";

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

/** Errors that are told one by one. */
const TOLD = 20;

/**
 * Imports organisation units, data elements and category option combos of DHIS2, beside those that were known before.
 * @throws ImportError where the file is none of its metadata
 */
export async function importDhis2(
	db: HubDatabase,
	file: string,
	by: PutBy,
): Promise<Imported> {
	const read = readDhis2Metadata(readFileSync(file));
	if ("error" in read)
		throw new ImportError(
			`${path.basename(file)}: found ${read.error.found}; expected ${read.error.expected}`,
		);
	const { elements } = read;
	return inTransaction(db.pool, async (client) => {
		const { metadata, tables } = await readKnownReading(client);
		const joined = withMetadata(metadata, read);
		const { version, isUnchanged } = await addReadingTable(client, {
			...by,
			name: DHIS2_METADATA,
			content: JSON.stringify(joined),
		});
		if (!isUnchanged)
			await by.record?.(client, {
				...{ table: DHIS2_METADATA, version, restored: null },
				...{ before: sizeOf(metadata), after: sizeOf(joined) },
			});
		const said = new Set(
			tables["dhis2-elements"].map(({ dataElement }) => dataElement),
		);
		const unsaid = elements.filter(
			({ id, code }) => !said.has(id) && !said.has(code),
		);
		return {
			done: `metadata of DHIS2${isUnchanged ? `, unchanged, as version ${version} has all of it` : ""}: ${countsIn(read)}; nothing of contacts or users is kept`,
			errors: [],
			notes: [
				...(isUnchanged ? [] : await toBeReadAnew(client, DHIS2_METADATA)),
				...unsaid.map(
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
	const read = readReadingTable(name, readFileSync(file), tree);
	if ("errors" in read) {
		const lines = read.errors.slice(0, TOLD).map(faultInLine);
		throw new ImportError(
			[
				`${path.basename(file)}: the table ${name} was not changed`,
				...lines,
				...(read.errors.length > TOLD
					? [`… ${read.errors.length} errors in all`]
					: []),
			].join("\n"),
		);
	}
	if (read.rows.length === 0 && !mayBeEmpty)
		throw new ImportError(
			`${path.basename(file)}: the table ${name} was not changed\nit has no row, and would empty the table; --empty says that this is meant`,
		);
	return inTransaction(db.pool, (client) =>
		putRows(client, name, read.rows, by, null),
	);
}

/**
 * Puts an older version of a table, or of the imported metadata, in the place of the newest.
 * @param version 0: as it was before the first, empty
 * @throws ImportError where there is no such version, or its rows are not those of a table any more
 */
export async function restoreReadingTable(
	db: HubDatabase,
	tree: AreaTree,
	name: ReadingTableName | typeof DHIS2_METADATA,
	version: number,
	by: PutBy,
): Promise<Imported> {
	return inTransaction(db.pool, async (client) => {
		const versions = await readingTableVersions(client, name);
		const older = versions.find((one) => one.version === version);
		if (versions.length === 0 || (version !== 0 && !older))
			throw new ImportError(
				`${name} has ${versions.length === 0 ? "no version: nobody has put it yet" : `no version ${version}; there are 1 to ${versions[0]?.version}, and 0 for as it was before the first`}`,
			);
		if (name === DHIS2_METADATA) {
			const { metadata } = await readKnownReading(client);
			const then: Dhis2Metadata = older
				? JSON.parse(older.content)
				: NO_METADATA;
			const added = await addReadingTable(client, {
				...by,
				name,
				content: JSON.stringify(then),
			});
			if (!added.isUnchanged)
				await by.record?.(client, {
					...{ table: name, version: added.version, restored: version },
					...{ before: sizeOf(metadata), after: sizeOf(then) },
				});
			return {
				done: `${name}, ${added.isUnchanged ? `unchanged, version ${added.version}` : `version ${added.version}, as version ${version} was`}: ${countsIn(then)}`,
				errors: [],
				notes: added.isUnchanged ? [] : await toBeReadAnew(client, name),
			};
		}
		const rows: ReadingRow[] = older ? JSON.parse(older.content) : [];
		const wrong = faultsOfRows(name, rows, tree);
		if (wrong.length > 0)
			throw new ImportError(
				[
					`${name}: version ${version} is no table by the rules of today, and nothing was changed`,
					...wrong.slice(0, TOLD).map(faultInLine),
				].join("\n"),
			);
		return putRows(client, name, rows, by, version);
	});
}

/** @param restored the older version whose rows these are, if they are */
async function putRows(
	client: pg.PoolClient,
	name: ReadingTableName,
	rows: readonly ReadingRow[],
	by: PutBy,
	restored: number | null,
): Promise<Imported> {
	const { tables } = await readKnownReading(client);
	const { version, isUnchanged } = await addReadingTable(client, {
		...by,
		name,
		content: JSON.stringify(rows),
	});
	if (!isUnchanged)
		await by.record?.(client, {
			...{ table: name, version, restored },
			...{ before: tables[name].length, after: rows.length },
		});
	const how = isUnchanged
		? `unchanged, version ${version}`
		: `version ${version}${restored === null ? "" : `, as version ${restored} was`}`;
	return {
		done: `${name}, ${how}: ${rows.length} rows (${READING_TABLES[name].about})`,
		errors: [],
		notes: isUnchanged ? [] : await toBeReadAnew(client, name),
	};
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

/** `3 organisation units, 4 data elements, 3 category option combos` */
export function countsIn({ units, elements, options }: Dhis2Metadata): string {
	return `${units.length} organisation units, ${elements.length} data elements, ${options.length} category option combos`;
}

function sizeOf({ units, elements, options }: Dhis2Metadata): number {
	return units.length + elements.length + options.length;
}
