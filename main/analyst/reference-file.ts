/** Reads typed values out of a parsed reference or input file; each error says what was found where. */

import { ModelInputError } from "../../core/epidemic/input-error.ts";

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
	return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
}

export function objectAt(parent: JsonObject, key: string): JsonObject {
	const value = parent[key];
	if (!isObject(value))
		throw new ModelInputError(key, shown(value), "an object");
	return value;
}

export function optionalNumberAt(
	parent: JsonObject,
	key: string,
): number | undefined {
	const value = parent[key];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== "number")
		throw new ModelInputError(key, shown(value), "a number or nothing");
	return value;
}

export function numberAt(parent: JsonObject, key: string): number {
	const value = optionalNumberAt(parent, key);
	if (value === undefined)
		throw new ModelInputError(key, "nothing", "a number");
	return value;
}

export function textAt(parent: JsonObject, key: string): string {
	const value = parent[key];
	if (typeof value !== "string")
		throw new ModelInputError(key, shown(value), "a text");
	return value;
}

export function numbersAt(parent: JsonObject, key: string): number[] {
	const value = parent[key];
	if (!Array.isArray(value) || !value.every((item) => typeof item === "number"))
		throw new ModelInputError(key, shown(value), "a list of numbers");
	return value as number[];
}

/** Counts by day; null stands for a day that was not reported and becomes NaN, never 0. */
export function countsAt(parent: JsonObject, key: string): number[] {
	const value = parent[key];
	if (
		!Array.isArray(value) ||
		!value.every((item) => typeof item === "number" || item === null)
	)
		throw new ModelInputError(
			key,
			shown(value),
			"a list of numbers, null for a day that was not reported",
		);
	return value.map((item) => (item === null ? Number.NaN : (item as number)));
}

export function objectsAt(parent: JsonObject, key: string): JsonObject[] {
	const value = parent[key];
	if (!Array.isArray(value) || !value.every(isObject))
		throw new ModelInputError(key, shown(value), "a list of objects");
	return value;
}

/** Rows of counts; null stands for a cell that is not known (yet) and becomes NaN. */
export function triangleAt(parent: JsonObject, key: string): number[][] {
	const value = parent[key];
	if (!Array.isArray(value))
		throw new ModelInputError(key, shown(value), "a list of rows of counts");
	return value.map((_, day) => countsAt({ ...value }, String(day)));
}
