import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
	Family,
	FamilyMember,
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
import type { TakenBack } from "../../../core/quality/taken-back.ts";

const DAILY: RankedSource = { id: 1, rank: 10, cadence: "daily" };
const PORTAL: RankedSource = { id: 2, rank: 20, cadence: "on-change" };
/** Withdrawn and brought back in these tests. */
const WRONG = 7;

interface Said {
	area: number;
	source: number;
	day: number;
	asOf: number;
	value: number;
	file: number;
}

function familyOf(
	said: readonly Said[],
	takenBack?: readonly TakenBack[],
): Family {
	const statements = said.map((one, line): Statement & { area: number } => ({
		...one,
		line,
		order: one.file,
		...(one.file === WRONG && takenBack ? { takenBack } : {}),
	}));
	const spans = new Map<number, SpanStep[]>();
	for (const { source, asOf, day, takenBack: back } of [...statements].sort(
		(a, b) => a.asOf - b.asOf,
	))
		spans.set(source, [
			...(spans.get(source) ?? []),
			{ asOf, firstDay: day, lastDay: day, takenBack: back },
		]);
	const member = (area: number): FamilyMember => ({
		area,
		counted: true,
		statements: statements.filter((one) => one.area === area),
	});
	return {
		kind: "cumulative",
		parent: member(1),
		children: [member(11), member(12), member(13)],
		sources: [DAILY, PORTAL],
		spans,
	};
}

/** Every cell as known on a day: what is shown, without when it became known; a cell that says nothing is left out. */
function knownOn(
	family: Family,
	on: number,
	{ silence = true } = {},
): string[] {
	const answers = reconcileFamily(family);
	const nation = reconcileTop({
		kind: family.kind,
		parent: { area: 0, counted: true, statements: [] },
		children: [
			{ area: 1, counted: true, revisions: answers[0].revisions },
			{ area: 2, counted: true, revisions: [] },
		],
		sources: family.sources,
		spans: family.spans,
	});
	return [...answers, nation].flatMap(({ area, revisions }) => {
		const cells = new Map<number, Revision>();
		for (const one of revisions) if (one.asOf <= on) cells.set(one.day, one);
		return [...cells.values()]
			.filter(
				({ rule, value }) =>
					ruleById(rule)?.key !== "withdrawn" && (silence || value !== null),
			)
			.map(({ asOf: _asOf, ...cell }) => JSON.stringify({ area, ...cell }))
			.sort();
	});
}

const said = fc.record({
	area: fc.constantFrom(1, 11, 12, 13),
	source: fc.constantFrom(1, 2),
	day: fc.integer({ min: 0, max: 6 }),
	asOf: fc.integer({ min: 0, max: 9 }),
	value: fc.integer({ min: 0, max: 4 }),
	file: fc.constantFrom(1, 2, WRONG, 9),
});

describe("a file that is taken back", () => {
	it("was known until then, is as if it had never come from then on, and stands again once it is brought back", () => {
		fc.assert(
			fc.property(
				fc.array(said, { minLength: 1, maxLength: 20 }),
				fc.integer({ min: 0, max: 11 }),
				fc.integer({ min: 0, max: 4 }),
				(list, from, length) => {
					const to = from + length;
					const all = familyOf(list);
					const others = familyOf(list.filter(({ file }) => file !== WRONG));
					const withdrawn = familyOf(list, [{ from, to: null }]);
					const restored = familyOf(list, [{ from, to }]);
					for (let on = 0; on < from; on++)
						expect(knownOn(withdrawn, on, { silence: false })).toEqual(
							knownOn(all, on, { silence: false }),
						);
					for (const on of [from, from + 1, 20])
						expect(knownOn(withdrawn, on)).toEqual(knownOn(others, on));
					for (let on = from; on < to; on++)
						expect(knownOn(restored, on)).toEqual(knownOn(others, on));
					expect(knownOn(restored, 20)).toEqual(knownOn(all, 20));
				},
			),
			{ numRuns: 300 },
		);
	});

	it("leaves no trace of a silence that only it had made, and names the cell that it had filled", () => {
		const year2029 = {
			area: 11,
			source: 1,
			day: 2000,
			asOf: 2,
			value: 9,
			file: WRONG,
		};
		const answers = reconcileFamily(
			familyOf(
				[
					{ area: 11, source: 1, day: 1, asOf: 1, value: 5, file: 1 },
					{ area: 12, source: 1, day: 1, asOf: 1, value: 5, file: 1 },
					year2029,
				],
				[{ from: 3, to: null }],
			),
		);
		const days = answers.map(({ revisions }) => [
			...new Set(revisions.map(({ day }) => day)),
		]);
		expect(days).toEqual([[1, 2000], [1, 2000], [1], []]);
		expect(answers[1].revisions.at(-1)).toMatchObject({
			day: 2000,
			asOf: 3,
			value: null,
			marks: 0,
		});
		expect(answers[1].revisions.at(-2)).toMatchObject({ asOf: 2, value: 9 });
	});

	it("gives a claim to the statement that stands in its place, when it had only repeated the one taken back", () => {
		const [, child] = reconcileFamily(
			familyOf(
				[
					{ area: 11, source: 1, day: 1, asOf: 1, value: 5, file: WRONG },
					{ area: 11, source: 1, day: 1, asOf: 2, value: 5, file: 1 },
				],
				[{ from: 3, to: null }],
			),
		);
		expect(child.claims.map(({ statement }) => statement.file)).toEqual([
			WRONG,
			1,
		]);
	});
});
