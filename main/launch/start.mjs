/** `npm start`: installs what is missing, builds what has changed, then hands over to the launcher under Node 24. */
import { spawn } from "node:child_process";
import { fail, install, NODE, ROOT } from "./install.mjs";

await install();
const launcher = spawn(
	NODE,
	[`${ROOT}main/launch/launch.ts`, ...process.argv.slice(2)],
	{ cwd: ROOT, stdio: "inherit" },
);
launcher.on("error", (error) =>
	fail(`The launcher did not start: ${error.message}`),
);
// Ctrl-C reaches the launcher through the terminal; a signal to this process alone is passed on. Either way the launcher ends first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
	process.on(signal, () => {
		if (signal !== "SIGINT" || !process.stdin.isTTY) launcher.kill(signal);
	});
launcher.on("exit", (code) => process.exit(code ?? 1));
