import { z } from "zod";
import { parseSilently } from "../reading/broken-json.ts";

/** An earlier form of a file, and how it becomes the form after it. */
export interface EarlierForm<Old = never> {
	readonly schema: z.ZodType<Old>;
	readonly next: (old: Old) => unknown;
}

/**
 * A file that this program keeps for people and reads again in later versions: its newest form, and every form it ever had. Add a form by
 * raising `version` and giving the one before a line in `earlier`; docs/adding.md has an example.
 */
export interface VersionedFile<T = unknown> {
	/** Says what the file is, wherever it has been copied to. */
	readonly kind: string;
	readonly version: number;
	readonly schema: z.ZodType<T>;
	/** By version: 1 up to the one before the newest. */
	readonly earlier: Readonly<Record<number, EarlierForm>>;
	/** What holds where there is no file. */
	readonly empty: T;
}

/** States a form that a file had before. */
export function earlierForm<Old>(
	schema: z.ZodType<Old>,
	next: (old: Old) => unknown,
): EarlierForm {
	return { schema, next } as unknown as EarlierForm;
}

export type ReadFile<T> =
	/** `from`: the version in which it was written. */
	| { kind: "read"; value: T; from: number }
	/** Written by a later version of this program. */
	| { kind: "newer"; version: number }
	/** No file of this kind, or not whole; `why` in words for a log. */
	| { kind: "damaged"; why: string };

const Head = z.looseObject({ kind: z.string(), version: z.int().positive() });

/** Reads a file of any version, from the text of it. */
export function readVersioned<T>(
	file: Omit<VersionedFile<T>, "empty">,
	text: string,
): ReadFile<T> {
	let parsed: unknown;
	try {
		parsed = parseSilently(text);
	} catch (error) {
		return { kind: "damaged", why: String(error) };
	}
	return readVersionedValue(file, parsed);
}

/** The same from its parsed JSON. */
export function readVersionedValue<T>(
	file: Omit<VersionedFile<T>, "empty">,
	parsed: unknown,
): ReadFile<T> {
	const head = Head.safeParse(parsed);
	if (!head.success || head.data.kind !== file.kind)
		return {
			kind: "damaged",
			why: `expected {"kind": "${file.kind}", "version": …}`,
		};
	const { kind: _, version: from, ...rest } = head.data;
	if (from > file.version) return { kind: "newer", version: from };
	let value: unknown = rest;
	for (let version = from; version <= file.version; version++) {
		const earlier = file.earlier[version];
		const read = (earlier?.schema ?? file.schema).safeParse(value);
		if (!read.success)
			return {
				kind: "damaged",
				why: `version ${version}: ${z.prettifyError(read.error)}`,
			};
		value = earlier ? earlier.next(read.data as never) : read.data;
	}
	return { kind: "read", value: value as T, from };
}

/** The text of a file, in the newest form. */
export function writeVersioned<T extends object>(
	file: Pick<VersionedFile<T>, "kind" | "version">,
	value: T,
): string {
	return `${JSON.stringify({ kind: file.kind, version: file.version, ...value }, null, "\t")}\n`;
}
