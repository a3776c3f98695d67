import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import { VOCABULARY_BREAK } from "../../../core/series/indicator.ts";
import { KINDS } from "../../../renderer/screens/sebaran/event-kinds.ts";
import {
	eventsOf,
	eventsOfBoth,
} from "../../../renderer/screens/sebaran/events.ts";
import { spreadSearch } from "../../../renderer/screens/sebaran/search.ts";
import { searchFrom } from "../../../renderer/state/search.ts";

const of = (
	province: string | null,
	exercise = false,
	kinds: readonly (typeof KINDS)[number][] = KINDS,
) => eventsOf(province, null, exercise, "id", kinds);

test("each event of the reference file has its day, words in both languages and the document that it is taken from", () => {
	const both = (["id", "en"] as const).map((language) =>
		eventsOf(null, null, false, language, KINDS),
	);
	for (const events of both)
		for (const { text, source } of events) {
			expect(text).toBeTruthy();
			expect(source).toBeTruthy();
		}
	expect(both[0]?.map(({ text }) => text)).not.toEqual(
		both[1]?.map(({ text }) => text),
	);
	const days = of(null).map((event) => event.day);
	expect(days[0]).toBe(day("2020-03-02"));
	expect(days).toContain(day("2020-04-10"));
	expect(days).toContain(VOCABULARY_BREAK);
	expect(days).toEqual(days.toSorted((a, b) => a - b));
});

test("a province is told what was ruled for it and for the country, not for another; the simulated country only what it knows", () => {
	const jakarta = day("2020-04-10");
	const says = (events: ReturnType<typeof of>) =>
		events.map((event) => event.day);
	expect(says(of("31"))).toContain(jakarta);
	expect(says(of("35"))).not.toContain(jakarta);
	expect(says(of(null, true))).not.toContain(day("2020-03-11"));
	expect(says(of(null, true))).toContain(VOCABULARY_BREAK);
});

test("the corrections of the area's own series stand among the events, each with its fall", () => {
	const series = {
		firstDay: day("2020-04-05"),
		correction: [null, -1, null],
	};
	expect(eventsOf("35", series, false, "id", ["correction"])).toEqual([
		{
			day: day("2020-04-06"),
			kind: "correction",
			text: null,
			source: null,
			corrected: -1,
		},
	]);
});

test("the address keeps which kinds are shown, and a kind that there is not is left out", () => {
	const kinds = (events?: string) =>
		searchFrom(spreadSearch, events === undefined ? {} : { events }).events;
	expect(kinds()).toEqual(KINDS);
	expect(kinds("rule.nonsense.correction")).toEqual(["rule", "correction"]);
	expect(kinds("")).toEqual([]);
});

test("of two areas side by side the events of both stand on the line of time, what is of the country once", () => {
	const [jakarta, jatim] = [of("31"), of("35")];
	const both = eventsOfBoth(jatim, jakarta);
	expect(both.map((event) => event.day)).toContain(day("2020-04-10"));
	expect(new Set(both).size).toBe(
		new Set([...jakarta, ...jatim].map((event) => `${event.day} ${event.text}`))
			.size,
	);
	expect(both.map((event) => event.day)).toEqual(
		both.map((event) => event.day).toSorted((a, b) => a - b),
	);
});
