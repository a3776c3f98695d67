import { createHash } from "node:crypto";
import {
	type AreaCode,
	parseKemendagriUndotted,
} from "../../core/areas/codes.ts";
import { resolveArea } from "../../core/areas/resolve.ts";
import { readDay } from "../../core/reading/cell.ts";
import type { Reading } from "../../core/reading/fault.ts";
import { type Day, dayInWib } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import {
	type Bundle,
	isObject,
	listOf,
	openBundle,
	type Resource,
} from "../reports/fhir-bundle.ts";
import { RowReader } from "../reports/read-row.ts";
import { LEFT_OUT } from "../reports/reading-tables.ts";
import type {
	FacilityReport,
	LaboratoryCount,
	Parsed,
	RowError,
} from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

/**
 * Bundles of laboratories in FHIR R4 (https://hl7.org/fhir/R4/observation.html), of which nothing leaves this file but counts: by laboratory, day of
 * the result, day of the specimen and kabupaten/kota of the patient. Names, numbers, telephones, addresses, birth dates and texts are never
 * read; no message repeats a text that a person may have written.
 */
export const fhirLab: Connector = {
	key: "fhir-lab",
	describes:
		"FHIR R4 bundles of laboratories in JSON (collection or document): specimens examined and positive by laboratory and day of the result; only counts are kept, nobody's name or number. Needs the register of laboratories and the table lab-places; lab-codes for codes that are not LOINC and SNOMED CT",
	anonymous: true,
	source: {
		key: "fhir-lab",
		idName: "Bundel FHIR laboratorium",
		enName: "FHIR bundles of laboratories",
		idOrder: "Sesudah laporan harian laboratorium itu sendiri",
		enOrder: "After the laboratory's own daily report",
		rank: 24,
		cadence: "irregular",
	},

	knows: (bytes) => !("error" in openBundle(bytes)),

	/** Each entry of the bundle counts as a line, the first as 1; only observations say something. */
	parse(bytes, context): Parsed {
		const bundle = openBundle(bytes);
		if ("error" in bundle) return refused(bundle.error, 1);
		const vintage = vintageOf(context);
		const lines = bundle.entries.length;
		if ("error" in vintage) return refused(vintage.error, lines);
		return new Counting(
			bundle,
			context,
			vintage.day ?? context.received,
		).parsed();
	},
};

type Result = "positive" | "negative" | "inconclusive";
type Coding = `${string}|${string}`;

/**
 * Codes that the standards themselves define. LOINC 94500-6: SARS-CoV-2 RNA in a respiratory specimen by nucleic acid amplification with probe
 * detection; SNOMED CT: detected, positive, not detected, negative, inconclusive, indeterminate.
 */
const LOINC = "http://loinc.org";
const SNOMED = "http://snomed.info/sct";
const STANDARD: Readonly<Record<"test" | "result", Record<Coding, string>>> = {
	test: { [`${LOINC}|94500-6`]: "nucleic-acid" },
	result: {
		[`${SNOMED}|260373001`]: "positive",
		[`${SNOMED}|10828004`]: "positive",
		[`${SNOMED}|260415000`]: "negative",
		[`${SNOMED}|260385009`]: "negative",
		[`${SNOMED}|419984006`]: "inconclusive",
		[`${SNOMED}|82334004`]: "inconclusive",
	},
};

/** What an observation may stand at (http://hl7.org/fhir/observation-status), and what is done with it. */
const STATUS: Readonly<Record<string, "final" | "changed" | "none">> = {
	final: "final",
	corrected: "changed",
	amended: "changed",
	registered: "none",
	preliminary: "none",
	cancelled: "none",
	"entered-in-error": "none",
	unknown: "none",
};

/** The kabupaten/kota in an address of Indonesia's profile of FHIR (fhir.kemkes.go.id), a Kemendagri code without its dot. */
const ADMINISTRATIVE = /\/StructureDefinition\/administrativeCode$/i;

/** An examined specimen, with nothing of whose it is. */
interface Examined {
	line: number;
	lab: string;
	day: Day;
	specimenDay: Day | null;
	area: AreaCode | null;
	result: Result;
	/** Digests by which the same observation and the same specimen are known again in this file. */
	observation: string;
	specimen: string | null;
}

class Counting {
	private readonly bundle: Bundle;
	private readonly context: ConnectorContext;
	private readonly asOf: Day;
	private readonly errors: RowError[] = [];
	private readonly skipped: Parsed["skipped"] = {};
	private readonly means: Readonly<Record<string, ReadonlyMap<string, string>>>;
	private readonly places: ReadonlyMap<string, string>;
	private readonly labs: ReadonlySet<string>;
	/** Reports of which a laboratory's observation is a result, for what it does not say itself. */
	private readonly reportOf = new Map<Resource, Resource>();
	/** The kabupaten/kota of names of towns, each looked for once. */
	private readonly towns = new Map<string, AreaCode | null>();
	/** Days of a laboratory of which a result cannot be counted: their counts would be short. */
	private readonly broken = new Set<string>();

	constructor(bundle: Bundle, context: ConnectorContext, asOf: Day) {
		this.bundle = bundle;
		this.context = context;
		this.asOf = asOf;
		const tables = context.reading?.tables;
		const codes = tables?.["lab-codes"] ?? [];
		const of = (use: "test" | "result") =>
			new Map([
				...Object.entries(STANDARD[use]),
				...codes
					.filter((row) => row.use === use)
					.map(
						(row) => [`${row.system}|${row.code}`, row.means ?? ""] as const,
					),
			]);
		this.means = { test: of("test"), result: of("result") };
		this.places = new Map(
			tables?.["lab-places"].map(({ system, value, kode_lab = "" }) => [
				`${system}|${value}`,
				kode_lab,
			]),
		);
		this.labs = new Set(
			context.facilities?.flatMap(({ code, kind }) =>
				kind === "laboratory" ? [code] : [],
			),
		);
		for (const entry of bundle.entries)
			if (entry?.resourceType === "DiagnosticReport")
				for (const result of listOf(entry.result)) {
					const observation = bundle.find(result, entry);
					if (observation) this.reportOf.set(observation, entry);
				}
	}

	parsed(): Parsed {
		const { context } = this;
		const all: Examined[] = [];
		for (const [at, entry] of this.bundle.entries.entries()) {
			if (entry?.resourceType !== "Observation") {
				this.skip("no result");
				continue;
			}
			const one = this.read(entry, at + 1);
			if (one) all.push(one);
		}
		const counted = this.eachOnce(all);
		const facilityReports: FacilityReport[] = [];
		const laboratoryCounts: LaboratoryCount[] = [];
		for (const day of Map.groupBy(counted, keyOf).values()) {
			const [first, ...others] = day as [Examined, ...Examined[]];
			if (this.broken.has(keyOf(first))) {
				this.refuse(
					day,
					"missing-part",
					"results of the same laboratory and day that cannot be counted",
					"every result of the day: without them its counts are short",
				);
				continue;
			}
			facilityReports.push({
				...{ facility: first.lab, day: first.day, asOf: this.asOf },
				line: first.line,
				also: others.map(({ line }) => line),
				values: {
					tests_done: day.length,
					positives: day.filter(({ result }) => result === "positive").length,
				},
			});
			for (const part of Map.groupBy(
				day,
				({ specimenDay, area }) => `${specimenDay} ${area}`,
			).values()) {
				const { lab, specimenDay, area } = part[0] as Examined;
				const times = (of: Result) =>
					part.filter(({ result }) => result === of).length;
				laboratoryCounts.push({
					...{ facility: lab, day: first.day, specimenDay, area },
					tested: part.length,
					positive: times("positive"),
					negative: times("negative"),
					inconclusive: times("inconclusive"),
				});
			}
		}
		const { versions } = context.reading ?? {};
		return {
			...{ reports: [], facilityReports, laboratoryCounts },
			...{ errors: this.errors, lines: this.bundle.entries.length },
			...{ skipped: this.skipped, unread: 0, asOf: null },
			...(versions && {
				reading: `${fhirLab.source.key} ${versions["lab-codes"]}.${versions["lab-places"]}`,
			}),
		};
	}

	private skip(reason: keyof Parsed["skipped"]): void {
		this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
	}

	private refuse(
		of: readonly Examined[],
		reason: RowError["reason"],
		found: string,
		expected: string,
	): void {
		for (const { line } of of)
			this.errors.push({
				...{ line, column: "Observation", reason, found, expected },
			});
	}

	/** What an observation says; undefined where it is none of a specimen, or an error was noted. */
	private read(observation: Resource, line: number): Examined | undefined {
		const noted: RowError[] = [];
		const fail = (
			column: string,
			reason: RowError["reason"],
			found: string,
			expected: string,
		): undefined => {
			noted.push({ line, column, reason, found, expected });
			return undefined;
		};
		const test = this.meaningOf("test", observation.code);
		if (test.kind === "one" && test.means === LEFT_OUT) {
			this.skip("left out");
			return undefined;
		}
		const text =
			typeof observation.status === "string" ? observation.status : "";
		const status = Object.hasOwn(STATUS, text) ? STATUS[text] : undefined;
		if (test.kind !== "one")
			fail(
				"code",
				"unknown-code",
				test.found,
				`LOINC 94500-6, or a code of the table lab-codes (use test): nucleic-acid, or ${LEFT_OUT}`,
			);
		else if (status !== "final" && status !== "changed")
			// It is no result (any more): the counts of its day are whole without it.
			fail(
				"status",
				"not-final",
				status === undefined ? "no status of FHIR" : text,
				"final, corrected or amended: only what stands is counted",
			);
		if (noted.length > 0) {
			this.errors.push(...noted);
			return undefined;
		}
		const report = this.reportOf.get(observation);
		const lab = this.labOf(observation, report, fail);
		const day = this.dayOf(
			observation.issued ?? observation.effectiveDateTime ?? report?.issued,
			line,
			"issued",
			noted,
			this.asOf,
		);
		const specimen = this.bundle.find(
			observation.specimen ?? listOf(report?.specimen)[0],
			observation,
		);
		const collection = isObject(specimen?.collection)
			? specimen.collection
			: {};
		const taken =
			collection.collectedDateTime ??
			observation.effectiveDateTime ??
			specimen?.receivedTime;
		const specimenDay =
			taken === undefined
				? null
				: this.dayOf(taken, line, "collectedDateTime", noted, day);
		const result = this.meaningOf("result", observation.valueCodeableConcept);
		if (result.kind !== "one")
			fail(
				"valueCodeableConcept",
				"unknown-code",
				result.found,
				"detected, not detected or inconclusive by SNOMED CT, or a code of the table lab-codes (use result)",
			);
		if (
			noted.length > 0 ||
			!lab ||
			day === undefined ||
			specimenDay === undefined ||
			result.kind !== "one"
		) {
			this.errors.push(...noted);
			if (lab && day !== undefined) this.broken.add(keyOf({ lab, day }));
			// Of which day it is nobody knows: any of the laboratory's may be short.
			else if (lab) this.broken.add(keyOf({ lab, day: null }));
			return undefined;
		}
		return {
			...{ line, lab, day, specimenDay },
			area: this.areaOf(observation),
			result: result.means as Result,
			observation: digest(lab, identityOf(observation) ?? `entry ${line}`),
			specimen: specimen
				? digest(lab, identityOf(specimen) ?? JSON.stringify(specimen))
				: null,
		};
	}

	/** Observations and specimens that stand twice: where they differ, none; where they say the same, the first. */
	private eachOnce(all: readonly Examined[]): Examined[] {
		const unclear = new Set<Examined>();
		const again = new Set<Examined>();
		for (const by of ["observation", "specimen"] as const)
			for (const [key, same] of Map.groupBy(all, (one) => one[by])) {
				const [first, ...others] = same;
				if (key === null || !first || others.length === 0) continue;
				const differ = others.some(
					(one) => one.result !== first.result || keyOf(one) !== keyOf(first),
				);
				for (const one of differ ? same : others)
					(differ ? unclear : again).add(one);
			}
		this.refuse(
			all.filter((one) => unclear.has(one)),
			"duplicate-row",
			"the same observation or specimen with another result or day",
			"each specimen examined once, or its corrected result alone",
		);
		for (const one of unclear) this.broken.add(keyOf(one));
		this.refuse(
			all.filter((one) => again.has(one) && !unclear.has(one)),
			"duplicate-row",
			"the same observation or specimen as before, with the same result",
			"each specimen examined once",
		);
		const left = all.filter((one) => !unclear.has(one) && !again.has(one));
		for (const one of left)
			if (this.broken.has(keyOf({ lab: one.lab, day: null })))
				this.broken.add(keyOf(one));
		return left;
	}

	/** What a coded concept means by the standards and the table: one thing, or why not. */
	private meaningOf(
		use: "test" | "result",
		concept: unknown,
	): { kind: "one"; means: string } | { kind: "none"; found: string } {
		const codings = listOf(isObject(concept) ? concept.coding : undefined)
			.filter(isObject)
			.map(({ system, code }) => [plain(system), plain(code)] as const);
		const meanings = new Set(
			codings.flatMap(
				([system, code]) => this.means[use]?.get(`${system}|${code}`) ?? [],
			),
		);
		const [means] = meanings;
		if (means !== undefined && meanings.size === 1)
			return { kind: "one", means };
		return {
			kind: "none",
			found:
				codings.length === 0
					? "no code"
					: codings
							.slice(0, 3)
							.map(([system, code]) => `${system}|${code}`)
							.join(", "),
		};
	}

	/** The registered laboratory that performed it: that of the organisation itself, never the name of whoever signed. */
	private labOf(
		observation: Resource,
		report: Resource | undefined,
		fail: (...of: [string, RowError["reason"], string, string]) => undefined,
	): string | undefined {
		const organisations = [
			...listOf(observation.performer).map((one) =>
				this.bundle.find(one, observation),
			),
			...listOf(report?.performer).map((one) =>
				this.bundle.find(one, report ?? observation),
			),
		].filter((one) => one?.resourceType === "Organization");
		const names = new Set(
			organisations.flatMap((one) => [
				...listOf(one?.identifier)
					.filter(isObject)
					.map(({ system, value }) => `${plain(system)}|${plain(value)}`),
				...(typeof one?.name === "string" ? [`name|${one.name.trim()}`] : []),
			]),
		);
		const codes = new Set(
			[...names].flatMap((name) => this.places.get(name) ?? []),
		);
		const [code] = codes;
		const expected =
			"one registered laboratory, by an identifier or the name of its organisation in the table lab-places";
		if (code === undefined || codes.size > 1)
			return fail(
				"performer",
				"unknown-facility",
				names.size === 0
					? "no organisation with an identifier or a name"
					: [...names].slice(0, 3).join(", ").slice(0, 200),
				expected,
			);
		return this.labs.has(code)
			? code
			: fail("performer", "unknown-facility", code, expected);
	}

	/** A day, or the day in Jakarta of a moment; noted as an error where it is none. */
	private dayOf(
		value: unknown,
		line: number,
		column: string,
		noted: RowError[],
		latest: Day | undefined,
	): Day | undefined {
		const text = typeof value === "string" ? value : "";
		const isTime = /^[\d T:.Z+-]{1,40}$/.test(text);
		const reader = new RowReader(
			{ line, cells: { [column]: isTime ? text : "" }, raw: {} },
			this.context,
		);
		const day = reader.possibleDay(column, dayOfMoment(text), latest);
		noted.push(...reader.errors);
		return day;
	}

	/** The kabupaten/kota of the patient, by code or by the name of a town; null where it is not stated in a way that means one. */
	private areaOf(observation: Resource): AreaCode | null {
		const patient = this.bundle.find(observation.subject, observation);
		if (patient?.resourceType !== "Patient") return null;
		const { tree } = this.context;
		const areas = new Set(
			listOf(patient.address)
				.filter(isObject)
				.flatMap((address): AreaCode[] => {
					const code = parseKemendagriUndotted(cityCode(address) ?? "");
					const area = code && tree.get(code);
					if (area) return area.level === "regency" ? [area.code] : [];
					if (typeof address.city !== "string") return [];
					const known = this.towns.get(address.city);
					if (known !== undefined) return known === null ? [] : [known];
					const named = resolveArea(tree, address.city, { level: "regency" });
					const found = named.ok ? named.area.code : null;
					this.towns.set(address.city, found);
					return found === null ? [] : [found];
				}),
		);
		const [only] = areas;
		return only !== undefined && areas.size === 1 ? only : null;
	}
}

function cityCode(address: Record<string, unknown>): string | undefined {
	const parts = listOf(address.extension)
		.filter(isObject)
		.filter(({ url }) => typeof url === "string" && ADMINISTRATIVE.test(url))
		.flatMap(({ extension }) => listOf(extension).filter(isObject));
	const city = parts.find(({ url }) => url === "city")?.valueCode;
	return typeof city === "string" ? city : undefined;
}

/** What the first identifier of a resource is, or its id. */
function identityOf(resource: Resource): string | undefined {
	const [identifier] = listOf(resource.identifier).filter(isObject);
	if (typeof identifier?.value === "string")
		return JSON.stringify([identifier.system, identifier.value]);
	return typeof resource.id === "string" ? resource.id : undefined;
}

/** Known again within one file, and read back by nobody. */
function digest(lab: string, identity: string): string {
	return createHash("sha256").update(`${lab}\n${identity}`).digest("base64");
}

function keyOf({ lab, day }: { lab: string; day: Day | null }): string {
	return JSON.stringify([lab, day]);
}

/** A code, a system or a number of an organisation; of anything else, which may be a text about somebody, nothing. */
function plain(value: unknown): string {
	return typeof value === "string" && /^[\w.:/#+-]{1,100}$/.test(value)
		? value
		: "(text)";
}

function dayOfMoment(text: string): Reading<Day> {
	const zoned =
		/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
	if (!zoned.test(text)) return readDay(text, "day-and-time");
	const at = Date.parse(text);
	return Number.isNaN(at)
		? {
				...{ ok: false, reason: "impossible-day" },
				expected: "a moment of the calendar",
			}
		: { ok: true, value: dayInWib(at) };
}

function refused(error: RowError, lines: number): Parsed {
	return {
		...{ reports: [], facilityReports: [], errors: [error], lines },
		...{ skipped: {}, unread: lines, asOf: null },
	};
}
