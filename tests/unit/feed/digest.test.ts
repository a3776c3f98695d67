import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { blockOf } from "../../../core/feed/block.ts";
import {
	differences,
	digestLine,
	type FeedValue,
	NOWHERE,
	partsOf,
	partsReader,
	placesOf,
} from "../../../core/feed/digest.ts";
import type { DigestPart } from "../../../core/feed/publication.ts";
import { feedTable } from "../../../core/feed/table.ts";

const places = placesOf(
	[
		{ id: 1, level: 0, parent: null },
		{ id: 35, level: 1, parent: 1 },
		{ id: 12, level: 1, parent: 1 },
		{ id: 3507, level: 2, parent: 35 },
		{ id: 350701, level: 3, parent: 3507 },
		{ id: 7, level: 2, parent: 8 }, // a circle, as damage may make it
		{ id: 8, level: 2, parent: 7 },
		{ id: 9, level: 2, parent: null },
	],
	[{ id: 501, area: 3507 }],
);
const newHash = () => createHash("sha256");
const fact = (area: number, month: number, value: number): FeedValue[] => [
	...[1, month, area, month * 31, value],
	...[1, 1, 0, month * 31, null, null],
];

it("finds the province of everything, and says nowhere of what hangs in the air", () => {
	expect([1, 35, 3507, 350701].map(places.ofArea)).toEqual([1, 35, 35, 35]);
	expect([7, 9, 12345].map(places.ofArea)).toEqual([NOWHERE, NOWHERE, NOWHERE]);
	expect(places.ofFacility(501)).toBe(35);
	expect(places.ofFacility(502)).toBe(NOWHERE);
});

it("gives each month and province the hash over its own rows, in key order, whatever lies between them", () => {
	const rows = [
		fact(12, 2, 5),
		fact(35, 2, 6),
		fact(12, 3, 7),
		fact(3507, 3, 8),
	];
	const read = (wanted?: ReadonlySet<string>) => {
		const parts = partsReader(feedTable("fact"), places, newHash, wanted);
		for (const row of rows) parts.add(row);
		return parts.finish();
	};
	const of = (row: FeedValue[]) =>
		newHash().update(digestLine(row)).digest("hex");
	const all: DigestPart[] = [
		[2, 12, 1, of(rows[0])],
		[2, 35, 1, of(rows[1])],
		[3, 12, 1, of(rows[2])],
		[3, 35, 1, of(rows[3])],
	];
	expect(read()).toEqual(all);
	expect(read(new Set(["2/35", "9/9"]))).toEqual([all[1]]);
});

it("takes a table without months as one part, which is there also when it is empty", () => {
	const empty = newHash().digest("hex");
	expect(partsReader(feedTable("source"), places, newHash).finish()).toEqual([
		[null, null, 0, empty],
	]);
});

it("names the parts that a block writes or removes", () => {
	const table = feedTable("fact");
	expect(
		partsOf(blockOf(table, "U", [fact(35, 2, 1), fact(3507, 2, 2)]), places),
	).toEqual([{ month: 2, province: 35 }]);
	expect(partsOf(blockOf(table, "D", [[1, 4, 12, 124]]), places)).toEqual([
		{ month: 4, province: 12 },
	]);
	const report = feedTable("facility_report");
	expect(
		partsOf(blockOf(report, "D", [[5, 155, 501, 156, 9]]), places),
	).toEqual([{ month: 5, province: 35 }]);
	expect(partsOf(blockOf(feedTable("source"), "D", [[1]]), places)).toEqual([
		{ month: null, province: null },
	]);
});

it("names what differs once: other content, too few, too many", () => {
	const a = "a".repeat(64);
	const b = "b".repeat(64);
	const here = {
		fact: [
			[1, 35, 2, a],
			[2, 35, 2, a],
			[3, 35, 2, a],
		] as DigestPart[],
		source: [[null, null, 0, a]] as DigestPart[],
	};
	const there = {
		fact: [
			[1, 35, 2, a],
			[2, 35, 2, b],
			[4, 35, 2, a],
		] as DigestPart[],
		source: [[null, null, 0, a]] as DigestPart[],
	};
	expect(differences(here, there)).toEqual([
		{ table: "fact", month: 2, province: 35 },
		{ table: "fact", month: 3, province: 35 },
		{ table: "fact", month: 4, province: 35 },
	]);
	expect(differences(here, here)).toEqual([]);
});
