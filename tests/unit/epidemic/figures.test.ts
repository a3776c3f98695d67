import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EPIDEMIC_FIGURES } from "../../../main/analyst/figure-command.ts";
import { drawFigure } from "../../../main/analyst/line-figure.ts";

describe("the figures of docs/models.md", () => {
	for (const [name, figure] of Object.entries(EPIDEMIC_FIGURES))
		it(`${name} is what the model draws today, and the text shows it`, () => {
			expect(readFileSync(`docs/figures/${name}.svg`, "utf8")).toBe(
				drawFigure(figure()),
			);
			expect(readFileSync("docs/models.md", "utf8")).toContain(
				`figures/${name}.svg`,
			);
		});

	it("leave a gap where there is no value instead of drawing 0", () => {
		const svg = drawFigure({
			title: "a < b & c",
			subtitle: "",
			yLabel: "",
			x: [0, 1, 2, 3, 4],
			xKind: "number",
			series: [
				{
					kind: "line",
					label: "with a gap",
					colour: "#000",
					y: [1, 2, Number.NaN, 2, 1],
				},
			],
		});
		expect(svg.match(/<polyline/g)).toHaveLength(2);
		expect(svg).not.toContain("NaN");
		expect(svg).toContain("a &lt; b &amp; c");
	});
});
