import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { type Format, formatFor } from "./format.ts";
import type { Language } from "./language.ts";
import type { TimeZoneName } from "./time-zone.ts";

/** By whose clock times are told. */
export const ClockZone = createContext<TimeZoneName>("WIB");

/** The texts and the formats of the language in use. */
export function useLanguage() {
	const { t, i18n } = useTranslation();
	const language = i18n.language as Language;
	const clock = useContext(ClockZone);
	const format: Format = formatFor(language, clock);
	return { t, format, language, clock };
}
