import type { Settings } from "../../core/workspace/settings.ts";

export type Language = Settings["language"];

/** Each as those who read it call it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
	id: "Bahasa Indonesia",
	en: "English",
};
