import type { GeographyInfo } from "../../../core/api/areas.ts";
import type { useLanguage } from "../../i18n/use-language.ts";

/** Whose the boundaries are and under which licence. Nobody has said of an imported file that it is official; its source speaks for itself. */
export function boundariesText(
	{ approximate, source, licence }: GeographyInfo,
	t: ReturnType<typeof useLanguage>["t"],
): string {
	return approximate
		? t("map.builtIn")
		: t("map.source", { source, licence: licence || t("map.noLicence") });
}
