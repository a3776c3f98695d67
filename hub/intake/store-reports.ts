import type pg from "pg";
import type { FileRemark } from "../../core/quality/file-remark.ts";
import type { Day } from "../../core/series/day.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { found } from "../../core/series/found.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../core/series/indicator.ts";
import type {
	CaseReport,
	FacilityEntry,
	FacilityReport,
	LaboratoryCount,
	Parsed,
	RowError,
	StockRow,
} from "../reports/report.ts";
import { type HubDatabase, inTransaction } from "../store/database.ts";
import {
	type FacilityEntryRow,
	storeFacilityEntries,
} from "../store/facilities.ts";
import {
	addReport,
	type FacilityReportRow,
	type FileRow,
	type HeldFault,
	heldFaults,
	type IntakeReference,
	knownFiles,
	lockDataset,
	type QuarantineRow,
	readIntakeReference,
	readNumbers,
	removeFileTakenAgain,
	reportRows,
	type SpanRow,
	storeCoverage,
	storeFacilityReports,
	storeFiles,
	storeQuarantine,
} from "../store/intake.ts";
import {
	type LaboratoryCountRow,
	storeLaboratoryCounts,
} from "../store/laboratory-counts.ts";
import { type PositionRow, storePositions } from "../store/positions.ts";
import {
	type StockLineRow,
	type StockLotRow,
	storeStock,
} from "../store/stock.ts";
import { oneBundleADay } from "./laboratory-days.ts";
import type { RememberedReference } from "./reference.ts";

/** A source file as it came. */
export interface ReceivedFile {
	/** Key of a registered source. */
	source: string;
	connector: string;
	name: string;
	sha256: string;
	bytes: number;
	/** Milliseconds since 1970 UTC. */
	receivedAt: number;
	/** What was noticed of the file as a whole. */
	remarks?: readonly FileRemark[];
}

/** What became of the lines of a file: `accepted`, `quarantined` and `skipped` are its `lines`. */
export interface TakenIn {
	fileId: number;
	lines: number;
	/** Lines stored. */
	accepted: number;
	/** Lines that cannot be used. */
	quarantined: number;
	/** Lines that say nothing. */
	skipped: number;
	skippedFor: Parsed["skipped"];
	/** What is wrong, alike errors together. */
	faults: FaultGroup[];
	/** The same bytes under the same name were taken in before: nothing was changed. */
	duplicate: boolean;
	/** The day from which on a duplicate is withdrawn. */
	withdrawn: number | null;
}

/** Of errors with the same reason in the same column so many are kept; the others are counted. */
const KEPT_ALIKE = 10;

/** What is wrong with many rows of a file in the same way. */
export interface FaultGroup {
	/** The first of them. */
	kept: RowError[];
	count: number;
}

/** Stores a file with its reports and its errors in one transaction. */
export async function takeIn(
	db: HubDatabase,
	file: ReceivedFile,
	parsed: Parsed,
): Promise<TakenIn> {
	const [taken] = await takeInMany(db, [{ file, parsed }]);
	return taken;
}

/** Stores many files in one transaction: all of them or none. */
export function takeInMany(
	db: HubDatabase,
	received: readonly { file: ReceivedFile; parsed: Parsed }[],
): Promise<TakenIn[]> {
	return inTransaction(db.pool, (client) => storeReceived(client, received));
}

/**
 * Stores files in the caller's transaction.
 * @param remembered what is known of the hub from the transactions before, where many follow one another
 */
export async function storeReceived(
	client: pg.PoolClient,
	received: readonly { file: ReceivedFile; parsed: Parsed }[],
	remembered?: RememberedReference,
): Promise<TakenIn[]> {
	// Whom a file makes known, those behind it may speak of; and a laboratory's day that it counts, none of them counts again.
	const next =
		received.findIndex(
			({ parsed }) => parsed.facilities ?? parsed.laboratoryCounts,
		) + 1;
	if (next > 0 && next < received.length)
		return [
			...(await storeReceived(client, received.slice(0, next), remembered)),
			...(await storeReceived(client, received.slice(next), remembered)),
		];
	await lockDataset(client);
	const reference = await readIntakeReference(
		client,
		remembered ? await remembered.read(client) : await readNumbers(client),
	);
	const batch = new Batch(reference);
	const answers: TakenIn[] = [];
	const before = await knownFiles(
		client,
		received.map(({ file }) => file),
	);
	for (const [place, { file, parsed: given }] of received.entries()) {
		const parsed = given.laboratoryCounts
			? await oneBundleADay(client, file.sha256, given)
			: given;
		// One that is on its way into the store already is not what the store has of it.
		const known = batch.has(file) ? undefined : before[place];
		const saysMore =
			known !== undefined &&
			!known.everWithdrawn &&
			parsed.reports.length + (parsed.facilities?.length ?? 0) === 0 &&
			new Batch(reference).add(file, parsed, known.id).accepted >
				known.accepted;
		if (
			known &&
			!saysMore &&
			(known.accepted > 0 ||
				known.withdrawn !== null ||
				(isEmpty(parsed) &&
					skippedIn(parsed) === known.skipped &&
					saySame(
						await heldFaults(client, known.id),
						grouped(parsed.errors).map(({ kept: [first], count }) => ({
							...{ reason: first.reason, column: first.column },
							alike: count,
						})),
					)))
		) {
			answers.push({
				fileId: known.id,
				lines: known.lines,
				accepted: known.accepted,
				quarantined: known.quarantined,
				skipped: known.skipped,
				skippedFor: known.skippedFor,
				faults: [],
				duplicate: true,
				withdrawn: known.withdrawn,
			});
			continue;
		}
		// Rows that could not be read then can be now: the bridge of codes was imported since, or a person said whom a name means.
		if (known) await removeFileTakenAgain(client, known.id);
		answers.push(batch.add(file, parsed, known?.id));
	}
	if (batch.files.length > 0) {
		await storeFiles(client, batch.files);
		await storeQuarantine(client, batch.quarantine);
		await batch.reports.into(client);
		await storeCoverage(client, [...batch.spans.values()], batch.coverage());
		await storeFacilityEntries(client, batch.facilityEntries);
		await storeFacilityReports(client, batch.facilityReports);
		await storeLaboratoryCounts(client, batch.laboratoryCounts);
		await storeStock(client, batch.stockLines, batch.stockLots);
		await storePositions(client, batch.positions);
	}
	return answers;
}

/** Rows of several files on their way into the store. */
class Batch {
	readonly files: FileRow[] = [];
	readonly quarantine: QuarantineRow[] = [];
	readonly reports = reportRows();
	readonly facilityReports: FacilityReportRow[] = [];
	readonly laboratoryCounts: LaboratoryCountRow[] = [];
	readonly stockLines: StockLineRow[] = [];
	readonly stockLots: StockLotRow[] = [];
	readonly positions: PositionRow[] = [];
	readonly facilityEntries: FacilityEntryRow[] = [];
	readonly spans = new Map<string, SpanRow>();
	private readonly areas = new Map<number, Set<number>>();
	private readonly added = new Map<string, TakenIn>();
	private readonly reference: IntakeReference;
	private nextFile: number;

	constructor(reference: IntakeReference) {
		this.reference = reference;
		this.nextFile = reference.nextFile;
	}

	has(file: ReceivedFile): boolean {
		return this.added.has(identityOf(file));
	}

	/** @param given id of the file, when it has one */
	add(file: ReceivedFile, parsed: Parsed, given?: number): TakenIn {
		const identity = identityOf(file);
		const before = this.added.get(identity);
		if (before) return { ...before, duplicate: true };
		const source = this.reference.sources.get(file.source);
		if (source === undefined)
			throw new Error(`source ${file.source} is not registered`);
		const id = given ?? this.nextFile++;
		const errors = [...parsed.errors];
		const accepted =
			this.addReports(id, source, parsed, errors) +
			this.addPositions(id, parsed, errors) +
			this.addFacilities(id, parsed.facilities ?? [], errors) +
			this.addFacilityReports(id, parsed, errors) +
			this.addStock(id, parsed.stock ?? [], errors);
		const faults = grouped(errors);
		for (const { kept, count } of faults)
			for (const error of kept)
				this.quarantine.push({ file: id, ...error, alike: count });
		const wrong = new Set(errors.map(({ line }) => line));
		wrong.delete(null);
		const quarantined = wrong.size + parsed.unread;
		const skipped = skippedIn(parsed);
		if (accepted + quarantined + skipped !== parsed.lines)
			throw new Error(
				`${file.name}: of ${parsed.lines} lines ${accepted} are taken in, ${quarantined} in quarantine, ${skipped} skipped: a fault of the connector ${file.connector}, nothing was stored`,
			);
		this.files.push({
			...file,
			id,
			source,
			asOf: parsed.asOf,
			lines: parsed.lines,
			accepted,
			quarantined,
			skipped,
			skippedFor: parsed.skipped,
			remarks: file.remarks ?? [],
		});
		const taken: TakenIn = {
			fileId: id,
			lines: parsed.lines,
			accepted,
			quarantined,
			skipped,
			skippedFor: parsed.skipped,
			faults,
			duplicate: false,
			withdrawn: null,
		};
		this.added.set(identity, taken);
		return taken;
	}

	coverage(): { source: number; area: number }[] {
		return [...this.areas].flatMap(([source, areas]) =>
			[...areas].map((area) => ({ source, area })),
		);
	}

	private addReports(
		file: number,
		source: number,
		parsed: Parsed,
		errors: RowError[],
	): number {
		// A source cannot say two things of one cell at once, and which one it meant is not ours to guess: none is taken.
		const cells = cellsOf<IndicatorKey, CaseReport>(
			parsed.reports,
			(report) => report.area,
		);
		let accepted = 0;
		for (const report of parsed.reports) {
			const area = this.reference.areas.get(report.area);
			const said = found(cells.get(report), `line ${report.line}`);
			const error: RowError | null =
				area === undefined
					? {
							line: report.line,
							column: null,
							reason: "unknown-area",
							found: report.area,
							expected: "an area that the hub counts in",
						}
					: saidTwice(report.area, report, said);
			if (error || area === undefined) {
				// What was to be added up is in quarantine whole.
				for (const line of [report.line, ...(report.also ?? [])])
					if (error) errors.push({ ...error, line });
				continue;
			}
			addReport(this.reports, {
				file,
				line: report.line,
				source,
				area,
				day: report.day,
				asOf: report.asOf,
				stated: JSON.stringify(said.adds),
				raw: JSON.stringify(report.raw),
			});
			this.cover(source, area, report.day, report.asOf, said.adds);
			accepted += 1 + (report.also?.length ?? 0);
		}
		return accepted;
	}

	private cover(
		source: number,
		area: number,
		day: Day,
		asOf: Day,
		values: Partial<Record<IndicatorKey, number>>,
	): void {
		const areas = this.areas.get(source);
		if (areas) areas.add(area);
		else this.areas.set(source, new Set([area]));
		for (const key in values) {
			const indicator = indicatorByKey(key as IndicatorKey).id;
			const span = `${source} ${indicator} ${asOf}`;
			const known = this.spans.get(span);
			if (!known)
				this.spans.set(span, {
					source,
					indicator,
					asOf,
					firstDay: day,
					lastDay: day,
				});
			else {
				if (day < known.firstDay) known.firstDay = day;
				if (day > known.lastDay) known.lastDay = day;
			}
		}
	}

	private addPositions(
		file: number,
		parsed: Parsed,
		errors: RowError[],
	): number {
		let accepted = 0;
		const lines = new Map<number, number>();
		for (const { area: code, line, lat, lng } of parsed.positions ?? []) {
			const area = this.reference.areas.get(code);
			const before = area === undefined ? undefined : lines.get(area);
			if (area === undefined || before !== undefined)
				errors.push({
					line,
					column: null,
					reason: area === undefined ? "unknown-area" : "duplicate-row",
					found: before === undefined ? code : `${code} in line ${before} too`,
					expected:
						area === undefined
							? "an area that the hub counts in"
							: "the position of an area once",
				});
			else {
				lines.set(area, line);
				this.positions.push({ file, area, lat, lng });
				accepted++;
			}
		}
		return accepted;
	}

	/** @returns lines taken in */
	private addFacilities(
		file: number,
		entries: readonly FacilityEntry[],
		errors: RowError[],
	): number {
		const subjectOf = ({ code, otherName }: FacilityEntry) =>
			JSON.stringify([code, otherName]);
		const bySubject = Map.groupBy(entries, subjectOf);
		let accepted = 0;
		for (const entry of entries) {
			const alike = bySubject.get(subjectOf(entry)) ?? [];
			const differ = alike.some((other) => !saysTheSame(entry, other));
			const area =
				entry.area === undefined ? null : this.reference.areas.get(entry.area);
			const otherArea =
				entry.otherName && this.reference.areas.get(entry.otherName.area);
			if (differ || alike[0] !== entry)
				errors.push({
					line: entry.line,
					column: null,
					reason: "duplicate-row",
					found: `${entry.code} in line ${alike.find((other) => other !== entry)?.line} too${differ ? ", described otherwise" : ""}`,
					expected: "each facility once",
				});
			else if (area === undefined || (entry.otherName && !otherArea))
				errors.push({
					line: entry.line,
					column: null,
					reason: "unknown-area",
					found: `${entry.area ?? entry.otherName?.area}`,
					expected: "an area that the hub counts in",
				});
			else {
				this.facilityEntries.push({
					file,
					line: entry.line,
					code: entry.code,
					asOf: entry.asOf,
					kind: entry.kind ?? null,
					name: entry.name ?? null,
					area,
					class: entry.class ?? null,
					referral: entry.referral ?? null,
					lat: entry.position?.lat ?? null,
					lng: entry.position?.lng ?? null,
					beds: entry.beds ?? null,
					otherName: entry.otherName?.name ?? null,
					otherArea: otherArea ?? null,
				});
				accepted++;
			}
		}
		return accepted;
	}

	/** @returns lines taken in: a line may speak of several days, and is taken in whole or not at all */
	private addFacilityReports(
		file: number,
		{ facilityReports, laboratoryCounts = [] }: Parsed,
		errors: RowError[],
	): number {
		const cells = cellsOf<string, FacilityReport>(
			facilityReports,
			(report) => report.facility,
		);
		const wrong = new Set<number>();
		const lines = new Set<number>();
		const taken: { report: FacilityReport; facility: number }[] = [];
		for (const report of facilityReports) {
			const own = [report.line, ...(report.also ?? [])];
			for (const line of own) lines.add(line);
			const facility = this.reference.facilities.get(report.facility);
			const error =
				facility === undefined
					? {
							line: report.line,
							column: null,
							reason: "unknown-facility" as const,
							found: report.facility,
							expected:
								"the code of a registered hospital, laboratory or warehouse",
						}
					: saidTwice(
							report.facility,
							report,
							found(cells.get(report), `line ${report.line}`),
						);
			if (facility !== undefined && !error) taken.push({ report, facility });
			else if (error)
				for (const line of own) {
					if (wrong.has(line)) continue;
					errors.push({ ...error, line });
					wrong.add(line);
				}
		}
		for (const { report, facility } of taken) {
			const { cell } = found(cells.get(report), `line ${report.line}`);
			// A facility's day is one row of the store, whichever rows of the file state it.
			if (cell.first === report && !wrong.has(report.line))
				this.facilityReports.push({
					file,
					facility,
					month: monthOf(report.day),
					day: report.day,
					asOf: report.asOf,
					values: cell.values as FacilityReport["values"],
				});
		}
		this.addLaboratoryCounts(file, laboratoryCounts, taken);
		return lines.size - wrong.size;
	}

	/** What the reports that are taken in are made of. */
	private addLaboratoryCounts(
		file: number,
		counts: readonly LaboratoryCount[],
		taken: readonly { report: FacilityReport; facility: number }[],
	): void {
		const facilities = new Map(
			taken.map(({ report, facility }) => [
				`${report.facility} ${report.day}`,
				facility,
			]),
		);
		for (const { facility: code, area, ...count } of counts) {
			const facility = facilities.get(`${code} ${count.day}`);
			if (facility !== undefined)
				this.laboratoryCounts.push({
					...{ file, facility, ...count },
					area: (area && this.reference.areas.get(area)) ?? null,
				});
		}
	}

	/** @returns lines taken in: the lines of one item and day are one row of the store and its lots */
	private addStock(
		file: number,
		rows: readonly StockRow[],
		errors: RowError[],
	): number {
		const stated = new Map(rows.map((row) => [row, statedIn(row)]));
		const cells = cellsOf<string, PlaceRow<string>>(
			[...stated.values()],
			(row) => found(placeOfRow.get(row), "the shelf of a row"),
		);
		const lines = new Map<Cell<string>, StockLineRow>();
		let accepted = 0;
		for (const [row, said] of stated) {
			const facility = this.reference.facilities.get(row.facility);
			const of = found(cells.get(said), `line ${row.line}`);
			const error =
				facility === undefined
					? {
							line: row.line,
							column: null,
							reason: "unknown-facility" as const,
							found: row.facility,
							expected: "the code of a registered facility",
						}
					: saidTwice(`${row.facility}, ${row.item}`, said, of);
			if (facility === undefined || error) {
				if (error) errors.push(error);
				continue;
			}
			accepted++;
			const shelf = {
				month: monthOf(row.day),
				day: row.day,
				facility,
				item: row.item,
				asOf: row.asOf,
				file,
			};
			let line = lines.get(of.cell);
			if (!line) {
				line = {
					...shelf,
					line: row.line,
					firstDay: row.firstDay,
					values: {},
				};
				lines.set(of.cell, line);
				this.stockLines.push(line);
			}
			Object.assign(line.values, row.values);
			// A line may name the lot of one before it again, beside something new.
			if (row.lot && lotIn(row.lot) in of.adds)
				this.stockLots.push({
					...shelf,
					lot: row.lot.id,
					units: row.lot.units,
					expires: row.lot.expires,
				});
		}
		return accepted;
	}
}

function identityOf({ sha256, connector, name }: ReceivedFile): string {
	return JSON.stringify([sha256, connector, name]);
}

function lotIn({ id }: NonNullable<StockRow["lot"]>): string {
	return `lot ${id}`;
}

/** Which shelf a row of a sheet is of. */
const placeOfRow = new WeakMap<PlaceRow<string>, string>();

/** All that a row states, so that two rows of one shelf are compared: its amounts, its period, and its lot under the number of it. */
function statedIn(row: StockRow): PlaceRow<string> {
	const { line, day, asOf, values, lot } = row;
	const said: PlaceRow<string> = {
		line,
		day,
		asOf,
		values: {
			...values,
			...(Object.keys(values).length > 0 ? { since: row.firstDay } : {}),
			...(lot
				? {
						[lotIn(lot)]: lot.units,
						[`expiry of lot ${lot.id}`]: lot.expires ?? -1,
					}
				: {}),
		},
	};
	placeOfRow.set(said, JSON.stringify([row.facility, row.item]));
	return said;
}

function saysTheSame(a: FacilityEntry, b: FacilityEntry): boolean {
	const { line: _, ...one } = a;
	const { line: __, ...other } = b;
	return JSON.stringify(one) === JSON.stringify(other);
}

/** One row of a file, of one place (an area, or a facility) on one day; its values by an indicator, or by a column. */
interface PlaceRow<Key extends string> {
	line: number;
	day: Day;
	asOf: Day;
	values: Partial<Record<Key, number>>;
}

/** What a file says of one place and day. */
interface Cell<Key extends string> {
	first: PlaceRow<Key>;
	/** All that its rows state. */
	values: Partial<Record<Key, number>>;
	/** The first row that states another count than a row before it. */
	other: PlaceRow<Key> | null;
}

interface RowOfCell<Key extends string> {
	cell: Cell<Key>;
	/** What the row states that no row before it did: cases may stand in one, deaths in another. */
	adds: Partial<Record<Key, number>>;
}

function cellsOf<Key extends string, Row extends PlaceRow<Key>>(
	reports: readonly Row[],
	placeOf: (row: Row) => string,
): ReadonlyMap<Row, RowOfCell<Key>> {
	const cells = new Map<string, Cell<Key>>();
	const rows = new Map<Row, RowOfCell<Key>>();
	for (const report of reports) {
		const key = `${placeOf(report)} ${report.day} ${report.asOf}`;
		const cell = cells.get(key);
		if (!cell) {
			const fresh = {
				first: report,
				values: { ...report.values },
				other: null,
			};
			cells.set(key, fresh);
			rows.set(report, { cell: fresh, adds: report.values });
			continue;
		}
		const adds: Partial<Record<Key, number>> = {};
		for (const name in report.values) {
			const value = report.values[name];
			if (cell.values[name] === undefined) {
				adds[name] = value;
				cell.values[name] = value;
			} else if (cell.values[name] !== value) cell.other ??= report;
		}
		rows.set(report, { cell, adds });
	}
	return rows;
}

/** Why a row is not taken: another states other counts of the same cell, or it states nothing that one before it does not. */
function saidTwice<Key extends string>(
	place: string,
	report: PlaceRow<Key>,
	{ cell: { first, other }, adds }: RowOfCell<Key>,
): RowError | null {
	const saysNothingNew = first !== report && Object.keys(adds).length === 0;
	if (!other && !saysNothingNew) return null;
	const { line } = other && first === report ? other : first;
	return {
		line: report.line,
		column: null,
		reason: "duplicate-row",
		found: `${place} on ${isoFromDay(report.day)} in line ${line} too${other ? ", with other counts" : ""}`,
		expected: "each count of a place and day once",
	};
}

function skippedIn({ skipped }: Parsed): number {
	return Object.values(skipped).reduce((sum, lines) => sum + lines, 0);
}

function isEmpty(parsed: Parsed): boolean {
	return (
		parsed.reports.length +
			parsed.facilityReports.length +
			(parsed.positions?.length ?? 0) +
			(parsed.facilities?.length ?? 0) +
			(parsed.stock?.length ?? 0) ===
		0
	);
}

/** Whether a file is held for the reasons for which it was: what a person is told to do about it is then still true. */
function saySame(
	before: readonly HeldFault[],
	now: readonly HeldFault[],
): boolean {
	const inText = (all: readonly HeldFault[]) =>
		all.map(({ reason, column, alike }) => `${reason} ${column} ${alike}`);
	const known = new Set(inText(before));
	return (
		now.length === known.size && inText(now).every((one) => known.has(one))
	);
}

/** Of errors that are alike the first, with their number. */
export function groupedFaults(
	errors: readonly RowError[],
): (RowError & { count: number })[] {
	return grouped(errors).map(({ kept: [first], count }) => ({
		...first,
		count,
	}));
}

/** Errors alike in reason and column, in the order in which they first occur. */
function grouped(errors: readonly RowError[]): FaultGroup[] {
	const groups = new Map<string, FaultGroup>();
	for (const error of errors) {
		const key = `${error.reason} ${error.column}`;
		const group = groups.get(key);
		if (!group) groups.set(key, { kept: [error], count: 1 });
		else {
			group.count++;
			if (group.kept.length < KEPT_ALIKE) group.kept.push(error);
		}
	}
	return [...groups.values()];
}
