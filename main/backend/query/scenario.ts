import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import type {
	ScenarioFormula,
	ScenarioResult,
	ScenarioTerm,
} from "../../../core/api/scenarios.ts";
import { HOSPITAL_COLUMNS } from "../../../core/facilities/report.ts";
import {
	type CensusPath,
	growthOfUse,
} from "../../../core/logistics/census-path.ts";
import { sumIsMost } from "../../../core/logistics/laboratory.ts";
import {
	daysToTest,
	queueAhead,
} from "../../../core/logistics/laboratory-ahead.ts";
import { QUEUE_DAYS } from "../../../core/logistics/laboratory-standing.ts";
import type { BySeverity } from "../../../core/logistics/needs-scenario.ts";
import type { ScenarioInputs } from "../../../core/logistics/scenario.ts";
import {
	grownUse,
	stockStanding,
} from "../../../core/logistics/stock-standing.ts";
import {
	STOCK_COLUMNS,
	watchedAs,
} from "../../../core/logistics/watched-item.ts";
import type { Day } from "../../../core/series/day.ts";
import { areas } from "./areas.ts";
import { cataloguesNow } from "./catalogue.ts";
import { areasWithin, facilities } from "./facilities.ts";
import { knownDay } from "./known-day.ts";
import { standingLaboratories } from "./laboratories.ts";
import { promised } from "./orders.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import {
	factorOfUse,
	modelledPerPatient,
	stockTold,
} from "./stock-positions.ts";

/** What hospitals keep of what is watched. */
const ITEMS = STOCK_COLUMNS.filter((column) =>
	(HOSPITAL_COLUMNS as readonly string[]).includes(column),
);

type Figure = ScenarioResult["figures"][number];
/** A figure, and how it came about where it is known. */
interface Told {
	figure: Figure;
	formula: ScenarioFormula | null;
}

/** A sum over those who told something, and over how many of whom it is. */
interface Partly {
	value: number;
	told: number | null;
	of: number | null;
}

/** What went into a figure: what is known of all is a number alone. */
type Terms = Partial<Record<ScenarioTerm, number | Partly>>;

/** How a figure came about. */
export function formulaOf(
	{ key, item }: Pick<Figure, "key" | "item">,
	expression: string | null,
	result: number,
	inputs: Terms,
	more: Partial<
		Pick<ScenarioFormula, "day" | "facility" | "over" | "bound">
	> = {},
): ScenarioFormula {
	return {
		key,
		item,
		expression,
		result,
		inputs: Object.entries(inputs).map(([name, term]) => ({
			name: name as ScenarioTerm,
			...(typeof term === "number"
				? { value: term, told: null, of: null }
				: term),
		})),
		day: null,
		facility: null,
		over: null,
		bound: null,
		...more,
	};
}

/** Id of an area by its code, null: it is not in the dataset; and the stamp of the rows (position), with which alone the id stands for that area. */
export function areaOfCode(db: Database.Database, { code }: { code: string }) {
	const id = areas(db).find((area) => area.code === code)?.id ?? null;
	return { id, stamp: position(db).stamp };
}

/**
 * What follows from a scenario for supplies and laboratories.
 * @param asked.path patients ahead of the area; null: they cannot be told
 */
export function scenarioFigures(
	db: Database.Database,
	asked: {
		area: number;
		inputs: ScenarioInputs;
		path: CensusPath | null;
		reported: BySeverity;
		patients: number;
	},
): Pick<ScenarioResult, "figures" | "unknownFacilities"> & {
	formulas: ScenarioFormula[];
	catalogue: string;
	stamp: string;
} {
	const { inputs } = asked;
	const codes = new Set(facilities(db, {}).map(({ code }) => code));
	const told = [...supplies(db, asked), ...laboratoryFigures(db, asked)];
	return {
		stamp: position(db).stamp,
		catalogue: catalogueNow(db),
		figures: told.map(({ figure }) => figure),
		formulas: told.flatMap(({ formula }) => formula ?? []),
		unknownFacilities: [
			...inputs.warehousesLost,
			...inputs.laboratoriesStopped,
		].filter((code) => !codes.has(code)),
	};
}

/** Fingerprint of the items and rates that apply, with what people changed of them. */
const catalogueNow = perPublication(
	() => "",
	(db) =>
		createHash("sha256")
			.update(JSON.stringify(cataloguesNow(db)))
			.digest("hex")
			.slice(0, 16),
);

function supplies(
	db: Database.Database,
	{
		area,
		inputs,
		path,
		reported,
		patients,
	}: Parameters<typeof scenarioFigures>[1],
): Told[] {
	const days = inputs.weeks * 7;
	const within = areasWithin(db, area);
	const lost = new Set(inputs.warehousesLost);
	const inside = stockTold(db, inputs.day, knownDay(db, inputs.asKnown)).filter(
		({ facility }) => within.has(facility.area),
	);
	const sent = sentSinceCount(db, inputs.day, inside);
	return ITEMS.flatMap((column): Told[] => {
		const at = STOCK_COLUMNS.indexOf(column);
		const { perSevere, perCritical } = modelledPerPatient(db, column);
		const growth =
			path && growthOfUse(path, reported, patients, perSevere, perCritical);
		let need = 0;
		let netNeed = 0;
		let left = 0;
		let known = 0;
		let runsOut = 0;
		/** The hospital that runs out first, and when. */
		let first: {
			facility: number;
			out: Day;
			left: number;
			use: number;
		} | null = null;
		let perDay = 0;
		let coming = 0;
		let unmet = 0;
		/** Hospitals that keep the item. */
		let keeping = 0;
		/** By orders to hospitals and warehouses: all, to warehouses in time, and after the end. */
		let onTheWay = 0;
		let toWarehouses = 0;
		let later = 0;
		/** In time, to hospitals of which it is not known what they have or use. */
		let toUnknown = 0;
		const expiring = summed();
		let surplus = 0;
		const warehouses = summed();
		/** What all hospitals use and what comes, day by day. */
		const use = new Float64Array(days);
		const arriving = new Float64Array(days);
		for (const { facility, told } of inside) {
			const stock = told[at];
			const isWarehouse = facility.kind === "warehouse";
			const counts = isWarehouse && !lost.has(facility.code);
			if (!stock) {
				if (counts) warehouses.add(Number.NaN);
				continue;
			}
			if (!isWarehouse) keeping++;
			const incoming = (stock.incoming ?? []).map((one) => ({
				...one,
				arrives: one.arrives + inputs.shipmentsLateDays,
			}));
			const standing = stockStanding(
				{ ...stock, incoming },
				{
					prefer: inputs.use,
					useFactor: factorOfUse(
						column,
						stock.drivers,
						inputs.stratum,
						inputs.reuse,
					),
					horizonDays: days,
					...(growth && { growth }),
				},
			);
			if (counts || !isWarehouse)
				for (const { arrives, units } of incoming) {
					onTheWay += units;
					if (arrives > inputs.day + days) later += units;
				}
			if (counts) {
				const gone = sent.get(`${facility.id} ${column}`) ?? 0;
				// What a warehouse uses is what it sends, by orders or without: taken off once, by whichever says more.
				const there = standing.onHand + standing.delivered - gone;
				warehouses.add(
					Math.max(
						0,
						Number.isNaN(standing.left)
							? there
							: Math.min(there, standing.left),
					),
				);
				toWarehouses += standing.incoming;
				add(arriving, incoming, inputs.day);
			}
			if (isWarehouse) continue;
			if (!standing.use || Number.isNaN(standing.left)) {
				toUnknown += standing.incoming;
				continue;
			}
			known++;
			need += standing.need;
			netNeed += standing.netNeed;
			left += standing.left;
			perDay += standing.use.perDay;
			coming += standing.incoming;
			unmet += standing.unmet;
			expiring.add(standing.expiring);
			surplus += standing.surplus;
			for (let day = 0; day < days && growth; day++)
				use[day] += standing.use.perDay * (growth[day + 1] - growth[day]);
			add(arriving, incoming, inputs.day);
			const out = standing.stockOut.expected;
			if (out !== null && out <= inputs.day + days) {
				runsOut++;
				if (out < (first?.out ?? Number.POSITIVE_INFINITY))
					first = {
						facility: facility.id,
						out,
						left: standing.left,
						use: standing.use.perDay,
					};
			}
		}
		const shipments = inputs.shipments
			.filter(({ item }) => item === column)
			.map(({ arrives, units }) => ({
				units,
				arrives: arrives + inputs.shipmentsLateDays,
			}));
		const shipped = new Float64Array(days);
		add(shipped, shipments, inputs.day);
		const toCome = shipped.reduce((sum, units) => sum + units, 0);
		const planned = shipments.reduce((sum, { units }) => sum + units, 0);
		later += planned - toCome;
		const arrivals = arriving.map(
			(units, day) => units + (shipped[day] as number),
		);
		const outcome = lastDayOf(
			left + warehouses.value,
			use,
			arrivals,
			inputs.day,
		);
		const grown = growth ? grownUse(growth, days) : Number.NaN;
		// Where patients are not known to the end, neither is who runs out before it.
		const isKnown = known > 0 && !Number.isNaN(grown);
		const tell = (
			key: Figure["key"],
			unit: Figure["unit"],
			stated: number | null,
			expression: string | null,
			terms: Terms,
			more: Partial<
				Pick<ScenarioFormula, "day" | "facility" | "over" | "result">
			> = {},
		): Told => {
			// Who tells, and what is on its way, is known whatever becomes of the patients.
			const isTold = isKnown || key === "tellStock" || key === "arriving";
			const figure = { key, item: column, unit, value: isTold ? stated : null };
			const { result = figure.value, ...rest } = more;
			return {
				figure,
				formula:
					isTold && result !== null
						? formulaOf(figure, expression, result, terms, rest)
						: null,
			};
		};
		const over = { over: known };
		// Where no warehouse told its stock nothing is said of it: it is not 0.
		const lying = warehouses.told > 0 && { warehouses: warehouses.term() };
		const inWarehouses = (sign: string) => (lying ? `${sign}{warehouses}` : "");
		const uncovered = Math.max(
			0,
			netNeed - warehouses.value - toWarehouses - toCome,
		);
		return [
			tell("tellStock", "facilities", known, null, {
				known: { value: known, told: known, of: keeping },
			}),
			tell(
				"need",
				"units",
				need,
				"{use} * {grown}",
				{ use: perDay, grown },
				over,
			),
			tell(
				"netNeed",
				"units",
				netNeed,
				`{need} - {left} - {incoming}${expiring.told ? " + {expiring}" : ""} + {surplus}`,
				{
					...{ need, left, incoming: coming },
					...(expiring.told && { expiring: expiring.term() }),
					surplus,
				},
				over,
			),
			tell(
				"uncovered",
				"units",
				uncovered,
				`max(0, {netNeed}${inWarehouses(" - ")} - {toWarehouses} - {shipments})`,
				{ netNeed, ...lying, toWarehouses, shipments: toCome },
			),
			tell(
				"arriving",
				"units",
				onTheWay + planned - later,
				"{onTheWay} + {planned} - {later}",
				{ onTheWay, planned, later },
			),
			tell(
				"unmet",
				"units",
				unmet,
				null,
				{ need, left, incoming: coming },
				over,
			),
			tell("runsOut", "facilities", runsOut, null, { known }),
			tell(
				"firstOut",
				"day",
				first?.out ?? null,
				null,
				first ? { left: first.left, use: first.use } : {},
				{ facility: first?.facility ?? null },
			),
			tell(
				"lasts",
				"day",
				outcome.shortOn,
				`{left}${inWarehouses(" + ")} + {arrived} - {used}`,
				{ left, ...lying, arrived: outcome.arrived, used: outcome.used },
				{ result: outcome.left, day: outcome.day, over: known },
			),
			tell(
				"lacking",
				"units",
				outcome.lacking,
				null,
				{
					...{ left, ...lying, arriving: onTheWay + planned - later },
					...(toUnknown > 0 && { toUnknown }),
					need,
				},
				over,
			),
		];
	});
}

/** What left warehouses since their last count, which does not know of it, by facility and column: it is on its way, or there already. */
function sentSinceCount(
	db: Database.Database,
	day: Day,
	all: ReturnType<typeof stockTold>,
): ReadonlyMap<string, number> {
	const byId = new Map(all.map((one) => [one.facility.id, one]));
	const columnOf = (item: string) => watchedAs(item)?.column;
	const sent = new Map<string, number>();
	for (const { facility, item, left } of promised(db, day, (facility, item) => {
		const column = columnOf(item);
		return byId
			.get(facility)
			?.told[column ? STOCK_COLUMNS.indexOf(column) : -1]?.counts.findLast(
				({ onHand }) => !Number.isNaN(onHand),
			)?.day;
	})) {
		const shelf = `${facility} ${columnOf(item)}`;
		sent.set(shelf, (sent.get(shelf) ?? 0) + left);
	}
	return sent;
}

/** Adds what comes on the days ahead; what comes after them is not added. */
function add(
	to: Float64Array,
	coming: readonly { arrives: number; units: number; reliability?: number }[],
	day: number,
): void {
	for (const { arrives, units, reliability } of coming) {
		const at = arrives - day - 1;
		if (at >= 0 && at < to.length) to[at] += units * (reliability ?? 1);
	}
}

/**
 * The first day on which all that there is does not do for all (`shortOn`, null: it does), and what came and went until then, or until the end;
 * `lacking`: what is asked for to the end and not there on its day, wherever it was shared out to.
 */
function lastDayOf(
	stock: number,
	use: Float64Array,
	arriving: Float64Array,
	day: Day,
): {
	shortOn: Day | null;
	day: Day;
	arrived: number;
	used: number;
	left: number;
	lacking: number;
} {
	let arrived = 0;
	let used = 0;
	let lacking = 0;
	let short: { shortOn: Day; arrived: number; used: number } | null = null;
	for (let at = 0; at < use.length; at++) {
		arrived += arriving[at];
		used += use[at];
		// What could not be had is not asked for later.
		const gap = used - lacking - stock - arrived;
		if (!(gap > 1e-6)) continue;
		lacking += gap;
		short ??= { shortOn: day + 1 + at, arrived, used };
	}
	const told = short ?? { shortOn: null, arrived, used };
	return {
		...told,
		day: told.shortOn ?? day + use.length,
		left: stock + told.arrived - told.used,
		lacking,
	};
}

function laboratoryFigures(
	db: Database.Database,
	asked: Parameters<typeof scenarioFigures>[1],
): Told[] {
	const { area, inputs } = asked;
	const stopped = new Set(inputs.laboratoriesStopped);
	const codes = new Map(
		facilities(db, { kind: "laboratory" }).map(({ id, code }) => [id, code]),
	);
	const inside = standingLaboratories(db, {
		area,
		day: inputs.day,
		asKnownOn: inputs.asKnown,
	});
	const all = inside.flatMap(({ facility, standing }) =>
		standing?.capacity.limit
			? [
					{
						...standing,
						able: standing.capacity.tests,
						lasting: standing.capacity.lasting,
						reagentTests: standing.parts.reagents,
						stops: stopped.has(codes.get(facility) ?? ""),
					},
				]
			: [],
	);
	// What comes to one that stops goes to the others: the queue is that of all of them.
	const going = all.filter((one) => !one.stops);
	const able = sum(going.map((one) => one.able));
	const lasting = sum(going.map((one) => one.lasting));
	const isMost = sumIsMost({
		told: all.length,
		all: inside.length,
		most: going.filter((one) => one.capacity.isMost).length,
	});
	const waits = summed();
	const receives = summed();
	for (const one of all) {
		waits.add(one.waiting);
		receives.add(one.receivedPerDay);
	}
	// What no laboratory told is not 0: neither a queue nor how long it takes is known then.
	const waiting = waits.told > 0 ? waits.value : Number.NaN;
	const received = receives.told > 0 ? receives.value : Number.NaN;
	const grown = arrivalDays(asked);
	const arrivals = Array.from(
		{ length: QUEUE_DAYS },
		(_, day) => received * ((grown[day + 1] ?? 0) - (grown[day] ?? 0)),
	);
	const days = grown[QUEUE_DAYS] ?? Number.NaN;
	const after = Number.isNaN(waiting + received + days)
		? Number.NaN
		: (queueAhead(arrivals, waiting, going).at(-1)?.waiting ?? Number.NaN);
	const wait = daysToTest(waiting, going);
	/** Nobody's reagents end before the queue: all go on as they do until then. */
	const allGoOn = going.every(
		(one) => !(one.reagentTests < one.lasting * wait),
	);
	/** What is summed over those that told what they can test. */
	const ofTold = (value: number): number | Partly =>
		all.length < inside.length
			? { value, told: all.length, of: inside.length }
			: value;
	const tell = (
		key: Figure["key"],
		unit: Figure["unit"],
		value: number,
		expression: string | null,
		terms: Terms,
		bound: ScenarioFormula["bound"] = null,
	): Told => {
		const figure = { key, item: null, unit, value: orNull(value) };
		return {
			figure,
			formula:
				figure.value === null
					? null
					: formulaOf(figure, expression, figure.value, terms, {
							over: all.length,
							bound,
						}),
		};
	};
	return [
		tell("tellLaboratories", "facilities", all.length, null, {
			knownLaboratories: {
				...{ value: all.length, told: all.length, of: inside.length },
			},
		}),
		tell(
			"able",
			"specimens",
			all.length > 0 ? able : Number.NaN,
			"{able} - {stopped}",
			{
				able: ofTold(sum(all.map((one) => one.able))),
				stopped: sum(all.map((one) => (one.stops ? one.able : 0))),
			},
			isMost ? "most" : null,
		),
		tell(
			"waiting",
			"specimens",
			waiting,
			null,
			waits.told < waits.of ? { waiting: waits.term() } : {},
		),
		tell(
			"waitingAfter",
			"specimens",
			after,
			"{waiting} + {received} * {arrivalDays} - {tested}",
			{
				waiting: waits.term(),
				received: receives.term(),
				arrivalDays: days,
				tested: ofTold(waiting + received * days - after),
			},
			isMost ? "least" : null,
		),
		tell(
			"waitDays",
			"days",
			wait,
			// Of nothing that waits nothing is divided: also where nobody is able to test.
			waiting === 0 || !allGoOn ? null : "{waiting} / {lasting}",
			{ waiting: waits.term(), lasting: ofTold(lasting) },
			isMost && waiting > 0 ? "least" : null,
		),
	];
}

/**
 * Days of arrivals as they are now, up to each of the days ahead: specimens grow as the patients of the scenario do, from those that are
 * reported. Where patients are held as they are, known or not, arrivals too stay as they are; where they cannot be told, arrivals cannot.
 */
function arrivalDays({
	path,
	inputs,
	reported,
	patients,
}: Parameters<typeof scenarioFigures>[1]): number[] {
	const growth = path && growthOfUse(path, reported, patients, 0, 0);
	return Array.from({ length: QUEUE_DAYS + 1 }, (_, days) =>
		inputs.census.method === "held"
			? days
			: growth
				? grownUse(growth, days)
				: Number.NaN,
	);
}

function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}

/** A sum of what is known of some of those that are added. */
function summed() {
	return {
		value: 0,
		told: 0,
		of: 0,
		/** @param value NaN: not known of this one */
		add(value: number) {
			this.of++;
			if (Number.isNaN(value)) return;
			this.told++;
			this.value += value;
		},
		term(): number | Partly {
			const { value, told, of } = this;
			return told === of ? value : { value, told, of };
		},
	};
}

function orNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
