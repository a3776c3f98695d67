import path from "node:path";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { ConnectorContext } from "./connector.ts";
import type { RowError } from "./report.ts";

/**
 * The day that a file speaks as of: the last day written in its name, else in the name of its folder, else the one that the person who
 * gives it says. The folder's or file's own word comes first, because files of several vintages are given at once.
 * @returns null when nobody says, or why it cannot be
 */
export function vintageOf(
	context: Pick<ConnectorContext, "path" | "asOf" | "received">,
): { day: Day | null } | { error: RowError } {
	for (const name of [
		path.basename(context.path),
		path.basename(path.dirname(context.path)),
	]) {
		const found = name.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)?.at(-1);
		if (found === undefined) continue;
		const day = dayFromIso(found);
		if (day === undefined || day > context.received)
			return impossible(found, "of the file's or folder's name", context);
		return { day };
	}
	if (context.asOf !== null && context.asOf > context.received)
		return impossible(isoFromDay(context.asOf), "of --as-of", context);
	return { day: context.asOf };
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
