import type pg from "pg";
import { CONNECTORS } from "../connectors/all.ts";
import { MAPPED_TABLE, mappedTable } from "../connectors/mapped-table.ts";
import type { Connector } from "../reports/connector.ts";
import { registeredSource, standingMapping } from "../store/tables.ts";

/** What reads the files of a format, of a source; null: nobody has mapped the tables of such a source. */
export async function readerOf(
	client: pg.Pool | pg.PoolClient,
	{ connector, source: key }: { connector: string; source: string },
): Promise<Connector | null> {
	if (connector !== MAPPED_TABLE)
		return CONNECTORS.find((one) => one.key === connector) ?? null;
	const source = await registeredSource(client, key);
	const standing = await standingMapping(client, key);
	return source && standing?.mapping
		? mappedTable(source, standing.mapping, standing.version)
		: null;
}
