import type { Demand } from "../../../core/api/demand.ts";
import type { Needs } from "../../../core/api/needs.ts";
import type { Catalogues } from "../../../core/logistics/catalogue.ts";
import {
	knownWeeks,
	needsOfCensus,
} from "../../../core/logistics/census-needs.ts";
import {
	type CensusPath,
	censusOf,
} from "../../../core/logistics/census-path.ts";
import { SEVERITIES } from "../../../core/logistics/needs-scenario.ts";
import { roundUp } from "../../../core/logistics/patients.ts";

/**
 * What the patients of a demand need.
 * @param machines part of the country's test machines that stand there, 0-1
 */
export function needsAnswer(
	demand: Demand,
	machines: number,
	catalogues: Catalogues,
): Needs {
	const { area, facility, day, method, basis, outcome } = demand;
	const { supplies, defaults } = catalogues;
	const rest = {
		area,
		facility,
		day,
		method,
		basis,
		catalogue: {
			version: supplies.version,
			source: supplies.sources.esft?.title ?? "",
		},
	};
	const refused = (
		reason: Extract<Needs["outcome"], { status: "refused" }>["reason"],
		explanation: string,
	): Needs => ({
		...rest,
		outcome: { status: "refused", reason, explanation },
	});
	if (outcome.status === "refused")
		return refused(outcome.reason, outcome.explanation);
	const path: CensusPath = {
		firstDay: outcome.firstDay,
		days: outcome.days,
		method,
		bySeverity: censusOf((severity) =>
			Float64Array.from(
				outcome.census[severity],
				(people) => people ?? Number.NaN,
			),
		),
	};
	if (knownWeeks(path) === 0)
		return refused(
			"census-not-reported",
			"no whole week of which the patients of every severity are known",
		);
	const needs = needsOfCensus(path, { name: "", machines }, catalogues);
	const admitted = Object.fromEntries(
		SEVERITIES.map((severity) => [
			severity,
			needs.weeks.reduce((sum, week) => sum + week.newCases[severity], 0),
		]),
	) as Record<(typeof SEVERITIES)[number], number>;
	const { oxygen } = defaults;
	const { flowLitresPerMinute: flow } = oxygen;
	return {
		...rest,
		outcome: {
			status: "known",
			weeks: needs.patients.map((_, week) => outcome.firstDay + week * 7),
			patients: needs.patients.map((week) => week.demand),
			items: needs.items.map(({ item, total, weekly, costUsd, byDriver }) => ({
				id: item.id,
				name: item.name,
				kind: item.kind,
				unit: item.unit,
				packSize: item.pack?.size ?? null,
				packAssumed:
					item.pack !== undefined &&
					supplies.sources[item.pack.source]?.status === "assumption",
				wholeUnits: item.wholeUnits,
				total,
				packs:
					total === null || !item.pack ? null : roundUp(total / item.pack.size),
				weekly,
				priceUsd: item.priceUsd,
				costUsd,
				parts: item.rates.map(({ per, amount, every }) => ({
					driver: per,
					amount,
					every,
					drivers: needs.drivers.map((week) => week[per]),
					units: byDriver.reduce((sum, week) => sum + (week[per] ?? 0), 0),
				})),
			})),
			medicines: needs.medicines.map(({ medicine, total, costUsd }) => ({
				id: medicine.id,
				name: `${medicine.name} ${medicine.strength}`,
				unit: medicine.form,
				patients: admitted,
				perPatient: Object.fromEntries(
					SEVERITIES.map((severity) => {
						const course = medicine.course[severity];
						return [severity, (course?.units ?? 0) * (course?.share ?? 0)];
					}),
				) as Record<(typeof SEVERITIES)[number], number>,
				total,
				costUsd,
			})),
			oxygen: needs.oxygen.map((week, at) => ({
				...week,
				severe: needs.patients[at].severeBeds,
				critical: needs.patients[at].criticalBeds,
			})),
			oxygenRates: {
				severe: flow.severe,
				critical:
					oxygen.criticalShareInvasive * flow.criticalInvasive +
					(1 - oxygen.criticalShareInvasive) * flow.criticalNonInvasive,
				cubicMetresPerTonne: oxygen.cubicMetresPerTonne.value,
				concentratorLitresPerMinute: oxygen.concentratorLitresPerMinute,
				cylinders: Object.fromEntries(
					oxygen.cylinders.map(({ id, cubicMetres }) => [id, cubicMetres]),
				),
			},
			staff: needs.staff.map(
				({
					inpatientWorkersNeeded,
					inpatientCleaners,
					inpatientCaregivers,
					ambulanceWorkers,
					biomedicalEngineers,
					isolationCaregivers,
					screeningWorkersNeeded,
					labStaff,
					labCleaners,
				}) => ({
					inpatientWorkersNeeded,
					inpatientCleaners,
					inpatientCaregivers,
					ambulanceWorkers,
					biomedicalEngineers,
					isolationCaregivers,
					screeningWorkersNeeded,
					labStaff,
					labCleaners,
				}),
			),
			tests: {
				wanted: needs.totalTests.map(({ wanted }) => wanted),
				done: needs.totalTests.map(({ done }) => done),
			},
			costUsd: needs.cost.usd,
			unpriced: needs.cost.unpriced.length,
		},
	};
}
