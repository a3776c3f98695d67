import type { GeographyInfo } from "../../../core/api/areas.ts";
import type { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries, DrawnAs } from "./boundaries.ts";

/** Whose the boundaries are and under which licence. Nobody has said of an imported file that it is official; its source speaks for itself. */
export function boundariesText(
	{ approximate, source, licence }: GeographyInfo,
	t: ReturnType<typeof useLanguage>["t"],
): string {
	return approximate
		? t("map.builtIn")
		: t("map.source", { source, licence: licence || t("map.noLicence") });
}

/** Of areas that a map does not draw as themselves those that are marks, and those of which the map that was there before is drawn. */
export function drawnOtherwise(areas: readonly DrawnAs[]) {
	return {
		marks: areas.filter(({ mark }) => mark),
		builtIn: areas.filter(({ before }) => before === "built-in"),
		imported: areas.filter(({ before }) => before === "imported"),
	};
}

/** So many areas are named on a picture: all of them stand in the notice below the map. */
const NAMED = 8;

/** How many areas a map does not draw as themselves, and which, for a picture that leaves the screen; nothing where it draws all. */
export function notAsThemselvesText(
	{
		notAsThemselves,
		districts,
	}: Pick<Boundaries, "notAsThemselves" | "districts">,
	{ t, format }: Pick<ReturnType<typeof useLanguage>, "t" | "format">,
): string[] {
	const { marks, builtIn, imported } = drawnOtherwise(notAsThemselves);
	const kinds = [
		["map.marks", marks],
		["map.stillBuiltIn", builtIn],
		["map.stillImported", imported],
	] as const;
	return [
		...(districts && districts.marks > 0
			? [t("map.districtMarks", { areas: format.number(districts.marks) })]
			: []),
		...(districts && districts.unplaced.length > 0
			? [
					t("map.districtsUnplaced", {
						areas: format.number(districts.unplaced.length),
					}),
				]
			: []),
		...kinds.flatMap(([words, of]) =>
			of.length === 0
				? []
				: [
						`${t(words, { areas: of.length })}: ${of
							.slice(0, NAMED)
							.map(({ area }) => area.name)
							.join(", ")}${of.length > NAMED ? ` +${of.length - NAMED}` : ""}`,
					],
		),
	];
}
