import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const RENDERER = path.resolve(import.meta.dirname, "../../../renderer");
const FILES = readdirSync(RENDERER, { recursive: true, encoding: "utf8" })
	.filter((name) => name.endsWith(".tsx"))
	.map((name) => [name, readFileSync(path.join(RENDERER, name), "utf8")]);

const whereIs = (pattern: RegExp) =>
	FILES.flatMap(([name, text]) => (pattern.test(text ?? "") ? [name] : []));

it("no day, time or number is typed into the browser's own form, which is of the browser's language and not of the screen's", () => {
	expect(
		whereIs(/type="(?:date|datetime-local|month|week|time|number)"/),
	).toEqual([]);
});

it("a number that may have a fraction or thousands is typed as the language of the screen writes it: 1.000 units are not one", () => {
	const plain = FILES.filter(([name]) => name !== "parts/ui/amount-input.tsx")
		.flatMap(([name, text]) =>
			[...(text ?? "").matchAll(/<NumberInput[\s\S]*?\/>/g)].map(([input]) => ({
				name,
				input,
			})),
		)
		.filter(({ input }) => !input.includes("allowDecimal={false}"));
	expect(plain.map(({ name }) => name)).toEqual([]);
});
