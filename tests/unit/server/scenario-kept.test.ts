import { expect, test } from "vitest";
import type { WrittenInputs } from "../../../core/logistics/scenario.ts";
import { createScenarioMaker } from "../../../main/backend/analysis/scenarios.ts";

const INPUTS: WrittenInputs = {
	...{ area: "35", day: "2020-12-26", asKnown: null, weeks: 4 },
	...{ census: { method: "held" }, beds: false, use: "reported" },
	...{ stratum: "conventional", reuse: 1, warehousesLost: [] },
	...{ laboratoriesStopped: [], shipmentsLateDays: 0, shipments: [] },
};

/** Readers at a publication, which may move on while the figures are read; `reckoned` counts how often they were. */
function at(publication: { seq: number; moves?: number }) {
	const counted = { reckoned: 0 };
	const answers = {
		areaOfCode: () => 35,
		demandReading: () => ({ epoch: "a", areas: [], facility: null }),
		scenarioFigures: () => {
			counted.reckoned++;
			publication.seq = publication.moves ?? publication.seq;
			return {
				...{ figures: [], formulas: [], unknownFacilities: [] },
				catalogue: String(counted.reckoned),
			};
		},
	};
	const make = createScenarioMaker({
		readers: {
			ask: async (name: keyof typeof answers) => {
				const answer = answers[name]();
				return { seq: publication.seq, answer };
			},
		},
		demand: {
			project: async () => ({
				...{ basis: { basis: {} }, path: null },
				outcome: { status: "refused", reason: "no-cases" },
			}),
		},
	} as never);
	return {
		counted,
		make: (inputs = INPUTS) =>
			make(inputs, new AbortController().signal, () => {}),
	};
}

test("a scenario of the same inputs and publication is reckoned once, for a comparison and its file; of others anew", async () => {
	const publication = { seq: 1 };
	const { counted, make } = at(publication);
	const first = await make();
	expect(await make({ ...INPUTS })).toBe(first);
	expect(counted.reckoned).toBe(1);
	await make({ ...INPUTS, weeks: 5 });
	expect(counted.reckoned).toBe(2);
	publication.seq = 2;
	expect((await make())?.made.seq).toBe(2);
	expect(counted.reckoned).toBe(3);
});

test("a scenario that was read while a publication came is not kept as that of one of them", async () => {
	const publication: { seq: number; moves?: number } = { seq: 1, moves: 2 };
	const { counted, make } = at(publication);
	await make();
	publication.seq = 1;
	delete publication.moves;
	await make();
	expect(counted.reckoned).toBe(2);
});
