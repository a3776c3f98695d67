import { expect, test } from "vitest";
import {
	CensusChoiceForm,
	LONGEST_CENSUS_WEEKS,
} from "../../../core/logistics/census-choice.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import {
	type CensusDraft,
	censusText,
	choiceIn,
	choiceOf,
	draftOf,
	handWeeks,
	questionOf,
} from "../../../renderer/screens/logistik/census-way.ts";

const HELD = choiceIn("held");
const typed = (part: Partial<CensusDraft>): CensusDraft => ({
	...{ way: "held", doubling: 9, firstDay: "", hand: [] },
	...{ fewerContacts: 0, fewerFrom: "" },
	...part,
});
const week = (severe: number | "") => ({
	...{ mild: "" as const, moderate: "" as const, severe, critical: 3 },
});

test("each way states its choice, and what is not typed yet is none", () => {
	const stated = (part: Partial<CensusDraft>, weeks = 2) =>
		choiceOf(typed(part), weeks, HELD);
	expect(stated({})).toEqual({ method: "held" });
	expect(stated({ way: "chime", doubling: 6.5 })).toMatchObject({
		fit: { by: "doubling-time", doublingTime: 6.5 },
	});
	expect(stated({ way: "chime", doubling: "" })).toBeNull();
	expect(
		stated({ way: "chime", fewerContacts: 30, fewerFrom: "1 Jan 2021" }),
	).toMatchObject({ contactReduction: 0.3, mitigation: "2021-01-01" });
	expect(stated({ way: "chime", fewerContacts: "" })).toMatchObject({
		...{ contactReduction: 0, mitigation: null },
	});
	expect(stated({ way: "chime", fewerFrom: "besok" })).toBeNull();
	expect(stated({ way: "first" })).toBeNull();
	expect(stated({ way: "first", firstDay: "2 Mar 2020" })).toMatchObject({
		fit: { by: "first-hospitalized", day: "2020-03-02" },
	});
	expect(stated({ way: "first", firstDay: "kemarin" })).toBeNull();
	expect(stated({ way: "doubling", doubling: 9 })).toMatchObject({
		...{ method: "renewal", doublingDays: 9 },
	});
	expect(stated({ way: "hand" })).toBeNull();
	expect(stated({ way: "hand", hand: [week(1000)] })).toEqual({
		method: "hand",
		weeks: [
			{ mild: null, moderate: null, severe: 1000, critical: 3 },
			{ mild: null, moderate: null, severe: null, critical: null },
		],
	});
});

test("a choice stands in the address as it was chosen, a day as people write it, and what an address cannot mean is as reported", () => {
	const { day } = formatFor("id");
	for (const draft of [
		typed({}),
		typed({ way: "renewal" }),
		typed({ way: "chime", doubling: -20, fewerContacts: 12.5 }),
		typed({ way: "chime", fewerContacts: 30, fewerFrom: "1 Jan 2021" }),
		typed({ way: "first", firstDay: "2 Mar 2020" }),
		typed({ way: "hand", hand: [week(7), week("")] }),
	]) {
		const choice = choiceOf(draft, 2, HELD) as CensusChoiceForm;
		const there = choiceIn(censusText(choice));
		expect(there).toEqual(choice);
		expect(choiceOf(draftOf(there, day), 2, HELD)).toEqual(choice);
		expect(CensusChoiceForm.encode(questionOf(there))).toEqual(choice);
	}
	expect(censusText({ method: "held" })).toBe("held");
	expect(choiceIn("renewal")).toMatchObject({ method: "renewal" });
	for (const text of ["", "nonsense", "{}", '{"method":"chime"}'])
		expect(choiceIn(text), text).toEqual({ method: "held" });
});

test("what a file states of a way, as shares and stays, stays while the way stays, and goes with it", () => {
	const file = CensusChoiceForm.encode(
		CensusChoiceForm.parse({
			...{ method: "chime", marketShare: 0.4 },
			fit: { by: "doubling-time", doublingTime: 8 },
		}),
	);
	expect(choiceOf(typed({ way: "chime", doubling: 5 }), 4, file)).toMatchObject(
		{ marketShare: 0.4, fit: { doublingTime: 5 } },
	);
	expect(
		choiceOf(typed({ way: "first", firstDay: "2020-03-02" }), 4, file),
	).toMatchObject({ marketShare: 1 });
});

test("own numbers have a row for each week up to the longest path, also while a number of weeks is typed that is none", () => {
	expect(handWeeks({ hand: [week(7)] }, 2)).toEqual([
		week(7),
		{ mild: "", moderate: "", severe: "", critical: "" },
	]);
	for (const typed of [1200, 999_999_999])
		expect(handWeeks({ hand: [] }, typed)).toHaveLength(LONGEST_CENSUS_WEEKS);
	for (const typed of [0, -1, Number.NaN])
		expect(handWeeks({ hand: [] }, typed)).toEqual([]);
});
