import { isoFromDay } from "../series/day.ts";

/** What a refusal means for whoever ordered, whatever the reason: it decides the status of the answer. */
export type RefusalCode =
	/** The command is not of its form, or there is no such command. */
	| "command"
	/** Nobody is signed in, or no longer. */
	| "no-session"
	/** The person's role or part of the country does not allow it. */
	| "not-allowed"
	/** What it speaks of is not there. */
	| "not-found"
	/** Somebody else changed the same thing since. */
	| "conflict"
	/** What is asked for cannot be. */
	| "impossible";

/**
 * Every reason for which the hub refuses, and what it says with it: a screen has the words of each in its languages, since a sentence of the
 * hub's would stand in English in an Indonesian one. Parameters are what was found: days as days, areas and roles as their codes.
 */
export const REFUSALS = {
	/** Some fields are not of their form. */
	form: { code: "command", says: ["fields"] },
	"unknown-command": { code: "command", says: ["command"] },
	"no-session": { code: "no-session", says: [] },
	role: { code: "not-allowed", says: ["command", "roles", "role"] },
	"audit-role": { code: "not-allowed", says: ["roles"] },
	"nation-only": { code: "not-allowed", says: ["command", "scope"] },
	"outside-scope": { code: "not-allowed", says: ["areas", "scope"] },
	"unknown-row": { code: "not-found", says: ["row"] },
	"unknown-source": { code: "not-found", says: ["source"] },
	"unknown-area": { code: "not-found", says: ["area"] },
	"unknown-file": { code: "not-found", says: ["file"] },
	"unknown-item": { code: "not-found", says: ["item"] },
	/** The item has no such fact that could be changed, such as a rate. */
	"unknown-fact": { code: "not-found", says: ["item", "fact"] },
	/** No file that is known states this count: it was corrected or withdrawn since. */
	"unknown-count": { code: "not-found", says: ["facility", "item", "day"] },
	"unknown-alert-rule": { code: "not-found", says: ["rule"] },
	/** Nothing but a note is added to a closed alert before it is opened again, and an open one is not opened. */
	"alert-status": { code: "impossible", says: ["rule", "area", "day"] },
	"never-performed": { code: "not-found", says: [] },
	/** Somebody else changed it after what was on the screen. */
	"changed-since": { code: "conflict", says: ["person"] },
	/** What is to be taken back was changed again. */
	"changed-again": { code: "conflict", says: ["row", "person"] },
	"undone-already": { code: "impossible", says: ["row"] },
	"no-inverse": { code: "impossible", says: ["row"] },
	"day-to-come": { code: "impossible", says: ["day", "today"] },
	"until-past": { code: "impossible", says: ["day", "today"] },
	"above-people": { code: "impossible", says: ["value", "most", "area"] },
	"withdrawn-already": { code: "impossible", says: ["file", "day"] },
	"not-withdrawn": { code: "impossible", says: ["file"] },
	/** Another bundle counts a day of the same laboratory: both would count it twice. */
	"counted-already": { code: "impossible", says: ["file", "other"] },
	/** No table with this number was given, or it was forgotten. */
	"unknown-table": { code: "not-found", says: ["table"] },
	/** Nobody has said how the tables of the source are read. */
	"no-mapping": { code: "impossible", says: ["source"] },
	/** There is such a source already, which is called otherwise. */
	"source-exists": { code: "impossible", says: ["source"] },
	/** The table was tried by an older version of the mapping than applies now. */
	"mapping-newer": { code: "impossible", says: ["source", "version"] },
	/** It was taken in by the mapping that applies. */
	"taken-already": { code: "impossible", says: ["file"] },
	/** By the mapping that applies nothing of it can be used; what was known of it stays. */
	"nothing-taken": { code: "impossible", says: ["table"] },
	/** The source has spoken, and never of the part of the country that the person answers for. */
	"source-elsewhere": { code: "not-allowed", says: ["source", "scope"] },
	/** It is a bundle of a laboratory, which names patients: the desk keeps tables whole. */
	"names-patients": { code: "impossible", says: [] },
	"unknown-facility": { code: "not-found", says: ["facility"] },
	"unknown-order": { code: "not-found", says: [] },
	/** Whoever decides about an order had not seen its last step. */
	"order-changed": { code: "conflict", says: ["order", "person"] },
	"order-exists": { code: "impossible", says: ["order"] },
	/** Not from a warehouse to one of those that it gives to. */
	"order-way": { code: "impossible", says: ["from", "to"] },
	"order-status": { code: "impossible", says: ["order", "status", "step"] },
	/** Whoever wrote an order does not approve it. */
	"order-own": { code: "not-allowed", says: ["order"] },
	/** What a province gives to its own is approved there. */
	"order-province": { code: "not-allowed", says: ["order", "area", "scope"] },
	"order-day": { code: "impossible", says: ["order", "day", "earliest"] },
	"order-units": {
		code: "impossible",
		says: ["order", "item", "found", "most"],
	},
	"order-lines": { code: "impossible", says: ["order", "item", "found"] },
	"lot-expired": { code: "impossible", says: ["order", "item", "lot", "day"] },
	"unknown-release": { code: "not-found", says: ["release"] },
	"release-status": { code: "impossible", says: ["release"] },
	/** Whoever approved a release is not the second who does. */
	"release-own": { code: "not-allowed", says: ["release"] },
	/** Another release became public since it was made, and it was not held against that one. */
	"release-outdated": { code: "impossible", says: ["release", "other"] },
	/** The hub failed at it each time by a fault of its own: said by the workstation, which asks no more. */
	"hub-fault": { code: "impossible", says: ["tries"] },
	/** A reason of a hub of another version, which this program has no words for. */
	other: { code: "impossible", says: [] },
} as const satisfies Record<
	string,
	{ code: RefusalCode; says: readonly string[] }
>;

export type RefusalReason = keyof typeof REFUSALS;

export const REFUSAL_REASONS = Object.keys(REFUSALS) as RefusalReason[];

/** What is said with a reason. */
export type RefusalParameters<R extends RefusalReason = RefusalReason> = {
	readonly [K in (typeof REFUSALS)[R]["says"][number]]: string | number;
};

/** Those of the parameters that are days. */
const DAYS: ReadonlySet<string> = new Set(["day", "today", "earliest"]);

/** For logs and for whoever reads an answer without a screen: "day-to-come: day 2020-05-30, today 2020-04-15". */
export function refusalText(
	reason: RefusalReason,
	parameters: Readonly<Record<string, string | number>>,
): string {
	const said = Object.entries(parameters).map(
		([key, found]) =>
			`${key} ${DAYS.has(key) && typeof found === "number" ? isoFromDay(found) : found}`,
	);
	return said.length === 0 ? reason : `${reason}: ${said.join(", ")}`;
}
