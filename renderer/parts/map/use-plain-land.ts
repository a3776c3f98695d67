import { useMemo } from "react";
import { useClock } from "../../clock/use-clock.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import type { Colouring } from "./situation-map.ts";
import { useGround } from "./use-ground.ts";

/** Kabupaten/kota in one colour: land without figures, for what stands or moves on it. Null: the days of the dataset are not known yet, or there is no call for it (`areas` null). */
export function usePlainLand(areas: AreaIndex | null): Colouring | null {
	const { ground } = useGround();
	const range = useClock((clock) => clock.range);
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? 0);
	return useMemo(() => {
		if (!range || !areas) return null;
		const regencies = areas.at("regency");
		const days = range.lastDay - range.firstDay + 1;
		const values = new Float64Array(regencies.length * days);
		return {
			cube: {
				header: {
					indicator: "confirmed",
					level: "regency",
					firstDay: range.firstDay,
					days,
					areas: regencies.length,
					seq,
					pending: [],
				},
				values,
				marks: new Uint16Array(values.length),
			},
			columnOf: regencies.map((_, row) => row),
			bounds: [1],
			belowZero: false,
			colours: [ground.zero],
			ground,
		};
	}, [areas, range, ground, seq]);
}
