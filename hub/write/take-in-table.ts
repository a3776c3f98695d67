import { liesIn } from "../../core/access/scope.ts";
import { refusalOf } from "../../core/api/command-message.ts";
import { WithdrawFile } from "../../core/api/decisions.ts";
import { TakeInTable } from "../../core/api/tables.ts";
import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import { dayInWib } from "../../core/series/day.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { mappedTable } from "../connectors/mapped-table.ts";
import { ingestIn } from "../intake/ingest.ts";
import { restoreFile, withdrawFile } from "../intake/withdraw.ts";
import {
	areasOfSource,
	keptTable,
	registeredSource,
	standingMapping,
	tableTaken,
} from "../store/tables.ts";
import { areasOfFile, type FoundFile, fileOf } from "../store/withdrawal.ts";
import { performer, Refused } from "./perform.ts";

/**
 * Takes a table in that was given. One of which nothing could be taken is read again under its own number; one that was read otherwise, by an
 * older mapping or as of another source, is withdrawn once something of it was taken in anew, so that both readings stay known as of their days.
 * A reading that was taken back and is asked for again is brought back.
 */
export const takingInTable = performer(
	TakeInTable,
	async (
		client,
		{ table, source: key, version: tried, asOf, reason },
		{ now, person },
	) => {
		const given = await keptTable(client, table);
		if (!given || (person.scope !== NATION && given.person !== person.name))
			throw new Refused(refusalOf("unknown-table", { table }));
		const source = await registeredSource(client, key);
		const standing = await standingMapping(client, key);
		if (!source || !standing?.mapping)
			throw new Refused(refusalOf("no-mapping", { source: key }));
		if (person.scope !== NATION) {
			const spoken = await areasOfSource(client, key);
			if (
				spoken.length > 0 &&
				!spoken.some((area) => liesIn(area, person.scope))
			)
				throw new Refused(
					refusalOf("source-elsewhere", { source: key, scope: person.scope }),
				);
		}
		const { mapping, version } = standing;
		// What was promised of the table is what that version would make of it.
		if (version !== tried)
			throw new Refused(refusalOf("mapping-newer", { source: key, version }));
		const day = dayInWib(now);
		const before =
			given.file === null ? undefined : await fileOf(client, given.file);
		const isKnown =
			before !== undefined && before.accepted > 0 && before.withdrawn === null;
		const taken = await ingestIn(
			client,
			mappedTable(source, mapping, version),
			loadAreaTree(),
			{ path: given.name, bytes: given.bytes, receivedAt: given.at, asOf },
		);
		if (taken.accepted === 0 && (isKnown || taken.duplicate))
			throw new Refused(refusalOf("nothing-taken", { table: given.name }));
		if (taken.duplicate) {
			if (taken.withdrawn === null)
				throw new Refused(refusalOf("taken-already", { file: given.name }));
			await restoreFile(client, taken.fileId, { day });
		}
		const replaced = new Set(taken.replaced.map(({ id }) => id));
		if (before && before.id !== taken.fileId && before.withdrawn === null)
			replaced.add(before.id);
		for (const id of replaced) await withdrawFile(client, id, { day, reason });
		await tableTaken(client, table, {
			...{ source: key, version, file: taken.fileId },
		});
		const file = await fileOf(client, taken.fileId);
		const areas = new Set([
			...(await areasOfFile(client, taken.fileId)),
			...(before ? await areasOfFile(client, before.id) : []),
		]);
		for (const id of replaced)
			for (const area of await areasOfFile(client, id)) areas.add(area);
		return {
			subject: `table:${table}`,
			areas: [...areas].sort() as AreaCode[],
			before: before ? countedIn(before) : null,
			after: file ? countedIn(file) : { file: given.name },
			inverse:
				taken.accepted > 0
					? {
							name: WithdrawFile.name,
							request: { file: taken.fileId, reason: "taken back" },
						}
					: null,
		};
	},
);

/** A file and what became of its lines, as the trail keeps it. */
function countedIn({ name, lines, accepted, quarantined }: FoundFile) {
	return { file: name, lines, accepted, quarantined };
}
