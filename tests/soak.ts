/**
 * `npm run soak -- NAME`: a fault test of `npm test` in its long form, by name.
 *   damage   200 random bits flipped in a replica (DAMAGE_FLIPS, DAMAGE_SEED)
 *   memory   100,000 requests to a backend (MEMORY_REQUESTS)
 *   commands 100 kills of hub, workstation and PostgreSQL while commands are given (COMMAND_KILLS, COMMAND_SEED)
 *   hub      40 kills of ingest, publish, serve and PostgreSQL while three workstations follow (HUB_KILLS, HUB_SEED)
 *   kill     1,000 kills during synchronisation (FAULT_KILLS)
 */
import { spawnSync } from "node:child_process";

const RUNS: Record<string, { file: string; env: Record<string, string> }> = {
	damage: {
		file: "tests/fault/silent-damage.test.ts",
		env: { DAMAGE_FLIPS: "200" },
	},
	memory: {
		file: "tests/fault/memory.test.ts",
		env: { MEMORY_REQUESTS: "100000" },
	},
	commands: {
		file: "tests/fault/commands.test.ts",
		env: { COMMAND_KILLS: "100" },
	},
	hub: {
		file: "tests/fault/kill-hub.test.ts",
		env: { HUB_KILLS: "40" },
	},
	kill: {
		file: "tests/fault/kill-during-sync.test.ts",
		env: { FAULT_KILLS: "1000" },
	},
};

const [name = ""] = process.argv.slice(2);
const run = RUNS[name];
if (!run) {
	console.error(
		`No such run: ${name}. There are: ${Object.keys(RUNS).join(", ")}`,
	);
	process.exit(2);
}
const { status } = spawnSync(
	process.execPath,
	["node_modules/vitest/vitest.mjs", "run", run.file],
	{ stdio: "inherit", env: { ...run.env, ...process.env } },
);
process.exit(status ?? 1);
