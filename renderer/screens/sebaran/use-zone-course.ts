import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { ZoneCourse, Zones } from "../../../core/api/zones.ts";
import { ZoneCourseOf } from "../../../core/api/zones.ts";
import { publicationOn } from "../../../core/epidemic/zone-publication.ts";
import { type Day, dayFromIso } from "../../../core/series/day.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Choice } from "./use-choice.ts";
import type { ZoneCell } from "./zone-search.ts";

export type Transition = NonNullable<ZoneCourse["transition"]>;
export type AskedCourse = ReturnType<typeof useZoneCourse>;

/**
 * How the zones of an area moved: between the days of the address, or from the publication before the one on the map to that one. Days that
 * hold no publication of the area are as if they were not there.
 */
export function useZoneCourse(
	areas: AreaIndex,
	parent: AreaRow,
	zones: Zones | undefined,
	{ asKnown, search }: Choice,
) {
	const day = usePanelDay();
	const days = useMemo((): readonly Day[] => {
		if (!zones) return [];
		const inside = zones.areas.flatMap((id, at) =>
			parent.level === "nation" || areas.byId(id)?.parent === parent.id
				? [at]
				: [],
		);
		return zones.publications
			.filter((one) => inside.some((at) => one.zones[at] !== 0))
			.map((one) => one.day);
	}, [zones, areas, parent]);
	const named = (text: string) => {
		const at = days.indexOf(dayFromIso(text) ?? Number.NaN);
		return at < 0 ? undefined : at;
	};
	const to = named(search.zoneTo) ?? publicationOn(days, day);
	const from = named(search.zoneFrom) ?? to - 1;
	const answer = useAnswer(
		ZoneCourseOf,
		{
			area: parent.id,
			from: days[from] ?? null,
			to: days[to] ?? null,
			as_known: asKnown,
		},
		{ keepLast: true, enabled: zones !== undefined },
	);
	const isOfArea = answer.data?.area === parent.id;
	return {
		data: isOfArea ? answer.data : undefined,
		error: answer.error,
		refetch: answer.refetch,
		days,
		/** The two days that are asked for; undefined where there is no such publication. */
		from: days[from],
		to: days[to],
	};
}

/** Ids of the areas that went from one zone to another, or that only one of the two publications names. */
export function areasOf(
	transition: Transition,
	cell: ZoneCell,
): readonly number[] {
	if (cell === "before") return transition.onlyBefore;
	if (cell === "after") return transition.onlyAfter;
	return (
		transition.cells.find(
			({ from, to }) => from === cell.from && to === cell.to,
		)?.areas ?? []
	);
}
