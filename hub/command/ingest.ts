import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { CONNECTORS } from "../connectors/all.ts";
import { MAPPED_TABLE } from "../connectors/mapped-table.ts";
import { type Ingested, ingest } from "../intake/ingest.ts";
import type { TakenIn } from "../intake/store-reports.ts";
import type { Connector } from "../reports/connector.ts";
import type { RowError } from "../reports/report.ts";
import { readerOf } from "../roads/reader.ts";
import { type HubDatabase, isDatabaseLost } from "../store/database.ts";
import { readDataset } from "../store/dataset-state.ts";
import { complain, say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** Kinds of errors of one file that are written out; the first of each kind are in quarantine all the same. */
const SHOWN = 12;

/** A file of reports is smaller; what is larger is something else, and would fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Adds `ingest CONNECTOR FILE…`. */
export function registerIngest(program: Command): void {
	withData(program.command("ingest"))
		.description(
			"take in source files; rows that cannot be used go to quarantine",
		)
		.argument("<connector>", "the format of the files", connectorNamed)
		.argument("<file...>", "files of that format")
		.option(
			"--as-of <day>",
			"day the files speak as of, where neither they nor their names say so",
			parseDay,
		)
		.option(
			"--label <label=day>",
			'what a label stands for that says another day, such as "09 Desember 2021=2022-01-09"; as often as there are such labels',
			parseLabel,
		)
		.option(
			"--source <key>",
			`the source of tables of the format ${MAPPED_TABLE}`,
		)
		.addHelpText(
			"after",
			`\nConnectors:\n  ${MAPPED_TABLE} --source KEY\n      Any table whose columns were mapped for its source (on the screen Integrasi)\n${CONNECTORS.map(({ key, describes }) => `  ${key}\n      ${describes}`).join("\n")}`,
		)
		.action(
			(
				named: Connector | typeof MAPPED_TABLE,
				files: string[],
				options: DataOption & {
					asOf?: Day;
					label?: Map<string, Day>;
					source?: string;
				},
			) =>
				withDatabase(options, async (db) => {
					const connector =
						named === MAPPED_TABLE
							? await connectorOf(db, options.source)
							: named;
					if (typeof connector === "string") {
						complain(connector);
						return EXIT.failed;
					}
					if (options.label && !connector.labelled) {
						complain(
							`--label: the files of ${connector.key} do not label days in words`,
						);
						return EXIT.failed;
					}
					if ((await readDataset(db.pool)).exercise) {
						complain(
							"This hub holds an exercise (LATIHAN); real reports need one of their own: another --data folder, or `reset`.",
						);
						return EXIT.failed;
					}
					const tree = loadAreaTree();
					let bad = 0;
					let failed = 0;
					for (const file of files.flatMap(filesNamed)) {
						const bytes = contents(file);
						if (typeof bytes === "string") {
							complain(`${file}: ${bytes}; the other files go on`);
							bad++;
							continue;
						}
						const given = {
							path: path.resolve(file),
							bytes,
							receivedAt: Date.now(),
							asOf: options.asOf ?? null,
							...(options.label ? { labels: options.label } : {}),
						};
						try {
							const taken = await ingest(db, connector, tree, given);
							tellOf(file, taken);
							if (!taken.duplicate) bad += taken.faults.length;
						} catch (error) {
							// Everything of this file was rolled back, unless the database was lost over the answer to the commit.
							complain(
								`${file}: ${(error as Error).message}; ${
									isDatabaseLost(error)
										? "take it in again: what was stored is not stored twice"
										: "nothing of it was stored"
								}, the other files go on`,
							);
							failed++;
						}
					}
					if (failed > 0) return EXIT.failed;
					return bad > 0 ? EXIT.incomplete : EXIT.done;
				}),
		);
}

/** The files that an argument names. Windows hands `*.csv` on as it was typed; other systems have put the names in its place. */
export function filesNamed(given: string): string[] {
	if (!/[*?]/.test(given) || existsSync(given)) return [given];
	const found = globSync(given).sort();
	return found.length > 0 ? found : [given];
}

function tellOf(file: string, taken: Ingested): void {
	const isGivenUp = taken.accepted === 0 && taken.replaced.length > 0;
	if (taken.duplicate && !isGivenUp) {
		say(
			taken.withdrawn === null
				? `${file}: taken in before, nothing changed`
				: `${file}: taken in before and withdrawn on ${isoFromDay(taken.withdrawn)}, nothing changed; \`hub restore\` brings it back`,
		);
		return;
	}
	say(`${file}: ${linesInWords(taken)}`);
	for (const { kept, count } of taken.faults.slice(0, SHOWN))
		say(
			`  ${faultInWords(kept[0])}${count > 1 ? ` (and ${count - 1} more such)` : ""}`,
		);
	if (taken.repeats !== null)
		say(
			`  says of everything what ${taken.repeats} of an earlier day says: the same table again, kept and not heard; \`hub restore\` lets it be heard`,
		);
	for (const { id, name } of taken.replaced)
		say(
			isGivenUp
				? `  ${name} (#${id}), read by an older version of its tables, is withdrawn: a person has changed them since, and it is not to be trusted; \`hub restore "#${id}"\` brings it back`
				: `  ${name}, the older reading of it, is withdrawn`,
		);
	if (isGivenUp)
		say(
			`  nothing of this file is known now: ${taken.quarantined === 0 ? "its tables leave out all of it" : "by its tables as they are nothing of it can be taken in; mend them and give it again"}`,
		);
	for (const name of taken.repeatedBy)
		say(`  ${name} of a later day says the same: it is not heard any more`);
	for (const remark of taken.remarks) say(`  remark: ${remarkInWords(remark)}`);
	if (taken.faults.length > SHOWN)
		say(`  … and ${taken.faults.length - SHOWN} more kinds of errors`);
}

/** `20 lines: 17 taken in, 2 in quarantine, 1 skipped (header 1)`: the three are the lines of the file. */
export function linesInWords({
	lines,
	accepted,
	quarantined,
	skipped,
	skippedFor,
}: Pick<
	TakenIn,
	"lines" | "accepted" | "quarantined" | "skipped" | "skippedFor"
>): string {
	const why = Object.entries(skippedFor)
		.map(([reason, count]) => `${reason} ${count}`)
		.join(", ");
	return `${lines} lines: ${accepted} rows taken in, ${quarantined} in quarantine, ${skipped} skipped${why === "" ? "" : ` (${why})`}`;
}

export function remarkInWords(remark: FileRemark): string {
	if ("method" in remark)
		return `${remark.exact} hospitals have the very name of a registered one; ${remark.byScore.length} were joined by spelling (${remark.method})${remark.byScore.map(({ said, name, code, score }) => `\n    ${inOneLine(said)} = ${name} (${code}, ${score})`).join("")}`;
	if ("sheetsUnread" in remark)
		return `only its first sheet was read: ${remark.sheetsUnread.map(inOneLine).join(", ")} hold something too, of which nothing was taken in`;
	if ("drift" in remark)
		return `is otherwise than the table of its mapping, and was read all the same: ${remark.drift
			.map(
				({ kind, column, found }) =>
					`${kind}${column === null ? "" : ` ${inOneLine(column)}`} (${inOneLine(found)})`,
			)
			.join("; ")}`;
	if ("withoutDay" in remark)
		return `counts cases that it cannot put on a day, which are in no figure: ${Object.entries(
			remark.withoutDay,
		)
			.map(([key, count]) => `${count} ${key}`)
			.join(", ")}`;
	if ("usual" in remark)
		return `has ${remark.facilities} facilities where the files before had ${remark.usual}: those that are missing did not report`;
	if ("label" in remark) {
		const days = remark.possible.map(isoFromDay);
		return `"${remark.label}" breaks the order of the file: ${remark.rows} rows held back${days.length === 0 ? "" : `, which stand where ${days.join(" or ")} belongs`}`;
	}
	const day = isoFromDay(remark.day);
	return "terms" in remark
		? `from ${day} on ${remark.terms.join(" and ")} mean something else; they end the day before, and are kept in the rows as they came`
		: `the table of ${day} is that of the day before: ${remark.areas} areas that were growing stand still in all counts`;
}

export function faultInWords({
	line,
	column,
	reason,
	found,
	expected,
}: RowError): string {
	return `${line === null ? "file" : `line ${line}`}${column === null ? "" : `, ${column}`}: ${reason}; found ${inOneLine(excerpt(found))}; expected ${expected}`;
}

const inOneLine = (text: string): string => text.replace(/\s+/g, " ");

/** The bytes of a file, or why it cannot be read. */
export function contents(file: string): Buffer | string {
	try {
		const stat = statSync(file);
		const { size } = stat;
		// A device or a pipe may never end.
		if (!stat.isFile()) return "is no file";
		if (size > MOST_BYTES)
			return `${Math.round(size / 1024 / 1024)} MB is more than a file of reports has (at most ${MOST_BYTES / 1024 / 1024} MB)`;
		return readFileSync(file);
	} catch (error) {
		return `cannot be read (${(error as NodeJS.ErrnoException).code})`;
	}
}

/** The reader of the tables of a source, by the mapping that applies; or why there is none. */
async function connectorOf(
	db: HubDatabase,
	key: string | undefined,
): Promise<Connector | string> {
	if (key === undefined)
		return `--source: ${MAPPED_TABLE} asks for the key of the source whose mapping reads the files`;
	return (
		(await readerOf(db.pool, { connector: MAPPED_TABLE, source: key })) ??
		`${key}: nobody has mapped the tables of such a source yet (on the screen Integrasi)`
	);
}

function connectorNamed(key: string): Connector | typeof MAPPED_TABLE {
	if (key === MAPPED_TABLE) return key;
	const connector = CONNECTORS.find((entry) => entry.key === key);
	if (!connector)
		throw new InvalidArgumentError(
			`There is ${MAPPED_TABLE}, ${CONNECTORS.map((entry) => entry.key).join(", ")}.`,
		);
	return connector;
}

/** Reads `09 Desember 2021=2022-01-09` beside the labels read before it. */
function parseLabel(
	text: string,
	before: ReadonlyMap<string, Day> = new Map(),
): Map<string, Day> {
	const at = text.lastIndexOf("=");
	const label = text.slice(0, Math.max(at, 0)).trim();
	if (label === "")
		throw new InvalidArgumentError(
			'A label and its day are written "09 Desember 2021=2022-01-09".',
		);
	return new Map([...before, [label, parseDay(text.slice(at + 1).trim())]]);
}

export function parseDay(text: string): Day {
	const day = dayFromIso(text);
	if (day === undefined)
		throw new InvalidArgumentError("A day is written 2020-06-08.");
	return day;
}
