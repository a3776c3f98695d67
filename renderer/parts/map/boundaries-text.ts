import type { GeographyInfo } from "../../../core/api/areas.ts";
import type { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "./boundaries.ts";

/** Whose the boundaries are and under which licence. Nobody has said of an imported file that it is official; its source speaks for itself. */
export function boundariesText(
	{ approximate, source, licence }: GeographyInfo,
	t: ReturnType<typeof useLanguage>["t"],
): string {
	return approximate
		? t("map.builtIn")
		: t("map.source", { source, licence: licence || t("map.noLicence") });
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
	const kinds = [
		["map.marks", notAsThemselves.filter(({ mark }) => mark)],
		[
			"map.stillBuiltIn",
			notAsThemselves.filter(({ before }) => before === "built-in"),
		],
		[
			"map.stillImported",
			notAsThemselves.filter(({ before }) => before === "imported"),
		],
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
