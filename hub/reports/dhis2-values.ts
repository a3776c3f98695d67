import { excerpt } from "../../core/reading/fault.ts";
import {
	brokenInWords,
	isObject,
	jsonInWords,
	readJson,
} from "../../core/reading/json.ts";
import { isXml, readXml } from "./read-xml.ts";
import type { RowError } from "./report.ts";

/** What of a data value is read. Who stored it and what they remarked is nobody's but the office's, and is never looked at. */
export const VALUE_FIELDS = [
	"dataElement",
	"period",
	"orgUnit",
	"categoryOptionCombo",
	"attributeOptionCombo",
	"value",
	"lastUpdated",
	"deleted",
] as const;
type ValueField = (typeof VALUE_FIELDS)[number];

/** A data value as it is written; a field that it lacks is that of the whole set, else empty. */
export type DataValue = Readonly<Record<ValueField, string>>;

const EXPECTED =
	"values of DHIS2: dataValues of {dataElement, period, orgUnit, categoryOptionCombo, value}, JSON, or XML with <dataValueSet>";

/** The field that a set states once for all its values in the place of each. */
const OF_THE_SET = ["period", "orgUnit", "attributeOptionCombo"] as const;

/**
 * Opens a dataValueSet of DHIS2, JSON or XML (DXF 2).
 * @returns its values in the order of the file; null where one is no object
 */
export function openDataValues(
	bytes: Uint8Array,
): { values: (DataValue | null)[] } | { error: RowError } {
	return isXml(bytes) ? ofXml(bytes) : ofJson(bytes);
}

function ofJson(
	bytes: Uint8Array,
): { values: (DataValue | null)[] } | { error: RowError } {
	const read = readJson(bytes);
	if ("fault" in read)
		return {
			error: {
				...read.fault,
				line: null,
				found: brokenInWords(read.fault),
			},
		};
	const { value } = read;
	const set = isObject(value) ? value : {};
	const { dataValues } = set;
	if (!Array.isArray(dataValues)) return { error: notOne(jsonInWords(value)) };
	return {
		values: dataValues.map((one) =>
			isObject(one) ? readValue(one, set) : null,
		),
	};
}

function ofXml(
	bytes: Uint8Array,
): { values: (DataValue | null)[] } | { error: RowError } {
	const values: DataValue[] = [];
	let root: string | null = null;
	/** An element that is no value with its fields as attributes. */
	let other: string | null = null;
	let set: Record<string, unknown> = {};
	const error = readXml(bytes, {
		open(name, attributes, depth) {
			if (depth === 0) {
				root = name;
				set = attributes;
			} else if (depth === 1 && root === "dataValueSet") {
				if (name === "dataValue" && Object.keys(attributes).length > 0)
					values.push(readValue(attributes, set));
				else other ??= excerpt(name);
			}
		},
		close() {},
	});
	if (error) return { error };
	if (root !== "dataValueSet") return { error: notOne("XML of another kind") };
	return other === null
		? { values }
		: {
				error: notOne(
					`the element <${other}> in <dataValueSet>, which is no <dataValue> with its fields as attributes`,
				),
			};
}

function readValue(
	one: Record<string, unknown>,
	set: Record<string, unknown>,
): DataValue {
	const value = Object.fromEntries(
		VALUE_FIELDS.map((field) => {
			const own = textOf(one[field]);
			const ofTheSet = (OF_THE_SET as readonly string[]).includes(field);
			return [field, own === "" && ofTheSet ? textOf(set[field]) : own];
		}),
	) as DataValue;
	// Another way to write it: by the options of which it is combined.
	const options = textOf(
		one.attributeCategoryOptions ?? set.attributeCategoryOptions,
	);
	return options === "" || options === "[]"
		? value
		: { ...value, attributeOptionCombo: options };
}

function textOf(value: unknown): string {
	if (value === undefined || value === null) return "";
	return excerpt(typeof value === "string" ? value : JSON.stringify(value));
}

function notOne(found: string): RowError {
	return {
		line: null,
		column: null,
		reason: "format",
		found,
		expected: EXPECTED,
	};
}
