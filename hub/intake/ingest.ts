import { createHash } from "node:crypto";
import path from "node:path";
import type { AreaTree } from "../../core/areas/tree.ts";
import type { ReportColumn } from "../../core/facilities/report.ts";
import { shortTable } from "../../core/quality/facility-remark.ts";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import {
	type RepeatedDay,
	repeatedDays,
} from "../../core/quality/repeated-day.ts";
import { type Day, dayInWib, isoFromDay } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import type { Parsed } from "../reports/report.ts";
import { readStoredBridge } from "../store/code-bridge.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { readFacilities, readTableSizes } from "../store/facilities.ts";
import { readStated } from "../store/intake.ts";
import { readItems } from "../store/items.ts";
import { readPeople } from "../store/population.ts";
import { putSource } from "../store/sources.ts";
import { NONE_ALIKE, type SaidAgain, takenAsTable } from "./said-again.ts";
import { storeReceived, type TakenIn } from "./store-reports.ts";

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
): Promise<TakenIn & SaidAgain & { parsed: Parsed; remarks: FileRemark[] }> {
	await inTransaction(db.pool, (client) => putSource(client, connector.source));
	const parsed = connector.parse(file.bytes, await readContext(db, tree, file));
	const { key } = connector.source;
	const remarks = [
		...(await repeatedIn(db, key, parsed)),
		...(parsed.remarks ?? []),
		...(await shortIn(db, key, parsed)),
	];
	const received = {
		source: key,
		connector: connector.key,
		name: storedName(file.path, file.labels),
		sha256: createHash("sha256").update(file.bytes).digest("hex"),
		bytes: file.bytes.length,
		receivedAt: file.receivedAt,
		remarks,
	};
	const isOfOneMoment =
		connector.undated === true || parsed.facilityReports.length > 0;
	return inTransaction(db.pool, async (client) => {
		const [taken] = await storeReceived(client, [{ file: received, parsed }]);
		const alike =
			isOfOneMoment && !taken.duplicate && taken.accepted > 0
				? await takenAsTable(client, taken.fileId)
				: NONE_ALIKE;
		return { ...taken, ...alike, parsed, remarks };
	});
}

/** What is noticed of a table of facilities beside those that the source sent before. */
async function shortIn(
	db: HubDatabase,
	source: string,
	{ facilityReports }: Parsed,
): Promise<FileRemark[]> {
	if (facilityReports.length === 0) return [];
	// A source has tables of several forms: of free beds in emergency rooms, of others by class.
	const columns = new Set(
		facilityReports.flatMap(
			({ values }) => Object.keys(values) as ReportColumn[],
		),
	);
	const sizes = await inTransaction(db.pool, (client) =>
		readTableSizes(client, source, [...columns]),
	);
	return shortTable(
		new Set(facilityReports.map(({ facility }) => facility)).size,
		sizes,
	);
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
