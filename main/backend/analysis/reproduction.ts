import type { Reproduction } from "../../../core/api/reproduction.ts";
import {
	NISHIURA_UNCERTAINTY,
	type PooledReproductionEstimate,
} from "../../../core/epidemic/uncertain-serial-interval.ts";
import {
	CallStopped,
	Thread,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type { NewCases } from "../query/new-cases.ts";
import type {
	ReproductionMethods,
	WindowsDone,
} from "./reproduction-methods.ts";

/** Days of the window of which an R is. */
const WINDOW = 7;

/** Estimates R in a thread of its own, one area after another. */
export interface ReproductionEstimator {
	/** @throws CallStopped when whoever asked wants it no more */
	estimate(
		cases: NewCases,
		signal: AbortSignal,
		onProgress: (progress: WindowsDone) => void,
	): Promise<Omit<Reproduction, "area">>;
	close(): Promise<void>;
}

export function createReproductionEstimator(): ReproductionEstimator {
	const thread = new Thread<ReproductionMethods, WindowsDone>({
		file: threadFile("reproduction-worker", import.meta.url),
		name: "the thread that estimates R",
		restarts: true,
	});
	return {
		async estimate(given, signal, onProgress) {
			// Of days before the first report nothing is asked: they would be a history that was not reported.
			const begin = given.cases.findIndex((value) => !Number.isNaN(value));
			const estimates =
				begin < 0
					? []
					: await thread.call("estimate", given.cases.slice(begin), {
							signal,
							onProgress,
						});
			if (estimates === null) throw new CallStopped("estimate was stopped");
			return byDay(given, begin, estimates);
		},
		close: () => thread.close(),
	};
}

/** Lays the windows out by their last day. */
function byDay(
	{ firstDay, cases, marks }: NewCases,
	begin: number,
	estimates: readonly PooledReproductionEstimate[],
): Omit<Reproduction, "area"> {
	const { mean, sd } = NISHIURA_UNCERTAINTY;
	const days = Array.from(cases.keys());
	const ofDay = new Map(estimates.map((one) => [begin + one.last, one]));
	const windowOf = (day: number) =>
		days.slice(Math.max(0, day - WINDOW + 1), day + 1);
	const told = days.map((day) => {
		const found = ofDay.get(day);
		return found?.status === "estimated" ? found : null;
	});
	return {
		firstDay,
		window: WINDOW,
		serialInterval: { mean: mean.mean, sd: sd.mean },
		mean: told.map((one) => one?.mean ?? null),
		low: told.map((one) => one?.quantiles[0] ?? null),
		high: told.map((one) => one?.quantiles.at(-1) ?? null),
		reason: days.map((day) => {
			const found = ofDay.get(day);
			if (!found) return begin < 0 ? "day-not-reported" : "too-early";
			return found.status === "estimated" ? null : found.reason;
		}),
		cases: days.map((day) => {
			const sum = windowOf(day).reduce((sum, one) => sum + cases[one], 0);
			return day < WINDOW - 1 || Number.isNaN(sum) ? null : sum;
		}),
		marks: days.map((day) =>
			windowOf(day).reduce((all, one) => all | marks[one], 0),
		),
	};
}
