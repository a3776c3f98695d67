/**
 * `npm run soak -- NAME…`: tests of which `npm test` runs a short slice, in their long form, by name; without a name it says which there are.
 * `npm run test:fault` is all of what breaks off and is lost, `npm run test:endurance` all of what has to hold out.
 */
import { spawnSync } from "node:child_process";

interface Soak {
	readonly of: "fault" | "endurance";
	/** What it does in its long form, and by which variables that can be changed. */
	readonly does: string;
	readonly file: string;
	readonly env: Readonly<Record<string, string>>;
}

const SOAKS: Readonly<Record<string, Soak>> = {
	damage: {
		of: "fault",
		does: "200 random bits flipped in a replica (DAMAGE_FLIPS, DAMAGE_SEED)",
		file: "tests/fault/silent-damage.test.ts",
		env: { DAMAGE_FLIPS: "200" },
	},
	commands: {
		of: "fault",
		does: "100 kills of hub, workstation and PostgreSQL while commands are given (COMMAND_KILLS, COMMAND_SEED)",
		file: "tests/fault/commands.test.ts",
		env: { COMMAND_KILLS: "100" },
	},
	hub: {
		of: "fault",
		does: "40 kills of ingest, publish, serve and PostgreSQL while three workstations follow (HUB_KILLS, HUB_SEED)",
		file: "tests/fault/kill-hub.test.ts",
		env: { HUB_KILLS: "40" },
	},
	database: {
		of: "fault",
		does: "PostgreSQL ended in each of four ways under a hub that serves (DATABASE_SIGNALS)",
		file: "tests/fault/database-ends.test.ts",
		env: { DATABASE_SIGNALS: "SIGKILL,SIGQUIT,SIGINT,SIGTERM" },
	},
	kill: {
		of: "fault",
		does: "1,000 kills during synchronisation (FAULT_KILLS)",
		file: "tests/fault/kill-during-sync.test.ts",
		env: { FAULT_KILLS: "1000" },
	},
	order: {
		of: "fault",
		does: "10 s of six writers that commit in another order than they began (ORDER_SECONDS, ORDER_SEED)",
		file: "tests/fault/order.test.ts",
		env: { ORDER_SECONDS: "10" },
	},
	province: {
		of: "fault",
		does: "200 kills of the workstation of one province (PROVINCE_KILLS, PROVINCE_SEED)",
		file: "tests/fault/kill-province.test.ts",
		env: { PROVINCE_KILLS: "200" },
	},
	restore: {
		of: "fault",
		does: "400 restores of the hub's database under load (FAULT_RESTORES)",
		file: "tests/fault/restore.test.ts",
		env: { FAULT_RESTORES: "400" },
	},
	memory: {
		of: "endurance",
		does: "100,000 requests to a backend (MEMORY_REQUESTS)",
		file: "tests/fault/memory.test.ts",
		env: { MEMORY_REQUESTS: "100000" },
	},
	walls: {
		of: "endurance",
		does: "a wall for eight hours of its time in forty minutes, with publications and lost graphics contexts (WALL_MINUTES, WALL_SPEED); needs `npm run build`",
		file: "tests/e2e/endurance.spec.ts",
		env: { WALL_MINUTES: "40" },
	},
	allocation: {
		of: "endurance",
		does: "5,000 random problems to two solvers (ALLOCATION_RUNS, PROPERTY_SEED)",
		file: "tests/unit/logistics/allocation-second-solver.test.ts",
		env: { ALLOCATION_RUNS: "5000" },
	},
};

const asked = process.argv.slice(2);
const names = Object.keys(SOAKS).filter(
	(name) => asked.includes(name) || asked.includes(SOAKS[name]?.of ?? ""),
);
const unknown = asked.filter(
	(name) =>
		!(name in SOAKS) && !Object.values(SOAKS).some(({ of }) => of === name),
);
if (names.length === 0 || unknown.length > 0) {
	if (unknown.length > 0) console.error(`No such run: ${unknown.join(", ")}.`);
	for (const [name, { does, of }] of Object.entries(SOAKS))
		console.error(`${name.padEnd(12)}${of.padEnd(11)}${does}`);
	process.exit(2);
}
let failed = false;
for (const name of names) {
	const { file, env, does } = SOAKS[name] as Soak;
	console.log(`\n== ${name}: ${does}`);
	const { status } = spawnSync(
		process.execPath,
		file.endsWith(".spec.ts")
			? ["node_modules/@playwright/test/cli.js", "test", file]
			: ["node_modules/vitest/vitest.mjs", "run", file],
		{ stdio: "inherit", env: { ...env, ...process.env } },
	);
	if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
