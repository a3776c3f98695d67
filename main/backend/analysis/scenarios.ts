import { createHash } from "node:crypto";
import type { DemandOutcome, ModelFound } from "../../../core/api/demand.ts";
import type {
	ScenarioComparison,
	ScenarioFigure,
	ScenarioFormula,
	ScenarioResult,
} from "../../../core/api/scenarios.ts";
import { SEVERITIES } from "../../../core/logistics/needs-scenario.ts";
import {
	changedInputs,
	ScenarioInputs,
	type WrittenInputs,
} from "../../../core/logistics/scenario.ts";
import {
	type KeptScenario,
	type Made,
	SCENARIO_FILE,
} from "../../../core/workspace/scenarios.ts";
import { writeVersioned } from "../../../core/workspace/versioned-file.ts";
import type { DemandReading } from "../query/demand.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { formulaOf } from "../query/scenario.ts";
import type { DemandProjector } from "./demand.ts";

/** A scenario reckoned through, and what it was made from. */
export interface MadeScenario {
	result: ScenarioResult;
	formulas: ScenarioFormula[];
	model: ModelFound;
	made: Made;
}

/** Scenarios kept as they were reckoned: several comparisons of four, and the files of each. */
const KEPT = 16;

/** Reckons a scenario through; null when its area is not in the dataset. */
export type ScenarioMaker = (
	written: WrittenInputs,
	signal: AbortSignal,
	onProgress: (done: number, of: number) => void,
) => Promise<MadeScenario | null>;

/**
 * Reckons scenarios through: patients by the way each chooses, and what follows for supplies and laboratories. Of the same inputs and
 * publication the result is the same to the last digit: the list, a comparison and a file reckon it once.
 */
export function createScenarioMaker(sources: {
	readers: ReaderPool;
	demand: DemandProjector;
}): ScenarioMaker {
	const kept = new Map<string, MadeScenario>();
	const make: ScenarioMaker = async (written, signal, onProgress) => {
		const { readers } = sources;
		const inputs = ScenarioInputs.parse(written);
		const { seq: at, answer: found } = await readers.ask("areaOfCode", {
			code: inputs.area,
		});
		const area = found.id;
		if (area === null) return null;
		const keyAt = (seq: number) => JSON.stringify([found.stamp, seq, inputs]);
		const before = kept.get(keyAt(at));
		if (before) {
			kept.delete(keyAt(at));
			kept.set(keyAt(at), before);
			return before;
		}
		const { seq, answer: reading } = await readers.ask("demandReading", {
			area,
			day: inputs.day,
			asKnownOn: inputs.asKnown,
		});
		// In another dataset the id is of another area.
		if (reading.stamp !== found.stamp) return make(written, signal, onProgress);
		const { made, readAt, stamp } = await reckoned(
			sources,
			{ area, inputs, seq, reading },
			signal,
			onProgress,
		);
		if (stamp !== reading.stamp) return make(written, signal, onProgress);
		// What was read while a publication came is of two of them.
		if (readAt === seq) kept.set(keyAt(seq), made);
		for (const oldest of kept.keys()) {
			if (kept.size <= KEPT) break;
			kept.delete(oldest);
		}
		return made;
	};
	return make;
}

async function reckoned(
	{ readers, demand }: { readers: ReaderPool; demand: DemandProjector },
	asked: {
		area: number;
		inputs: ScenarioInputs;
		seq: number;
		reading: DemandReading;
	},
	signal: AbortSignal,
	onProgress: (done: number, of: number) => void,
): Promise<{ made: MadeScenario; readAt: number; stamp: string }> {
	const { area, inputs, seq, reading } = asked;
	const { basis, path, outcome } = await demand.project(
		reading,
		{
			choice: inputs.census,
			days: inputs.weeks * 7,
			capped: inputs.beds,
		},
		`${reading.stamp} ${seq} ${inputs.asKnown}`,
		signal,
		({ done, of }) => onProgress(done, of),
	);
	const { seq: readAt, answer: follows } = await readers.ask(
		"scenarioFigures",
		{
			area,
			inputs,
			path,
			reported: basis.basis.reported,
			patients: basis.basis.patients,
		},
	);
	const projected = outcome.status === "projected" ? outcome : null;
	const formulas = projected ? patientFormulas(projected) : [];
	const patients = (
		key: ScenarioFigure,
		unit: "people" | "day" | "facilities",
		value: number | null,
	) => ({ key, item: null, unit, value });
	const { telling, hospitals } = basis.told;
	const whoTells = patients("tellPatients", "facilities", telling);
	const result: ScenarioResult = {
		refused: outcome.status === "refused" ? outcome.reason : null,
		census: projected && {
			firstDay: projected.firstDay,
			total: projected.total,
			low: projected.totalWide?.low ?? null,
			high: projected.totalWide?.high ?? null,
		},
		figures: [
			whoTells,
			patients("peak", "people", projected?.peak?.people ?? null),
			patients("peakDay", "day", projected?.peak?.day ?? null),
			patients(
				"peakCritical",
				"people",
				mostOf(projected?.census.critical ?? [])?.people ?? null,
			),
			...(inputs.beds
				? [
						patients(
							"withoutBed",
							"people",
							mostWaiting(projected)?.people ?? null,
						),
					]
				: []),
			...follows.figures,
		],
		unknownFacilities: follows.unknownFacilities,
	};
	return {
		made: {
			result,
			formulas: [
				formulaOf(whoTells, null, telling, {
					known: { value: telling, told: telling, of: hospitals },
				}),
				...formulas,
				...follows.formulas,
			],
			model: modelOf(outcome),
			made: {
				epoch: reading.epoch,
				seq,
				catalogue: follows.catalogue,
				result: fingerprint(result),
			},
		},
		readAt,
		stamp: follows.stamp,
	};
}

function modelOf(outcome: DemandOutcome): ModelFound {
	if (outcome.status === "refused")
		return {
			...{ chime: null, renewal: null },
			refusedDoublingTime: outcome.doublingTime,
		};
	const { chime, renewal } = outcome;
	return {
		chime: chime && {
			doublingTime: chime.doublingTime,
			daysSinceFirst: chime.daysSinceFirst,
			basicReproduction: chime.basicReproduction,
			mitigatedReproduction: chime.mitigatedReproduction,
		},
		renewal: renewal && {
			reproduction: renewal.reproduction,
			reproductionAsked: renewal.reproductionAsked,
		},
		refusedDoublingTime: null,
	};
}

type Projected = Extract<DemandOutcome, { status: "projected" }>;
/** The first of the days with most people, and how many days it is from the first one. */
interface Most {
	at: number;
	people: number;
}

function mostOf(values: readonly (number | null)[]): Most | null {
	let most: Most | null = null;
	for (const [at, people] of values.entries())
		if (people !== null && people > (most?.people ?? -1)) most = { at, people };
	return most;
}

/** Most people at once who find no bed. */
function mostWaiting(projected: Projected | null): Most | null {
	if (!projected?.waiting) return null;
	const lines = Object.values(projected.waiting);
	return mostOf(
		(lines[0] ?? []).map((_, day) =>
			lines.reduce<number | null>((sum, line) => {
				const value = line[day] ?? null;
				return value === null ? sum : (sum ?? 0) + value;
			}, null),
		),
	);
}

/** How the figures of patients come about. */
function patientFormulas(projected: Projected): ScenarioFormula[] {
	const { firstDay, census, waiting, peak } = projected;
	/** The severities that are known on a day, and their sum in words. */
	const added = (
		key: ScenarioFigure,
		of: typeof census,
		most: Most,
	): ScenarioFormula => {
		const known = SEVERITIES.filter(
			(one) => (of[one][most.at] ?? null) !== null,
		);
		return formulaOf(
			{ key, item: null },
			known.map((one) => `{${one}}`).join(" + "),
			most.people,
			Object.fromEntries(known.map((one) => [one, of[one][most.at] ?? 0])),
			{ day: firstDay + most.at },
		);
	};
	const critical = mostOf(census.critical);
	const beds = mostWaiting(projected);
	return [
		...(peak
			? [
					added("peak", census, {
						at: peak.day - firstDay,
						people: peak.people,
					}),
					formulaOf({ key: "peakDay", item: null }, null, peak.day, {
						firstDay,
					}),
				]
			: []),
		...(critical
			? [
					formulaOf(
						{ key: "peakCritical", item: null },
						null,
						critical.people,
						{},
						{ day: firstDay + critical.at },
					),
				]
			: []),
		...(waiting && beds ? [added("withoutBed", waiting, beds)] : []),
	];
}

function fingerprint(value: unknown): string {
	return createHash("sha256")
		.update(JSON.stringify(value))
		.digest("hex")
		.slice(0, 16);
}

/** A scenario with its result as the text of a file. */
export function scenarioFile(
	{ name, inputs }: KeptScenario,
	{ result, made }: MadeScenario,
): string {
	return writeVersioned(SCENARIO_FILE, { name, inputs, made, result });
}

/** Scenarios side by side, each held against the first. */
export function compareScenarios(
	all: readonly { kept: KeptScenario; made: MadeScenario }[],
): ScenarioComparison {
	const [first] = all;
	// In the order in which they are told; of one with beds capped there is one figure more.
	const keys = new Map(
		all.flatMap(({ made }) =>
			made.result.figures.map(({ key, item, unit }) => [
				`${key} ${item}`,
				{ key, item, unit },
			]),
		),
	);
	return {
		scenarios: all.map(({ kept, made: { result, formulas, model, made } }) => ({
			id: kept.id,
			name: kept.name,
			area: kept.inputs.area,
			day: ScenarioInputs.parse(kept.inputs).day,
			result,
			formulas,
			model,
			made,
			changed: first ? changedInputs(first.kept.inputs, kept.inputs) : [],
			differsFromFile: kept.from && differences(kept.from, made),
		})),
		rows: [...keys.values()].map(({ key, item, unit }) => {
			const values = all.map(
				({ made }) =>
					made.result.figures.find(
						(one) => one.key === key && one.item === item,
					)?.value ?? null,
			);
			const against = values[0] ?? null;
			return {
				key,
				item,
				unit,
				values,
				differences: values.map((value) =>
					value === null || against === null ? null : value - against,
				),
			};
		}),
	};
}

function differences(
	before: Made,
	now: Made,
): ("dataset" | "publication" | "catalogue" | "result")[] {
	return [
		...(before.epoch === now.epoch ? [] : (["dataset"] as const)),
		...(before.seq === now.seq ? [] : (["publication"] as const)),
		...(before.catalogue === now.catalogue ? [] : (["catalogue"] as const)),
		...(before.result === now.result ? [] : (["result"] as const)),
	];
}
