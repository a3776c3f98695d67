import type pg from "pg";
import {
	STOCK_AMOUNTS,
	type StockAmount,
} from "../../core/logistics/stock-sheet.ts";
import { watchedAs } from "../../core/logistics/watched-item.ts";
import { monthOf } from "../../core/series/day.ts";
import { CopyRows } from "./copy.ts";

/** A count of an item at a facility on a day. */
export interface StockCount {
	facility: number;
	item: string;
	day: number;
	/** What was stated. */
	stated: number;
}

export interface StoredStockDecision {
	verdict: "accepted" | "refused" | "open";
	stated: number;
	value: number | null;
}

/** Code of the area in which a facility lies. */
export async function areaOfFacility(
	client: pg.PoolClient,
	facility: number,
): Promise<string | undefined> {
	const { rows } = await client.query<{ code: string }>(
		"SELECT area.code FROM facility JOIN area ON area.id = area WHERE facility.id = $1",
		[facility],
	);
	return rows[0]?.code;
}

/** Whether a file that is known states this count: in a sheet, or in the column of a daily report. */
export async function isStated(
	client: pg.PoolClient,
	{ facility, item, day, stated }: StockCount,
): Promise<boolean> {
	const watched = watchedAs(item);
	const at = [monthOf(day), day, facility, stated];
	const daily =
		watched?.item === item
			? `UNION ALL SELECT FROM facility_report JOIN file ON file.id = file
				WHERE month = $1 AND day = $2 AND facility = $3 AND ${watched.column} = $4 AND withdrawn IS NULL`
			: "";
	const { rows } = await client.query<{ some: boolean }>(
		`SELECT EXISTS (
			SELECT FROM stock_line JOIN file ON file.id = file
			WHERE month = $1 AND day = $2 AND facility = $3 AND closing = $4 AND item = $5 AND withdrawn IS NULL ${daily}
		 ) AS some`,
		[...at, item],
	);
	return rows[0]?.some ?? false;
}

/** What was decided last of a count, whatever it stated. */
export async function lastStockDecision(
	client: pg.PoolClient,
	{ facility, item, day }: StockCount,
): Promise<StoredStockDecision | undefined> {
	const { rows } = await client.query<StoredStockDecision>(
		`SELECT verdict, stated, value FROM stock_decision WHERE month = $1 AND day = $2 AND facility = $3 AND item = $4
		 ORDER BY number DESC LIMIT 1`,
		[monthOf(day), day, facility, item],
	);
	return rows[0];
}

/** Adds what a person decided; the newest applies. */
export async function storeStockDecision(
	client: pg.PoolClient,
	count: StockCount,
	decision: Omit<StoredStockDecision, "stated">,
	by: { at: number; person: string; reason: string },
): Promise<void> {
	const { rows } = await client.query<{ number: number }>(
		`INSERT INTO stock_decision (month, day, facility, item, number, at, person, verdict, stated, value, reason)
		 SELECT $1, $2, $3, $4, coalesce(max(number), 0) + 1, $5, $6, $7, $8, $9, $10 FROM stock_decision RETURNING number`,
		[
			monthOf(count.day),
			count.day,
			count.facility,
			count.item,
			by.at,
			by.person,
			decision.verdict,
			count.stated,
			decision.value,
			by.reason,
		],
	);
	await client.query(
		"INSERT INTO dirty VALUES ('stock-decision', $1::text) ON CONFLICT DO NOTHING",
		[rows[0]?.number],
	);
}

/** An item at a facility on a day, as a file has it. */
interface Shelf {
	month: number;
	day: number;
	facility: number;
	item: string;
	asOf: number;
	file: number;
}

export interface StockLineRow extends Shelf {
	line: number;
	firstDay: number;
	values: Partial<Record<StockAmount, number>>;
}

export interface StockLotRow extends Shelf {
	lot: string;
	units: number;
	expires: number | null;
}

/** Adds what sheets say of stock; nothing that was said before is changed or removed. */
export async function storeStock(
	client: pg.PoolClient,
	lines: readonly StockLineRow[],
	lots: readonly StockLotRow[],
): Promise<void> {
	if (lines.length === 0) return;
	const shelf = ["month", "day", "facility", "item", "as_of", "file"];
	const onShelf = (rows: CopyRows, row: Shelf) =>
		rows
			.row()
			.integer(row.month)
			.integer(row.day)
			.integer(row.facility)
			.text(row.item)
			.integer(row.asOf)
			.integer(row.file);
	const lineRows = new CopyRows("stock_line", [
		...shelf,
		"line",
		"first_day",
		...STOCK_AMOUNTS,
	]);
	for (const row of inKeyOrder(lines)) {
		onShelf(lineRows, row).integer(row.line).integer(row.firstDay);
		for (const amount of STOCK_AMOUNTS)
			lineRows.real(row.values[amount] ?? null);
	}
	await lineRows.into(client);
	const lotRows = new CopyRows("stock_lot", [
		...shelf,
		"lot",
		"units",
		"expires",
	]);
	for (const row of inKeyOrder(lots))
		onShelf(lotRows, row).text(row.lot).real(row.units).integer(row.expires);
	await lotRows.into(client);
}

/** In the order of the primary key, which is then appended to page by page. */
function inKeyOrder<Row extends Shelf>(rows: readonly Row[]): Row[] {
	return rows.toSorted(
		(a, b) =>
			a.day - b.day ||
			a.facility - b.facility ||
			(a.item < b.item ? -1 : a.item > b.item ? 1 : a.asOf - b.asOf),
	);
}
