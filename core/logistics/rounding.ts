/** Rounding as R and IEC 60559 do it: a half goes to the even neighbour. */

/** Nearest whole number, halves to even. */
export function roundHalfEven(value: number): number {
	const floor = Math.floor(value);
	const rest = value - floor;
	if (rest < 0.5) return floor;
	if (rest > 0.5) return floor + 1;
	return floor % 2 === 0 ? floor : floor + 1;
}

/** Nearest number with the given decimals. */
export function roundDecimals(value: number, decimals: number): number {
	return Number(`${Math.round(Number(`${value}e${decimals}`))}e${-decimals}`);
}
