import type { SyncState } from "../../../core/api/state.ts";

/**
 * Why synchronisation cannot go on. The codes of `SyncState` want a person; `snapshot-needed` is for the sync client alone: the log
 * cannot take this replica further, a snapshot can.
 */
export type FailureCode =
	| Extract<SyncState, { kind: "error" }>["code"]
	| "snapshot-needed";

export class SyncFailure extends Error {
	readonly code: FailureCode;
	constructor(code: FailureCode, message: string) {
		super(message);
		this.name = "SyncFailure";
		this.code = code;
	}
}

/** The failure that an error of SQLite or of the file system stands for; the error itself when it is of neither. */
export function failureFrom(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof SyncFailure) return error;
	const code = "code" in error ? String(error.code) : "";
	if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
		return new SyncFailure("corrupt", error.message);
	if (
		/^(SQLITE_(FULL|IOERR|CANTOPEN|READONLY)|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EBUSY|EIO)/.test(
			code,
		)
	)
		return new SyncFailure("disk", error.message);
	// A value that its column does not take, or that SQLite cannot hold at all.
	if (
		/^SQLITE_(CONSTRAINT|MISMATCH)/.test(code) ||
		/SQLite3 can only bind/.test(error.message)
	)
		return new SyncFailure("schema", error.message);
	return error;
}
