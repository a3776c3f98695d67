import { type RuleKey, ruleId } from "./rule.ts";

/** The answer for a cell at a moment, before it is known whether it differs from the one before. */
export interface Answer {
	/** NaN: none. */
	value: number;
	source: number | null;
	rule: number;
	marks: number;
	reporting: number | null;
	expected: number | null;
}

/** Ids of the rules, by name. */
export const RULE: Record<RuleKey, number> = {
	"only-source": ruleId("only-source"),
	"source-order": ruleId("source-order"),
	"sum-of-areas": ruleId("sum-of-areas"),
	silent: ruleId("silent"),
	"implausible-zero": ruleId("implausible-zero"),
	"carried-forward": ruleId("carried-forward"),
	withdrawn: ruleId("withdrawn"),
	decision: ruleId("decision"),
};

/** A cell without a value, and why. */
export function without(
	rule: "silent" | "implausible-zero" | "withdrawn",
	marks: number,
	source: number | null,
): Answer {
	return {
		value: Number.NaN,
		source,
		rule: RULE[rule],
		marks,
		reporting: null,
		expected: null,
	};
}

/** A value that no longer holds and that nothing replaces. */
export function withdrawn(): Answer {
	return without("withdrawn", 0, null);
}
