import { excerpt } from "../../core/reading/fault.ts";
import {
	brokenInWords,
	isObject,
	jsonInWords,
	readJson,
} from "../../core/reading/json.ts";
import { isXml, readXml } from "./read-xml.ts";
import type { RowError } from "./report.ts";

/** An organisation unit: what it is called, and the code that its owner gave it. Contacts and users are not kept. */
export interface Dhis2Unit {
	readonly id: string;
	readonly code: string;
	readonly name: string;
}

export interface Dhis2Element {
	readonly id: string;
	readonly code: string;
	readonly name: string;
	/** Whether a 0 is stored; where it is not, what is missing beside other counts of the element is 0 by DHIS2's own rule. */
	readonly zeroIsSignificant: boolean | null;
	/** Id of its category combo. */
	readonly combo: string;
}

export interface Dhis2Option {
	readonly id: string;
	readonly code: string;
	readonly name: string;
	/** Id of the category combo that it belongs to. */
	readonly combo: string;
}

/** What of a metadata package is needed to read values: who reports, what is counted, by which breakdown. */
export interface Dhis2Metadata {
	readonly units: readonly Dhis2Unit[];
	readonly elements: readonly Dhis2Element[];
	readonly options: readonly Dhis2Option[];
}

export const NO_METADATA: Dhis2Metadata = {
	units: [],
	elements: [],
	options: [],
};

/** The category option combo and the attribute option combo of what has no breakdown, alike in every DHIS2. */
export const DEFAULT_COMBO = "HllvX50cXC0";

const LISTS = {
	organisationUnits: "organisationUnit",
	dataElements: "dataElement",
	categoryOptionCombos: "categoryOptionCombo",
} as const;
type ListName = keyof typeof LISTS;

/** One object of a list, with the ids of those that it names. */
type Entry = Record<string, string>;

/**
 * Reads a metadata package or an export of organisation units, JSON or XML (DXF 2): the lists organisationUnits, dataElements and
 * categoryOptionCombos, of which some may be missing.
 * @returns what it holds of these, or why it is none
 */
export function readDhis2Metadata(
	bytes: Uint8Array,
): Dhis2Metadata | { error: RowError } {
	const lists = isXml(bytes) ? listsOfXml(bytes) : listsOfJson(bytes);
	if ("error" in lists) return lists;
	const metadata: Dhis2Metadata = {
		units: named(lists.organisationUnits).map(({ id, code, name }) => ({
			...{ id, code, name },
		})),
		elements: named(lists.dataElements).map((entry) => ({
			...{ id: entry.id, code: entry.code, name: entry.name },
			zeroIsSignificant:
				entry.zeroIsSignificant === "true"
					? true
					: entry.zeroIsSignificant === "false"
						? false
						: null,
			combo: entry.categoryCombo ?? "",
		})),
		options: named(lists.categoryOptionCombos).map((entry) => ({
			...{ id: entry.id, code: entry.code, name: entry.name },
			combo: entry.categoryCombo ?? "",
		})),
	};
	return metadata;
}

/** A package beside what was known before: what it names again is taken from it. */
export function withMetadata(
	known: Dhis2Metadata,
	more: Dhis2Metadata,
): Dhis2Metadata {
	const joined = <One extends { id: string }>(
		before: readonly One[],
		after: readonly One[],
	) => [...new Map([...before, ...after].map((one) => [one.id, one])).values()];
	return {
		units: joined(known.units, more.units),
		elements: joined(known.elements, more.elements),
		options: joined(known.options, more.options),
	};
}

function named(
	entries: readonly Entry[],
): (Entry & { id: string; code: string; name: string })[] {
	return entries.flatMap((entry) => {
		const { id = "", code = "", name = "" } = entry;
		return id === "" ? [] : [{ ...entry, id, code, name }];
	});
}

/** An export of one page: what is on the others would be missing from every sum. */
const PAGED: RowError = {
	...{ line: null, column: "pager", reason: "format" },
	found: "one page of several",
	expected: "all of the metadata in one file (export with paging=false)",
};

export const METADATA_EXPECTED =
	"metadata of DHIS2 with at least one of organisationUnits, dataElements and categoryOptionCombos, JSON or XML";

function listsOfJson(
	bytes: Uint8Array,
): Record<ListName, Entry[]> | { error: RowError } {
	const read = readJson(bytes);
	const value = "value" in read && isObject(read.value) ? read.value : {};
	const { pager } = value;
	if (isObject(pager) && Number(pager.pageCount) !== 1) return { error: PAGED };
	const listOf = (name: ListName): Entry[] =>
		Array.isArray(value[name]) ? value[name].map(entryOf) : [];
	const lists = {
		organisationUnits: listOf("organisationUnits"),
		dataElements: listOf("dataElements"),
		categoryOptionCombos: listOf("categoryOptionCombos"),
	};
	return Object.values(lists).some((list) => list.length > 0)
		? lists
		: {
				error: refusal(
					"fault" in read ? brokenInWords(read.fault) : jsonInWords(read.value),
				),
			};
}

function entryOf(value: unknown): Entry {
	if (!isObject(value)) return {};
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, one]) => {
			const text = isObject(one) ? one.id : one;
			return typeof text === "string" || typeof text === "boolean"
				? [[key, excerpt(String(text))]]
				: [];
		}),
	);
}

function listsOfXml(
	bytes: Uint8Array,
): Record<ListName, Entry[]> | { error: RowError } {
	const lists: Record<ListName, Entry[]> = {
		organisationUnits: [],
		dataElements: [],
		categoryOptionCombos: [],
	};
	let list: ListName | null = null;
	let entry: Entry | null = null;
	let pages = "1";
	const error = readXml(bytes, {
		open(name, attributes, depth) {
			if (name === "pager") pages = attributes.pageCount ?? "";
			if (depth === 1)
				list = Object.hasOwn(LISTS, name) ? (name as ListName) : null;
			else if (depth === 2 && list && name === LISTS[list])
				entry = shortened(attributes);
			else if (depth === 3 && entry && attributes.id !== undefined)
				entry[name] = excerpt(attributes.id);
		},
		close(name, text, depth) {
			if (name === "pageCount") pages = text;
			if (depth === 3 && entry && text !== "") entry[name] ??= excerpt(text);
			if (depth === 2 && list && entry) {
				lists[list].push(entry);
				entry = null;
			}
		},
	});
	if (error) return { error };
	if (pages !== "1") return { error: PAGED };
	return Object.values(lists).some((one) => one.length > 0)
		? lists
		: { error: refusal("XML without these") };
}

function shortened(attributes: Record<string, string>): Entry {
	return Object.fromEntries(
		Object.entries(attributes).map(([key, text]) => [key, excerpt(text)]),
	);
}

function refusal(found: string): RowError {
	return {
		line: null,
		column: null,
		reason: "format",
		found: excerpt(found),
		expected: METADATA_EXPECTED,
	};
}
