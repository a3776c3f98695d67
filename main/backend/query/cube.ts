import type Database from "better-sqlite3";
import type { CubeHeader } from "../../../core/api/figures.ts";
import { isApart, type Level } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { type Measure, measuresOf } from "../../../core/series/measure.ts";
import { cubeBody } from "./cube-body.ts";
import { branchAt, per100k, shownDays, treeWith, weeksOf } from "./figures.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { Refusal } from "./refusal.ts";

export interface CubeRequest {
	indicator: IndicatorKey;
	measure: Measure;
	level: Level;
	asKnownOn: Day | null;
}

export interface CubeAnswer {
	header: CubeHeader;
	/** Values (Float64, little-endian), then marks (Uint16), as core/api/figures CubeHeader lays them out. */
	body: ArrayBuffer;
}

/** The values of a measure for all areas of a level on all days. */
export function cube(
	db: Database.Database,
	{ indicator, measure, level, asKnownOn }: CubeRequest,
): CubeAnswer {
	const measures = measuresOf(indicator);
	if (!measures.includes(measure))
		throw new Refusal(
			400,
			"measure",
			`measure: found ${measure} of ${indicator}, expected one of ${measures.join(", ")}`,
		);
	const asked = [indicator, measure, level, knownDay(db, asKnownOn)] as const;
	// Of kecamatan none is kept: it is tens of megabytes in each reader.
	if (measure === "total" || measure === "per100k" || isApart(level))
		return cubeOf(db, ...asked);
	const { header, body } = weeklyCube(db, ...asked);
	// Copied: whoever answers gives the memory away.
	return { header, body: body.slice(0) };
}

/** Weekly figures are computed area by area: what one window was given the next need not wait for. One at each level. */
const weeklyCube = perPublication(
	(...asked: AskedCube) => asked.join(" "),
	cubeOf,
	2,
);

type AskedCube = readonly [IndicatorKey, Measure, Level, Day | null];

function cubeOf(
	db: Database.Database,
	...[indicator, measure, level, asKnownOn]: AskedCube
): CubeAnswer {
	const tree = treeWith(db, level, indicator, asKnownOn);
	const branch = branchAt(tree, level);
	const { areas } = branch;
	const { firstDay, days } = tree;
	const body = cubeBody(areas, days, (area, row) => {
		const spot = { tree, branch, row, area };
		if (measure === "total" || measure === "per100k")
			return shownDays(spot, measure === "per100k");
		const { value, marks, people } = weeksOf(spot);
		return {
			value:
				measure === "new7per100k"
					? value.map((count, day) => per100k(count, people[day]))
					: value,
			marks,
		};
	});
	return {
		header: {
			indicator,
			measure,
			level,
			firstDay,
			days,
			areas: areas.length,
			seq: position(db).seq,
			pending: [],
		},
		body,
	};
}
