import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day, isoFromDay } from "../../../core/series/day.ts";
import { fhirLab } from "../../../hub/connectors/fhir-lab.ts";
import { laboratories } from "../../../hub/connectors/laboratories.ts";
import { NO_METADATA } from "../../../hub/reports/dhis2-metadata.ts";
import { mayNamePatients } from "../../../hub/reports/fhir-bundle.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { reading } from "../../fixtures/dhis2.ts";
import {
	bundle,
	DETECTED,
	INCONCLUSIVE,
	LAB_CODES,
	LAB_PLACES,
	LOCAL_NEGATIVE,
	NOT_DETECTED,
	PLANTED,
	REGISTER,
	type Specimen,
} from "../../fixtures/fhir-lab.ts";

const tree = loadAreaTree();
const CONTEXT = {
	...{ tree, bridge: null, people: () => null, asOf: null },
	...{ path: "/in/bundle.json", received: day("2020-09-30") },
	facilities: [
		{ code: "LAB3507", name: "Uji", area: "35.07", kind: "laboratory" },
		{ code: "3507015", name: "RS Malang", area: "35.07", kind: "hospital" },
	] as never,
	reading: reading(NO_METADATA, undefined, undefined, {
		...{ codes: LAB_CODES, places: LAB_PLACES },
	}),
};
const parse = (text: string): Parsed =>
	fhirLab.parse(new TextEncoder().encode(text), CONTEXT);
const read = (
	specimens: readonly Specimen[],
	...more: [string?, Record<string, unknown>?]
) => parse(JSON.stringify(bundle(specimens, ...more)));
const said = ({ facilityReports }: Parsed) =>
	facilityReports.map(({ facility, day: of, values }) => [
		...[facility, isoFromDay(of), values.tests_done, values.positives],
	]);
const errorsOf = ({ errors }: Parsed) =>
	errors.map(({ column, reason }) => [column, reason]);
const accounted = ({ facilityReports, errors, skipped, unread }: Parsed) => {
	const lines = new Set(errors.map(({ line }) => line));
	lines.delete(null);
	for (const { line, also = [] } of facilityReports)
		for (const one of [line, ...also]) lines.add(one);
	return (
		lines.size +
		unread +
		Object.values(skipped).reduce((sum, count) => sum + count, 0)
	);
};
/** Nothing of anybody stands in what was made of a file. */
const namesNobody = (parsed: Parsed) => {
	const text = JSON.stringify(parsed);
	for (const one of PLANTED) expect(text).not.toContain(one);
};

describe("a laboratory's bundle", () => {
	it.each(["collection", "document"])(
		"is counts by laboratory, day of the result, day of the specimen and kabupaten/kota, and nobody: %s",
		(type) => {
			const parsed = read(
				[
					{ n: 1, result: DETECTED },
					{ n: 2, result: NOT_DETECTED },
					{ n: 3, result: INCONCLUSIVE, city: "3573" },
					{ n: 4, result: LOCAL_NEGATIVE, collected: "2020-09-06T23:30:00Z" },
					{ n: 5, result: DETECTED, issued: "2020-09-07T20:00:00Z" },
				],
				type,
			);
			expect(parsed.errors).toEqual([]);
			expect(said(parsed)).toEqual([
				["LAB3507", "2020-09-07", 4, 1],
				["LAB3507", "2020-09-08", 1, 1],
			]);
			expect(
				parsed.laboratoryCounts?.map((one) => [
					...[isoFromDay(one.day), isoFromDay(one.specimenDay ?? 0), one.area],
					...[one.tested, one.positive, one.negative, one.inconclusive],
				]),
			).toEqual([
				["2020-09-07", "2020-09-05", "35.07", 2, 1, 1, 0],
				["2020-09-07", "2020-09-05", "35.73", 1, 0, 0, 1],
				["2020-09-07", "2020-09-07", "35.07", 1, 0, 1, 0],
				["2020-09-08", "2020-09-05", "35.07", 1, 1, 0, 0],
			]);
			// Specimens are no people: nothing is said of people tested.
			expect(parsed.reports).toEqual([]);
			expect(accounted(parsed)).toBe(parsed.lines);
			namesNobody(parsed);
		},
	);

	it("counts what stands alone: neither what is preliminary, cancelled or entered in error, and its day is whole without it", () => {
		const parsed = read([
			{ n: 1 },
			{ n: 2, status: "entered-in-error" },
			{ n: 3, status: "preliminary" },
		]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(parsed.errors).toMatchObject([
			{
				...{ column: "status", reason: "not-final" },
				expected: expect.stringContaining("withdraw that bundle"),
			},
			{ column: "status", reason: "not-final" },
		]);
		// The same result as a final one beside it: which of the two stands nobody can say.
		const both = read([{ n: 1 }, { n: 1, status: "entered-in-error" }]);
		expect(both.facilityReports).toEqual([]);
	});

	it.each(["corrected", "amended"])(
		"counts nothing of the day of a result that is %s, nor of the day of its original: which days it changes the file does not tell",
		(status) => {
			const alone = read([
				{ n: 1 },
				{ n: 2, status, result: DETECTED },
				{ n: 3, issued: "2020-09-09T08:00:00+07:00" },
			]);
			expect(said(alone)).toEqual([["LAB3507", "2020-09-09", 1, 0]]);
			expect(alone.errors[0]).toMatchObject({
				...{ column: "status", reason: "not-final" },
				expected:
					"a correction of an earlier day: withdraw that bundle and give it whole",
			});
			const later = { n: 2, status, issued: "2020-09-09T08:00:00+07:00" };
			const withOriginal = read([{ n: 1 }, { n: 2 }, later]);
			expect(withOriginal.facilityReports).toEqual([]);
			const unreadable = read([{ n: 1 }, { ...later, result: null }]);
			expect(unreadable.facilityReports).toEqual([]);
			expect(accounted(withOriginal)).toBe(withOriginal.lines);
		},
	);

	it("counts an observation or specimen that stands twice once, and none of its day where the two differ", () => {
		const again = read([{ n: 1 }, { n: 2 }, { n: 2 }]);
		expect(said(again)).toEqual([["LAB3507", "2020-09-07", 2, 0]]);
		expect(errorsOf(again)).toEqual([["Observation", "duplicate-row"]]);
		const other = read([
			{ n: 1 },
			{ n: 2 },
			{ n: 2, result: DETECTED, status: "corrected" },
			{ n: 3, issued: "2020-09-09T08:00:00+07:00" },
		]);
		expect(said(other)).toEqual([["LAB3507", "2020-09-09", 1, 0]]);
		expect(errorsOf(other)).toEqual([
			["status", "not-final"],
			["Observation", "duplicate-row"],
			["Observation", "missing-part"],
		]);
		expect(accounted(other)).toBe(other.lines);
		namesNobody(other);
	});

	it.each<[string, Specimen, string, string]>([
		[
			"a result of no known code",
			{ n: 2, result: { system: "UNDEFINED", code: "DETECTED?" } },
			...(["valueCodeableConcept", "unknown-code"] as const),
		],
		[
			"a result in words",
			{ n: 2, result: null },
			...(["valueCodeableConcept", "unknown-code"] as const),
		],
		[
			"a day after the day of receipt",
			{ n: 2, issued: "2020-10-03T08:00:00+07:00" },
			...(["issued", "impossible-day"] as const),
		],
		[
			"no day",
			{ n: 2, issued: "Siti Rahasia" },
			...(["issued", "not-a-day"] as const),
		],
		[
			"a result without a day, of which that of the specimen is another",
			{
				n: 2,
				observation: { issued: undefined, effectiveDateTime: "2020-09-07" },
			},
			...(["issued", "not-a-day"] as const),
		],
		[
			"a status that is none of FHIR",
			{ n: 2, status: "Siti Rahasia" },
			...(["status", "not-final"] as const),
		],
		[
			"a test that no table knows",
			{ n: 2, test: { system: "LN", code: "94558-4" } },
			...(["code", "unknown-code"] as const),
		],
		[
			"a result of no laboratory",
			{ n: 2, observation: { performer: [{ reference: "Practitioner/9" }] } },
			...(["performer", "unknown-facility"] as const),
		],
		[
			"a result of no specimen that is known again",
			{ n: 2, observation: { specimen: { display: "Siti Rahasia" } } },
			...(["specimen", "missing-part"] as const),
		],
		[
			"a specimen whose number is a filler",
			{
				n: 2,
				observation: {
					specimen: { identifier: { system: "urn:s", value: "UNKNOWN" } },
				},
			},
			...(["specimen", "missing-part"] as const),
		],
		[
			"a contained specimen that is in no other entry",
			{
				n: 2,
				observation: {
					contained: [{ resourceType: "Specimen", id: "1" }],
					specimen: { reference: "#1" },
				},
			},
			...(["specimen", "missing-part"] as const),
		],
		[
			"a contained specimen that is not there",
			{ n: 2, observation: { specimen: { reference: "#1" } } },
			...(["specimen", "missing-part"] as const),
		],
		[
			"a subject that is neither a patient nor a thing",
			{ n: 2, observation: { subject: { reference: "Group/1" } } },
			...(["subject", "unknown-code"] as const),
		],
		[
			"a specimen taken after its result",
			{ n: 2, collected: "2020-09-08" },
			...(["collectedDateTime", "impossible-day"] as const),
		],
	])(
		"says nothing of a day with %s: its counts would be short",
		(_, wrong, column, reason) => {
			const parsed = read([{ n: 1 }, wrong]);
			expect(parsed.facilityReports).toEqual([]);
			expect(parsed.laboratoryCounts).toEqual([]);
			expect(errorsOf(parsed)).toEqual([
				[column, reason],
				["Observation", "missing-part"],
			]);
			namesNobody(parsed);
		},
	);

	it("breaks the day at every laboratory where nobody can say whose result or which day it is", () => {
		const later = "2020-09-09T08:00:00+07:00";
		const noLab = { performer: [{ reference: "Practitioner/9" }] };
		expect(
			said(
				read([{ n: 1, observation: noLab }, { n: 2 }, { n: 3, issued: later }]),
			),
		).toEqual([["LAB3507", "2020-09-09", 1, 0]]);
		const neither = { ...noLab, issued: undefined };
		expect(
			said(
				read([
					{ n: 1, observation: neither },
					{ n: 3, issued: later },
				]),
			),
		).toEqual([]);
	});

	it("leaves out tests that are not read and what was taken of a place, and skips what has no value and says why", () => {
		const parsed = read([
			{ n: 1, test: { system: "LN", code: "94500-6" } },
			{ n: 2, test: { system: "http://loinc.org", code: "718-7" } },
			{ n: 3, observation: { subject: { reference: "Location/12" } } },
			{
				n: 4,
				observation: {
					valueString: undefined,
					valueCodeableConcept: undefined,
					dataAbsentReason: { coding: [{ code: "error" }] },
				},
			},
		]);
		expect(parsed.errors).toEqual([]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(parsed.skipped).toEqual({ "left out": 2, "no result": 11 });
	});

	it("is of no laboratory that the register or the table lacks, never of whoever signed, and repeats no name", () => {
		const of = (laboratory: Record<string, unknown>) =>
			read([{ n: 1 }], "collection", laboratory);
		const parsed = of({ name: "Siti Rahasia" });
		expect(parsed.errors).toMatchObject([
			{
				...{ column: "performer", reason: "unknown-facility" },
				found: "the organisation of entry 5",
			},
		]);
		expect(parsed.facilityReports).toEqual([]);
		const byName = { name: "Laboratorio Clinico Test" };
		expect(said(of(byName)).length).toBe(1);
		// Of two organisations of which one is not known nobody can say whose the result is.
		const two = {
			contained: [{ resourceType: "Organization", id: "x", name: "Lain" }],
			performer: [
				{ reference: "#x" },
				...bundle([{ n: 1 }]).entry.flatMap(
					({ resource }) =>
						((resource as Record<string, unknown>).performer as []) ?? [],
				),
			],
		};
		expect(said(read([{ n: 1, observation: two }]))).toEqual([]);
		// A name counts only where there is no identifier: one that is not known is another laboratory.
		for (const [value, found] of [
			["LAB-99", "the organisation of entry 5, urn:labs|LAB-99"],
			["3507014101900001", "the organisation of entry 5"],
			["3507-0141-0190-0001", "the organisation of entry 5"],
			["Siti Rahasia", "the organisation of entry 5"],
		]) {
			const other = of({
				...byName,
				identifier: [{ system: "urn:labs", value }],
			});
			expect(other.errors).toMatchObject([{ found }]);
			expect(other.facilityReports).toEqual([]);
		}
	});

	it("repeats no code of an unknown system, no long number and no day of before the disease", () => {
		const parsed = read([
			{ n: 1, test: { system: "urn:Rahasia", code: "081234567890" } },
			{ n: 2, test: { system: "LN", code: "081234567890" } },
			{ n: 3, issued: "1990-01-01" },
			{ n: 4, issued: "2020-01T3507014101900001" },
		]);
		expect(parsed.errors.map(({ found }) => found)).toEqual([
			"a code of a system that the table lab-codes does not name",
			"LN|(not repeated)",
			...["", ""],
		]);
		namesNobody(parsed);
	});

	/** The bundle with other entries, by what is done to them. */
	const edited = (
		specimens: readonly Specimen[],
		edit: (entry: Record<string, unknown>[]) => void,
	) => {
		const made = structuredClone(bundle(specimens));
		edit(made.entry as never);
		return parse(JSON.stringify(made));
	};
	const reportOf = (n: number, more: Record<string, unknown> = {}) => ({
		resource: {
			...{ resourceType: "DiagnosticReport", status: "final" },
			result: [{ reference: `Observation/urn:uuid:o${n}` }],
			...more,
		},
	});

	it("asks the report for what a result does not say, and takes no result of a report that is withdrawn, changed, double or of which a result is missing", () => {
		const bare = {
			n: 2,
			observation: { issued: undefined, performer: undefined },
		};
		const organisation = { reference: "Organization/lab" };
		const full = {
			issued: "2020-09-07T10:00:00+07:00",
			performer: [organisation],
		};
		const of = (...reports: Record<string, unknown>[]) =>
			edited([{ n: 1 }, bare], (entry) => {
				const lab = structuredClone(entry.at(-1)) as never as {
					resource: { id: string };
				};
				lab.resource.id = "lab";
				entry.push(lab as never, ...reports);
			});
		expect(said(of(reportOf(2, full)))).toEqual([
			["LAB3507", "2020-09-07", 2, 0],
		]);
		const withdrawn = of(reportOf(2, { ...full, status: "entered-in-error" }));
		expect(said(withdrawn)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(errorsOf(withdrawn)).toEqual([["status", "not-final"]]);
		for (const [column, ...reports] of [
			["status", reportOf(2, { ...full, status: "amended" })],
			[
				"DiagnosticReport",
				reportOf(2, full),
				reportOf(2, { ...full, issued: "2020-09-08T10:00:00+07:00" }),
			],
			[
				"DiagnosticReport",
				reportOf(2, full),
				reportOf(2, { status: "cancelled" }),
			],
			["result", reportOf(2, full), reportOf(9, full)],
			["result", reportOf(2, full), reportOf(9)],
		] as [string, ...Record<string, unknown>[]][]) {
			const parsed = of(...reports);
			expect(parsed.facilityReports).toEqual([]);
			expect(errorsOf(parsed)[0]?.[0]).toBe(column);
			expect(accounted(parsed)).toBe(parsed.lines);
		}
	});

	it("is refused as a bundle in a bundle, and says nothing of any day where an entry holds no resource", () => {
		const nested = edited([{ n: 1 }], (entry) => {
			entry.push({ resource: { resourceType: "Bundle", entry: [] } });
		});
		expect([nested.errors[0]?.line, nested.facilityReports.length]).toEqual([
			null,
			0,
		]);
		const empty = edited([{ n: 1 }], (entry) => {
			entry.push({ fullUrl: "urn:uuid:1" });
		});
		expect(empty.facilityReports).toEqual([]);
		expect(errorsOf(empty)[0]).toEqual(["resource", "missing-part"]);
		expect(accounted(empty)).toBe(empty.lines);
	});

	it("says nothing of the days of an observation that stands twice with two specimens, and knows none by a filler", () => {
		const twice = { identifier: [{ system: "urn:lab", value: "A1" }] };
		expect(
			said(
				read([
					{ n: 1, observation: twice },
					{ n: 2, observation: twice },
				]),
			),
		).toEqual([]);
		for (const value of ["-", "", "UNKNOWN", "unknown", "0"]) {
			const filler = { identifier: [{ system: "urn:lab", value }] };
			expect(
				said(
					read([
						{ n: 1, observation: filler },
						{ n: 2, observation: filler },
					]),
				),
			).toEqual([["LAB3507", "2020-09-07", 2, 0]]);
		}
		const local = { identifier: [{ value: "1" }] };
		expect(
			said(
				read([
					{ n: 1, observation: local },
					{ n: 2, observation: local },
				]),
			),
		).toEqual([["LAB3507", "2020-09-07", 2, 0]]);
	});

	it("finds a resource by the address of its entry alone, of the server of the entry that refers to it", () => {
		const at = (organisation: string, observation?: string) =>
			said(
				edited(
					[{ n: 1, observation: { performer: [{ reference: organisation }] } }],
					(entry) => {
						const lab = entry.at(-1) as Record<string, unknown>;
						lab.fullUrl = "https://a.example/fhir/Organization/7";
						(lab.resource as Record<string, unknown>).id = "7";
						if (observation)
							(entry[2] as Record<string, unknown>).fullUrl = observation;
					},
				),
			).length;
		expect(at("https://a.example/fhir/Organization/7")).toBe(1);
		expect(at("https://a.example/fhir/Organization/7/_history/2")).toBe(1);
		expect(at("Organization/7", "https://a.example/fhir/Observation/1")).toBe(
			1,
		);
		expect(at("Organization/7", "https://b.example/fhir/Observation/1")).toBe(
			0,
		);
		expect(at("https://b.example/fhir/Organization/7")).toBe(0);
		expect(at("Organization/7")).toBe(0);
		expect(at(`Organization/7${"/_history/".repeat(50)}`)).toBe(0);
	});

	it("tells the day of a specimen only where it is one day of its collection", () => {
		const of = (collection: Record<string, unknown>) =>
			edited([{ n: 1 }], (entry) => {
				const { resource } = entry[1] as { resource: Record<string, unknown> };
				resource.collection = collection;
				resource.receivedTime = "2020-09-06T10:00:00+07:00";
			}).laboratoryCounts?.map(({ specimenDay }) => specimenDay);
		const start = "2020-09-05T08:00:00+07:00";
		expect(
			of({ collectedPeriod: { start, end: "2020-09-05T09:00:00+07:00" } }),
		).toEqual([day("2020-09-05")]);
		for (const collection of [
			{ collectedPeriod: { start, end: "2020-09-06T09:00:00+07:00" } },
			...[{ collectedPeriod: { start } }, { collectedDateTime: "2020-09" }],
			...[{ collectedDateTime: "2020" }, {}],
		])
			expect(of(collection)).toEqual([null]);
	});

	it("puts patients of whom no kabupaten/kota is stated under none, and counts them", () => {
		const parsed = read([{ n: 1, city: "9999" }]);
		expect(parsed.laboratoryCounts).toMatchObject([{ area: null, tested: 1 }]);
	});

	it("is refused as another type, broken off or of another kind, with nothing of its text", () => {
		const whole = JSON.stringify(bundle([{ n: 1 }]));
		for (const text of [
			whole.slice(0, -20),
			whole.replace('"collection"', '"searchset"'),
			whole.replace('"collection"', '"rahasia"'),
			JSON.stringify({ resourceType: "Patient", name: "Siti Rahasia" }),
			JSON.stringify("Siti Rahasia"),
			whole.replace('"type":', '"type":"Siti Rahasia","type":'),
		]) {
			const parsed = parse(text);
			expect(parsed.errors).toMatchObject([{ line: null, reason: "format" }]);
			expect([parsed.unread, parsed.facilityReports.length]).toEqual([1, 0]);
			namesNobody(parsed);
		}
	});

	it("is known as one that may name patients, whole or broken, in JSON and XML, and tables are not", () => {
		const yes = (text: string) =>
			mayNamePatients(new TextEncoder().encode(text));
		const whole = JSON.stringify(bundle([{ n: 1 }]), null, 1);
		expect(yes(whole)).toBe(true);
		expect(yes(whole.slice(0, 300))).toBe(true);
		expect(yes('<Bundle xmlns="http://hl7.org/fhir"><entry>')).toBe(true);
		for (const other of [
			gzipSync(whole),
			gzipSync(whole).subarray(0, 400),
			Buffer.from(`\ufeff${whole}`, "utf16le"),
		])
			expect(mayNamePatients(other)).toBe(true);
		expect(yes('{"resource\\u0054ype":"Patient"}')).toBe(true);
		expect(yes('{"\\u0072esourceType":"Pat')).toBe(true);
		expect(yes("MSH|^~\\&|LAB|RS|||20200907||ORU^R01|1|P|2.3\r")).toBe(true);
		expect(yes("kode,tanggal,konfirmasi\n35.07,2020-05-01,4\n")).toBe(false);
		expect(yes('{"dataValues":[]}')).toBe(false);
	});

	it("is counts or errors however it is mangled, every entry accounted for, and never anybody", () => {
		const odd = fc.oneof(
			fc.constantFrom<unknown>(null, 1, "", "Siti Rahasia", [], {}, true),
			fc.constant([null]),
			fc.constant([{ coding: [null, { system: 1 }] }]),
			fc.constant({ reference: "#x" }),
		);
		const key = fc.constantFrom(
			...["resourceType", "id", "identifier", "status", "code", "subject"],
			...["specimen", "performer", "issued", "valueCodeableConcept"],
			...["collection", "address", "name", "contained", "effectiveDateTime"],
		);
		const changes = fc.array(fc.tuple(fc.nat(), key, odd), { maxLength: 6 });
		const specimens = fc.array(
			fc.record({
				n: fc.nat(3),
				result: fc.constantFrom(DETECTED, NOT_DETECTED, INCONCLUSIVE, null),
				status: fc.constantFrom("final", "corrected", "preliminary"),
			}),
			{ maxLength: 4 },
		);
		fc.assert(
			fc.property(specimens, changes, (given, edits) => {
				const made = structuredClone(bundle(given));
				for (const [at, name, value] of edits) {
					const { resource } = made.entry[at % made.entry.length] as {
						resource: Record<string, unknown>;
					};
					resource[name] = value;
				}
				const parsed = parse(JSON.stringify(made));
				expect(accounted(parsed)).toBe(parsed.lines);
				const counted = (parsed.laboratoryCounts ?? []).reduce(
					(sum, { tested }) => sum + tested,
					0,
				);
				expect(counted).toBe(
					parsed.facilityReports.reduce(
						(sum, { values }) => sum + (values.tests_done ?? 0),
						0,
					),
				);
				expect(counted).toBeLessThanOrEqual(given.length);
				const text = JSON.stringify(parsed);
				for (const one of PLANTED) expect(text).not.toContain(one);
			}),
			{ numRuns: 400 },
		);
	});
});

it("the register of laboratories takes no province for the place of one: it would be in no kabupaten's figures", () => {
	const { facilities, errors } = laboratories.parse(
		new TextEncoder().encode(`${REGISTER}LAB35,Balai Besar,35\n`),
		CONTEXT,
	);
	expect(facilities).toHaveLength(1);
	expect(errors).toMatchObject([
		{ line: 3, column: "kode_wilayah", reason: "unknown-area" },
	]);
});

it("the register of laboratories refuses the code of a hospital, which would become one", () => {
	const { facilities, errors } = laboratories.parse(
		new TextEncoder().encode(`${REGISTER}3507015,RS Malang,35.07\n`),
		CONTEXT,
	);
	expect(facilities).toMatchObject([
		{ code: "LAB3507", kind: "laboratory", area: "35.07" },
	]);
	expect(errors).toMatchObject([
		{ line: 3, column: "kode_lab", reason: "unknown-facility" },
	]);
});

const FILE = path.resolve(
	import.meta.dirname,
	"../../../../shared/data/12-fhir-lab/bioportal_sarscov2_bundle.json",
);
it.skipIf(!existsSync(FILE))(
	"the published bundle is one negative specimen by the table of its codes, of which the day of receipt alone is stated, and names nobody",
	() => {
		const parsed = parse(readFileSync(FILE, "utf8"));
		expect(parsed.errors).toEqual([]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(parsed.laboratoryCounts).toMatchObject([
			{ specimenDay: null, area: null, negative: 1 },
		]);
		expect(JSON.stringify(parsed)).not.toMatch(/Elvis|Nieves|7871234567|Juan/);
	},
);
