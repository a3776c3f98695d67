import { Thread, threadFile } from "../../../machine/thread/thread.ts";
import type { AuditResult } from "./audit.ts";
import type { AuditMethods } from "./audit-worker.ts";

/**
 * Looks at every byte of a replica in a thread of its own.
 * @throws when it could not look, or was told to stop
 */
export async function auditInThread(
	path: string,
	signal: AbortSignal,
): Promise<AuditResult> {
	const thread = new Thread<AuditMethods>({
		file: threadFile("audit-worker", import.meta.url),
		name: "replica audit",
	});
	// It looks without a pause in which it could be told to stop.
	const stop = (): void => void thread.close();
	signal.addEventListener("abort", stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await thread.call("look", path);
	} finally {
		signal.removeEventListener("abort", stop);
		await thread.close();
	}
}
