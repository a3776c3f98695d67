/** Reads typed values out of a parsed reference or input file; each error says what was found where. */

import { ModelInputError } from "../../core/epidemic/input-error.ts";
import { isObject } from "../../core/reading/json.ts";

type JsonObject = Record<string, unknown>;

function shown(value: unknown): string {
	if (value === undefined) return "nothing";
	return typeof value === "number"
		? String(value)
		: JSON.stringify(value).slice(0, 60);
}

/** Where an object that was taken out of a file stands in it, so that a message says `mitigation[0].begin` and not `begin`. */
const paths = new WeakMap<JsonObject, string>();

/** The full name of a field, from the top of the file. */
export function fieldName(parent: JsonObject, key: string): string {
	const path = paths.get(parent);
	return path === undefined ? key : `${path}.${key}`;
}

/** A field that cannot be used. */
function fieldError(
	parent: JsonObject,
	key: string,
	expected: string,
): ModelInputError {
	return new ModelInputError(
		fieldName(parent, key),
		shown(parent[key]),
		expected,
	);
}

export function objectAt(parent: JsonObject, key: string): JsonObject {
	const value = parent[key];
	if (!isObject(value)) throw fieldError(parent, key, "an object");
	paths.set(value, fieldName(parent, key));
	return value;
}

export function optionalNumberAt(
	parent: JsonObject,
	key: string,
): number | undefined {
	const value = parent[key];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "number" || !Number.isFinite(value))
		throw fieldError(parent, key, "a number or nothing");
	return value;
}

export function numberAt(parent: JsonObject, key: string): number {
	const value = optionalNumberAt(parent, key);
	if (value === undefined) throw fieldError(parent, key, "a number");
	return value;
}

export function textAt(parent: JsonObject, key: string): string {
	const value = parent[key];
	if (typeof value !== "string") throw fieldError(parent, key, "a text");
	return value;
}

export function numbersAt(parent: JsonObject, key: string): number[] {
	const value = parent[key];
	if (!Array.isArray(value) || !value.every((item) => typeof item === "number"))
		throw fieldError(parent, key, "a list of numbers");
	return value as number[];
}

/** Counts by day; null stands for a day that was not reported and becomes NaN, never 0. */
export function countsAt(parent: JsonObject, key: string): number[] {
	const value = parent[key];
	if (
		!Array.isArray(value) ||
		!value.every((item) => typeof item === "number" || item === null)
	)
		throw fieldError(
			parent,
			key,
			"a list of numbers, null for a day that was not reported",
		);
	return value.map((item) => (item === null ? Number.NaN : (item as number)));
}

export function objectsAt(parent: JsonObject, key: string): JsonObject[] {
	const value = parent[key];
	if (!Array.isArray(value) || !value.every(isObject))
		throw fieldError(parent, key, "a list of objects");
	for (const [at, item] of value.entries())
		paths.set(item, `${fieldName(parent, key)}[${at}]`);
	return value;
}

/** Rows of counts; null stands for a cell that is not known (yet) and becomes NaN. */
export function triangleAt(parent: JsonObject, key: string): number[][] {
	const value = parent[key];
	if (!Array.isArray(value))
		throw fieldError(parent, key, "a list of rows of counts");
	return value.map((_, day) => countsAt({ ...value }, String(day)));
}
