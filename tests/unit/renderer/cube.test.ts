import { describe, expect, test } from "vitest";
import { MARKS } from "../../../core/quality/rule.ts";
import { texelsOf } from "../../../renderer/map/value-textures.ts";
import { figuresAt } from "../../../renderer/state/cell-figures.ts";
import {
	change7At,
	decodeCube,
	lastReportedDay,
	marksAt,
	reportedOn,
	valueAt,
} from "../../../renderer/state/cube.ts";

const header = {
	indicator: "confirmed",
	measure: "total",
	level: "regency",
	firstDay: 100,
	days: 9,
	areas: 2,
	seq: 1,
} as const;

function body(): ArrayBuffer {
	const values = [
		[0, 1, 2, 3, 4, 5, 6, 7, Number.NaN],
		[10, 11, 12, 13, 14, 15, 16, 25, 18],
	].flat();
	const buffer = new ArrayBuffer(18 * 10);
	new Float64Array(buffer, 0, 18).set(values);
	new Uint16Array(buffer, 144)[8] = MARKS.silent;
	return buffer;
}

describe("a cube", () => {
	const cube = decodeCube(header, body());

	test("answers by area and day, and null where nothing was reported: never zero", () => {
		expect(valueAt(cube, 0, 100)).toBe(0);
		expect(valueAt(cube, 0, 108)).toBeNull();
		expect(marksAt(cube, 0, 108)).toBe(MARKS.silent);
		expect(valueAt(cube, 1, 108)).toBe(18);
	});

	test("does not read the next area's first day as this area's last", () => {
		expect(valueAt(cube, 0, 109)).toBeNull();
		expect(valueAt(cube, 1, 99)).toBeNull();
		expect(valueAt(cube, 2, 100)).toBeNull();
		expect(valueAt(cube, -1, 100)).toBeNull();
	});

	test("tells a change only between two known days", () => {
		expect(change7At(cube, 1, 107)).toBe(15);
		expect(change7At(cube, 0, 108)).toBeNull();
		expect(change7At(cube, 0, 103)).toBeNull();
	});

	test("counts who reported and since when they are silent", () => {
		expect(reportedOn(cube, [0, 1], 108)).toBe(1);
		expect(lastReportedDay(cube, [0], 108)).toBe(107);
		expect(figuresAt(cube, 0, 108).last).toEqual({ day: 107, value: 7 });
	});

	test("cut short is refused, not drawn", () => {
		expect(() => decodeCube(header, body().slice(0, 80))).toThrow(
			/expected 180 bytes, found 80/,
		);
	});

	test("becomes a texture of one row a day, where 'not reported' is told apart from zero", () => {
		const texels = texelsOf(cube, [1, 0, -1]);
		expect([...texels.slice(0, 3)]).toEqual([10, 0, Math.fround(-1e30)]);
		expect([...texels.slice(24, 27)]).toEqual([
			18,
			Math.fround(-1e30),
			Math.fround(-1e30),
		]);
	});
});
