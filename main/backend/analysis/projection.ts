import {
	PROJECTION_DAYS,
	type ProjectedBands,
	type ProjectionScores,
	type RenewalProjected,
} from "../../../core/api/projection.ts";
import {
	type DatedMeasure,
	reproductionFactors,
} from "../../../core/epidemic/dated-measure.ts";
import { scoreOfAll } from "../../../core/epidemic/past-projection.ts";
import type {
	Bands,
	Projection,
} from "../../../core/epidemic/renewal-projection.ts";
import { sortedQuantile } from "../../../core/epidemic/uncertain-serial-interval.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	CallStopped,
	Thread,
	threadFile,
} from "../../../machine/thread/thread.ts";
import type { NewCases } from "../query/new-cases.ts";
import type {
	ProjectionDone,
	ProjectionMethods,
} from "./projection-methods.ts";

interface Asks {
	area: number;
	day: Day;
}

/** Projects the cases of an area in a thread of its own, and keeps what it found for a publication. */
export interface CaseProjector {
	/** @throws CallStopped when whoever asked wants it no more */
	project(
		given: NewCases,
		asked: Asks & { measures: readonly DatedMeasure[] },
		keptAs: string,
		signal: AbortSignal,
		onProgress: (progress: ProjectionDone) => void,
	): Promise<RenewalProjected>;
	score(
		given: NewCases,
		asked: Asks,
		keptAs: string,
		signal: AbortSignal,
		onProgress: (progress: ProjectionDone) => void,
	): Promise<ProjectionScores>;
	close(): Promise<void>;
}

/** Cases that are shown before the day that is projected from. */
const SHOWN_DAYS = 84;
const KEPT = 60;

export function createCaseProjector(): CaseProjector {
	const thread = new Thread<ProjectionMethods, ProjectionDone>({
		file: threadFile("projection-worker", import.meta.url),
		name: "the thread that projects cases",
		restarts: true,
	});
	/** By publication and question; the one asked for longest ago is the first to go. */
	const kept = new Map<string, unknown>();

	async function keep<T>(
		key: string,
		make: () => Promise<T | null>,
	): Promise<T> {
		const found = (kept.get(key) as T | undefined) ?? (await make());
		if (found === null) throw new CallStopped("projection was stopped");
		kept.delete(key);
		kept.set(key, found);
		for (const oldest of kept.keys()) {
			if (kept.size <= KEPT) break;
			kept.delete(oldest);
		}
		return found;
	}

	return {
		async project(given, { area, day, measures }, keptAs, signal, onProgress) {
			const { cases, end } = upTo(given, day);
			const next = given.firstDay + end + 1;
			const projected = (list: readonly DatedMeasure[]) => {
				const factors = reproductionFactors(list, next, PROJECTION_DAYS);
				return keep(`project ${keptAs} ${area} ${next} ${factors}`, () =>
					thread.call("project", { cases, factors }, { signal, onProgress }),
				);
			};
			const projection = await projected(measures);
			const isChanged = measures.some(
				(one) => one.day >= next && one.day < next + PROJECTION_DAYS,
			);
			const without = isChanged ? await projected([]) : null;
			const begin = Math.max(0, end + 1 - SHOWN_DAYS);
			return {
				area,
				day,
				cases: {
					firstDay: given.firstDay + begin,
					values: Array.from(given.cases.subarray(begin, end + 1), orNull),
				},
				came: Array.from(
					given.cases.subarray(
						end + 1,
						Math.min(given.told + 1, end + 1 + PROJECTION_DAYS),
					),
					orNull,
				),
				outcome:
					projection.status === "projected"
						? {
								status: "projected",
								firstDay: next,
								reproduction: reproductionOf(projection),
								incidence: told(projection.incidence),
								without:
									without?.status === "projected"
										? told(without.incidence)
										: null,
							}
						: projection,
			};
		},
		async score(given, { area, day }, keptAs, signal, onProgress) {
			const { cases, end, begin } = upTo(given, day);
			const past = await keep(`score ${keptAs} ${area} ${end}`, () =>
				thread.call("score", { cases }, { signal, onProgress }),
			);
			const scored = past.flatMap(({ score }) =>
				score && score.scored > 0 ? [score] : [],
			);
			return {
				area,
				past: past.flatMap(({ origin, projection, score }) =>
					projection.status === "projected"
						? [
								{
									firstDay: given.firstDay + begin + origin,
									median: [...projection.incidence.median],
									low: [...(projection.incidence.bands.at(-1)?.low ?? [])],
									high: [...(projection.incidence.bands.at(-1)?.high ?? [])],
									weightedIntervalScore: orNull(
										score?.weightedIntervalScore ?? Number.NaN,
									),
								},
							]
						: [],
				),
				notProjected: past.filter(
					({ projection }) => projection.status !== "projected",
				).length,
				score: scored.length > 0 ? scoreOfAll(scored) : null,
			};
		},
		close: () => thread.close(),
	};
}

/** What is projected from: the cases from the first report to the day asked for, but to none that is still coming in. */
function upTo(
	{ firstDay, cases, told }: NewCases,
	day: Day,
): { cases: Float64Array; begin: number; end: number } {
	const end = Math.max(-1, Math.min(day - firstDay, told, cases.length - 1));
	const first = cases.findIndex((value) => !Number.isNaN(value));
	const begin = first < 0 ? end + 1 : Math.min(first, end + 1);
	return { cases: cases.slice(begin, end + 1), begin, end };
}

function reproductionOf({
	reproduction,
	reproductionDraws,
}: Extract<Projection, { status: "projected" }>) {
	return {
		mean: reproduction.mean,
		low: sortedQuantile(reproductionDraws, 0.025),
		high: sortedQuantile(reproductionDraws, 0.975),
	};
}

function told({ median, bands }: Bands): ProjectedBands {
	return {
		median: [...median],
		bands: bands.map(({ level, low, high }) => ({
			level,
			low: [...low],
			high: [...high],
		})),
	};
}

function orNull(value: number): number | null {
	return Number.isNaN(value) ? null : value;
}
