import { createHash } from "node:crypto";
import path from "node:path";
import type { AreaCode } from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { facilityTableRemarks } from "../../core/quality/facility-remark.ts";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import {
	isSame,
	type RepeatedDay,
	repeatedDays,
} from "../../core/quality/repeated-day.ts";
import { type Day, dayInWib, isoFromDay } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import type { CaseReport, Parsed } from "../reports/report.ts";
import { readStoredBridge } from "../store/code-bridge.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { readFacilities, readFacilityTables } from "../store/facilities.ts";
import { readStated } from "../store/intake.ts";
import { readItems } from "../store/items.ts";
import { readPeople } from "../store/population.ts";
import { putSource } from "../store/sources.ts";
import { type TakenIn, takeIn } from "./store-reports.ts";

/** A file as it is handed to the hub. */
export interface GivenFile {
	/** Its path: some sources put the place or the day into the name of the file or folder. */
	path: string;
	bytes: Uint8Array;
	/** Milliseconds since 1970 UTC. */
	receivedAt: number;
	/** Day that the person who gives the file says it speaks as of. */
	asOf?: Day | null;
	/** What that person says of labels in it that stand for another day than they say. */
	labels?: ReadonlyMap<string, Day>;
}

/** What a connector may know of a file besides its bytes, from what the hub holds. */
export async function readContext(
	db: HubDatabase,
	tree: AreaTree,
	file: Omit<GivenFile, "bytes">,
): Promise<ConnectorContext> {
	return inTransaction(db.pool, async (client) => {
		const people = await readPeople(client);
		return {
			tree,
			bridge: await readStoredBridge(client),
			people: (area) => people.get(area) ?? null,
			facilities: await readFacilities(client),
			items: await readItems(client),
			path: file.path,
			asOf: file.asOf ?? null,
			labels: file.labels,
			received: dayInWib(file.receivedAt),
		};
	});
}

/** Reads a file with a connector and takes it in. */
export async function ingest(
	db: HubDatabase,
	connector: Connector,
	tree: AreaTree,
	file: GivenFile,
): Promise<TakenIn & { parsed: Parsed; remarks: FileRemark[] }> {
	await inTransaction(db.pool, (client) => putSource(client, connector.source));
	const read = connector.parse(file.bytes, await readContext(db, tree, file));
	const { key } = connector.source;
	const parsed = await unlessCopied(
		db,
		key,
		connector.undated ? await unlessRepeated(db, key, read) : read,
	);
	const remarks = [
		...(await repeatedIn(db, key, parsed)),
		...(parsed.remarks ?? []),
	];
	const taken = await takeIn(
		db,
		{
			source: key,
			connector: connector.key,
			name: storedName(file.path, file.labels),
			sha256: createHash("sha256").update(file.bytes).digest("hex"),
			bytes: file.bytes.length,
			receivedAt: file.receivedAt,
			remarks,
		},
		parsed,
	);
	return { ...taken, parsed, remarks };
}

/**
 * What an undated table says that the source has not said before: all of it, or nothing where it is the table of another file, whatever
 * day that was given. A copy under a later day would read as weeks without a case.
 */
async function unlessRepeated(
	db: HubDatabase,
	source: string,
	parsed: Parsed,
): Promise<Parsed> {
	const { reports, skipped } = parsed;
	if (reports.length === 0) return parsed;
	const said = await inTransaction(db.pool, (client) =>
		readStated(client, source),
	);
	const wanted = new Map<AreaCode, CaseReport["values"]>();
	for (const { area, values } of reports)
		wanted.set(area, { ...wanted.get(area), ...values });
	const isRepeated = [...Map.groupBy(said, ({ day }) => day).values()].some(
		(table) =>
			table.length === wanted.size &&
			table.every(({ area, values }) => {
				const now = wanted.get(area as AreaCode);
				return now !== undefined && isSame(now, values);
			}),
	);
	return isRepeated
		? {
				...parsed,
				reports: [],
				skipped: { ...skipped, repeated: reports.length },
			}
		: parsed;
}

/**
 * What a table of facilities says, or nothing where it is the table of another file under another day: read again it would say that every
 * bed of then is free today. One of few facilities is taken in and remarked.
 */
async function unlessCopied(
	db: HubDatabase,
	source: string,
	parsed: Parsed,
): Promise<Parsed> {
	const { facilityReports, skipped } = parsed;
	const [first] = facilityReports;
	if (!first) return parsed;
	const table = new Map<string, Record<string, number>>();
	for (const { facility, values } of facilityReports)
		table.set(facility, { ...table.get(facility), ...values });
	const columns = new Set(
		facilityReports.flatMap(({ values }) => Object.keys(values)),
	);
	// A source has tables of several forms: of free beds in emergency rooms, of others by class.
	const alike = [
		...(await inTransaction(db.pool, (client) =>
			readFacilityTables(client, source),
		)),
	].filter(([, before]) =>
		[...before.values()].some((values) =>
			Object.keys(values).some((column) => columns.has(column)),
		),
	);
	const remarks = facilityTableRemarks(table, new Map(alike));
	const all = { ...parsed, remarks: [...(parsed.remarks ?? []), ...remarks] };
	return remarks.some((remark) => "copyOf" in remark)
		? {
				...all,
				facilityReports: [],
				skipped: {
					...skipped,
					repeated: new Set(facilityReports.map(({ line }) => line)).size,
				},
			}
		: all;
}

/** A file of one day is compared with what the source stated for the days before. */
const DAYS_BEFORE = 8;

/** The days of a file on which the source sent the table of the day before again. */
async function repeatedIn(
	db: HubDatabase,
	source: string,
	{ reports }: Parsed,
): Promise<RepeatedDay[]> {
	if (reports.length === 0) return [];
	const first = reports.reduce((day, one) => Math.min(day, one.day), Infinity);
	const before = await inTransaction(db.pool, (client) =>
		readStated(client, source, first - DAYS_BEFORE, first - 1),
	);
	return repeatedDays([...before, ...reports]).filter(
		({ day }) => day >= first,
	);
}

/**
 * The name of a file in the store: with its folder where that carries the day of the vintage, and with what was said of its labels. So the
 * same bytes are another file once a label is said to stand for another day, and whoever asks where a zone comes from is told.
 */
export function storedName(
	given: string,
	labels: ReadonlyMap<string, Day> = new Map(),
): string {
	const base = path.basename(given);
	const folder = path.basename(path.dirname(path.resolve(given)));
	const name = /20\d{2}[-_.]?\d{2}[-_.]?\d{2}/.test(folder)
		? `${folder}/${base}`
		: base;
	const stated = [...labels].map(
		([label, day]) => `${label} = ${isoFromDay(day)}`,
	);
	return stated.length === 0 ? name : `${name} (${stated.join("; ")})`;
}
