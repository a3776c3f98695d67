import pLimit from "p-limit";

/** Chunks or segments under way at once. */
const FEW = 4;

/**
 * Maps with a few under way at once. After the first that fails none is begun, and it fails when the last has ended: nothing of this
 * attempt is under way when the next begins.
 */
export async function aFewAtOnce<T, R>(
	items: readonly T[],
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const limit = pLimit({ concurrency: FEW, rejectOnClear: true });
	const ends = await Promise.allSettled(
		items.map((item) =>
			limit(async () => {
				try {
					return await work(item);
				} catch (error) {
					limit.clearQueue();
					throw error;
				}
			}),
		),
	);
	// Those that were not begun come after the one that failed.
	return ends.map((end) => {
		if (end.status === "rejected") throw end.reason;
		return end.value;
	});
}
