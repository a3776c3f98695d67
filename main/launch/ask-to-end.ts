import { type ChildProcess, spawn } from "node:child_process";
import { ofWindows } from "../../machine/files/windows-program.ts";

/** What decides how a child is asked. */
export interface Asking {
	platform: NodeJS.Platform;
	/** Runs a program of the system and does not wait for it. */
	run: (program: string, args: string[]) => void;
}

const HERE: Asking = {
	platform: process.platform,
	run(program, args) {
		spawn(program, args, { stdio: "ignore", windowsHide: true }).on(
			"error",
			() => {},
		);
	},
};

/**
 * Asks a child to end in good order; it ends when it has. Windows knows no signals, there `kill` cuts off: a child of ours hears that its
 * line to us is cut, a program with windows (Electron) is told that they are closed.
 */
export function askToEnd(
	child: Pick<ChildProcess, "connected" | "disconnect" | "kill" | "pid">,
	{ platform, run }: Asking = HERE,
): void {
	if (child.connected) child.disconnect();
	else if (platform === "win32")
		// Without /F it is a request.
		run(ofWindows("taskkill.exe"), ["/PID", String(child.pid)]);
	else child.kill("SIGTERM");
}

/**
 * Asks a child to end, and cuts it off when it has not within a time.
 * @param within ms
 */
export async function endChild(
	child: ChildProcess,
	within: number,
	asking: Asking = HERE,
): Promise<void> {
	if (isGone(child)) return;
	const ended = new Promise((done) => child.once("exit", done));
	const late = setTimeout(() => child.kill("SIGKILL"), within);
	askToEnd(child, asking);
	await ended;
	clearTimeout(late);
}

function isGone(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}
