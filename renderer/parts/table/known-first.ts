/** How numbers of a column are compared: what is not known stands last, whichever way the column is sorted. */
export function knownFirst(
	a: number | null,
	b: number | null,
	_rowA: unknown,
	_rowB: unknown,
	descending: boolean,
): number {
	if (a === b) return 0;
	if (a === null) return descending ? -1 : 1;
	if (b === null) return descending ? 1 : -1;
	// A difference of what is without end would be no number.
	return a < b ? -1 : 1;
}
