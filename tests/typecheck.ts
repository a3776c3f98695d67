/**
 * Type-checks each process with its own tsconfig, so that `core` never sees Node or DOM types. What was found lies in
 * `node_modules/.cache/types`: only files that changed since, and what they reach, are looked at again.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const folders = [
	"core",
	"hub",
	"machine",
	"main",
	"preload",
	"renderer",
	"site",
	"tests",
].filter((folder) => existsSync(`${folder}/tsconfig.json`));
let failed = false;
for (const folder of folders) {
	const { status } = spawnSync(
		process.execPath,
		[
			"node_modules/typescript/bin/tsc",
			...["-p", folder, "--incremental"],
			...["--tsBuildInfoFile", `node_modules/.cache/types/${folder}.json`],
		],
		{ stdio: "inherit" },
	);
	if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
