import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { QUERIES } from "../../../core/api/all.ts";
import type { DistrictGeographyInfo } from "../../../core/api/areas.ts";
import type { Kept } from "../../state/answer-key.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { askForFile } from "../../state/ask.ts";
import { type Boundaries, readBoundaries } from "./boundaries.ts";
import { readDistrictBoundaries } from "./district-boundaries.ts";
import { useDrawnLand } from "./drawn-land.ts";

const KEPT: Kept = { ...QUERIES.geography, reads: [] };

/**
 * The shapes that a map draws.
 * @param topology of the kabupaten/kota, as it was read from its file
 * @param districts with the kecamatan to draw; null: kabupaten/kota
 * @returns null until they are there
 */
export function useBoundaries(
	topology: unknown,
	areas: AreaIndex,
	districts: AreaIndex | null,
): Boundaries | null {
	const base = useMemo(() => {
		if (!topology) return null;
		try {
			return boundariesOf(topology, areas);
		} catch {
			return null;
		}
	}, [topology, areas]);
	const files = useDistrictFiles(districts);
	const boundaries = useMemo(
		() =>
			base && districts
				? files && readDistrictBoundaries(base, files, districts)
				: base,
		[base, districts, files],
	);
	return useDrawnLand(boundaries);
}

const read = new WeakMap<object, { areas: AreaIndex; made: Boundaries }>();

/**
 * The boundaries of a file, read once for all maps of the window.
 * @throws as `readBoundaries` does
 */
export function boundariesOf(topology: unknown, areas: AreaIndex): Boundaries {
	const before = read.get(topology as object);
	if (before?.areas === areas) return before.made;
	const made = readBoundaries(topology, areas);
	read.set(topology as object, { areas, made });
	return made;
}

/** The imported maps of the kecamatan of the provinces that some of them lie in; null until all are there. */
function useDistrictFiles(
	districts: AreaIndex | null,
): readonly unknown[] | null {
	const { data: imported } = useAnswer(
		QUERIES.districtGeography,
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
				QUERIES.geography,
				`/api/geography.topojson?province=${province}&v=${encodeURIComponent(version)}`,
				signal,
			);
			return response.json() as Promise<unknown>;
		},
		// Megabytes that are replaced as a whole.
		structuralSharing: false,
	};
}
