import type Database from "better-sqlite3";
import type { AreaTable, Kpi } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	allDistricts,
	completenessOn,
	districtSpots,
	figuresOn,
	type Spot,
	spotAt,
	spotsBelow,
	spotsOf,
} from "./figures.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";

const SHOWN: readonly IndicatorKey[] = [
	"confirmed",
	"odp",
	"pdp",
	"suspek",
	"probable",
	"kontak-erat",
	"recovered",
	"deaths",
	"active",
	"tests",
];

export interface KpiRequest {
	area: number;
	day: Day;
	asKnownOn: Day | null;
}

export interface FiguresRequest extends KpiRequest {
	indicator: IndicatorKey;
}

/** What one area counts on one day. */
export function kpis(db: Database.Database, request: KpiRequest): Kpi[] {
	return SHOWN.map((indicator) => figures(db, { ...request, indicator }));
}

/** One indicator of one area on one day. */
export function figures(db: Database.Database, request: FiguresRequest): Kpi {
	const { indicator, day } = request;
	const asKnownOn = knownDay(db, request.asKnownOn);
	const area = knownArea(db, request.area);
	const spot = spotAt(db, indicator, asKnownOn, area);
	return {
		...figuresOn(db, spot, day, asKnownOn),
		completeness: completenessOn(spot, day),
	};
}

/**
 * The figures of the areas directly below an area: of a kabupaten/kota those of its kecamatan.
 * @param request.level "district" for all kecamatan within the area
 */
export function table(
	db: Database.Database,
	request: FiguresRequest & { level?: "district" },
): AreaTable {
	const { indicator, area, day } = request;
	const asKnownOn = knownDay(db, request.asKnownOn);
	const spot = spotAt(db, indicator, asKnownOn, knownArea(db, area));
	const below = partsOf(db, spot, request.level, asKnownOn);
	return {
		indicator,
		area,
		level: request.level ?? null,
		day,
		completeness: completenessOn(spot, day, below),
		rows: below.map((part) => figuresOn(db, part, day, asKnownOn)),
	};
}

function partsOf(
	db: Database.Database,
	spot: Spot,
	level: "district" | undefined,
	asKnownOn: Day | null,
): Spot[] {
	switch (spot.area.level) {
		case "district":
			return [];
		case "regency":
			return districtSpots(db, spot, asKnownOn);
		case "province":
			return level
				? spotsBelow(spot).flatMap((regency) =>
						districtSpots(db, regency, asKnownOn),
					)
				: spotsBelow(spot);
		default:
			return level
				? spotsOf(allDistricts(db, spot.tree.indicator, asKnownOn))
				: spotsBelow(spot);
	}
}
