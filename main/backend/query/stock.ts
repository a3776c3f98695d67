import type Database from "better-sqlite3";
import type {
	FacilityStock,
	HeldCount,
	StockBook,
} from "../../../core/api/stock.ts";
import {
	heardBefore,
	type StatedReport,
} from "../../../core/facilities/known-report.ts";
import {
	type FacilityKind,
	REPORT_HOLDS_DAYS,
} from "../../../core/facilities/report.ts";
import { ledger, type Movement } from "../../../core/logistics/ledger.ts";
import {
	type DoubtfulCount,
	doubtfulCounts,
	STOCK_WINDOW_DAYS,
	type StatedCount,
} from "../../../core/logistics/stock-fault.ts";
import {
	packSizeOf,
	STOCK_COLUMNS,
	type StockColumn,
	WATCHED_ITEMS,
	watchedIn,
} from "../../../core/logistics/watched-item.ts";
import { type Day, dayInWib, monthOf } from "../../../core/series/day.ts";
import {
	areasWithin,
	type Files,
	facilities,
	filesKnown,
	type ReadReport,
	readDays,
} from "./facilities.ts";
import { itemsNow } from "./items.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { sourceNames } from "./source.ts";
import { statement } from "./statement.ts";

/** What is known of the stock of watched items, day by day. Arrays at (facility * items + item) * days + day - firstDay. */
export interface StockHistory {
	/** Ids, in the order of `facilities`. */
	readonly facilities: readonly number[];
	/** In the order of `WATCHED_ITEMS`. */
	readonly columns: readonly StockColumn[];
	readonly firstDay: Day;
	readonly days: number;
	/** Units at the end of the day; NaN: not reported, or held back until a person has looked at it. */
	readonly onHand: Float64Array;
	/** One of `STOCK_STATE`. */
	readonly state: Uint8Array;
	/** Ids of the sources of what was stated; 0: nothing was. */
	readonly source: Int32Array;
	/** What is doubtful of them, or was until somebody decided. */
	readonly doubtful: readonly Doubt[];
}

export const STOCK_STATE = {
	notReported: 0,
	counts: 1,
	/** Doubtful, and nobody has decided: not in any sum. */
	held: 2,
	/** A person refused it: not in any sum. */
	refused: 3,
	/** A person let it stand, or said what was meant. */
	accepted: 4,
} as const;

interface Doubt extends Omit<DoubtfulCount, "fault"> {
	readonly facility: number;
	readonly item: string;
	readonly source: number;
	/** Null: somebody decided of a count that nothing is found against. */
	readonly fault: DoubtfulCount["fault"] | null;
	readonly decision: Decision | null;
}

interface Decision {
	verdict: "accepted" | "refused";
	value: number | null;
	stated: number;
	person: string;
	at: number;
	reason: string;
}

/** A line of a sheet of stock as it is known, with its lots. */
export interface KnownSheet {
	readonly facility: number;
	readonly item: string;
	readonly firstDay: Day;
	readonly day: Day;
	readonly opening: number | null;
	readonly received: number | null;
	readonly used: number | null;
	/** As stated: whether it counts is told by `StockHistory` of the watched items, and of all by `heldStock`. */
	readonly closing: number | null;
	readonly inTransit: number | null;
	readonly requested: number | null;
	readonly source: number;
	readonly asOf: Day;
	/** Units of all its lots; null: it names none. */
	readonly inLots: number | null;
	readonly lots: readonly {
		readonly lot: string;
		readonly units: number;
		readonly expires: Day | null;
	}[];
}

const PLACE_OF: ReadonlyMap<string, number> = new Map(
	STOCK_COLUMNS.map((column, place) => [column, place]),
);
const LATER = Number.MAX_SAFE_INTEGER;
/** The columns of the watched items. */
const COLUMN_OF: ReadonlyMap<string, StockColumn> = new Map(
	WATCHED_ITEMS.map(({ item, column }) => [item, column]),
);
const shelfKey = (facility: number, item: string, day: Day) =>
	`${facility} ${item} ${day}`;

/**
 * The stock of the watched items of all facilities of a kind (null: of all) on some days, from daily reports and sheets by the order of sources.
 * Doubtful counts are found among these days alone: whoever asks for the stock of a day asks for `STOCK_WINDOW_DAYS` before it too.
 */
export function stockHistory(
	db: Database.Database,
	asked: {
		kind: FacilityKind | null;
		firstDay: Day;
		days: number;
		asKnownOn: Day | null;
	},
): StockHistory {
	return keptHistory(
		db,
		asked.kind,
		asked.firstDay,
		asked.days,
		knownDay(db, asked.asKnownOn),
	);
}

const keptHistory = perPublication(
	(kind: FacilityKind | null, firstDay: Day, days: number, known: Day | null) =>
		`${kind} ${firstDay} ${days} ${known}`,
	readHistory,
	3,
);

function readHistory(
	db: Database.Database,
	kind: FacilityKind | null,
	firstDay: Day,
	days: number,
	asKnownOn: Day | null,
): StockHistory {
	const all = facilities(db, kind === null ? {} : { kind });
	const rowOf = new Map(all.map(({ id }, row) => [id, row]));
	const cells = all.length * STOCK_COLUMNS.length * days;
	const onHand = new Float64Array(cells).fill(Number.NaN);
	const state = new Uint8Array(cells);
	const source = new Int32Array(cells);
	const files = filesKnown(db, asKnownOn);
	// By the cell of the arrays: of a million counts few are of a sheet, and a key in words for each costs more than all else.
	const sheets = new Map<number, KnownSheet>();
	const placeOf = new Map(
		WATCHED_ITEMS.map(({ item }, place): [string, number] => [item, place]),
	);
	const lines = Map.groupBy(
		knownSheetLines(db, firstDay, firstDay + days - 1, asKnownOn),
		({ sheet }) => sheet.day,
	);
	for (let day = firstDay; day < firstDay + days; day++) {
		const stated = new Map<number, StatedReport[]>();
		const say = (facility: number, report: StatedReport) => {
			const list = stated.get(facility);
			if (list) list.push(report);
			else stated.set(facility, [report]);
		};
		for (const row of readDays(db, STOCK_COLUMNS, day, day, asKnownOn)) {
			const report = rowOf.has(row[0]) ? dailyReport(row, files) : null;
			if (report) say(row[0], report);
		}
		for (const line of lines.get(day) ?? []) {
			const row = rowOf.get(line.sheet.facility);
			if (row === undefined) continue;
			say(line.sheet.facility, line.report);
			const place = placeOf.get(line.sheet.item);
			if (place !== undefined)
				sheets.set(
					(row * STOCK_COLUMNS.length + place) * days + day - firstDay,
					line.sheet,
				);
		}
		for (const [facility, reports] of stated) {
			const row = rowOf.get(facility) as number;
			// Put in order once, and each count taken from the first that states it: a million answers of their own cost more than all else.
			if (reports.length > 1) reports.sort(heardBefore);
			for (const [place, column] of STOCK_COLUMNS.entries())
				for (const report of reports) {
					const value = report.stated(column);
					if (value === null) continue;
					const at =
						(row * STOCK_COLUMNS.length + place) * days + day - firstDay;
					onHand[at] = value;
					state[at] = STOCK_STATE.counts;
					source[at] = report.source;
					break;
				}
		}
	}
	const catalogue = itemsNow(db).map(({ id, pack }) => ({
		id,
		pack: pack ? { ...pack.value, source: pack.source.title } : undefined,
	}));
	const decided = decisions(db, firstDay, firstDay + days - 1, asKnownOn);
	const doubtful: Doubt[] = [];
	for (const [row, { id: facility }] of all.entries())
		for (const [place, watched] of WATCHED_ITEMS.entries()) {
			const start = (row * STOCK_COLUMNS.length + place) * days;
			const counts: StatedCount[] = [];
			const asStated: StatedCount[] = [];
			const decidedOf: Doubt[] = [];
			for (let at = 0; at < days; at++) {
				if (state[start + at] === STOCK_STATE.notReported) continue;
				const day = firstDay + at;
				const stated = onHand[start + at] as number;
				const decision =
					decided.size === 0
						? undefined
						: decided.get(shelfKey(facility, watched.item, day));
				const sheet = sheets.get(start + at);
				const said = sheet?.closing === stated ? sheet : {};
				if (decided.size > 0) asStated.push({ day, onHand: stated, ...said });
				if (decision?.stated === stated) {
					const accepted = decision.verdict === "accepted";
					onHand[start + at] = accepted
						? (decision.value ?? Number.NaN)
						: Number.NaN;
					state[start + at] = accepted
						? STOCK_STATE.accepted
						: STOCK_STATE.refused;
					decidedOf.push({
						facility,
						item: watched.item,
						day,
						stated,
						fault: null,
						meant: null,
						source: source[start + at] as number,
						decision,
					});
					if (!accepted) continue;
				}
				counts.push({ day, onHand: onHand[start + at] as number, ...said });
			}
			const packSize = packSizeOf(watched, catalogue);
			if (decidedOf.length > 0) {
				// Once decided nothing is wrong with it any more; what was stays beside the decision.
				const found = new Map(
					doubtfulCounts(asStated, packSize).map((doubt) => [doubt.day, doubt]),
				);
				for (const one of decidedOf)
					doubtful.push({ ...one, ...found.get(one.day) });
			}
			for (const doubt of doubtfulCounts(counts, packSize)) {
				const at = start + doubt.day - firstDay;
				if (state[at] === STOCK_STATE.accepted) continue;
				onHand[at] = Number.NaN;
				state[at] = STOCK_STATE.held;
				doubtful.push({
					...doubt,
					facility,
					item: watched.item,
					source: source[at] as number,
					decision: null,
				});
			}
		}
	return {
		facilities: all.map(({ id }) => id),
		columns: STOCK_COLUMNS,
		firstDay,
		days,
		onHand,
		state,
		source,
		doubtful,
	};
}

/**
 * What lies at facilities as of a day by their last count of at most `REPORT_HOLDS_DAYS` days ago; a count that is held is passed over.
 * @returns units by facility and column; NaN: not known
 */
export function lastCounted(
	db: Database.Database,
	{ day, asKnownOn }: { day: Day; asKnownOn: Day | null },
): (facility: number, column: StockColumn) => number {
	const { facilities, columns, days, onHand } = stockHistory(db, {
		kind: null,
		firstDay: day - STOCK_WINDOW_DAYS,
		days: STOCK_WINDOW_DAYS + 1,
		asKnownOn,
	});
	const rowOf = new Map(facilities.map((id, row) => [id, row]));
	return (facility, column) => {
		const row = rowOf.get(facility);
		if (row === undefined) return Number.NaN;
		const end = (row * columns.length + columns.indexOf(column) + 1) * days;
		return (
			onHand
				.subarray(end - 1 - REPORT_HOLDS_DAYS, end)
				.findLast((units) => !Number.isNaN(units)) ?? Number.NaN
		);
	};
}

function dailyReport(row: ReadReport, files: Files): StatedReport | null {
	const file = files.get(row[3]);
	return (
		(file && {
			...file,
			asOf: row[2],
			stated: (column) =>
				(row[4 + (PLACE_OF.get(column) as number)] as
					| number
					| null
					| undefined) ?? null,
		}) ??
		null
	);
}

interface SheetRow {
	facility: number;
	item: string;
	day: Day;
	asOf: Day;
	file: number;
	firstDay: Day;
	opening: number | null;
	received: number | null;
	used: number | null;
	closing: number | null;
	inTransit: number | null;
	requested: number | null;
	inLots: number | null;
}

/** The lines of sheets of some days as they are known, of each item, facility and day the one that is heard first; without their lots. */
function* sheetLines(
	db: Database.Database,
	files: Files,
	first: Day,
	last: Day,
	asKnownOn: Day | null,
	facility: number | null = null,
): Generator<KnownLine> {
	for (let month = monthOf(first); month <= monthOf(last); month++) {
		const rows = statement(
			db,
			`SELECT facility, item, day, as_of AS asOf, file, first_day AS firstDay, opening, received, used, closing,
				in_transit AS inTransit, requested, (
					SELECT sum(units) FROM stock_lot AS lot
					WHERE lot.month = line.month AND lot.facility = line.facility AND lot.item = line.item AND lot.day = line.day
						AND lot.as_of = line.as_of AND lot.file = line.file
				) AS inLots
			 FROM stock_line AS line WHERE month = ? AND day BETWEEN ? AND ? AND as_of <= ? AND (? IS NULL OR facility = ?)
			 ORDER BY day, facility, item`,
		).all(
			month,
			first,
			last,
			asKnownOn ?? LATER,
			facility,
			facility,
		) as SheetRow[];
		let waiting: KnownLine | null = null;
		for (const { file, ...row } of rows) {
			const of = files.get(file);
			if (!of) continue;
			const sheet: KnownSheet = { ...row, source: of.source, lots: [] };
			const own = COLUMN_OF.get(row.item);
			const report: StatedReport = {
				...of,
				asOf: row.asOf,
				stated: (column) => (column === own ? row.closing : null),
			};
			if (
				waiting &&
				waiting.sheet.facility === row.facility &&
				waiting.sheet.item === row.item &&
				waiting.sheet.day === row.day
			) {
				if (heardBefore(report, waiting.report) < 0)
					waiting = { sheet, file, report };
				continue;
			}
			if (waiting) yield waiting;
			waiting = { sheet, file, report };
		}
		if (waiting) yield waiting;
	}
}

interface KnownLine {
	sheet: KnownSheet;
	file: number;
	report: StatedReport;
}

/** The lines of all facilities on some days: whoever looks at stocks looks at them again and again. */
const knownSheetLines = perPublication(
	(first: Day, last: Day, asKnownOn: Day | null) =>
		`${first} ${last} ${asKnownOn}`,
	(db, first: Day, last: Day, asKnownOn: Day | null): readonly KnownLine[] => [
		...sheetLines(db, filesKnown(db, asKnownOn), first, last, asKnownOn),
	],
	2,
);

/**
 * The lines of sheets on some days as they are known, in the order of days; of one facility or of all (null).
 * @param counts which of them are asked for
 * @returns of each item at a facility the lots of its newest line alone: those before are told by nobody who looks at the days together
 */
export function stockSheets(
	db: Database.Database,
	asked: {
		facility: number | null;
		firstDay: Day;
		lastDay: Day;
		asKnownOn: Day | null;
	},
	counts: (sheet: KnownSheet) => boolean = () => true,
): KnownSheet[] {
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const { facility, firstDay, lastDay } = asked;
	const found = (
		facility === null
			? knownSheetLines(db, firstDay, lastDay, asKnownOn)
			: [
					...sheetLines(
						db,
						filesKnown(db, asKnownOn),
						firstDay,
						lastDay,
						asKnownOn,
						facility,
					),
				]
	).filter(({ sheet }) => counts(sheet));
	const newest = new Map(
		found.map((one) => [`${one.sheet.facility} ${one.sheet.item}`, one]),
	);
	const lots = new Map<object, KnownSheet["lots"][number][]>();
	for (const day of new Set([...newest.values()].map(({ sheet }) => sheet.day)))
		for (const [facility, item, file, lot, units, expires] of statement(
			db,
			`SELECT facility, item, file, lot, units, expires FROM stock_lot
			 WHERE month = ? AND day = ? AND (? IS NULL OR facility = ?) ORDER BY facility, item, lot`,
		)
			.raw()
			.all(monthOf(day), day, asked.facility, asked.facility) as [
			number,
			string,
			number,
			string,
			number,
			Day | null,
		][]) {
			const one = newest.get(`${facility} ${item}`);
			if (one?.sheet.day !== day || one.file !== file) continue;
			const list = lots.get(one.sheet);
			if (list) list.push({ lot, units, expires });
			else lots.set(one.sheet, [{ lot, units, expires }]);
		}
	return found.map(({ sheet }) => {
		const its = lots.get(sheet);
		return its ? { ...sheet, lots: its } : sheet;
	});
}

/** What was decided last of the counts of some days, as known on a day; what was taken back is none. */
function decisions(
	db: Database.Database,
	first: Day,
	last: Day,
	asKnownOn: Day | null,
): Map<string, Decision> {
	const decided = new Map<string, Decision>();
	const rows = statement(
		db,
		`SELECT facility, item, day, at, person, verdict, stated, value, reason FROM stock_decision
		 WHERE month BETWEEN ? AND ? AND day BETWEEN ? AND ? ORDER BY number`,
	).all(monthOf(first), monthOf(last), first, last) as (Omit<
		Decision,
		"verdict"
	> & {
		facility: number;
		item: string;
		day: Day;
		verdict: Decision["verdict"] | "open";
	})[];
	for (const { facility, item, day, verdict, ...decision } of rows) {
		if (asKnownOn !== null && dayInWib(decision.at) > asKnownOn) continue;
		const key = shelfKey(facility, item, day);
		if (verdict === "open") decided.delete(key);
		else decided.set(key, { verdict, ...decision });
	}
	return decided;
}

/** The counts of an area that are doubtful or were decided of, of a day and the `STOCK_WINDOW_DAYS` before it, newest first. */
export function heldStock(
	db: Database.Database,
	asked: { area: number; day: Day; asKnownOn: Day | null },
): HeldCount[] {
	const within = areasWithin(db, knownArea(db, asked.area).id);
	const inside = new Map(
		facilities(db, {}).flatMap((one) =>
			within.has(one.area) ? [[one.id, one] as const] : [],
		),
	);
	const names = sourceNames(db);
	const firstDay = asked.day - STOCK_WINDOW_DAYS;
	const days = STOCK_WINDOW_DAYS + 1;
	const { doubtful } = stockHistory(db, {
		kind: null,
		firstDay,
		days,
		asKnownOn: asked.asKnownOn,
	});
	return [
		...doubtful,
		...otherDoubts(db, firstDay, asked.day, asked.asKnownOn, null),
	]
		.flatMap((doubt) => {
			const facility = inside.get(doubt.facility);
			return facility
				? [
						{
							...doubt,
							name: facility.name,
							area: facility.area,
							source: names.get(doubt.source) ?? null,
							decision: doubt.decision && {
								verdict: doubt.decision.verdict,
								value: doubt.decision.value,
								person: doubt.decision.person,
								at: doubt.decision.at,
								reason: doubt.decision.reason,
							},
						},
					]
				: [];
		})
		.sort(
			(a, b) =>
				b.day - a.day ||
				a.facility - b.facility ||
				(a.item < b.item ? -1 : a.item > b.item ? 1 : 0),
		);
}

/** The same of items that no daily report states: of their sheets alone; at one facility or at all (null). */
function otherDoubts(
	db: Database.Database,
	firstDay: Day,
	lastDay: Day,
	asked: Day | null,
	of: number | null,
): Doubt[] {
	const asKnownOn = knownDay(db, asked);
	const series = new Map<string, KnownSheet[]>();
	const lines =
		of === null
			? knownSheetLines(db, firstDay, lastDay, asKnownOn)
			: sheetLines(
					db,
					filesKnown(db, asKnownOn),
					firstDay,
					lastDay,
					asKnownOn,
					of,
				);
	for (const { sheet } of lines) {
		if (COLUMN_OF.has(sheet.item)) continue;
		const key = `${sheet.facility} ${sheet.item}`;
		const list = series.get(key);
		if (list) list.push(sheet);
		else series.set(key, [sheet]);
	}
	const decided = decisions(db, firstDay, lastDay, asKnownOn);
	const packs = new Map(
		itemsNow(db).map(({ id, pack }) => [id, pack?.value.size]),
	);
	return [...series.values()].flatMap((sheets) => {
		const [{ facility, item }] = sheets as [KnownSheet];
		const counts = sheets.flatMap((sheet) =>
			sheet.closing === null ? [] : [{ ...sheet, onHand: sheet.closing }],
		);
		return doubtfulCounts(counts, packs.get(item)).map((doubt) => {
			const decision = decided.get(shelfKey(facility, item, doubt.day));
			return {
				...doubt,
				facility,
				item,
				source: sheets.find(({ day }) => day === doubt.day)?.source ?? 0,
				decision: decision?.stated === doubt.stated ? decision : null,
			};
		});
	});
}

/** What is known of the stock of one facility as of a day, item by item; null: there is no such facility. */
export function facilityStock(
	db: Database.Database,
	asked: { facility: number; day: Day; asKnownOn: Day | null },
): FacilityStock | null {
	const all = facilities(db, {});
	const one = all.find(({ id }) => id === asked.facility);
	if (!one) return null;
	const firstDay = asked.day - STOCK_WINDOW_DAYS;
	const history = stockHistory(db, {
		kind: null,
		firstDay,
		days: STOCK_WINDOW_DAYS + 1,
		asKnownOn: asked.asKnownOn,
	});
	const names = sourceNames(db);
	const row = history.facilities.indexOf(one.id);
	const sheets = stockSheets(db, {
		facility: one.id,
		firstDay: asked.day - SHEET_HOLDS_DAYS,
		lastDay: asked.day,
		asKnownOn: asked.asKnownOn,
	});
	const newest = new Map(sheets.map((sheet) => [sheet.item, sheet]));
	const doubts = new Map(
		otherDoubts(
			db,
			Math.min(firstDay, asked.day - SHEET_HOLDS_DAYS),
			asked.day,
			asked.asKnownOn,
			one.id,
		).map((doubt) => [`${doubt.item} ${doubt.day}`, doubt]),
	);
	const items = new Set([
		...WATCHED_ITEMS.map(({ item }) => item),
		...newest.keys(),
	]);
	return {
		facility: one.id,
		area: one.area,
		day: asked.day,
		items: [...items].map((item) => {
			const place = WATCHED_ITEMS.findIndex((watched) => watched.item === item);
			const sheet = newest.get(item) ?? null;
			const count =
				place < 0
					? sheet && {
							day: sheet.day,
							source: sheet.source,
							...standing(sheet, doubts.get(`${item} ${sheet.day}`)),
						}
					: lastCount(history, row, place);
			return {
				item,
				count: count && {
					day: count.day,
					age: asked.day - count.day,
					onHand: count.onHand,
					state: count.state,
					source: names.get(count.source) ?? null,
				},
				sheet: sheet && {
					firstDay: sheet.firstDay,
					day: sheet.day,
					opening: sheet.opening,
					received: sheet.received,
					used: sheet.used,
					closing: sheet.closing,
					inTransit: sheet.inTransit,
					requested: sheet.requested,
					source: names.get(sheet.source) ?? null,
					lots: [...sheet.lots],
				},
			};
		}),
	};
}

/** What of a sheet's count counts, and why. */
function standing(sheet: KnownSheet, doubt: Doubt | undefined) {
	if (!doubt) return { onHand: sheet.closing, state: "counts" as const };
	if (!doubt.decision) return { onHand: null, state: "held" as const };
	const { verdict, value } = doubt.decision;
	return { onHand: verdict === "accepted" ? value : null, state: verdict };
}

/** Sheets come each month: an older one says nothing of today. */
const SHEET_HOLDS_DAYS = 45;

const STATE_WORDS = [
	"counts",
	"counts",
	"held",
	"refused",
	"accepted",
] as const;

function lastCount(
	{ columns, days, firstDay, onHand, state, source }: StockHistory,
	row: number,
	place: number,
) {
	const start = (row * columns.length + place) * days;
	for (let at = days - 1; at >= 0; at--)
		if (state[start + at] !== STOCK_STATE.notReported) {
			const value = onHand[start + at] as number;
			return {
				day: firstDay + at,
				onHand: Number.isNaN(value) ? null : value,
				state: STATE_WORDS[state[start + at] as number] ?? "counts",
				source: source[start + at] as number,
			};
		}
	return null;
}

/** The book of an item at a facility over all days: what sheets say moved, and what sheets and daily reports counted; null: no such facility. */
export function stockBook(
	db: Database.Database,
	asked: { facility: number; item: string; asKnownOn: Day | null },
): StockBook | null {
	const one = facilities(db, {}).find(({ id }) => id === asked.facility);
	if (!one) return null;
	const asKnownOn = knownDay(db, asked.asKnownOn);
	const files = filesKnown(db, asKnownOn);
	const bounds = statement(
		db,
		"SELECT min(day) AS first, max(day) AS last FROM stock_line",
	).get() as { first: Day | null; last: Day | null };
	const names = sourceNames(db);
	const said: (Movement & { source: number })[] = [];
	if (bounds.first !== null && bounds.last !== null)
		for (const { sheet } of sheetLines(
			db,
			files,
			bounds.first,
			bounds.last,
			asKnownOn,
			one.id,
		))
			if (sheet.item === asked.item)
				said.push({
					day: sheet.day,
					firstDay: sheet.firstDay,
					opening: sheet.opening,
					received: sheet.received,
					given: sheet.used,
					counted: sheet.closing,
					source: sheet.source,
				});
	const lines = ledger(said);
	return {
		facility: one.id,
		area: one.area,
		item: asked.item,
		lines: lines.map((line, at) => ({
			...line,
			source: names.get(said[at]?.source ?? 0) ?? null,
		})),
	};
}

/** The watched item of a column, for whoever reads a history. */
export function itemOf(history: StockHistory, place: number): string {
	return watchedIn(history.columns[place] as StockColumn).item;
}
