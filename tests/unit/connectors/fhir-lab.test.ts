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
			{ n: 4, status: "corrected", result: DETECTED },
			{ n: 5, status: "Siti Rahasia" },
		]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 2, 1]]);
		expect(errorsOf(parsed)).toEqual(
			Array.from({ length: 3 }, () => ["status", "not-final"]),
		);
		namesNobody(parsed);
	});

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
			["Observation", "duplicate-row"],
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

	it("asks for the meaning of a test that no table knows, and leaves out one that is not read", () => {
		const parsed = read([
			{ n: 1, test: { system: "LN", code: "94500-6" } },
			{ n: 2, test: { system: "LN", code: "94558-4" } },
			{ n: 3, test: { system: "http://loinc.org", code: "718-7" } },
		]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(parsed.errors).toMatchObject([
			{ column: "code", reason: "unknown-code", found: "LN|94558-4" },
		]);
		expect(parsed.skipped["left out"]).toBe(1);
	});

	it("is of no laboratory that the register or the table lacks, never of whoever signed", () => {
		const parsed = read([{ n: 1 }], "collection", { name: "Lab Lain" });
		expect(parsed.errors).toMatchObject([
			{
				column: "performer",
				reason: "unknown-facility",
				found: "name|Lab Lain",
			},
		]);
		expect(parsed.facilityReports).toEqual([]);
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
				const text = JSON.stringify({ ...parsed, errors: [] });
				for (const one of PLANTED) expect(text).not.toContain(one);
			}),
			{ numRuns: 400 },
		);
	});
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
	"the published bundle is one negative specimen by the table of its codes, taken six weeks before, and names nobody",
	() => {
		const parsed = parse(readFileSync(FILE, "utf8"));
		expect(parsed.errors).toEqual([]);
		expect(said(parsed)).toEqual([["LAB3507", "2020-09-07", 1, 0]]);
		expect(parsed.laboratoryCounts).toMatchObject([
			{ specimenDay: day("2020-07-28"), area: null, negative: 1 },
		]);
		expect(JSON.stringify(parsed)).not.toMatch(/Elvis|Nieves|7871234567|Juan/);
	},
);
