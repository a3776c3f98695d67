import { describe, expect, it } from "vitest";
import { parseSilently } from "../../../core/reading/broken-json.ts";
import { readJson } from "../../../core/reading/json.ts";

const read = (text: string) => readJson(new TextEncoder().encode(text));

describe("JSON", () => {
	it("may hold a text of 50 MB, also one of backslashes and quotes alone", () => {
		for (const text of [
			"x".repeat(50_000_000),
			'\\"'.repeat(1_000_000),
			"{[\\".repeat(1_000_000),
		])
			expect(read(JSON.stringify({ text, after: 1 }))).toEqual({
				value: { text, after: 1 },
			});
	});

	it("with a name twice is refused also behind quotes and brackets within texts", () => {
		expect(read('{"a\\\\": "}\\"{", "b": [1, "b"], "b": 2}')).toMatchObject({
			fault: { line: 1, found: '"b" twice' },
		});
		expect(read('{"a": ["a", "a"], "b": {"a": "\\\\"}}')).toMatchObject({
			value: { a: ["a", "a"], b: { a: "\\" } },
		});
		expect(read('{"a": 1e309}')).toMatchObject({ fault: { found: "1e309" } });
	});

	it("of lists in lists without an end in sight is refused: it could be parsed, and not be written down again", () => {
		const deep = (lists: number) => "[".repeat(lists) + "]".repeat(lists);
		expect(read(deep(100))).toHaveProperty("value");
		for (const lists of [101, 100_000])
			expect(read(`{"a":\n${deep(lists)}}`)).toMatchObject({
				fault: { line: 2, reason: "format", expected: "at most 100" },
			});
	});

	it("that holds a sign which has no place is refused with its line, where only the first is no JSON with how it begins", () => {
		expect(read('{\n"a": 1,\n\n"b": rahasia,\n"c": [}\n}')).toMatchObject({
			fault: { line: 4, found: '"b": rahasia,' },
		});
		expect(read("\n<html>\n</html>")).toMatchObject({
			fault: { line: null, found: "text that begins with <html>" },
		});
	});

	it("that may hold a secret and is none is told by its line, without a word of it", () => {
		const why = (text: string) => {
			try {
				return parseSilently(text);
			} catch (error) {
				return (error as Error).message;
			}
		};
		expect(why('{"a":\n"b": rahasia}')).toBe("it is not JSON, line 2");
		expect(why('{"a": rahasia}')).toBe("it is not JSON");
		expect(why('{"a": "rahasia" "x"}')).toBe("it is not JSON, line 1");
		expect(why('{"a": "x"}')).toEqual({ a: "x" });
	});

	it("that an editor of Windows saved has a mark before it, which is none of it", () => {
		expect(parseSilently('\uFEFF{"a": 1}')).toEqual({ a: 1 });
		expect(() => parseSilently('\uFEFF\uFEFF{"a": 1}')).toThrow("not JSON");
	});

	it.each(["\\u0000", "x\\ud800", "\\udc00\\ud800"])(
		"with a text that no database takes is refused: %s",
		(text) => {
			const value = `{"a":[1,\n{"b":"\\\\u0000","c":"\\ud83d\\ude37"},"${text}"]}`;
			expect(readJson(new TextEncoder().encode(value))).toMatchObject({
				fault: { line: 2, reason: "format", found: `"${text}"` },
			});
		},
	);
});
