import { type Command, InvalidArgumentError } from "commander";
import { stillToFollow } from "../../core/feed/still-to-follow.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { indicatorById } from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { csvText } from "../../core/writing/csv.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { READ_BY } from "../reports/known-reading.ts";
import { readDataset } from "../store/dataset-state.ts";
import {
	type ConflictValue,
	conflicts,
	fileStatus,
	hubStatus,
	sourceStatus,
} from "../store/inspect.ts";
import { laboratoryCounts } from "../store/laboratory-counts.ts";
import { logHead } from "../store/publication.ts";
import { outdatedReadings } from "../store/reading-tables.ts";
import { linesInWords, parseDay, remarkInWords } from "./ingest.ts";
import { say } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

const RESULTS = ["tested", "positive", "negative", "inconclusive"] as const;

/** Adds `status`, `laboratory-counts` and `conflicts`, which change nothing. */
export function registerLook(program: Command): void {
	withData(program.command("status"))
		.description(
			"what the hub holds, what waits to be published, what is in quarantine",
		)
		.option("--files", "each file, with what became of its lines")
		.action((options: DataOption & { files?: boolean }) =>
			withDatabase(options, async (db, dataFolder) => {
				const dataset = await readDataset(db.pool);
				const status = await hubStatus(db.pool, MARKS.conflict);
				const { epoch, seq } = await logHead(db.pool);
				say(`data folder  ${dataFolder}`);
				say(
					`dataset      ${dataset.label ? `${dataset.label}: ` : ""}${dataset.title}, ${days(dataset.first_day, dataset.last_day)}`,
				);
				say(`published    ${seq} of epoch ${epoch}`);
				say(
					`waiting      ${status.waiting === 0 ? "nothing" : "changes to publish"}`,
				);
				const follow = stillToFollow(dataset);
				if (follow.length > 0)
					say(
						`follows      ${follow.join(", ")}: finish with "exercise start"`,
					);
				say(
					`facts        ${status.facts}, on ${status.conflicts} of which sources differ`,
				);
				say(`boundaries   ${status.boundaries ?? "built in, approximate"}`);
				say(
					`BPS codes    ${status.bridge === 0 ? "no bridge imported" : `${status.bridge} pairs`}`,
				);
				for (const source of await sourceStatus(db.pool))
					say(
						`source       ${source.key}: ${source.files} files, ${linesInWords(source)}; ${days(source.first_day, source.last_day)}`,
					);
				for (const { reason, errors } of status.quarantine)
					say(`quarantine   ${reason}: ${errors}`);
				for (const { id, name, day, reason } of status.withdrawn)
					say(
						`withdrawn    #${id} ${name} on ${isoFromDay(day)}${reason === "" ? "" : `: ${reason}`}`,
					);
				const files = await fileStatus(db.pool);
				for (const { id, name, remarks } of files)
					for (const remark of JSON.parse(remarks))
						say(`remark       #${id} ${name}: ${remarkInWords(remark)}`);
				for (const { id, name, readBy } of await outdatedReadings(
					db.pool,
					READ_BY,
				))
					say(
						`remark       #${id} ${name}: read by an older version of ${[...readBy.keys()].join(", ")}; give it again, or withdraw it`,
					);
				for (const file of options.files ? files : [])
					say(
						`file         #${file.id} ${file.name} (${file.source}): ${linesInWords(file)}${file.withdrawn === null ? "" : `; withdrawn on ${isoFromDay(file.withdrawn)}`}`,
					);
				return EXIT.done;
			}),
		);
	withData(program.command("laboratory-counts"))
		.description(
			"specimens by laboratory, day of the result, day of the specimen and kabupaten/kota of the patients, from bundles, as CSV; for work inside, small numbers are not hidden",
		)
		.action((options: DataOption) =>
			withDatabase(options, async (db) => {
				const head = ["kode_lab", "nama", "tanggal_hasil", "tanggal_spesimen"];
				process.stdout.write(
					csvText([
						[...head, "kode_wilayah", ...RESULTS],
						...(await laboratoryCounts(db.pool)).map((one) => [
							...[one.laboratory, one.name, isoFromDay(one.day)],
							one.specimenDay === null ? null : isoFromDay(one.specimenDay),
							one.area,
							...RESULTS.map((result) => one[result]),
						]),
					]),
				);
				return EXIT.done;
			}),
		);
	withData(program.command("conflicts"))
		.description(
			"cells on which sources differ, newest day first, with the value shown and the others",
		)
		.option("--area <code>", "only this area, such as 35")
		.option("--day <day>", "only this day", parseDay)
		.option("--limit <n>", "at most so many", parseCount, 50)
		.action(
			(options: DataOption & { area?: string; day?: Day; limit: number }) =>
				withDatabase(options, async (db) => {
					const found = await conflicts(db.pool, {
						...options,
						conflict: MARKS.conflict,
					});
					for (const cell of found)
						say(
							[
								isoFromDay(cell.day),
								cell.code,
								cell.name,
								indicatorById(cell.indicator)?.key ?? cell.indicator,
								`shown ${said(cell.shown)}`,
								...cell.others.map(said),
							].join("  "),
						);
					if (found.length === 0) say("no conflicts");
					return EXIT.done;
				}),
		);
}

function said({ source, value, reporting }: ConflictValue): string {
	return `${value} ${source}${reporting === null ? "" : ` (sum of ${reporting} areas)`}`;
}

function days(
	first: number | null | undefined,
	last: number | null | undefined,
): string {
	return first == null || last == null
		? "no days"
		: `${isoFromDay(first)} to ${isoFromDay(last)}`;
}

function parseCount(text: string): number {
	if (!/^[1-9]\d{0,6}$/.test(text))
		throw new InvalidArgumentError("A number of 1 or more.");
	return Number(text);
}
