import type { ScenePanel } from "../../../core/wall/scene.ts";
import type { Language } from "../../i18n/language.ts";
import {
	addressOf,
	type Place,
	placeFromAddress,
} from "../../navigation/address.ts";
import type { Refused, View } from "../../state/view-state.ts";

/** What a panel shows, read from its address: as a wall shows it, on the day of the wall and in the language of who reads it. */
export function viewOfPanel(
	panel: Pick<ScenePanel, "address">,
	language: Language,
): { view: View; refused: Refused | null } {
	const {
		day: _,
		refused,
		...view
	} = placeFromAddress(panel.address || "#/situasi", language);
	return {
		view: { ...view, language, ownLanguage: language, wall: true },
		refused,
	};
}

/** The address of a panel after something of what it shows was chosen otherwise. */
export function changedAddress(
	address: string,
	change: Partial<Place>,
	language: Language,
): string {
	const { refused: _, ...place } = placeFromAddress(
		address || "#/situasi",
		language,
	);
	return addressOf({
		...place,
		day: null,
		wall: false,
		language,
		ownLanguage: language,
		...change,
	});
}

/** What somebody pasted, as the address of a panel; null: it leads to no screen. */
export function pastedAddress(text: string, language: Language): string | null {
	const at = text.indexOf("#/");
	if (at < 0) return null;
	const { refused, ...place } = placeFromAddress(
		text.slice(at).trim(),
		language,
	);
	return refused ? null : changedAddress(addressOf(place), {}, language);
}
