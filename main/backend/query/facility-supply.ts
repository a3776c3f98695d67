import type Database from "better-sqlite3";
import type { FacilitySupply } from "../../../core/api/logistics.ts";
import {
	type StockStanding,
	standingOutlook,
} from "../../../core/logistics/stock-standing.ts";
import { STOCK_COLUMNS } from "../../../core/logistics/watched-item.ts";
import { knownDay } from "./known-day.ts";
import { cellsOf, watchedRow } from "./shortage.ts";
import {
	type PlaceStock,
	type StockOptions,
	stockPositions,
} from "./stock-positions.ts";

/** The watched supplies of one facility as of a day; null: there is none of this number. */
export function facilitySupply(
	db: Database.Database,
	asked: StockOptions & { facility: number },
): FacilitySupply | null {
	const options = { ...asked, asKnownOn: knownDay(db, asked.asKnownOn) };
	const place = stockPositions(db, options).find(
		({ facility }) => facility.id === asked.facility,
	);
	if (!place) return null;
	const cells = cellsOf(db);
	return {
		facility: place.facility.id,
		area: place.facility.area,
		day: asked.day,
		horizon: asked.horizon,
		items: STOCK_COLUMNS.flatMap((column, at) => {
			const cell = cells(place, at);
			const standing = place.standings[at];
			const told = place.told[at];
			if (!cell || !standing || !told) return [];
			return [
				{
					about: watchedRow(db, column),
					cell,
					counts: told.counts.map(({ day, onHand }) => ({ day, onHand })),
					projected: projected(told, standing, asked.horizon),
				},
			];
		}),
	};
}

function projected(told: PlaceStock, standing: StockStanding, horizon: number) {
	const { use } = standing;
	if (!use) return [];
	const [expected, low, high] = [use.perDay, use.high, use.low].map((rate) => [
		...standingOutlook(told, standing, rate, horizon),
	]);
	return expected.map((row, ahead) => ({
		day: row.day,
		onHand: row.onHand,
		low: low[ahead].onHand,
		high: high[ahead].onHand,
		arrived: row.arrived,
		expired: row.expired,
	}));
}
