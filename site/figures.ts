import type { Grain } from "../core/release/recipe.ts";
import type { SiteFigures } from "../core/release/site-figures.ts";
import {
	type NewCell,
	newInPeriods,
	readSeries,
} from "../core/release/site-series.ts";
import { SITE_WORDS, type SiteLanguage } from "../core/release/site-words.ts";

const { lang, dataset } = document.documentElement;
export const language: SiteLanguage = lang === "en" ? "en" : "id";
export const words = SITE_WORDS[language];
export const every = dataset.every as Grain;
export const rounding = Number(dataset.rounding);

export type Measure = "total" | "new";

/** The counts of the release, each series read when it is first looked at. */
export class Figures {
	readonly given: SiteFigures;
	readonly #read = new Map<string, readonly NewCell[]>();

	constructor(given: SiteFigures) {
		this.given = given;
	}

	/** An indicator's name as it is read. */
	nameOf(indicator: number): string {
		return this.given.indicators[indicator]?.[language] ?? "";
	}

	/** The cells of an area, by day. */
	cells(indicator: number, area: number, measure: Measure): readonly NewCell[] {
		const key = `${indicator} ${area} ${measure}`;
		const kept = this.#read.get(key);
		if (kept) return kept;
		const { areas, series } = this.given;
		const read = readSeries(series[indicator * areas.length + area] as string);
		const countsUp = this.given.indicators[indicator]?.countsUp === true;
		const cells = measure === "new" ? newInPeriods(read, countsUp) : read;
		this.#read.set(key, cells);
		return cells;
	}
}

/** Of everything that a map shows from day to day the bounds of its classes: one scale for the whole of time. */
export function classBounds(greatest: number): number[] {
	const bounds: number[] = [];
	const steps = greatest > 5000 ? [1] : greatest > 50 ? [1, 5] : [1, 2, 5];
	for (let ten = 1; ten <= greatest; ten *= 10)
		for (const step of steps)
			if (step * ten <= greatest) bounds.push(step * ten);
	return bounds.slice(-7);
}
