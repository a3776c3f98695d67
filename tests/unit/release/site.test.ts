/** The page of a release: it says what the CSV says, and nothing more. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	releaseFiles,
	withdrawnFiles,
} from "../../../core/release/release-files.ts";
import type { ShownCell } from "../../../core/release/shown-cell.ts";
import { siteFigures } from "../../../core/release/site-figures.ts";
import {
	type NewCell,
	newInPeriods,
	packSeries,
	readSeries,
} from "../../../core/release/site-series.ts";
import { dayWords, numberWords } from "../../../core/release/site-words.ts";
import { day } from "../../../core/series/day.ts";
import { utf8Length } from "../../../core/writing/utf8-length.ts";
import { makeSite } from "../../../resources/site/make.ts";
import { cellWords, fillOf, mapCountWords } from "../../../site/cell-look.ts";
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
		expect(newInPeriods(readSeries("10,4,x,9,,2,1,-3"), true)).toEqual([
			{ state: "tanpa-pembanding", value: null },
			{ state: "tersedia", value: 4 },
			{ state: "dirahasiakan", value: null },
			{ state: "dirahasiakan", value: null },
			{ state: "tidak-dilaporkan", value: null },
			{ state: "tidak-dilaporkan", value: null },
			{ state: "tersedia", value: 1 },
			{ state: "tersedia", value: -3 },
		]);
	});

	test("reckons nothing from a sum that lacks an area: 300 people fewer and 310 more are neither a correction nor new", () => {
		const cells = newInPeriods(readSeries("1000,-300p,310,5"), true);
		expect(cells).toEqual([
			{ state: "tanpa-pembanding", value: null },
			{ state: "sebagian", value: null },
			{ state: "sebagian", value: null },
			{ state: "tersedia", value: 5 },
		]);
		expect(cells.map((cell) => cellWords(cell, "id"))).toEqual([
			"tanpa pembanding",
			"tidak dapat dihitung: sebagian belum melapor",
			"tidak dapat dihitung: sebagian belum melapor",
			"5",
		]);
		expect(cellWords({ state: "sebagian", value: null }, "en")).toBe(
			"cannot be reckoned: some did not report",
		);
		expect(cellWords({ state: "sebagian", value: 7 }, "id")).toBe(
			"7 (sebagian)",
		);
	});

	test("says of who is suspected on a day that nothing of it is new in a period, and why", () => {
		const { content } = openRelease({ indicators: ["confirmed", "suspek"] });
		expect(siteFigures(content).indicators).toMatchObject([
			{ key: "confirmed", countsUp: true },
			{ key: "suspek", countsUp: false },
		]);
		const pages = [content, openRelease().content].map((of) =>
			releaseFiles(of, openRelease().facts).get("index.html"),
		);
		expect(pages[0]).toContain("Tidak kumulatif: Suspek adalah orang");
		expect(pages[1]).not.toContain("Tidak kumulatif");
		const cells = newInPeriods(readSeries("10,4,x,"), false);
		expect(cells).toEqual(
			Array(4).fill({ state: "bukan-kumulatif", value: null }),
		);
		expect(cellWords(cells[1] as NewCell, "id")).toBe(
			"– (bukan angka kumulatif)",
		);
		expect(cellWords(cells[1] as NewCell, "en")).toBe(
			"– (not a cumulative count)",
		);
	});

	test("gives each state of a cell a fill of its own on the map, and counts it below", () => {
		const cells: NewCell[] = [
			{ state: "tersedia", value: 7 },
			{ state: "sebagian", value: 7 },
			{ state: "tersedia", value: 0 },
			{ state: "sebagian", value: 0 },
			{ state: "tersedia", value: -2 },
			{ state: "sebagian", value: null },
			{ state: "tanpa-pembanding", value: null },
			{ state: "dirahasiakan", value: null },
			{ state: "tidak-dilaporkan", value: null },
		];
		expect(cells.map((cell) => fillOf(cell, [1, 5, 10]))).toEqual([
			...["k1", "sebagian-k1", "nol", "sebagian-nol", "turun"],
			...["tak-terhitung", "awal", "ditahan", "kosong"],
		]);
		expect(mapCountWords(cells, "id")).toBe(
			"5 wilayah dengan angka, 1 ditahan, 1 tidak dilaporkan. 2 dari angka itu sebagian (wilayah bertanda lingkaran). 1 tidak dapat dihitung: sebagian belum melapor. 1 tanpa pembanding: ini periode yang pertama.",
		);
		expect(
			mapCountWords([{ state: "tanpa-pembanding", value: null }], "en"),
		).toBe(
			"0 areas with a count, 0 withheld, 0 not reported. 1 with nothing to compare with: this is the first period.",
		);
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

	test("says of not reported all that it may mean, on its pages and in the package", () => {
		const { content, facts } = openRelease();
		const files = releaseFiles(content, facts);
		const id = "kurang dari separuh wilayah di bawahnya melapor";
		const en = "fewer than half of the areas below reported";
		expect(files.get("index.html")).toContain(`untuk tanggal itu, atau ${id}`);
		expect(files.get("en.html")).toContain(`that date, or that ${en}`);
		const { resources } = JSON.parse(files.get("datapackage.json") as string);
		expect(
			resources[0].schema.fields.find(
				({ name }: { name: string }) => name === "keadaan",
			).states["tidak-dilaporkan"],
		).toEqual([`tidak ada laporan, atau ${id}`, `no report, or ${en}`]);
	});

	test("says of each file how many bytes it has, not how many letters", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				expect(utf8Length(text)).toBe(Buffer.byteLength(text));
			}),
		);
		const { content, facts } = openRelease({ levels: ["nation"] });
		const files = releaseFiles(content, {
			...facts,
			notes: facts.notes.map((note) => ({ ...note, note: "–".repeat(2000) })),
		});
		const kilobytes = Math.ceil(
			Buffer.byteLength(files.get("CATATAN.md") as string) / 1000,
		);
		expect(kilobytes).toBe(13);
		expect(files.get("index.html")).toContain(
			`CATATAN.md</a> (${kilobytes} kB)`,
		);
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
