import { createHash } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	utimesSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
	cleanPicture,
	MOST_PICTURES,
	PictureId,
	type PictureRefusal,
	type PictureType,
} from "../../../core/wall/picture.ts";
import {
	removeUnlessHeld,
	replaceFile,
} from "../../../machine/files/durable-file.ts";

/** The pictures of the walls of a workstation, each a file called by its SHA-256. */
export interface KeptPictures {
	/** @throws when it cannot be written */
	keep(
		bytes: Uint8Array,
	):
		| { readonly became: "kept"; readonly id: string }
		| { readonly became: PictureRefusal | "too-many"; readonly id: null };
	/** Null: it is not there, or is no longer what it was. */
	read(id: string): Promise<{ type: PictureType; bytes: Uint8Array } | null>;
}

/** A picture that no scene shows is kept so long (ms): whoever gave it may not have kept the scene yet. */
const UNUSED_KEPT = 24 * 3_600_000;

/**
 * @param used the pictures that scenes show, and showed in versions that can be brought back
 * @param writable false: another process keeps this folder, and knows better what is used
 */
export function openKeptPictures(
	folder: string,
	used: () => ReadonlySet<string>,
	writable: () => boolean = () => true,
	clock: () => number = Date.now,
): KeptPictures {
	const path = (id: string) => join(folder, id);
	const all = (): string[] =>
		existsSync(folder)
			? readdirSync(folder).filter((name) => PictureId.safeParse(name).success)
			: [];
	const sweep = (): void => {
		const shown = used();
		for (const id of all())
			if (!shown.has(id) && clock() - statSync(path(id)).mtimeMs > UNUSED_KEPT)
				removeUnlessHeld(path(id));
	};
	return {
		keep(bytes) {
			const clean = cleanPicture(bytes);
			if (typeof clean === "string") return { became: clean, id: null };
			const id = idOf(clean.bytes);
			const isThere = existsSync(path(id));
			if (isThere && idOf(readFileSync(path(id))) === id) {
				// As if given just now: its scene may be kept only after other pictures.
				utimesSync(path(id), clock() / 1000, clock() / 1000);
				return { became: "kept", id };
			}
			if (writable()) sweep();
			if (!isThere && all().length >= MOST_PICTURES)
				return { became: "too-many", id: null };
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			replaceFile(path(id), clean.bytes);
			return { became: "kept", id };
		},
		async read(id) {
			const bytes = await readFile(path(id)).catch(() => null);
			if (!bytes || idOf(bytes) !== id) return null;
			const clean = cleanPicture(bytes);
			return typeof clean === "string" ? null : clean;
		},
	};
}

function idOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
