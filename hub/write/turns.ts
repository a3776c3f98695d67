/** Whoever waited for a turn did not get one: nothing was begun. */
export class NoTurn extends Error {
	override readonly name = "NoTurn";
}

/** Work that is done one after the other. */
export interface Turns {
	readonly busy: boolean;
	/** @throws NoTurn when there was none in time; the work was then not begun and never will be */
	take<T>(work: () => Promise<T>): Promise<T>;
}

/** @param patience how long somebody waits for a turn (ms) */
export function createTurns(patience: number): Turns {
	let last: Promise<unknown> = Promise.resolve();
	let taken = 0;
	return {
		get busy() {
			return taken > 0;
		},
		take(work) {
			taken++;
			const before = last;
			const turn = (async () => {
				let given = false;
				let timer: NodeJS.Timeout | undefined;
				const late = new Promise<never>((_, reject) => {
					timer = setTimeout(() => {
						if (!given) reject(new NoTurn(`no turn within ${patience} ms`));
					}, patience);
				});
				try {
					await Promise.race([before, late]);
					given = true;
				} finally {
					clearTimeout(timer);
				}
				return await work();
			})();
			// Whoever comes next waits for both: this one may have left the queue while the one before still works.
			last = Promise.allSettled([before, turn]);
			void last.then(() => {
				taken--;
			});
			return turn;
		},
	};
}
