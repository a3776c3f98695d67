import type Database from "better-sqlite3";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { replicaDigest } from "../replica/digest.ts";
import { alertFigures } from "./alert-figures.ts";
import { alertRules, alertSteps } from "./alert-rules.ts";
import { areas, districts, villages } from "./areas.ts";
import { cells } from "./cells.ts";
import { conflicts } from "./conflicts.ts";
import { countsAsKnown, knowledge } from "./counts-as-known.ts";
import { cube } from "./cube.ts";
import { dataset, daysOfDataset } from "./dataset.ts";
import { demandReading } from "./demand.ts";
import { areasApart, difference, differenceSeries } from "./difference.ts";
import { dispatchInput } from "./dispatch-input.ts";
import { explain } from "./explain.ts";
import {
	facilities,
	facilityCube,
	facilitySeries,
	facilityStates,
} from "./facilities.ts";
import { facilityExplanation } from "./facility-explanation.ts";
import { facilityStaff } from "./facility-staff.ts";
import { facilitySupply } from "./facility-supply.ts";
import { spotOf, treeOf, weeksOf } from "./figures.ts";
import { fileReach } from "./file-reach.ts";
import { freshness } from "./freshness.ts";
import {
	districtGeography,
	geography,
	provinceGeography,
} from "./geography.ts";
import { items } from "./items.ts";
import { figures, kpis, table } from "./kpis.ts";
import { laboratories, specimenReading } from "./laboratories.ts";
import { mobility } from "./mobility.ts";
import { newCases, newCasesOfAll } from "./new-cases.ts";
import { orderOf, orders } from "./orders.ts";
import { position } from "./position.ts";
import { quarantine } from "./quarantine.ts";
import { referral } from "./referral.ts";
import { reporting, sourceScores } from "./reporting.ts";
import { areaOfCode, scenarioFigures } from "./scenario.ts";
import { series } from "./series.ts";
import { shortage } from "./shortage.ts";
import { sourceAreas } from "./source-areas.ts";
import { spread, spreadSeries } from "./spread.ts";
import { stated } from "./stated.ts";
import { facilityStock, heldStock, stockBook } from "./stock.ts";
import { stockFormulas } from "./stock-formulas.ts";
import { stockTold } from "./stock-positions.ts";
import { sum } from "./sum.ts";
import { sumExplanation } from "./sum-explanation.ts";
import { zoneCourse, zoneHistory, zones } from "./zones.ts";

/** Everything a reader answers. Each is a function of the replica at one publication and of its request. */
export const QUERIES = {
	alertFigures,
	alertRules,
	alertSteps,
	areaOfCode,
	areas,
	areasApart,
	cells,
	conflicts,
	countsAsKnown,
	cube,
	dataset,
	demandReading,
	difference,
	differenceSeries,
	digest: replicaDigest,
	dispatchInput,
	districtGeography,
	districts,
	explain,
	facilities,
	facilityCube,
	facilityExplanation,
	facilitySeries,
	facilityStates,
	facilityStaff,
	facilitySupply,
	facilityStock,
	figures,
	fileReach,
	freshness,
	geography,
	heldStock,
	items,
	knowledge,
	kpis,
	laboratories,
	mobility,
	newCases,
	newCasesOfAll,
	orderOf,
	orders,
	position,
	provinceGeography,
	quarantine,
	referral,
	reporting,
	scenarioFigures,
	series,
	shortage,
	sourceAreas,
	sourceScores,
	specimenReading,
	spread,
	spreadSeries,
	stated,
	stockBook,
	stockFormulas,
	sum,
	sumExplanation,
	table,
	villages,
	zoneCourse,
	zoneHistory,
	zones,
};

export type QueryName = keyof typeof QUERIES;
export type QueryRequest<N extends QueryName> = Parameters<
	(typeof QUERIES)[N]
>[1];
export type QueryAnswer<N extends QueryName> = ReturnType<(typeof QUERIES)[N]>;

/** Answers one query; everything it reads is of one publication. */
export function answer<N extends QueryName>(
	db: Database.Database,
	name: N,
	request: QueryRequest<N>,
): { seq: number; answer: QueryAnswer<N> } {
	return db.transaction(() => ({
		seq: position(db).seq,
		answer: (
			QUERIES[name] as (
				db: Database.Database,
				request: QueryRequest<N>,
			) => QueryAnswer<N>
		)(db, request),
	}))();
}

/** What figures of an indicator are read from, or what answers about facilities are. */
export type Prepared = IndicatorKey | "facilities";

/** Computes what figures of an indicator, or answers about facilities on the last day, are read from. @returns the publication that it is of */
export function prepare(db: Database.Database, what: Prepared): number {
	return db.transaction(() => {
		const [nation] = areas(db);
		if (what === "facilities") {
			const { lastDay: day } = daysOfDataset(db);
			stockTold(db, day, null);
			if (nation)
				facilityStates(db, {
					kind: "hospital",
					area: nation.id,
					day,
					asKnownOn: null,
				});
		} else {
			const tree = treeOf(db, what, null);
			if (nation) weeksOf(spotOf(tree, nation));
		}
		return position(db).seq;
	})();
}
