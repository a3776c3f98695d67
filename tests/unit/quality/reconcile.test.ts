import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
	Family,
	RankedSource,
	Revision,
	SpanStep,
	Statement,
} from "../../../core/quality/family.ts";
import {
	reconcileFamily,
	reconcileTop,
} from "../../../core/quality/reconcile.ts";
import { ruleById } from "../../../core/quality/rule.ts";
import { marksIn } from "../../../core/series/mark.ts";

const PROVINCE: RankedSource = { id: 1, rank: 10, cadence: "daily" };
const PORTAL: RankedSource = { id: 2, rank: 20, cadence: "on-change" };

/** [source, day, asOf, value] */
type Said = [number, number, number, number];

function statements(said: readonly Said[]): Statement[] {
	return said.map(([source, day, asOf, value], line) => ({
		source,
		day,
		asOf,
		value,
		file: asOf,
		line,
		order: asOf,
	}));
}

function spansOf(all: readonly Statement[]): Map<number, SpanStep[]> {
	const spans = new Map<number, SpanStep[]>();
	for (const { source, asOf, day } of all) {
		const steps = spans.get(source) ?? [];
		steps.push({ asOf, firstDay: day, lastDay: day });
		spans.set(
			source,
			steps.sort((a, b) => a.asOf - b.asOf),
		);
	}
	return spans;
}

function family(parent: Said[], ...children: Said[][]): Family {
	const all = [parent, ...children].map(statements);
	return {
		kind: "cumulative",
		parent: { area: 1, counted: true, statements: all[0] },
		children: all.slice(1).map((list, at) => ({
			area: 11 + at,
			counted: true,
			statements: list,
		})),
		sources: [PORTAL, PROVINCE],
		spans: spansOf(all.flat()),
	};
}

/** The value of a day as known on another, in words. */
function shown(revisions: readonly Revision[], day: number, on = 1000) {
	const revision = revisions
		.filter((entry) => entry.day === day && entry.asOf <= on)
		.at(-1);
	return (
		revision && {
			value: revision.value,
			source: revision.source,
			rule: ruleById(revision.rule)?.key,
			marks: marksIn(revision.marks),
			...(revision.expected === null
				? {}
				: { of: `${revision.reporting}/${revision.expected}` }),
		}
	);
}

describe("what was decided by hand", () => {
	const decided = (parent: Said[], ...children: Said[][]): Family => ({
		...family(parent, ...children),
		sources: [PORTAL, PROVINCE, { id: 9, rank: 0, cadence: "once" }],
	});

	it("of an area below stands in the sum of a source in the place of what the source said, and is no fall", () => {
		const [{ revisions }] = reconcileFamily(
			decided(
				[],
				[
					[1, 1, 1, 900],
					[1, 2, 2, 1000],
					[9, 2, 5, 100],
				],
				[
					[1, 1, 1, 9],
					[1, 2, 2, 10],
				],
				[
					[1, 1, 1, 4],
					[1, 2, 2, 5],
				],
			),
		);
		expect(shown(revisions, 2, 4)).toMatchObject({ value: 1015, of: "3/3" });
		expect(shown(revisions, 2)).toEqual({
			value: 115,
			source: 1,
			rule: "sum-of-areas",
			marks: [],
			of: "3/3",
		});
	});

	it("of an area that was silent is in the sum too", () => {
		const [{ revisions }] = reconcileFamily(
			decided(
				[],
				[
					[1, 1, 1, 8],
					[1, 2, 2, 10],
				],
				[
					[1, 1, 1, 5],
					[9, 2, 3, 7],
				],
			),
		);
		expect(shown(revisions, 2, 2)).toMatchObject({ value: 10, of: "1/2" });
		expect(shown(revisions, 2)).toMatchObject({ value: 17, of: "2/2" });
	});

	it("of half of the areas below is not the figure of the whole, nor asked before what a source says of it", () => {
		const children: Said[][] = [
			[
				[1, 1, 1, 8],
				[9, 1, 2, 7],
			],
			[[1, 1, 1, 5]],
		];
		expect(
			shown(
				reconcileFamily(decided([[1, 1, 1, 14]], ...children))[0].revisions,
				1,
			),
		).toMatchObject({ value: 14, source: 1 });
		expect(
			shown(reconcileFamily(decided([], ...children))[0].revisions, 1),
		).toMatchObject({ value: 12, source: 1, of: "2/2" });
	});
});

describe("one area", () => {
	it("shows the only source as such, and the first in order of two, as conflict when they differ", () => {
		const [{ revisions }] = reconcileFamily(
			family([
				[1, 1, 1, 5],
				[2, 1, 3, 4],
			]),
		);
		expect(shown(revisions, 1, 2)).toEqual({
			value: 5,
			source: 1,
			rule: "only-source",
			marks: [],
		});
		expect(shown(revisions, 1)).toEqual({
			value: 5,
			source: 1,
			rule: "source-order",
			marks: ["conflict"],
		});
	});

	it("has no value for a day on which a daily source was silent, until the report comes late", () => {
		const [{ revisions }] = reconcileFamily(
			family([
				[1, 1, 1, 5],
				[1, 3, 3, 7],
				[1, 2, 9, 6],
			]),
		);
		expect(shown(revisions, 2, 2)).toBeUndefined();
		expect(shown(revisions, 2, 3)).toEqual({
			value: null,
			source: 1,
			rule: "silent",
			marks: ["silent"],
		});
		expect(shown(revisions, 2)).toEqual({
			value: 6,
			source: 1,
			rule: "only-source",
			marks: [],
		});
	});

	it("carries the value of a source that writes only changes, between its entries and not beyond", () => {
		const [{ revisions }] = reconcileFamily(
			family([
				[2, 1, 9, 5],
				[2, 4, 9, 7],
			]),
		);
		expect(shown(revisions, 3)).toMatchObject({
			value: 5,
			rule: "carried-forward",
		});
		expect(shown(revisions, 4)).toMatchObject({ value: 7 });
		expect(shown(revisions, 5)).toBeUndefined();
	});

	it("marks a fall as correction against the last reported day, across a silent one", () => {
		const [{ revisions }] = reconcileFamily(
			family([
				[1, 1, 1, 6],
				[1, 3, 3, 5],
			]),
		);
		expect(shown(revisions, 3)).toMatchObject({
			value: 5,
			marks: ["correction"],
		});
	});

	it("takes back the mark of a correction when the day before is restated", () => {
		const [{ revisions }] = reconcileFamily(
			family([
				[1, 1, 1, 6],
				[1, 2, 2, 5],
				[1, 1, 4, 5],
			]),
		);
		expect(shown(revisions, 2, 3)).toMatchObject({ marks: ["correction"] });
		expect(shown(revisions, 2)).toMatchObject({ marks: [] });
		expect(shown(revisions, 1)).toMatchObject({
			value: 5,
			marks: ["restated"],
		});
	});

	it("does not use a zero after a positive count, and takes the next source instead", () => {
		const answers = (said: Said[]) =>
			reconcileFamily(family(said))[0].revisions;
		const alone: Said[] = [
			[1, 1, 1, 6],
			[1, 2, 2, 0],
			[1, 3, 3, 7],
		];
		expect(shown(answers(alone), 2)).toEqual({
			value: null,
			source: 1,
			rule: "implausible-zero",
			marks: ["implausibleZero"],
		});
		expect(shown(answers(alone), 3)).toMatchObject({ value: 7, marks: [] });
		expect(shown(answers([...alone, [2, 2, 2, 6]]), 2)).toMatchObject({
			value: 6,
			source: 2,
			marks: ["implausibleZero"],
		});
	});

	it("believes zeros of a count that may fall", () => {
		const stock = {
			...family([
				[1, 1, 1, 6],
				[1, 2, 2, 0],
			]),
			kind: "stock",
		} as const;
		const [{ revisions }] = reconcileFamily(stock);
		expect(shown(revisions, 2)).toMatchObject({ value: 0, marks: [] });
	});

	it("keeps a claim only where it says something new", () => {
		const [{ claims }] = reconcileFamily(
			family([
				[2, 1, 5, 3],
				[2, 1, 9, 3],
				[2, 1, 12, 4],
			]),
		);
		expect(
			claims.map(({ statement, marks }) => [
				statement.asOf,
				statement.value,
				marksIn(marks),
			]),
		).toEqual([
			[5, 3, []],
			[12, 4, ["restated"]],
		]);
	});
});

describe("an area and those below it", () => {
	it("sums the areas that reported and says how many there are", () => {
		const answers = reconcileFamily(
			family(
				[[2, 2, 9, 14]],
				[
					[1, 1, 1, 5],
					[1, 2, 2, 6],
				],
				[
					[1, 1, 1, 7],
					[1, 3, 3, 9],
				],
			),
		);
		const [{ revisions }] = answers;
		expect(shown(revisions, 1)).toMatchObject({
			value: 12,
			source: 1,
			of: "2/2",
			rule: "sum-of-areas",
			marks: [],
		});
		expect(shown(revisions, 2)).toMatchObject({
			value: 6,
			of: "1/2",
			marks: ["conflict", "partial"],
		});
		expect(shown(answers[2].revisions, 2)).toMatchObject({
			value: null,
			rule: "silent",
		});
	});

	it("does not take silence for a fall, and a fall of the areas that reported for a correction", () => {
		const [{ revisions }] = reconcileFamily(
			family(
				[],
				[
					[1, 1, 1, 100],
					[1, 3, 3, 100],
				],
				[
					[1, 1, 1, 50],
					[1, 2, 2, 51],
					[1, 3, 3, 49],
				],
				[
					[1, 1, 1, 1],
					[1, 2, 2, 2],
					[1, 3, 3, 2],
				],
			),
		);
		expect(shown(revisions, 2)).toMatchObject({
			value: 53,
			marks: ["partial"],
		});
		expect(shown(revisions, 3)).toMatchObject({
			value: 151,
			marks: ["correction"],
		});
	});

	it("asks a sum of few areas last", () => {
		const [{ revisions }] = reconcileFamily(
			family([[2, 1, 1, 40]], [[1, 1, 1, 5]], [], []),
		);
		expect(shown(revisions, 1)).toMatchObject({ value: 40, source: 2 });
	});

	it("counts cases without a place in the sum and does not expect them", () => {
		const given = family([], [[1, 1, 1, 5]], [[1, 1, 1, 3]]);
		const [{ revisions }] = reconcileFamily({
			...given,
			children: [given.children[0], { ...given.children[1], counted: false }],
		});
		expect(shown(revisions, 1)).toMatchObject({ value: 8, of: "1/1" });
	});

	it("prefers the nation's own figure to the sum of its provinces, and does not call the difference a conflict", () => {
		const provinces = [7, 9].map(
			(value, at) => reconcileFamily(family([[1, 1, 1 + at, value]]))[0],
		);
		const nation = (said: Said[]) =>
			reconcileTop({
				...family(said),
				children: provinces.map(({ revisions }, at) => ({
					area: at,
					counted: true,
					revisions,
				})),
			}).revisions;
		expect(shown(nation([]), 1, 1)).toMatchObject({
			value: 7,
			of: "1/2",
			marks: ["partial"],
		});
		expect(shown(nation([]), 1)).toMatchObject({
			value: 16,
			of: "2/2",
			rule: "sum-of-areas",
		});
		expect(shown(nation([[2, 1, 5, 18]]), 1)).toEqual({
			value: 18,
			source: 2,
			rule: "only-source",
			marks: [],
		});
	});
});

const said = fc.tuple(
	fc.constantFrom(1, 2),
	fc.integer({ min: 0, max: 6 }),
	fc.integer({ min: 0, max: 9 }),
	fc.integer({ min: 0, max: 4 }),
);

describe("whatever is said", () => {
	it("gives the same answer in whatever order it is heard", () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(said, { maxLength: 14 }), {
					minLength: 1,
					maxLength: 4,
				}),
				fc.infiniteStream(fc.nat()),
				([parent, ...children], keys) => {
					const given = family(parent, ...children);
					const shuffle = (list: readonly Statement[]) =>
						[...list]
							.map((entry) => ({ entry, key: keys.next().value as number }))
							.sort((a, b) => a.key - b.key)
							.map(({ entry }) => entry);
					const shuffled: Family = {
						...given,
						sources: [PROVINCE, PORTAL],
						parent: {
							...given.parent,
							statements: shuffle(given.parent.statements),
						},
						children: given.children.map((child) => ({
							...child,
							statements: shuffle(child.statements),
						})),
					};
					expect(reconcileFamily(shuffled)).toEqual(reconcileFamily(given));
				},
			),
		);
	});

	it("answers as known on a day exactly as if nothing had been heard since", () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(said, { maxLength: 14 }), {
					minLength: 1,
					maxLength: 4,
				}),
				fc.integer({ min: 0, max: 9 }),
				([parent, ...children], on) => {
					const given = family(parent, ...children);
					const known = <T extends { statements: readonly Statement[] }>(
						member: T,
					): T => ({
						...member,
						statements: member.statements.filter(({ asOf }) => asOf <= on),
					});
					const members = [known(given.parent), ...given.children.map(known)];
					const whole = reconcileFamily(given);
					const then = reconcileFamily({
						...given,
						parent: members[0],
						children: members.slice(1),
						spans: spansOf(members.flatMap((member) => member.statements)),
					});
					for (const [at, { revisions, claims }] of whole.entries()) {
						expect(revisions.filter(({ asOf }) => asOf <= on)).toEqual(
							then[at].revisions,
						);
						expect(
							claims.filter(({ statement }) => statement.asOf <= on),
						).toEqual(then[at].claims);
					}
				},
			),
		);
	});

	it("never shows an unmarked fall of a cumulative count from one source", () => {
		fc.assert(
			fc.property(fc.array(said, { maxLength: 20 }), (list) => {
				const one = list.filter(([source]) => source === 1);
				const [{ revisions }] = reconcileFamily(family(one));
				let before = 0;
				for (let day = 0; day <= 6; day++) {
					const answer = shown(revisions, day);
					if (!answer || answer.value === null) continue;
					expect(answer.marks.includes("correction")).toBe(
						answer.value < before,
					);
					expect(answer.value === 0 && before > 0).toBe(false);
					before = answer.value;
				}
			}),
		);
	});
});
