import { useEffect } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { clock } from "../../clock/use-clock.ts";
import { type AreaIndex, parentOf } from "../../state/area-index.ts";
import { useCube } from "../../state/cube.ts";
import { openingOf } from "../../state/opening.ts";
import { useViewOf } from "../../state/view-state.ts";

/** Once for each page: what is chosen later is a person's choice. */
let opened = false;

/** Opens on what can be shown, where the address asks for no day or level of its own; draws nothing. */
export function Opening(props: { areas: AreaIndex; selected: AreaRow }) {
	return opened ? null : <Choose {...props} />;
}

function Choose({ areas, selected }: { areas: AreaIndex; selected: AreaRow }) {
	const { indicator, mapLevel, asKnown, change } = useViewOf(
		"indicator",
		"mapLevel",
		"asKnown",
		"change",
	);
	const of = (level: "province" | "regency") =>
		({ indicator, measure: "total", level, as_known: asKnown }) as const;
	const { data: regency } = useCube(of("regency"));
	const { data: province } = useCube(of("province"));
	useEffect(() => {
		if (opened || !regency || !province) return;
		opened = true;
		if (mapLevel !== "zoom") return;
		const parent = parentOf(areas, selected);
		const nation = parent.level === "nation";
		const found = openingOf(
			{ regency, province },
			{
				regency: (nation ? areas.at("regency") : areas.children(parent)).map(
					areas.row,
				),
				province: (nation ? areas.at("province") : [parent]).map(areas.row),
			},
			clock.day,
		);
		if (!found) return;
		if (found.day !== clock.day && clock.asked === null) clock.goTo(found.day);
		// Of a day that the address asks for and nobody reports, the level is the person's own.
		if (found.day === clock.day && found.level === "province")
			change({ mapLevel: "province" });
	}, [areas, selected, regency, province, mapLevel, change]);
	return null;
}
