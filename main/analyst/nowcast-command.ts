/** `nowcast`: how many events of the last days will be known later, from dated revisions. */

import type { Command } from "commander";
import { type NowcastDay, nowcast } from "../../core/epidemic/nowcast.ts";
import {
	type Revision,
	reportingTriangle,
} from "../../core/epidemic/reporting-triangle.ts";
import { dayFromIso, isoFromDay } from "../../core/series/day.ts";
import {
	numberArgument,
	type OutputOptions,
	withOutput,
} from "./epidemic-options.ts";
import {
	countCell,
	dayCell,
	type ResultRow,
	readTable,
	requireColumn,
	writeRows,
} from "./series-file.ts";

type NowcastOptions = OutputOptions & {
	event: string;
	asOf: string;
	count: string;
	area?: string;
	reports?: boolean;
	now?: string;
	longestDelay: number;
	window?: number;
	level: number;
	minimumCompleteness: number;
};

/** Reports by delay become counts as known on each day. */
function cumulateReports(reports: Revision[]): Revision[] {
	const byDay = Map.groupBy(reports, ({ eventDay }) => eventDay);
	return [...byDay.values()].flatMap((list) => {
		const byAsOf = new Map<number, number>();
		for (const { asOf, count } of list)
			byAsOf.set(asOf, (byAsOf.get(asOf) ?? 0) + count);
		let known = 0;
		const { eventDay } = list[0] as Revision;
		return [...byAsOf]
			.sort(([a], [b]) => a - b)
			.map(([asOf, count]) => {
				known += count;
				return { eventDay, asOf, count: known };
			});
	});
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
	for (const column of [options.event, options.asOf, options.count])
		requireColumn(table, column);
	if (options.area) requireColumn(table, options.area);
	const byArea = new Map<string, Revision[]>();
	for (const row of table.rows) {
		const count = countCell(table, row, options.count);
		if (Number.isNaN(count)) continue;
		const area = options.area ? (row.cells[options.area] ?? "") : "";
		const revision = {
			eventDay: dayCell(table, row, options.event),
			asOf: dayCell(table, row, options.asOf),
			count,
		};
		const list = byArea.get(area);
		if (list) list.push(revision);
		else byArea.set(area, [revision]);
	}
	const rows: ResultRow[] = [];
	for (const [area, entries] of byArea) {
		const revisions = options.reports ? cumulateReports(entries) : entries;
		const now = options.now
			? dayFromIso(options.now)
			: revisions.reduce((latest, { asOf }) => Math.max(latest, asOf), 0);
		if (now === undefined)
			throw new RangeError(
				`--now: found ${options.now}, expected a date YYYY-MM-DD`,
			);
		const firstDay = revisions.reduce(
			(first, { eventDay }) => Math.min(first, eventDay),
			now,
		);
		const { triangle, corrections } = reportingTriangle(revisions, {
			firstDay,
			now,
			longestDelay: options.longestDelay,
		});
		if (corrections.length > 0)
			process.stderr.write(
				`${area ? `${area}: ` : ""}${corrections.length} revisions downward, taken from the newest reports of their day\n`,
			);
		for (const [index, estimate] of nowcast(triangle, {
			window: options.window,
			level: options.level,
			minimumCompleteness: options.minimumCompleteness,
		}).entries())
			rows.push({
				...(options.area ? { area } : {}),
				date: isoFromDay(firstDay + index),
				...nowcastRow(estimate),
			});
	}
	await writeRows(rows, options);
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
		)
		.option(
			"--longest-delay <days>",
			"delays longer than this are folded into it",
			numberArgument,
			14,
		)
		.option(
			"--window <days>",
			"learn the delays from the last days only (default: all)",
			numberArgument,
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
