import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { Person } from "../../../core/access/person.ts";
import type { AuditRow } from "../../../core/api/audit.ts";
import { Audit } from "../../../core/api/audit.ts";
import { keyOf } from "../../state/answer-key.ts";
import { ask } from "../../state/ask.ts";

type Rows = z.output<typeof Audit.answer>;

/** The hub answers so many rows at a time. */
const PAGE = 200;

export interface Trail {
	/** Newest first. */
	rows: readonly AuditRow[];
	/** Whether the first row of the trail is among them. */
	whole: boolean;
}

/**
 * The trail as far as it has come, newest first. Its rows never change: what is here is kept, and only what is newer is asked for again.
 * @param told called with the rows as they come, for a trail of many pages.
 */
export async function readTrail(
	known: Trail,
	page: (before: number | null) => Promise<Rows>,
	told: (trail: Trail) => void,
): Promise<Trail> {
	const newer: AuditRow[] = [];
	const newest = known.rows[0]?.number ?? 0;
	let trail = known;
	for (let before: number | null = null; ; ) {
		const rows = await page(before);
		newer.push(...rows.filter(({ number }) => number > newest));
		const meets = rows.some(({ number }) => number <= newest);
		const ends = rows.length < PAGE;
		if (meets || ends) {
			trail = {
				rows: [...newer, ...known.rows],
				whole: known.whole || (ends && !meets),
			};
			break;
		}
		if (known.rows.length === 0) told({ rows: [...newer], whole: false });
		before = rows.at(-1)?.number ?? null;
	}
	// What was broken off is taken up where it ended.
	while (!trail.whole) {
		const rows = await page(trail.rows.at(-1)?.number ?? null);
		trail = {
			rows: [...trail.rows, ...rows],
			whole: rows.length < PAGE,
		};
		told(trail);
	}
	return trail;
}

/** @param person whose trail it is: another is given other rows; @param epoch of the dataset: another has another trail */
export function useTrail(person: Person | null, epoch: string) {
	return useQuery<Trail>({
		queryKey: [
			...keyOf(Audit, { before: null }),
			person?.name,
			person?.role,
			person?.scope,
			epoch,
		],
		enabled: person !== null,
		queryFn: ({ client, queryKey, signal }) =>
			readTrail(
				client.getQueryData<Trail>(queryKey) ?? { rows: [], whole: false },
				(before) => ask(Audit, { before }, signal),
				(trail) => client.setQueryData(queryKey, trail),
			),
	});
}
