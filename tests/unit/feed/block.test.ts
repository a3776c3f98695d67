import { expect, it } from "vitest";
import { blockOf, rowsIn, tableOf } from "../../../core/feed/block.ts";
import { digestLine } from "../../../core/feed/digest.ts";
import { feedTable } from "../../../core/feed/table.ts";

const dataset = feedTable("dataset");

it("carries rows column by column and names its table", () => {
	const block = blockOf(dataset, "U", [
		["label", '"LATIHAN"'],
		["seed", "7"],
	]);
	expect(block.values).toEqual([
		["label", "seed"],
		['"LATIHAN"', "7"],
	]);
	expect(rowsIn(block)).toBe(2);
	expect(tableOf(block)).toBe(dataset);
	expect(blockOf(dataset, "D", [["label"]]).columns).toEqual(["key"]);
});

it("is refused when its table, its columns or their lengths are not the known ones", () => {
	const block = blockOf(dataset, "U", [["a", "1"]]);
	expect(() => tableOf({ ...block, table: "person" })).toThrow(
		"unknown table person",
	);
	expect(() => tableOf({ ...block, columns: ["value", "key"] })).toThrow(
		"columns value,key found, key,value expected",
	);
	expect(() => tableOf({ ...block, values: [["a"], []] })).toThrow(
		"different lengths",
	);
});

it("has one digest line for a number, whether it was stored as integer or real", () => {
	expect(digestLine([386, 386.0, null, "é\n", -0])).toBe(
		'[386,386,null,"é\\n",0]\n',
	);
});
