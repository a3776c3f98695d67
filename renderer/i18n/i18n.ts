import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { id } from "./id.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./texts.ts";

declare module "i18next" {
	interface CustomTypeOptions {
		defaultNS: "translation";
		resources: { translation: Texts };
		returnNull: false;
	}
}

/** Starts the texts in a language; call once before the first render. */
export async function startTexts(language: Language): Promise<void> {
	await i18next.use(initReactI18next).init({
		lng: language,
		fallbackLng: "id",
		resources: { id: { translation: id }, en: { translation: en } },
		// React escapes what it renders.
		interpolation: { escapeValue: false },
	});
}
