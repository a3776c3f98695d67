/** A scenario: everything that a person assumes of patients, use, stocks and laboratories ahead, so that its result can be made again. */

import { z } from "zod";
import { STOCK_COLUMNS } from "../logistics/watched-item.ts";
import { dayText } from "../series/day-text.ts";
import { CensusChoiceForm } from "./census-choice.ts";
import { STRATA } from "./stratum.ts";

/** Longest scenario, weeks. */
export const LONGEST_SCENARIO_WEEKS = 12;

/** Code of a facility, as registers have it. */
const Code = z.string().min(1).max(40);

/** A shipment that is expected in the area, for all of it. */
const Shipment = z.strictObject({
	item: z.enum(STOCK_COLUMNS),
	units: z.number().min(0).max(1e12),
	arrives: dayText,
});

/** What is assumed. Areas and facilities by their codes, days as text: a file of it means the same on another machine. */
export const ScenarioInputs = z.strictObject({
	/** Code of the area (Kemendagri), "ID" for the country. */
	area: z.string().regex(/^(ID|\d\d(\.\d\d)?)$/),
	/** The last day of reports that it goes on from. */
	day: dayText,
	/** Everything as known on this day; null: as known now. */
	asKnown: dayText.nullable(),
	weeks: z.int().min(1).max(LONGEST_SCENARIO_WEEKS),
	census: CensusChoiceForm,
	/** Patients are in bed with no more beds than are reported. */
	beds: z.boolean(),
	/** Which use is reckoned with where both are known. */
	use: z.enum(["reported", "modelled"]),
	stratum: z.enum(STRATA),
	/** How often a piece is worn. */
	reuse: z.number().min(1).max(20),
	/** Warehouses whose stock is lost. */
	warehousesLost: Code.array().max(60),
	/** Laboratories that stop; what comes to them goes to the others. */
	laboratoriesStopped: Code.array().max(300),
	/** Days by which everything that is on its way comes later. */
	shipmentsLateDays: z.int().min(0).max(84),
	shipments: Shipment.array().max(50),
});
/** With days as numbers. */
export type ScenarioInputs = z.output<typeof ScenarioInputs>;
/** As it is written: days as YYYY-MM-DD. */
export type WrittenInputs = z.input<typeof ScenarioInputs>;

/** An input that two scenarios have otherwise. */
export interface ChangedInput {
	input: keyof WrittenInputs;
	before: string;
	after: string;
}

/**
 * What a scenario assumes otherwise than another one, in the order of the inputs; values as JSON. Lists that hold the same in another order are
 * the same.
 */
export function changedInputs(
	from: WrittenInputs,
	to: WrittenInputs,
): ChangedInput[] {
	const [before, after] = [from, to].map((inputs) =>
		ScenarioInputs.encode(ScenarioInputs.parse(inputs)),
	) as [WrittenInputs, WrittenInputs];
	return (Object.keys(ScenarioInputs.shape) as (keyof WrittenInputs)[]).flatMap(
		(input) => {
			const [one, other] = [before[input], after[input]].map((value) =>
				JSON.stringify(
					Array.isArray(value)
						? [...value].map((each) => JSON.stringify(each)).sort()
						: value,
				),
			) as [string, string];
			return one === other
				? []
				: [
						{
							input,
							before: JSON.stringify(before[input]),
							after: JSON.stringify(after[input]),
						},
					];
		},
	);
}
