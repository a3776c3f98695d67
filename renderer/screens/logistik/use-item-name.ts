import { Items } from "../../../core/api/items.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";

/** Names of items of the catalogue by their ids, also before a plan tells of them. */
export function useItemName(): (item: string) => string {
	const { language } = useLanguage();
	const { data } = useAnswer(Items, { item: null });
	return (item) =>
		data ? (data.find(({ id }) => id === item)?.name[language] ?? item) : "…";
}
