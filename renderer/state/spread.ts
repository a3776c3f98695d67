import { useQueries, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Asked } from "../../core/api/route.ts";
import type { SpreadHeader, SpreadSeries } from "../../core/api/spread.ts";
import { SpreadOf, SpreadSeriesOf } from "../../core/api/spread.ts";
import type { Day } from "../../core/series/day.ts";
import { textOfPeriod } from "../../core/series/period.ts";
import { keyOf } from "./answer-key.ts";
import { useAnswer } from "./answers.ts";
import { ask } from "./ask.ts";
import { type Cube, decodeCube } from "./cube.ts";
import { lastFor } from "./last-answer.ts";

/** What a map of a period and the figure of an area beside it are drawn from: of one question and one publication. */
export interface Spread {
	readonly cube: Cube<SpreadHeader>;
	readonly series: SpreadSeries;
}

type AskedSpread = Asked<typeof SpreadOf>;

/** The figures of a period for the map alone; the last ones stay while others are on their way, and their header says what they are. */
export function useSpreadCube(asked: AskedSpread, enabled = true) {
	const cube = cubeOf(asked);
	return useQuery({
		...cube,
		enabled,
		placeholderData: lastFor(cube.queryKey),
	});
}

/**
 * The figures of a period for the map and for one area, on all days. Both are given together: until the new ones are both there the old ones
 * stay, so that a map never stands beside a figure of another question.
 */
export function useSpread(
	{
		within = null,
		...of
	}: Omit<AskedSpread, "within"> & {
		/** The areas whose kecamatan are asked for; else all of the level. */
		within?: number[] | null;
	},
	area: number,
): {
	spread: Spread | null;
	failure: { message: string; retry: () => void } | null;
} {
	const asked = { ...of, within };
	const { indicator, period, rate, as_known } = asked;
	const cubes = useSpreadCube(asked);
	const rows = useAnswer(
		SpreadSeriesOf,
		{ indicator, period, rate, as_known, area },
		{ keepLast: true },
	);
	const last = useRef<{ known: Day | null; spread: Spread } | null>(null);
	// As of last-answer: what was known on another day does not stay.
	if (last.current?.known !== as_known) last.current = null;
	const { data: cube } = cubes;
	const { data: series } = rows;
	if (
		cube &&
		series &&
		cube.header.indicator === indicator &&
		series.indicator === indicator &&
		series.area === area &&
		cube.header.level === of.level &&
		String(cube.header.within) === String(within) &&
		cube.header.period === textOfPeriod(period) &&
		cube.header.period === series.period &&
		cube.header.rate === series.rate &&
		cube.header.seq === series.seq
	) {
		const before = last.current?.spread;
		if (before?.cube !== cube || before.series !== series)
			last.current = { known: as_known, spread: { cube, series } };
	}
	const error = cubes.error ?? rows.error;
	return {
		spread: last.current?.spread ?? null,
		failure: error && {
			message: error.message,
			retry: () => {
				void cubes.refetch();
				void rows.refetch();
			},
		},
	};
}

function cubeOf(asked: Asked<typeof SpreadOf>) {
	return {
		queryKey: keyOf(SpreadOf, asked),
		queryFn: async ({ signal }: { signal: AbortSignal }) => {
			const { header, body } = await ask(SpreadOf, asked, signal);
			return decodeCube(header, body);
		},
		// Megabytes, and another for each day that an interval is drawn to.
		gcTime: 5_000,
	};
}

/** The figures of several periods or indicators for maps beside each other: all of them, or null until they are all there. */
export function useSpreads(asked: readonly Asked<typeof SpreadOf>[]): {
	cubes: readonly Cube<SpreadHeader>[] | null;
	failure: { message: string; retry: () => void } | null;
} {
	return useQueries({ queries: asked.map(cubeOf), combine: together });
}

function together(
	all: readonly {
		data: Cube<SpreadHeader> | undefined;
		error: Error | null;
		refetch: () => unknown;
	}[],
) {
	const cubes = all.flatMap(({ data }) => data ?? []);
	const error = all.find((one) => one.error)?.error;
	return {
		cubes: cubes.length === all.length ? cubes : null,
		failure: error
			? {
					message: error.message,
					retry: () => {
						for (const one of all) if (one.error) void one.refetch();
					},
				}
			: null,
	};
}
