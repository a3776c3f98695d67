import { refusalOf } from "../../core/api/command-message.ts";
import { WithdrawFile } from "../../core/api/decisions.ts";
import { TakeInTable } from "../../core/api/tables.ts";
import type { AreaCode } from "../../core/areas/codes.ts";
import { dayInWib } from "../../core/series/day.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { mappedTable } from "../connectors/mapped-table.ts";
import { ingestIn } from "../intake/ingest.ts";
import { withdrawFile } from "../intake/withdraw.ts";
import {
	keptTable,
	registeredSource,
	standingMapping,
	tableTaken,
} from "../store/tables.ts";
import { areasOfFile, fileOf } from "../store/withdrawal.ts";
import { performer, Refused } from "./perform.ts";

/**
 * Takes a table in that was given. One of which nothing could be taken is read again under its own number; one that was read by an older mapping
 * is withdrawn and taken in anew, so that both readings stay known as of their days.
 */
export const takingInTable = performer(
	TakeInTable,
	async (client, { table, source: key, asOf, reason }, { now }) => {
		const given = await keptTable(client, table);
		if (!given) throw new Refused(refusalOf("unknown-table", { table }));
		const source = await registeredSource(client, key);
		const standing = await standingMapping(client, key);
		if (!source || !standing?.mapping)
			throw new Refused(refusalOf("no-mapping", { source: key }));
		const { mapping, version } = standing;
		const before =
			given.file === null ? undefined : await fileOf(client, given.file);
		const isHeld = before?.accepted === 0 && given.source === key;
		if (before && !isHeld && before.withdrawn === null) {
			if (given.source === key && given.version === version)
				throw new Refused(refusalOf("taken-already", { file: before.name }));
			await withdrawFile(client, before.id, { day: dayInWib(now), reason });
		}
		const taken = await ingestIn(
			client,
			mappedTable(source, mapping),
			loadAreaTree(),
			{
				path: isHeld ? before.name : nameIn(given.name, version),
				bytes: given.bytes,
				receivedAt: given.at,
				asOf,
			},
		);
		await tableTaken(client, table, {
			...{ source: key, version, file: taken.fileId },
		});
		const file = await fileOf(client, taken.fileId);
		const areas = new Set([
			...(await areasOfFile(client, taken.fileId)),
			...(before ? await areasOfFile(client, before.id) : []),
		]);
		return {
			subject: `table:${table}`,
			areas: [...areas].sort() as AreaCode[],
			before: {
				file: before?.name ?? "",
				lines: 0,
				accepted: before?.accepted ?? 0,
				quarantined: 0,
			},
			after: {
				file: file?.name ?? given.name,
				lines: taken.lines,
				accepted: taken.accepted,
				quarantined: taken.quarantined,
			},
			inverse:
				taken.accepted > 0 && !taken.duplicate
					? {
							name: WithdrawFile.name,
							request: { file: taken.fileId, reason: "taken back" },
						}
					: null,
		};
	},
);

/** The name of a table in the store: read by another version of its mapping it is another file. */
function nameIn(name: string, version: number): string {
	return version === 1 ? name : `${name} (pemetaan ${version})`;
}
