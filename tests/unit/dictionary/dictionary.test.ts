import { describe, expect, test } from "vitest";
import {
	entryOf,
	groupOf,
	isTerm,
	TERMS,
} from "../../../core/dictionary/dictionary.ts";
import type { Both, Term } from "../../../core/dictionary/entry.ts";
import {
	definitionChangeOf,
	INDICATORS,
	isIndicatorKey,
} from "../../../core/series/indicator.ts";
import { termsLike } from "../../../renderer/screens/kamus/dictionary-rows.ts";

const all: readonly Term[] = Object.values(TERMS).flat();

describe("the data dictionary", () => {
	test("holds every term once, and each is found under its own key", () => {
		expect(new Set(all).size).toBe(all.length);
		for (const term of all) {
			expect(isTerm(term)).toBe(true);
			expect(TERMS[groupOf(term)]).toContain(term);
		}
		expect(isTerm("constructor")).toBe(false);
		expect(isTerm("")).toBe(false);
	});

	test("says everything in whole sentences in both languages, and not the same in both", () => {
		for (const term of all) {
			const { means, caution, breaks } = entryOf(term);
			for (const both of [
				means,
				...(caution ? [caution] : []),
				...breaks.map(({ says }) => says),
			] satisfies Both[]) {
				expect(both.id, term).toMatch(/^[A-Z].*[.!]$/);
				expect(both.en, term).toMatch(/^[A-Z].*[.!]$/);
				expect(both.id, term).not.toBe(both.en);
			}
		}
	});

	test("breaks a definition on the day on which its curve is broken, and on no other", () => {
		for (const { key } of INDICATORS) {
			const change = isIndicatorKey(key) ? definitionChangeOf(key) : null;
			expect(
				entryOf(key).breaks.map(({ day }) => day),
				key,
			).toEqual(change === null ? [] : [change]);
		}
	});

	test("leads to terms that there are, and never to the same one", () => {
		for (const term of all)
			for (const related of entryOf(term).related) {
				expect(isTerm(related), `${term} → ${related}`).toBe(true);
				expect(related).not.toBe(term);
			}
	});

	test("names a document for every indicator that somebody else defined", () => {
		for (const term of TERMS.indicator)
			expect(entryOf(term).documents.length, term).toBeGreaterThan(0);
	});

	test("finds a term by a word of its meaning in either language", () => {
		const found = (typed: string) =>
			termsLike(typed, () => []).flatMap(({ terms }) => terms);
		expect(found("pemantauan")).toEqual(["odp"]);
		expect(found("under monitoring")).toEqual(["odp"]);
		expect(found("KONTAK-ERAT")).toContain("kontak-erat");
		expect(found("qqq")).toEqual([]);
		expect(found("")).toEqual(all);
	});
});
