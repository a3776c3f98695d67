/**
 * The part of a workstation's backend that follows a hub, as a process to be killed: arguments are its folder, the hub's address, the
 * hub's public key and, of one province, its credential. Tells its parent every state of synchronisation and that publications were applied; ends in good order on "stop", after telling its digest.
 */
import { join } from "node:path";
import { createWriter } from "../../main/backend/replica/writer.ts";
import { createSync } from "../../main/backend/sync/sync.ts";

const [folder, hubUrl, publicKey, credential] = process.argv.slice(2);
const tell = (message: unknown): void => {
	process.send?.(message, undefined, undefined, () => {});
};

const writer = createWriter({
	folder: join(folder, "replica"),
	onSwitched: (replica) =>
		tell({ kind: "switched", seq: replica?.seq ?? null }),
	onChanged: ({ seq }) => tell({ kind: "changed", seq }),
});
const sync = createSync({
	hubUrl,
	publicKey,
	...(credential && { credential }),
	writer: {
		...writer,
		apply: (request, onProgress) =>
			writer.apply(request, (done) => {
				tell({ kind: "applied" });
				onProgress?.(done);
			}),
	},
	folder,
	timing: { retryLeast: 20, retryMost: 200 },
	onState: (state) => tell({ kind: "state", state }),
});
process.on("message", async (message) => {
	if (message !== "stop") return;
	await sync.close();
	tell({ kind: "digest", digest: await writer.digest() });
	await writer.close();
	process.disconnect();
});
