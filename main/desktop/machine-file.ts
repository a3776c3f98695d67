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

/**
 * The machine's file, of the first folder that has one which counts. One that does not, beside another that does, is told and passed over:
 * on a drive that no installer closed anybody may put one.
 * @param folders absolute, as the file system itself writes them
 * @param writersOf ordinary accounts that may change a file of Windows; null: it was asked and does not say (machine/files/windows-writers)
 * @param report hears what was passed over, and where Windows cannot be asked
 * @returns undefined where no folder has one
 * @throws SettingFault of the first folder, where one has one and none counts
 */
export async function machineFile(
	platform: NodeJS.Platform,
	folders: readonly string[],
	writersOf: (path: string) => Promise<readonly string[] | null>,
	report: (message: string) => void,
): Promise<SettingFile | undefined> {
	const faults: SettingFault[] = [];
	for (const folder of folders)
		try {
			const path = join(folder, "hub.json");
			const bytes =
				platform === "win32"
					? await closedBytes(path, writersOf, report)
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

/** Of libuv (`UV_FS_O_EXLOCK`, uv/win.h), which Node gives no name: while we hold it nobody else of Windows opens, moves or removes it. */
const ALONE = 0x10000000;

/**
 * What stands in a file of Windows that administrators alone may change. It is held from before Windows is asked about its name until it is
 * read, and has no other name: else what is asked about could be another than what is read.
 * @throws SettingFault
 */
async function closedBytes(
	path: string,
	writersOf: (path: string) => Promise<readonly string[] | null>,
	report: (message: string) => void,
): Promise<Uint8Array | undefined> {
	const file = ifThere(path, () => openSync(path, constants.O_RDONLY | ALONE));
	if (file === undefined) return undefined;
	try {
		refuseAnother(path, file);
		await refuseOpen(path, writersOf, report);
		refuseAnother(path, file);
		return ifThere(path, () => readFileSync(file));
	} finally {
		closeSync(file);
	}
}

/**
 * Refuses a file that lies elsewhere than its name says, or also elsewhere: a link can be led to another place at any time. The system's own
 * path is asked, since Node takes a junction that leads to a volume without a letter for none.
 * @throws SettingOpen
 */
function refuseAnother(path: string, file: number): void {
	const real = ifThere(path, () => realpathSync.native(path));
	const held = fstatSync(file, { bigint: true });
	const named = ifThere(path, () => statSync(path, { bigint: true }));
	if (
		real?.toLowerCase() === path.toLowerCase() &&
		held.nlink === 1n &&
		named?.ino === held.ino &&
		// Of one volume libuv has told short and long numbers.
		BigInt.asUintN(32, named.dev) === BigInt.asUintN(32, held.dev)
	)
		return;
	throw new SettingOpen(
		path,
		"expected a file that lies in this folder and nowhere else, with no link in its path or in its place. As an administrator remove the link and write the file anew",
	);
}

/** A machine's file that ordinary accounts may have written: it is not known whose word it is. */
export class SettingOpen extends SettingFault {}

/**
 * Refuses a machine's file of Windows that ordinary accounts may change: below `ProgramData` everybody may make folders.
 * @param writersOf ordinary accounts that may change a file; null: Windows was asked and does not say (machine/files/windows-writers)
 * @param report hears where Windows cannot be asked; such a file is believed, since a machine may forbid it
 * @throws SettingOpen
 */
async function refuseOpen(
	path: string,
	writersOf: (path: string) => Promise<readonly string[] | null>,
	report: (message: string) => void,
): Promise<void> {
	let writers: readonly string[] | null;
	try {
		writers = await writersOf(path);
	} catch (error) {
		report(
			`${path}: it could not be asked who may change it, it is believed: ${error instanceof Error ? error.message : String(error)}`,
		);
		return;
	}
	if (writers?.length === 0) return;
	const folder = win32.dirname(path);
	throw new SettingOpen(
		path,
		[
			`expected a file that administrators alone may change, ${writers === null ? "Windows does not tell this account who may" : `it is open to ${writers.join(", ")}`}. See that what it says is right; then as an administrator:`,
			// One by one: what else lies there may be a link, through which all below it would lose what closes it. Quoted, since PowerShell runs what stands in
			// brackets; an owner who lets nobody in gives way to takeown alone.
			`takeown /F "${folder}" /A`,
			`icacls "${folder}" /reset /L`,
			`icacls "${folder}" /inheritance:r /grant:r "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-545:(OI)(CI)RX" /L`,
			`takeown /F "${path}" /A`,
			`icacls "${path}" /reset /L`,
		].join("\n"),
	);
}
