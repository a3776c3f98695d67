/**
 * Lets all who ask at the same moment share one look. Nobody is told what was looked at before they asked: whoever comes while a look is
 * under way waits for the next one, with all the others who do.
 */
export function sharedLook<T>(look: () => Promise<T>): () => Promise<T> {
	let underWay: Promise<T> | null = null;
	let next: Promise<T> | null = null;
	function begin(): Promise<T> {
		const mine = look().finally(() => {
			if (underWay === mine) underWay = null;
		});
		underWay = mine;
		return mine;
	}
	return () => {
		if (underWay === null) return begin();
		next ??= underWay
			.then(
				() => {},
				() => {},
			)
			.then(() => {
				next = null;
				return begin();
			});
		return next;
	};
}
