import { ruleId } from "../../../core/quality/rule.ts";

/**
 * Where a value came from, as one number: twice the id of its source (0: several), and one more when it is a sum of areas. Sources are
 * numbered from 1, so 0 is no voice at all, and 1 a sum over several sources.
 */
export type Voice = number;

/** A sum over several sources. */
export const SUM_OF_SEVERAL: Voice = 1;

const SUM = ruleId("sum-of-areas");

/** The voice of a row of facts, in SQL. */
export function voiceSql(row: string): string {
	return `(2 * coalesce(${row}.source, 0) + (${row}.rule = ${SUM}))`;
}

export function isSum(voice: Voice): boolean {
	return voice % 2 === 1;
}

/** The id of the source; null for several, or none. */
export function sourceOf(voice: Voice): number | null {
	return Math.floor(voice / 2) || null;
}

/** One number for every sum: what its areas say is compared area by area. */
export function originOf(voice: Voice): number {
	return isSum(voice) ? SUM_OF_SEVERAL : voice;
}

/** Whether a value comes from elsewhere than the one before it. Sums of several sources are not told apart. */
export function changes(before: Voice, now: Voice): boolean {
	if (before === now || before === 0 || now === 0) return false;
	if (!isSum(before) || !isSum(now)) return true;
	return before !== SUM_OF_SEVERAL && now !== SUM_OF_SEVERAL;
}
