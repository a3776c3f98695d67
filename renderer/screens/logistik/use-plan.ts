import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type Plan,
	type PlanOf,
	type PlanPin,
	pins as pinsOf,
} from "../../../core/api/plan.ts";
import type { Asked } from "../../../core/api/route.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useSearch } from "../../state/search.ts";
import { logisticsSearch } from "./search.ts";

/** Pins as they stand in the address; those that make no sense are none. */
function readPins(text: string): PlanPin[] {
	const read = pinsOf.safeParse(text === "" ? undefined : text);
	return read.success ? read.data : [];
}

/** How a plan is made, as it stands in the address: the area, the horizon, the rules and the pins. */
export function usePlanChoice(areas: AreaIndex, selected: AreaRow) {
	const [search, changeSearch] = useSearch(logisticsSearch);
	const day = usePanelDay();
	const area =
		areas.path(selected).find(({ level }) => level === "province") ?? selected;
	const pins = useMemo(() => readPins(search.pins), [search.pins]);
	const tier = area.level === "province" ? "province" : search.tier;
	const asked: Asked<typeof PlanOf> = {
		area: area.id,
		day,
		tier,
		// Several rounds are planned with trips in parts.
		periods: Number(search.periods),
		cover: Number(search.weeks) * 7,
		reserve: Number(search.reserve),
		floor: Number(search.floor),
		policy: search.policy,
		trips: search.periods !== "1" ? "parts" : search.trips,
		pins,
	};
	return { search, changeSearch, asked, area, pins };
}
export type PlanChoice = ReturnType<typeof usePlanChoice>;

/** What a plan sends in one of its rounds: what map, table, strip and orders show. */
function planIn(plan: Plan, period: number): Plan {
	if (plan.periods.length <= 1) return plan;
	return {
		...plan,
		lines: plan.lines.filter((line) => line.period === period),
		areas: plan.areas.filter((area) => area.period === period),
	};
}

/** What of a plan is shown: the round of the address; of a plan for another area or tier, which stays while the new one is made, nothing. */
export function useShownPlan(
	found: Plan | undefined,
	{ search, asked, area }: PlanChoice,
) {
	const whole =
		found?.area === area.id && found.tier === asked.tier ? found : undefined;
	const round = Math.min(
		Number(search.round) - 1,
		(whole?.periods.length ?? 1) - 1,
	);
	const plan = useMemo(
		() => (whole ? planIn(whole, round) : undefined),
		[whole, round],
	);
	return { plan, round };
}

/** Changes pins, and goes back and forth over what was changed. */
export function usePins({ search, changeSearch, pins }: PlanChoice) {
	const [past, setPast] = useState<readonly string[]>([]);
	const [future, setFuture] = useState<readonly string[]>([]);
	const shown = useRef(search.pins);
	useEffect(() => {
		// Another address was opened: its pins are not the next step of these.
		if (shown.current === search.pins) return;
		shown.current = search.pins;
		setPast([]);
		setFuture([]);
	}, [search.pins]);
	const write = useCallback(
		(text: string) => {
			shown.current = text;
			changeSearch({ pins: text });
		},
		[changeSearch],
	);
	const change = (next: readonly PlanPin[]) => {
		setPast([...past, search.pins]);
		setFuture([]);
		write((z.encode(pinsOf, [...next]) as string | undefined) ?? "");
	};
	const same = (a: Pick<PlanPin, "from" | "to" | "item">) => (b: PlanPin) =>
		a.from === b.from && a.to === b.to && a.item === b.item;
	return {
		pins,
		/** In one change, which is undone as one. */
		pin: (next: readonly PlanPin[]) =>
			change([
				...pins.filter((one) => !next.some((pin) => same(pin)(one))),
				...next,
			]),
		release: (ways: readonly Pick<PlanPin, "from" | "to" | "item">[]) =>
			change(pins.filter((one) => !ways.some((way) => same(way)(one)))),
		clear: () => change([]),
		undo:
			past.length === 0
				? null
				: () => {
						setFuture([search.pins, ...future]);
						setPast(past.slice(0, -1));
						write(past.at(-1) ?? "");
					},
		redo:
			future.length === 0
				? null
				: () => {
						setPast([...past, search.pins]);
						setFuture(future.slice(1));
						write(future[0] ?? "");
					},
	};
}
export type Pins = ReturnType<typeof usePins>;
