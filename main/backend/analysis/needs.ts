import type { Demand } from "../../../core/api/demand.ts";
import {
	ITEM_KINDS,
	type Needs,
	STAFF_ROLES,
} from "../../../core/api/needs.ts";
import { workersPerPatient } from "../../../core/logistics/care-workforce.ts";
import type { Catalogues } from "../../../core/logistics/catalogue.ts";
import {
	knownWeeks,
	needsOfCensus,
} from "../../../core/logistics/census-needs.ts";
import {
	type CensusPath,
	censusOf,
} from "../../../core/logistics/census-path.ts";
import type { NeedsForecast } from "../../../core/logistics/needs.ts";
import type { Severity } from "../../../core/logistics/needs-scenario.ts";
import { roundUp } from "../../../core/logistics/patients.ts";

type Known = Extract<Needs["outcome"], { status: "known" }>;
type StaffRole = (typeof STAFF_ROLES)[number];

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
			"severity-not-known",
			"no whole week of which the patients of every severity are known",
		);
	const needs = needsOfCensus(path, { name: "", machines }, catalogues);
	const admitted = needs.weeks.map((week) => week.newCases);
	const arrived = bySeverity((severity) =>
		sum(admitted.map((week) => week[severity])),
	);
	const { oxygen, testing } = defaults;
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
				patients: arrived,
				course: bySeverity((severity) => {
					const { units = 0, share } = medicine.course[severity] ?? {};
					return units > 0 && share ? { units, share } : null;
				}),
				total,
				priceUsd: medicine.priceUsd,
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
			admitted,
			stayWeeks: defaults.stayWeeks,
			arrived,
			staff: staffOf(needs, catalogues),
			laboratories: needs.laboratories,
			tests: {
				...byReason(needs),
				capacity: needs.weeklyTestCapacity,
				total: {
					wanted: sum(needs.totalTests.map(({ wanted }) => wanted)),
					done: sum(needs.totalTests.map(({ done }) => done)),
				},
				rates: {
					suspected: testing.negativesPerPositive,
					contacts: testing.contacts
						? testing.contactsPerCase * testing.shareContactsTested
						: 0,
					staff: testing.testsPerHealthWorkerWeek,
				},
			},
			costUsd: needs.cost.usd,
			costs: [...ITEM_KINDS, "medicines" as const].map((of) => ({
				of,
				usd: (of === "medicines"
					? needs.medicines
					: needs.items.filter(({ item }) => item.kind === of)
				).reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
			})),
			unpriced: needs.cost.unpriced.length,
		},
	};
}

function bySeverity<T>(of: (severity: Severity) => T): Record<Severity, T> {
	return {
		mild: of("mild"),
		moderate: of("moderate"),
		severe: of("severe"),
		critical: of("critical"),
	};
}

/** Each role by what its people are reckoned by. */
function staffOf(
	{ drivers, laboratories, staff, caps }: NeedsForecast,
	{ defaults, workforce }: Catalogues,
): Known["staff"] {
	const beds = drivers.map(({ inpatientBed }) => inpatientBed);
	const isolated = drivers.map(({ isolationPatient }) => isolationPatient);
	const screened = drivers.map(({ screenedPatient }) => screenedPatient);
	const labs = drivers.map(() => laboratories.count);
	const hours = (
		group: "health-worker" | "cleaner",
		times: number,
	): Known["staff"][number]["hours"] => ({
		severe:
			workersPerPatient(workforce, group, "severe") * workforce.shiftHours,
		critical:
			workersPerPatient(workforce, group, "critical") * workforce.shiftHours,
		severeShare: caps.severeShare,
		criticalShare: caps.criticalShare,
		shift: workforce.shiftHours,
		times,
	});
	const rates = defaults.workforce;
	const all: Record<
		StaffRole,
		Pick<Known["staff"][number], "per" | "rate" | "drivers"> & {
			hours?: Known["staff"][number]["hours"];
		}
	> = {
		inpatientWorkers: {
			...{ per: "inpatientBed", drivers: beds, rate: caps.workersPerBed },
			hours: hours("health-worker", 1),
		},
		inpatientCleaners: {
			...{ per: "inpatientBed", drivers: beds, rate: caps.cleanersPerBed },
			hours: hours("cleaner", workforce.cleanerMultiplier),
		},
		inpatientCaregivers: {
			...{ per: "inpatientBed", drivers: beds },
			rate: rates.caregiversPerInpatient,
		},
		ambulanceWorkers: {
			...{ per: "inpatientBed", drivers: beds },
			rate: rates.ambulanceWorkersPerBed,
		},
		biomedicalEngineers: {
			...{ per: "inpatientBed", drivers: beds },
			rate: rates.biomedicalEngineersPerBed,
		},
		isolationCaregivers: {
			...{ per: "isolationPatient", drivers: isolated },
			rate: rates.caregiversPerIsolation,
		},
		screeningWorkers: {
			...{ per: "screenedPatient", drivers: screened },
			rate: 1 / caps.screeningsPerWorkerDay,
		},
		labStaff: {
			...{ per: "laboratory", drivers: labs },
			rate: defaults.laboratory.staffPerLab,
		},
		labCleaners: {
			...{ per: "laboratory", drivers: labs },
			rate: defaults.laboratory.cleanersPerLab,
		},
	};
	return STAFF_ROLES.map((role) => ({
		role,
		...all[role],
		hours: all[role].hours ?? null,
		weekly: staff.map((week) => week[role]),
	}));
}

function byReason({
	tests,
	totalTests,
}: NeedsForecast): Omit<Known["tests"], "capacity" | "total" | "rates"> {
	const reasons = (
		["diagnosis", "release", "mild", "moderate", "suspected"] as const
	).map((reason) => [reason, tests.map((week) => week[reason])]);
	const totals = (["staff", "contacts", "wanted", "done"] as const).map(
		(reason) => [reason, totalTests.map((week) => week[reason])],
	);
	return Object.fromEntries([...reasons, ...totals]);
}

function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}
