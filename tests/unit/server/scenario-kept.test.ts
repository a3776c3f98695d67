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
function at(publication: {
	seq: number;
	moves?: number;
	/** The datasets that answer one question after another; the last of them all after it. */
	epochs?: string[];
}) {
	const counted = { reckoned: 0, areas: [] as number[] };
	const epoch = () => {
		const [first = "a", ...later] = publication.epochs ?? [];
		if (later.length > 0) publication.epochs = later;
		return first;
	};
	const answers = {
		areaOfCode: () => {
			const now = epoch();
			return { stamp: now, id: now === "a" ? 35 : 36 };
		},
		demandReading: () => {
			const now = epoch();
			return { epoch: now, stamp: now, areas: [], facility: null };
		},
		scenarioFigures: ({ area }: { area: number }) => {
			counted.areas.push(area);
			counted.reckoned++;
			publication.seq = publication.moves ?? publication.seq;
			return {
				stamp: epoch(),
				...{ figures: [], formulas: [], unknownFacilities: [] },
				catalogue: String(counted.reckoned),
			};
		},
	};
	const make = createScenarioMaker({
		readers: {
			ask: async (name: keyof typeof answers, request: { area: number }) => {
				const answer = answers[name](request);
				return { seq: publication.seq, answer };
			},
		},
		demand: {
			project: async () => ({
				...{ basis: { basis: {}, told: {} }, path: null },
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

test("a scenario whose area was found in another dataset than its figures are of is reckoned anew, by the id that the area has there", async () => {
	const early = at({ seq: 1, epochs: ["a", "b"] });
	expect((await early.make())?.made.epoch).toBe("b");
	expect(early.counted.areas).toEqual([36]);
	const late = at({ seq: 1, epochs: ["a", "a", "b"] });
	expect((await late.make())?.made.epoch).toBe("b");
	expect(late.counted.areas).toEqual([35, 36]);
});
