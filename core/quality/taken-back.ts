import type { Day } from "../series/day.ts";

/** From `from` on something is not known any more, until the day `to` on which it stands again (null: it does not). */
export interface TakenBack {
	from: Day;
	to: Day | null;
}

/** Whether what was known by a moment was not taken back then. */
export function isKnown(
	{ takenBack }: { takenBack?: readonly TakenBack[] },
	moment: Day,
): boolean {
	return !takenBack?.some(
		({ from, to }) => from <= moment && (to === null || moment < to),
	);
}

/** The moments after it became known at which something is taken back or stands again. */
export function turnsOf({
	asOf,
	takenBack,
}: {
	asOf: Day;
	takenBack?: readonly TakenBack[];
}): Day[] {
	return (takenBack ?? []).flatMap(({ from, to }) =>
		from === to ? [] : [from, to].filter((day) => day !== null && day > asOf),
	) as Day[];
}
