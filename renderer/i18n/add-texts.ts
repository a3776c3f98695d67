import i18next from "i18next";
import type { LaterBlocks, LaterTexts } from "./texts.ts";

/**
 * Adds a block of texts that only some part of the house needs: it comes with the code of that part, so that the first picture does not wait
 * for words that nobody reads yet. Called where that code is read, before anything of it is drawn.
 */
export function addTexts<Key extends keyof LaterBlocks>(
	key: Key,
	languages: { id: LaterTexts<Key>; en: LaterTexts<Key> },
): void {
	for (const language of ["id", "en"] as const)
		i18next.addResourceBundle(
			language,
			"translation",
			{ [key]: languages[language] },
			true,
			true,
		);
}
