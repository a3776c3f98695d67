import { useCallback, useMemo } from "react";
import { z } from "zod";
import { useView, useViewStore } from "./view-state.ts";

/**
 * What of its own a screen keeps in its address: from the text of each part to values and back. Every part has a default, since an
 * address may be typed by hand.
 */
export type SearchSchema<T extends object = object> = z.ZodType<
	T,
	Record<string, string | undefined>
>;

/** The own part of the address of a screen, and how to change it; a part that makes no sense is as if it were not there. */
export function useSearch<T extends object>(
	schema: SearchSchema<T>,
): [T, (part: Partial<T>) => void] {
	const view = useViewStore();
	const own = useView((view) => view.own);
	const value = useMemo(() => searchFrom(schema, own), [schema, own]);
	const change = useCallback(
		(part: Partial<T>) => {
			const { own: written, change: write } = view.getState();
			const next = { ...searchFrom(schema, written), ...part };
			write({ own: searchText(schema, next) });
		},
		[schema, view],
	);
	return [value, change];
}

/** Reads the parts of an address; those that make no sense are left out. */
export function searchFrom<T extends object>(
	schema: SearchSchema<T>,
	own: Readonly<Record<string, string>>,
): T {
	const read = schema.safeParse(own);
	if (read.success) return read.data;
	const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
	const rest = Object.entries(own).filter(([key]) => !wrong.has(key));
	return schema.parse(Object.fromEntries(rest));
}

/** Writes what differs from the default as parts of an address: what `searchFrom` reads back as it was. */
export function searchText<T extends object>(
	schema: SearchSchema<T>,
	value: T,
): Record<string, string> {
	const empty = z.encode(schema, schema.parse({}));
	return Object.fromEntries(
		Object.entries(z.encode(schema, value)).filter(
			(entry): entry is [string, string] =>
				entry[1] !== undefined && entry[1] !== empty[entry[0]],
		),
	);
}

/**
 * The parts of an address that a screen does not take as they were typed (`scale=neat`, `marks=circles.clouds`), so that the person can be
 * told: the default must not be taken for what a link asks for. The order of words that stand side by side is nobody's.
 */
export function senselessIn(
	schema: SearchSchema,
	own: Readonly<Record<string, string>>,
): string[] {
	const taken: Record<string, unknown> = z.encode(
		schema,
		searchFrom(schema, own),
	);
	return Object.entries(own)
		.filter(([key, text]) => {
			const said = Object.hasOwn(taken, key) ? taken[key] : undefined;
			return text !== "" && inOrder(text) !== inOrder(String(said ?? ""));
		})
		.map(([key, text]) => `${key}=${text}`);
}

function inOrder(text: string): string {
	return text.split(".").sort().join(".");
}
