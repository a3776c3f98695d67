import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Level, Measure } from "../../core/api/situation.ts";
import type { Day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import { api } from "./api-client.ts";
import { indexAreas } from "./area-index.ts";
import type { ExplainedCell } from "./view-state.ts";

/** Answers stay until the backend announces a change, which makes every one of them stale (state/connection). */
export const QUERY_DEFAULTS = {
	staleTime: Number.POSITIVE_INFINITY,
	retry: 2,
	refetchOnWindowFocus: false,
} as const;

export function useAreas() {
	const query = useQuery({
		queryKey: ["areas"],
		queryFn: ({ signal }) => api.areas(signal),
	});
	const index = useMemo(
		() => (query.data ? indexAreas(query.data) : null),
		[query.data],
	);
	return { ...query, index };
}

export function useGeography() {
	return useQuery({
		queryKey: ["geography"],
		queryFn: ({ signal }) => api.geography(signal),
	});
}

export function useTopology(version: string | undefined) {
	return useQuery({
		queryKey: ["topology", version],
		queryFn: ({ signal }) => api.topology(version ?? "", signal),
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
	return useQuery({
		enabled,
		queryKey: ["cube", indicator, measure, level, asKnown],
		queryFn: ({ signal }) =>
			api.cube({ indicator, measure, level, asKnown }, signal),
		gcTime: 60_000,
		placeholderData: keepPreviousData,
	});
}

export function useSeries(
	indicator: IndicatorKey,
	area: number,
	asKnown: Day | null,
) {
	return useQuery({
		queryKey: ["series", indicator, area, asKnown],
		queryFn: ({ signal }) => api.series(indicator, area, asKnown, signal),
		placeholderData: keepPreviousData,
	});
}

/** The figures of an area on a day, with the day they are of: while playing, they may lag behind the map. */
export function useKpis(area: number, day: Day, asKnown: Day | null) {
	return useQuery({
		queryKey: ["kpis", area, day, asKnown],
		queryFn: async ({ signal }) => ({
			area,
			day,
			figures: await api.kpis(area, day, asKnown, signal),
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
	return useQuery({
		enabled: area !== null,
		queryKey: ["figures", indicator, area, day, asKnown],
		queryFn: ({ signal }) =>
			api.figures(indicator, area as number, day, asKnown, signal),
		gcTime: 30_000,
		placeholderData: keepPreviousData,
	});
}

/** The figures of the areas directly below an area. */
export function useAreaTable(
	indicator: IndicatorKey,
	area: number,
	day: Day,
	asKnown: Day | null,
) {
	return useQuery({
		queryKey: ["table", indicator, area, day, asKnown],
		queryFn: ({ signal }) => api.table(indicator, area, day, asKnown, signal),
		gcTime: 30_000,
		placeholderData: keepPreviousData,
	});
}

export function useExplanation(cell: ExplainedCell, asKnown: Day | null) {
	const { indicator, measure, area, day } = cell;
	return useQuery({
		queryKey: ["explain", indicator, measure, area, day, asKnown],
		queryFn: ({ signal }) => api.explain(cell, asKnown, signal),
	});
}

export function useFreshness() {
	return useQuery({
		queryKey: ["freshness"],
		queryFn: ({ signal }) => api.freshness(signal),
	});
}
