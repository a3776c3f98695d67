/** Builds an allocation problem from CSV tables. Errors name file, row, column, what was found and expected. */

import { InvalidArgumentError } from "commander";
import type { AllocationProblemInput } from "../../core/logistics/allocation/problem.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { mostPeople } from "./known-people.ts";
import {
	cellError,
	countCell,
	FileError,
	measureCell,
	peopleCell,
	readTable,
	requireColumn,
	SpelledNames,
	type TableFile,
} from "./series-file.ts";
import { tell } from "./terminal.ts";

type Row = TableFile["rows"][number];

async function tableWith(
	option: string,
	path: string | undefined,
	columns: readonly string[],
	optionalOnes: readonly string[],
): Promise<TableFile> {
	if (!path)
		throw new InvalidArgumentError(
			`${option}: nothing given, expected a CSV (or give a JSON problem instead of tables)`,
		);
	const table = await readTable(path);
	for (const column of columns) requireColumn(table, column);
	// A column that is called otherwise (pack_size for pack) would leave its rule out of the plan without a word.
	const unknown = table.columns.filter(
		(column) => !columns.includes(column) && !optionalOnes.includes(column),
	);
	if (unknown.length > 0)
		tell(
			`${table.path}: not read: ${excerpt(unknown.join(", "))}; known are ${[...columns, ...optionalOnes].join(", ")}\n`,
		);
	return table;
}

/** Columns of measured quantities; the others are counts, in which a point may be a sign for thousands. */
const MEASURES: ReadonlySet<string> = new Set([
	"volume_m3",
	"max_lead_days",
	"coverage_weight",
	"penalty",
	"cost_per_m3",
	"lead_days",
	"truck_m3",
	"truck_cost",
]);

const numberCell = (table: TableFile, row: Row, column: string): number =>
	column === "population"
		? peopleCell(table, row, column, mostPeople(row.cells.place ?? ""))
		: (MEASURES.has(column) ? measureCell : countCell)(table, row, column);

/** A number that must be there. */
function units(table: TableFile, row: Row, column: string): number {
	const value = numberCell(table, row, column);
	if (Number.isNaN(value))
		throw cellError(table, row, column, "a number of 0 or more");
	return value;
}

function optional(
	table: TableFile,
	row: Row,
	column: string,
): number | undefined {
	if (!table.columns.includes(column)) return undefined;
	const value = numberCell(table, row, column);
	return Number.isNaN(value) ? undefined : value;
}

class Names {
	readonly ids: string[] = [];
	readonly #at = new Map<string, number>();
	readonly #closed: string | undefined;
	readonly #spelled = new SpelledNames();

	/** @param closedBy when given, a new name is an error that points there. */
	constructor(ids: readonly string[] = [], closedBy?: string) {
		for (const id of ids) this.#add(id);
		this.#closed = closedBy;
	}

	position(table: TableFile, row: Row, column: string): number {
		const id = this.#closed
			? (row.cells[column] ?? "")
			: this.#spelled.read(table, row, column);
		const known = this.#at.get(id);
		if (known !== undefined) return known;
		if (this.#closed)
			throw cellError(table, row, column, `a name of ${this.#closed}`);
		return this.#add(id);
	}

	#add(id: string): number {
		this.#at.set(id, this.ids.length);
		this.ids.push(id);
		return this.ids.length - 1;
	}
}

/**
 * Rows that were read for a key, so that a second one is added where amounts add up (batches of one stock, needs of one
 * place) and refused where it would say the same thing twice. Nothing is overwritten.
 */
class Keys {
	readonly #first = new Map<string, { line: number; told: string }>();
	readonly #table: TableFile;
	readonly #columns: readonly string[];

	constructor(table: TableFile, columns: readonly string[]) {
		this.#table = table;
		this.#columns = columns;
	}

	#named(row: Row): string {
		return this.#columns
			.map((column) => `${column} ${row.cells[column] ?? ""}`)
			.join(", ");
	}

	/** @throws FileError when a row with this key came before */
	once(row: Row): void {
		const key = this.#named(row);
		const first = this.#first.get(key);
		if (first)
			throw new FileError(
				`${this.#table.path}, rows ${first.line} and ${row.line}: found ${key} twice, expected one row`,
			);
		this.#first.set(key, { line: row.line, told: "" });
	}

	/**
	 * Whether the key is new; a later row may add to it when it says the same in `column`, or nothing.
	 * @throws FileError when two rows of the key differ in it
	 */
	same(row: Row, column: string, value: number | undefined): boolean {
		const key = this.#named(row);
		const told = value === undefined ? "" : String(value);
		const first = this.#first.get(key);
		if (first && told !== "" && first.told !== "" && first.told !== told)
			throw new FileError(
				`${this.#table.path}, rows ${first.line} and ${row.line}, column ${column}: found ${first.told} and ${told} for ${key}, expected one value`,
			);
		if (!first || first.told === "")
			this.#first.set(key, { line: row.line, told });
		return first === undefined;
	}
}

/** Reads the tables. @throws FileError */
export async function problemFromTables(files: {
	items?: string;
	supply?: string;
	demand?: string;
	routes?: string;
	pins?: string;
}): Promise<AllocationProblemInput> {
	const itemTable = await tableWith(
		"--items",
		files.items,
		["item", "volume_m3"],
		["pack", "max_lead_days", "coverage_weight"],
	);
	const supplyTable = await tableWith(
		"--supply",
		files.supply,
		["depot", "item", "units"],
		["reserve"],
	);
	const demandTable = await tableWith(
		"--demand",
		files.demand,
		["place", "item", "units"],
		["penalty", "population"],
	);
	const routeTable = await tableWith(
		"--routes",
		files.routes,
		["depot", "place", "cost_per_m3"],
		["lead_days", "truck_m3", "truck_cost"],
	);
	const itemKeys = new Keys(itemTable, ["item"]);
	for (const row of itemTable.rows) itemKeys.once(row);
	const itemSpellings = new SpelledNames();
	const items = itemTable.rows.map((row) => ({
		id: itemSpellings.read(itemTable, row, "item"),
		volumeM3: units(itemTable, row, "volume_m3"),
		pack: optional(itemTable, row, "pack"),
		maxLeadDays: optional(itemTable, row, "max_lead_days"),
		coverageWeight: optional(itemTable, row, "coverage_weight") ?? 1,
	}));
	const itemNames = new Names(
		items.map(({ id }) => id),
		"--items",
	);
	const depots = new Names();
	const places = new Names();
	const width = items.length;
	const blank = () => new Array<number>(width).fill(0);
	const cell = (
		rows: number[][],
		at: number,
		make: () => number[],
	): number[] => {
		while (rows.length <= at) rows.push(make());
		return rows[at] as number[];
	};

	const supply: number[][] = [];
	const reserve: number[][] = [];
	for (const row of supplyTable.rows) {
		const depot = depots.position(supplyTable, row, "depot");
		const item = itemNames.position(supplyTable, row, "item");
		const stock = cell(supply, depot, blank);
		stock[item] = stock[item] + units(supplyTable, row, "units");
		// Each batch may keep a part of its own back.
		const kept = cell(reserve, depot, blank);
		kept[item] = kept[item] + (optional(supplyTable, row, "reserve") ?? 0);
	}
	const demand: number[][] = [];
	const penalty: number[][] = [];
	const population: (number | undefined)[] = [];
	const penalties = new Keys(demandTable, ["place", "item"]);
	const populations = new Keys(demandTable, ["place"]);
	for (const row of demandTable.rows) {
		const place = places.position(demandTable, row, "place");
		const item = itemNames.position(demandTable, row, "item");
		const need = cell(demand, place, blank);
		need[item] = need[item] + units(demandTable, row, "units");
		const weight = optional(demandTable, row, "penalty");
		const first = penalties.same(row, "penalty", weight);
		if (first || weight !== undefined)
			cell(penalty, place, blank)[item] = weight ?? 1;
		const people = optional(demandTable, row, "population");
		populations.same(row, "population", people);
		population[place] = people ?? population[place];
	}
	const depotNames = new Names(depots.ids, "--supply");
	const placeNames = new Names(places.ids, "--demand");
	const grid = () =>
		depots.ids.map(() => new Array<number>(places.ids.length).fill(0));
	const cost = grid();
	const lead = grid();
	const truck = grid();
	const truckCost = grid();
	const open = depots.ids.map(() =>
		new Array<boolean>(places.ids.length).fill(false),
	);
	const withTrucks = routeTable.columns.includes("truck_m3");
	const routeKeys = new Keys(routeTable, ["depot", "place"]);
	for (const row of routeTable.rows) {
		routeKeys.once(row);
		const depot = depotNames.position(routeTable, row, "depot");
		const place = placeNames.position(routeTable, row, "place");
		(open[depot] as boolean[])[place] = true;
		(cost[depot] as number[])[place] = units(routeTable, row, "cost_per_m3");
		(lead[depot] as number[])[place] =
			optional(routeTable, row, "lead_days") ?? 0;
		if (withTrucks) {
			(truck[depot] as number[])[place] = units(routeTable, row, "truck_m3");
			(truckCost[depot] as number[])[place] =
				optional(routeTable, row, "truck_cost") ?? 0;
		}
	}
	const bans = depots.ids.flatMap((depot, at) =>
		places.ids.flatMap((place, to) =>
			open[at]?.[to] ? [] : [{ depot, place }],
		),
	);
	const pinTable = files.pins
		? await tableWith(
				"--pins",
				files.pins,
				["depot", "place", "item"],
				["at_least", "at_most"],
			)
		: undefined;
	if (pinTable)
		for (const column of ["at_least", "at_most"]) {
			const limits = new Keys(pinTable, ["depot", "place", "item"]);
			for (const row of pinTable.rows)
				limits.same(row, column, optional(pinTable, row, column));
		}
	return {
		items,
		depots: depots.ids.map((id) => ({ id })),
		places: places.ids.map((id, at) => ({ id, population: population[at] })),
		supply,
		reserve,
		demand,
		penalty,
		costPerM3: cost,
		leadDays: lead,
		trucks: withTrucks
			? { capacityM3: truck, fixedCost: truckCost }
			: undefined,
		bans,
		pins: pinTable?.rows.map((row) => ({
			depot: row.cells.depot ?? "",
			place: row.cells.place ?? "",
			item: row.cells.item ?? "",
			atLeast: optional(pinTable, row, "at_least"),
			atMost: optional(pinTable, row, "at_most"),
		})),
	};
}
