import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import type { RoadFault } from "../../core/api/roads.ts";
import { LARGEST_FILE } from "./taker.ts";

/** What other programs call a file that they still write. */
const UNFINISHED =
	/^[.~]|(?:\.(?:part|partial|tmp|temp|crdownload|filepart)|~)$/i;

/** Nothing wrote to it for so long (ms). */
const AT_REST = 3000;

/** What a look saw of a file: its size and when it was written. */
interface Seen {
	stamp: string;
	isDone: boolean;
	/** Why it cannot be taken; said as long as that is so. */
	fault?: RoadFault;
}

/** What a look found: files that are whole and were not given before, and why others cannot be taken. */
export interface FolderLook {
	whole: { name: string; bytes: Uint8Array; done(): void }[];
	faults: RoadFault[];
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
			look.faults.push(unreadable(path.basename(folder), error));
			return look;
		}
		const now = new Map<string, Seen>();
		for (const name of names) {
			const before = seen.get(name);
			const found = await readWhole(path.join(folder, name), before, clock());
			const { bytes: _, ...one }: Read = found;
			now.set(name, one);
			if (found.fault)
				look.faults.push({ ...found.fault, what: name + found.fault.what });
			if (found.bytes)
				look.whole.push({
					...{ name, bytes: found.bytes },
					done: () => {
						one.isDone = true;
					},
				});
		}
		seen = now;
		return look;
	};
}

interface Read extends Seen {
	bytes?: Uint8Array;
}

async function readWhole(
	file: string,
	before: Seen | undefined,
	now: number,
): Promise<Read> {
	try {
		// Between the list and this a link may have taken its place; a pipe in it would never answer.
		await using handle = await open(
			file,
			constants.O_RDONLY |
				(constants.O_NOFOLLOW ?? 0) |
				(constants.O_NONBLOCK ?? 0),
		);
		const stat = await handle.stat();
		const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
		if (!stat.isFile()) return { stamp, isDone: true };
		if (before?.stamp !== stamp || now - stat.mtimeMs < AT_REST)
			return { stamp, isDone: false };
		if (before.isDone) return before;
		if (stat.size === 0) return { stamp, isDone: false };
		if (stat.size > LARGEST_FILE)
			return {
				...{ stamp, isDone: true },
				fault: {
					code: "unreadable",
					what: `: ${LARGEST_FILE / 1024 / 1024} MB`,
				},
			};
		const bytes = Buffer.alloc(stat.size);
		const { bytesRead } = await handle.read(bytes, 0, stat.size, 0);
		const after = await handle.stat();
		const isSame =
			bytesRead === stat.size &&
			`${after.ino} ${after.size} ${after.mtimeMs}` === stamp;
		return isSame
			? { stamp, isDone: false, bytes }
			: { stamp: "", isDone: false };
	} catch (error) {
		const fault = unreadable("", error);
		return { stamp: fault.what, isDone: true, fault };
	}
}

function unreadable(name: string, error: unknown): RoadFault {
	return {
		code: "unreadable",
		what: `${name}: ${(error as NodeJS.ErrnoException).code}`,
	};
}
