import type { NewCell } from "../core/release/site-series.ts";
import {
	numberWords,
	SITE_WORDS,
	type SiteLanguage,
} from "../core/release/site-words.ts";

/** A count as it is read, or the word for why there is none. */
export function cellWords(
	{ state, value }: NewCell,
	language: SiteLanguage,
): string {
	const { states, incomplete } = SITE_WORDS[language];
	const word = states[state];
	if (value === null) return state === "sebagian" ? incomplete : word;
	return word
		? `${numberWords(value, language)} (${word})`
		: numberWords(value, language);
}

const WITHOUT_COUNT = {
	tersedia: "kosong",
	sebagian: "tak-terhitung",
	dirahasiakan: "ditahan",
	"tidak-dilaporkan": "kosong",
	"tanpa-pembanding": "awal",
	"bukan-kumulatif": "kosong",
} as const;

/** The class by which styles and legend know how a cell is coloured; the count of a sum that lacks an area bears a mark. */
export function fillOf(
	{ state, value }: NewCell,
	bounds: readonly number[],
): string {
	if (value === null) return WITHOUT_COUNT[state];
	if (value < 0) return "turun";
	const mark = state === "sebagian" ? "sebagian-" : "";
	if (value === 0) return `${mark}nol`;
	let at = 0;
	while (at + 1 < bounds.length && value >= (bounds[at + 1] as number)) at++;
	return `${mark}k${at}`;
}

/** What a map shows, counted: each area once, but that those with a partial count are among those with a count. */
export function mapCountWords(
	cells: readonly NewCell[],
	language: SiteLanguage,
): string {
	const { mapCounts, mapAlso } = SITE_WORDS[language];
	const count = (state: NewCell["state"], shown: boolean) =>
		cells.filter(
			(cell) => cell.state === state && (cell.value !== null) === shown,
		).length;
	const number = (value: number) => numberWords(value, language);
	const partial = count("sebagian", true);
	const also = [
		[partial, mapAlso.partial],
		[count("sebagian", false), mapAlso.incomplete],
		[count("tanpa-pembanding", false), mapAlso.first],
	] as const;
	return [
		mapCounts(
			number(count("tersedia", true) + partial),
			number(count("dirahasiakan", false)),
			number(count("tidak-dilaporkan", false)),
		),
		...also.flatMap(([many, say]) => (many > 0 ? [say(number(many))] : [])),
	].join(" ");
}
