import { useEffect, useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type Level,
	levelOf,
	parseAreaCode,
} from "../../../core/areas/codes.ts";
import {
	type Against,
	againstFromText,
	dayAgainst,
} from "../../../core/series/against.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	type AreaIndex,
	openedAt,
	parentOf,
	useAreasFor,
} from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import { hasTwoMaps } from "./compare-search.ts";
import type { Choice } from "./use-choice.ts";

/** One of two maps. */
export interface Side {
	readonly indicator: IndicatorKey;
	/** What it is framed on, or outlines. */
	readonly area: AreaRow;
	/** The day that it draws on a day of the clock. */
	readonly dayOf: (day: Day) => Day;
}

/** The indicator that is read beside another unless one is chosen. */
export function indicatorBeside(indicator: IndicatorKey): IndicatorKey {
	return indicator === "deaths" ? "confirmed" : "deaths";
}

/** The day of the clock itself. */
export const today = (day: Day): Day => day;

const MONTH: Against = { kind: "before", days: 28 };

/** What an address says of the other day, and that day by the day of the clock; the same function for the same address. */
export function useAgainst({ search }: Pick<Choice, "search">) {
	return useMemo(() => {
		const against = againstFromText(search.against) ?? MONTH;
		return { against, dayOf: (day: Day) => dayAgainst(against, day) };
	}, [search.against]);
}

/** An address may name any area as the other one: one that is not there is taken out of it, and that is said. */
export function useOtherThere({ search, changeSearch }: Choice): void {
	const { by, beside, compare } = search;
	const areas = useAreasFor([beside]);
	const isLooked = hasTwoMaps(compare) && by === "area" && beside !== "";
	const isMissing = isLooked && areas !== null && isNowhere(areas, beside);
	useEffect(() => {
		if (!isMissing) return;
		changeSearch({ beside: "" });
		useView
			.getState()
			.change({ refused: { what: "part", text: `beside=${beside}` } });
	}, [isMissing, beside, changeSearch]);
}

/** Whether an index that has the areas of its level does not have one of a code, or only for cases without a place. */
function isNowhere(areas: AreaIndex, code: string): boolean {
	const parsed = parseAreaCode(code);
	if (!parsed || areas.at(levelOf(parsed)).length === 0) return false;
	return areas.byCode(code)?.unknownPlace ?? true;
}

/** The areas that a map of a level compares where an area is looked at: of the whole, or of its province; kecamatan of what is opened. */
export function comparedAreas(
	areas: AreaIndex,
	area: AreaRow,
	level: Level,
): readonly AreaRow[] {
	const parent =
		level === "district" ? openedAt(areas, area) : parentOf(areas, area);
	return (
		parent.level === "nation" || level === "province"
			? areas.at(level)
			: level === "district" && parent.level === "province"
				? areas.children(parent).flatMap(areas.children)
				: areas.children(parent)
	).filter(({ unknownPlace }) => !unknownPlace);
}

/**
 * The two maps from left to right. Of two days the left one is the day that is held against, as time runs; else the left one is what is chosen
 * on the screen.
 */
export function useSides(
	choice: Choice,
	areas: AreaIndex,
	selected: AreaRow,
): readonly [Side, Side] {
	const { indicator, search } = choice;
	const { dayOf } = useAgainst(choice);
	const { by, with: other, beside } = search;
	return useMemo((): [Side, Side] => {
		const here: Side = { indicator, area: selected, dayOf: today };
		switch (by) {
			case "day":
				return [{ ...here, dayOf }, here];
			case "indicator":
				return [
					here,
					{
						...here,
						indicator:
							other === "" || other === indicator
								? indicatorBeside(indicator)
								: other,
					},
				];
			case "area":
				return [here, { ...here, area: areaBeside(areas, selected, beside) }];
		}
	}, [by, other, beside, indicator, selected, areas, dayOf]);
}

/**
 * The other area: as chosen, where it is drawn, else what it lies in, as of the chosen area itself; or the first of the same level that is not
 * this one.
 */
export function areaBeside(
	areas: AreaIndex,
	selected: AreaRow,
	code: string,
): AreaRow {
	for (
		let at = code;
		at !== "";
		at = at.slice(0, Math.max(0, at.lastIndexOf(".")))
	) {
		const chosen = areas.byCode(at);
		if (chosen && !chosen.unknownPlace) return chosen;
	}
	const level = selected.level === "regency" ? "regency" : "province";
	return (
		areas
			.at(level)
			.find(({ id, unknownPlace }) => id !== selected.id && !unknownPlace) ??
		selected
	);
}
