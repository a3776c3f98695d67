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

/** What Windows is asked (machine/files/windows-writers). */
export interface AskedOfWindows {
	ordinaryWriters(
		path: string,
		shared: boolean,
	): Promise<readonly string[] | "hidden" | "forbidden">;
	accountNames(numbers: readonly string[]): Promise<string[]>;
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
	windows: AskedOfWindows,
	report: (message: string) => void,
): Promise<SettingFile | undefined> {
	const faults: SettingFault[] = [];
	for (const folder of folders)
		try {
			const path = join(folder, "hub.json");
			const bytes =
				platform === "win32"
					? await closedBytes(path, windows, report)
					: hubFileBytes(path);
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
/** A machine's file that lies elsewhere than its name says. */
export class SettingLinked extends SettingFault {}
/** Of a machine's file Windows does not say yet who may have written it. */
export class SettingUnanswered extends SettingFault {}

/** Of libuv (`UV_FS_O_EXLOCK`, uv/win.h), which Node gives no name: while we hold it nobody else of Windows opens, moves or removes it. */
const ALONE = 0x10000000;

/**
 * What stands in a file of Windows that administrators alone may change. It is held from before Windows is asked about its name until it is
 * read: else what is asked about could be another than what is read.
 * @throws SettingFault
 */
async function closedBytes(
	path: string,
	windows: AskedOfWindows,
	report: (message: string) => void,
): Promise<Uint8Array | undefined> {
	const file = ifThere(path, () =>
		whenFree(() => openSync(path, constants.O_RDONLY | ALONE)),
	);
	if (file === undefined) return undefined;
	let shared: boolean;
	let writers: readonly string[] | "hidden" | "forbidden";
	try {
		refuseAnother(path, file);
		// None of its names can be taken away while we hold it.
		shared = fstatSync(file).nlink > 1;
		writers = await windows
			.ordinaryWriters(path, shared)
			.catch((error: unknown) => {
				throw new SettingUnanswered(
					path,
					`Windows does not say yet who may change it, and is asked again: ${error instanceof Error ? error.message : String(error)}`,
				);
			});
		refuseAnother(path, file);
		if (writers === "forbidden")
			report(
				`${path}: this machine lets nobody ask who may change it, it is believed`,
			);
		if (writers === "forbidden" || writers.length === 0)
			return ifThere(path, () => readFileSync(file));
	} finally {
		closeSync(file);
	}
	throw new SettingOpen(
		path,
		`expected a file that administrators alone may change, ${
			writers === "hidden"
				? "Windows does not tell this account who may"
				: `it is open to ${(await windows.accountNames(writers)).join(", ")}`
		}. ${toClose(path, shared)}`,
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
