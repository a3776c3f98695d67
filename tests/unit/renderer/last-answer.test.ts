import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { DemandOf } from "../../../core/api/demand.ts";
import { FiguresOf } from "../../../core/api/figures.ts";
import { SpreadOf } from "../../../core/api/spread.ts";
import { CensusChoiceForm } from "../../../core/logistics/census-choice.ts";
import { keyOf } from "../../../renderer/state/answer-key.ts";
import { lastFor } from "../../../renderer/state/last-answer.ts";

const COUNT = {
	indicator: "confirmed",
	area: 35,
	day: 18364,
	as_known: null,
} as const;
const SPREAD = {
	indicator: "confirmed",
	level: "regency",
	period: { kind: "all" },
	rate: false,
	scale: "log",
	within: null,
	as_known: null,
} as const;

/** What is shown after a question was answered, while the answer to the next is on its way. */
async function shownBetween(
	first: ReturnType<typeof keyOf>,
	next: ReturnType<typeof keyOf>,
): Promise<unknown> {
	const client = new QueryClient();
	const of = (queryKey: typeof first, queryFn: () => Promise<string>) => ({
		queryKey,
		queryFn,
		placeholderData: lastFor(queryKey),
	});
	const observer = new QueryObserver(
		client,
		of(first, async () => "the first answer"),
	);
	const stop = observer.subscribe(() => {});
	await observer.refetch();
	observer.setOptions(of(next, () => new Promise(() => {})));
	const { data } = observer.getCurrentResult();
	stop();
	client.clear();
	return data;
}

test("an answer of another day of knowledge never stands under the words of the one that was chosen, and one of another day or area stays until its answer is there", async () => {
	const figures = (change: object) =>
		keyOf(FiguresOf, { ...COUNT, ...change } as never);
	const spread = (change: object) =>
		keyOf(SpreadOf, { ...SPREAD, ...change } as never);
	for (const [of, other] of [
		[figures, { day: COUNT.day + 1 }],
		[figures, { area: 31 }],
		[spread, { scale: "jenks" }],
	] as const) {
		expect(await shownBetween(of({}), of(other))).toBe("the first answer");
		for (const known of [COUNT.day, COUNT.day + 9])
			expect(
				await shownBetween(
					of({ as_known: known }),
					of({ ...other, as_known: known }),
				),
			).toBe("the first answer");
	}
	for (const of of [figures, spread])
		for (const [one, next] of [
			[null, COUNT.day],
			[COUNT.day, null],
			[COUNT.day, COUNT.day + 1],
		])
			expect(
				await shownBetween(of({ as_known: one }), of({ as_known: next })),
			).toBeUndefined();
});

test("patients ahead that are told in another way never stand under the way that was chosen, and of another day they stay", async () => {
	const asked = { area: 35, day: 18_622, as_known: null, weeks: 4 };
	const way = { census: { method: "held" }, beds: false };
	const of = (change: object) =>
		keyOf(DemandOf, { ...asked, ...way, ...change } as never);
	const doubling = (days: number) => ({
		census: CensusChoiceForm.parse({ method: "renewal", doublingDays: days }),
	});
	expect(await shownBetween(of({}), of({ day: 18_623 }))).toBe(
		"the first answer",
	);
	for (const [one, next] of [
		[{}, doubling(9)],
		[doubling(9), doubling(6)],
		[{}, { beds: true }],
	] as const)
		expect(await shownBetween(of(one), of(next))).toBeUndefined();
});
