import type Database from "better-sqlite3";
import type { CubeHeader } from "../../../core/api/figures.ts";
import { isApart, type Level } from "../../../core/areas/codes.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { type Measure, measuresOf } from "../../../core/series/measure.ts";
import {
	branchAt,
	peopleIn,
	per100k,
	reportShownOn,
	shownDays,
	type Tree,
	treeWith,
	weeksOf,
} from "./figures.ts";
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
	const { areas } = branchAt(tree, level);
	const { firstDay, days } = tree;
	const cells = areas.length * days;
	const body = new ArrayBuffer(
		cells * (Float64Array.BYTES_PER_ELEMENT + Uint16Array.BYTES_PER_ELEMENT),
	);
	write(
		tree,
		level,
		measure,
		new Float64Array(body, 0, cells),
		new Uint16Array(body, cells * Float64Array.BYTES_PER_ELEMENT),
	);
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

function write(
	tree: Tree,
	level: Level,
	measure: Measure,
	value: Float64Array,
	marks: Uint16Array,
): void {
	const branch = branchAt(tree, level);
	const { days } = tree;
	if (measure === "total" || measure === "per100k") {
		branch.areas.forEach((area, row) => {
			const spot = { tree, branch, row, area };
			const shown = shownDays(spot);
			value.set(shown.value, row * days);
			marks.set(shown.marks, row * days);
			if (measure === "total") return;
			for (let day = 0, at = row * days; day < days; day++, at++)
				value[at] = per100k(
					value[at],
					peopleIn(branch, row, reportShownOn(spot, day)),
				);
		});
		return;
	}
	branch.areas.forEach((area, row) => {
		const weeks = weeksOf({ tree, branch, row, area });
		marks.set(weeks.marks, row * days);
		value.set(
			measure === "new7per100k"
				? weeks.value.map((count, day) => per100k(count, weeks.people[day]))
				: weeks.value,
			row * days,
		);
	});
}
