import { constants, gunzipSync } from "node:zlib";
import {
	brokenInWords,
	isObject,
	jsonInWords,
	readJson,
} from "../../core/reading/json.ts";
import type { RowError } from "./report.ts";

/** A resource of FHIR R4, of which only what is asked for by name is looked at. */
export type Resource = Readonly<Record<string, unknown>>;

/** A bundle, taken apart: its entries in order, and whom a reference in it means. */
export interface Bundle {
	/** Null where an entry holds no resource. */
	entries: readonly (Resource | null)[];
	/** The resource of a reference (`Patient/12`, a full address, `#contained`); undefined where none or more than one may be meant. */
	find(reference: unknown, from: Resource): Resource | undefined;
	/** Which entry a resource is, the first as 1, and the address that the entry states; undefined for a contained one. */
	entryOf(
		resource: Resource,
	): { line: number; fullUrl: string | undefined } | undefined;
}

/** What stands in FHIR or in a message of HL7 v2 (its delimiters), and in no table. */
const SIGNS = [
	...['"resourceType"', "http://hl7.org/fhir", "|^~\\&"],
	...["<Bundle", "<Patient", "<Observation", "<DiagnosticReport"],
];

/** So much of a packed file is unpacked to see what it is. */
const PACKED_HEAD = 16_384;

/**
 * Whether a file is FHIR or HL7 v2 or looks like it, whole or not, also packed with gzip, in UTF-16 or with letters written as `\u0054`: it may
 * name people, and is nobody's to read but the reader of laboratories' bundles, nor to repeat in a message.
 */
export function mayNamePatients(bytes: Uint8Array): boolean {
	const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const text = given[0] === 0x1f && given[1] === 0x8b ? unpacked(given) : given;
	// Without its zeros the ASCII of UTF-16 is that of UTF-8; the escapes of JSON are undone also where it is broken off.
	const plain = text
		.toString("latin1")
		.replaceAll("\0", "")
		.replace(/\\(?:u00([0-7][\da-f])|\/)/gi, (_, hex: string | undefined) =>
			hex === undefined ? "/" : String.fromCharCode(Number.parseInt(hex, 16)),
		);
	return SIGNS.some((sign) => plain.includes(sign));
}

function unpacked(bytes: Buffer): Buffer {
	try {
		return gunzipSync(bytes.subarray(0, PACKED_HEAD), {
			finishFlush: constants.Z_SYNC_FLUSH,
		});
	} catch {
		return bytes;
	}
}

/** The types of a bundle in FHIR R4 (http://hl7.org/fhir/bundle-type): of another text nothing is repeated. */
const TYPES: readonly unknown[] = [
	...["document", "message", "transaction", "transaction-response", "batch"],
	...["batch-response", "history", "searchset", "collection"],
];

/** A longer reference is none. */
const LONGEST_REFERENCE = 300;

const EXPECTED =
	"a FHIR R4 bundle of a laboratory in JSON: resourceType Bundle, type collection or document, and entry of {resource}";

/**
 * Opens a bundle of the type collection or document.
 * @returns its parts; or why it cannot be used, with nothing of its text
 */
export function openBundle(bytes: Uint8Array): Bundle | { error: RowError } {
	const read = readJson(bytes);
	if ("fault" in read) return { error: refusal(brokenInWords(read.fault)) };
	const { value } = read;
	if (
		!isObject(value) ||
		value.resourceType !== "Bundle" ||
		!Array.isArray(value.entry)
	)
		return {
			error: refusal(
				isObject(value) && typeof value.resourceType === "string"
					? "FHIR, and no bundle with entries"
					: kindOf(value),
			),
		};
	if (value.type !== "collection" && value.type !== "document")
		return {
			error: refusal(
				`a bundle of another type${TYPES.includes(value.type) ? ` (${value.type})` : ""}, which may be a part of an answer or an order to change something`,
			),
		};
	const entries = value.entry.map((one) =>
		isObject(one) && isObject(one.resource) ? one.resource : null,
	);
	if (entries.some((one) => one?.resourceType === "Bundle"))
		return { error: refusal("a bundle in a bundle") };
	const named = new Map<string, Resource | null>();
	const places = new Map<
		Resource,
		{ line: number; fullUrl: string | undefined }
	>();
	for (const [at, resource] of entries.entries()) {
		if (!resource) continue;
		const { resourceType, id } = resource;
		const { fullUrl } = value.entry[at] as { fullUrl?: unknown };
		const address = typeof fullUrl === "string" ? fullUrl : undefined;
		places.set(resource, { line: at + 1, fullUrl: address });
		// What has an address is called by it alone: `Patient/12` of another server is another patient.
		if (address !== undefined) addName(named, address, resource);
		else if (typeof resourceType === "string" && typeof id === "string")
			addName(named, `${resourceType}/${id}`, resource);
	}
	const contained = new Map<Resource, Map<string, Resource | null>>();
	const containedIn = (from: Resource) => {
		const known = contained.get(from);
		if (known) return known;
		const own = new Map<string, Resource | null>();
		for (const one of listOf(from.contained))
			if (isObject(one) && typeof one.id === "string")
				addName(own, one.id, one);
		contained.set(from, own);
		return own;
	};
	return {
		entries,
		entryOf: (resource) => places.get(resource),
		find(reference, from) {
			const text = isObject(reference) ? reference.reference : undefined;
			if (typeof text !== "string" || text.length > LONGEST_REFERENCE)
				return undefined;
			if (text.startsWith("#"))
				return containedIn(from).get(text.slice(1)) ?? undefined;
			const version = text.indexOf("/_history/");
			const name = version < 0 ? text : text.slice(0, version);
			// A relative reference is one of the server of the entry in which it stands (https://hl7.org/fhir/R4/bundle.html#references).
			const beside = serverOf(places.get(from)?.fullUrl);
			const whole =
				beside !== undefined && !name.includes(":") ? beside + name : name;
			return named.get(named.has(whole) ? whole : name) ?? undefined;
		},
	};
}

/** Of two under one name nobody can say which is meant: it is then null. */
function addName(
	names: Map<string, Resource | null>,
	name: string,
	resource: Resource,
): void {
	names.set(
		name,
		names.has(name) && names.get(name) !== resource ? null : resource,
	);
}

/** `https://lab.example/fhir/` of `https://lab.example/fhir/Patient/12`. */
function serverOf(fullUrl: string | undefined): string | undefined {
	if (!fullUrl?.includes("://") || fullUrl.length > LONGEST_REFERENCE)
		return undefined;
	const id = fullUrl.lastIndexOf("/");
	return fullUrl.slice(0, fullUrl.lastIndexOf("/", id - 1) + 1);
}

export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** What something is, unless it may hold what a person is called. */
function kindOf(value: unknown): string {
	return typeof value === "object" ? jsonInWords(value) : "no object";
}

function refusal(found: string): RowError {
	return {
		...{ line: null, column: null, reason: "format" },
		...{ found, expected: EXPECTED },
	};
}
