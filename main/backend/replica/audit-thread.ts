import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { AuditResult } from "./audit.ts";
import type { AuditMessage } from "./audit-worker.ts";

/**
 * Looks at every byte of a replica in a thread of its own.
 * @throws when it could not look, or was told to stop
 */
export function auditInThread(
	path: string,
	signal: AbortSignal,
): Promise<AuditResult> {
	// In a variable, so that a bundler leaves the name to the running program.
	const beside = `./audit-worker${extname(new URL(import.meta.url).pathname)}`;
	const worker = new Worker(new URL(beside, import.meta.url), {
		workerData: { path },
		name: "replica audit",
	});
	worker.unref();
	return new Promise<AuditResult>((resolve, reject) => {
		const stop = (): void => {
			reject(new Error("the audit was stopped"));
			void worker.terminate();
		};
		if (signal.aborted) stop();
		signal.addEventListener("abort", stop, { once: true });
		worker.once("message", (message: AuditMessage) => {
			if ("failed" in message) reject(new Error(message.failed));
			else resolve(message.result);
		});
		worker.once("error", reject);
		worker.once("exit", () => {
			signal.removeEventListener("abort", stop);
			reject(new Error("the audit has ended without a word"));
		});
	});
}
