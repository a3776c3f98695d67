import type Database from "better-sqlite3";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import {
	COLUMNS_OF,
	REPORT_HOLDS_DAYS,
	type ReportColumn,
} from "../../../core/facilities/report.ts";
import type { Catalogues } from "../../../core/logistics/catalogue.ts";
import { facilityNeeds } from "../../../core/logistics/facility-needs.ts";
import { reagentNeed } from "../../../core/logistics/laboratory.ts";
import { oxygenNeed } from "../../../core/logistics/oxygen.ts";
import {
	burnWithReuse,
	stratumFactor,
} from "../../../core/logistics/ppe-use.ts";
import {
	type ReceivedOver,
	type StockDay,
	withReceipts,
} from "../../../core/logistics/stock-count.ts";
import {
	type DoubtfulCount,
	STOCK_WINDOW_DAYS,
} from "../../../core/logistics/stock-fault.ts";
import type { Incoming } from "../../../core/logistics/stock-position.ts";
import {
	BURN_WINDOW_DAYS,
	reportedBurn,
	type StockStanding,
	type StockTold,
	stockStanding,
	type UseKind,
} from "../../../core/logistics/stock-standing.ts";
import type { Stratum } from "../../../core/logistics/stratum.ts";
import {
	OXYGEN,
	STOCK_COLUMNS,
	type StockColumn,
	WATCHED_ITEMS,
	watchedAs,
} from "../../../core/logistics/watched-item.ts";
import type { Day } from "../../../core/series/day.ts";
import { catalogues, cataloguesNow } from "./catalogue.ts";
import { facilities, reportsBetween } from "./facilities.ts";
import { delivered, incoming } from "./orders.ts";
import { perPublication } from "./per-publication.ts";
import { type KnownSheet, stockHistory, stockSheets } from "./stock.ts";

/** How use is reckoned (core/api/logistics). */
export interface StockOptions {
	day: Day;
	asKnownOn: Day | null;
	horizon: number;
	stratum: Stratum;
	reuse: number;
	use: UseKind;
}

/** How one facility stands: an entry for each of STOCK_COLUMNS, null where it keeps no such item. */
export interface PlacePosition {
	facility: FacilityRow;
	standings: readonly (StockStanding | null)[];
	told: readonly (PlaceStock | null)[];
}

/** What was told of an item at a facility, and by whom. */
export interface PlaceStock extends StockTold {
	/** Ids of the sources of each count, by day. */
	sources: ReadonlyMap<Day, readonly number[]>;
	/** From what the modelled use follows, by column of the report, with the day of that report. */
	drivers: Drivers;
}

/** What of a facility's reports the modelled use follows from; NaN: not reported within REPORT_HOLDS_DAYS. */
export interface Drivers {
	severe: number;
	critical: number;
	/** Mean of the days of the window that reported it. */
	tests: number;
	specimens: number;
}

/** The item of the contact rates (Penn Medicine) whose strata an item follows. */
export const CONTACT_ITEM: Partial<Record<StockColumn, string>> = {
	stock_gown: "gown",
	stock_respirator: "n95",
	stock_mask: "mask",
	stock_gloves: "gloves",
	stock_face_shield: "eye",
};

const DRIVER_COLUMNS = [
	"patients_severe",
	"patients_critical",
	"tests_done",
	"specimens_received",
] as const satisfies readonly ReportColumn[];

/** Every facility of the country as of a day, in order of id; the same list for as long as the replica stands where it does. */
export const stockPositions = perPublication(
	({ day, asKnownOn, horizon, stratum, reuse, use }: StockOptions) =>
		`${day} ${asKnownOn} ${horizon} ${stratum} ${reuse} ${use}`,
	(db, options: StockOptions): readonly PlacePosition[] =>
		stockTold(db, options.day, options.asKnownOn).map(({ facility, told }) => ({
			facility,
			told,
			standings: told.map((stock, at) =>
				stock
					? stockStanding(stock, {
							prefer: options.use,
							useFactor: factorOfUse(
								STOCK_COLUMNS[at],
								stock.drivers,
								options.stratum,
								options.reuse,
							),
							horizonDays: options.horizon,
						})
					: null,
			),
		})),
	4,
);

/** By how much use changes under a stratum of care and with reuse; of what has no published stratum it stays as it is. */
export function factorOfUse(
	column: StockColumn,
	{ severe, critical }: Pick<Drivers, "severe" | "critical">,
	stratum: Stratum,
	reuse: number,
): number {
	const item = CONTACT_ITEM[column];
	if (item === undefined) return 1;
	const factor =
		stratumFactor(
			catalogues().contactRates,
			{ icu: critical, floor: severe },
			item,
			"conventional",
			stratum,
		) ?? 1;
	return burnWithReuse(factor, reuse);
}

/** What was told of the stock of every facility up to a day. */
export const stockTold = perPublication(
	(day: Day, asKnownOn: Day | null) => `${day} ${asKnownOn}`,
	readStock,
	3,
);

function readStock(
	db: Database.Database,
	day: Day,
	asKnownOn: Day | null,
): { facility: FacilityRow; told: (PlaceStock | null)[] }[] {
	const all = facilities(db, {});
	const rowOf = new Map(all.map(({ id }, row) => [id, row]));
	const first = day - BURN_WINDOW_DAYS - REPORT_HOLDS_DAYS;
	const read = all.map(() => ({
		counts: STOCK_COLUMNS.map((): StockDay[] => []),
		held: STOCK_COLUMNS.map((): DoubtfulCount[] => []),
		sources: new Map<Day, readonly number[]>(),
		severe: Number.NaN,
		critical: Number.NaN,
		tests: { sum: 0, days: 0 },
		specimens: { sum: 0, days: 0 },
	}));
	for (const { facility, day: on, report } of reportsBetween(
		db,
		DRIVER_COLUMNS,
		{ first, last: day },
		asKnownOn,
	)) {
		const one = read[rowOf.get(facility) ?? -1];
		if (!one) continue;
		const { values } = report;
		if (on >= day - REPORT_HOLDS_DAYS) {
			one.severe = values.patients_severe ?? one.severe;
			one.critical = values.patients_critical ?? one.critical;
		}
		if (on > day - BURN_WINDOW_DAYS) {
			add(one.tests, values.tests_done);
			add(one.specimens, values.specimens_received);
		}
	}
	const drivers = read.map(
		({ severe, critical, tests, specimens }): Drivers => ({
			severe,
			critical,
			tests: mean(tests),
			specimens: mean(specimens),
		}),
	);
	const coming = byShelf(incoming(db, day));
	const came = byShelf(
		delivered(db, { first: day - REPORT_HOLDS_DAYS, last: day }).map(
			({ day: arrives, ...units }) => ({ ...units, arrives }),
		),
	);
	addCounts(db, read, first, day, asKnownOn);
	const sheets = sheetsOf(db, day, asKnownOn);
	const modelled = modelledUse(drivers, cataloguesNow(db));
	return all.map((facility, row) => ({
		facility,
		told: STOCK_COLUMNS.map((column, at): PlaceStock | null => {
			if (!COLUMNS_OF[facility.kind].includes(column)) return null;
			const shelf = `${facility.id} ${column}`;
			const sheet = sheets.get(shelf);
			const counts = withReceipts(read[row].counts[at], sheet?.received ?? []);
			return {
				counts,
				held: read[row].held[at],
				burn: reportedBurn(counts),
				sources: read[row].sources,
				day,
				modelled:
					facility.kind === "warehouse" ? Number.NaN : modelled[at][row],
				drivers: drivers[row],
				incoming: coming.get(shelf) ?? [],
				delivered: came.get(shelf) ?? [],
				...(sheet?.lots && { lots: sheet.lots }),
			};
		}),
	}));
}

/** What orders bring of watched items, by facility and column. */
function byShelf(
	brought: readonly (Pick<Incoming, "arrives" | "units"> & {
		facility: number;
		item: string;
		expires: Day | null;
	})[],
): ReadonlyMap<string, Incoming[]> {
	const shelves = new Map<string, Incoming[]>();
	for (const { facility, item, units, arrives, expires } of brought) {
		const column = watchedAs(item)?.column;
		if (column === undefined) continue;
		const key = `${facility} ${column}`;
		const before = shelves.get(key) ?? [];
		before.push({ arrives, units, ...(expires !== null && { expires }) });
		shelves.set(key, before);
	}
	return shelves;
}

/** What sheets say of a watched item at a facility beside its counts. */
interface SheetsTold {
	received: ReceivedOver[];
	lots: StockTold["lots"];
}

/** By facility and column. Of a sheet whose count is not known, such as one that is held, nothing is taken. */
function sheetsOf(
	db: Database.Database,
	day: Day,
	asKnownOn: Day | null,
): ReadonlyMap<string, SheetsTold> {
	const told = new Map<string, SheetsTold>();
	const firstDay = day - STOCK_WINDOW_DAYS;
	const history = stockHistory(db, {
		kind: null,
		firstDay,
		days: STOCK_WINDOW_DAYS + 1,
		asKnownOn,
	});
	const rowOf = new Map(history.facilities.map((id, row) => [id, row]));
	const columnOf = new Map<string, StockColumn>(
		WATCHED_ITEMS.map(({ item, column }) => [item, column]),
	);
	// Nor of one whose place another source takes: receipts and lots belong to the count beside which they stand.
	const counts = ({ facility, item, day, closing }: KnownSheet) => {
		const column = columnOf.get(item);
		const row = rowOf.get(facility);
		if (column === undefined || row === undefined) return false;
		const place =
			row * history.columns.length + history.columns.indexOf(column);
		return history.onHand[place * history.days + day - firstDay] === closing;
	};
	for (const sheet of stockSheets(
		db,
		{ facility: null, firstDay, lastDay: day, asKnownOn },
		counts,
	)) {
		const column = columnOf.get(sheet.item);
		const key = `${sheet.facility} ${column}`;
		const one: SheetsTold = told.get(key) ?? { received: [], lots: undefined };
		told.set(key, one);
		if (sheet.received !== null)
			one.received.push({
				firstDay: sheet.firstDay,
				day: sheet.day,
				units: sheet.received,
			});
		if (sheet.lots.length > 0 || sheet.closing === 0)
			one.lots = {
				day: sheet.day,
				held: sheet.lots.map(({ lot, units, expires }) => ({
					id: lot,
					units,
					...(expires !== null && { expires }),
				})),
			};
	}
	return told;
}

/** Adds what was counted, by daily reports and sheets; a doubtful count is none until a person has accepted it, and stands apart. */
function addCounts(
	db: Database.Database,
	read: readonly {
		counts: StockDay[][];
		held: DoubtfulCount[][];
		sources: Map<Day, readonly number[]>;
	}[],
	first: Day,
	last: Day,
	asKnownOn: Day | null,
): void {
	const from = Math.min(first, last - STOCK_WINDOW_DAYS);
	const {
		columns,
		days,
		onHand,
		source,
		doubtful,
		facilities: ids,
	} = stockHistory(db, {
		kind: null,
		firstDay: from,
		days: last - from + 1,
		asKnownOn,
	});
	const rowOf = new Map(ids.map((id, row) => [id, row]));
	for (const {
		facility,
		item,
		day,
		stated,
		fault,
		meant,
		decision,
	} of doubtful) {
		if (decision !== null || fault === null || day < first) continue;
		const place = WATCHED_ITEMS.findIndex((watched) => watched.item === item);
		read[rowOf.get(facility) ?? -1]?.held[place]?.push({
			day,
			stated,
			fault,
			meant,
		});
	}
	for (const [row, one] of read.entries())
		for (let at = first - from; at < days; at++)
			for (let place = 0; place < columns.length; place++) {
				const cell = (row * columns.length + place) * days + at;
				const counted = onHand[cell];
				if (Number.isNaN(counted)) continue;
				const day = from + at;
				// No daily report has a column for receipts, and of sheets they are added (withReceipts). Where stock rose without one the span is left
				// out (core/logistics/burn-rate).
				one.counts[place].push({ day, onHand: counted, received: 0 });
				const known = one.sources.get(day) ?? [];
				if (!known.includes(source[cell]))
					one.sources.set(day, [...known, source[cell]]);
			}
}

function add(
	mean: { sum: number; days: number },
	value: number | undefined,
): void {
	if (value === undefined) return;
	mean.sum += value;
	mean.days++;
}

function mean({ sum, days }: { sum: number; days: number }): number {
	return days > 0 ? sum / days : Number.NaN;
}

/** Units a day of each of STOCK_COLUMNS and facility that follow from its patients or tests by the rates of the catalogue; NaN: not known. */
function modelledUse(
	drivers: readonly Drivers[],
	{ supplies, medicines, workforce, defaults }: Catalogues,
): Float64Array[] {
	const of = (value: (one: Drivers) => number) =>
		Float32Array.from(drivers, value);
	const nobody = new Float32Array(drivers.length);
	const needs = facilityNeeds(
		{
			facilities: drivers.length,
			days: 1,
			severe: of(({ severe }) => severe),
			critical: of(({ critical }) => critical),
			admittedSevere: nobody,
			admittedCritical: nobody,
		},
		{
			workforce,
			defaults,
			medicines: { ...medicines, items: [] },
			supplies: { ...supplies, items: supplies.items.filter(isWorn) },
		},
	);
	const needOf = (item: string, row: number) => {
		const at = needs.ids.indexOf(item);
		return at < 0 ? 0 : needs.values[at * needs.facilities + row];
	};
	return WATCHED_ITEMS.map(({ column, item, alsoCounts }) =>
		Float64Array.from(drivers, (one, row) => {
			if (item === OXYGEN)
				return oxygenNeed(one.severe, one.critical, defaults.oxygen)
					.cubicMetresPerDay;
			if (column === "stock_reagent")
				return Number.isNaN(one.tests)
					? Number.NaN
					: reagentNeed(one.tests, 0, defaults.laboratory.manualKitWastage);
			if (column === "stock_vtm") return one.specimens;
			return [item, ...alsoCounts].reduce(
				(sum, id) => sum + needOf(id, row),
				0,
			);
		}),
	);
}

/** Units a day for one severe and for one critical patient, by the rates of the catalogue. */
export function modelledPerPatient(
	db: Database.Database,
	column: StockColumn,
): {
	perSevere: number;
	perCritical: number;
} {
	const nobody = { severe: 0, critical: 0, tests: 0, specimens: 0 };
	const use = modelledUse(
		[
			{ ...nobody, severe: 1 },
			{ ...nobody, critical: 1 },
		],
		cataloguesNow(db),
	)[STOCK_COLUMNS.indexOf(column)];
	return { perSevere: use[0], perCritical: use[1] };
}

/** What is used up on the wards, of what is watched. */
function isWorn({ id, kind }: { id: string; kind: string }): boolean {
	return (
		kind === "ppe" &&
		WATCHED_ITEMS.some(
			({ item, alsoCounts }) => item === id || alsoCounts.includes(id),
		)
	);
}
