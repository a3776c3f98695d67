import type Database from "better-sqlite3";
import type { AreaTable, Kpi } from "../../../core/api/figures.ts";
import type { ApartLevel } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import {
	allApart,
	apartSpots,
	completenessOn,
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
 * The figures of the areas directly below an area: of a kabupaten/kota those of its kecamatan, of a kecamatan those of its kelurahan.
 * @param request.level for all kecamatan, or all kelurahan, within the area
 */
export function table(
	db: Database.Database,
	request: FiguresRequest & { level?: ApartLevel },
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
	level: ApartLevel | undefined,
	asKnownOn: Day | null,
): Spot[] {
	const { area, tree } = spot;
	if (level !== undefined && area.level === "nation")
		return spotsOf(allApart(db, level, tree.indicator, asKnownOn), level);
	const apart = apartSpots(db, spot, asKnownOn);
	const below = apart.length > 0 ? apart : spotsBelow(spot);
	// Of a kabupaten/kota the kecamatan are those directly below.
	if (level === undefined || below.every((part) => part.area.level === level))
		return below;
	return below.flatMap((part) => partsOf(db, part, level, asKnownOn));
}
