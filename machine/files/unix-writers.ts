import { lstatSync, readlinkSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** A file or folder of Linux or macOS that others than administrators may change. */
export interface OpenPlace {
	readonly path: string;
	/** Whether the file is led there by a link. */
	readonly linked: boolean;
	/** In words: whose it is, or who may write it. */
	readonly who: string;
}

/** Who is an administrator, by their numbers. */
export interface Administrators {
	readonly users: readonly number[];
	/** Groups that may write. */
	readonly groups: readonly number[];
}

/**
 * Of Linux no group counts: where a list of rights (acl(5)) names more accounts, the bits of the group say what any of them may, whatever
 * group that is. On macOS, where lists are apart from the bits and are not looked at, `wheel` and `admin` own much of /Library.
 */
export function administratorsOf(platform: NodeJS.Platform): Administrators {
	return { users: [0], groups: platform === "darwin" ? [0, 80] : [] };
}

/** So many links the system itself follows (path_resolution(7)). */
const MOST_LINKS = 40;
const STICKY = 0o1000;

/**
 * Where ordinary accounts may change a file, or put another in its place: the file, every folder above it, and where links on its way lead.
 * From the root on: what lies in a folder that administrators alone may change is what it is while the rest is looked at.
 * @param file whole
 * @returns empty: nowhere
 * @throws as `lstat`, also where there is no file; Error where a link leads to none (on a disk that is not attached), or links in a circle
 */
export function openPlaces(
	file: string,
	{ users, groups }: Administrators,
): OpenPlace[] {
	const open = new Map<string, OpenPlace>();
	let way = resolve(file);
	for (let links = 0; ; links++) {
		if (links > MOST_LINKS) throw new Error("links lead in a circle");
		const next = walked(way, links > 0);
		if (next === null) return [...open.values()];
		way = next;
	}

	/** @returns where the first link on a way leads; null: there is none */
	function walked(path: string, linked: boolean): string | null {
		const names = path.split(sep).filter((name) => name !== "");
		for (let depth = 0; depth <= names.length; depth++) {
			const at = join(sep, ...names.slice(0, depth));
			const found = lstatSync(at, { throwIfNoEntry: !linked });
			if (!found) throw new Error(`a link leads to ${at}, where nothing is`);
			const { mode, uid, gid } = found;
			const isLink = found.isSymbolicLink();
			const who: string[] = [];
			if (!users.includes(uid)) who.push(`belongs to account ${uid}`);
			// In one like /tmp nobody moves what is another's; whoever makes a file there owns it, but may give another's file a name.
			const isShared = depth < names.length - 1 && (mode & STICKY) !== 0;
			if (!isLink && !isShared) {
				if ((mode & 0o020) !== 0 && !groups.includes(gid))
					who.push(`may be written by group ${gid}`);
				if ((mode & 0o002) !== 0) who.push("may be written by everybody");
			}
			if (who.length > 0 && !open.has(at))
				open.set(at, { path: at, linked, who: who.join(", ") });
			if (isLink)
				return resolve(
					dirname(at),
					readlinkSync(at),
					names.slice(depth).join(sep),
				);
		}
		return null;
	}
}
