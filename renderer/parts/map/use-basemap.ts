import { useEffect, useMemo } from "react";
import type { Basemap } from "../../../core/api/basemap.ts";
import { Basemap as BasemapQuery } from "../../../core/api/basemap.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { readAround } from "./around.ts";
import type { SituationMap } from "./situation-map.ts";
import { useTopologyFile } from "./use-topology.ts";

/**
 * Draws what lies below the figures: the land around, and a file that somebody chose. Asked for when there is something to colour: the
 * figures come first.
 * @returns what is drawn and whose it is; undefined until it is known
 */
export function useBasemap(
	map: SituationMap | null,
	wanted: boolean,
): Basemap | undefined {
	const { language } = useLanguage();
	const basemap = useAnswer(BasemapQuery, {}, { enabled: wanted }).data;
	const { data } = useTopologyFile(
		BasemapQuery,
		"/api/basemap.topojson",
		basemap?.land?.version,
	);
	const around = useMemo(() => {
		if (data === undefined) return null;
		try {
			return readAround(data);
		} catch {
			return null;
		}
	}, [data]);
	useEffect(() => map?.setAround(around, language), [map, around, language]);
	const archive = basemap?.archive;
	const drawn = archive && archive.kind !== "unusable" ? archive : null;
	const version = drawn?.version ?? null;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the same file asked about again is no other file
	useEffect(() => {
		let wanted = true;
		if (drawn)
			void import("./archive-protocol.ts").then(({ tilesOf }) => {
				if (wanted) map?.setArchive(drawn, tilesOf(drawn.version));
			});
		else map?.setArchive(null, "");
		return () => {
			wanted = false;
		};
	}, [map, version]);
	return basemap;
}
