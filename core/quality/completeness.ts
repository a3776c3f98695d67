/**
 * From this share of its areas, and of its people, a sum stands for the whole. Of fewer it is the figure of those areas and not of the
 * nation or province: 14,092 of one province of 34 is no figure of Indonesia. The same share decides whether a source that knows only
 * some of the areas is asked before other sources.
 */
export const WHOLE_FROM = 0.5;

/**
 * Whether a sum stands for the area.
 * @param reporting areas in the sum, of those `expected`.
 * @param people of the areas in it, of those of the area; NaN where not known: then the areas decide alone.
 */
export function standsForWhole(
	{ reporting, expected }: { reporting: number; expected: number },
	{ people, ofAll }: { people: number; ofAll: number },
): boolean {
	if (reporting < expected * WHOLE_FROM) return false;
	return !(people < ofAll * WHOLE_FROM);
}

/** From this share of its areas, and of their people, on the day looked at, a panel is not said to be incomplete. */
export const COMPLETE_FROM = 0.95;

/**
 * Whether too few of the areas reported on the day itself. Areas are counted, and not the days since somebody reported: one province of 34
 * that reported today does not make a panel fresh, and one that did not does not make it old. House rule, not from a published source.
 * @param peopleShare people of those that reported, as a share of all; null where not known: then the areas decide alone.
 */
export function isIncomplete({
	reporting,
	expected,
	peopleShare,
}: {
	reporting: number;
	expected: number;
	peopleShare: number | null;
}): boolean {
	return (
		reporting < expected * COMPLETE_FROM ||
		(peopleShare !== null && peopleShare < COMPLETE_FROM)
	);
}
