import type { AreaRow } from "../../core/api/areas.ts";
import { folded } from "./find.ts";

interface NamedKecamatan {
	readonly area: AreaRow;
	readonly name: string;
	readonly code: string;
}

/** The kecamatan (and kelurahan) with their names and codes as they are compared, folded once for all that is typed. */
export function kecamatanByName(
	districts: readonly AreaRow[],
): readonly NamedKecamatan[] {
	return districts.map((area) => ({
		area,
		name: folded(area.name),
		code: folded(area.code),
	}));
}

/**
 * The kecamatan whose name or code holds what is typed, those that begin with it first. There are 7,230 of them: a misspelt one is not looked
 * for, as it is among all others, so that every letter is answered at once.
 */
export function kecamatanLike(
	typed: string,
	known: readonly NamedKecamatan[],
	most: number,
): AreaRow[] {
	const whole = folded(typed);
	const wanted = whole.replace(
		/^(kecamatan|kec|distrik|kelurahan|kel)(?=..)/,
		"",
	);
	if (wanted.length < 2) return [];
	const begins: AreaRow[] = [];
	const holds: AreaRow[] = [];
	for (const { area, name, code } of known) {
		if (name.startsWith(wanted) || name.startsWith(whole) || code === wanted)
			begins.push(area);
		else if (wanted.length > 2 && name.includes(wanted)) holds.push(area);
	}
	return [
		...begins.sort((a, b) => a.name.length - b.name.length),
		...holds,
	].slice(0, most);
}
