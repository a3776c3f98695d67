import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { QUERIES } from "../../core/api/all.ts";
import type { Level } from "../../core/areas/codes.ts";
import type { Day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Measure } from "../../core/series/measure.ts";
import { keyOf, useAnswer } from "./answers.ts";
import { indexAreas } from "./area-index.ts";
import { ask, request } from "./ask.ts";
import { decodeCube } from "./cube.ts";
import type { ExplainedCell } from "./view-state.ts";

export function useAreas() {
	const query = useAnswer(QUERIES.areas, {});
	const index = useMemo(
		() => (query.data ? indexAreas(query.data) : null),
		[query.data],
	);
	return { ...query, index };
}

export function useGeography() {
	return useAnswer(QUERIES.geography, {});
}

/** The boundaries: a file with a version of its own. */
export function useTopology(version: string | undefined) {
	return useQuery({
		queryKey: ["topology", { reads: [] }, version],
		queryFn: async ({ signal }) => {
			const response = await request(
				`/api/geography.topojson?v=${encodeURIComponent(version ?? "")}`,
				{ signal },
			);
			return response.json() as Promise<unknown>;
		},
		enabled: version !== undefined,
		placeholderData: keepPreviousData,
	});
}

export function useCube(
	indicator: IndicatorKey,
	measure: Measure,
	level: Level,
	asKnown: Day | null,
	enabled = true,
) {
	const asked = { indicator, measure, level, as_known: asKnown };
	return useQuery({
		enabled,
		queryKey: keyOf(QUERIES.cube, asked),
		queryFn: async ({ signal }) => {
			const { header, body } = await ask(QUERIES.cube, asked, signal);
			return decodeCube(header, body);
		},
		gcTime: 60_000,
		placeholderData: keepPreviousData,
	});
}

export function useSeries(
	indicator: IndicatorKey,
	area: number,
	asKnown: Day | null,
) {
	return useAnswer(
		QUERIES.series,
		{ indicator, area, as_known: asKnown },
		{ keepLast: true },
	);
}

/** The figures of an area on a day, with the day they are of: while playing, they may lag behind the map. */
export function useKpis(area: number, day: Day, asKnown: Day | null) {
	const asked = { area, day, as_known: asKnown };
	return useQuery({
		queryKey: keyOf(QUERIES.kpis, asked),
		queryFn: async ({ signal }) => ({
			area,
			day,
			figures: await ask(QUERIES.kpis, asked, signal),
		}),
		gcTime: 30_000,
		placeholderData: keepPreviousData,
	});
}

/** Everything stated of one indicator of one area on one day; while another is on its way the previous one stays and says what it is of. */
export function useFigures(
	indicator: IndicatorKey,
	area: number | null,
	day: Day,
	asKnown: Day | null,
) {
	return useAnswer(
		QUERIES.figures,
		{ indicator, area: area ?? 0, day, as_known: asKnown },
		{ enabled: area !== null, gcTime: 30_000, keepLast: true },
	);
}

/** The figures of the areas directly below an area. */
export function useAreaTable(
	indicator: IndicatorKey,
	area: number,
	day: Day,
	asKnown: Day | null,
) {
	return useAnswer(
		QUERIES.table,
		{ indicator, area, day, as_known: asKnown },
		{ gcTime: 30_000, keepLast: true },
	);
}

export function useExplanation(cell: ExplainedCell, asKnown: Day | null) {
	const { indicator, measure, area, day } = cell;
	return useAnswer(QUERIES.explain, {
		indicator,
		measure,
		area,
		day,
		as_known: asKnown,
	});
}

export function useFreshness() {
	return useAnswer(QUERIES.freshness, {});
}
