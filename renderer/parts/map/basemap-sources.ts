import type { Basemap } from "../../../core/api/basemap.ts";
import type { useLanguage } from "../../i18n/use-language.ts";

/** Whose the land around and the map from a file are, of what is drawn below the figures; none until it is known. */
export function basemapSources(
	basemap: Basemap | undefined,
	t: ReturnType<typeof useLanguage>["t"],
): string[] {
	const { land, archive } = basemap ?? {};
	return [
		...(land ? [land.source] : []),
		...(archive && archive.kind !== "unusable"
			? [archive.attribution || t("basemap.nobody")]
			: []),
	];
}
