import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import {
	isHeldOpen,
	readWhenFree,
	removeFilesUnlessHeld,
	removeWhenFree,
	renameWhenFree,
	replaceFile,
	syncFolder,
} from "../../../machine/files/durable-file.ts";

/**
 * Where a replica lies in its folder. `replica.json` names the database file in use and is replaced by one rename, so that at every
 * moment either the old or the new replica is in use and never half of one.
 */
const Pointer = z.object({
	format: z.literal(1),
	file: z.string().regex(/^replica\.[\w.-]+\.db$/),
});

const POINTER = "replica.json";
const ASIDE = /\.aside-(\d+)$/;
/** Damaged replicas kept for whoever wants to know what happened. */
const KEPT_ASIDE = 2;

/**
 * The path of the replica in use, or null when there is none.
 * @throws Error of the file system where the pointer is there and cannot be read: what it names must not pass for leftovers
 */
export function currentReplica(folder: string): string | null {
	let text: string;
	try {
		text = readWhenFree(join(folder, POINTER));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		throw error;
	}
	try {
		const path = join(folder, Pointer.parse(parseSilently(text)).file);
		return existsSync(path) ? path : null;
	} catch {
		// A failing disk has torn it: without it there is no replica, and a snapshot brings one.
		return null;
	}
}

const inName = (snapshot: string): string => snapshot.replace(/[^\w-]/g, "_");

/** A path for a new replica that no other file has or had: what was read of another must not pass for its own (query/position). */
export function newReplicaPath(
	folder: string,
	epoch: string,
	snapshot: string,
): string {
	const own = randomBytes(6).toString("hex");
	return join(
		folder,
		`replica.${epoch.slice(0, 8)}.${inName(snapshot)}.${own}.db`,
	);
}

/** Makes a file the replica in use, durably. */
export function switchTo(folder: string, path: string): void {
	const file = path.slice(folder.length).replace(/^[\\/]/, "");
	const text = JSON.stringify({ format: 1, file } satisfies z.infer<
		typeof Pointer
	>);
	replaceFile(join(folder, POINTER), text);
}

/**
 * Takes a damaged replica out of use and keeps it under another name. Windows renames no file that a reader still has open: there it keeps
 * its name, and goes with the next leftovers.
 */
export function setAside(folder: string, path: string): void {
	removeWhenFree(join(folder, POINTER));
	const taken = readdirSync(folder).map((name) =>
		Number(ASIDE.exec(name)?.[1] ?? 0),
	);
	const number = Math.max(0, ...taken) + 1;
	try {
		for (const suffix of ["", "-wal", "-shm"])
			if (existsSync(path + suffix))
				renameWhenFree(path + suffix, `${path}${suffix}.aside-${number}`);
	} catch (error) {
		if (!isHeldOpen(error)) throw error;
	}
	removeFilesUnlessHeld(
		folder,
		readdirSync(folder).filter(
			(name) =>
				Number(ASIDE.exec(name)?.[1] ?? Number.POSITIVE_INFINITY) <=
				number - KEPT_ASIDE,
		),
	);
	syncFolder(folder);
}

/**
 * Removes the damaged replicas of any other part of the country: this became the workstation of a province, and holds no figures of another.
 * @param snapshot how the snapshots of what may stay begin
 */
export function removeAsideBut(folder: string, snapshot: string): void {
	const stays = new RegExp(`^replica\\.[^.]+\\.${inName(snapshot)}-`);
	removeFilesUnlessHeld(
		folder,
		readdirSync(folder).filter((name) => ASIDE.test(name) && !stays.test(name)),
	);
}

/**
 * Removes what earlier replicas and interrupted installations left, never what the pointer names by the time it is looked at. A file that is
 * still open elsewhere stays until the next time.
 */
export function removeLeftovers(folder: string, inUse: string | null): void {
	for (const name of readdirSync(folder)) {
		if (!name.startsWith("replica.") || name === POINTER || ASIDE.test(name))
			continue;
		const path = join(folder, name);
		const spared = [inUse, currentReplica(folder)];
		if (spared.some((used) => used !== null && path.startsWith(used))) continue;
		try {
			rmSync(path, { force: true });
		} catch {
			// Windows refuses while a reader still has it open.
		}
	}
}
