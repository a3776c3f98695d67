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
		return rate
			? `${hasEstimatedPeople(area) ? ESTIMATED : ""}${format.rate(value)}`
			: format.count(value, 0);
	// What is not reported has no rate either; of what is, only the people can be missing.
	if (rate && isApart(area.level) && area.population === null)
		return t("value.noPeople");
	return whyNone(t, marks);
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
