import { z } from "zod";
import { EVERYBODY, PEOPLE } from "../access/role.ts";
import { levelOf, parseAreaCode } from "../areas/codes.ts";
import {
	ALERT_KINDS,
	ALERT_LEVELS,
	AlertRuleBody,
	AlertRuleKey,
} from "../epidemic/alert-rule.ts";
import {
	ALERT_TURNS,
	AlertChange,
	AlertStanding,
} from "../epidemic/alert-standing.ts";
import { reason } from "./decisions.ts";
import { FACTS } from "./figures.ts";
import { day, dayNumber } from "./parameter.ts";
import { command, query } from "./route.ts";
import { SourceName } from "./sources.ts";

/** What alerts are made from. */
const ALERTED = [
	...FACTS,
	"facility",
	"facility_report",
	"alert_rule",
] as const;

const HANDLERS = [
	"analyst",
	"planner",
	"data-manager",
	"administrator",
] as const;

const rule = AlertRuleKey;
const areaCode = z.string().refine(
	(text) => {
		const code = parseAreaCode(text);
		return (
			code !== undefined &&
			ALERT_LEVELS.some((level) => level === levelOf(code))
		);
	},
	{ error: "the code of a province or a kabupaten/kota, such as 32.73" },
);

/** A version of a rule, and who made it. */
export const AlertRuleVersion = z.object({
	rule: z.string(),
	version: z.int(),
	/** The first day of which it decides; null: of all, as the product is shipped. */
	from: z.int().nullable(),
	body: AlertRuleBody,
	/** Null: as the product is shipped. */
	changed: z
		.object({ at: z.number(), person: z.string(), reason: z.string() })
		.nullable(),
});
export type AlertRuleVersion = z.infer<typeof AlertRuleVersion>;

export const AlertRules = query({
	path: "/api/alerts/rules",
	about:
		"The rules by which alerts are raised with all their versions, in order of key, the newest version first.",
	role: EVERYBODY,
	keeps: "open",
	from: "replica",
	reads: ["alert_rule"],
	request: z.strictObject({}),
	answer: AlertRuleVersion.array(),
});

/** What a person did with an alert. */
const AlertStep = z.object({
	at: z.number(),
	person: z.string(),
	change: AlertChange,
	reason: z.string(),
});

/** An alert in the inbox. */
export const InboxAlert = z.object({
	rule: z.string(),
	kind: z.enum(ALERT_KINDS),
	/** Version of the rule that raised it. */
	version: z.int(),
	area: z.int(),
	code: z.string(),
	name: z.string(),
	level: z.enum(ALERT_LEVELS),
	/** The day on which it was raised, by what was known on that day. */
	day: z.int(),
	/** The figure of that day; null: it is not raised any more (`gone`). */
	value: z.number().nullable(),
	/** What it rests on: cases, beds, specimens. */
	size: z.number().nullable(),
	/** What it was compared with, or made from. */
	against: z.number().nullable(),
	threshold: z.number(),
	minimum: z.number(),
	/** The last day on which it held, and whether it holds still. */
	until: z.int(),
	holds: z.boolean(),
	/** The figure of the day on which it was raised as it is known now; null: it is not known. */
	now: z.number().nullable(),
	/** By what is known now it would not have been raised: corrected since. */
	corrected: z.boolean(),
	/**
	 * A person handled it, and it is not raised any more: a rule was taken back, or what was known on its day became known otherwise. Its figures
	 * are those that were seen.
	 */
	gone: z.boolean(),
	turn: z.enum(ALERT_TURNS),
	standing: AlertStanding,
	/** What was done with it, the newest first. */
	steps: AlertStep.array(),
});
export type InboxAlert = z.infer<typeof InboxAlert>;

/** How the alerts of a rule turned out. */
const RuleCount = z.object({
	rule: z.string(),
	/** Raised in the days of the inbox. */
	raised: z.int(),
	/** Of those: nobody closed them. */
	open: z.int(),
	/** Closed ever, by what they turned out to be. */
	trueAlarms: z.int(),
	falseAlarms: z.int(),
	/** False ones of those that were closed; null: none was. */
	falseShare: z.number().nullable(),
});
export type RuleCount = z.infer<typeof RuleCount>;

export const AlertInbox = z.object({
	/** The days whose alerts are shown. */
	firstDay: z.int(),
	lastDay: z.int(),
	/** The first day on which anything was known: earlier alerts cannot be told. */
	knownFrom: z.int(),
	/** What is to be done first is first. */
	alerts: InboxAlert.array(),
	rules: RuleCount.array(),
	/** Alerts by turn. */
	turns: z.record(z.enum(ALERT_TURNS), z.int()),
});
export type AlertInbox = z.infer<typeof AlertInbox>;

/** Days of the inbox, the last day of the dataset included. */
export const INBOX_DAYS = 56;

export const AlertsRaised = query({
	path: "/api/alerts",
	about:
		"The alerts of the last eight weeks, each raised by what was known on its day, with what persons made of them; of each rule how many were false alarms. Takes seconds after a publication; how far it is comes as `progress`.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: [...ALERTED, "alert_state"],
	request: z.strictObject({}),
	answer: AlertInbox,
});

/** What an alert rests on, day by day; arrays are parallel and `firstDay` is their first. Null: not known. */
export const Evidence = z.object({
	rule: z.string(),
	kind: z.enum(ALERT_KINDS),
	area: z.int(),
	firstDay: z.int(),
	/** The figure of each day, as it was known on that day, and as it is known now. */
	asKnown: z.array(z.number().nullable()),
	now: z.array(z.number().nullable()),
	/** What the figure of each day rests on, and what it was compared with, as known on the day. */
	size: z.array(z.number().nullable()),
	against: z.array(z.number().nullable()),
	/** The threshold of each day, by the version that decided of it; null: none did. */
	threshold: z.array(z.number().nullable()),
	/** Other rules that raised an alert of the area in the two weeks around: a rise with a jump in it is more likely a dump. */
	beside: z.array(z.object({ rule: z.string(), day: z.int() })),
	/** Who says it, as known on the day of the alert. */
	sources: SourceName.array(),
	/** The newest day of which anything was reported of the area up to the day of the alert; null: none. */
	lastReported: z.int().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

export const AlertEvidence = query({
	path: "/api/alerts/evidence",
	about:
		"What an alert rests on: the figure of its rule day by day, as known on each day and as known now, with the threshold that applied.",
	role: PEOPLE,
	keeps: "narrowed",
	from: "replica",
	reads: ALERTED,
	request: z.strictObject({ rule, area: areaCode, day }),
	answer: Evidence.nullable(),
});

const Spread = z.object({
	low: z.number(),
	median: z.number(),
	high: z.number(),
});

/** How a rule would have done (core/epidemic/area-alerts RuleScore). */
const RuleScore = z.object({
	raised: z.int(),
	areas: z.int(),
	waves: z.int(),
	caught: z.int(),
	besides: z.int(),
	undecided: z.int(),
	beforeReached: Spread.nullable(),
	beforePeak: Spread.nullable(),
});
export type RuleScore = z.infer<typeof RuleScore>;

const DryAlert = z.object({ area: z.string(), name: z.string(), day: z.int() });

export const DryRun = z.object({
	/** The days that were gone through, each by what was known on it. */
	firstDay: z.int(),
	lastDay: z.int(),
	knownFrom: z.int(),
	/** Whether alerts of this kind are held against waves. */
	foretells: z.boolean(),
	/** A wave is reached where the weekly incidence is at least this. */
	waveFrom: z.number(),
	draft: RuleScore,
	/** The versions that stand, each on its days; null: there is no such rule. */
	standing: RuleScore.nullable(),
	/** Alerts of the draft that the standing versions did not raise, and the other way round: how many, and the newest of them. */
	more: z.object({ count: z.int(), newest: DryAlert.array() }),
	fewer: z.object({ count: z.int(), newest: DryAlert.array() }),
});
export type DryRun = z.infer<typeof DryRun>;

const draft = z.codec(z.string().max(4000), AlertRuleBody, {
	decode: (text, context) => {
		try {
			return JSON.parse(text);
		} catch {
			context.issues.push({
				code: "custom",
				input: text,
				message: "a rule as JSON",
			});
			return z.NEVER;
		}
	},
	encode: (body) => JSON.stringify(body),
});

export const AlertDryRun = query({
	path: "/api/alerts/dry-run",
	about:
		"What a draft of a rule would have raised over the whole history by what was known on each day, how early before waves, and what the standing version raised. Takes seconds; how far it is comes as `progress`, and closing the request ends it.",
	role: ["analyst", "administrator"],
	keeps: "narrowed",
	from: "replica",
	reads: ALERTED,
	request: z.strictObject({ rule, draft }),
	answer: DryRun,
});

/** What stands in the audit trail of a rule before and after. */
const RuleStanding = z.object({
	ruleVersion: z.int(),
	from: z.int().nullable(),
	body: AlertRuleBody,
});
export type RuleStanding = z.infer<typeof RuleStanding>;

export const SaveAlertRule = command({
	name: "save-alert-rule",
	about:
		"Change a rule of alerts from a day on; the older versions are kept, and what they raised stays raised.",
	role: ["analyst", "administrator"],
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		rule,
		body: AlertRuleBody,
		/** The first day of which it decides. */
		from: dayNumber,
		reason,
	}),
	answer: RuleStanding,
});

/** What stands in the audit trail of an alert before and after. */
const AlertHandled = z.object({
	alert: z.object({ rule: z.string(), area: z.string(), day: z.int() }),
	standing: AlertStanding,
});
export type AlertHandled = z.infer<typeof AlertHandled>;

export const HandleAlert = command({
	name: "handle-alert",
	about:
		"Acknowledge an alert, give it to somebody, write a note, let it sleep, close it as true or false alarm, or open it again.",
	role: HANDLERS,
	scope: "areas",
	whenOffline: "wait",
	request: z.strictObject({
		rule,
		area: areaCode,
		/** On which it was raised. */
		day: dayNumber,
		/** What was on the screen: kept beside the decision, should the alert be raised no more. */
		seen: z.strictObject({
			version: z.int().positive(),
			value: z.number(),
			threshold: z.number(),
		}),
		change: AlertChange,
		reason,
	}),
	answer: AlertHandled,
});
