/**
 * Brings node_modules in step with package-lock.json. Plain JavaScript without dependencies: it runs under the system's Node (>= 20)
 * before anything is installed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { win32 } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Node 24 from the package `node`; everything but the installer runs under it. */
export const NODE = `${ROOT}node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`;
const STAMP = `${ROOT}node_modules/.blc-installed`;

/** Ends the program with a message a person can act on. */
export function fail(message, todo) {
	console.error(`\n✗ ${message}`);
	if (todo) console.error(`  ${todo}`);
	process.exit(1);
}

/**
 * Runs a long command quietly: one line now, one line every ten seconds, the last lines of its output only if it fails.
 * @returns {Promise<{code: number, output: string}>}
 */
export function quietly(label, command, args, options = {}) {
	console.log(`• ${label} …`);
	const begun = Date.now();
	const seconds = () => Math.round((Date.now() - begun) / 1000);
	const ticker = setInterval(
		() => console.log(`  ${label}: ${seconds()} s`),
		10_000,
	);
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: ROOT,
			stdio: ["ignore", "pipe", "pipe"],
			...options,
		});
		let output = "";
		const keep = (chunk) => {
			output = (output + chunk).slice(-20_000);
		};
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		const done = (code) => {
			clearInterval(ticker);
			if (code === 0) console.log(`✓ ${label} (${seconds()} s)`);
			resolve({ code, output });
		};
		child.on("error", (error) => {
			keep(String(error));
			done(1);
		});
		child.on("close", (code) => done(code ?? 1));
	});
}

/**
 * How npm is run: by the file that runs us (`npm start`), else by its own. On Windows `npm` is a batch file, which Node does not spawn
 * without a shell; what it leads to lies beside node.exe.
 * @returns {[string, ...string[]]} program and first arguments
 */
export function npmProgram({ platform, execPath, npmPath }) {
	const file =
		npmPath ??
		(platform === "win32"
			? win32.join(
					win32.dirname(execPath),
					"node_modules",
					"npm",
					"bin",
					"npm-cli.js",
				)
			: undefined);
	return file ? [execPath, file] : ["npm"];
}

/** What was installed for: the lockfile, the platform, and the C library the native packages were chosen for. */
function wanted() {
	const hash = createHash("sha256").update(
		readFileSync(`${ROOT}package-lock.json`),
	);
	return `${hash.digest("hex")} ${process.platform} ${process.arch}`;
}

/** Installs the packages unless they are already those of package-lock.json. */
export async function install() {
	if (Number(process.versions.node.split(".")[0]) < 20)
		fail(
			`Node ${process.versions.node} is too old.`,
			"Install Node 20 or newer (https://nodejs.org) and run the command again.",
		);
	const current = existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted();
	if (!current) {
		const [program, ...first] = npmProgram({
			platform: process.platform,
			execPath: process.execPath,
			npmPath: process.env.npm_execpath,
		});
		const { code, output } = await quietly(
			"Installing packages (npm ci)",
			program,
			[...first, "ci"],
		);
		if (code !== 0) {
			console.error(output);
			fail(
				"The packages could not be installed.",
				"Is the npm registry reachable from here? The lines above say what npm missed.",
			);
		}
		writeFileSync(STAMP, wanted());
	}
	if (!existsSync(NODE))
		fail(
			"The package `node` (Node 24) has no binary for this machine.",
			"Its install script was not run: `npm rebuild node`, then try again.",
		);
}
