/**
 * Rolling alerts: a rule over a daily figure fires once when it is crossed, and is not raised again for the same area
 * within seven days. A day without a figure neither fires nor clears an alert, and ends a row of days: what was not known on a day
 * cannot have held on it.
 */

import type { Day } from "../series/day.ts";
import { ModelInputError, requireNumber } from "./input-error.ts";

export type AlertRule = {
	/** Stable name, e.g. "incidence-above-50". */
	key: string;
	/** Fires when the figure is above (or below) this. */
	direction: "above" | "below";
	threshold: number;
	/** Days in a row, each with a figure, on which the condition holds before it fires. Default 1. */
	sustainedDays?: number;
	/** Days after an alert in which the same rule stays quiet for the area. Default 7. */
	quietDays?: number;
};

export type Alert = {
	rule: string;
	area: string;
	day: Day;
	value: number;
	threshold: number;
};

export const QUIET_DAYS = 7;

/** What must be remembered of a rule and area between runs, so that yesterday's alert is not raised again today. */
export type AlertState = {
	/** Day of the last alert; undefined = never. */
	lastRaised: Day | undefined;
	/** Whether the condition has been seen false since the last alert. */
	armed: boolean;
	/** Days in a row with the condition, up to `lastDay`. */
	run: number;
	/** Last day looked at. */
	lastDay: Day | undefined;
};

export const NEW_ALERT_STATE: AlertState = {
	lastRaised: undefined,
	armed: true,
	run: 0,
	lastDay: undefined,
};

/**
 * Runs a rule over the days of one area.
 * @param values figure by day from `firstDay`, NaN = not known; days already looked at (`state.lastDay`) are skipped
 * @returns the alerts raised, oldest first, and the state to hand in next time
 */
export function rollingAlerts(
	rule: AlertRule,
	area: string,
	firstDay: Day,
	values: ArrayLike<number>,
	state: AlertState = NEW_ALERT_STATE,
): { alerts: Alert[]; state: AlertState } {
	if (Number.isNaN(rule.threshold))
		throw new ModelInputError(
			`threshold of ${rule.key}`,
			rule.threshold,
			"a number",
		);
	const sustained = rule.sustainedDays ?? 1;
	const quiet = rule.quietDays ?? QUIET_DAYS;
	requireNumber(
		`days in a row of ${rule.key}`,
		sustained,
		"a whole number of days, 1 or more",
		(x) => Number.isInteger(x) && x >= 1,
	);
	requireNumber(
		`quiet days of ${rule.key}`,
		quiet,
		"0 days or more",
		(x) => x >= 0,
	);
	const alerts: Alert[] = [];
	let { lastRaised, armed, run, lastDay } = state;
	for (let index = 0; index < values.length; index++) {
		const day = firstDay + index;
		if (lastDay !== undefined && day <= lastDay) continue;
		// Days that no run has looked at are as silent as days without a figure.
		if (lastDay !== undefined && day > lastDay + 1) run = 0;
		lastDay = day;
		const value = values[index];
		if (Number.isNaN(value)) {
			run = 0;
			continue;
		}
		const holds =
			rule.direction === "above"
				? value > rule.threshold
				: value < rule.threshold;
		if (!holds) {
			run = 0;
			armed = true;
			continue;
		}
		run++;
		if (
			!armed ||
			run < sustained ||
			(lastRaised !== undefined && day - lastRaised < quiet)
		)
			continue;
		alerts.push({
			rule: rule.key,
			area,
			day,
			value,
			threshold: rule.threshold,
		});
		lastRaised = day;
		armed = false;
	}
	return { alerts, state: { lastRaised, armed, run, lastDay } };
}
