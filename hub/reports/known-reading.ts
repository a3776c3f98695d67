import type pg from "pg";
import { newestReadingTables } from "../store/reading-tables.ts";
import type { Connector, KnownReading } from "./connector.ts";
import { type Dhis2Metadata, NO_METADATA } from "./dhis2-metadata.ts";
import type { ReadingRow, ReadingTableName } from "./reading-tables.ts";

/** The name under which imported metadata of DHIS2 is kept beside the tables. */
export const DHIS2_METADATA = "dhis2-metadata";

/** The tables by which connectors read, in the order in which their versions stand behind the name of a file. */
export const READ_BY: Readonly<
	Record<string, readonly (ReadingTableName | typeof DHIS2_METADATA)[]>
> = {
	dhis2: [DHIS2_METADATA, "dhis2-units", "dhis2-elements"],
	"fhir-lab": ["lab-codes", "lab-places"],
};

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
	const ofEach = <One>(
		what: (name: string) => One,
	): Record<ReadingTableName, One> => ({
		"dhis2-units": what("dhis2-units"),
		"dhis2-elements": what("dhis2-elements"),
		"lab-codes": what("lab-codes"),
		"lab-places": what("lab-places"),
	});
	const versionOf = (name: string) => kept.get(name)?.version ?? 0;
	return {
		versions: {
			...ofEach(versionOf),
			[DHIS2_METADATA]: versionOf(DHIS2_METADATA),
		},
		metadata:
			metadata === undefined
				? NO_METADATA
				: (JSON.parse(metadata) as Dhis2Metadata),
		tables: ofEach(rowsOf),
	};
}
