import {
	closeSync,
	constants,
	fstatSync,
	openSync,
	readFileSync,
	realpathSync,
	statSync,
} from "node:fs";
import { join, win32 } from "node:path";
import { whenFree } from "../../machine/files/durable-file.ts";
import type { OpenPlace } from "../../machine/files/unix-writers.ts";
import type {
	FileUntold,
	Writers,
} from "../../machine/files/windows-writers.ts";
import { hubFileBytes, ifThere, SettingFault } from "../backend/hub-file.ts";
import type { SettingFile } from "./hub-setting.ts";

/**
 * Where a machine's administrator says what holds for everybody who uses it; only an administrator may write there.
 * @param program the application's own binary: on Windows its drive is that of the system, which a variable of the environment could
 * say otherwise; where it was installed on another one the system's is C: as a rule
 */
export function machineFolders(
	platform: NodeJS.Platform,
	program: string,
): string[] {
	if (platform === "win32")
		return [
			...new Set([/^[a-z]:/i.exec(program)?.[0].toUpperCase() ?? "C:", "C:"]),
		].map((drive) => `${drive}\\ProgramData\\BLC Command`);
	if (platform === "darwin")
		return ["/Library/Application Support/BLC Command"];
	return ["/etc/blc-command"];
}

/** What the system is asked of who may have written a file. */
export interface AskedOfSystem {
	/** Windows (machine/files/windows-writers). */
	ordinaryWriters(path: string, shared: boolean): Promise<Writers>;
	accountNames(numbers: readonly string[]): Promise<string[]>;
	/** Every other system (machine/files/unix-writers). */
	openPlaces(path: string): readonly OpenPlace[];
}

/**
 * The machine's file, of the first folder that has one which counts. One that does not, beside another that does, is told and passed over:
 * on a drive that no installer closed anybody may put one.
 * @param folders absolute, as the file system itself writes them
 * @param report hears what was passed over, and where Windows lets nobody ask
 * @returns undefined where no folder has one
 * @throws SettingFault of the first folder, where one has one and none counts
 */
export async function machineFile(
	platform: NodeJS.Platform,
	folders: readonly string[],
	system: AskedOfSystem,
	report: (message: string) => void,
): Promise<SettingFile | undefined> {
	const faults: SettingFault[] = [];
	for (const folder of folders)
		try {
			const path = join(folder, "hub.json");
			const bytes =
				platform === "win32"
					? await closedBytes(path, system, report)
					: rootsBytes(path, system);
			if (bytes === undefined) continue;
			for (const { message } of faults)
				report(`${path} is followed, another is not: ${message}`);
			return { path, bytes };
		} catch (error) {
			if (!(error instanceof SettingFault)) throw error;
			faults.push(error);
		}
	if (faults[0]) throw faults[0];
	return undefined;
}

/** A machine's file that ordinary accounts may have written: it is not known whose word it is. */
export class SettingOpen extends SettingFault {}
/** A machine's file that lies elsewhere than its name says, where it could be led to another. */
export class SettingLinked extends SettingFault {}
/** Of a machine's file Windows does not say yet who may have written it. */
export class SettingUnanswered extends SettingFault {}

/** What stands in a file of Linux or macOS that administrators alone may change. @throws SettingFault */
function rootsBytes(
	path: string,
	{ openPlaces }: AskedOfSystem,
): Uint8Array | undefined {
	// First, so that what others may have put there is not even opened.
	const places = ifThere(path, () => openPlaces(path));
	if (places === undefined) return undefined;
	if (places.length === 0) return hubFileBytes(path);
	const said = places.map(({ path: place, who }) => `${place} ${who}`);
	if (places.some(({ linked }) => linked))
		throw new SettingLinked(
			path,
			`expected a file that administrators alone may change, a link leads to where others may: ${said.join("; ")}. As an administrator remove the link and write the file anew in its own folder`,
		);
	throw new SettingOpen(
		path,
		[
			`expected a file that administrators alone may change: ${said.join("; ")}. As an administrator close what is open and delete the file:`,
			...places
				.filter((place) => place.path !== path)
				.flatMap(({ path: place }) => [
					`sudo chown -h root "${place}"`,
					`sudo chmod go-w "${place}"`,
				]),
			`sudo rm "${path}"`,
			"Then write it anew, from what you know yourself and not from what stood there.",
		].join("\n"),
	);
}

/** Of libuv (`UV_FS_O_EXLOCK`, uv/win.h), which Node gives no name: while we hold it nobody else of Windows opens, moves or removes it. */
const ALONE = 0x10000000;

/** @throws SettingFault */
async function closedBytes(
	path: string,
	windows: AskedOfSystem,
	report: (message: string) => void,
): Promise<Uint8Array | undefined> {
	const ask = (shared: boolean) =>
		windows.ordinaryWriters(path, shared).catch((error: unknown) => {
			throw unanswered(
				path,
				error instanceof Error ? error.message : String(error),
			);
		});
	let looked = await look(path, ask);
	if (looked && isUntold(looked.writers)) {
		// Something on this machine lets nobody be asked about a file that is held alone. While it was, Windows said that ordinary accounts put nothing
		// in the place of it or of its folder: it is the same file that is asked about now, and nobody else has it open when it is read.
		const { is, shared } = looked;
		const writers = await ask(shared);
		looked = await look(path, async () => writers);
		if (looked?.is !== is)
			throw unanswered(path, "it was written anew meanwhile");
	}
	if (looked === undefined) return undefined;
	const { writers, shared, bytes } = looked;
	if (writers === "forbidden")
		report(
			`${path}: this machine lets nobody ask who may change it, it is believed`,
		);
	if (bytes !== undefined) return bytes;
	if (isUntold(writers) && !writers.denied)
		throw unanswered(path, `Get-Acl failed (${writers.code})`);
	throw new SettingOpen(
		path,
		`expected a file that administrators alone may change, ${
			typeof writers === "string" || isUntold(writers)
				? "Windows does not tell this account who may"
				: `it is open to ${(await windows.accountNames(writers)).join(", ")}`
		}. ${toClose(path, shared)}`,
	);
}

interface Looked {
	/** What file it is, whatever its names. */
	readonly is: string;
	/** It has more than one name. */
	readonly shared: boolean;
	readonly writers: Writers;
	/** What stands in it; undefined: Windows' answer is against it. */
	readonly bytes: Uint8Array | undefined;
}

/**
 * Holds a file of Windows from before Windows is asked about its name until it is read: else what is asked about could be another than what
 * is read.
 * @throws SettingFault
 */
async function look(
	path: string,
	ask: (shared: boolean) => Promise<Writers>,
): Promise<Looked | undefined> {
	const file = ifThere(path, () =>
		whenFree(() => openSync(path, constants.O_RDONLY | ALONE)),
	);
	if (file === undefined) return undefined;
	try {
		refuseAnother(path, file);
		const { dev, ino, nlink } = fstatSync(file, { bigint: true });
		// None of its names can be taken away while we hold it.
		const shared = nlink > 1n;
		const writers = await ask(shared);
		refuseAnother(path, file);
		const isBelieved =
			writers === "forbidden" ||
			(typeof writers === "object" &&
				!isUntold(writers) &&
				writers.length === 0);
		return {
			is: `${dev} ${ino}`,
			shared,
			writers,
			bytes: isBelieved ? ifThere(path, () => readFileSync(file)) : undefined,
		};
	} finally {
		closeSync(file);
	}
}

function isUntold(writers: Writers): writers is FileUntold {
	return typeof writers === "object" && "denied" in writers;
}

function unanswered(path: string, why: string): SettingUnanswered {
	return new SettingUnanswered(
		path,
		`Windows does not say yet who may change it, and is asked again: ${why}`,
	);
}

/**
 * Refuses a file that lies elsewhere than its name says: a link can be led to another place at any time. The system's own path is asked,
 * since Node takes a junction that leads to a volume without a letter for none.
 * @throws SettingLinked
 */
function refuseAnother(path: string, file: number): void {
	const real = ifThere(path, () => realpathSync.native(path));
	const held = fstatSync(file, { bigint: true });
	const named = ifThere(path, () => statSync(path, { bigint: true }));
	if (
		real?.toLowerCase() === path.toLowerCase() &&
		named?.ino === held.ino &&
		// Of one volume libuv has told short and long numbers.
		BigInt.asUintN(32, named.dev) === BigInt.asUintN(32, held.dev)
	)
		return;
	throw new SettingLinked(
		path,
		"expected a file that lies in this folder, with no link in its path or in its place. As an administrator remove the link and write the file anew",
	);
}

/**
 * What an administrator does about a file that others may have written. It is never kept: it could be changed while it is looked at, and
 * written before its folder is closed it could be another's again.
 */
function toClose(path: string, shared: boolean): string {
	const folder = win32.dirname(path);
	return [
		"As an administrator close the folder and delete the file:",
		// By itself: what else lies there may be a link, through which all below it would lose what closes it. Quoted, since PowerShell runs what stands in
		// brackets; an owner who lets nobody in gives way to takeown alone.
		`takeown /F "${folder}" /A`,
		`icacls "${folder}" /reset /L`,
		`icacls "${folder}" /inheritance:r /grant:r "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-545:(OI)(CI)RX" /L`,
		...(shared
			? ["It has other names too, these:", `fsutil hardlink list "${path}"`]
			: []),
		`del "${path}"`,
		"Then write it anew in this folder, from what you know yourself and not from what stood there, and give it to the administrators:",
		// What one of them wrote or moved there may be that person's own.
		`takeown /F "${path}" /A`,
		`icacls "${path}" /reset /L`,
	].join("\n");
}
