import type pg from "pg";
import { newestReadingTables } from "../store/reading-tables.ts";
import type { Connector, KnownReading } from "./connector.ts";
import { type Dhis2Metadata, NO_METADATA } from "./dhis2-metadata.ts";
import {
	DHIS2_METADATA,
	KEPT_NAMES,
	type KeptName,
	READING_TABLE_NAMES,
	type ReadingRow,
} from "./reading-tables.ts";

/** The tables by which connectors read, in the order in which their versions stand behind the name of a file. */
export const READ_BY: Readonly<Record<string, readonly KeptName[]>> = {
	dhis2: [DHIS2_METADATA, "dhis2-units", "dhis2-elements"],
	"fhir-lab": ["lab-codes", "lab-places"],
};

export function isReadByTables({ key }: Pick<Connector, "key">): boolean {
	return Object.hasOwn(READ_BY, key);
}

/**
 * By which tables of the hub the files of a connector are read: `dhis2 2.1.4`, also those of which nothing can be taken. Read by others the same
 * bytes are another file, as `Connector.reading` has it.
 * @returns undefined where it reads by none
 */
export function readingOf(
	{ key, source }: Pick<Connector, "key" | "source">,
	known: KnownReading | undefined,
): string | undefined {
	const tables = READ_BY[key];
	return (
		known &&
		tables &&
		`${source.key} ${tables.map((name) => known.versions[name]).join(".")}`
	);
}

/** What the hub holds of the codes of other systems: the newest version of each table, and the imported metadata. */
export async function readKnownReading(
	client: pg.Pool | pg.PoolClient,
): Promise<KnownReading> {
	const kept = await newestReadingTables(client);
	const metadata = kept.get(DHIS2_METADATA)?.content;
	const rowsOf = (name: string): ReadingRow[] => {
		const content = kept.get(name)?.content;
		return content === undefined ? [] : JSON.parse(content);
	};
	return {
		versions: ofEach(KEPT_NAMES, (name) => kept.get(name)?.version ?? 0),
		metadata:
			metadata === undefined
				? NO_METADATA
				: (JSON.parse(metadata) as Dhis2Metadata),
		tables: ofEach(READING_TABLE_NAMES, rowsOf),
	};
}

function ofEach<Name extends string, One>(
	names: readonly Name[],
	what: (name: Name) => One,
): Record<Name, One> {
	return Object.fromEntries(names.map((name) => [name, what(name)])) as Record<
		Name,
		One
	>;
}
