import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";

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
/** What a user namespace shows for every account that it does not know (user_namespaces(7)). */
const OVERFLOW = 65_534;

/**
 * Where ordinary accounts may change a file, or put another in its place: the file, every folder above it, and where links on its way lead.
 * From the root on and name by name, as the system itself goes: `..` behind a link is the folder above where the link led. What lies in a
 * folder that administrators alone may change is what it is while the rest is looked at.
 * @param file whole
 * @returns empty: nowhere
 * @throws as `lstat`, also where there is no file; Error where a link leads to none (on a disk that is not attached), or links in a circle, or
 * where the system does not tell whose files are
 */
export function openPlaces(
	file: string,
	{ users, groups }: Administrators,
): OpenPlace[] {
	const open = new Map<string, OpenPlace>();
	const namesOf = (path: string) =>
		path.split(sep).filter((name) => name !== "");
	/** Where the way has come to, with no link in it; and what is left of it. */
	let at: string = sep;
	let rest = namesOf(file);
	let links = 0;
	for (let next: string | undefined = ""; next !== undefined; ) {
		// The system goes one name on, not `join`: above what is no folder there is nothing.
		const reached = next === "" ? at : `${at}${sep}${next}`;
		const found = lstatSync(reached, { throwIfNoEntry: links === 0 });
		if (!found)
			throw new Error(`a link leads to ${join(reached)}, where nothing is`);
		at = join(reached);
		look(found);
		if (found.isSymbolicLink()) {
			if (++links > MOST_LINKS) throw new Error("links lead in a circle");
			const target = readlinkSync(at);
			rest = [...namesOf(target), ...rest];
			at = isAbsolute(target) ? sep : dirname(at);
			next = "";
		} else next = rest.shift();
	}
	if (!users.includes(OVERFLOW) && lstatSync(sep).uid === OVERFLOW)
		throw new Error(
			`whose files are is not told here: ${sep} belongs to account ${OVERFLOW}, which stands for every account that the application's container (user namespace) does not know`,
		);
	return [...open.values()];

	function look(found: Stats): void {
		const { mode, uid, gid } = found;
		const who: string[] = [];
		if (!users.includes(uid)) who.push(`belongs to account ${uid}`);
		// In one like /tmp nobody moves what is another's; whoever makes a file there owns it, but may give another's file a name.
		const isShared = rest.length > 1 && (mode & STICKY) !== 0;
		if (!found.isSymbolicLink() && !isShared) {
			if ((mode & 0o020) !== 0 && !groups.includes(gid))
				who.push(`may be written by group ${gid}`);
			if ((mode & 0o002) !== 0) who.push("may be written by everybody");
		}
		if (who.length > 0 && !open.has(at))
			open.set(at, { path: at, linked: links > 0, who: who.join(", ") });
	}
}
