import type {
	Reproduction,
	ReproductionAreas,
	ReproductionGap,
	ReproductionLines,
	ReproductionRow,
} from "../../../core/api/reproduction.ts";
import { fewerTell } from "../../../core/epidemic/fewer-tell.ts";
import type { PublishedInterval } from "../../../core/epidemic/interval-name.ts";
import { INTERVALS } from "../../../core/epidemic/published-interval.ts";
import {
	REASON_CODES,
	type ReproductionCube,
} from "../../../core/epidemic/reproduction-cube.ts";
import type { ReproductionEstimate } from "../../../core/epidemic/reproduction-number.ts";
import { discretiseSerialInterval } from "../../../core/epidemic/serial-interval.ts";
import type { PooledReproductionEstimate } from "../../../core/epidemic/uncertain-serial-interval.ts";
import type { Day } from "../../../core/series/day.ts";
import { MARKS } from "../../../core/series/mark.ts";
import {
	CallStopped,
	Thread,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type { NewCases, newCasesOfAll } from "../query/new-cases.ts";
import { Refusal } from "../query/refusal.ts";
import type {
	ReproductionMethods,
	WindowsDone,
} from "./reproduction-methods.ts";

export interface AskedReproduction {
	/** Days of the window. */
	window: number;
	interval: PublishedInterval;
	/** The serial interval is taken as published. */
	fixed: boolean;
}

export type AllNewCases = ReturnType<typeof newCasesOfAll>;

/** R of all areas of a level on all days, with what it was estimated from. */
export interface EstimatedAreas {
	given: Omit<AllNewCases, "cases">;
	window: number;
	interval: PublishedInterval;
	cube: ReproductionCube;
	/** Where fewer told than before (core/epidemic/fewer-tell): no R of there is told. */
	fewer: Uint8Array;
	/** Row of each area. */
	rowOf: ReadonlyMap<number, number>;
}

/** Estimates R in a thread of its own, one question after another. */
export interface ReproductionEstimator {
	/** @throws CallStopped when whoever asked wants it no more */
	estimate(
		cases: NewCases,
		asked: AskedReproduction,
		signal: AbortSignal,
		onProgress: (progress: WindowsDone) => void,
	): Promise<Omit<Reproduction, "area">>;
	/**
	 * All areas of a level at once, kept for a publication.
	 * @param keptAs the publication, the level and the day of knowledge
	 * @param read the cases, read only where they are not kept
	 */
	estimateAll(
		asked: Pick<AskedReproduction, "window" | "interval">,
		keptAs: string,
		read: () => Promise<AllNewCases>,
		signal: AbortSignal,
		onProgress: (progress: WindowsDone) => void,
	): Promise<EstimatedAreas>;
	close(): Promise<void>;
}

/** Estimates of all areas that are kept: some ten megabytes each. */
const KEPT = 4;

export function createReproductionEstimator(): ReproductionEstimator {
	const thread = new Thread<ReproductionMethods, WindowsDone>({
		file: threadFile("reproduction-worker", import.meta.url),
		name: "the thread that estimates R",
		restarts: true,
	});
	/** The one asked for longest ago is the first to go. */
	const kept = new Map<string, EstimatedAreas>();
	return {
		async estimate(given, asked, signal, onProgress) {
			const { window } = asked;
			const { mean, sd, uncertainty } = INTERVALS[asked.interval];
			if (!asked.fixed && !uncertainty)
				throw new Refusal(
					400,
					"parameters",
					`fixed: found none, expected 1 for the serial interval ${asked.interval}, of which no bounds are known`,
				);
			const interval = asked.fixed || !uncertainty ? { mean, sd } : uncertainty;
			// Of days before the first report nothing is asked: they would be a history that was not reported.
			const begin = given.cases.findIndex((value) => !Number.isNaN(value));
			const estimates =
				begin < 0
					? []
					: await thread.call(
							"estimate",
							{ cases: given.cases.slice(begin), window, interval },
							{ signal, onProgress },
						);
			if (estimates === null) throw new CallStopped("estimate was stopped");
			return byDay(given, begin, estimates, asked);
		},
		async estimateAll({ window, interval }, keptAs, read, signal, onProgress) {
			const key = `${keptAs} ${window} ${interval}`;
			let found = kept.get(key);
			if (!found) {
				const { cases, ...given } = await read();
				const { mean, sd } = INTERVALS[interval];
				const cube = await thread.call(
					"estimateAll",
					{
						areas: given.areas.length,
						days: given.days,
						cases,
						window,
						interval: { mean, sd },
					},
					{ signal, onProgress, give: [cases.buffer] },
				);
				if (cube === null) throw new CallStopped("estimate was stopped");
				found = toldOf(given, { window, interval }, cube);
			}
			kept.delete(key);
			kept.set(key, found);
			for (const oldest of kept.keys()) {
				if (kept.size <= KEPT) break;
				kept.delete(oldest);
			}
			return found;
		},
		close: () => thread.close(),
	};
}

/** Days within which nearly all are infected by whom they are infected. */
const REACH = 40;

/** Where fewer told than in the days before, so that R would show who reports. */
function fewerOf(
	{ people, days }: { people: Float64Array; days: number },
	{ window, interval }: Pick<AskedReproduction, "window" | "interval">,
): Uint8Array {
	const { mean, sd } = INTERVALS[interval];
	return fewerTell(
		people,
		days,
		window,
		discretiseSerialInterval(mean, sd, REACH),
	);
}

/** What is told of an estimate of all areas: nothing where fewer told than before. */
export function toldOf(
	given: EstimatedAreas["given"],
	asked: Pick<AskedReproduction, "window" | "interval">,
	cube: ReproductionCube,
): EstimatedAreas {
	const fewer = fewerOf(given, asked);
	for (const [at, is] of fewer.entries()) {
		if (is === 0) continue;
		if (cube.reason[at] !== 0) fewer[at] = 0;
		for (const column of [cube.mean, cube.aboveOne, ...cube.quantiles])
			column[at] = Number.NaN;
	}
	const { window, interval } = asked;
	const rowOf = new Map(given.areas.map((area, row) => [area, row]));
	return { given, window, interval, cube, fewer, rowOf };
}

/** Lays the windows out by their last day. */
function byDay(
	{ firstDay, cases, marks, people, told }: NewCases,
	begin: number,
	estimates: readonly (ReproductionEstimate | PooledReproductionEstimate)[],
	{ window, interval, fixed }: AskedReproduction,
): Omit<Reproduction, "area"> {
	const { mean, sd } = INTERVALS[interval];
	const days = Array.from(cases.keys());
	const ofDay = new Map(estimates.map((one) => [begin + one.last, one]));
	const fewer = fewerOf({ people, days: cases.length }, { window, interval });
	const shown = days.map((day) => {
		const found = fewer[day] ? undefined : ofDay.get(day);
		return found?.status === "estimated" ? found : null;
	});
	return {
		firstDay,
		window,
		serialInterval: { key: interval, mean, sd, uncertain: !fixed },
		mean: shown.map((one) => one?.mean ?? null),
		low: shown.map((one) => one?.quantiles[0] ?? null),
		high: shown.map((one) => one?.quantiles.at(-1) ?? null),
		aboveOne: shown.map((one) => one?.aboveOne ?? null),
		reason: days.map((day) => {
			const found = ofDay.get(day);
			if (found)
				return found.status === "estimated"
					? fewer[day]
						? "fewer-tell"
						: null
					: gapOf(found.reason, marks, day, window);
			return begin < 0 || day < begin
				? gapOf("day-not-reported", marks, day, window)
				: "too-early";
		}),
		cases: days.map((day) => {
			let sum = 0;
			for (let at = day - window + 1; at <= day; at++)
				sum += cases[at] ?? Number.NaN;
			return Number.isNaN(sum) ? null : sum;
		}),
		marks: days.map((day) => marksOver(marks, day, window)),
		told: firstDay + told,
	};
}

function marksOver(
	marks: ArrayLike<number>,
	day: number,
	window: number,
	from = 0,
): number {
	let all = 0;
	for (let at = Math.max(0, day - window + 1); at <= day; at++)
		all |= marks[from + at] ?? 0;
	return all;
}

/** Why a day of the window has no new count, where that is known: it is not always that nobody reported. */
function gapOf(
	reason: Exclude<ReproductionEstimateReason, undefined>,
	marks: ArrayLike<number>,
	day: number,
	window: number,
	from = 0,
): ReproductionGap {
	if (reason !== "day-not-reported") return reason;
	const had = marksOver(marks, day, window, from);
	if (had & MARKS.notYetKnown) return "not-yet-known";
	if (had & MARKS.fewAreas) return "few-areas";
	if (had & MARKS.sourceChanged) return "source-changed";
	if (had & MARKS.correction) return "corrected";
	return reason;
}
type ReproductionEstimateReason = Extract<
	ReproductionEstimate,
	{ status: "not-estimable" }
>["reason"];

function orNull(value: number | undefined): number | null {
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** R of all areas on one day. */
export function reproductionOn(
	estimated: EstimatedAreas,
	level: ReproductionAreas["level"],
	day: Day,
): ReproductionAreas {
	const { given, window, interval } = estimated;
	const { mean, sd } = INTERVALS[interval];
	const on = Math.min(day - given.firstDay, given.toldByNation);
	return {
		level,
		day,
		shown: given.firstDay + on,
		window,
		serialInterval: { key: interval, mean, sd, uncertain: false },
		rows: given.areas.map((area, row) => rowOn(estimated, area, row, on)),
	};
}

function rowOn(
	{ given, window, cube, fewer }: EstimatedAreas,
	area: number,
	row: number,
	on: number,
): ReproductionRow {
	const { days, marks, told } = given;
	const from = row * days;
	const at = on >= 0 && on < days ? from + on : -1;
	const code = REASON_CODES[cube.reason[at] ?? -1];
	const reason: ReproductionGap | null =
		on > (told[row] ?? days)
			? "still-coming"
			: code === "estimated"
				? fewer[at]
					? "fewer-tell"
					: null
				: gapOf(code ?? "day-not-reported", marks, on, window, from);
	const [low, , high] = cube.quantiles;
	const value = (column: Float64Array | undefined) =>
		reason === null ? orNull(column?.[at]) : null;
	return {
		area,
		mean: value(cube.mean),
		low: value(low),
		high: value(high),
		aboveOne: value(cube.aboveOne),
		reason,
		cases: at < 0 ? null : orNull(cube.cases[at]),
		marks: at < 0 ? 0 : marksOver(marks, on, window, from),
		// Of days that are still coming in it would read as a fall too.
		before:
			on - window < 0 || on - window > (told[row] ?? days)
				? null
				: orNull(cube.mean[from + on - window]),
	};
}

/** Days that are drawn of each of many areas. */
const LINE_DAYS = 84;

/** R of some areas over the weeks up to a day; those that are not among the estimated are left out. */
export function reproductionLines(
	{ given, cube, rowOf }: EstimatedAreas,
	areas: readonly number[],
	day: Day,
): ReproductionLines {
	const end = Math.max(0, Math.min(given.days, day - given.firstDay + 1));
	const begin = Math.max(0, end - LINE_DAYS);
	const [low, , high] = cube.quantiles;
	return {
		firstDay: given.firstDay + begin,
		lines: areas.flatMap((area) => {
			const row = rowOf.get(area);
			if (row === undefined) return [];
			const line = (column: Float64Array | undefined) =>
				Array.from(
					column?.subarray(row * given.days + begin, row * given.days + end) ??
						[],
					orNull,
				);
			return [
				{
					area,
					mean: line(cube.mean),
					low: line(low),
					high: line(high),
					told: given.firstDay + (given.told[row] ?? 0),
				},
			];
		}),
	};
}
