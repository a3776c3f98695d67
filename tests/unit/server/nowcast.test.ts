import { describe, expect, it } from "vitest";
import { CallStopped } from "../../../machine/thread/thread.ts";
import {
	createNowcaster,
	type ReadCounts,
} from "../../../main/backend/analysis/nowcast.ts";
import {
	type AnswerSources,
	type Asker,
	createAnswers,
} from "../../../main/backend/server/answers.ts";

const KNOWN = 1000;
const FROM = 960;
const DAYS = KNOWN - FROM + 1;
const NATION = 1;
const JATIM = 2;
const ASKED = {
	area: NATION,
	indicator: "confirmed",
	day: KNOWN,
	known: KNOWN,
	from: FROM,
	together: "",
	below: [JATIM],
} as const;
const asked = { ...ASKED, below: [...ASKED.below] };

/** Ten events a day in each area, half of them known on the day and all two days later; how often it was read. */
function reading(below = FROM) {
	const read = {
		times: 0,
		counts: (async ({ from, to, asKnownOn }) => {
			read.times++;
			const counts = Array.from({ length: to - from + 1 }, (_, at) =>
				from + at > asKnownOn ? Number.NaN : from + at > asKnownOn - 2 ? 5 : 10,
			);
			return {
				areas: [NATION, JATIM],
				counts: Float64Array.from([
					...counts,
					...counts.map((count) => (asKnownOn < below ? Number.NaN : count)),
				]),
				told: new Uint8Array(2 * (to - from + 1)),
			};
		}) satisfies ReadCounts as ReadCounts,
	};
	return read;
}
const never = new AbortController().signal;

describe("the nowcaster", () => {
	it("says after each day of knowledge how far it is", async () => {
		const steps: string[] = [];
		await createNowcaster().nowcast(
			asked,
			"p",
			reading().counts,
			never,
			(done, of) => steps.push(`${done}/${of}`),
		);
		expect(steps).toHaveLength(DAYS);
		expect(steps[0]).toBe(`1/${DAYS}`);
		expect(steps.at(-1)).toBe(`${DAYS}/${DAYS}`);
	});

	it("reads no further once whoever asked wants it no more, and keeps nothing half read", async () => {
		const nowcaster = createNowcaster();
		const leave = new AbortController();
		const read = reading();
		await expect(
			nowcaster.nowcast(asked, "p", read.counts, leave.signal, (done) => {
				if (done === 3) leave.abort();
			}),
		).rejects.toThrow(CallStopped);
		expect(read.times).toBe(3);
		const answer = await nowcaster.nowcast(
			asked,
			"p",
			read.counts,
			never,
			() => {},
		);
		expect(read.times).toBe(3 + DAYS);
		expect(answer?.outcome.status).toBe("told");
	});

	it("reads the country once for a publication, whichever area is asked for", async () => {
		const nowcaster = createNowcaster();
		const read = reading();
		const of = (area: number, publication: string) =>
			nowcaster.nowcast(
				{ ...asked, area, below: [] },
				publication,
				read.counts,
				never,
				() => {},
			);
		await of(NATION, "first");
		expect((await of(JATIM, "first"))?.outcome.status).toBe("told");
		expect(read.times).toBe(DAYS);
		await of(JATIM, "second");
		expect(read.times).toBe(2 * DAYS);
	});

	it("tells the delays of the area and then of those below", async () => {
		const answer = await createNowcaster().nowcast(
			asked,
			"p",
			reading().counts,
			never,
			() => {},
		);
		if (answer?.outcome.status !== "told") throw new Error("not told");
		expect(answer.outcome.delays.areas).toEqual(
			[NATION, JATIM].map((area) => ({
				area,
				mean: [1, 1, 1],
				sameDay: [0.5, 0.5, 0.5],
			})),
		);
		expect(answer.outcome.weekdays.map(({ weekday }) => weekday)).toEqual([
			1, 2, 3, 4, 5, 6, 0,
		]);
	});
});

describe("an area whose history begins later than that of the area above", () => {
	it("has no delays before: what was known of it at once tells none", async () => {
		const answer = await createNowcaster().nowcast(
			asked,
			"p",
			reading(FROM + 13).counts,
			never,
			() => {},
		);
		if (answer?.outcome.status !== "told") throw new Error("not told");
		const [own, below] = answer.outcome.delays.areas;
		expect(own?.mean).toEqual([1, 1, 1]);
		expect(below?.mean).toEqual([null, 1, 1]);
	});
});

describe("an area that fell silent", () => {
	const SILENT = 5;
	const LAST = KNOWN - SILENT;
	/** A hundred a day in each area: half known on the day, then 70, 90 and all; of one nothing more is told from some day on. */
	const falling = (silent: number): ReadCounts => {
		const known = [50, 70, 90, 100];
		return async ({ from, to, asKnownOn }) => {
			const of = (last: number) =>
				Array.from({ length: to - from + 1 }, (_, at) => {
					const age = Math.min(asKnownOn, last) - from - at;
					return age < 0 ? Number.NaN : (known[Math.min(3, age)] ?? 100);
				});
			return {
				areas: [NATION, JATIM],
				counts: Float64Array.from([
					...of(silent === NATION ? LAST : KNOWN),
					...of(silent === JATIM ? LAST : KNOWN),
				]),
				told: new Uint8Array(2 * (to - from + 1)),
			};
		};
	};
	const outcome = async (silent: number) => {
		const answer = await createNowcaster().nowcast(
			asked,
			"p",
			falling(silent),
			never,
			() => {},
		);
		if (answer?.outcome.status !== "told") throw new Error("not told");
		return answer.outcome;
	};

	it("does not get more complete by its silence: its last days are estimated as on the day on which it spoke last", async () => {
		const { days, past } = await outcome(NATION);
		expect(days.at(-1)?.day).toBe(KNOWN);
		for (const one of days.slice(-SILENT))
			expect(one).toMatchObject({
				observed: null,
				estimate: null,
				reason: "not-reported",
			});
		const newest = days.at(-1 - SILENT);
		expect(newest).toMatchObject({ day: LAST, observed: 50 });
		expect(newest?.completeness).toBeCloseTo(0.5, 9);
		expect(newest?.estimate).toBeCloseTo(100, 6);
		// Nothing is held against what had not come in when it fell silent.
		for (const { came } of past) expect(came).toBe(100);
	});

	it("is told to be late by as much as it was, in the same weeks as the others", async () => {
		const both = [await outcome(NATION), await outcome(JATIM)];
		for (const { delays } of both)
			for (const { mean } of delays.areas) {
				expect(mean).toHaveLength(delays.weeks.length);
				for (const days of mean)
					if (days !== null) expect(days).toBeCloseTo(0.9, 9);
			}
		// Of the one below the last days are not told, and those before them are.
		expect(both[1]?.delays.areas[1]?.mean.at(-1)).not.toBeNull();
	});
});

describe("a publication that comes in while the history is read", () => {
	/** Answers of a backend whose replica moves on after so many readings, as often as stated. */
	function answers(after: number, moves: number) {
		const read = reading();
		let seq = 1;
		let left = after;
		const readers = {
			async ask(what: string, given: never) {
				if (what === "position") return { seq, answer: { stamp: "s" } };
				if (what === "knowledge") return { seq, answer: ASKED };
				if (left-- === 0 && seq <= moves) {
					seq++;
					left = after;
				}
				return { seq, answer: await read.counts(given) };
			},
		};
		return createAnswers({
			readers,
			nowcast: createNowcaster(),
		} as unknown as AnswerSources);
	}
	const question = {
		area: NATION,
		indicator: "confirmed",
		day: KNOWN,
		as_known: null,
	} as const;
	const asker = { signal: never, progress: () => {} } as unknown as Asker;

	it("begins it anew, and the answer is of the one that came", async () => {
		const { seq, answer } = await answers(5, 1).nowcast(question, asker);
		expect(seq).toBe(2);
		expect(answer.outcome.status).toBe("told");
	});

	it("is refused as changed where they do not cease", async () => {
		await expect(
			answers(5, Number.POSITIVE_INFINITY).nowcast(question, asker),
		).rejects.toMatchObject({ status: 503, code: "changed" });
	});
});
