/**
 * `npm run bench [name …]`: runs the measurements of this folder one after the other and prints what each found, as ratios of two things
 * measured in the same run. Nothing here passes or fails: budgets are in docs/architecture.md.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";

const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
	.filter(
		(file) => file.endsWith(".ts") && file !== basename(import.meta.filename),
	)
	.map((file) => file.slice(0, -3))
	.filter((name) => wanted.length === 0 || wanted.includes(name))
	.sort();
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
	console.error(
		`No such measurement: ${unknown.join(", ")}. There are: ${names.join(", ")}`,
	);
	process.exit(2);
}
let failed = false;
for (const name of names) {
	console.log(`\n== ${name}`);
	const { status } = spawnSync(
		process.execPath,
		["--expose-gc", `${import.meta.dirname}/${name}.ts`],
		{ stdio: "inherit" },
	);
	if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
