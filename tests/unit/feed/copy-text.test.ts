import fc from "fast-check";
import { expect, it } from "vitest";
import type { FeedTable } from "../../../core/feed/table.ts";
import { copyTextReader } from "../../../hub/publish/copy-text.ts";

const TABLE = {
	name: "dataset",
	columns: [
		{ name: "a", type: "integer", nullable: true },
		{ name: "b", type: "real", nullable: true },
		{ name: "c", type: "text", nullable: true },
	],
	key: ["a"],
} as FeedTable;

/** PostgreSQL manual, COPY, "Text Format". */
function written(value: number | string | null): string {
	if (value === null) return "\\N";
	return String(value).replace(
		/[\\\b\f\n\r\t\v]/g,
		(letter) =>
			({
				"\\": "\\\\",
				"\b": "\\b",
				"\f": "\\f",
				"\n": "\\n",
				"\r": "\\r",
				"\t": "\\t",
				"\v": "\\v",
			})[letter] as string,
	);
}

it("reads what PostgreSQL writes, wherever the stream is cut", () => {
	const row = fc.tuple(
		fc.option(fc.maxSafeInteger()),
		fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
		fc.option(
			fc.oneof(
				fc.string({ unit: "binary" }),
				fc.constantFrom("\\N", "\\", "", "a\tb\nc\\d"),
			),
		),
	);
	fc.assert(
		fc.property(
			fc.array(row),
			fc.array(fc.nat({ max: 12 }), { minLength: 1 }),
			(rows, cuts) => {
				const bytes = Buffer.from(
					rows.map((values) => `${values.map(written).join("\t")}\n`).join(""),
				);
				const read: unknown[] = [];
				const take = copyTextReader(TABLE, (values) => read.push([...values]));
				for (let at = 0, i = 0; at < bytes.length; i++) {
					const length = 1 + cuts[i % cuts.length];
					take(bytes.subarray(at, at + length));
					at += length;
				}
				// Text that UTF-8 cannot carry (half a surrogate pair) is replaced on its way to the database already.
				const expected = rows.map(([a, b, c]) => [
					a === null ? null : a + 0,
					b === null ? null : b + 0,
					c === null ? null : Buffer.from(c).toString(),
				]);
				expect(read).toEqual(expected);
			},
		),
	);
});
