import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	edgesOf,
	lightnessOf,
	markColours,
} from "../../../renderer/parts/map/mark-colours.ts";
import type { MarkColour } from "../../../renderer/parts/map/mark-value-extension.ts";
import {
	cssColour,
	MAP_COLOURS,
	type Rgb,
	rgbFromHex,
} from "../../../renderer/parts/map/palettes.ts";

/** Contrast of two colours as WCAG 2.2 counts it. */
function contrast(a: Rgb, b: Rgb): number {
	const light = (colour: Rgb) => {
		const [red, green, blue] = colour.map((part) => {
			const share = part / 255;
			return share <= 0.04045
				? share / 12.92
				: ((share + 0.055) / 1.055) ** 2.4;
		}) as [number, number, number];
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
	};
	const [one, other] = [light(a), light(b)];
	return Math.max(one, other) / Math.min(one, other);
}

const css = readFileSync("renderer/parts/map/map-panel.module.css", "utf8");
const [dark = "", light = ""] = css.split(
	':root[data-mantine-color-scheme="light"]',
);
/** The colour of a variable of the map in a room. */
const said = (room: "dark" | "light", name: string): Rgb => {
	const hex = new RegExp(`--map-${name}: (#[0-9a-f]+)`).exec(
		room === "dark" ? dark : light,
	)?.[1];
	if (!hex) throw new Error(`no --map-${name}`);
	const whole =
		hex.length === 4
			? `#${[...hex.slice(1)].map((one) => one + one).join("")}`
			: hex;
	return rgbFromHex(whole);
};

describe.each(["dark", "light"] as const)(
	"over the map in a %s room",
	(room) => {
		const ground = MAP_COLOURS[room];
		const place = rgbFromHex(ground.place);
		const neighbour = rgbFromHex(ground.neighbour);

		test("names of areas stand on their halo, hints on their ground, seas and neighbours on both, at 4.5:1", () => {
			expect(
				contrast(said(room, "name"), said(room, "halo")),
			).toBeGreaterThanOrEqual(4.5);
			expect(
				contrast(said(room, "hint-text"), said(room, "hint")),
			).toBeGreaterThanOrEqual(4.5);
			expect(contrast(place, ground.sea)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(place, neighbour)).toBeGreaterThanOrEqual(4.5);
		});

		test("marks are told from land of every class, by their line or by its edge, at 3:1", () => {
			const { line, casing } = markColours(ground);
			const rgb = ([red, green, blue]: MarkColour): Rgb => [red, green, blue];
			for (const palette of Object.values(ground.palettes))
				for (const hex of [...palette]) {
					const land = rgbFromHex(hex);
					const seen = [line, casing].map((one) => contrast(rgb(one), land));
					expect(Math.max(...seen), hex).toBeGreaterThanOrEqual(3);
				}
			expect(contrast(rgb(line), rgb(casing))).toBeGreaterThanOrEqual(7);
		});

		test("the edge of an arc is told from the arc at 4:1 in every class, so that it is seen over areas of that class too", () => {
			const { light, dark, turn } = edgesOf(ground);
			for (const palette of Object.values(ground.palettes))
				for (const hex of palette) {
					const own = rgbFromHex(hex);
					const [red, green, blue] = lightnessOf(own) < turn ? light : dark;
					expect(contrast([red, green, blue], own), hex).toBeGreaterThan(4);
				}
		});

		test("the land around is no class, no zero and no hatch of no report", () => {
			const figures = [
				ground.zero,
				...ground.noData,
				...Object.values(ground.palettes).flatMap((palette) =>
					palette.map(rgbFromHex),
				),
			];
			for (const figure of figures)
				expect(
					Math.hypot(...figure.map((part, at) => part - (neighbour[at] ?? 0))),
					cssColour(figure),
				).toBeGreaterThan(25);
		});

		test("the stripes of no report differ from each other and from all that lies beside them", () => {
			const [one, other] = ground.noData;
			expect(contrast(one, other)).toBeGreaterThan(1.7);
			for (const beside of [ground.sea, neighbour, ground.zero])
				expect(
					Math.max(contrast(one, beside), contrast(other, beside)),
				).toBeGreaterThan(1.7);
		});
	},
);
