import { useTranslation } from "react-i18next";
import { useView } from "../state/view-state.ts";
import { type Format, formatFor } from "./format.ts";

/** The texts and the formats of the language in use. */
export function useLanguage() {
	const { t } = useTranslation();
	const language = useView((view) => view.language);
	const format: Format = formatFor(language);
	return { t, format, language };
}
