import { createHash } from "node:crypto";
import {
	type AreaCode,
	parseKemendagriUndotted,
} from "../../core/areas/codes.ts";
import { resolveArea } from "../../core/areas/resolve.ts";
import { readDayInJakarta } from "../../core/reading/cell.ts";
import { isObject } from "../../core/reading/json.ts";
import type { Day } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import {
	type Bundle,
	listOf,
	openBundle,
	type Resource,
} from "../reports/fhir-bundle.ts";
import { RowReader } from "../reports/read-row.ts";
import { LEFT_OUT } from "../reports/reading-tables.ts";
import {
	type FacilityReport,
	type LaboratoryCount,
	type Parsed,
	type RowError,
	unreadable,
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
		if ("error" in bundle) return unreadable(bundle.error, 1);
		const vintage = vintageOf(context);
		const lines = bundle.entries.length;
		if ("error" in vintage) return unreadable(vintage.error, lines);
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

/** What an observation may stand at (http://hl7.org/fhir/observation-status), and what is done with it; `unknown` may be anything. */
const STATUS: Readonly<
	Record<string, "final" | "changed" | "pending" | "withdrawn">
> = {
	final: "final",
	corrected: "changed",
	amended: "changed",
	registered: "pending",
	preliminary: "pending",
	cancelled: "withdrawn",
	"entered-in-error": "withdrawn",
};

/** Reports that are no more. */
const WITHDRAWN: readonly unknown[] = ["cancelled", "entered-in-error"];
/** Reports that were given before: their day is that of the change. */
const CHANGED: readonly unknown[] = ["corrected", "amended", "appended"];
const CORRECTION =
	"a correction of an earlier day: withdraw that bundle and give it whole";

/** Subjects of an observation that are nobody: a swab of a room is no patient's. */
const THINGS: readonly unknown[] = ["Location", "Device", "Substance"];

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
	/** Whether it changes a result given before, of a day that this file does not tell. */
	changed: boolean;
	/** Digests by which the same observation and the same specimen are known again in this file. */
	observation: string;
	specimen: string;
}

/** What is noted of a line; it returns nothing. */
type Fail = (
	column: string,
	reason: RowError["reason"],
	found: string,
	expected: string,
) => undefined;

class Counting {
	private readonly bundle: Bundle;
	private readonly context: ConnectorContext;
	private readonly asOf: Day;
	private readonly errors: RowError[] = [];
	private readonly skipped: Parsed["skipped"] = {};
	private readonly means: Readonly<Record<string, ReadonlyMap<string, string>>>;
	private readonly places: ReadonlyMap<string, string>;
	private readonly labs: ReadonlySet<string>;
	/** Systems of codes that are told in messages: those of the standards and of the table. */
	private readonly systems: ReadonlySet<string>;
	/** Reports of which a laboratory's observation is a result, for what it does not say itself. */
	private readonly reportsOf = new Map<Resource, Resource[]>();
	/** The kabupaten/kota of names of towns, each looked for once. */
	private readonly towns = new Map<string, AreaCode | null>();
	/** Days of a laboratory of which a result cannot be counted, by `keyOf`: their counts would be short. */
	private readonly broken = new Set<string>();
	/** Observations that were cancelled or entered in error. */
	private readonly withdrawn = new Set<string>();

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
		this.systems = new Set([
			...[LOINC, SNOMED],
			...codes.flatMap(({ system = "" }) => system),
		]);
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
					if (!observation) continue;
					const reports = this.reportsOf.get(observation);
					if (reports) reports.push(entry);
					else this.reportsOf.set(observation, [entry]);
				}
	}

	parsed(): Parsed {
		const all: Examined[] = [];
		for (const [at, entry] of this.bundle.entries.entries()) {
			if (typeof entry?.resourceType !== "string") this.readNothing(at + 1);
			else if (entry.resourceType === "DiagnosticReport")
				this.readReport(entry, at + 1);
			else if (entry.resourceType !== "Observation") this.skip("no result");
			else {
				const one = this.read(entry, at + 1);
				if (one) all.push(one);
			}
		}
		const counted = this.eachOnce(all);
		const facilityReports: FacilityReport[] = [];
		const laboratoryCounts: LaboratoryCount[] = [];
		for (const day of Map.groupBy(counted, keyOf).values()) {
			const [first, ...others] = day as [Examined, ...Examined[]];
			if (this.isBroken(first)) {
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
		return {
			...{ reports: [], facilityReports, laboratoryCounts },
			...{ errors: this.errors, lines: this.bundle.entries.length },
			...{ skipped: this.skipped, unread: 0, asOf: null },
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

	/** Notes that results of a day cannot be counted; null for any laboratory, and any day of the file. */
	private break(lab: string | null, day: Day | null): void {
		this.broken.add(keyOf({ lab, day }));
	}

	private isBroken({ lab, day }: Examined): boolean {
		return [lab, null].some((of) =>
			[day, null].some((on) => this.broken.has(keyOf({ lab: of, day: on }))),
		);
	}

	/** An entry that is no resource of FHIR may be the result of any laboratory and day. */
	private readNothing(line: number): void {
		this.errors.push({
			...{ line, column: "resource", reason: "missing-part" },
			found: "an entry without a resource",
			expected: "a resource of FHIR in every entry of the bundle",
		});
		this.break(null, null);
	}

	/** A report says nothing itself; results of it that are no entries are missing in the counts. */
	private readReport(report: Resource, line: number): void {
		const test = this.meaningOf("test", report.code);
		const isWhole = listOf(report.result).every((result) => {
			const found = this.bundle.find(result, report);
			return (
				found?.resourceType === "Observation" && this.bundle.entryOf(found)
			);
		});
		if (
			isWhole ||
			WITHDRAWN.includes(report.status) ||
			(test.kind === "one" && test.means === LEFT_OUT)
		) {
			this.skip("no result");
			return;
		}
		this.errors.push({
			...{ line, column: "result", reason: "missing-part" },
			found: "a result that is no entry of the bundle",
			expected: "every result of the report as an entry of its own",
		});
		this.break(
			this.labOf(listOf(report.performer), report, () => undefined) ?? null,
			this.dayOf(report.issued, line, "issued", [], this.asOf) ?? null,
		);
	}

	/** What an observation says; undefined where it is none of a specimen, or an error was noted. */
	private read(observation: Resource, line: number): Examined | undefined {
		const noted: RowError[] = [];
		const fail: Fail = (column, reason, found, expected) => {
			noted.push({ line, column, reason, found, expected });
			return undefined;
		};
		const test = this.meaningOf("test", observation.code);
		const subject = this.subjectOf(observation);
		if (
			(test.kind === "one" && test.means === LEFT_OUT) ||
			THINGS.includes(subject)
		) {
			this.skip("left out");
			return undefined;
		}
		const text =
			typeof observation.status === "string" ? observation.status : "";
		const stated = Object.hasOwn(STATUS, text) ? STATUS[text] : undefined;
		const reports = this.reportsOf.get(observation) ?? [];
		const gone = reports.filter(({ status }) => WITHDRAWN.includes(status));
		const status =
			gone.length > 0 && gone.length === reports.length ? "withdrawn" : stated;
		const identity = digest(
			"",
			this.identityOf(observation) ?? `entry ${line}`,
		);
		if (status === "pending" || status === "withdrawn") {
			// It is no result (any more): the counts of its day are whole without it.
			if (status === "withdrawn") this.withdrawn.add(identity);
			this.errors.push({
				...{ line, column: "status", reason: "not-final" },
				found: stated === status ? text : "a report that is withdrawn",
				expected:
					status === "pending"
						? "final: only what stands is counted"
						: "final; where an earlier day was counted with it, withdraw that bundle and give the day whole",
			});
			return undefined;
		}
		if (status === "final" && isAbsent(observation)) {
			this.skip("no result");
			return undefined;
		}
		const [report] = reports;
		if (status === undefined)
			fail(
				"status",
				"not-final",
				text === "unknown" ? text : "no status of FHIR",
				"a status by which it is known whether the result stands",
			);
		if (
			gone.length > 0 ||
			new Set(
				reports.map(({ issued, performer, specimen }) =>
					JSON.stringify([issued, performer, specimen]),
				),
			).size > 1
		)
			fail(
				"DiagnosticReport",
				"duplicate-row",
				"two reports of the observation that differ",
				"one report of a result, or two that say the same of day, laboratory and specimen",
			);
		if (subject !== undefined && subject !== "Patient")
			fail(
				"subject",
				"unknown-code",
				"a subject that is no patient",
				"a patient; what was taken of a place or a thing is left out",
			);
		if (test.kind !== "one")
			fail(
				"code",
				"unknown-code",
				test.found,
				`LOINC 94500-6, or a code of the table lab-codes (use test): nucleic-acid, or ${LEFT_OUT} for what is not ours`,
			);
		const own = listOf(observation.performer);
		const lab =
			own.length > 0 || !report
				? this.labOf(own, observation, fail)
				: this.labOf(listOf(report.performer), report, fail);
		const issued = observation.issued ?? report?.issued;
		const day =
			issued === undefined
				? fail(
						"issued",
						"not-a-day",
						"no day of the result",
						"issued of the observation or its report; effectiveDateTime is the day of the specimen",
					)
				: this.dayOf(issued, line, "issued", noted, this.asOf);
		const changed =
			status === "changed" ||
			(observation.issued === undefined && CHANGED.includes(report?.status));
		const specimens = listOf(report?.specimen);
		const [reference, from] =
			observation.specimen !== undefined || !report
				? [observation.specimen, observation]
				: [specimens.length === 1 ? specimens[0] : undefined, report];
		const specimen = this.bundle.find(reference, from);
		const known = this.specimenIdentity(reference, specimen);
		if (known === undefined)
			fail(
				"specimen",
				"missing-part",
				"no specimen that is known again",
				"specimen with a reference to an entry, or an identifier with its system: else the same one may be counted twice",
			);
		const specimenDay = this.dayOfSpecimen(
			...[observation, specimen, line, noted, day],
		);
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
			known === undefined ||
			result.kind !== "one"
		) {
			this.errors.push(...noted);
			// Whose it is or of which day nobody knows: any may be short. What a change that cannot be read changes, neither.
			this.break(lab ?? null, changed ? null : (day ?? null));
			return undefined;
		}
		return {
			...{ line, lab, day, specimenDay, changed },
			area: this.areaOf(observation),
			result: result.means as Result,
			observation: identity,
			specimen: digest(lab, known),
		};
	}

	/** The day on which a specimen was taken; null where it is not stated as one day, undefined where it is none (noted). */
	private dayOfSpecimen(
		observation: Resource,
		specimen: Resource | undefined,
		line: number,
		noted: RowError[],
		latest: Day | undefined,
	): Day | null | undefined {
		const collection = isObject(specimen?.collection)
			? specimen.collection
			: {};
		const period = collection.collectedPeriod;
		const taken =
			collection.collectedDateTime ??
			(isObject(period) ? oneDayOf(period) : observation.effectiveDateTime);
		// FHIR knows dates of a year or a month alone.
		if (
			taken === undefined ||
			taken === null ||
			(typeof taken === "string" && /^\d{4}(?:-\d{2})?$/.test(taken))
		)
			return null;
		return this.dayOf(taken, line, "collectedDateTime", noted, latest);
	}

	/** Of which kind the subject is, as the entry or else the reference says; undefined where neither does. */
	private subjectOf(observation: Resource): unknown {
		const found = this.bundle.find(observation.subject, observation);
		if (found) return found.resourceType;
		if (!isObject(observation.subject)) return undefined;
		const { reference, type } = observation.subject;
		if (typeof type === "string") return type.split("/").at(-1);
		return typeof reference === "string" &&
			/^[A-Z][A-Za-z]{2,40}\/[^/]{1,100}$/.test(reference)
			? reference.split("/")[0]
			: undefined;
	}

	/** An identifier with its system, else the address of the entry or what it is called in the file. */
	private identityOf(resource: Resource): string | undefined {
		const place = this.bundle.entryOf(resource);
		return (
			listOf(resource.identifier).map(identifierOf).find(Boolean) ??
			place?.fullUrl ??
			(place && isStated(resource.id)
				? `${resource.resourceType}/${resource.id}`
				: undefined)
		);
	}

	private specimenIdentity(
		reference: unknown,
		specimen: Resource | undefined,
	): string | undefined {
		if (specimen) return this.identityOf(specimen);
		if (!isObject(reference)) return undefined;
		return (
			identifierOf(reference.identifier) ??
			// `#1` is another specimen in each entry.
			(isStated(reference.reference) && !reference.reference.startsWith("#")
				? reference.reference
				: undefined)
		);
	}

	/**
	 * Observations and specimens that stand twice: where they differ or one of them withdraws the other, none; where they say the same, the
	 * first. What changes a result of another day is none.
	 */
	private eachOnce(all: readonly Examined[]): Examined[] {
		const unclear = new Set<Examined>(
			all.filter(({ observation }) => this.withdrawn.has(observation)),
		);
		const again = new Set<Examined>();
		for (const by of ["observation", "specimen"] as const)
			for (const same of Map.groupBy(all, (one) => one[by]).values()) {
				const [first, ...others] = same;
				if (!first || others.length === 0) continue;
				const said = ({ lab, day, result, ...one }: Examined) =>
					JSON.stringify([
						...[lab, day, result],
						...(by === "observation"
							? [one.specimen, one.specimenDay, one.area]
							: []),
					]);
				const differ = others.some((one) => said(one) !== said(first));
				for (const one of differ ? same : others)
					(differ ? unclear : again).add(one);
			}
		const changed = all.filter((one) => one.changed);
		for (const { line } of changed)
			this.errors.push({
				...{ line, column: "status", reason: "not-final" },
				...{ found: "a result that was changed", expected: CORRECTION },
			});
		this.refuse(
			all.filter((one) => unclear.has(one) && !one.changed),
			"duplicate-row",
			"the same observation or specimen with another result, day, specimen or status",
			"each specimen examined once, as it stands",
		);
		for (const one of [...unclear, ...changed]) this.break(one.lab, one.day);
		const left = all.filter((one) => !unclear.has(one) && !one.changed);
		this.refuse(
			left.filter((one) => again.has(one)),
			"duplicate-row",
			"the same observation or specimen as before, with the same result",
			"each specimen examined once",
		);
		return left.filter((one) => !again.has(one));
	}

	/** What a coded concept means by the standards and the table: one thing, or why not. */
	private meaningOf(
		use: "test" | "result",
		concept: unknown,
	): { kind: "one"; means: string } | { kind: "none"; found: string } {
		const codings = listOf(isObject(concept) ? concept.coding : undefined)
			.filter(isObject)
			.map(({ system, code }) => [system, code] as const);
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
							.map(([system, code]) =>
								typeof system === "string" && this.systems.has(system)
									? `${system}|${isCode(code) ? code : "(not repeated)"}`
									: "a code of a system that the table lab-codes does not name",
							)
							.join(", "),
		};
	}

	/**
	 * The laboratory that performed it, also where it is not registered (noted): that of the organisation itself, by its identifiers, or by its
	 * name where it has none; never the name of whoever signed.
	 */
	private labOf(
		performers: readonly unknown[],
		from: Resource,
		fail: Fail,
	): string | undefined {
		const organisations = performers
			.map((one) => this.bundle.find(one, from))
			.filter((one) => one?.resourceType === "Organization");
		const found = organisations.map((one) => {
			const identifiers = listOf(one?.identifier);
			const names =
				identifiers.length > 0
					? identifiers
							.filter(isObject)
							.map(({ system, value }) => `${system}|${value}`)
					: [typeof one?.name === "string" ? `name|${one.name.trim()}` : ""];
			return names.flatMap((name) => this.places.get(name) ?? []);
		});
		const codes = new Set(found.flat());
		const [code] = codes;
		const expected =
			"one registered laboratory, by an identifier in the table lab-places, or by its name there where the organisation has no identifier";
		const [first] = organisations;
		// Of two organisations of which one is not known nobody can say whose the result is.
		if (
			code === undefined ||
			codes.size > 1 ||
			found.some((of) => of.length === 0)
		)
			return fail(
				"performer",
				"unknown-facility",
				first ? this.inWords(first) : "no organisation in the bundle",
				expected,
			);
		if (!this.labs.has(code))
			fail("performer", "unknown-facility", code, expected);
		return code;
	}

	/** Which entry an organisation is, with an identifier that looks like a code: its name may be that of a person. */
	private inWords(organisation: Resource): string {
		const identifier = listOf(organisation.identifier)
			.filter(isObject)
			.find(({ system, value }) => isCode(system) && isCode(value));
		const entry = this.bundle.entryOf(organisation);
		return [
			entry ? `the organisation of entry ${entry.line}` : "an organisation",
			...(identifier ? [`${identifier.system}|${identifier.value}`] : []),
		].join(", ");
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
		// A birth date, or a number of somebody in the wrong place, is not repeated.
		const isTime =
			/^\d{4}-\d{2}[\dT:.Z+-]{0,30}$/.test(text) &&
			text >= "2019" &&
			!/\d{8}/.test(text);
		const reader = new RowReader(
			{ line, cells: { [column]: isTime ? text : "" }, raw: {} },
			this.context,
		);
		const day = reader.possibleDay(column, readDayInJakarta(text), latest);
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
					if (typeof address.city !== "string" || address.city.length > 100)
						return [];
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

/** Whether a text says something: programs fill what must not be empty. */
function isStated(value: unknown): value is string {
	return (
		typeof value === "string" &&
		!/^[\s?.0-]*$|^(?:unknown|unk|null|none|n\/?a|nil|tidak ada)$/i.test(
			value.trim(),
		)
	);
}

/** An identifier by which something is the same in every file: system and value, both. */
function identifierOf(identifier: unknown): string | undefined {
	if (!isObject(identifier)) return undefined;
	const { system, value } = identifier;
	return isStated(system) && isStated(value)
		? JSON.stringify([system, value])
		: undefined;
}

/** Whether an observation states why it has no value, and none. */
function isAbsent(observation: Resource): boolean {
	return (
		isObject(observation.dataAbsentReason) &&
		!Object.keys(observation).some((key) =>
			/^(?:value|component|hasMember)/.test(key),
		)
	);
}

/** The day of a period that begins and ends on it. */
function oneDayOf({ start, end }: Record<string, unknown>): unknown {
	if (typeof start !== "string" || typeof end !== "string") return null;
	const [first, last] = [readDayInJakarta(start), readDayInJakarta(end)];
	return first.ok && last.ok && first.value === last.value ? start : null;
}

/** Known again within one file, and read back by nobody. */
function digest(lab: string, identity: string): string {
	return createHash("sha256").update(`${lab}\n${identity}`).digest("base64");
}

function keyOf({ lab, day }: { lab: string | null; day: Day | null }): string {
	return JSON.stringify([lab, day]);
}

/** A short code or address of a system: nothing with spaces, and no number as long as those of people. */
function isCode(value: unknown): value is string {
	return (
		typeof value === "string" &&
		/^[\w.:/#+-]{1,60}$/.test(value) &&
		!/\d{8}/.test(value.replace(/[.:/#+-]/g, ""))
	);
}
