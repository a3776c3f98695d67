import { constants, gunzipSync } from "node:zlib";
import { jsonInWords, readJson } from "../../core/reading/json.ts";
import type { RowError } from "./report.ts";

/** A resource of FHIR R4, of which only what is asked for by name is looked at. */
export type Resource = Readonly<Record<string, unknown>>;

/** A bundle, taken apart: its entries in order, and whom a reference in it means. */
export interface Bundle {
	/** Null where an entry holds no resource. */
	entries: readonly (Resource | null)[];
	/** The resource of a reference (`Patient/12`, a full address, `#contained`); undefined where none or more than one may be meant. */
	find(reference: unknown, from: Resource): Resource | undefined;
}

/** What stands in FHIR and in no table, as it is written in UTF-8 and in UTF-16. */
const SIGNS = [
	'"resourceType"',
	"http://hl7.org/fhir",
	...["<Bundle", "<Patient", "<Observation", "<DiagnosticReport"],
].flatMap((sign) => {
	const wide = Buffer.from(sign, "utf16le");
	return [Buffer.from(sign), wide, Buffer.from(wide).swap16()];
});

/** So much of a packed file is unpacked to see what it is. */
const PACKED_HEAD = 16_384;

/**
 * Whether a file is FHIR or looks like it, whole or not, also packed with gzip: it may name people, and is nobody's to read but the reader of
 * laboratories' bundles, nor to repeat in a message.
 */
export function mayNamePatients(bytes: Uint8Array): boolean {
	const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const text = given[0] === 0x1f && given[1] === 0x8b ? unpacked(given) : given;
	return SIGNS.some((sign) => text.includes(sign));
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

const EXPECTED =
	"a FHIR R4 bundle of a laboratory in JSON: resourceType Bundle, type collection or document, and entry of {resource}";

/**
 * Opens a bundle of the type collection or document.
 * @returns its parts; or why it cannot be used, with nothing of its text
 */
export function openBundle(bytes: Uint8Array): Bundle | { error: RowError } {
	const read = readJson(bytes);
	if ("fault" in read)
		return {
			error: refusal(
				`no JSON that can be used${read.fault.line === null ? "" : `, from line ${read.fault.line} on`}`,
			),
		};
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
				`a bundle of another type${typeof value.type === "string" && /^[a-z-]{1,30}$/.test(value.type) ? ` (${value.type})` : ""}, which may be a part of an answer or an order to change something`,
			),
		};
	const entries = value.entry.map((one) =>
		isObject(one) && isObject(one.resource) ? one.resource : null,
	);
	const named = new Map<string, Resource | null>();
	const name = (key: string, resource: Resource) => {
		// Of two under one name nobody can say which is meant.
		named.set(
			key,
			named.has(key) && named.get(key) !== resource ? null : resource,
		);
	};
	for (const [at, resource] of entries.entries()) {
		if (!resource) continue;
		const { resourceType, id } = resource;
		if (typeof resourceType === "string" && typeof id === "string")
			name(`${resourceType}/${id}`, resource);
		const { fullUrl } = value.entry[at] as { fullUrl?: unknown };
		if (typeof fullUrl === "string") name(fullUrl, resource);
	}
	return {
		entries,
		find(reference, from) {
			const text = isObject(reference) ? reference.reference : undefined;
			if (typeof text !== "string") return undefined;
			if (text.startsWith("#"))
				return listOf(from.contained)
					.filter(isObject)
					.find(({ id }) => id === text.slice(1));
			const [tail = ""] =
				/[A-Z][A-Za-z]{2,40}\/[^/]+$/.exec(
					text.replace(/\/_history\/.*$/, ""),
				) ?? [];
			return named.get(text) ?? named.get(tail) ?? undefined;
		},
	};
}

export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
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
