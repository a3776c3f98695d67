/** The page of a release: it says what the CSV says, and nothing more. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	releaseFiles,
	withdrawnFiles,
} from "../../../core/release/release-files.ts";
import type { ShownCell } from "../../../core/release/shown-cell.ts";
import {
	newInPeriods,
	packSeries,
	readSeries,
} from "../../../core/release/site-series.ts";
import { dayWords, numberWords } from "../../../core/release/site-words.ts";
import { day } from "../../../core/series/day.ts";
import { makeSite } from "../../../resources/site/make.ts";
import { openRelease, SECRET } from "../../fixtures/open-release.ts";

const cell = fc.oneof(
	fc.constant<ShownCell>({ state: "dirahasiakan", value: null }),
	fc.constant<ShownCell>({ state: "tidak-dilaporkan", value: null }),
	fc.record<ShownCell>({
		state: fc.constantFrom("tersedia", "sebagian"),
		value: fc.nat(2_000_000_000),
	}),
);

describe("the page of a release", () => {
	test("reads of a series what was written of it, 0, withheld and not reported being three things", () => {
		fc.assert(
			fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
				expect(readSeries(packSeries(cells))).toEqual(cells);
			}),
		);
		expect(
			packSeries([
				{ state: "tersedia", value: 0 },
				{ state: "dirahasiakan", value: null },
				{ state: "tidak-dilaporkan", value: null },
				{ state: "sebagian", value: 7 },
				{ state: "tersedia", value: 5 },
			]),
		).toBe("0,x,,7p,-2");
	});

	test("says of a period what was new only from two counts that are shown", () => {
		expect(
			newInPeriods(readSeries("10,4,x,9,,2p,1,-3")).map(
				({ state, value }) => value ?? state,
			),
		).toEqual([
			...["tanpa-pembanding", 4, "dirahasiakan", "dirahasiakan"],
			...["tidak-dilaporkan", "tidak-dilaporkan", 1, -3],
		]);
	});

	test("writes numbers and days as they are read in each language", () => {
		expect([0, 999, 1234, -1234567].map((of) => numberWords(of, "id"))).toEqual(
			["0", "999", "1.234", "−1.234.567"],
		);
		expect(numberWords(1234567, "en")).toBe("1,234,567");
		expect(dayWords(day("2020-08-02"), "id")).toBe("2 Agu 2020");
		expect(dayWords(day("2020-08-02"), "en")).toBe("2 Aug 2020");
	});

	test("holds no count that is withheld, in no file and in no form, and no text as code", () => {
		const { content, facts } = openRelease();
		const files = releaseFiles(content, facts);
		const forms = new RegExp(
			[SECRET, ...(["id", "en"] as const).map((of) => numberWords(SECRET, of))]
				.map((form) => String(form).replaceAll(".", "\\."))
				.join("|"),
		);
		for (const [name, text] of files) {
			expect(forms.test(String(text)), name).toBe(false);
			if (name.endsWith(".html")) {
				expect(text).toContain("&lt;script&gt;alert(1)");
				expect(text).toContain("Tanpa &lt;provinsi&gt; &amp; &quot;lain&quot;");
			}
		}
		// One more step than the counts that are shown would lie near it.
		expect(files.get("angka.js")).not.toMatch(/98765\d{4}/);
		expect(releaseFiles(content, facts)).toEqual(files);
	});

	test("of a withdrawn release says so in both languages and draws nothing", () => {
		const files = withdrawnFiles(openRelease().facts);
		expect(files.get("index.html")).toContain("Rilis 3 ditarik");
		expect(files.get("en.html")).toContain("Release 3 was withdrawn");
		for (const name of ["index.html", "en.html"])
			expect(files.get(name)).not.toContain("<script");
	});

	test("has beside it the script, style and map that `npm run site` makes", async () => {
		for (const [name, text] of await makeSite())
			expect(
				readFileSync(
					new URL(`../../../resources/site/${name}`, import.meta.url),
					"utf8",
				) === text,
				`${name}: run npm run site`,
			).toBe(true);
	}, 60_000);
});
