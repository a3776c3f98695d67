import type { Period } from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** What a figure of a period is, in words: "baru dalam 7 hari". */
export function usePeriodWords() {
	const { t, format } = useLanguage();
	return (period: Period, isState: boolean): string => {
		if (isState) return t("spread.state");
		switch (period.kind) {
			case "last":
				return t("spread.last", { count: period.days });
			case "since":
				return t("spread.since", { day: format.day(period.from) });
			default:
				return t(`spread.${period.kind}`);
		}
	};
}
