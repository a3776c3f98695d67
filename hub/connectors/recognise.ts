import type { Connector, ConnectorContext } from "../reports/connector.ts";
import type { Parsed, RowError } from "../reports/report.ts";
import { CONNECTORS } from "./all.ts";

/** The form is that of the connector, and what it needs besides is not there: such a file is of its format, and nothing is taken of it. */
const LACKING: ReadonlySet<RowError["reason"]> = new Set([
	"no-bridge",
	"no-table",
	"not-a-day",
	"impossible-day",
]);

/**
 * Which format a file is of, found by reading it with every connector: the one that takes most of it, else one that knows its form.
 * @returns null where there is none
 */
export function recognise(
	bytes: Uint8Array,
	context: ConnectorContext,
): Connector | null {
	let best: { connector: Connector; taken: number } | null = null;
	for (const connector of CONNECTORS) {
		const parsed = connector.parse(bytes, context);
		const taken = takenOf(parsed);
		const lacks =
			parsed.errors.some(
				({ line, reason }) => line === null && LACKING.has(reason),
			) &&
			!parsed.errors.some(
				({ reason }) => reason === "columns" || reason === "format",
			);
		if (
			(taken > 0 || lacks || connector.knows?.(bytes)) &&
			taken >= (best?.taken ?? 0)
		)
			best = { connector, taken };
	}
	return best?.connector ?? null;
}

function takenOf(parsed: Parsed): number {
	const { reports, facilityReports, facilities, positions, stock } = parsed;
	return [reports, facilityReports, facilities, positions, stock].reduce(
		(sum, said) => sum + (said?.length ?? 0),
		0,
	);
}
