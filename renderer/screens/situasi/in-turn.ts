type Fetch<T> = () => Promise<T>;

/** When the code of each part of the first picture is fetched. */
export interface Turns {
	/** The figures are on the screen, or it says that they cannot be had. */
	readonly figuresDrawn: () => void;
	table<T>(fetch: Fetch<T>): Promise<T>;
	trend<T>(fetch: Fetch<T>): Promise<T>;
	map<T>(fetch: Fetch<T>): Promise<T>;
}

/**
 * Figures stand before the code of what draws has come: it keeps the window busy while it is read and first draws, the map's longest. So
 * the others begin when the figures are drawn, and the map when the table's code is there.
 * @param patience so long (ms) the others wait for the figures, however slowly these are answered
 */
export function inTurn(patience: number): Turns {
	const drawn = Promise.withResolvers<void>();
	const figures = Promise.race([
		drawn.promise,
		new Promise<void>((resolve) => setTimeout(resolve, patience)),
	]);
	let table: Promise<unknown> | undefined;
	return {
		figuresDrawn: drawn.resolve,
		table(fetch) {
			const code = figures.then(fetch);
			table = code.catch(() => {});
			return code;
		},
		trend: (fetch) => figures.then(fetch),
		map: (fetch) => figures.then(() => table).then(fetch),
	};
}
