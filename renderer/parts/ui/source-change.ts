import type { Origin, SourceChange } from "../../../core/api/figures.ts";
import { useLanguage } from "../../i18n/use-language.ts";

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
		sourceChangeText: ({ from, to }: SourceChange): string => {
			// Two sources are told apart by their names; a sum and a report of one source are not.
			const plain =
				from.source && to.source && from.source.key !== to.source.key;
			const named = (origin: Origin) =>
				name(plain ? { ...origin, sum: false } : origin);
			return t("origin.changed", { from: named(from), to: named(to) });
		},
	};
}
