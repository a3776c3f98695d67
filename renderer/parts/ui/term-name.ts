import { groupOf } from "../../../core/dictionary/dictionary.ts";
import type { Term } from "../../../core/dictionary/entry.ts";
import type { FacilityMeasure } from "../../../core/facilities/measure.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import type { Measure } from "../../../core/series/measure.ts";
import type { useLanguage } from "../../i18n/use-language.ts";

/** What a term is called wherever it is shown. */
export function termName(
	t: ReturnType<typeof useLanguage>["t"],
	term: Term,
): string {
	switch (groupOf(term)) {
		case "indicator":
			return term === "zone"
				? t("dictionary.zone")
				: t(`indicator.${term as IndicatorKey}`);
		case "measure":
			return t(`measure.${term as Measure}`);
		case "facility":
			return t(`facilityExplain.measure.${term as FacilityMeasure}`);
	}
}
