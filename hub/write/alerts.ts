import { HandleAlert, SaveAlertRule } from "../../core/api/alerts.ts";
import { refusalOf } from "../../core/api/command-message.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import type { AlertRuleVersion } from "../../core/epidemic/alert-rule.ts";
import { changedStanding } from "../../core/epidemic/alert-standing.ts";
import { isoFromDay } from "../../core/series/day.ts";
import {
	addAlertRuleVersion,
	alertStanding,
	areaOfCode,
	storeAlertStep,
	storedAlertRule,
} from "../store/alerts.ts";
import { performer, Refused } from "./perform.ts";

/**
 * Adds a version; what takes it back is one more, of the same days and with the body before. It begins no earlier than the one before, also where
 * whoever orders it has a dataset that ends earlier: else days would change that others decided of, and taking it back would not give them back.
 */
export const savingAlertRule = performer(
	SaveAlertRule,
	async (client, { rule, body, from: asked, reason }, { person, now }) => {
		const before = await storedAlertRule(client, rule);
		const from = Math.max(asked, before?.from ?? asked);
		const after: AlertRuleVersion = {
			...{ rule, body, from },
			version: (before?.version ?? 0) + 1,
		};
		await addAlertRuleVersion(client, after, {
			at: now,
			person: person.display,
			reason,
		});
		return {
			subject: `alert-rule:${rule}`,
			areas: [],
			before: before ? standing(before) : null,
			after: standing(after),
			inverse: {
				name: SaveAlertRule.name,
				request: {
					...{ rule, from },
					// What was not there before raises nothing any more.
					body: before?.body ?? { ...body, enabled: false },
					reason: "taken back",
				},
			},
		};
	},
);

const standing = ({ version, from, body }: AlertRuleVersion) => ({
	ruleVersion: version,
	...{ from, body },
});

export const handlingAlert = performer(
	HandleAlert,
	async (client, { change, seen, reason, ...asked }, { person, now }) => {
		const { rule, day } = asked;
		if (!(await storedAlertRule(client, rule)))
			throw new Refused(refusalOf("unknown-alert-rule", { rule }));
		const area = await areaOfCode(client, asked.area);
		if (area === undefined)
			throw new Refused(refusalOf("unknown-area", { area: asked.area }));
		const alert = { rule, area, day };
		const before = await alertStanding(client, alert);
		const after = changedStanding(before, change);
		if (!after) throw new Refused(refusalOf("alert-status", asked));
		await storeAlertStep(
			client,
			alert,
			{ change, standing: after, seen },
			{ at: now, person: person.display, reason },
		);
		return {
			subject: `alert:${rule}/${asked.area}/${isoFromDay(day)}`,
			areas: [asked.area as AreaCode],
			before: { alert: asked, standing: before },
			after: { alert: asked, standing: after },
			inverse: {
				name: HandleAlert.name,
				request: {
					...{ ...asked, seen },
					change: { kind: "restore", to: before },
					reason: "taken back",
				},
			},
		};
	},
	// How an alert stands is not told to somebody of elsewhere.
	async (_, { area }) => [area as AreaCode],
);
