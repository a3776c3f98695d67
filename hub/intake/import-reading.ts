import { readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import type { AreaTree } from "../../core/areas/tree.ts";
import {
	type Dhis2Metadata,
	readDhis2Metadata,
	withMetadata,
} from "../reports/dhis2-metadata.ts";
import { DHIS2_METADATA, readKnownReading } from "../reports/known-reading.ts";
import {
	READING_TABLES,
	type ReadingTableName,
	readReadingTable,
} from "../reports/reading-tables.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { addReadingTable } from "../store/reading-tables.ts";
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
	const { units, elements, options } = read;
	return inTransaction(db.pool, async (client) => {
		const { metadata, tables } = await readKnownReading(client);
		const joined = withMetadata(metadata, read);
		const version = await addReadingTable(client, {
			...by,
			name: DHIS2_METADATA,
			content: JSON.stringify(joined),
		});
		await by.record?.(client, {
			...{ table: DHIS2_METADATA, version },
			...{ before: sizeOf(metadata), after: sizeOf(joined) },
		});
		const said = new Set(
			tables["dhis2-elements"].map(({ dataElement }) => dataElement),
		);
		const unsaid = elements.filter(
			({ id, code }) => !said.has(id) && !said.has(code),
		);
		return {
			done: `metadata of DHIS2: ${units.length} organisation units, ${elements.length} data elements, ${options.length} category option combos; nothing of contacts or users is kept`,
			errors: [],
			notes: unsaid.map(
				({ id, code, name }) =>
					`${id}${code === "" ? "" : ` (${code})`} ${name}: the table dhis2-elements does not say which indicator it is, and it is not read`,
			),
		};
	});
}

/**
 * Puts a table by which files are read in the place of the one before.
 * @throws ImportError with everything that is wrong with it: then nothing is changed
 */
export async function putReadingTable(
	db: HubDatabase,
	tree: AreaTree,
	name: ReadingTableName,
	file: string,
	by: PutBy,
): Promise<Imported> {
	const read = readReadingTable(name, readFileSync(file), tree);
	if ("errors" in read) {
		const lines = read.errors
			.slice(0, TOLD)
			.map(
				({ line, column, found, expected }) =>
					`${line === null ? "file" : `line ${line}`}${column === null ? "" : `, ${column}`}: found ${found}; expected ${expected}`,
			);
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
	return inTransaction(db.pool, async (client) => {
		const { tables } = await readKnownReading(client);
		const version = await addReadingTable(client, {
			...by,
			name,
			content: JSON.stringify(read.rows),
		});
		await by.record?.(client, {
			...{ table: name, version },
			...{ before: tables[name].length, after: read.rows.length },
		});
		return {
			done: `${name}, version ${version}: ${read.rows.length} rows (${READING_TABLES[name].about})`,
			errors: [],
			notes: [],
		};
	});
}

function sizeOf({ units, elements, options }: Dhis2Metadata): number {
	return units.length + elements.length + options.length;
}
