import type { NewCell } from "../core/release/site-series.ts";
import { numberWords } from "../core/release/site-words.ts";
import { cellWords, fillOf } from "./cell-look.ts";
import { drawn, element } from "./element.ts";
import { language, type Measure, words } from "./figures.ts";
import { type Outlines, pathOf } from "./outlines.ts";

export type MapLevel = "province" | "regency";

/** What is drawn of an area. */
export interface MapCell {
	readonly code: string;
	readonly name: string;
	readonly cell: NewCell;
}

/** Classes whose fill is no plain colour: a pattern is named by an attribute, since a style sheet would look for it in itself. */
const PATTERNED = /^(ditahan|kosong|tak-terhitung|awal|sebagian(-(nol|k\d))?)$/;

/** Patterns by where they are drawn: the map has units of its own, and its patterns are made as large as those beside it. */
type Place = "pola" | "peta";

/** The pattern of a class; null where its colour is plain. */
export function patternOf(fill: string, place: Place = "pola"): string | null {
	return PATTERNED.test(fill) ? `url(#${place}-${fill})` : null;
}

/** The patterns of what has no count, and of sums that lack an area, for every picture of the page. */
export function patterns(place: Place): SVGElement {
	const onto = (id: string, base: string, ...marks: SVGElement[]) =>
		drawn(
			"pattern",
			{
				...{ id: id.replace("pola", place), width: 8, height: 8 },
				patternUnits: "userSpaceOnUse",
			},
			drawn("rect", { width: 8, height: 8, class: `${base} alas` }),
			...marks,
		);
	const pattern = (id: string, ...marks: SVGElement[]) =>
		onto(id, id, ...marks);
	const partial = [
		"",
		"-nol",
		...Array.from({ length: 7 }, (_, at) => `-k${at}`),
	];
	return drawn(
		"svg",
		{ width: 0, height: 0, "aria-hidden": "true", class: "pola" },
		drawn(
			"defs",
			{},
			pattern(
				"pola-ditahan",
				drawn("path", { d: "M-2 2l4-4M0 8l8-8M6 10l4-4", class: "garis" }),
			),
			pattern(
				"pola-kosong",
				drawn("circle", { cx: 2, cy: 2, r: 1.1, class: "titik" }),
				drawn("circle", { cx: 6, cy: 6, r: 1.1, class: "titik" }),
			),
			pattern(
				"pola-tak-terhitung",
				drawn("path", { d: "M0 2h8M0 6h8", class: "garis" }),
			),
			pattern(
				"pola-awal",
				drawn("path", { d: "M2 0v8M6 0v8", class: "garis" }),
			),
			...partial.map((of) =>
				onto(
					`pola-sebagian${of}`,
					of.slice(1) || "pola-sebagian",
					drawn("circle", { cx: 4, cy: 4, r: 1.7, class: "tanda" }),
				),
			),
		),
	);
}

/** The map: shapes are made once a level, a day only changes their fills. */
export class AreaMap {
	readonly svg = drawn("svg", { role: "img", class: "gambar" });
	readonly patterns = patterns("peta");
	readonly #outlines: Outlines;
	readonly #paths = new Map<MapLevel, Map<string, SVGPathElement>>();
	readonly #groups = new Map<MapLevel, SVGGElement>();
	readonly #chosen = drawn("path", { class: "terpilih" });
	#names: ReadonlyMap<string, string> = new Map();

	constructor(
		outlines: Outlines,
		on: { choose: (code: string) => void; point: (says: string) => void },
	) {
		this.#outlines = outlines;
		const codeAt = ({ target }: Event) =>
			(target as Element).getAttribute("data-kode");
		this.svg.addEventListener("click", (event) => {
			const code = codeAt(event);
			if (code) on.choose(code);
		});
		this.svg.addEventListener("pointermove", (event) => {
			on.point(this.#names.get(codeAt(event) ?? "") ?? "");
		});
		this.svg.addEventListener("pointerleave", () => on.point(""));
		this.look("");
	}

	/** Which of some areas have a shape. */
	has(level: MapLevel, code: string): boolean {
		return code in this.#outlines[level];
	}

	#group(level: MapLevel): SVGGElement {
		const there = this.#groups.get(level);
		if (there) return there;
		const paths = new Map(
			Object.entries(this.#outlines[level]).map(([code, shape]) => [
				code,
				drawn("path", {
					d: pathOf(this.#outlines, shape),
					"data-kode": code,
				}),
			]),
		);
		this.#paths.set(level, paths);
		const group = drawn("g", { class: level }, ...paths.values());
		this.#groups.set(level, group);
		return group;
	}

	draw(
		level: MapLevel,
		cells: readonly MapCell[],
		bounds: readonly number[],
		chosen: string,
	): void {
		const group = this.#group(level);
		if (group.parentNode !== this.svg) {
			const borders = drawn("path", {
				class: "batas",
				d: Object.values(this.#outlines.province)
					.map((shape) => pathOf(this.#outlines, shape))
					.join(""),
			});
			this.svg.replaceChildren(group, borders, this.#chosen);
		}
		const paths = this.#paths.get(level) as Map<string, SVGPathElement>;
		this.#names = new Map(
			cells.map(({ code, name, cell }) => [code, `${name}: ${wordsOf(cell)}`]),
		);
		const byCode = new Map(cells.map((one) => [one.code, one.cell]));
		for (const [code, path] of paths) {
			const cell = byCode.get(code);
			const of = cell ? fillOf(cell, bounds) : "luar";
			if (path.getAttribute("class") === of) continue;
			path.setAttribute("class", of);
			const pattern = patternOf(of, "peta");
			if (pattern) path.setAttribute("fill", pattern);
			else path.removeAttribute("fill");
		}
		this.#chosen.setAttribute("d", paths.get(chosen)?.getAttribute("d") ?? "");
	}

	/** Fills the picture with a province; of none with the country. */
	look(province: string): void {
		const shape = this.#outlines.province[province];
		let [left, top, width, height] = this.#outlines.box;
		if (shape) {
			const path = pathOf(this.#outlines, shape);
			const at = [...path.matchAll(/(-?\d+) (-?\d+)/g)];
			const xs = at.map(([, x]) => Number(x));
			const ys = at.map(([, , y]) => Number(y));
			const min = (of: number[]) => of.reduce((a, b) => Math.min(a, b));
			const max = (of: number[]) => of.reduce((a, b) => Math.max(a, b));
			const edge = 0.05 * Math.max(max(xs) - min(xs), max(ys) - min(ys));
			[left, top] = [min(xs) - edge, min(ys) - edge];
			[width, height] = [max(xs) - left + edge, max(ys) - top + edge];
		}
		// As wide as the country, so that nothing below moves.
		const wide = this.#outlines.box[2] / this.#outlines.box[3];
		const grown = Math.max(width, height * wide);
		const high = grown / wide;
		this.svg.setAttribute(
			"viewBox",
			[left - (grown - width) / 2, top - (high - height) / 2, grown, high]
				.map(Math.round)
				.join(" "),
		);
		const scale = grown / (this.svg.getBoundingClientRect().width || grown);
		for (const pattern of this.patterns.querySelectorAll("pattern"))
			pattern.setAttribute("patternTransform", `scale(${scale.toFixed(2)})`);
	}
}

function wordsOf({ state, value }: NewCell): string {
	const more = state === "sebagian" ? ` (${words.partial})` : "";
	return value === null
		? cellWords({ state, value }, language)
		: `${numberWords(value, language)} ${words.people}${more}`;
}

/** What each fill means. */
export function legend(
	bounds: readonly number[],
	{ measure, falls }: { measure: Measure; falls: boolean },
) {
	const entry = (of: string, says: string) => {
		const fill = patternOf(of);
		return element(
			"li",
			{},
			drawn(
				"svg",
				{ width: 24, height: 16, "aria-hidden": "true" },
				drawn("rect", {
					...{ width: 24, height: 16, class: of },
					...(fill ? { fill } : {}),
				}),
			),
			` ${says}`,
		);
	};
	const number = (value: number) => numberWords(value, language);
	const first = bounds[0] as number | undefined;
	return element(
		"ul",
		{ class: "legenda", "aria-label": words.legend },
		...(falls ? [entry("turun", words.falls)] : []),
		entry("nol", words.zero),
		...bounds.map((from, at) => {
			const next = bounds[at + 1];
			const least = at === 0 && first !== undefined ? 1 : from;
			if (next === undefined)
				return entry(`k${at}`, words.atLeast(number(least)));
			return entry(
				`k${at}`,
				next - 1 === least
					? number(least)
					: words.range(number(least), number(next - 1)),
			);
		}),
		...(measure === "new"
			? [
					entry("tak-terhitung", words.incomplete),
					entry("awal", words.states["tanpa-pembanding"]),
				]
			: [entry("sebagian", words.partial)]),
		entry("ditahan", words.states.dirahasiakan),
		entry("kosong", words.states["tidak-dilaporkan"]),
	);
}
