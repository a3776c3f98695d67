import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { LEVELS } from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import { found } from "../../core/series/found.ts";
import { indicatorById } from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { removeUnlessHeld } from "../../machine/files/durable-file.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { loadMapShapes } from "../../resources/geography/load.ts";
import { recognise } from "../connectors/recognise.ts";
import { importBoundaries } from "../intake/import-boundaries.ts";
import { importDhis2 } from "../intake/import-reading.ts";
import {
	ImportError,
	type Imported,
	importCodes,
	importPopulation,
} from "../intake/import-reference.ts";
import { ingest, readContext } from "../intake/ingest.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	belowZero,
	conflictCounts,
	markedClaims,
	nationGaps,
	reachOfFile,
	silences,
} from "../store/defects.ts";
import { describeList } from "./describe-list.ts";
import {
	contents,
	faultInWords,
	linesInWords,
	remarkInWords,
} from "./ingest.ts";
import { complain, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** Of one kind so many are written out. */
const SHOWN = 5;

/**
 * Says of every file what is wrong in it and what is done about it: takes all of them into a hub of its own, which is thrown away, and asks
 * that one. Nothing else is changed.
 */
export async function auditFiles(paths: readonly string[]): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), "blc-audit-"));
	try {
		await withDatabase({ data: folder }, (db) => audit(db, paths), {
			apart: true,
		});
	} finally {
		if (!removeUnlessHeld(folder))
			complain(`${folder} is still in use: remove it by hand`);
	}
}

async function audit(db: HubDatabase, paths: readonly string[]) {
	const tree = loadAreaTree();
	const files = new Map<string, string>();
	for (const given of paths) {
		const under = filesUnder(given);
		if (!under) {
			complain(`${given}: no file or folder that can be read`);
			return EXIT.failed;
		}
		for (const file of under) files.set(path.resolve(file), file);
	}
	const said = new Map<string, string[]>();
	const waiting = new Set(files.values());
	const isOf = (file: string, lines: string[] | null): boolean => {
		if (!lines) return false;
		said.set(file, lines);
		return waiting.delete(file);
	};
	// What others are read by comes first: codes, then the people of areas. Each is known by its columns.
	for (const read of [importCodes, importPopulation])
		for (const file of waiting)
			if (/\.(csv|xlsx)$/i.test(file))
				isOf(file, await imported(() => read(db, tree, file)));
	for (const file of waiting)
		if (/\.(json|xml)$/i.test(file))
			isOf(
				file,
				await imported(() =>
					importDhis2(db, file, { at: Date.now(), person: "", reason: "" }),
				),
			);
	const series = new Map<string, number>();
	// Registered hospitals make others known by their names: what is of no format yet may be of one then.
	for (let before = 0; waiting.size !== before; ) {
		before = waiting.size;
		for (const file of waiting) {
			complain(`reading ${file} …`);
			isOf(file, await takenIn(db, tree, file, series));
		}
	}
	for (const file of waiting)
		if (/\.(geojson|topojson|json|shp|zip)(\.gz)?$/i.test(file))
			isOf(file, await boundaries(db, tree, file));
	for (const file of waiting) isOf(file, await described(db, tree, file));
	for (const file of waiting)
		said.set(file, [
			"of no format that is read here: nothing of it is taken in",
		]);
	complain("reconciling …");
	await inTransaction(db.pool, reconcile);
	for (const [file, id] of series)
		said.get(file)?.push(...(await inSeries(db, tree, id)));
	for (const [file, lines] of [...said].sort(([one], [other]) =>
		one < other ? -1 : 1,
	))
		tell(file, lines);
	tell("All files together", await together(db));
	return waiting.size > 0 ? EXIT.incomplete : EXIT.done;
}

function tell(subject: string, lines: readonly string[]): void {
	say("");
	say(subject);
	for (const line of lines) say(`  ${line}`);
}

/** All files at a path, in the order of their names; those that begin with a point and texts for people are none. */
function filesUnder(given: string): string[] | null {
	try {
		if (statSync(given).isFile()) return [given];
		return readdirSync(given, { recursive: true, withFileTypes: true })
			.filter(
				(entry) => entry.isFile() && !/^\.|\.(md|txt|pdf)$/i.test(entry.name),
			)
			.map((entry) => path.join(entry.parentPath, entry.name))
			.sort();
	} catch {
		return null;
	}
}

/** What came of an import; null: the file is none of its kind. */
async function imported(
	read: () => Promise<Imported>,
): Promise<string[] | null> {
	try {
		const { done, errors, notes } = await read();
		return [
			done,
			...some(errors, (line) => `refused: ${line}`),
			...some(notes, (line) => `remark: ${line}`),
		];
	} catch (error) {
		if (error instanceof ImportError) return null;
		throw error;
	}
}

/** What came of boundaries, as they are or, where they do not fit one to one, with what is done about that; null: the file is none of them. */
async function boundaries(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
): Promise<string[] | null> {
	const options = { builtIn: loadMapShapes(), now: Date.now() };
	const whole = await imported(() => importBoundaries(db, tree, file, options));
	if (whole) return whole;
	const lines = await imported(() =>
		importBoundaries(db, tree, file, { ...options, acceptGaps: true }),
	);
	return lines && ["refused as it is; with --accept-gaps:", ...lines];
}

/**
 * What of a file of reports could not be used, and what was noticed; null: it is of no format.
 * @param series where the number of a file is noted that states values of days
 */
async function takenIn(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
	series: Map<string, number>,
): Promise<string[] | null> {
	const bytes = contents(file);
	if (typeof bytes === "string") return [bytes];
	const given = { path: path.resolve(file), bytes, receivedAt: Date.now() };
	const connector = recognise(bytes, await readContext(db, tree, given, true));
	if (!connector) return null;
	const taken = await ingest(db, connector, tree, given);
	if (taken.duplicate)
		return ["the same bytes as a file before: nothing is taken in again"];
	if (taken.parsed.reports.length > 0) series.set(file, taken.fileId);
	return [
		`${connector.key}: ${linesInWords(taken)}`,
		...some(
			taken.faults,
			({ kept, count }) =>
				`not taken: ${faultInWords(kept[0])}${count > 1 ? ` (${count} such)` : ""}`,
		),
		...taken.remarks.map((remark) => `remark: ${remarkInWords(remark)}`),
	];
}

/** What a list or a file of another system is; null: it is none that is known. */
async function described(
	db: HubDatabase,
	tree: AreaTree,
	file: string,
): Promise<string[] | null> {
	const bytes = contents(file);
	if (typeof bytes === "string") return [bytes];
	const context = await readContext(db, tree, {
		path: path.resolve(file),
		receivedAt: Date.now(),
	});
	return describeList(bytes, file, tree, context);
}

const often = (count: number, word: string) =>
	`${count} ${word}${count === 1 ? "" : "s"}`;
const named = (indicator: number) =>
	found(indicatorById(indicator), `indicator ${indicator}`).key;
const on = (day: number) => isoFromDay(day as Day);

/** What is to be said of the series of a file, now that all files are known. */
async function inSeries(
	db: HubDatabase,
	tree: AreaTree,
	file: number,
): Promise<string[]> {
	const { levels, days } = await reachOfFile(db.pool, file);
	const lines = levels.map(({ level, areas }) => {
		const key = LEVELS[level];
		const all = key === "nation" ? 1 : tree.at(key).length;
		return `reach: level ${key}, ${areas} of ${all}; ${often(days.length, "day")}, ${on(days[0] ?? 0)} to ${on(days.at(-1) ?? 0)}${areas > 1 && areas < all ? "; of the others it says nothing, which is no zero" : ""}`;
	});
	lines.push(
		...some(
			gapsIn(days),
			([from, to, usual]) =>
				`gap: nothing between ${on(from)} and ${on(to)}, where it speaks every ${usual === 1 ? "day" : `${usual} days`}; no value is made up for it`,
		),
	);
	for (const { mark, word, done, against } of MARKED)
		for (const one of await markedClaims(db.pool, file, { mark, against }))
			lines.push(
				`${word}: ${named(one.indicator)}, ${often(one.count, "time")}, most in ${one.code} ${one.name} on ${on(one.day)} (${one.was} -> ${one.value}); ${done}`,
			);
	return [
		...lines,
		...some(
			await belowZero(db.pool, file),
			(one) =>
				`more recovered and dead than confirmed: ${one.code} ${one.name} on ${often(one.count, "day")} (${one.active} active on ${on(one.day)}); shown so and marked, not cut at 0`,
		),
	];
}

/** What the hub marks in what a source says, and what it does about it. */
const MARKED = [
	{
		mark: MARKS.implausibleZero,
		word: "zero after a count",
		done: "not used",
		against: "day",
	},
	{
		mark: MARKS.correction,
		word: "fall of a cumulative count",
		done: "kept, and marked as a correction",
		against: "day",
	},
	{
		mark: MARKS.restated,
		word: "past changed against an earlier file",
		done: "both are kept, each is shown as known on its day",
		against: "knowledge",
	},
] as const;

/** Times between two days that are longer than the file usually leaves: [from, to, usual step]. */
function gapsIn(days: readonly number[]): [number, number, number][] {
	const steps = days.slice(1).map((day, at) => day - (days[at] as number));
	const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
	if (usual === undefined || steps.length < 3) return [];
	return steps.flatMap((step, at): [number, number, number][] =>
		step > usual ? [[days[at] as number, days[at + 1] as number, usual]] : [],
	);
}

/** A nation has 34 provinces, one of which may be silent on a day. */
const LEAST_PROVINCES = 30;

/** Where what was said does not agree: areas that are silent, a nation and its provinces, one source and another. */
async function together(db: HubDatabase): Promise<string[]> {
	return [
		...some(
			await silences(db.pool, MARKS.silent),
			({ day, indicators, areas }) =>
				`silent on ${on(day)}: ${areas.slice(0, SHOWN).join(", ")}${areas.length > SHOWN ? ` and ${areas.length - SHOWN} more` : ""} (${indicators.map(named).join(", ")}); without a value, and sums of that day are marked as partial`,
		),
		...(await nationGaps(db.pool, LEAST_PROVINCES)).map(
			(one) =>
				`${one.source}, ${named(one.indicator)}: the nation is not the sum of its provinces on ${often(one.days, "day")} (${one.nation} and ${one.sum} on ${on(one.day)}; furthest apart, by ${one.widest}, on ${on(one.widestDay)}); the nation's own figure is shown`,
		),
		...(await conflictCounts(db.pool, MARKS.conflict)).map(
			(one) =>
				`sources differ: ${named(one.indicator)} of level ${LEVELS[one.level]} on ${often(one.count, "cell")}, ${on(one.first)} to ${on(one.last)}; the first in the order of sources is shown and marked, all are kept`,
		),
	];
}

/** The first of many in words, and how many more there are. */
function some<One>(
	all: readonly One[],
	inWords: (one: One) => string,
): string[] {
	return [
		...all.slice(0, SHOWN).map(inWords),
		...(all.length > SHOWN ? [`… and ${all.length - SHOWN} more such`] : []),
	];
}
