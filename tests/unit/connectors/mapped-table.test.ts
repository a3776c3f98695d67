import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { guessColumns } from "../../../core/mapping/guess.ts";
import { TableMapping } from "../../../core/mapping/mapping.ts";
import { day } from "../../../core/series/day.ts";
import {
	type GivenTable,
	mappedTable,
	openTable,
} from "../../../hub/connectors/mapped-table.ts";
import type { ConnectorContext } from "../../../hub/reports/connector.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

/** Tables as dinkes of Jawa Barat published them in April 2020: names, day first, thousands parted by points. */

const tree = loadAreaTree();
const SOURCE = {
	key: "dinkes-jabar",
	idName: "Dinkes Jawa Barat",
	enName: "Health office of Jawa Barat",
	idOrder: "",
	enOrder: "",
	rank: 15,
	cadence: "daily",
} as const;

const MAPPING = TableMapping.parse({
	level: "regency",
	columns: [
		{
			name: "Kode",
			otherNames: [],
			meaning: { is: "area", scheme: "kemendagri" },
		},
		{
			name: "Tanggal",
			otherNames: [],
			meaning: { is: "day", form: "day-month-year" },
		},
		{
			name: "Positif",
			otherNames: [],
			meaning: { is: "count", indicator: "confirmed" },
		},
		{ name: "ODP", otherNames: [], meaning: { is: "count", indicator: "odp" } },
	],
	thousands: "point",
	encoding: "windows-1252",
	header: ["Kode", "Tanggal", "Positif", "ODP"],
});
const ROWS = ["32.73;12/04/2020;1.103;20", "32.04;12/04/2020;9;3"];

function read(
	given: string | Uint8Array,
	{
		mapping = MAPPING,
		...context
	}: Partial<ConnectorContext> & { mapping?: TableMapping } = {},
) {
	const bytes =
		typeof given === "string" ? new TextEncoder().encode(given) : given;
	return mappedTable(SOURCE, mapping).parse(bytes, {
		...{ tree, bridge: null, people: () => null, asOf: null },
		...{ path: "/in/laporan.csv", received: day("2020-04-30") },
		...context,
	});
}
const table = (...lines: string[]) => `${lines.join("\n")}\n`;
const said = (parsed: ReturnType<typeof read>) =>
	parsed.reports.map(({ area, day: on, values }) => ({ area, on, ...values }));
const GOOD = [
	{ area: "32.73", on: day("2020-04-12"), confirmed: 1103, odp: 20 },
	{ area: "32.04", on: day("2020-04-12"), confirmed: 9, odp: 3 },
];
const driftOf = ({ remarks = [] }: ReturnType<typeof read>) =>
	remarks.flatMap((remark) =>
		"drift" in remark ? remark.drift.map(({ kind }) => kind) : [],
	);

describe("a table that is read by its mapping", () => {
	it("is read as the mapping says: codes, days with the day first, counts with their thousands", () => {
		const parsed = read(table("Kode;Tanggal;Positif;ODP", ...ROWS));
		expect(parsed.errors).toEqual([]);
		expect(said(parsed)).toEqual(GOOD);
		expect(driftOf(parsed)).toEqual([]);
	});

	it("is read through what cannot be mistaken, and says so: order, spelling, columns more, titles, encoding, delimiter", () => {
		const parsed = read(
			Buffer.from(
				table(
					"Laporan harian é",
					"",
					"ODP,positif ,Catatan,KODE,Tanggal",
					'20,"1.103",x,32.73,12/04/2020',
					"3,9,,32.04,12/04/2020",
				),
				"latin1",
			),
		);
		expect(parsed.errors).toEqual([]);
		expect(said(parsed)).toEqual(GOOD);
		expect(driftOf(parsed).sort()).toEqual(
			[
				"added",
				"encoding",
				"reordered",
				"spelling",
				"spelling",
				"title-lines",
			].sort(),
		);
		// A row keeps the number of its line.
		expect(parsed.reports.map(({ line }) => line)).toEqual([4, 5]);
	});

	it("recognises a misspelt column of days by its days, UTF-16 by its mark, and days that begin with the year", () => {
		const text = table(
			"Kode\tTanggl\tPositif\tODP",
			"32.73\t2020-04-12\t1.103\t20",
			"32.04\t2020-04-12\t9\t3",
		);
		const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
		const parsed = read(bytes);
		expect(said(parsed)).toEqual(GOOD);
		expect(driftOf(parsed).sort()).toEqual([
			"day-form",
			"encoding",
			"misspelt",
		]);
	});

	it("is held when a column of counts is called otherwise, and names what it may be", () => {
		const parsed = read(table("Kode;Tanggal;Positf;PDP", ...ROWS));
		expect(parsed.reports).toEqual([]);
		expect(parsed.unread).toBe(2);
		expect(parsed.errors.map(({ column, reason }) => [column, reason])).toEqual(
			[
				["Positif", "drift"],
				["ODP", "drift"],
			],
		);
		expect(parsed.errors[0]?.expected).toContain("may be Positf");
	});

	it("reads it once somebody has said that the column is called so", () => {
		const [code, on, confirmed, odp] = MAPPING.columns;
		const mapping = {
			...MAPPING,
			columns: [
				code,
				on,
				{ ...confirmed, otherNames: ["Positf"] },
				odp,
			] as TableMapping["columns"],
		};
		expect(
			said(read(table("Kode;Tanggal;Positf;ODP", ...ROWS), { mapping })),
		).toEqual(GOOD);
	});

	it("is held when its counts are parted otherwise: 1,103 may be a thousand, and may be one", () => {
		const parsed = read(
			table("Kode;Tanggal;Positif;ODP", "32.73;12/04/2020;1,103;20"),
		);
		expect(parsed.reports).toEqual([]);
		expect(parsed.errors[0]).toMatchObject({
			reason: "drift",
			column: "Positif",
			found: "1,103",
		});
	});

	it("takes days with the month first only where they prove it, and holds what may be either", () => {
		const proof = read(
			table(
				"Kode;Tanggal;Positif;ODP",
				"32.73;04/12/2020;1.103;20",
				"32.73;04/13/2020;1.104;20",
			),
		);
		expect(said(proof).map(({ on }) => on)).toEqual([
			day("2020-04-12"),
			day("2020-04-13"),
		]);
		expect(driftOf(proof)).toEqual(["day-form"]);
		const both = read(
			table(
				"Kode;Tanggal;Positif;ODP",
				"32.73;04/13/2020;1.103;20",
				"32.73;14/04/2020;1.104;20",
			),
		);
		expect(both.reports).toEqual([]);
		expect(both.errors[0]).toMatchObject({
			reason: "drift",
			column: "Tanggal",
		});
	});

	it("asks when days that Excel counts stand beside days of text: those that it read may be swapped", () => {
		// 43928 is 2020-04-07, and may have been 4 July; what is no day in the order of the machine stays text.
		const workbook = (rows: string[][]) =>
			zipSync({
				"xl/workbook.xml": strToU8(
					'<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
				),
				"xl/_rels/workbook.xml.rels": strToU8(
					'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
				),
				"xl/worksheets/sheet1.xml": strToU8(
					`<worksheet><sheetData>${rows
						.map(
							(row) =>
								`<row>${row.map((text) => (/^\d+$/.test(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`)).join("")}</row>`,
						)
						.join("")}</sheetData></worksheet>`,
				),
			});
		const header = ["Kode", "Tanggal", "Positif", "ODP"];
		const whole = read(workbook([header, ["32.73", "43928", "5", "2"]]));
		expect(said(whole)).toMatchObject([{ on: day("2020-04-07") }]);
		const mixed = read(
			workbook([
				header,
				["32.73", "43928", "5", "2"],
				["32.73", "13/04/2020", "6", "2"],
			]),
		);
		expect(mixed.reports).toEqual([]);
		expect(mixed.errors[0]).toMatchObject({
			...{ reason: "drift", column: "Tanggal", found: "13/04/2020" },
		});
	});

	it("takes no share and nothing new for the count of its name: what a sign says is asked", () => {
		for (const name of ["Positif (%)", "Positif (+)", "Δ Positif"]) {
			const parsed = read(table(`Kode;Tanggal;${name};ODP`, ...ROWS));
			expect(parsed.reports, name).toEqual([]);
			expect(parsed.errors[0]).toMatchObject({ column: "Positif" });
		}
		expect(
			said(
				read(
					table(
						"Kode;Tanggal;Positif (%);positif.;ODP",
						...["32.73;12/04/2020;3;1.103;20", "32.04;12/04/2020;1;9;3"],
					),
				),
			),
		).toEqual(GOOD);
	});

	it("keeps the other rows when one row is wrong", () => {
		const parsed = read(
			table(
				"Kode;Tanggal;Positif;ODP",
				...ROWS,
				"32.99;12/04/2020;1;1",
				"32.01;31/04/2020;1;1",
			),
		);
		expect(said(parsed)).toEqual(GOOD);
		expect(parsed.errors.map(({ line, reason }) => [line, reason])).toEqual([
			[4, "unknown-area"],
			[5, "impossible-day"],
		]);
	});

	it("refuses a code of another level: a sum of the province among its parts", () => {
		const parsed = read(
			table("Kode;Tanggal;Positif;ODP", ...ROWS, "32;12/04/2020;1.112;23"),
		);
		expect(parsed.errors).toMatchObject([{ line: 4, reason: "unknown-area" }]);
	});

	it("without a column of days speaks of the day in its name, and of none where nobody says", () => {
		const mapping = TableMapping.parse({
			...MAPPING,
			columns: MAPPING.columns.filter(({ meaning }) => meaning.is !== "day"),
			header: ["Kode", "Positif", "ODP"],
		});
		const text = table("Kode;Positif;ODP", "32.73;1.103;20");
		expect(read(text, { mapping }).errors).toMatchObject([
			{ line: null, reason: "not-a-day" },
		]);
		expect(
			said(read(text, { mapping, path: "/in/rekap 2020-04-12.csv" })),
		).toEqual([GOOD[0]]);
	});

	it("turns any bytes into rows or errors, and accounts for every line", () => {
		const cell = fc.oneof(
			fc.constantFrom(
				"Kode",
				"Tanggal",
				"Positif",
				"ODP",
				"32.73",
				"12/04/2020",
				"1.103",
				"9",
				"",
				'"',
				'"a"',
				"\ufeff",
			),
			fc.string({ maxLength: 8 }),
		);
		const text = fc
			.array(
				fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(";")),
				{ maxLength: 12 },
			)
			.map((lines) => new TextEncoder().encode(lines.join("\n")));
		const sheet = text.map((xml) =>
			zipSync({
				"xl/workbook.xml": xml,
				"xl/worksheets/sheet1.xml": strToU8("<row/>"),
			}),
		);
		fc.assert(
			fc.property(
				fc.oneof(text, sheet, fc.uint8Array({ maxLength: 400 })),
				(bytes) => {
					const { reports, errors, lines, skipped, unread } = read(bytes);
					const wrong = new Set(errors.map(({ line }) => line));
					wrong.delete(null);
					const skips = Object.values(skipped).reduce(
						(sum, count) => sum + count,
						0,
					);
					expect(reports.length + wrong.size + unread + skips).toBe(lines);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe("what the columns of a table seem to mean", () => {
	const guess = (...lines: string[]) => {
		const opened = openTable(
			new TextEncoder().encode(table(...lines)),
			"utf-8",
		);
		if ("error" in opened) throw new Error(opened.error.found);
		const { columns, rows, dayZero }: GivenTable = opened;
		const found = guessColumns(columns, rows, { tree, bridge: null }, dayZero);
		return {
			...found,
			meanings: Object.fromEntries(
				found.columns.map(({ name, meaning, doubt }) => [
					name,
					doubt ? { ...meaning, doubt } : meaning,
				]),
			),
		};
	};

	it("finds codes with their names, days, counts with their thousands, and leaves what is new on a day alone", () => {
		const { level, thousands, meanings } = guess(
			"kode_wilayah;Kab/Kota;Tgl;Total Positif;Positif Baru;Meninggal",
			"32.73;Kota Bandung;25/04/2020;1.103;12;9",
			"32.04;Kabupaten Bandung;25/04/2020;40;0;1",
		);
		expect({ level, thousands }).toEqual({
			level: "regency",
			thousands: "point",
		});
		expect(meanings).toEqual({
			kode_wilayah: { is: "area", scheme: "kemendagri" },
			"Kab/Kota": { is: "area-name" },
			Tgl: { is: "day", form: "day-month-year" },
			"Total Positif": { is: "count", indicator: "confirmed" },
			"Positif Baru": null,
			Meninggal: { is: "count", indicator: "deaths" },
		});
	});

	it("says where only a person can tell: days that may be two days", () => {
		const { meanings } = guess(
			"provinsi,tanggal,sembuh",
			"JAWA BARAT,05/04/2020,3",
			"BALI,06/04/2020,4",
		);
		expect(meanings).toMatchObject({
			provinsi: { is: "area", scheme: "name" },
			tanggal: { is: "day", form: "day-month-year", doubt: "day-form" },
		});
	});

	it("counts a name as one that fits by the rule by which it is read: Bandung alone may be two areas", () => {
		const { columns } = guess(
			"daerah,tanggal,sembuh",
			"Bandung,2020-04-12,3",
			"Garut,2020-04-12,3",
			"Kota Bandung,2020-04-12,4",
		);
		expect(columns[0]).toMatchObject({
			meaning: { is: "area", scheme: "name" },
			...{ fits: 2, of: 3 },
		});
	});

	it("takes digits for codes of the scheme by which they agree with the names beside them", () => {
		const bridge = { toKemendagri: () => undefined };
		const opened = openTable(
			new TextEncoder().encode(
				table(
					"kode,nama,tanggal,odp",
					"3273,Kota Bandung,2020-04-12,1",
					"3204,Kab. Bandung,2020-04-12,2",
				),
			),
			"utf-8",
		) as GivenTable;
		const { columns } = guessColumns(
			opened.columns,
			opened.rows,
			{ tree, bridge },
			null,
		);
		expect(columns[0]).toMatchObject({
			meaning: { is: "area", scheme: "kemendagri-undotted" },
			fits: 2,
			of: 2,
			doubt: null,
		});
	});
});
