import { MARKS } from "../../../core/series/mark.ts";
import type { useLanguage } from "../../i18n/use-language.ts";

type Language = ReturnType<typeof useLanguage>;

/** A figure as it is written, or in words why there is none. */
export function writtenFigure(
	{ t, format }: Pick<Language, "t" | "format">,
	value: number | null,
	marks: number,
	rate: boolean,
): string {
	if (value !== null && !Number.isNaN(value))
		return rate ? format.rate(value) : format.count(value, 0);
	return t(
		marks & MARKS.notYetKnown
			? "value.notYetKnown"
			: marks & (MARKS.sourceChanged | MARKS.correction)
				? "value.notKnown"
				: "value.notReported",
	);
}
