/** A thread that looks at every byte of a replica once, beside everything else, and ends. */
import { setPriority } from "node:os";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type AuditResult, auditReplica } from "./audit.ts";
import { failureFrom, SyncFailure } from "./failure.ts";

/** What the thread tells: what it found, or that it could not look. */
export type AuditMessage =
	| { readonly result: AuditResult }
	| { readonly failed: string };

const port = parentPort as MessagePort;
const { path } = workerData as { path: string };

// On Linux this speaks of the calling thread alone; elsewhere it would slow down the screens.
if (process.platform === "linux")
	try {
		setPriority(10);
	} catch {
		// Not permitted here.
	}

function look(): AuditMessage {
	try {
		return { result: auditReplica(path) };
	} catch (error) {
		const failure = failureFrom(error);
		const message = error instanceof Error ? error.message : String(error);
		const code = (error as { code?: unknown }).code;
		// Also a statement that the damaged schema does not understand.
		return (failure instanceof SyncFailure && failure.code === "corrupt") ||
			code === "SQLITE_ERROR" ||
			error instanceof SyntaxError
			? { result: { broken: message } }
			: { failed: message };
	}
}

port.postMessage(look());
