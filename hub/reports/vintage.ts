import path from "node:path";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { ConnectorContext } from "./connector.ts";
import type { RowError } from "./report.ts";

/** Years first, apart by one sign or by none: `2020-05-02`, `2020_05_02`, `20200502`. */
const YEAR_FIRST = /(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g;
/** What else looks like a day in a name: `02-05-2020` is 2 May or 5 February, `2 Mei 2020` is a day in words. */
const OTHER_DAY =
	/(?<!\d)\d{1,2}[-_. ](?:\d{1,2}|[a-z]{3,9})[-_. ]20\d{2}(?!\d)/i;

/**
 * The day that a file speaks as of: what follows `as-of` in its name, else the last day written in it, else in the name of its folder,
 * else the one that the person who gives it says. The folder's or file's own word comes first, because files of several vintages are
 * given at once.
 * @returns null when nobody says, with the fault of a day in the name that cannot be read; or why it cannot be
 */
export function vintageOf(
	context: Pick<ConnectorContext, "path" | "asOf" | "received">,
): { day: Day | null; unread?: RowError } | { error: RowError } {
	let unread: RowError | undefined;
	for (const name of [
		path.basename(context.path),
		path.basename(path.dirname(context.path)),
	]) {
		const found = dayInName(name);
		if (found !== undefined) {
			const day = dayFromIso(found);
			if (day === undefined || day > context.received)
				return impossible(found, "of the file's or folder's name", context);
			return { day };
		}
		const other = OTHER_DAY.exec(name)?.[0];
		if (other !== undefined)
			unread ??= {
				line: null,
				column: null,
				reason: "not-a-day",
				found: `${other} in the file's or folder's name`,
				expected: "a day such as 2020-05-02 in the name, or --as-of",
			};
	}
	if (context.asOf !== null && context.asOf > context.received)
		return impossible(isoFromDay(context.asOf), "of --as-of", context);
	return unread ? { day: context.asOf, unread } : { day: context.asOf };
}

/** What a file's name says besides its vintage, and besides the number that a browser gives a second download. */
export function nameWithoutVintage(name: string): string {
	return name
		.replace(/ ?\(\d+\)$/, "")
		.replace(YEAR_FIRST, "")
		.replace(/[-_ .]+(?:as[-_ .]?of)?[-_ .]*$/i, "");
}

/** The day of the vintage in a name, as an ISO date that may be no day of the calendar. */
function dayInName(name: string): string | undefined {
	const days = [...name.matchAll(YEAR_FIRST)];
	const named = days.find(({ index }) =>
		/as[-_ .]?of[-_ .]?$/i.test(name.slice(0, index)),
	);
	const [, year, , month, day] = named ?? days.at(-1) ?? [];
	return year && `${year}-${month}-${day}`;
}

function impossible(
	found: string,
	where: string,
	{ received }: Pick<ConnectorContext, "received">,
): { error: RowError } {
	return {
		error: {
			line: null,
			column: null,
			reason: "impossible-day",
			found: `${found} ${where}`,
			expected: `a day of the calendar up to ${isoFromDay(received)}, the day of receipt`,
		},
	};
}
