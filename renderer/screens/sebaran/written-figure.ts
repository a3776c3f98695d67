import type { AreaRow } from "../../../core/api/areas.ts";
import { isApart } from "../../../core/areas/codes.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { useLanguage } from "../../i18n/use-language.ts";
import {
	ESTIMATED,
	hasEstimatedPeople,
} from "../../parts/ui/estimated-people.ts";

type Language = ReturnType<typeof useLanguage>;

/** A figure of an area as it is written, a rate over estimated people with its sign, or in words why there is none. */
export function writtenFigure(
	{ t, format }: Pick<Language, "t" | "format">,
	area: AreaRow,
	value: number | null,
	marks: number,
	rate: boolean,
): string {
	if (value !== null && !Number.isNaN(value))
		return rate ? overPeople(format.rate(value), area) : format.count(value, 0);
	// What is not reported has no rate either; of what is, only the people can be missing.
	if (rate && isApart(area.level) && area.population === null)
		return t("value.noPeople");
	return whyNone(t, marks);
}

/** A difference as it is written, with its sign; no change is a zero, and where there is none it is said why. */
export function writtenDifference(
	{ t, format }: Pick<Language, "t" | "format">,
	/** The one that changed, or the two that are apart. */
	areas: readonly AreaRow[],
	value: number | null,
	marks: number,
	rate: boolean,
): string {
	if (value !== null && !Number.isNaN(value))
		return rate
			? overPeople(`${value > 0 ? "+" : ""}${format.rate(value)}`, ...areas)
			: format.signed(value, 0);
	return t(
		marks & MARKS.sourceChanged ? "compare.otherSource" : "compare.notBoth",
	);
}

/** A rate; over people of which some are an estimate, with the sign of one. */
function overPeople(rate: string, ...areas: readonly AreaRow[]): string {
	return `${areas.some(hasEstimatedPeople) ? ESTIMATED : ""}${rate}`;
}

/** Why there is no figure. */
export function whyNone(t: Language["t"], marks: number): string {
	return t(
		marks & MARKS.notYetKnown
			? "value.notYetKnown"
			: marks & (MARKS.sourceChanged | MARKS.correction)
				? "value.notKnown"
				: "value.notReported",
	);
}
