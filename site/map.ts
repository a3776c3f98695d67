import type { NewCell } from "../core/release/site-series.ts";
import { numberWords } from "../core/release/site-words.ts";
import { drawn, element } from "./element.ts";
import { language, words } from "./figures.ts";
import { type Outlines, pathOf } from "./outlines.ts";

export type MapLevel = "province" | "regency";

/** What is drawn of an area. */
export interface MapCell {
	readonly code: string;
	readonly name: string;
	readonly cell: NewCell;
}

/** The class by which styles and legend know how a cell is coloured. */
export function classOf({ state, value }: NewCell, bounds: readonly number[]) {
	if (value === null) return state === "dirahasiakan" ? "ditahan" : "kosong";
	if (value < 0) return "turun";
	if (value === 0) return "nol";
	let at = 0;
	while (at + 1 < bounds.length && value >= (bounds[at + 1] as number)) at++;
	return `k${at}`;
}

/** Fills that are no plain colour: a pattern is named by an attribute, since a style sheet would look for it in itself. */
const PATTERNS = { ditahan: "url(#pola-ditahan)", kosong: "url(#pola-kosong)" };

/** The patterns of what has no count, for every picture of the page. */
export function patterns(): SVGElement {
	const pattern = (id: string, ...marks: SVGElement[]) =>
		drawn(
			"pattern",
			{ id, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
			drawn("rect", { width: 8, height: 8, class: `${id} alas` }),
			...marks,
		);
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
		),
	);
}

/** The map: shapes are made once a level, a day only changes their fills. */
export class AreaMap {
	readonly svg = drawn("svg", { role: "img", class: "gambar" });
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
			const of = cell ? classOf(cell, bounds) : "luar";
			if (path.getAttribute("class") === of) continue;
			path.setAttribute("class", of);
			const pattern = PATTERNS[of as keyof typeof PATTERNS];
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
	}
}

function wordsOf({ state, value }: NewCell): string {
	const word = words.states[state];
	const more = state === "sebagian" ? ` (${words.partial})` : "";
	return value === null
		? word
		: `${numberWords(value, language)} ${words.people}${more}`;
}

/** What each fill means. */
export function legend(bounds: readonly number[], hasFalls: boolean) {
	const entry = (of: string, says: string) =>
		element(
			"li",
			{},
			drawn(
				"svg",
				{ width: 24, height: 16, "aria-hidden": "true" },
				drawn("rect", {
					...{ width: 24, height: 16, class: of },
					...(of in PATTERNS
						? { fill: PATTERNS[of as keyof typeof PATTERNS] }
						: {}),
				}),
			),
			` ${says}`,
		);
	const number = (value: number) => numberWords(value, language);
	const first = bounds[0] as number | undefined;
	return element(
		"ul",
		{ class: "legenda", "aria-label": words.legend },
		...(hasFalls ? [entry("turun", words.falls)] : []),
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
		entry("ditahan", words.states.dirahasiakan),
		entry("kosong", words.states["tidak-dilaporkan"]),
	);
}
