import { type Command, InvalidArgumentError } from "commander";
import { csvText } from "../../core/writing/csv.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { type PutBy, putReadingTable } from "../intake/import-reading.ts";
import type { KnownReading } from "../reports/connector.ts";
import { readKnownReading } from "../reports/known-reading.ts";
import {
	isReadingTable,
	READING_TABLES,
	type ReadingRow,
	type ReadingTableName,
} from "../reports/reading-tables.ts";
import {
	newestReadingTables,
	readingTableVersions,
} from "../store/reading-tables.ts";
import { noteAuditHead } from "../write/audit-head.ts";
import { noteAtTerminal, terminalAccount } from "../write/terminal-trail.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const NAMES = Object.keys(READING_TABLES) as ReadingTableName[];

/** Adds `tables list|show|open|put`: by what codes of other systems are read. */
export function registerTables(program: Command): void {
	const tables = program
		.command("tables")
		.description(
			"by what codes of other systems (DHIS2, laboratories) are read: which unit is which area, which element is which indicator",
		);
	withData(tables.command("list"))
		.description("the tables, and who put each of them when and why")
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				const kept = await newestReadingTables(db.pool);
				for (const name of NAMES) {
					const newest = kept.get(name);
					say(
						`${name}  ${newest ? `version ${newest.version}, ${JSON.parse(newest.content).length} rows, ${new Date(newest.at).toISOString()} ${newest.person}: ${newest.reason}` : "empty"}\n    ${READING_TABLES[name].about}`,
					);
				}
				return EXIT.done;
			}),
		);
	withData(tables.command("show"))
		.description("a table as CSV, on the standard output")
		.argument("<name>", NAMES.join(", "), tableNamed)
		.option("--version <n>", "as it was in this version", parseVersion)
		.action(
			(name: ReadingTableName, options: DataOption & { version?: number }) =>
				withDatabase(options, async (db) => {
					const versions = await readingTableVersions(db.pool, name);
					const one =
						options.version === undefined
							? versions[0]
							: versions.find(({ version }) => version === options.version);
					if (!one && options.version !== undefined) {
						complain(`${name} has no version ${options.version}`);
						return EXIT.failed;
					}
					write(name, one ? (JSON.parse(one.content) as ReadingRow[]) : []);
					return EXIT.done;
				}),
		);
	withData(tables.command("open"))
		.description(
			"what the imported metadata names and the table does not say yet, as CSV to be filled in and put below its rows",
		)
		.argument("<name>", "dhis2-units, dhis2-elements", tableNamed)
		.action((name: ReadingTableName, options: DataOption) =>
			withDatabase(options, async (db) => {
				write(name, openRows(name, await readKnownReading(db.pool)));
				return EXIT.done;
			}),
		);
	withData(tables.command("put"))
		.description(
			"put a table, CSV or XLSX, in the place of the one before, which is kept; a file that was taken in before and whose rows could not be read can then be taken in again",
		)
		.argument("<name>", NAMES.join(", "), tableNamed)
		.argument("<file>")
		.requiredOption("--reason <text>", "why, as it is kept with the version")
		.action(
			(
				name: ReadingTableName,
				file: string,
				options: DataOption & { reason: string },
			) =>
				withDatabase(options, async (db, dataFolder) => {
					const { done } = await putReadingTable(
						db,
						loadAreaTree(),
						name,
						file,
						putHere(options.reason),
					);
					await noteAuditHead(db.pool, dataFolder);
					say(`Put ${done}`);
					return EXIT.done;
				}),
		);
}

/** Who puts something here and now, with its row of the audit trail. */
export function putHere(reason: string): PutBy {
	const at = Date.now();
	return {
		...{ at, person: terminalAccount(), reason },
		record: (client, { table, version, before, after }) =>
			noteAtTerminal(client, {
				...{ at, name: "put-reading-table", reason },
				subject: `reading-table:${table}`,
				request: JSON.stringify({ table, version }),
				before: JSON.stringify({ rows: before }),
				after: JSON.stringify({ rows: after, version }),
			}),
	};
}

/** Rows of what is known and not said yet; what is to be said is empty. */
function openRows(
	name: ReadingTableName,
	{ metadata, tables }: KnownReading,
): ReadingRow[] {
	const isSaid = (column: string, { id, code }: { id: string; code: string }) =>
		tables[name].some(
			(row) => row[column] === id || (code !== "" && row[column] === code),
		);
	if (name === "dhis2-units")
		return metadata.units
			.filter((unit) => !isSaid("orgUnit", unit))
			.map(({ id, name: nama }) => ({ orgUnit: id, kode: "", nama }));
	if (name !== "dhis2-elements") return [];
	return metadata.elements
		.filter((element) => !isSaid("dataElement", element))
		.map(({ id, name: nama }) => ({
			...{ dataElement: id, categoryOptionCombo: "*", indicator: "" },
			...{ counts: "", since: "", nama },
		}));
}

function write(name: ReadingTableName, rows: readonly ReadingRow[]): void {
	const { columns } = READING_TABLES[name];
	process.stdout.write(
		csvText([
			columns,
			...rows.map((row) => columns.map((column) => row[column] ?? "")),
		]),
	);
}

function tableNamed(name: string): ReadingTableName {
	if (!isReadingTable(name))
		throw new InvalidArgumentError(`There is ${NAMES.join(", ")}.`);
	return name;
}

function parseVersion(text: string): number {
	if (!/^[1-9]\d{0,6}$/.test(text))
		throw new InvalidArgumentError("A number of 1 or more.");
	return Number(text);
}
