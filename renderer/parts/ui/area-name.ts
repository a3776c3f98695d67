import type { AreaRow } from "../../../core/api/areas.ts";
import { OTHER_NAMES } from "../../../core/areas/other-names.ts";

/** The name without its kind, for labels: "Malang" for the kabupaten, "Kota Malang" stays, as the two would be mixed up. */
export function shortAreaName(area: AreaRow): string {
	return area.name.replace(/^Kabupaten (Administrasi )?/, "");
}

/** The name as officials abbreviate it where room is short: "Kab. Probolinggo". */
export function abbreviated(name: string): string {
	return name
		.replace(/^Kabupaten Administrasi /, "Kab. Adm. ")
		.replace(/^Kota Administrasi /, "Kota Adm. ")
		.replace(/^Kabupaten /, "Kab. ")
		.replace(/^Daerah Istimewa /, "DI ")
		.replace(/\bKepulauan (?=.{12})/, "Kep. ");
}

/** The shortest name in general use for a province with a long one ("Babel"); any other name as officials abbreviate it. */
export function shortestName({ code, level, name }: AreaRow): string {
	return (OTHER_NAMES[code] ?? [])
		.filter(() => level === "province" && name.length > 8)
		.reduce((a, b) => (b.length < a.length ? b : a), abbreviated(name));
}

/** Last words of a name as maps shorten them. */
const SHORT_WORDS: Readonly<Record<string, string>> = {
	Utara: "Ut.",
	Selatan: "Sel.",
	Timur: "Tim.",
	Barat: "Bar.",
	Tengah: "Teng.",
	Tenggara: "Tengg.",
};

/**
 * A name of an area as short as a map may write it: of a kabupaten/kota a word of its own ("Pangkep"), or its last word shortened
 * ("Tapanuli Sel.").
 * @param name as it is written where there is room for it.
 */
export function mapName(area: AreaRow, name: string): string {
	if (area.level === "province") return shortestName(area);
	const words = abbreviated(name).split(" ");
	const last = words.pop() ?? "";
	const shortened = [...words, SHORT_WORDS[last] ?? last].join(" ");
	// A second name of several words is an earlier one.
	return (OTHER_NAMES[area.code] ?? [])
		.filter((other) => area.level === "regency" && !other.includes(" "))
		.reduce((a, b) => (b.length < a.length ? b : a), shortened);
}
