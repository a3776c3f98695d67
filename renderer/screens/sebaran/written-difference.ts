import type { AreaRow } from "../../../core/api/areas.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { useLanguage } from "../../i18n/use-language.ts";
import {
	ESTIMATED,
	hasEstimatedPeople,
} from "../../parts/ui/estimated-people.ts";

type Language = ReturnType<typeof useLanguage>;

/** The difference of an area as it is written, with its sign; no change is a zero, and where there is none it is said why. */
export function writtenDifference(
	{ t, format }: Pick<Language, "t" | "format">,
	area: AreaRow,
	value: number | null,
	marks: number,
	rate: boolean,
): string {
	if (value === null || Number.isNaN(value))
		return t(
			marks & MARKS.sourceChanged ? "compare.otherSource" : "compare.notBoth",
		);
	if (!rate) return format.signed(value, 0);
	const sign = value > 0 ? "+" : value < 0 ? "−" : "";
	return `${hasEstimatedPeople(area) ? ESTIMATED : ""}${sign}${format.rate(Math.abs(value))}`;
}
