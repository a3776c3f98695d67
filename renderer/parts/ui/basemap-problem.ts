import type { ArchiveInfo } from "../../../core/api/basemap.ts";
import type { useLanguage } from "../../i18n/use-language.ts";

type Unusable = Extract<ArchiveInfo, { kind: "unusable" }>;

/** Why a chosen file is not drawn, and what to do. */
export function basemapProblem(
	t: ReturnType<typeof useLanguage>["t"],
	{ why, path, found }: Unusable,
): string {
	return t(`basemap.why.${why}`, { path, found });
}
