import { type Command, InvalidArgumentError } from "commander";
import { csvText } from "../../core/writing/csv.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import {
	heldInWords,
	type PutBy,
	putReadingTable,
	restoreReadingTable,
} from "../intake/import-reading.ts";
import type { Imported } from "../intake/import-reference.ts";
import type { KnownReading } from "../reports/connector.ts";
import { READ_BY, readKnownReading } from "../reports/known-reading.ts";
import {
	ALL_COMBOS,
	DHIS2_METADATA,
	KEPT_NAMES,
	type KeptName,
	READING_TABLE_NAMES,
	READING_TABLES,
	type ReadingRow,
	type ReadingTableName,
	unsaid,
} from "../reports/reading-tables.ts";
import type { HubDatabase } from "../store/database.ts";
import {
	newestReadingTables,
	type OutdatedReading,
	outdatedReadings,
	type ReadingTableVersion,
	readingTableVersions,
} from "../store/reading-tables.ts";
import { parseReason, putAtTerminal, REASON } from "./put-at-terminal.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** The tables of which the imported metadata names what they do not say yet. */
const OPENED = ["dhis2-units", "dhis2-elements"] as const;
type OpenedName = (typeof OPENED)[number];

/** Of the files that were read by an older version so many are named with each table; `status` names all. */
const SHOWN = 20;

/** Adds `tables list|show|open|put|restore`: by what codes of other systems are read. */
export function registerTables(program: Command): void {
	const tables = program
		.command("tables")
		.description(
			"by what codes of other systems (DHIS2, laboratories) are read: which unit is which area, which element is which indicator",
		);
	withData(tables.command("list"))
		.description(
			"the tables and the imported metadata of DHIS2, who put each of them when and why, and which stored files were read by an older version",
		)
		.argument(
			"[name]",
			`all versions of one of ${KEPT_NAMES.join(", ")}, the newest first`,
			keptNamed,
		)
		.action((name: KeptName | undefined, options: DataOption) =>
			withDatabase(options, async (db) => {
				if (name !== undefined) {
					const versions = await readingTableVersions(db.pool, name);
					for (const one of versions) say(versionInWords(one));
					if (versions.length === 0) say("nobody has put it yet");
					return EXIT.done;
				}
				const kept = await newestReadingTables(db.pool);
				const outdated = await outdatedReadings(db.pool, READ_BY);
				for (const name of KEPT_NAMES) {
					const newest = kept.get(name);
					say(`${name}  ${newest ? versionInWords(newest) : "empty"}`);
					say(
						`    ${name === DHIS2_METADATA ? "what DHIS2 says of its own units, elements and combos (`hub import dhis2`)" : READING_TABLES[name].about}`,
					);
					tellOutdated(
						outdated.filter(({ readBy }) => readBy.has(name)),
						name,
					);
				}
				return EXIT.done;
			}),
		);
	withData(tables.command("show"))
		.description("a table as CSV, on the standard output")
		.argument("<name>", READING_TABLE_NAMES.join(", "), tableNamed)
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
		.argument("<name>", OPENED.join(", "), openedNamed)
		.action((name: OpenedName, options: DataOption) =>
			withDatabase(options, async (db) => {
				write(name, openRows(name, await readKnownReading(db.pool)));
				return EXIT.done;
			}),
		);
	withData(tables.command("put"))
		.description(
			"put a table, CSV or XLSX, in the place of the one before, which is kept; a file that was taken in before is read by it once it is given again",
		)
		.argument("<name>", READING_TABLE_NAMES.join(", "), tableNamed)
		.argument("<file>")
		.requiredOption("--reason <text>", REASON, parseReason)
		.option(
			"--empty",
			"a table without rows is meant: nothing is read by it any more",
		)
		.action(
			(
				name: ReadingTableName,
				file: string,
				options: DataOption & { reason: string; empty?: boolean },
			) =>
				putting("Put", options, (db, by) =>
					putReadingTable(db, loadAreaTree(), name, file, by, options.empty),
				),
		);
	withData(tables.command("restore"))
		.description(
			"put an older version of a table, or of the imported metadata of DHIS2, again, as a newer version; `list NAME` has all versions",
		)
		.argument("<name>", KEPT_NAMES.join(", "), keptNamed)
		.argument(
			"<version>",
			"its number; 0 for as it was before the first, empty",
			(text: string) => (text === "0" ? 0 : parseVersion(text)),
		)
		.requiredOption("--reason <text>", REASON, parseReason)
		.action(
			(
				name: KeptName,
				version: number,
				options: DataOption & { reason: string },
			) =>
				putting("Restored", options, (db, by) =>
					restoreReadingTable(db, loadAreaTree(), name, version, by),
				),
		);
}

/** `version 2, 3 rows, 2020-06-01T05:00:00.000Z rini@hub: first table` */
function versionInWords({
	version,
	at,
	person,
	reason,
	content,
}: ReadingTableVersion): string {
	return `version ${version}, ${heldInWords(JSON.parse(content))}, ${new Date(at).toISOString()} ${person}: ${reason}`;
}

function tellOutdated(files: readonly OutdatedReading[], table: string): void {
	if (files.length === 0) return;
	say(
		"    read by an older version; give these files again, or withdraw them (`hub withdraw`):",
	);
	for (const file of files.slice(0, SHOWN))
		say(
			`      #${file.id} ${file.name}: version ${file.readBy.get(table)}, received ${new Date(file.receivedAt).toISOString()}, ${file.accepted} rows known`,
		);
	if (files.length > SHOWN)
		say(`      … and ${files.length - SHOWN} more: \`hub status\` names all`);
}

/** Puts or restores a table, and says what stands now. */
function putting(
	how: "Put" | "Restored",
	options: DataOption & { reason: string },
	put: (db: HubDatabase, by: PutBy) => Promise<Imported>,
): Promise<void> {
	return withDatabase(options, async (db, dataFolder) => {
		const { done, notes } = await putAtTerminal(
			db,
			dataFolder,
			options.reason,
			(by) => put(db, by),
		);
		say(`${how} ${done}`);
		for (const note of notes) say(`  remark: ${note}`);
		return EXIT.done;
	});
}

/** Rows of what is known and not said yet; what is to be said is empty. */
function openRows(
	name: OpenedName,
	{ metadata, tables }: KnownReading,
): ReadingRow[] {
	return name === "dhis2-units"
		? unsaid(tables[name], "orgUnit", metadata.units).map(
				({ id, name: nama }) => ({ orgUnit: id, kode: "", nama }),
			)
		: unsaid(tables[name], "dataElement", metadata.elements).map(
				({ id, name: nama }) => ({
					...{ dataElement: id, categoryOptionCombo: ALL_COMBOS },
					...{ indicator: "", counts: "", since: "", nama },
				}),
			);
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

const tableNamed = (name: string) => oneOf(READING_TABLE_NAMES, name);
const keptNamed = (name: string) => oneOf(KEPT_NAMES, name);
const openedNamed = (name: string) =>
	oneOf(
		OPENED,
		name,
		" No imported metadata names what the other tables leave out.",
	);

/** @param why said behind the names that there are */
function oneOf<Name extends string>(
	names: readonly Name[],
	name: string,
	why = "",
): Name {
	const known = names.find((one) => one === name);
	if (known === undefined)
		throw new InvalidArgumentError(`There is ${names.join(", ")}.${why}`);
	return known;
}

function parseVersion(text: string): number {
	if (!/^[1-9]\d{0,6}$/.test(text))
		throw new InvalidArgumentError("A number of 1 or more.");
	return Number(text);
}
