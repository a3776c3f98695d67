import type { FeedTableName } from "../../core/feed/table.ts";
import { Thread } from "../../machine/thread/thread.ts";
import type { SnapshotContent, SnapshotMethods } from "./snapshot-methods.ts";

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
/** Calls under way: enough that neither side waits, few enough to bound memory. */
const AHEAD = 8;

/**
 * Starts the thread that builds the SQLite file of a snapshot: parsing, writing and compressing do not hold up the hub's server, and run
 * beside PostgreSQL's reading.
 */
export function startSnapshotFile(folder: string): SnapshotFile {
	const thread = new Thread<SnapshotMethods>({
		file: new URL("./snapshot-worker.ts", import.meta.url),
		name: "the snapshot thread",
		give: () => folder,
	});
	const underWay: Promise<unknown>[] = [];

	/** Waits for the oldest calls until fewer than `limit` are under way. @throws what one of them failed with: the file is then of no use */
	async function below(limit: number): Promise<void> {
		while (underWay.length >= limit) {
			await underWay[0];
			underWay.shift();
		}
	}

	/** Has it done while whoever calls reads on. */
	async function ahead(call: () => Promise<unknown>): Promise<void> {
		await below(AHEAD);
		const answer = call();
		// Told to whoever waits for it: the next call, or the last.
		answer.catch(() => {});
		underWay.push(answer);
	}

	let batch = Buffer.allocUnsafeSlow(BATCH);
	let filled = 0;
	async function flush(): Promise<void> {
		if (filled === 0) return;
		const bytes = batch.subarray(0, filled);
		batch = Buffer.allocUnsafeSlow(BATCH);
		filled = 0;
		await ahead(() => thread.call("rows", bytes, { give: [bytes.buffer] }));
	}

	return {
		begin: (seq) => ahead(() => thread.call("begin", seq)),
		async table(name) {
			await flush();
			await ahead(() => thread.call("table", name));
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
			return thread.call("finish");
		},
		close: () => thread.close(),
	};
}
