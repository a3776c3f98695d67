import { createHash } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import type { AreaTree } from "../../core/areas/tree.ts";
import type { ReportColumn } from "../../core/facilities/report.ts";
import { shortTable } from "../../core/quality/facility-remark.ts";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import {
	ENOUGH_AREAS,
	type RepeatedDay,
	repeatedDays,
} from "../../core/quality/repeated-day.ts";
import { type Day, dayInWib, isoFromDay } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { mayNamePatients } from "../reports/fhir-bundle.ts";
import {
	isReadByTables,
	readingOf,
	readKnownReading,
} from "../reports/known-reading.ts";
import { type Parsed, unreadable } from "../reports/report.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import { readTableSizes } from "../store/facilities.ts";
import {
	firstReceived,
	type OlderReading,
	olderReadings,
	readStated,
	renameFile,
} from "../store/intake.ts";
import { ENOUGH_FACILITIES } from "../store/said-again.ts";
import { putSource } from "../store/sources.ts";
import { type RememberedReference, readReference } from "./reference.ts";
import { NONE_ALIKE, type SaidAgain, takenAsTable } from "./said-again.ts";
import {
	type ReceivedFile,
	storeReceived,
	type TakenIn,
} from "./store-reports.ts";
import { withdrawFile } from "./withdraw.ts";

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

/**
 * What a connector may know of a file besides its bytes, from what the hub holds.
 * @param byTables with the tables and the metadata by which files of other systems are read, of which there may be much
 */
export function readContext(
	db: HubDatabase,
	tree: AreaTree,
	file: Omit<GivenFile, "bytes">,
	byTables = false,
): Promise<ConnectorContext> {
	return inTransaction(db.pool, (client) =>
		contextIn(client, tree, file, byTables),
	);
}

/** The same in a transaction of the caller's. */
export async function contextIn(
	client: pg.PoolClient,
	tree: AreaTree,
	file: Omit<GivenFile, "bytes">,
	byTables = false,
	remembered?: RememberedReference,
): Promise<ConnectorContext> {
	const { bridge, people, listed, items } = remembered
		? await remembered.read(client)
		: await readReference(client);
	return {
		tree,
		bridge,
		people: (area) => people.get(area) ?? null,
		facilities: listed,
		items,
		...(byTables ? { reading: await readKnownReading(client) } : {}),
		...saidOf(file),
	};
}

/** What is said of a file itself. */
function saidOf(
	file: Omit<GivenFile, "bytes">,
): Pick<ConnectorContext, "path" | "asOf" | "labels" | "received"> {
	return {
		path: file.path,
		asOf: file.asOf ?? null,
		labels: file.labels,
		received: dayInWib(file.receivedAt),
	};
}

/** What became of a file. */
export type Ingested = TakenIn &
	SaidAgain & {
		/** The name that it has in the store: where that given may be a person's, another one. */
		name: string;
		parsed: Parsed;
		remarks: FileRemark[];
		/** Older readings of the same file in the place of which it stands. */
		replaced: { id: number; name: string }[];
	};

/** Reads a file with a connector and takes it in. */
export async function ingest(
	db: HubDatabase,
	connector: Connector,
	tree: AreaTree,
	file: GivenFile,
): Promise<Ingested> {
	await inTransaction(db.pool, (client) => putSource(client, connector.source));
	const read = atTheDoor(
		connector,
		file,
		await readContext(db, tree, file, isReadByTables(connector)),
	);
	const remarks = await inTransaction(db.pool, (client) =>
		remarksOn(client, connector, read.parsed),
	);
	return inTransaction(db.pool, async (client) => {
		const [taken] = await keep(client, [{ connector, read, remarks }]);
		await withdrawReplaced(client, connector, file, taken);
		return taken;
	});
}

/** A file and by what it is read. */
export interface ToIngest {
	readonly connector: Connector;
	readonly file: GivenFile;
}

/**
 * Takes in many files in the caller's transaction, all of them or none, in their order: what the hub holds is read once for all of them, and
 * their rows are stored at once. No two may have the same bytes. Nobody looks at these: one that comes again, because a folder is looked into
 * anew, was received when it first came, so that no old count is newer than what was said since.
 */
export async function ingestMany(
	client: pg.PoolClient,
	tree: AreaTree,
	given: readonly ToIngest[],
	remembered: RememberedReference,
): Promise<Ingested[]> {
	const byKey = new Map(
		given.map(({ connector }) => [connector.source.key, connector.source]),
	);
	for (const source of byKey.values()) await putSource(client, source);
	const answers: Ingested[] = [];
	let known: ConnectorContext | undefined;
	let waiting: (ReadOne & { now: GivenFile })[] = [];
	const sizes: KnownSizes = new Map();
	const keepWaiting = async () => {
		const kept =
			waiting.length > 0 ? await keep(client, waiting, remembered) : [];
		for (const [place, taken] of kept.entries()) {
			const { connector, now } = waiting[place];
			await withdrawReplaced(client, connector, now, taken);
		}
		answers.push(...kept);
		waiting = [];
	};
	const asked = given.map(({ connector, file }) => {
		const sha256 = sha256Of(file.bytes);
		return {
			sha256,
			connector: connector.key,
			name: connector.anonymous
				? namelessName(connector, sha256)
				: storedName(file.path),
		};
	});
	const received = await firstReceived(client, asked);
	for (const [place, { connector, file: now }] of given.entries()) {
		const { sha256, name } = asked[place];
		const first = received.get(`${sha256} ${connector.key} ${name}`);
		const file = {
			...now,
			receivedAt: Math.min(now.receivedAt, first ?? Infinity),
		};
		const byTables = isReadByTables(connector);
		if (!known || (byTables && !known.reading))
			known = await contextIn(client, tree, file, byTables, remembered);
		const read = atTheDoor(connector, file, { ...known, ...saidOf(file) });
		const remarks = await remarksOn(client, connector, read.parsed, sizes);
		waiting.push({ connector, read, remarks, now });
		// Whom it makes known, those behind it are read by.
		if (read.parsed.facilities) {
			await keepWaiting();
			known = undefined;
		}
	}
	await keepWaiting();
	return answers;
}

/** Withdraws the older readings in the place of which a file stands. */
async function withdrawReplaced(
	client: pg.PoolClient,
	connector: Connector,
	{ receivedAt }: GivenFile,
	taken: Ingested,
): Promise<void> {
	for (const { id } of taken.replaced)
		await withdrawFile(client, id, {
			day: dayInWib(receivedAt),
			reason:
				taken.accepted > 0
					? `read anew by a newer ${connector.reading === undefined ? "version of its tables" : "mapping"}`
					: "read by an older version of its tables; by the newer one nothing of it is taken in",
		});
}

/**
 * The same in a transaction of the caller's: what a person orders is done whole, with its row of the trail, or not at all. What it stands in
 * the place of the caller withdraws, for the person's reason.
 */
export async function ingestIn(
	client: pg.PoolClient,
	connector: Connector,
	tree: AreaTree,
	file: GivenFile,
): Promise<Ingested> {
	await putSource(client, connector.source);
	const read = atTheDoor(
		connector,
		file,
		await contextIn(client, tree, file, isReadByTables(connector)),
	);
	const remarks = await remarksOn(client, connector, read.parsed);
	const [taken] = await keep(client, [{ connector, read, remarks }]);
	return taken;
}

/** A file that was read, on its way into the store. */
interface ReadOne {
	connector: Connector;
	read: ReadFile;
	remarks: FileRemark[];
}

/** A file and what a connector makes of it. */
interface ReadFile {
	/** As it was given, under the name by which it may be known. */
	file: GivenFile;
	sha256: string;
	parsed: Parsed;
	/** By which tables of the hub it was read, where its connector reads by any. */
	tables: string | undefined;
}

/**
 * What a connector makes of a file, unless that names patients and the connector is not the one that leaves them out: then nothing of it is
 * read, so that none of it stands in a row or in a message.
 */
function atTheDoor(
	connector: Connector,
	file: GivenFile,
	context: ConnectorContext,
): ReadFile {
	const sha256 = sha256Of(file.bytes);
	const isRefused = !connector.anonymous && mayNamePatients(file.bytes);
	return {
		// Also the name of a file may be that of a person.
		file:
			connector.anonymous || isRefused
				? { ...file, path: `/${namelessName(connector, sha256)}` }
				: file,
		sha256,
		parsed: isRefused
			? unreadable({
					...{ line: null, column: null, reason: "format" },
					found: "FHIR, which may name patients",
					expected:
						"such a file taken in as fhir-lab, which keeps nothing but counts (hub ingest fhir-lab FILE)",
				})
			: connector.parse(file.bytes, context),
		tables: readingOf(connector, context.reading),
	};
}

function sha256Of(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

/** What a file is called whose own name may be that of a person. */
function namelessName({ key }: Connector, sha256: string): string {
	return `${key}-${sha256.slice(0, 12)}`;
}

async function remarksOn(
	client: pg.PoolClient,
	{ source: { key } }: Connector,
	parsed: Parsed,
	sizes: KnownSizes = new Map(),
): Promise<FileRemark[]> {
	return [
		...(await repeatedIn(client, key, parsed)),
		...(parsed.remarks ?? []),
		...(await shortIn(client, key, parsed, sizes)),
	];
}

/** Of how many facilities the last tables of a source spoke, by its key and the columns; read once where many files are taken in at once. */
type KnownSizes = Map<string, readonly number[]>;

async function keep(
	client: pg.PoolClient,
	all: readonly ReadOne[],
	remembered?: RememberedReference,
): Promise<Ingested[]> {
	const received: ReceivedFile[] = [];
	const olderOf: OlderReading[][] = [];
	for (const { connector, read, remarks } of all) {
		const { file, sha256, tables } = read;
		const reading = connector.reading ?? tables;
		const one: ReceivedFile = {
			source: connector.source.key,
			connector: connector.key,
			name:
				reading === undefined
					? storedName(file.path, file.labels)
					: nameOfReading(file, reading),
			sha256,
			bytes: file.bytes.length,
			receivedAt: file.receivedAt,
			remarks,
		};
		const older =
			reading === undefined
				? []
				: await olderReadings(client, one, storedName(file.path));
		const held = older.find(({ accepted }) => accepted === 0);
		// One of which nothing could be taken is read again under its own number: nothing is asked any more that was answered.
		if (held) await renameFile(client, held.id, one.name);
		received.push(one);
		olderOf.push(older);
	}
	const stored = await storeReceived(
		client,
		all.map(({ read: { parsed } }, place) => ({
			file: received[place],
			parsed,
		})),
		remembered,
	);
	const answers: Ingested[] = [];
	for (const [place, { connector, read, remarks }] of all.entries()) {
		const { file, parsed, tables } = read;
		const taken = stored[place];
		const older = olderOf[place];
		const replaced = older.filter(
			(one) =>
				one.id !== taken.fileId &&
				(taken.accepted > 0
					? !taken.duplicate
					: tables !== undefined &&
						isGivenUp(one, taken, `${storedName(file.path)} (${tables}`)),
		);
		const isOfOneMoment =
			connector.undated === true ||
			parsed.facilityReports.length >= ENOUGH_FACILITIES;
		const alike =
			isOfOneMoment && !taken.duplicate && taken.accepted > 0
				? await takenAsTable(client, taken.fileId)
				: NONE_ALIKE;
		const { name } = received[place];
		answers.push({ ...taken, ...alike, name, parsed, remarks, replaced });
	}
	return answers;
}

/**
 * Whether an older reading is withdrawn for one that holds nothing. Where only the day differs, nobody has said that the older one is wrong.
 * Where a table was put since, a person has, be it that the newer one leaves all of the file out or that nothing of it can be read any more:
 * a count of deaths that are none is worse than one that is missing and is said to be. A mapping of the desk is tried first, and its older
 * reading stays until a newer one holds something.
 * @param read the beginning of the names of readings by the tables as they are
 */
function isGivenUp(older: OlderReading, taken: TakenIn, read: string): boolean {
	const isOfTheSameTables =
		older.name.startsWith(`${read})`) || older.name.startsWith(`${read},`);
	// What a person brought back against the newer reading stays, however often that one is given.
	const isBroughtBack = taken.duplicate && older.everWithdrawn;
	return taken.withdrawn === null && !isOfTheSameTables && !isBroughtBack;
}

/** What is noticed of a table of facilities beside those that the source sent before. */
async function shortIn(
	client: pg.PoolClient,
	source: string,
	{ facilityReports, laboratoryCounts }: Parsed,
	known: KnownSizes,
): Promise<FileRemark[]> {
	// A bundle is of some laboratories, and no table of all.
	if (facilityReports.length === 0 || laboratoryCounts) return [];
	// A source has tables of several forms: of free beds in emergency rooms, of others by class.
	const columns = new Set(
		facilityReports.flatMap(
			({ values }) => Object.keys(values) as ReportColumn[],
		),
	);
	const key = `${source} ${[...columns].sort().join(",")}`;
	const sizes =
		known.get(key) ?? (await readTableSizes(client, source, [...columns]));
	known.set(key, sizes);
	return shortTable(
		new Set(facilityReports.map(({ facility }) => facility)).size,
		sizes,
	);
}

/** A file of one day is compared with what the source stated for the days before. */
const DAYS_BEFORE = 8;

/** The days of a file on which the source sent the table of the day before again. */
async function repeatedIn(
	client: pg.PoolClient,
	source: string,
	{ reports }: Parsed,
): Promise<RepeatedDay[]> {
	if (new Set(reports.map(({ area }) => area)).size < ENOUGH_AREAS) return [];
	const first = reports.reduce((day, one) => Math.min(day, one.day), Infinity);
	const before = await readStated(
		client,
		source,
		first - DAYS_BEFORE,
		first - 1,
	);
	return repeatedDays([...before, ...reports]).filter(
		({ day }) => day >= first,
	);
}

/**
 * The name of a file that is read as a person said: another source, another version, another day that was stated for it, is another reading
 * of the same bytes. The day itself is read from the name as it was given.
 */
function nameOfReading(
	{ path: given, asOf }: Pick<GivenFile, "path" | "asOf">,
	reading: string,
): string {
	const day = asOf == null ? "" : `, as of ${isoFromDay(asOf)}`;
	return `${storedName(given)} (${reading}${day})`;
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
