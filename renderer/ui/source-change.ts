import type { Origin, SourceChange } from "../../core/api/situation.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** Names a change of source: "Sumber berganti: A → B". */
export function useSourceChangeText() {
	const { t, language } = useLanguage();
	const name = ({ source, sum }: Origin): string => {
		const named =
			source && (language === "id" ? source.id_name : source.en_name);
		if (!sum) return named ?? t("origin.unknown");
		return named
			? t("origin.sumOf", { source: named })
			: t("origin.sumOfSeveral");
	};
	return {
		originName: name,
		sourceChangeText: ({ from, to }: SourceChange): string =>
			t("origin.changed", { from: name(from), to: name(to) }),
	};
}
