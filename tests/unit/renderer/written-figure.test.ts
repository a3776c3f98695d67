import { expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { writtenFigure } from "../../../renderer/screens/sebaran/written-figure.ts";

test("a rate over people that are an estimate carries its sign wherever the spread writes it, a count and a missing value do not", () => {
	const language = {
		t: (key: string) => key,
		format: formatFor("id"),
	} as never;
	const area = (populationSource: string) => ({ populationSource }) as AreaRow;
	const estimated = area("census-2020-divided");
	expect(writtenFigure(language, estimated, 12.5, 0, true)).toMatch(/^≈12,5/);
	expect(writtenFigure(language, area("census-2020"), 12.5, 0, true)).toMatch(
		/^12,5/,
	);
	expect(writtenFigure(language, estimated, 12, 0, false)).toBe("12");
	expect(writtenFigure(language, estimated, null, 0, true)).toBe(
		"value.notReported",
	);
});
