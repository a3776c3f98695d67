import type pg from "pg";
import { isoFromDay } from "../../core/series/day.ts";
import type { Parsed, RowError } from "../reports/report.ts";
import { daysCountedBefore } from "../store/laboratory-counts.ts";

/**
 * Leaves out the days of laboratories that another bundle has counted: added up, what stands in both would count twice, and by the newer one
 * alone what stands only in the older would be lost. Nobody is kept by whom a repetition would be known.
 */
export async function oneBundleADay(
	client: pg.PoolClient,
	sha256: string,
	parsed: Parsed,
): Promise<Parsed> {
	const { facilityReports, laboratoryCounts = [], errors } = parsed;
	const before = new Map(
		(await daysCountedBefore(client, sha256, facilityReports)).map(
			({ facility, day, name }) => [`${facility} ${day}`, name],
		),
	);
	if (before.size === 0) return parsed;
	const byOf = ({ facility, day }: { facility: string; day: number }) =>
		before.get(`${facility} ${day}`);
	return {
		...parsed,
		facilityReports: facilityReports.filter((one) => !byOf(one)),
		laboratoryCounts: laboratoryCounts.filter((one) => !byOf(one)),
		errors: [
			...errors,
			...facilityReports.flatMap((one): RowError[] => {
				const name = byOf(one);
				return name === undefined
					? []
					: [one.line, ...(one.also ?? [])].map((line) => ({
							...{ line, column: "Observation", reason: "duplicate-row" },
							found: `${one.facility} on ${isoFromDay(one.day)}, which ${name} has counted`,
							expected:
								"one bundle with all results of a laboratory and day: `hub withdraw` takes the other one back",
						}));
			}),
		],
	};
}
