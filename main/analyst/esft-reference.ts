/**
 * Reads inputs in the ESFT reference format and writes results in its shape, so that a forecast can be checked
 * against a run of mrc-ide/esft. Always uses the named logic "esft-r-port".
 */

import { z } from "zod";
import type { Catalogues, Driver } from "../../core/logistics/catalogue.ts";
import type { ItemNeed } from "../../core/logistics/commodity-needs.ts";
import {
	forecastNeeds,
	type NeedsForecast,
} from "../../core/logistics/needs.ts";
import {
	NeedsInputError,
	type NeedsScenario,
} from "../../core/logistics/needs-scenario.ts";
import type { TestType } from "../../core/logistics/testing-needs.ts";

const number = z.number();
/** As R and JSON write it; any other word is refused and no "no". */
const flag = z
	.union([
		z.boolean(),
		z.enum(["T", "TRUE", "true", "F", "FALSE", "false"]),
		z.literal([0, 1]),
	])
	.transform((value) =>
		typeof value === "string" ? /^t/i.test(value) : Boolean(value),
	);

export const esftInputsSchema = z.looseObject({
	iso3c: z.string(),
	week1: z.string(),
	forecast_weeks: number,
	params: z.looseObject({
		mild_i_proportion: number,
		mod_i_proportion: number,
		sev_i_proportion: number,
		crit_i_proportion: number,
		stay_mild: number,
		stay_mod: number,
		stay_sev: number,
		stay_crit: number,
		ifr_sev: number,
		ifr_crit: number,
		perc_hcws_not_covid: number,
		n_hosp_beds_per_care_unit: number,
		ambulancews_per_bed: number,
		bioengs_per_bed: number,
		n_inf_caregivers_hosp: number,
		n_inf_caregivers_isol: number,
	}),
	capacity: z.looseObject({
		country: z.string().optional(),
		n_hcws: number,
		n_labs: number,
		n_hosp_beds: number,
		perc_beds_crit_covid: number.optional(),
		perc_beds_sev_covid: number.optional(),
		severe_beds_covid: number.optional(),
		crit_beds_covid: number.optional(),
	}),
	testing_strategy: z.looseObject({
		strategy: z.enum(["all", "targeted"]),
		perc_tested_mild_mod: number.default(1),
		num_neg_per_pos_test: number,
		tests_per_hcw_per_week: number,
		testing_contacts: flag,
		avg_contacts_pos_case: number,
		perc_contacts_tested: number,
	}),
	diagnostic_params: z.looseObject({
		perc_antigen_tests: number,
		tests_diagnosis_mild_mod: number,
		tests_diagnosis_sev_crit: number,
		tests_release_mild_mod: number,
		tests_release_sev_crit: number,
	}),
	lab_params: z.looseObject({
		lab_staff_per_lab: number,
		hygienists_per_lab: number,
		triple_packaging_per_unit: number,
		perc_wastage_manual_test_kits: number,
		num_tests_manual_test_kits: number,
	}),
	diagnostic_capacity: z.array(
		z.looseObject({
			platform_key: z.string(),
			type: z.string(),
			modules_activated: number,
			days_week: number.optional(),
			throughput_per_day: number.optional(),
			covid_capacity: number.optional(),
			covid_test_capacity: number.optional(),
		}),
	),
	weekly_cases: z.array(
		z.looseObject({
			week_begins: z.string(),
			week_ends: z.string(),
			cases: number.optional(),
			new_mild_cases: number.optional(),
			new_mod_cases: number.optional(),
			new_severe_cases: number.optional(),
			new_critical_cases: number.optional(),
			sus_cases_but_negative: number.optional(),
		}),
	),
});
export type EsftInputs = z.infer<typeof esftInputsSchema>;

function inputsOf(inputs: unknown): EsftInputs {
	const result = esftInputsSchema.safeParse(inputs);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const path = issue?.path ?? [];
	let found: unknown = inputs;
	for (const key of path)
		found = (found as Record<PropertyKey, unknown>)?.[key];
	throw new NeedsInputError(
		path.map(String).join(".") || "inputs",
		found === undefined ? "nothing" : found,
		(issue?.message ?? "the ESFT reference format").replace(
			/^Invalid input: expected /,
			"",
		),
	);
}

/** The scenario the inputs describe. @throws NeedsInputError naming the first field that does not have the format */
export function scenarioFromEsft(inputs: unknown): NeedsScenario {
	const given = inputsOf(inputs);
	const { params, capacity, testing_strategy: strategy } = given;
	const { diagnostic_params: tests, lab_params: labs } = given;
	const severity = {
		mild: params.mild_i_proportion,
		moderate: params.mod_i_proportion,
		severe: params.sev_i_proportion,
		critical: params.crit_i_proportion,
	};
	return {
		place: capacity.country ?? given.iso3c,
		weeks: given.weekly_cases.map((week, index) => {
			const { cases } = week;
			const part = (value: number | undefined, share: number) => {
				if (value !== undefined) return value;
				if (cases === undefined)
					throw new NeedsInputError(
						`weekly_cases[${index}] (${week.week_begins})`,
						"no cases",
						"cases, or new cases of each severity (a week without a figure is not a week without cases)",
					);
				return cases * share;
			};
			const newCases = {
				mild: part(week.new_mild_cases, severity.mild),
				moderate: part(week.new_mod_cases, severity.moderate),
				severe: part(week.new_severe_cases, severity.severe),
				critical: part(week.new_critical_cases, severity.critical),
			};
			return {
				weekBegins: week.week_begins,
				weekEnds: week.week_ends,
				newCases,
				suspectedNegative:
					week.sus_cases_but_negative ??
					(newCases.mild +
						newCases.moderate +
						newCases.severe +
						newCases.critical) *
						strategy.num_neg_per_pos_test,
			};
		}),
		firstWeek: given.week1,
		forecastWeeks: given.forecast_weeks,
		severity,
		stayWeeks: {
			mild: params.stay_mild,
			moderate: params.stay_mod,
			severe: params.stay_sev,
			critical: params.stay_crit,
		},
		fatality: { severe: params.ifr_sev, critical: params.ifr_crit },
		beds: {
			hospital: capacity.n_hosp_beds,
			severe:
				capacity.severe_beds_covid ??
				(capacity.perc_beds_sev_covid === undefined
					? null
					: Math.round(capacity.n_hosp_beds * capacity.perc_beds_sev_covid)),
			critical:
				capacity.crit_beds_covid ??
				(capacity.perc_beds_crit_covid === undefined
					? null
					: Math.round(capacity.n_hosp_beds * capacity.perc_beds_crit_covid)),
		},
		healthWorkers: capacity.n_hcws,
		labStaff: capacity.n_labs,
		workforce: {
			shareNotCovid: params.perc_hcws_not_covid,
			ambulanceWorkersPerBed: params.ambulancews_per_bed,
			biomedicalEngineersPerBed: params.bioengs_per_bed,
			caregiversPerInpatient: params.n_inf_caregivers_hosp,
			caregiversPerIsolation: params.n_inf_caregivers_isol,
			bedsPerFacility: params.n_hosp_beds_per_care_unit,
		},
		testing: {
			strategy: strategy.strategy,
			shareTestedMildModerate: strategy.perc_tested_mild_mod,
			negativesPerPositive: strategy.num_neg_per_pos_test,
			testsPerHealthWorkerWeek: strategy.tests_per_hcw_per_week,
			contacts: strategy.testing_contacts,
			contactsPerCase: strategy.avg_contacts_pos_case,
			shareContactsTested: strategy.perc_contacts_tested,
			antigenShare: tests.perc_antigen_tests,
			diagnosis: {
				mildModerate: tests.tests_diagnosis_mild_mod,
				severeCritical: tests.tests_diagnosis_sev_crit,
			},
			release: {
				mildModerate: tests.tests_release_mild_mod,
				severeCritical: tests.tests_release_sev_crit,
			},
		},
		laboratory: {
			staffPerLab: labs.lab_staff_per_lab,
			cleanersPerLab: labs.hygienists_per_lab,
			manualKitTests: labs.num_tests_manual_test_kits,
			manualKitWastage: labs.perc_wastage_manual_test_kits,
			triplePackagingPerFacility: labs.triple_packaging_per_unit,
		},
		platforms: given.diagnostic_capacity.map((platform) => ({
			id: platform.platform_key,
			type: platform.type.replaceAll("_", "-") as TestType,
			machines: platform.modules_activated,
			weeklyCovidTests:
				platform.covid_test_capacity ??
				platform.modules_activated *
					(platform.days_week ?? 5) *
					throughputOf(platform) *
					(platform.covid_capacity ?? 1),
			covidShare: platform.covid_capacity,
		})),
	};
}

function throughputOf(platform: {
	platform_key: string;
	throughput_per_day?: number | undefined;
}): number {
	if (platform.throughput_per_day === undefined)
		throw new NeedsInputError(
			`diagnostic_capacity of ${platform.platform_key}`,
			"no throughput",
			"throughput_per_day, or covid_test_capacity",
		);
	return platform.throughput_per_day;
}

const GROUPS: Record<string, readonly Driver[]> = {
	amount_inpatient_hcw: [
		"inpatientHealthWorker",
		"inpatientCleaner",
		"inpatientCaregiver",
		"ambulanceWorker",
		"biomedicalEngineer",
	],
	amount_inpatient_patient: ["severeBed", "criticalBed", "inpatientBed"],
	amount_isolation: ["isolationCaregiver", "isolationPatient"],
	amount_screening: ["screeningHealthWorker", "screenedPatient"],
	amount_lab: ["labTechnician", "labCleaner"],
};
const SEVERITY_GROUPS: Record<string, readonly Driver[]> = {
	amount_sev_patient: ["severeAdmission", "severeBed"],
	amount_crit_patient: ["criticalAdmission", "criticalBed"],
	amount_sev_crit_patient: ["inpatientAdmission", "inpatientBed"],
};

/** Runs the forecast and returns it under the names of the reference's `expected`. */
export function recomputeEsft(inputs: unknown, catalogues: Catalogues) {
	const given = inputsOf(inputs);
	const scenario = scenarioFromEsft(given);
	const forecast = forecastNeeds(
		scenario,
		withLabParameters(given, catalogues),
		{
			logic: "esft-r-port",
		},
	);
	const week = (index: number) => ({
		week_begins: forecast.patients[index]?.weekBegins,
		week_ends: forecast.patients[index]?.weekEnds,
	});
	const rows = (
		kinds: readonly string[],
		groups: Record<string, readonly Driver[]>,
	) =>
		forecast.items
			.filter((need) => kinds.includes(need.item.kind))
			.flatMap((need) =>
				need.weekly.map((total, index) => ({
					category:
						need.item.kind === "case-management"
							? need.item.category
							: need.item.group,
					...week(index),
					item: need.item.name.en,
					unit: need.item.unit,
					total_amount: total,
					...split(need, index, groups),
				})),
			);
	return {
		patients: forecast.patients.map((row, index) => ({
			...week(index),
			crit_patients_nocap: row.demand.critical,
			sev_patients_nocap: row.demand.severe,
			mod_patients_nocap: row.demand.moderate,
			mild_patients_nocap: row.demand.mild,
			crit_beds_inuse: row.criticalBeds,
			sev_beds_inuse: row.severeBeds,
			total_beds_inuse: row.bedsInUse,
			hosp_facilities_inuse: row.facilitiesInUse,
			rem_crit_patients: row.recovered.critical,
			rem_sev_patients: row.recovered.severe,
			rem_mod_patients: row.recovered.moderate,
			rem_mild_patients: row.recovered.mild,
			discharged_crit_patients: row.dischargedCritical,
			discharged_sev_patients: row.dischargedSevere,
			sev_patients_admitted_cap: row.admittedSevere,
			crit_patients_admitted_cap: row.admittedCritical,
		})),
		tests: forecast.tests.map((row, index) => ({
			...week(index),
			tests_diagnosis_uncapped_sev_crit: row.diagnosisUncapped,
			tests_release_uncapped_sev_crit: row.releaseUncapped,
			tests_diagnosis_capped_sev_crit: row.diagnosis,
			tests_release_capped_sev_crit: row.release,
			tests_mod: row.moderate,
			tests_mild: row.mild,
			tests_suspected: row.suspected,
			testing_strategy: scenario.testing.strategy,
		})),
		hcw_caps: capsRow(given.iso3c, scenario, forecast),
		hcws: forecast.staff.map((row, index) => ({
			...week(index),
			hcws_inpatient_capped: row.inpatientWorkers,
			hcws_inpatient_uncapped: row.inpatientWorkersNeeded,
			inf_caregivers_hosp_uncapped: row.inpatientCaregivers,
			cleaners_inpatient_capped: row.inpatientCleaners,
			amb_personnel_inpatient_capped: row.ambulanceWorkers,
			bio_eng_inpatient_capped: row.biomedicalEngineers,
			inf_caregivers_isol_uncapped: row.isolationCaregivers,
			lab_staff_capped: row.labStaff,
			cleaners_lab: row.labCleaners,
		})),
		screening_hcws: forecast.staff.map((row, index) => ({
			...week(index),
			screening_hcw_uncapped: row.screeningWorkersNeeded,
			screening_hcw_capped: row.screeningWorkers,
		})),
		additional_tests: forecast.totalTests.map((row, index) => ({
			...week(index),
			tests_hcws_weekly: row.staff,
			tests_contacts_weekly: row.contacts,
		})),
		total_tests: forecast.totalTests.map((row, index) => ({
			...week(index),
			total_tests_capped: row.done,
			total_tests_uncapped: row.wanted,
		})),
		test_ratio: forecast.testMix.map((part) => ({
			type: part.type.replaceAll("-", "_"),
			covid_test_capacity: part.weeklyCapacity,
			ratio: part.share,
		})),
		total_labs: forecast.laboratories.count,
		max_tests_per_day: forecast.weeklyTestCapacity / 7,
		ppe: rows(["ppe"], GROUPS),
		hygiene: rows(["hygiene"], GROUPS),
		case_management: rows(["case-management"], SEVERITY_GROUPS),
		diagnostics: rows(["diagnostics"], {}),
		pharmaceuticals: forecast.medicines.map((need) => ({
			drug: need.medicine.name,
			total_drug_form_all_mild_treated: need.bySeverity.mild,
			total_drug_form_all_mod_treated: need.bySeverity.moderate,
			total_drug_form_all_severe_treated: need.bySeverity.severe,
			total_drug_form_all_crit_treated: need.bySeverity.critical,
			concentration: need.medicine.strength,
		})),
	};
}

/** The tool keeps two laboratory rates as parameters; they override the catalogue's rate for one run. */
function withLabParameters(
	given: EsftInputs,
	catalogues: Catalogues,
): Catalogues {
	return {
		...catalogues,
		supplies: {
			...catalogues.supplies,
			items: catalogues.supplies.items.map((item) =>
				item.rates.some((rate) => rate.per === "facilityInUse")
					? {
							...item,
							rates: item.rates.map((rate) =>
								rate.per === "facilityInUse"
									? {
											...rate,
											amount: given.lab_params.triple_packaging_per_unit,
										}
									: rate,
							),
						}
					: item,
			),
		},
	};
}

function split(
	need: ItemNeed,
	index: number,
	groups: Record<string, readonly Driver[]>,
): Record<string, number> {
	const parts = need.byDriver[index] ?? {};
	return Object.fromEntries(
		Object.entries(groups).map(([name, drivers]) => [
			name,
			drivers.reduce((sum, driver) => sum + (parts[driver] ?? 0), 0),
		]),
	);
}

function capsRow(
	iso3c: string,
	scenario: NeedsScenario,
	{ caps }: NeedsForecast,
) {
	return {
		iso3c,
		bed_cap: scenario.beds.hospital,
		cases_screened_per_hcw_per_day: caps.screeningsPerWorkerDay,
		cleaners_inpatient_cap: caps.cleanersCap,
		hcws_inpatients_cap: caps.inpatientWorkersCap,
		hcws_per_bed: caps.workersPerBed,
		hcws_per_inpatient: caps.workersPerBed,
		hcws_per_outpatient: caps.workersPerOutpatient,
		hcws_screening_cap: caps.screeningWorkersCap,
		hygienists_per_bed: caps.cleanersPerBed,
		lab_staff_cap: caps.labStaffCap,
		perc_crit_cases: caps.criticalShare,
		perc_screening_covid: caps.shareScreening,
		perc_sev_cases: caps.severeShare,
		perc_treating_covid: caps.shareTreating,
		prob_inpatient: caps.probabilityInpatient,
		prob_outpatient: caps.probabilityOutpatient,
		ratio_hcws_inpatient_outpatient: caps.inpatientShareOfWork,
	};
}
