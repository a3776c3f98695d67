/**
 * Oxygen for patients in bed. Flows: WHO interim guidance of 4 April 2020 (severe 10, critical 30 L/min).
 * 1 L/min for a day is 1.44 m3 of gas; a tonne of liquid is taken as the catalogue's cubic metres of gas.
 */

import type { ForecastDefaults } from "./catalogue.ts";

/** Oxygen of one day in every unit planners ask for. */
export interface OxygenNeed {
	litresPerMinute: number;
	cubicMetresPerDay: number;
	tonnesPerDay: number;
	/** Concentrators that could carry the whole flow, whole machines. */
	concentrators: number;
	/** Cylinders a day by kind, whole cylinders. */
	cylindersPerDay: Record<string, number>;
}

const CUBIC_METRES_OF_A_LITRE_PER_MINUTE_DAY = 1.44;

/**
 * @param severe severe patients in bed. @param critical critical patients in bed.
 * @param leakage extra part lost in pipes and changes, 0 = none.
 */
export function oxygenNeed(
	severe: number,
	critical: number,
	oxygen: ForecastDefaults["oxygen"],
	leakage = 0,
): OxygenNeed {
	const { flowLitresPerMinute: flow, criticalShareInvasive } = oxygen;
	const criticalFlow =
		criticalShareInvasive * flow.criticalInvasive +
		(1 - criticalShareInvasive) * flow.criticalNonInvasive;
	const litresPerMinute =
		(severe * flow.severe + critical * criticalFlow) * (1 + leakage);
	const cubicMetresPerDay =
		litresPerMinute * CUBIC_METRES_OF_A_LITRE_PER_MINUTE_DAY;
	return {
		litresPerMinute,
		cubicMetresPerDay,
		tonnesPerDay: cubicMetresPerDay / oxygen.cubicMetresPerTonne.value,
		concentrators: wholeUp(
			litresPerMinute / oxygen.concentratorLitresPerMinute,
		),
		cylindersPerDay: Object.fromEntries(
			oxygen.cylinders.map((cylinder) => [
				cylinder.id,
				wholeUp(cubicMetresPerDay / cylinder.cubicMetres),
			]),
		),
	};
}

function wholeUp(value: number): number {
	return Math.max(0, Math.ceil(value - 1e-9));
}
