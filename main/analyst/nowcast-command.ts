/** `nowcast`: how many events of the last days will be known later, from dated revisions. */

import { type Command, InvalidArgumentError, Option } from "commander";
import {
	type Delays,
	type NowcastDay,
	nowcast,
} from "../../core/epidemic/nowcast.ts";
import {
	LONGEST_DELAY,
	type Revision,
	reportingTriangle,
} from "../../core/epidemic/reporting-triangle.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import {
	numberArgument,
	type OutputOptions,
	pastDayArgument,
	today,
	wholeArgument,
	withOutput,
} from "./epidemic-options.ts";
import { mostPeople } from "./known-people.ts";
import {
	cellError,
	dayCell,
	FileError,
	peopleCell,
	type ResultRow,
	readTable,
	requireColumn,
	requireDistinct,
	SpelledNames,
	type TableFile,
	writeRows,
} from "./series-file.ts";
import { tell } from "./terminal.ts";

type NowcastOptions = OutputOptions & {
	event: string;
	asOf: string;
	count: string;
	area?: string;
	reports?: boolean;
	now?: Day;
	longestDelay: number;
	window?: number;
	level: number;
	minimumCompleteness: number;
	delays: Delays;
};

/** Reports by delay become counts as known on each day. */
function cumulateReports(reports: readonly Revision[]): Revision[] {
	const byDay = Map.groupBy(reports, ({ eventDay }) => eventDay);
	return [...byDay.values()].flatMap((list) => {
		let known = 0;
		const { eventDay } = list[0] as Revision;
		// Of single reports none by then is none, where of counts it is silence.
		const begins = list.some(({ asOf }) => asOf === eventDay)
			? []
			: [{ eventDay, asOf: eventDay, count: 0 }];
		return [...begins, ...list]
			.toSorted((a, b) => a.asOf - b.asOf)
			.map(({ eventDay, asOf, count }) => {
				known += count;
				return { eventDay, asOf, count: known };
			});
	});
}

/**
 * The counts of a table by area, each event day and day of report once. A count that is written twice says it once; two different
 * ones, or new reports written twice (they may be the same events or others), are refused.
 * @throws FileError
 */
function readRevisions(
	table: TableFile,
	options: NowcastOptions,
): Map<string, Revision[]> {
	const columns = [options.event, options.asOf, options.count, options.area];
	for (const column of columns)
		if (column !== undefined) requireColumn(table, column);
	requireDistinct(table, columns);
	const names = new SpelledNames();
	const latest = today();
	const byArea = new Map<string, Revision[]>();
	const seen = new Map<string, { line: number; count: number }>();
	for (const row of table.rows) {
		const area =
			options.area === undefined ? "" : names.read(table, row, options.area);
		const eventDay = dayCell(table, row, options.event, latest);
		const asOf = dayCell(table, row, options.asOf, latest);
		if (asOf < eventDay)
			throw cellError(
				table,
				row,
				options.asOf,
				`${isoFromDay(eventDay)}, the day of the event, or later`,
			);
		const count = peopleCell(table, row, options.count, mostPeople(area));
		if (Number.isNaN(count)) continue;
		const key = `${eventDay}/${asOf}/${area}`;
		const before = seen.get(key);
		if (before) {
			if (!options.reports && before.count === count) continue;
			throw new FileError(
				`${table.path}, rows ${before.line} and ${row.line}: found ${before.count} and ${count} for ${area ? `${area}, ` : ""}${isoFromDay(eventDay)} ${options.reports ? "reported" : "as known"} on ${isoFromDay(asOf)}, expected one`,
			);
		}
		seen.set(key, { line: row.line, count });
		const list = byArea.get(area);
		if (list) list.push({ eventDay, asOf, count });
		else byArea.set(area, [{ eventDay, asOf, count }]);
	}
	return byArea;
}

function nowcastRow(estimate: NowcastDay): ResultRow {
	const shown = estimate.status === "estimated" ? estimate : undefined;
	return {
		observed: estimate.observed,
		completeness: estimate.completeness,
		status: estimate.status,
		reason: estimate.status === "not-estimable" ? estimate.reason : undefined,
		estimate: shown?.estimate,
		sd: shown && Math.sqrt(shown.variance),
		low: shown?.low,
		high: shown?.high,
	};
}

async function runNowcast(
	input: string,
	options: NowcastOptions,
): Promise<void> {
	const table = await readTable(input);
	const byArea = readRevisions(table, options);
	const rows: ResultRow[] = [];
	for (const [area, entries] of byArea) {
		const revisions = options.reports ? cumulateReports(entries) : entries;
		const now =
			options.now ??
			revisions.reduce((latest, { asOf }) => Math.max(latest, asOf), 0);
		const firstDay = revisions.reduce(
			(first, { eventDay }) => Math.min(first, eventDay),
			Number.POSITIVE_INFINITY,
		);
		if (now < firstDay)
			throw new InvalidArgumentError(
				`--now: found ${isoFromDay(now)}, expected ${isoFromDay(firstDay)}, the first event${area ? ` of ${area}` : ""}, or later`,
			);
		const { triangle, corrections } = reportingTriangle(revisions, {
			firstDay,
			now,
			longestDelay: options.longestDelay,
		});
		if (corrections.length > 0)
			tell(
				`${area ? `${area}: ` : ""}${corrections.length} revisions downward, taken from the newest reports of their day\n`,
			);
		for (const [index, estimate] of nowcast(triangle, {
			window: options.window,
			level: options.level,
			minimumCompleteness: options.minimumCompleteness,
			delays: options.delays,
		}).entries())
			rows.push({
				...(options.area ? { area } : {}),
				date: isoFromDay(firstDay + index),
				...nowcastRow(estimate),
			});
	}
	await writeRows(rows, options, {
		why: `${input} has no count in column ${options.count}`,
	});
}

/** Adds `nowcast` to the program. */
export function registerNowcastCommand(program: Command): void {
	withOutput(
		program
			.command("nowcast")
			.description(
				"How many events of the last days will be known once all reports are in (Lawless 1994), from counts as known on later days.",
			)
			.argument(
				"<input>",
				"CSV or JSON rows: day of the event, day on which the count was known, count",
			)
			.option(
				"--event <column>",
				"column with the day of the event",
				"event_date",
			)
			.option(
				"--as-of <column>",
				"column with the day on which it was known",
				"as_of",
			)
			.option("--count <column>", "column with the count", "count")
			.option(
				"--area <column>",
				"column with the area, when there are several",
			),
	)
		.option(
			"--reports",
			"each row counts events newly reported on that day, not the count known by then",
		)
		.option(
			"--now <date>",
			"what was known on this day (default: the last one)",
			pastDayArgument,
		)
		.option(
			"--longest-delay <days>",
			"delays longer than this are folded into it",
			wholeArgument(0, LONGEST_DELAY),
			14,
		)
		.option(
			"--window <days>",
			"learn the delays from the last days only (default: all)",
			wholeArgument(1, 20_000),
		)
		.addOption(
			new Option(
				"--delays <which>",
				"learn the delays for each weekday of the event, or alike for all",
			)
				.choices(["by-weekday", "alike"])
				.default("by-weekday"),
		)
		.option("--level <share>", "coverage of the interval", numberArgument, 0.95)
		.option(
			"--minimum-completeness <share>",
			"least share reported for an estimate",
			numberArgument,
			0.15,
		)
		.action(runNowcast);
}
