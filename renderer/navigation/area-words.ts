import type { AreaRow } from "../../core/api/areas.ts";
import { OTHER_NAMES } from "../../core/areas/other-names.ts";

/** What a person may type for an area: its name, its code with and without the dot, and the names that it also has. */
export function areaWords(area: AreaRow): readonly string[] {
	return [
		area.name,
		area.code,
		...(OTHER_NAMES[area.code] ?? []),
		...(area.level === "district"
			? [`Kec. ${area.name}`, `Kecamatan ${area.name}`]
			: []),
		...(area.level === "village"
			? [`Kel. ${area.name}`, `Kelurahan ${area.name}`]
			: []),
		...(area.level === "nation" ? ["Nasional", "National"] : []),
	];
}
