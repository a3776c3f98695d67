import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readdir } from "node:fs/promises";
import path from "node:path";
import { LARGEST_FILE } from "./taker.ts";

/** What other programs call a file that they still write. */
const UNFINISHED =
	/^[.~]|(?:\.(?:part|partial|tmp|temp|crdownload|filepart)|~)$/i;

/** Nothing wrote to it for so long (ms). */
const AT_REST = 3000;

/** What a look saw of a file: its size and when it was written. */
interface Seen {
	stamp: string;
	/** Until when (ms) nothing is to be done with it. */
	doneUntil: number;
	/** Why it cannot be taken; said as long as that is so. */
	fault?: FolderFault;
}

/** Why a file, or the folder itself, cannot be taken. */
export interface FolderFault {
	/** Null: the folder. */
	file: string | null;
	/** The system's word for it, or the limit. */
	why: string;
}

/** A file that is whole and was not given before. */
export interface WholeFile {
	name: string;
	/** Its bytes, which are read only then: a folder may hold more than the memory. Null: it is another one meanwhile, and has its turn later. */
	read(): Promise<Uint8Array | FolderFault | null>;
	/** It is given again when it is another file, or at that time (ms). */
	done(until: number): void;
}

/** What a look found: files that are whole and were not given before, and why others cannot be taken. */
export interface FolderLook {
	whole: WholeFile[];
	faults: FolderFault[];
}

/**
 * Makes a look into a folder. A file is whole when it has its size and its time of writing since the look before and nothing wrote to it for
 * some seconds; one that was renamed into its place is as old as it is. Only files of the folder itself are read: no link, whatever it points to.
 */
export function folderLooks(
	folder: string,
	clock: () => number = Date.now,
): () => Promise<FolderLook> {
	let seen = new Map<string, Seen>();
	return async () => {
		const look: FolderLook = { whole: [], faults: [] };
		let names: string[];
		try {
			names = (await readdir(folder, { withFileTypes: true }))
				.filter((one) => one.isFile() && !UNFINISHED.test(one.name))
				.map(({ name }) => name)
				.sort();
		} catch (error) {
			look.faults.push({ file: null, why: codeOf(error) });
			return look;
		}
		const now = new Map<string, Seen>();
		for (const name of names) {
			const file = path.join(folder, name);
			const { isWhole, ...one } = await seeFile(file, seen.get(name), clock());
			now.set(name, one);
			if (one.fault) look.faults.push(one.fault);
			if (isWhole)
				look.whole.push({
					name,
					async read() {
						const read = await readAs(file, one.stamp);
						if (!(read instanceof Uint8Array)) one.stamp = "";
						return read;
					},
					done(until) {
						one.doneUntil = until;
					},
				});
		}
		seen = now;
		return look;
	};
}

async function seeFile(
	file: string,
	before: Seen | undefined,
	now: number,
): Promise<Seen & { isWhole?: boolean }> {
	try {
		await using handle = await opened(file);
		const stat = await handle.stat();
		const stamp = stampOf(stat);
		if (!stat.isFile()) return { stamp, doneUntil: Infinity };
		if (before?.stamp !== stamp || now - stat.mtimeMs < AT_REST)
			return { stamp, doneUntil: 0 };
		if (now < before.doneUntil) return before;
		if (stat.size > LARGEST_FILE)
			return {
				...{ stamp, doneUntil: Infinity },
				fault: faultOf(file, `${LARGEST_FILE / 1024 / 1024} MB`),
			};
		return { stamp, doneUntil: 0, isWhole: stat.size > 0 };
	} catch (error) {
		const fault = faultOf(file, codeOf(error));
		return { stamp: fault.why, doneUntil: Infinity, fault };
	}
}

/** The bytes of a file that is still the one that was seen. */
async function readAs(
	file: string,
	stamp: string,
): Promise<Uint8Array | FolderFault | null> {
	try {
		await using handle = await opened(file);
		const stat = await handle.stat();
		if (!stat.isFile() || stampOf(stat) !== stamp) return null;
		const bytes = Buffer.alloc(stat.size);
		const { bytesRead } = await handle.read(bytes, 0, stat.size, 0);
		const isSame =
			bytesRead === stat.size && stampOf(await handle.stat()) === stamp;
		return isSame ? bytes : null;
	} catch (error) {
		return faultOf(file, codeOf(error));
	}
}

/** Between the list and this a link may have taken its place; a pipe in it would never answer. */
function opened(file: string): Promise<FileHandle> {
	return open(
		file,
		constants.O_RDONLY |
			(constants.O_NOFOLLOW ?? 0) |
			(constants.O_NONBLOCK ?? 0),
	);
}

function stampOf({ ino, size, mtimeMs }: Stats): string {
	return `${ino} ${size} ${mtimeMs}`;
}

function faultOf(file: string, why: string): FolderFault {
	return { file: path.basename(file), why };
}

function codeOf(error: unknown): string {
	return String((error as NodeJS.ErrnoException).code);
}
