import { z } from "zod";
import { ScenarioInputs, type WrittenInputs } from "../logistics/scenario.ts";
import type { VersionedFile } from "./versioned-file.ts";

const NAME = z.string().trim().min(1).max(80);

/** Inputs as they are written; they are read when they are reckoned with. */
export const Written = z.custom<WrittenInputs>(
	(value) => ScenarioInputs.safeParse(value).success,
	{ error: "the inputs of a scenario" },
);

/** What a result was made from, and a fingerprint of it. */
export const Made = z.strictObject({
	/** Of the dataset and its publication. */
	epoch: z.string().max(80),
	seq: z.int(),
	/** Fingerprint of the catalogue of items and rates. */
	catalogue: z.string().max(80),
	/** Fingerprint of the result. */
	result: z.string().max(80),
});
export type Made = z.infer<typeof Made>;

/** A scenario that a person keeps. */
export const KeptScenario = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]{1,40}$/),
	name: NAME,
	inputs: Written,
	/** Of one that came in a file: what its result was made from there. */
	from: Made.nullable(),
});
export type KeptScenario = z.infer<typeof KeptScenario>;

/** Most that a person keeps, and steps that can be taken back. */
export const MOST_SCENARIOS = 40;
export const MOST_STEPS_BACK = 20;

/** The scenarios of a person, in the order in which they were made, and what they were before each of the last changes, the last one last. */
export const Scenarios = z.strictObject({
	list: KeptScenario.array().max(MOST_SCENARIOS),
	before: KeptScenario.array().array().max(MOST_STEPS_BACK),
});
export type Scenarios = z.infer<typeof Scenarios>;

export const NO_SCENARIOS: Scenarios = { list: [], before: [] };

/** The scenarios after one was made or changed; one of the same id is replaced. Null: there are too many. */
export function withScenario(
	kept: Scenarios,
	scenario: KeptScenario,
): Scenarios | null {
	const at = kept.list.findIndex(({ id }) => id === scenario.id);
	const list = at < 0 ? [...kept.list, scenario] : kept.list.with(at, scenario);
	return list.length > MOST_SCENARIOS ? null : changed(kept, list);
}

/** The scenarios without one. */
export function withoutScenario(kept: Scenarios, id: string): Scenarios {
	return changed(
		kept,
		kept.list.filter((one) => one.id !== id),
	);
}

/** The scenarios before the last change; null: there is none to take back. */
export function changeTakenBack(kept: Scenarios): Scenarios | null {
	const list = kept.before.at(-1);
	return list ? { list, before: kept.before.slice(0, -1) } : null;
}

function changed(kept: Scenarios, list: KeptScenario[]): Scenarios {
	return { list, before: [...kept.before, kept.list].slice(-MOST_STEPS_BACK) };
}

/** A scenario as a file of its own, with its result: whoever reads it makes the result again and sees whether it is the same. */
export const ScenarioFile = z.strictObject({
	name: NAME,
	inputs: Written,
	made: Made,
	/** As the answer states it (core/api/scenarios ScenarioResult). */
	result: z.unknown(),
});
export type ScenarioFile = z.infer<typeof ScenarioFile>;

export const SCENARIO_FILE: Omit<VersionedFile<ScenarioFile>, "empty"> = {
	kind: "blc-scenario",
	version: 1,
	schema: ScenarioFile,
	earlier: {},
};
