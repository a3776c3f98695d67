import type { StreamTargetChunk } from "mediabunny";

/** A piece of a file, where it lies in it. */
interface Piece {
	readonly from: number;
	readonly bytes: Blob;
}

/** What is written to a place that may go away, and all of it beside. */
export interface KeptWhileWritten {
	/** Takes everything, also once the place takes nothing any more. */
	readonly into: WritableStream<StreamTargetChunk>;
	/** Why the place took no more: its file or folder was moved, its disk is full or pulled out; null while all is well. */
	failure(): unknown;
	/** Closes the place, from when on the file stands in it: `into` being closed says nothing, for a muxer closes also what it gives up. */
	finish(): Promise<void>;
	/** Leaves the place as it was before. */
	giveUp(): Promise<void>;
	/**
	 * All that was written.
	 * @throws CopyLost where it cannot be read any more
	 */
	whole(): Promise<Blob>;
}

/** Said where the browser could not keep what was written beside; `cause` is its reason. */
export class CopyLost extends Error {}

/**
 * Writes to a place, and keeps what is written: a quarter of an hour's work is not lost because a folder was renamed meanwhile. It is kept as
 * Blobs, which a browser lays on its own disk when they grow, and not in the page.
 */
export function keptWhileWritten(
	place: WritableStream<StreamTargetChunk>,
): KeptWhileWritten {
	const pen = place.getWriter();
	let pieces: Piece[] = [];
	let failure: unknown = null;
	const orFailed = async (work: () => Promise<unknown>): Promise<void> => {
		if (failure !== null) return;
		try {
			await work();
		} catch (reason) {
			failure = reason ?? new Error("no reason given");
			await pen.abort().catch(() => {});
		}
	};
	return {
		into: new WritableStream<StreamTargetChunk>({
			write(chunk) {
				const { position, data } = chunk;
				pieces = laidOver(pieces, {
					from: position,
					bytes: new Blob([data as Uint8Array<ArrayBuffer>]),
				});
				return orFailed(() => pen.write(chunk));
			},
		}),
		failure: () => failure,
		finish: () => orFailed(() => pen.close()),
		giveUp: () => pen.abort().catch(() => {}),
		async whole() {
			const parts: BlobPart[] = [];
			let at = 0;
			for (const { from, bytes } of pieces) {
				// What was never written is zeros, as in a file.
				if (from > at) parts.push(new Uint8Array(from - at));
				parts.push(bytes);
				at = from + bytes.size;
			}
			const whole = new Blob(parts);
			// A Blob for which the browser found no room is only told from another by reading it.
			try {
				for (const { bytes } of pieces) await readEnd(bytes);
				await readEnd(whole);
			} catch (cause) {
				throw new CopyLost("not to be read", { cause });
			}
			return whole;
		},
	};
}

const readEnd = (bytes: Blob): Promise<unknown> =>
	bytes.slice(-1).arrayBuffer();

/** Pieces that do not overlap, in their order, with one more that counts where it lies over them: a muxer writes sizes into its head at the end. */
function laidOver(pieces: readonly Piece[], added: Piece): Piece[] {
	const end = added.from + added.bytes.size;
	const last = pieces.at(-1);
	if (!last || last.from + last.bytes.size <= added.from)
		return [...pieces, added];
	const left = pieces.flatMap(({ from, bytes }): Piece[] => {
		const before = bytes.slice(0, Math.max(0, added.from - from));
		const cut = Math.min(bytes.size, Math.max(0, end - from));
		const after = bytes.slice(cut);
		return [
			...(before.size > 0 ? [{ from, bytes: before }] : []),
			...(after.size > 0 ? [{ from: from + cut, bytes: after }] : []),
		];
	});
	return [...left, added].sort((a, b) => a.from - b.from);
}
