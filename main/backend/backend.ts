/**
 * The backend of a workstation as a process: takes its options from the environment, says on which address it listens, and ends within
 * two seconds when its host asks, ends or vanishes. A host is an Electron utility process's parent, a forking Node, or a shell that
 * reads its standard output.
 */
import { parseSilently } from "../../core/reading/broken-json.ts";
import { FolderHeld } from "./held-folder.ts";
import { chosenHub, SettingFault } from "./hub-file.ts";
import { logFile } from "./log-file.ts";
import {
	type BackendMessage,
	BackendOptions,
	HostMessage,
	OPTIONS_VARIABLE,
} from "./options.ts";
import { trustSystemAuthorities } from "./sync/authorities.ts";
import { startWorkstation, type Workstation } from "./workstation.ts";

/** The port to the parent that Electron gives a utility process. */
interface ParentPort {
	postMessage(message: unknown): void;
	on(event: "message", listener: (event: { data: unknown }) => void): void;
}

// Whatever this process makes is for its own account alone; SQLite gives its files no modes of their own.
process.umask(0o077);

const END_WITHIN = 1900;
const PARENT_WATCH = 500;

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
/** What a person at the terminal must read; everything else goes to the log file. */
const complain = (message: string): void => {
	process.stderr.write(`backend: ${message}\n`);
	report(message);
};
let report: (message: string) => void = () => {};
const tell = (message: BackendMessage): void => {
	if (parentPort) parentPort.postMessage(message);
	else if (process.send) process.send(message);
	else process.stdout.write(`${JSON.stringify(message)}\n`);
};

let workstation: Workstation | undefined;
let ending = false;

function end(code: number): void {
	if (ending) return;
	ending = true;
	// Whatever hangs, the process is gone in time; SQLite takes up from its log.
	setTimeout(() => process.exit(code), END_WITHIN).unref();
	(workstation?.close() ?? Promise.resolve()).then(
		() => process.exit(code),
		(error: unknown) => {
			complain(`ending: ${String(error)}`);
			process.exit(1);
		},
	);
}

function hear(message: unknown): void {
	const asked = HostMessage.safeParse(message);
	if (asked.data === "end") end(0);
	if (asked.data === "token" && workstation)
		tell({ token: workstation.newToken() });
}

process.on("SIGTERM", () => end(0));
process.on("SIGINT", () => end(0));
process.on("SIGHUP", () => end(0));
process.on("uncaughtException", (error) => {
	complain(`uncaught: ${error.stack ?? error.message}`);
	end(1);
});
process.on("unhandledRejection", (error) => {
	complain(
		`unhandled: ${error instanceof Error ? error.stack : String(error)}`,
	);
	end(1);
});
if (parentPort) parentPort.on("message", ({ data }) => hear(data));
else if (process.send) {
	process.on("message", hear);
	process.on("disconnect", () => end(0));
} else {
	process.stdin.on("data", (text) => {
		for (const line of String(text).split("\n")) hear(line.trim());
	});
	process.stdin.on("end", () => end(0));
}

try {
	const options = BackendOptions.parse(
		parseSilently(process.env[OPTIONS_VARIABLE] ?? process.argv[2] ?? "null"),
	);
	// Children of this process have no business with the secret.
	delete process.env[OPTIONS_VARIABLE];
	report = logFile(options.data);
	const { parent } = options;
	if (parent !== null)
		setInterval(() => {
			if (!isAlive(parent)) end(0);
		}, PARENT_WATCH).unref();
	// What the host was told comes first: it may be the machine's, which nobody at a screen changes.
	options.hub ??= chosenHub(options.data);
	if (options.hub?.url.startsWith("https:")) trustSystemAuthorities(report);
	// Whoever ordered it hears that it was kept; the host then starts a backend that follows the hub.
	workstation = await startWorkstation(options, report, () =>
		setTimeout(() => end(0), 200),
	);
	if (ending) await workstation.close();
	else
		tell({
			ready: true,
			origin: workstation.origin,
			token: workstation.newToken(),
		});
} catch (error) {
	const message = error instanceof Error ? error.message : String(error);
	complain(message);
	if (error instanceof FolderHeld || error instanceof SettingFault)
		tell({ refused: message });
	process.exit(1);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it is there, and somebody else's.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}
