/**
 * `npm run dist:hub`: packages the hub for machines of this one's system into release/, as a folder and a `.tar.gz` of it with its
 * SHA-256. All it needs is in it (Node, PostgreSQL, SQLite, packages, licences): nothing is installed or fetched where it runs.
 * BLC_DIST_OUTPUT names another folder; `--folder` leaves the archive out.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	chmodSync,
	cpSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { Command } from "commander";
import { reachedFrom } from "./hub-modules.ts";
import { NODE, ROOT } from "./install.mjs";
import { HUB_LICENCES, licencesOf, licencesText } from "./licences.ts";

/** Read by their folder, in the order of their names. */
const MIGRATIONS = "hub/store/migrations";
/** How it is installed: what IT staff reads, and what a machine is given. */
const INSTALLING = "resources/hub";

const command = new Command("npm run dist:hub --")
	.description("Packages the hub for machines like this one.")
	.option("--folder", "the folder alone, without its archive", false)
	.showHelpAfterError();
command.parse();

const { version } = JSON.parse(
	readFileSync(join(ROOT, "package.json"), "utf8"),
) as { version: string };
const output = process.env.BLC_DIST_OUTPUT ?? join(ROOT, "release");
const name = `blc-hub-${version}-${process.platform}-${process.arch}`;
const folder = join(output, name);
rmSync(folder, { recursive: true, force: true });

const { files, packages } = reachedFrom(ROOT, [
	"hub/cli.ts",
	...inFolder(MIGRATIONS).filter((file) => file.endsWith(".ts")),
]);
const data = [
	MIGRATIONS,
	...new Set(
		files
			.filter((file) => file.startsWith("resources/"))
			.map((file) => posix.dirname(file)),
	),
].flatMap((of) => inFolder(of).filter((file) => !/\.(ts|md)$/.test(file)));
for (const file of new Set([...files, ...data])) copy(file, file);
for (const of of packages) copy(of, of, isOfUse);
for (const file of inFolder(INSTALLING))
	copy(file, relative(INSTALLING, file).split(sep).join("/"));
const windows = process.platform === "win32";
copy(relative(ROOT, NODE), windows ? "node.exe" : "node");
if (!windows) chmodSync(join(folder, "blc-hub"), 0o755);
writeFileSync(
	join(folder, "package.json"),
	`${JSON.stringify({ name: "blc-hub", version, type: "module" })}\n`,
);
writeFileSync(
	join(folder, "LICENSES.txt"),
	licencesText([
		...HUB_LICENCES,
		...licencesOf(packages.map((of) => join(ROOT, of))),
	]),
);
console.log(folder);

if (!command.opts<{ folder: boolean }>().folder) {
	const archive = `${folder}.tar.gz`;
	// From within: some `tar` of Windows take the letter of a drive for another machine.
	execFileSync("tar", ["-czf", basename(archive), name], { cwd: output });
	const sum = `${createHash("sha256").update(readFileSync(archive)).digest("hex")}  ${basename(archive)}\n`;
	writeFileSync(`${archive}.sha256`, sum);
	console.log(`${archive}\n${sum}`);
}

function inFolder(of: string): string[] {
	return readdirSync(join(ROOT, of), { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => posix.join(of, entry.name));
}

function copy(
	from: string,
	to: string,
	wanted: (path: string) => boolean = () => true,
): void {
	const target = join(folder, to);
	mkdirSync(dirname(target), { recursive: true });
	cpSync(join(ROOT, from), target, {
		recursive: true,
		verbatimSymlinks: true,
		filter: (path) => wanted(relative(ROOT, path).split(sep).join("/")),
	});
}

/** Not what a package was made from, is described by, or carries for other systems; a package within one is copied by its own name. */
function isOfUse(path: string): boolean {
	const inPackage = path.replace(/^node_modules\/(@[^/]+\/)?[^/]+\//, "");
	return !(
		/(^|\/)@types\//.test(path) ||
		/\.([cm]?ts|map|md|markdown)$/.test(path) ||
		/^(src|deps|build)(\/|$)/.test(
			path.startsWith("node_modules/better-sqlite3/") ? inPackage : "",
		) ||
		(path.endsWith(".node") &&
			path.includes("better-sqlite3/prebuilds") &&
			!path.endsWith(`${process.platform}-${process.arch}.node`))
	);
}
