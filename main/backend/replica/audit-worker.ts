/** A thread that looks at every byte of a replica, beside everything else. */
import { setPriority } from "node:os";
import "../../../machine/thread/load-sqlite.ts";
import { serve } from "../../../machine/thread/serve.ts";
import { type AuditResult, auditReplica } from "./audit.ts";
import { failureFrom, SyncFailure } from "./failure.ts";

/** What the thread does. */
export type AuditMethods = { look(path: string): AuditResult };

// On Linux this speaks of the calling thread alone; elsewhere it would slow down the screens.
if (process.platform === "linux")
	try {
		setPriority(10);
	} catch {
		// Not permitted here.
	}

serve<AuditMethods>({
	look(path) {
		try {
			return auditReplica(path);
		} catch (error) {
			const failure = failureFrom(error);
			const message = error instanceof Error ? error.message : String(error);
			const code = (error as { code?: unknown }).code;
			// Also a statement that the damaged schema does not understand.
			if (
				(failure instanceof SyncFailure && failure.code === "corrupt") ||
				code === "SQLITE_ERROR" ||
				error instanceof SyntaxError
			)
				return { broken: message };
			throw error;
		}
	},
});
