import styles from "./label-layer.module.css";
import type { Placement } from "./labels.ts";
import type { MapColours } from "./palettes.ts";
import { PLACE_SIZE, type PlacedPlace } from "./place-names.ts";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draws the placed names over the map, as sharp as the screen is. They go with the map while it is dragged, and wait for new places
 * while its size changes.
 */
export class LabelLayer {
	readonly #svg = document.createElementNS(SVG, "svg");
	readonly #group = document.createElementNS(SVG, "g");

	readonly #container: HTMLElement;

	constructor(container: HTMLElement) {
		this.#container = container;
		this.#svg.setAttribute("class", styles.labels ?? "");
		this.#svg.dataset.testid = "map-labels";
		// The table names the same areas to those who do not see the map.
		this.#svg.setAttribute("aria-hidden", "true");
		this.#svg.append(this.#group);
		container.append(this.#svg);
	}

	/** @param waiting places of areas about which a decision is on its way, in pixels. */
	draw(
		{ size, labels, places }: Placement & { places: readonly PlacedPlace[] },
		waiting: readonly { x: number; y: number; area: number }[],
	): void {
		this.follow(0, 0);
		// On paper the picture below is scaled to its sheet, and the names with it.
		const { clientWidth, clientHeight } = this.#container;
		this.#svg.setAttribute("viewBox", `0 0 ${clientWidth} ${clientHeight}`);
		this.#group.style.fontSize = `${size}px`;
		const lines = labels.flatMap(({ leader }) => {
			if (!leader) return [];
			const [x1, y1, x2, y2] = leader;
			const line = element("path", {
				d: `M${x1} ${y1}L${x2} ${y2}`,
				class: styles.leader ?? "",
			});
			line.style.strokeWidth = `${size / 9}px`;
			const end = element("circle", {
				cx: x1,
				cy: y1,
				r: size / 5,
				class: styles.leaderEnd ?? "",
			});
			return [line, end];
		});
		const texts = labels.map(({ id, text, box }) => {
			const name = element("text", {
				x: (box.left + box.right) / 2,
				y: (box.top + box.bottom) / 2,
				"data-area": id,
			});
			name.style.strokeWidth = `${size / 4}px`;
			name.textContent = text;
			return name;
		});
		const marks = waiting.map(({ x, y, area }) => {
			const mark = element("g", {
				transform: `translate(${x} ${y})`,
				class: styles.waiting ?? "",
				"data-testid": "map-waiting",
				"data-area": area,
			});
			mark.append(
				element("circle", { r: size * 0.55 }),
				element("path", {
					d: `M0 ${-size * 0.32}V0H${size * 0.26}`,
				}),
			);
			return mark;
		});
		const quiet = places.map(({ kind, text, box }) => {
			const name = element("text", {
				x: (box.left + box.right) / 2,
				y: (box.top + box.bottom) / 2,
				class: styles[kind] ?? "",
				"data-place": kind,
			});
			name.style.fontSize = `${size * PLACE_SIZE}px`;
			name.style.strokeWidth = `${size / 6}px`;
			name.textContent = text;
			return name;
		});
		this.#group.replaceChildren(...quiet, ...lines, ...texts, ...marks);
	}

	/** Names of what lies around stand back in every room. */
	setGround({ place, neighbour }: MapColours): void {
		this.#svg.style.setProperty("--map-place", place);
		this.#svg.style.setProperty("--map-place-halo", neighbour);
	}

	/** Moves the names by pixels. */
	follow(x: number, y: number): void {
		this.#group.setAttribute("transform", `translate(${x} ${y})`);
		this.#group.style.visibility = "visible";
	}

	hide(): void {
		this.#group.style.visibility = "hidden";
	}

	remove(): void {
		this.#svg.remove();
	}
}

function element(
	name: "path" | "circle" | "text" | "g",
	attributes: Record<string, string | number>,
): SVGElement {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, String(value));
	return made;
}
