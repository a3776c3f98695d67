import { useTranslation } from "react-i18next";
import { type Format, formatFor } from "./format.ts";
import type { Language } from "./language.ts";

/** The texts and the formats of the language in use. */
export function useLanguage() {
	const { t, i18n } = useTranslation();
	const language = i18n.language as Language;
	const format: Format = formatFor(language);
	return { t, format, language };
}
