import { createHash } from "node:crypto";
import type pg from "pg";
import { refusalOf } from "../../core/api/command-message.ts";
import { OverrideValue, WithdrawFile } from "../../core/api/decisions.ts";
import { parseAreaCode } from "../../core/areas/codes.ts";
import { mostPossible } from "../../core/quality/possible-count.ts";
import { dayInWib, isoFromDay, monthOf } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { storeReceived } from "../intake/store-reports.ts";
import { withdrawFile } from "../intake/withdraw.ts";
import {
	shownValue,
	standingDecision,
	storeDecision,
} from "../store/decision.ts";
import { readPeople } from "../store/population.ts";
import { putSource, type SourceDefinition } from "../store/sources.ts";
import { performer, Refused } from "./perform.ts";

/** The source of all decisions, asked before every other. */
const DECISIONS: SourceDefinition = {
	key: "decision",
	idName: "Keputusan pengelola data",
	enName: "Decision of a data manager",
	idOrder: "Mendahului semua sumber, selama keputusan berlaku",
	enOrder: "Before every source, for as long as the decision holds",
	rank: 0,
	cadence: "once",
};

/**
 * A decision is kept as what it is: a report of a source of its own, in a file of its own, whose withdrawal takes it back. So revisions,
 * "as known on" and "where does this number come from?" hold for it as for any other.
 */
export const overriding = performer(
	OverrideValue,
	async (client, request, { person, now, command }) => {
		const { area, day, indicator, value, until, source, reason } = request;
		const today = dayInWib(now);
		const code = parseAreaCode(area);
		if (!code || !(await isKnown(client, area)))
			throw new Refused(refusalOf("unknown-area", { area }));
		if (day > today)
			throw new Refused(refusalOf("day-to-come", { day, today }));
		if (until !== null && until < today)
			throw new Refused(refusalOf("until-past", { day: until, today }));
		const most = mostPossible(
			indicator,
			(await readPeople(client)).get(code) ?? null,
		);
		if (most !== null && value > most)
			throw new Refused(refusalOf("above-people", { value, most, area }));
		const subject = `cell:${indicator}/${area}/${isoFromDay(day)}`;
		const before = await shownValue(client, {
			indicator: indicatorByKey(indicator).id,
			month: monthOf(day),
			area,
			day,
		});
		// A newer decision takes the place of the one that holds.
		const standing = await standingDecision(client, subject);
		if (standing)
			await withdrawFile(client, standing.file, { day: today, reason });
		await putSource(client, DECISIONS);
		const raw = {
			indicator,
			area,
			day: isoFromDay(day),
			value: String(value),
			source,
			reason,
			until: until === null ? "" : isoFromDay(until),
			person: person.name,
			at: new Date(now).toISOString(),
			command,
		};
		const text = JSON.stringify(raw);
		const [taken] = await storeReceived(client, [
			{
				file: {
					source: DECISIONS.key,
					connector: "decision",
					name: `keputusan ${raw.at} ${person.name}`,
					sha256: createHash("sha256").update(text).digest("hex"),
					bytes: Buffer.byteLength(text),
					receivedAt: now,
				},
				parsed: {
					reports: [
						{
							area: code,
							day,
							asOf: today,
							line: 1,
							values: { [indicator]: value },
							raw,
						},
					],
					facilityReports: [],
					errors: [],
					asOf: today,
					lines: 1,
					skipped: {},
					unread: 0,
				},
			},
		]);
		if (taken?.accepted !== 1)
			throw new Error(`the decision about ${subject} was not stored`);
		await storeDecision(client, { file: taken.fileId, subject, until });
		return {
			subject,
			areas: [code],
			before: {
				file: standing?.name ?? "",
				value: before,
				until: standing?.until ?? null,
			},
			after: { file: raw.at, value, until },
			inverse: standing
				? {
						name: OverrideValue.name,
						request: {
							...request,
							value: standing.value,
							until: standing.until,
							reason: "taken back",
						},
					}
				: {
						name: WithdrawFile.name,
						request: { file: taken.fileId, reason: "taken back" },
					},
		};
	},
);

async function isKnown(client: pg.PoolClient, area: string): Promise<boolean> {
	const { rows } = await client.query("SELECT 1 FROM area WHERE code = $1", [
		area,
	]);
	return rows.length > 0;
}
