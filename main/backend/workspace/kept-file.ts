import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
	readVersioned,
	type VersionedFile,
	writeVersioned,
} from "../../../core/workspace/versioned-file.ts";
import {
	readWhenFree,
	renameWhenFree,
	replaceFile,
} from "../../../machine/files/durable-file.ts";

/** A file that was put aside, and what was wrong with it. */
export interface PutAside {
	path: string;
	why: "damaged" | "newer";
	/** Put aside when the file was opened this time. */
	now: boolean;
}

export interface KeptFile<T> {
	readonly value: T;
	/** Whether what is changed outlives this process. */
	readonly kept: boolean;
	/** Every file of this kind that was ever put aside and still lies there. */
	putAside(): PutAside[];
	/** @throws when it could not be written; the value stays as it was */
	change(value: T): void;
}

/**
 * Opens a versioned file. One that cannot be read is put aside whole, under a name that says why and when, and begun anew; an earlier form
 * is read, and written in the newest with the first change.
 * @param writable whether this process may write at all: it may be allowed to later, and then keeps what it has
 */
export function openKeptFile<T extends object>(
	path: string,
	file: VersionedFile<T>,
	writable: () => boolean,
	report: (message: string) => void,
	clock: () => number = Date.now,
): KeptFile<T> {
	let value = file.empty;
	/** False for what stands there and could neither be read nor be put aside: it must not be written over. */
	let mayKeep = true;
	let aside: string | null = null;
	try {
		if (existsSync(path)) {
			const read = readVersioned(file, readWhenFree(path));
			if (read.kind === "read") value = read.value;
			else if (!writable()) mayKeep = false;
			else {
				aside = `${path}.${read.kind}-${stamp(clock())}`;
				renameWhenFree(path, aside);
				report(
					`${path}: ${read.kind === "newer" ? `version ${read.version}, expected at most ${file.version}` : read.why}; put aside as ${aside}`,
				);
			}
		}
	} catch (error) {
		// What cannot be read must not be written over.
		mayKeep = false;
		report(`${path}: ${String(error)}`);
	}
	return {
		get value() {
			return value;
		},
		get kept() {
			return mayKeep && writable();
		},
		putAside: () => allAside(path, aside),
		change(next) {
			if (mayKeep && writable()) replaceFile(path, writeVersioned(file, next));
			value = next;
		},
	};
}

/** A time that a file name may hold on every system, and that a person reads. */
function stamp(at: number): string {
	return new Date(at).toISOString().replace(/[:.]/g, "-");
}

function allAside(path: string, now: string | null): PutAside[] {
	let names: string[];
	try {
		names = readdirSync(dirname(path));
	} catch {
		return [];
	}
	return names.flatMap((name) => {
		const why = (["damaged", "newer"] as const).find((one) =>
			name.startsWith(`${basename(path)}.${one}-`),
		);
		if (!why) return [];
		const found = join(dirname(path), name);
		return [{ path: found, why, now: found === now }];
	});
}
