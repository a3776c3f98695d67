import { expect, test } from "vitest";
import { changedInputs } from "../../../core/logistics/scenario.ts";
import {
	changeTakenBack,
	MOST_SCENARIOS,
	MOST_STEPS_BACK,
	NO_SCENARIOS,
	withoutScenario,
	withScenario,
} from "../../../core/workspace/scenarios.ts";
import {
	readVersionedValue,
	writeVersioned,
} from "../../../core/workspace/versioned-file.ts";
import {
	EMPTY_WORKSPACE,
	scenariosOf,
	WORKSPACE_FILE,
	withScenarios,
	workspaceOf,
} from "../../../core/workspace/workspace.ts";

const INPUTS = {
	area: "35",
	day: "2020-09-01",
	asKnown: null,
	weeks: 4,
	census: { method: "held" as const },
	beds: false,
	use: "reported" as const,
	stratum: "conventional" as const,
	reuse: 1,
	warehousesLost: ["A", "B"],
	laboratoriesStopped: [],
	shipmentsLateDays: 0,
	shipments: [],
};
const kept = (id: string) => ({ id, name: id, inputs: INPUTS, from: null });

test("a workspace of version 2 keeps what it has and has no scenarios", () => {
	const workspace = { ...EMPTY_WORKSPACE, railCollapsed: true };
	const read = readVersionedValue(WORKSPACE_FILE, {
		kind: "blc-workspace",
		version: 2,
		people: { rina: { ...workspace, beforeImport: null } },
	});
	if (read.kind !== "read") throw new Error(read.kind);
	expect(workspaceOf(read.value, "rina")).toEqual(workspace);
	expect(scenariosOf(read.value, "rina")).toEqual(NO_SCENARIOS);
});

test("scenarios are read from a workspace as they were written, and one with wrong inputs is not", () => {
	const file = withScenarios(
		{ people: {} },
		"rina",
		withScenario(NO_SCENARIOS, kept("a")) ?? NO_SCENARIOS,
	);
	const text = writeVersioned(WORKSPACE_FILE, file);
	expect(readVersionedValue(WORKSPACE_FILE, JSON.parse(text))).toMatchObject({
		kind: "read",
		value: file,
	});
	expect(
		readVersionedValue(
			WORKSPACE_FILE,
			JSON.parse(text.replace("2020-09-01", "2020-13-01")),
		).kind,
	).toBe("damaged");
});

test("changes of scenarios are taken back one by one, the last first, and no more are kept than may be", () => {
	let scenarios = NO_SCENARIOS;
	for (let at = 0; at < MOST_SCENARIOS; at++)
		scenarios = withScenario(scenarios, kept(`s${at}`)) ?? scenarios;
	expect(withScenario(scenarios, kept("more"))).toBeNull();
	expect(scenarios.before).toHaveLength(MOST_STEPS_BACK);
	const without = withoutScenario(scenarios, "s3");
	expect(changeTakenBack(without)?.list).toEqual(scenarios.list);
	expect(changeTakenBack(NO_SCENARIOS)).toBeNull();
});

test("what a scenario assumes otherwise is listed, and lists of the same in another order are the same", () => {
	expect(
		changedInputs(INPUTS, {
			...INPUTS,
			weeks: 8,
			warehousesLost: ["B", "A"],
		}),
	).toEqual([{ input: "weeks", before: "4", after: "8" }]);
});
