import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DistrictGeographyInfo } from "../../../core/api/areas.ts";
import { DistrictGeography, Geography } from "../../../core/api/areas.ts";
import type { Answered } from "../../../core/api/route.ts";
import type { Kept } from "../../state/answer-key.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { askForFile } from "../../state/ask.ts";
import { type Boundaries, readBoundaries } from "./boundaries.ts";
import { readDistrictBoundaries } from "./district-boundaries.ts";
import { useDrawnLand } from "./drawn-land.ts";
import { useTopology } from "./use-topology.ts";

const KEPT: Kept = { ...Geography, reads: [] };

/**
 * The shapes that a map draws, and of which file they are.
 * @param districts with the kecamatan to draw; null: kabupaten/kota
 * @returns `boundaries` null until they are there; `failure` why they are not coming, and how to ask again
 */
export function useBoundaries(
	areas: AreaIndex,
	districts: AreaIndex | null = null,
): {
	boundaries: Boundaries | null;
	geography: Answered<typeof Geography> | undefined;
	failure: { error: Error; again: () => void } | null;
} {
	const geography = useAnswer(Geography, {});
	const topology = useTopology(geography.data?.version);
	const base = useMemo(() => {
		if (!topology.data) return null;
		try {
			return boundariesOf(topology.data, areas);
		} catch (reason) {
			return reason instanceof Error ? reason : new Error(String(reason));
		}
	}, [topology.data, areas]);
	const shapes = base instanceof Error ? null : base;
	const files = useDistrictFiles(districts);
	const boundaries = useMemo(
		() =>
			shapes && districts
				? files && districtsOf(shapes, files, districts)
				: shapes,
		[shapes, districts, files],
	);
	const error =
		geography.error ??
		topology.error ??
		(base instanceof Error ? base : undefined);
	return {
		boundaries: useDrawnLand(boundaries),
		geography: geography.data,
		failure: error
			? {
					error,
					again: () => {
						void geography.refetch();
						void topology.refetch();
					},
				}
			: null,
	};
}

const read = new WeakMap<object, { areas: AreaIndex; made: Boundaries }>();

/**
 * The boundaries of a file, read once for all maps of the window.
 * @throws as `readBoundaries` does
 */
function boundariesOf(topology: unknown, areas: AreaIndex): Boundaries {
	const before = read.get(topology as object);
	if (before?.areas === areas) return before.made;
	const made = readBoundaries(topology, areas);
	read.set(topology as object, { areas, made });
	return made;
}

const districtsRead = new WeakMap<
	AreaIndex,
	{ base: Boundaries; files: readonly unknown[]; made: Boundaries }
>();

/** The kecamatan over some land, read once for all who ask: whoever draws them, and whoever asks where they stand. */
function districtsOf(
	base: Boundaries,
	files: readonly unknown[],
	districts: AreaIndex,
): Boundaries {
	const before = districtsRead.get(districts);
	if (
		before?.base === base &&
		before.files.length === files.length &&
		before.files.every((file, at) => file === files[at])
	)
		return before.made;
	const made = readDistrictBoundaries(base, files, districts);
	districtsRead.set(districts, { base, files, made });
	return made;
}

/** The imported maps of the kecamatan of the provinces that some of them lie in; null until all are there. */
function useDistrictFiles(
	districts: AreaIndex | null,
): readonly unknown[] | null {
	const { data: imported } = useAnswer(
		DistrictGeography,
		{},
		{ enabled: districts !== null },
	);
	const wanted = useMemo(() => {
		if (!districts || !imported) return null;
		const provinces = new Set(
			districts
				.at("district")
				.map(({ parent }) => districts.byId(parent ?? -1)?.parent),
		);
		return imported.filter(({ province }) => provinces.has(province));
	}, [districts, imported]);
	return useQueries({
		queries: (wanted ?? []).map(fileOf),
		combine: (answers) => {
			const files = answers.map(({ data }) => data);
			return wanted && files.every((file) => file !== undefined) ? files : null;
		},
	});
}

function fileOf({ province, version }: DistrictGeographyInfo) {
	return {
		queryKey: ["districts", KEPT, province, version],
		queryFn: async ({ signal }: { signal: AbortSignal }) => {
			const response = await askForFile(
				Geography,
				`/api/geography.topojson?province=${province}&v=${encodeURIComponent(version)}`,
				signal,
			);
			return response.json() as Promise<unknown>;
		},
		// Megabytes that are replaced as a whole.
		structuralSharing: false,
	};
}
