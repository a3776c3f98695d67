/** A line over a box one high: from zero, or the lowest below it, to the highest. */
export function lineOf(value: readonly (number | null)[]): string {
	const known = value.filter((one) => one !== null);
	const low = Math.min(0, ...known);
	const high = Math.max(low + 1, ...known);
	let path = "";
	let pen = "M";
	value.forEach((one, x) => {
		if (one === null) {
			pen = "M";
			return;
		}
		path += `${pen}${x} ${((high - one) / (high - low)).toFixed(4)}`;
		// A day alone is a point, which a line of no length with round ends is.
		if (pen === "M" && (value[x + 1] ?? null) === null) path += "h0";
		pen = "L";
	});
	return path;
}
