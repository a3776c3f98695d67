import type Database from "better-sqlite3";
import type { CellsHeader } from "../../../core/api/cells.ts";
import {
	type HexagonWidth,
	hexagonsOver,
} from "../../../core/areas/hexagons.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { type Period, textOfPeriod } from "../../../core/series/period.ts";
import { areasAt } from "./areas.ts";
import { allDays } from "./base.ts";
import { cubeBody } from "./cube-body.ts";
import { knownDay } from "./known-day.ts";
import { perPublication } from "./per-publication.ts";
import { position } from "./position.ts";
import { spotOfSet } from "./set-of-areas.ts";
import { type AskedOfSpread, overPeriod, refuseWithout } from "./spread.ts";

export interface CellsAnswer {
	header: Omit<CellsHeader, "scale" | "classes">;
	body: ArrayBuffer;
}

/**
 * What is new in a period that ends on each day, in the areas of each cell of a grid taken together.
 * @param asked.inside ids of the areas that the cells are made of; null: all of the level
 */
export function cells(
	db: Database.Database,
	asked: AskedOfSpread & {
		level: "province" | "regency";
		width: HexagonWidth;
		inside: readonly number[] | null;
	},
): CellsAnswer {
	refuseWithout(asked);
	const { indicator, level, period, rate, width, inside } = asked;
	const known = knownDay(db, asked.asKnownOn);
	const { header, body } = kept(
		db,
		indicator,
		level,
		period,
		rate,
		known,
		width,
		inside,
	);
	// Copied: whoever answers gives the memory away.
	return { header, body: body.slice(0) };
}

const kept = perPublication(
	(
		indicator: IndicatorKey,
		level: "province" | "regency",
		period: Period,
		rate: boolean,
		known: Day | null,
		width: HexagonWidth,
		inside: readonly number[] | null,
	) =>
		`${indicator} ${level} ${textOfPeriod(period)} ${rate} ${known} ${width} ${inside}`,
	(db, indicator, level, period, rate, known, width, inside): CellsAnswer => {
		const wanted = inside && new Set(inside);
		const hexagons = hexagonsOver(
			areasAt(db, level).filter(
				({ id, unknownPlace }) =>
					!unknownPlace && (wanted === null || wanted.has(id)),
			),
			Number(width),
		);
		const { firstDay, days } = allDays(db);
		const computed = new Map();
		const body = cubeBody(hexagons, days, ({ areas }) =>
			overPeriod(
				spotOfSet(db, indicator, known, areas),
				period,
				rate,
				computed,
			),
		);
		return {
			header: {
				indicator,
				level,
				period: textOfPeriod(period),
				rate,
				firstDay,
				days,
				areas: hexagons.length,
				width,
				seq: position(db).seq,
				pending: [],
			},
			body,
		};
	},
	2,
);
