import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { writtenFigure } from "../../../renderer/screens/sebaran/written-figure.ts";
import {
	indicatorsAt,
	SHOWN_INDICATORS,
} from "../../../renderer/state/shown-indicators.ts";

test("an indicator that is stated of kecamatan alone is offered where kecamatan are looked at, and where it was chosen already", () => {
	expect(indicatorsAt(["nation"], "confirmed")).toEqual([...SHOWN_INDICATORS]);
	expect(indicatorsAt(["regency", "district"], "confirmed")).toEqual([
		...SHOWN_INDICATORS,
		"blc-count",
	]);
	expect(indicatorsAt(["nation"], "blc-count")).toContain("blc-count");
	expect(indicatorsAt(["village"], "confirmed")).not.toContain("blc-count");
});

test("a rate of an area whose people nobody knows is said to be missing for want of them, in words", () => {
	const t = ((key: string) => key) as never;
	const format = { rate: String, count: String } as never;
	const of = (level: AreaRow["level"], population: number | null) =>
		writtenFigure(
			{ t, format },
			{ level, population } as AreaRow,
			null,
			0,
			true,
		);
	expect(of("district", null)).toBe("value.noPeople");
	expect(of("village", null)).toBe("value.noPeople");
	expect(of("regency", 12)).toBe("value.notReported");
});
