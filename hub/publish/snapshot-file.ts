import { Worker } from "node:worker_threads";
import type { FeedTableName } from "../../core/feed/table.ts";
import type { SnapshotContent, SnapshotRequest } from "./snapshot-messages.ts";

export interface SnapshotFile {
	begin(seq: number): Promise<void>;
	/** The rows that follow are of this table. */
	table(name: FeedTableName): Promise<void>;
	/** The next piece of COPY's text format. */
	rows(piece: Buffer): Promise<void>;
	finish(): Promise<SnapshotContent>;
	close(): Promise<void>;
}

/** Bytes sent to the thread at once. */
const BATCH = 1024 * 1024;
/** Batches under way: enough that neither side waits, few enough to bound memory. */
const AHEAD = 8;

/**
 * Starts the thread that builds the SQLite file of a snapshot: parsing, writing and compressing do not hold up the hub's server, and run
 * beside PostgreSQL's reading.
 */
export function startSnapshotFile(folder: string): SnapshotFile {
	const worker = new Worker(new URL("./snapshot-worker.ts", import.meta.url), {
		workerData: { folder },
		name: "snapshot",
	});
	let failed: Error | null = null;
	let underWay = 0;
	let answered = (_: SnapshotContent | null): void => {};
	worker.on("message", (content: SnapshotContent | null) => {
		underWay--;
		answered(content);
	});
	const fail = (error: Error): void => {
		failed ??= error;
		answered(null);
	};
	worker.on("error", fail);
	worker.on("exit", () => fail(new Error("the snapshot thread has ended")));

	/** Waits until fewer than `limit` requests are under way. */
	async function below(limit: number): Promise<SnapshotContent | null> {
		let last: SnapshotContent | null = null;
		while (underWay >= limit && !failed)
			last = await new Promise((resolve) => {
				answered = resolve;
			});
		if (failed) throw failed;
		return last;
	}

	async function send(request: SnapshotRequest): Promise<void> {
		await below(AHEAD);
		underWay++;
		worker.postMessage(
			request,
			request.kind === "rows" ? [request.bytes.buffer as ArrayBuffer] : [],
		);
	}

	let batch = Buffer.allocUnsafeSlow(BATCH);
	let filled = 0;
	async function flush(): Promise<void> {
		if (filled === 0) return;
		const bytes = batch.subarray(0, filled);
		batch = Buffer.allocUnsafeSlow(BATCH);
		filled = 0;
		await send({ kind: "rows", bytes });
	}

	return {
		begin: (seq) => send({ kind: "begin", seq }),
		async table(name) {
			await flush();
			await send({ kind: "table", table: name });
		},
		async rows(piece) {
			for (let at = 0; at < piece.length; ) {
				const copied = piece.copy(batch, filled, at);
				at += copied;
				filled += copied;
				if (filled === batch.length) await flush();
			}
		},
		async finish() {
			await flush();
			await below(1);
			await send({ kind: "finish" });
			const content = await below(1);
			if (!content) throw new Error("the snapshot thread gave no file");
			return content;
		},
		async close() {
			await worker.terminate();
		},
	};
}
