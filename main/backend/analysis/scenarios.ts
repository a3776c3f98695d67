import { createHash } from "node:crypto";
import type {
	ScenarioComparison,
	ScenarioFigure,
	ScenarioResult,
} from "../../../core/api/scenarios.ts";
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
import type { ReaderPool } from "../query/reader-pool.ts";
import type { DemandProjector } from "./demand.ts";

/** A scenario reckoned through, and what it was made from. */
export interface MadeScenario {
	result: ScenarioResult;
	made: Made;
}

/**
 * Reckons a scenario through: patients by the way it chooses, and what follows for supplies and laboratories.
 * @returns null when its area is not in the dataset
 */
export async function makeScenario(
	sources: { readers: ReaderPool; demand: DemandProjector },
	written: WrittenInputs,
	signal: AbortSignal,
	onProgress: (done: number, of: number) => void,
): Promise<MadeScenario | null> {
	const { readers, demand } = sources;
	const inputs = ScenarioInputs.parse(written);
	const { seq, answer: area } = await readers.ask("areaOfCode", {
		code: inputs.area,
	});
	if (area === null) return null;
	const { answer: reading } = await readers.ask("demandReading", {
		area,
		day: inputs.day,
		asKnownOn: inputs.asKnown,
	});
	const { basis, path, outcome } = await demand.project(
		reading,
		{
			choice: inputs.census,
			days: inputs.weeks * 7,
			capped: inputs.beds,
		},
		`${reading.epoch} ${seq} ${inputs.asKnown}`,
		signal,
		({ done, of }) => onProgress(done, of),
	);
	const { answer: follows } = await readers.ask("scenarioFigures", {
		area,
		inputs,
		path,
		reported: basis.basis.reported,
		patients: basis.basis.patients,
	});
	const projected = outcome.status === "projected" ? outcome : null;
	const patients = (
		key: ScenarioFigure,
		unit: "people" | "day",
		value: number | null,
	) => ({ key, item: null, unit, value });
	const result: ScenarioResult = {
		refused: outcome.status === "refused" ? outcome.reason : null,
		census: projected && {
			firstDay: projected.firstDay,
			total: projected.total,
			low: projected.totalWide?.low ?? null,
			high: projected.totalWide?.high ?? null,
		},
		figures: [
			patients("peak", "people", projected?.peak?.people ?? null),
			patients("peakDay", "day", projected?.peak?.day ?? null),
			patients(
				"peakCritical",
				"people",
				mostOf(projected?.census.critical ?? []),
			),
			...(inputs.beds
				? [patients("withoutBed", "people", mostWaiting(projected))]
				: []),
			...follows.figures,
		],
		unknownFacilities: follows.unknownFacilities,
	};
	return {
		result,
		made: {
			epoch: reading.epoch,
			seq,
			catalogue: follows.catalogue,
			result: fingerprint(result),
		},
	};
}

function mostOf(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length > 0 ? Math.max(...known) : null;
}

/** Most people at once who find no bed. */
function mostWaiting(
	projected: {
		waiting: Record<string, (number | null)[]> | null;
	} | null,
): number | null {
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
		scenarios: all.map(({ kept, made: { result, made } }) => ({
			id: kept.id,
			name: kept.name,
			area: kept.inputs.area,
			day: ScenarioInputs.parse(kept.inputs).day,
			result,
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
