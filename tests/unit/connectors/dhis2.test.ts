import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BpsCode, KemendagriCode } from "../../../core/areas/codes.ts";
import { day, isoFromDay } from "../../../core/series/day.ts";
import { dhis2 } from "../../../hub/connectors/dhis2.ts";
import {
	type Dhis2Metadata,
	NO_METADATA,
	readDhis2Metadata,
} from "../../../hub/reports/dhis2-metadata.ts";
import { readReadingTable } from "../../../hub/reports/reading-tables.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import {
	asXml,
	BY_SOURCE,
	DEATHS,
	ELEMENT_TABLE,
	FEMALE,
	IMPORTED,
	LOCAL,
	MALE,
	NEW_CASES,
	PACKAGE,
	PACKAGE_XML,
	reading,
	TESTED,
	value,
} from "../../fixtures/dhis2.ts";

const tree = loadAreaTree();
const bytes = (text: string) => new TextEncoder().encode(text);
const metadataOf = (text: string): Dhis2Metadata => {
	const read = readDhis2Metadata(bytes(text));
	if ("error" in read) throw new Error(read.error.found);
	return read;
};
const METADATA = metadataOf(JSON.stringify(PACKAGE));
/** Kabupaten Malang is 35.07 in both schemes; 3579 is Kota Batu in both. */
const bridge = {
	toKemendagri: (code: BpsCode) =>
		(
			({ "3507": "35.07", "3579": "35.79", "9105": "92.01" }) as Record<
				string,
				string
			>
		)[code] as KemendagriCode | undefined,
};

const read = (
	text: string,
	{ known = reading(METADATA), received = "2020-06-30" } = {},
): Parsed =>
	dhis2.parse(bytes(text), {
		...{ tree, bridge, people: () => null, asOf: null, reading: known },
		...{ path: "/in/dataValueSets.json", received: day(received) },
	});
const set = (...dataValues: Record<string, unknown>[]) =>
	JSON.stringify({ dataValues });
const said = ({ reports }: Parsed) =>
	reports.map(({ area, day: of, values }) => [area, isoFromDay(of), values]);
const errorsOf = ({ errors }: Parsed) =>
	errors.map(({ line, column, reason }) => [line, column, reason]);
const accounted = ({ reports, errors, skipped, unread }: Parsed) => {
	const lines = new Set(errors.map(({ line }) => line));
	lines.delete(null);
	for (const { line, also = [] } of reports)
		for (const one of [line, ...also]) lines.add(one);
	return (
		lines.size +
		unread +
		Object.values(skipped).reduce((sum, count) => sum + count, 0)
	);
};

describe("metadata of DHIS2", () => {
	it("is the same in JSON and in XML, without contacts and users", () => {
		expect(metadataOf(PACKAGE_XML)).toEqual(METADATA);
		expect(METADATA.units.map(({ code }) => code)).toEqual([
			"35.07",
			"3579",
			"",
		]);
		expect(JSON.stringify(METADATA)).not.toMatch(/Rahasia|0812/);
	});

	it("is refused where it is one page of several: what is on the others would be missing from every sum", () => {
		const json = JSON.stringify({
			...{ pager: { page: 1, pageCount: 4 }, ...PACKAGE },
		});
		const xml = PACKAGE_XML.replace(
			"<organisationUnits>",
			"<pager><page>1</page><pageCount>4</pageCount></pager><organisationUnits>",
		);
		for (const text of [json, xml])
			expect(readDhis2Metadata(bytes(text))).toMatchObject({
				error: { column: "pager" },
			});
	});

	it("is refused where it is XML with a document type, which could name a file of this machine", () => {
		const hostile = PACKAGE_XML.replace(
			"<metadata",
			'<!DOCTYPE metadata [<!ENTITY x SYSTEM "file:///etc/passwd">]><metadata',
		).replace("Kota Batu", "&x;");
		expect(readDhis2Metadata(bytes(hostile))).toMatchObject({
			error: { reason: "format", found: expect.stringContaining("DOCTYPE") },
		});
	});
});

describe("values of DHIS2", () => {
	it("say the same in JSON and in XML, and nothing of who stored them or what they remarked", () => {
		const values = [
			value(DEATHS, "20200402", "3"),
			value(DEATHS, "20200403", "0", { orgUnit: "UnitBatu001" }),
			value(DEATHS, "20200403", "4", { orgUnit: "UnitNoCode1" }),
		];
		const json = read(set(...values));
		expect(said(json)).toEqual([
			["35.07", "2020-04-02", { deaths: 3 }],
			["35.79", "2020-04-03", { deaths: 0 }],
			["35.07.13", "2020-04-03", { deaths: 4 }],
		]);
		expect(read(asXml(values))).toEqual(json);
		expect(JSON.stringify(json)).not.toContain("ahasia");
	});

	it("take the unit and period that the set states once for all of them", () => {
		const one = { dataElement: DEATHS, value: "3" };
		const of = { period: "2020-04-02", orgUnit: "UnitMalang1" };
		const expected = [["35.07", "2020-04-02", { deaths: 3 }]];
		expect(said(read(JSON.stringify({ ...of, dataValues: [one] })))).toEqual(
			expected,
		);
		expect(
			said(
				read(
					asXml([one]).replace(
						"<dataValueSet",
						`<dataValueSet period="${of.period}" orgUnit="${of.orgUnit}"`,
					),
				),
			),
		).toEqual(expected);
	});

	it("speak as of the day in Jakarta on which they were last changed", () => {
		const { reports } = read(
			set(
				value(DEATHS, "20200402", "3", {
					lastUpdated: "2020-04-02T17:00:00.000+0000",
				}),
			),
		);
		expect(reports[0]?.asOf).toBe(day("2020-04-03"));
	});

	it("are added up over the combos of an element that is read whole, each line of them accounted for", () => {
		const parsed = read(
			set(
				value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
				value(NEW_CASES, "20200401", "3", { categoryOptionCombo: MALE }),
			),
		);
		expect(said(parsed)).toEqual([["35.07", "2020-04-01", { confirmed: 5 }]]);
		expect(parsed.reports[0]).toMatchObject({ line: 1, also: [2] });
		expect(accounted(parsed)).toBe(2);
	});

	it("are a zero where DHIS2 keeps none, and missing where a zero is significant: a short sum is refused whole", () => {
		expect(
			said(
				read(
					set(
						value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
					),
				),
			),
		).toEqual([["35.07", "2020-04-01", { confirmed: 2 }]]);
		const short = read(
			set(value(BY_SOURCE, "20200401", "2", { categoryOptionCombo: IMPORTED })),
		);
		expect(short.reports).toEqual([]);
		expect(short.errors).toMatchObject([
			{
				...{ line: 1, column: "value", reason: "missing-part" },
				found: expect.stringContaining(LOCAL),
			},
		]);
		expect(
			said(
				read(
					set(
						...[IMPORTED, LOCAL].map((categoryOptionCombo) =>
							value(BY_SOURCE, "20200401", "0", { categoryOptionCombo }),
						),
					),
				),
			),
		).toEqual([["35.07", "2020-04-01", { probable: 0 }]]);
	});

	it("refuse a sum of which one part is wrong, and name its other lines", () => {
		const parsed = read(
			set(
				value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
				value(NEW_CASES, "20200401", "-1", { categoryOptionCombo: MALE }),
			),
		);
		expect(parsed.reports).toEqual([]);
		expect(errorsOf(parsed)).toEqual([
			[2, "value", "negative"],
			[1, "value", "missing-part"],
		]);
	});

	it("of each day alone are added up from the first day on, and stop at a day that is missing", () => {
		const days = ["20200401", "20200402", "20200404"];
		const of = { categoryOptionCombo: FEMALE };
		const parsed = read(
			set(...days.map((period) => value(NEW_CASES, period, "2", of)).reverse()),
		);
		expect(said(parsed)).toEqual([
			["35.07", "2020-04-01", { confirmed: 2 }],
			["35.07", "2020-04-02", { confirmed: 4 }],
		]);
		expect(parsed.errors).toMatchObject([
			{
				...{ line: 1, reason: "missing-part" },
				found: "no usable value of 2020-04-03",
			},
		]);
		expect(errorsOf(read(set(value(NEW_CASES, "20200331", "2", of))))).toEqual([
			[1, "value", "impossible-day"],
		]);
	});

	it("are known up to a day only when the last change of any day before it is", () => {
		const { reports } = read(
			set(
				value(NEW_CASES, "20200401", "2", {
					categoryOptionCombo: FEMALE,
					lastUpdated: "2020-04-09T01:00:00.000+0000",
				}),
				value(NEW_CASES, "20200402", "2", { categoryOptionCombo: FEMALE }),
			),
		);
		expect(reports.map(({ asOf }) => isoFromDay(asOf))).toEqual([
			"2020-04-09",
			"2020-04-09",
		]);
	});

	it.each([
		["2020W15", "a week"],
		["202004", "a month"],
		["2020Q2", "a quarter"],
		["2020", "a year"],
	])("of a period of several days are of no day: %s", (period, what) => {
		const { reports, errors } = read(
			set(
				value(DEATHS, period, "9", {
					lastUpdated: "2020-06-01T10:00:00.000+0000",
				}),
			),
		);
		expect(reports).toEqual([]);
		expect(errors).toMatchObject([
			{
				...{ line: 1, column: "period", reason: "not-a-day", found: period },
				expected: expect.stringContaining(what),
			},
		]);
	});

	it("that were deleted, left out or said twice are skipped with the reason; other values of one cell are refused", () => {
		const parsed = read(
			set(
				value(DEATHS, "20200402", "3", { deleted: true }),
				value(TESTED, "20200402", "90"),
				value(DEATHS, "20200403", "3"),
				value(DEATHS, "20200403", "3"),
				value(DEATHS, "20200404", "3"),
				value(DEATHS, "20200404", "4"),
				value(DEATHS, "20200405", ""),
			),
		);
		expect(parsed.skipped).toEqual({
			...{ deleted: 1, "left out": 1, repeated: 1, "no counts": 1 },
		});
		expect(said(parsed)).toEqual([["35.07", "2020-04-03", { deaths: 3 }]]);
		expect(errorsOf(parsed)).toEqual([
			[5, "value", "duplicate-row"],
			[6, "value", "duplicate-row"],
		]);
	});

	it("are refused by the code that no table says the meaning of, each on its own line", () => {
		const parsed = read(
			set(
				value(DEATHS, "20200402", "3"),
				value("f7n9E0hX8qk", "20200402", "3"),
				value(BY_SOURCE, "20200402", "3", { categoryOptionCombo: MALE }),
				value(DEATHS, "20200402", "3", { orgUnit: "DiszpKrYNg8" }),
				value(DEATHS, "20200402", "3", { attributeOptionCombo: "Donor000001" }),
			),
		);
		expect(errorsOf(parsed)).toEqual([
			[2, "dataElement", "unknown-code"],
			[3, "categoryOptionCombo", "unknown-code"],
			[4, "orgUnit", "unknown-area"],
			[5, "attributeOptionCombo", "unknown-code"],
			[1, "value", "missing-part"],
		]);
		// Without the donor's part the area's is short.
		expect(said(parsed)).toEqual([]);
	});

	it("of one cell that is written in several ways are one cell: no sum is short, and no count stands twice", () => {
		const at = (part: Record<string, unknown>, text = "3") =>
			value(DEATHS, "20200402", text, part);
		const code = "COVID_19_NEW_DEATHS";
		for (const [what, other] of [
			["the day", at({ period: "2020-04-02" }, "4")],
			["the element", at({ dataElement: code }, "4")],
			["the unit", at({ orgUnit: "35.07" }, "4")],
		] as const)
			expect(errorsOf(read(set(at({}), other))), what).toEqual([
				[1, "value", "duplicate-row"],
				[2, "value", "duplicate-row"],
			]);
		const female = { categoryOptionCombo: FEMALE };
		const male = { categoryOptionCombo: MALE, period: "2020-04-01" };
		expect(
			said(
				read(
					set(
						value(NEW_CASES, "20200401", "3", female),
						value(NEW_CASES, "20200401", "4", male),
					),
				),
			),
		).toEqual([["35.07", "2020-04-01", { confirmed: 7 }]]);
		expect(
			read(
				set(
					value(NEW_CASES, "20200401", "3", female),
					value(NEW_CASES, "20200401", "x", male),
				),
			).reports,
		).toEqual([]);
	});

	it("of several units or elements are no count of one area: what they count is not added up, and none of them is all", () => {
		const units = "orgUnit,kode\nUnitNoCode1,35.07.13\nPkmB0000001,35.07.13\n";
		const known = reading(METADATA, ELEMENT_TABLE, units);
		const two = read(
			set(
				value(DEATHS, "20200402", "30", { orgUnit: "UnitNoCode1" }),
				value(DEATHS, "20200403", "5", { orgUnit: "PkmB0000001" }),
			),
			{ known },
		);
		expect(two.reports).toEqual([]);
		expect(errorsOf(two)).toEqual([
			[1, "value", "duplicate-row"],
			[2, "value", "duplicate-row"],
		]);
		const elements = `${ELEMENT_TABLE}\nOtherDeaths,*,deaths,total,`;
		expect(
			read(
				set(
					value(DEATHS, "20200402", "3"),
					value("OtherDeaths", "20200402", "90"),
				),
				{ known: reading(METADATA, elements) },
			).reports,
		).toEqual([]);
		// A unit that is found by its own code beside the one that the table names.
		const other = reading(
			METADATA,
			ELEMENT_TABLE,
			"orgUnit,kode\nUnitNoCode1,35.07\n",
		);
		expect(
			errorsOf(read(set(value(DEATHS, "20200402", "3")), { known: other })),
		).toEqual([[1, "orgUnit", "duplicate-row"]]);
	});

	it("of a combo that is none of the element's are refused, and the sum with them: the whole beside its parts would count twice", () => {
		const parsed = read(
			set(
				value(NEW_CASES, "20200401", "5"),
				value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
				value(NEW_CASES, "20200401", "3", { categoryOptionCombo: MALE }),
				value(DEATHS, "20200401", "5"),
				value(DEATHS, "20200401", "7", { categoryOptionCombo: "SomethingXX" }),
			),
		);
		expect(parsed.reports).toEqual([]);
		expect(errorsOf(parsed).slice(0, 2)).toEqual([
			[1, "categoryOptionCombo", "unknown-code"],
			[5, "categoryOptionCombo", "unknown-code"],
		]);
		const without = { ...METADATA, options: [] };
		expect(
			read(
				set(
					value(NEW_CASES, "20200401", "5"),
					value(NEW_CASES, "20200401", "2", { categoryOptionCombo: FEMALE }),
				),
				{ known: reading(without) },
			).reports,
		).toEqual([]);
	});

	it("of a part that is written without a value are no zero, and one that was deleted changed the sum on that day", () => {
		const female = { categoryOptionCombo: FEMALE };
		const male = { categoryOptionCombo: MALE };
		expect(
			read(
				set(
					value(NEW_CASES, "20200401", "2", female),
					value(NEW_CASES, "20200401", "", male),
				),
			).reports,
		).toEqual([]);
		const { reports } = read(
			set(
				value(NEW_CASES, "20200401", "3", female),
				value(NEW_CASES, "20200401", "4", {
					...{ ...male, deleted: true },
					lastUpdated: "2020-05-01T10:00:00.000+0000",
				}),
			),
		);
		expect(reports).toMatchObject([
			{ values: { confirmed: 3 }, asOf: day("2020-05-01") },
		]);
	});

	it("of a project are told by the set too, and by the options of which its combo is made", () => {
		const one = value(DEATHS, "20200402", "3", { attributeOptionCombo: "" });
		for (const more of [
			{ attributeOptionCombo: "Donor000001" },
			{ attributeCategoryOptions: ["Donor000001"] },
		])
			expect(
				errorsOf(read(JSON.stringify({ ...more, dataValues: [one] }))),
			).toEqual([[1, "attributeOptionCombo", "unknown-code"]]);
	});

	it("of a facility are not those of the area whose code it has, and digits alone say no scheme", () => {
		const at = (code: string, name: string) =>
			read(set(value(DEATHS, "20200402", "3", { orgUnit: "Unit0000001" })), {
				known: reading(
					{ ...METADATA, units: [{ id: "Unit0000001", code, name }] },
					ELEMENT_TABLE,
					"orgUnit,kode\n",
				),
			});
		for (const [code, name] of [
			["350713", "Puskesmas Kepanjen"],
			["35.07", "RSUD Kanjuruhan"],
			["350713", ""],
			["9101", ""],
		] as const) {
			const { reports, errors } = at(code, name);
			expect([reports, errors[0]?.reason], `${code} ${name}`).toEqual([
				[],
				"unknown-area",
			]);
		}
		expect(at("350713", "Kec. Kepanjen").reports[0]?.area).toBe("35.07.13");
		expect(at("35", "Jawa Timur").reports[0]?.area).toBe("35");
	});

	it("are refused where the file holds them in another form than as elements of the set", () => {
		for (const text of [
			'<dataValueSet><dataValues><dataValue dataElement="a"/></dataValues></dataValueSet>',
			"<dataValueSet><dataValue><value>3</value></dataValue></dataValueSet>",
		])
			expect(read(text).errors).toMatchObject([{ reason: "format" }]);
	});

	it("of a file without any element of the table are refused as a whole, which names the table", () => {
		const { errors, unread } = read(set(value(DEATHS, "20200402", "3")), {
			known: reading(NO_METADATA, "dataElement\n", "orgUnit\n"),
		});
		expect(unread).toBe(1);
		expect(errors).toMatchObject([
			{ line: null, reason: "no-table", found: DEATHS },
		]);
	});

	it("are of no area where the digits of a unit's code are two places by the two schemes", () => {
		const known = reading(
			{ ...METADATA, units: [{ id: "UnitPapua01", code: "9105", name: "" }] },
			ELEMENT_TABLE,
			"orgUnit,kode\n",
		);
		const at = (name: string) =>
			read(set(value(DEATHS, "20200402", "3", { orgUnit: "UnitPapua01" })), {
				known: {
					...known,
					metadata: {
						...known.metadata,
						units: [{ id: "UnitPapua01", code: "9105", name }],
					},
				},
			});
		expect(at("").errors).toMatchObject([
			{ reason: "ambiguous-area", column: "orgUnit", line: 1 },
		]);
		const [byName] = at(
			tree.get("91.05" as KemendagriCode)?.name ?? "",
		).reports;
		expect(byName?.area).toBe("91.05");
	});

	it("are refused whole where the file breaks off, with nothing of its text repeated", () => {
		for (const text of [
			set(value(DEATHS, "20200402", "3")).slice(0, -9),
			asXml([value(DEATHS, "20200402", "3")]).slice(0, -9),
			"<!DOCTYPE a [<!ENTITY b 'budi.rahasia'>]><dataValueSet>&b;</dataValueSet>",
			`${"<a>".repeat(100_000)}`,
		]) {
			const { reports, errors, unread } = read(text);
			expect([reports.length, unread]).toEqual([0, 1]);
			expect(errors).toMatchObject([{ line: null, reason: "format" }]);
			expect(JSON.stringify(errors)).not.toContain("ahasia");
		}
	});

	it("are rows or errors however they are mangled, every line accounted for and no count greater than what was said", () => {
		const one = fc.record(
			{
				dataElement: fc.constantFrom(NEW_CASES, DEATHS, BY_SOURCE, TESTED, "x"),
				period: fc.constantFrom(
					...["20200401", "20200402", "20200403", "2020W15", "202004", "x"],
				),
				orgUnit: fc.constantFrom(
					...["UnitMalang1", "UnitBatu001", "UnitNoCode1", "35.07", "x"],
				),
				categoryOptionCombo: fc.constantFrom(
					...[FEMALE, MALE, IMPORTED, LOCAL, "HllvX50cXC0", "x"],
				),
				value: fc.oneof(
					fc.nat(9).map(String),
					fc.constantFrom<unknown>("", "-1", "true", "1.103", 4, null, "1e308"),
				),
				lastUpdated: fc.constantFrom(
					...["2020-04-05T10:00:00.000+0000", "x", "1988-12-21T23:59:38.000"],
				),
				deleted: fc.constantFrom<unknown>(true, false, "ya"),
			},
			{ requiredKeys: ["dataElement", "value"] },
		);
		fc.assert(
			fc.property(fc.array(one, { maxLength: 12 }), (values) => {
				const parsed = read(set(...values));
				expect(accounted(parsed)).toBe(parsed.lines);
				const most = values.reduce(
					(sum, { value: text }) => sum + (Number(text) || 0),
					0,
				);
				// No cell is told twice, whatever day it is known of.
				const cells = parsed.reports.map(({ area, day: of, values: counts }) =>
					JSON.stringify([area, of, Object.keys(counts)]),
				);
				expect(new Set(cells).size).toBe(cells.length);
				for (const { values: counts } of parsed.reports)
					for (const count of Object.values(counts))
						expect(count).toBeLessThanOrEqual(Math.max(0, most));
			}),
			{ numRuns: 500 },
		);
	});
});

describe("a table by which DHIS2 is read", () => {
	const put = (text: string) =>
		readReadingTable("dhis2-elements", bytes(text), tree);
	const header = "dataElement,categoryOptionCombo,indicator,counts,since";

	it("is taken whole", () => {
		expect(put(ELEMENT_TABLE)).toMatchObject({ rows: { length: 5 } });
	});

	it.each([
		["an unknown indicator", `${DEATHS},*,kasus,total,`, "indicator"],
		["an indicator that is computed", `${DEATHS},*,active,total,`, "indicator"],
		["what it counts is not said", `${DEATHS},*,deaths,,`, "counts"],
		["no first day of new ones", `${DEATHS},*,deaths,new,`, "since"],
		["a state added up", `${DEATHS},*,suspek,new,2020-04-01`, "counts"],
		[
			"all combos and one of them",
			`${DEATHS},*,deaths,total,\n${DEATHS},${MALE},deaths,total,`,
			"categoryOptionCombo",
		],
		[
			"one indicator of two elements",
			`${DEATHS},*,deaths,total,\n${TESTED},*,deaths,total,`,
			"indicator",
		],
		[
			"combos of one sum counted otherwise",
			`${DEATHS},${MALE},deaths,total,\n${DEATHS},${FEMALE},deaths,new,2020-04-01`,
			"counts",
		],
		[
			"a combo twice",
			`${DEATHS},*,deaths,total,\n${DEATHS},*,confirmed,total,`,
			"dataElement",
		],
	])("is refused by line and column: %s", (_, lines, column) => {
		expect(put(`${header}\n${lines}\n`)).toMatchObject({
			errors: [{ column, line: expect.any(Number) }],
		});
	});

	it("of units names an area for one unit alone", () => {
		expect(
			readReadingTable(
				"dhis2-units",
				bytes("orgUnit,kode\nPkmA,35.07.13\nPkmB,35.07.13\n"),
				tree,
			),
		).toMatchObject({ errors: [{ line: 3, column: "kode" }] });
	});

	it("of units names areas by dotted codes alone", () => {
		expect(
			readReadingTable(
				"dhis2-units",
				bytes("orgUnit,kode\nUnitNoCode1,3507\n"),
				tree,
			),
		).toMatchObject({ errors: [{ line: 2, column: "kode", found: "3507" }] });
	});
});

const FILES = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/11-dhis2",
);
it.skipIf(!existsSync(FILES))(
	"the published package and value sets are read: 13 elements, 38 combos, a month that is of no day",
	() => {
		const metadata = metadataOf(
			readFileSync(
				path.join(FILES, "COVID19_AGG_V1.0.1_DHIS2.33_metadata.json"),
				"utf8",
			),
		);
		expect([metadata.elements.length, metadata.options.length]).toEqual([
			13, 38,
		]);
		const parsed = read(
			readFileSync(
				path.join(FILES, "dataValueSet_with_audit_fields.json"),
				"utf8",
			),
			{
				known: reading(
					metadata,
					"dataElement,categoryOptionCombo,indicator,counts,since\nf7n9E0hX8qk,*,confirmed,total,",
				),
			},
		);
		expect(errorsOf(parsed)).toContainEqual([1, "period", "not-a-day"]);
	},
);
