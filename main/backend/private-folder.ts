import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { restrictOnWindows } from "../../machine/files/windows-acl.ts";

/** Folders of a workstation below its data folder; what else may lie there (a local hub, a browser's profile) looks after itself. */
const OURS = ["replica", "sync", "sync/cache"];

/**
 * Makes the data folder and what a workstation keeps in it readable and writable for its own account alone, also what an earlier version
 * left open to others.
 * @throws Error where a folder of Windows cannot be closed to others
 */
export function makePrivate(data: string): void {
	mkdirSync(data, { recursive: true, mode: 0o700 });
	if (process.platform === "win32") {
		restrictOnWindows(data);
		return;
	}
	for (const folder of ["", ...OURS]) {
		const path = join(data, folder);
		if (!isFolder(path)) continue;
		// The database of a local hub below may run as another account, which must go on passing through, and can list nothing.
		const passed = folder === "" && isFolder(join(data, "hub"));
		tighten(path, passed ? 0o711 : 0o700);
		for (const entry of readdirSync(path, { withFileTypes: true }))
			if (entry.isFile()) tighten(join(path, entry.name), 0o600);
	}
}

function tighten(path: string, most: number): void {
	try {
		const mode = lstatSync(path).mode & 0o777;
		if ((mode & ~most) !== 0) chmodSync(path, mode & most);
	} catch {
		// Gone meanwhile, or of another account: then it is not ours to change.
	}
}

function isFolder(path: string): boolean {
	return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
