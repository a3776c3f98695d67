import type Database from "better-sqlite3";
import type {
	CubeHeader,
	Level,
	Measure,
} from "../../../core/api/situation.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import {
	new7,
	new7per100k,
	per100k,
	total,
} from "../../../core/series/measure.ts";
import { areasAt } from "./areas.ts";
import { newCountsOf } from "./new-counts.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";
import { indicatorCube } from "./stored-cube.ts";

export interface CubeRequest {
	indicator: IndicatorKey;
	measure: Measure;
	level: Level;
	asKnownOn: Day | null;
}

export interface CubeAnswer {
	header: CubeHeader;
	/** Values (Float64, little-endian), then marks, as api/situation lays them out. */
	body: ArrayBuffer;
}

/** The values of a measure for all areas of a level on all days. */
export function cube(
	db: Database.Database,
	{ indicator, measure, level, asKnownOn }: CubeRequest,
): CubeAnswer {
	const weekly = measure === "new7" || measure === "new7per100k";
	if (weekly && indicatorByKey(indicator).kind !== "cumulative")
		throw new Refusal(
			400,
			"measure",
			`measure: found ${measure} of ${indicator}, which is a state and has no new cases; expected total or per100k`,
		);
	const base = indicatorCube(db, indicator, level, asKnownOn);
	const areas = areasAt(db, level);
	const population = areas.map((area) => area.population);
	const counts = weekly
		? newCountsOf(db, indicator, level, base, areas, asKnownOn)
		: [];
	const value: Float64Array = {
		total: () => total(base),
		per100k: () => per100k(base.value, population),
		change7: () => total(base),
		new7: () => new7(counts, base.days),
		new7per100k: () => new7per100k(counts, base.days, population),
	}[measure]();
	const body = new Uint8Array(value.byteLength + base.marks.byteLength);
	body.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
	body.set(new Uint8Array(base.marks.buffer), value.byteLength);
	return {
		header: {
			indicator,
			measure,
			level,
			firstDay: base.firstDay,
			days: base.days,
			areas: base.areas,
			seq: position(db).seq,
		},
		body: body.buffer,
	};
}
