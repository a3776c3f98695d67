import type Database from "better-sqlite3";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type AreaCell,
	FIRST_OUT,
	type FirstOut,
	type PlaceCell,
	type Shortage,
	type WatchedRow,
} from "../../../core/api/logistics.ts";
import {
	type AreaSupply,
	addStanding,
	areaClass,
	areaDays,
	belowTheLine,
	noSupply,
} from "../../../core/logistics/area-supply.ts";
import type { StockStanding } from "../../../core/logistics/stock-standing.ts";
import {
	CUT_OFFS,
	SUPPLY_CLASSES,
} from "../../../core/logistics/supply-class.ts";
import {
	OXYGEN,
	STOCK_COLUMNS,
	type StockColumn,
	WATCHED_ITEMS,
} from "../../../core/logistics/watched-item.ts";
import { areas } from "./areas.ts";
import { cataloguesNow } from "./catalogue.ts";
import { areasWithin } from "./facilities.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { sourceNames } from "./source.ts";
import {
	CONTACT_ITEM,
	type PlacePosition,
	type PlaceStock,
	type StockOptions,
	stockPositions,
} from "./stock-positions.ts";

/** What runs out in so many days is on the list of the week. */
const THIS_WEEK_DAYS = 7;

export interface ShortageRequest extends StockOptions {
	area: number;
	rows: "province" | "regency" | "facility";
	item?: StockColumn;
}

/** How the watched supplies stand in an area. */
export function shortage(
	db: Database.Database,
	asked: ShortageRequest,
): Shortage {
	const area = knownArea(db, asked.area);
	const within = areasWithin(db, area.id);
	const places = stockPositions(db, {
		...asked,
		asKnownOn: knownDay(db, asked.asKnownOn),
	}).filter(({ facility }) => within.has(facility.area));
	const columns = STOCK_COLUMNS.flatMap((column, at) =>
		asked.item === undefined || asked.item === column ? [at] : [],
	);
	const cells = cellsOf(db);
	const runningOut = outThisWeek(places, columns, asked.day);
	return {
		area: area.id,
		day: asked.day,
		horizon: asked.horizon,
		cutOffs: CUT_OFFS,
		items: columns.map((at) => watchedRow(db, STOCK_COLUMNS[at])),
		total: areaCells(places, columns),
		parts:
			asked.rows === "facility"
				? []
				: partsOf(db, area, within, asked.rows, places).map(
						({ area: part, own, places: inside }) => ({
							area: part,
							own,
							cells: areaCells(inside, columns),
						}),
					),
		facilities:
			asked.rows === "facility"
				? places
						.filter(({ standings }) => columns.some((at) => standings[at]))
						.map((place) => ({
							facility: place.facility.id,
							area: place.facility.area,
							cells: columns.map((at) => cells(place, at)),
						}))
				: [],
		firstOut: runningOut
			.slice(0, FIRST_OUT)
			.flatMap(({ place, at }): FirstOut[] => {
				const cell = cells(place, at);
				return cell
					? [
							{
								facility: place.facility.id,
								area: place.facility.area,
								column: STOCK_COLUMNS[at],
								cell,
							},
						]
					: [];
			}),
		runningOut: runningOut.length,
	};
}

/** The areas of a level inside, and what lies in the area and in none of these, with their facilities. */
function partsOf(
	db: Database.Database,
	area: AreaRow,
	within: ReadonlySet<number>,
	level: AreaRow["level"],
	places: readonly PlacePosition[],
): { area: number; own: boolean; places: PlacePosition[] }[] {
	const parentOf = new Map(areas(db).map(({ id, parent }) => [id, parent]));
	const inside = new Map<number, PlacePosition[]>(
		areas(db)
			.filter((one) => one.level === level && !one.unknownPlace)
			.flatMap(({ id }) => (within.has(id) ? [[id, []]] : [])),
	);
	const own: PlacePosition[] = [];
	for (const place of places) {
		let at: number | null = place.facility.area;
		while (at !== null && !inside.has(at)) at = parentOf.get(at) ?? null;
		(inside.get(at ?? -1) ?? own).push(place);
	}
	return [
		...[...inside].map(([part, its]) => ({
			area: part,
			own: false,
			places: its,
		})),
		...(own.some(({ facility }) => facility.kind !== "warehouse")
			? [{ area: area.id, own: true, places: own }]
			: []),
	];
}

function areaCells(
	places: readonly PlacePosition[],
	columns: readonly number[],
): AreaCell[] {
	return columns.map((at) => {
		const supply = noSupply();
		const store = noSupply();
		for (const { facility, standings } of places) {
			const standing = standings[at];
			if (!standing) continue;
			addStanding(
				facility.kind === "warehouse" ? store : supply,
				facility.id,
				standing,
			);
		}
		return areaCell(supply, store);
	});
}

function areaCell(supply: AreaSupply, store: AreaSupply): AreaCell {
	const ofBoth = (value: number) => (supply.both > 0 ? value : null);
	return {
		facilities: supply.facilities,
		told: supply.told,
		both: supply.both,
		stock: supply.told > 0 ? supply.stock : null,
		left: ofBoth(supply.left),
		use: ofBoth(supply.use),
		...days(areaDays(supply)),
		supply: areaClass(supply),
		classes: SUPPLY_CLASSES.map((one) => supply.classes[one]),
		below: belowTheLine(supply),
		need: ofBoth(supply.need),
		incoming: ofBoth(supply.incoming),
		expiring: orNull(supply.expiring),
		netNeed: ofBoth(supply.netNeed),
		surplus: ofBoth(supply.surplus),
		doubtful: supply.doubtful,
		reportedUse: supply.compared > 0 ? supply.comparedReported : null,
		modelledUse: supply.compared > 0 ? supply.comparedModelled : null,
		compared: supply.compared,
		disagree: supply.disagree,
		firstOut: supply.first?.day ?? null,
		firstFacility: supply.first?.facility ?? null,
		warehouse: store.told > 0 ? store.stock : null,
		warehousesTold: store.told,
		warehouses: store.facilities,
	};
}

function days(value: number) {
	return {
		daysOfSupply: Number.isFinite(value) ? value : null,
		unused: value === Number.POSITIVE_INFINITY,
	};
}

function orNull(value: number | undefined): number | null {
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** Writes the cells of facilities. */
export function cellsOf(
	db: Database.Database,
): (place: PlacePosition, at: number) => PlaceCell | null {
	const names = sourceNames(db);
	return ({ standings, told }, at) => {
		const standing = standings[at];
		const stock = told[at];
		return standing && stock ? placeCell(standing, stock, names) : null;
	};
}

function placeCell(
	standing: StockStanding,
	stock: PlaceStock,
	names: ReturnType<typeof sourceNames>,
): PlaceCell {
	const { reported, use, countDay, stockOut, doubtful } = standing;
	const known = countDay !== null;
	return {
		onHand: orNull(standing.onHand),
		countDay,
		age: orNull(standing.age),
		doubtful,
		sources: ((countDay !== null && stock.sources.get(countDay)) || []).flatMap(
			(source) => names.get(source) ?? [],
		),
		reportedUse: reported.kind === "estimated" ? reported.perDay : null,
		modelledUse: orNull(standing.modelled),
		disagrees: standing.disagrees,
		use: orNull(use?.perDay),
		useLow: orNull(use?.low),
		useHigh: orNull(use?.high),
		useFrom: standing.useFrom,
		delivered: orNull(standing.delivered),
		left: orNull(standing.left),
		...days(known ? standing.daysOfSupply : Number.NaN),
		supply: standing.supply,
		stockOut: stockOut.expected,
		stockOutEarly: stockOut.early,
		stockOutLate: stockOut.late,
		need: orNull(standing.need),
		incoming: standing.incoming,
		expiring: orNull(standing.expiring),
		netNeed: orNull(standing.netNeed),
		surplus: orNull(standing.surplus),
		reorderPoint: orNull(standing.reorder?.units),
	};
}

/** What is used up within the week, the first first; warehouses are no place where anybody is treated. */
function outThisWeek(
	places: readonly PlacePosition[],
	columns: readonly number[],
	day: number,
): { place: PlacePosition; at: number; out: number; early: number }[] {
	return places
		.flatMap((place) =>
			place.facility.kind === "warehouse"
				? []
				: columns.flatMap((at) => {
						const standing = place.standings[at];
						const out = standing?.stockOut.expected ?? null;
						return standing && out !== null && out <= day + THIS_WEEK_DAYS
							? [{ place, at, out, early: standing.stockOut.early ?? out }]
							: [];
					}),
		)
		.sort(
			(a, b) =>
				a.out - b.out ||
				a.early - b.early ||
				a.place.facility.id - b.place.facility.id ||
				a.at - b.at,
		);
}

/** What is watched, in the words of the catalogue. */
export function watchedRow(
	db: Database.Database,
	column: StockColumn,
): WatchedRow {
	const watched = WATCHED_ITEMS[STOCK_COLUMNS.indexOf(column)];
	const { items } = cataloguesNow(db).supplies;
	const item = items.find(({ id }) => id === watched.item);
	return {
		column,
		item: watched.item,
		name:
			watched.item === OXYGEN
				? { id: "Oksigen", en: "Oxygen" }
				: (item?.name ?? { id: watched.item, en: watched.item }),
		unit: watched.unit,
		packSize: item?.pack?.size ?? null,
		stratumKnown: CONTACT_ITEM[column] !== undefined,
	};
}
