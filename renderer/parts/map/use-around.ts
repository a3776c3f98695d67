import { useMemo } from "react";
import { QUERIES } from "../../../core/api/all.ts";
import { useAnswer } from "../../state/answers.ts";
import { type Around, readAround } from "./around.ts";
import { useTopologyFile } from "./use-topology.ts";

/**
 * The land around, and whose it is. Asked for when there is something to colour: the figures come first.
 * @returns nulls until it is there, and where it is not
 */
export function useAround(wanted: boolean): {
	around: Around | null;
	whose: { source: string; licence: string } | null;
} {
	const land = useAnswer(QUERIES.basemap, {}, { enabled: wanted }).data?.land;
	const { data } = useTopologyFile(
		QUERIES.basemap,
		"/api/basemap.topojson",
		land?.version,
	);
	const around = useMemo(() => {
		if (data === undefined) return null;
		try {
			return readAround(data);
		} catch {
			return null;
		}
	}, [data]);
	return { around, whose: around ? (land ?? null) : null };
}
