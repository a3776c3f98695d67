import type { NewCell } from "../core/release/site-series.ts";
import { cellWords } from "./cell-look.ts";
import { element } from "./element.ts";
import { language, words } from "./figures.ts";

export interface TableRow {
	readonly name: string;
	readonly code: string;
	readonly cells: readonly NewCell[];
}

/** The areas of a day: sorts by any column, and each name chooses its area. */
export class AreasTable {
	readonly #table: HTMLTableElement;
	readonly #choose: (code: string) => void;
	/** -1: by the order of the areas. */
	#by = -1;
	#rising = true;
	#drawn: Parameters<AreasTable["draw"]>[0] | null = null;

	constructor(table: HTMLTableElement, choose: (code: string) => void) {
		this.#table = table;
		this.#choose = choose;
	}

	draw(given: {
		caption: string;
		columns: readonly string[];
		rows: readonly TableRow[];
		chosen: string;
	}): void {
		this.#drawn = given;
		const { caption, columns, rows, chosen } = given;
		const head = element(
			"tr",
			{},
			...[words.area, ...columns].map((name, at) => this.#header(name, at - 1)),
		);
		const body = this.#sorted(rows).map(({ name, code, cells }) => {
			const button = element(
				"button",
				{ type: "button", "aria-pressed": String(code === chosen) },
				name,
			);
			button.addEventListener("click", () => this.#choose(code));
			return element(
				"tr",
				{ "data-kode": code },
				element("th", { scope: "row" }, button),
				...cells.map(cellElement),
			);
		});
		// Whoever sits on a button of the table stays there when it is drawn anew.
		const focused = this.#place(document.activeElement);
		this.#table.replaceChildren(
			element("caption", {}, caption),
			element("thead", {}, head),
			element("tbody", {}, ...body),
		);
		if (focused) this.#table.querySelector<HTMLElement>(focused)?.focus();
	}

	#place(at: Element | null): string | null {
		if (!at || !this.#table.contains(at)) return null;
		const code = at.closest("tr")?.getAttribute("data-kode");
		if (code) return `tr[data-kode="${CSS.escape(code)}"] button`;
		const column = at.closest("th")?.cellIndex ?? 0;
		return `thead th:nth-child(${column + 1}) button`;
	}

	#header(name: string, column: number): HTMLElement {
		const button = element(
			"button",
			{ type: "button", title: words.sortBy(name) },
			name,
		);
		button.addEventListener("click", () => {
			this.#rising = column === this.#by ? !this.#rising : column < 0;
			this.#by = column;
			if (this.#drawn) this.draw(this.#drawn);
		});
		const order = this.#rising ? "ascending" : "descending";
		return element(
			"th",
			{ scope: "col", "aria-sort": column === this.#by ? order : "none" },
			button,
		);
	}

	/** Without a count an area stands last, whichever way. */
	#sorted(rows: readonly TableRow[]): readonly TableRow[] {
		const sign = this.#rising ? 1 : -1;
		if (this.#by < 0) return sign > 0 ? rows : [...rows].reverse();
		return [...rows].sort((a, b) => {
			const [one, other] = [a.cells[this.#by]?.value, b.cells[this.#by]?.value];
			if (one === null || one === undefined)
				return other === null || other === undefined ? 0 : 1;
			if (other === null || other === undefined) return -1;
			return sign * (one - other);
		});
	}
}

/** A cell of a table: a count, or the word for why there is none. */
export function cellElement(cell: NewCell): HTMLElement {
	return element(
		"td",
		{ class: cell.state, lang: language },
		cellWords(cell, language),
	);
}
