import { type MarkKey, marksIn } from "../../core/quality/rule.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** One sign for each mark, the same in chart, table and drawer. */
export const MARK_GLYPHS: Record<MarkKey, string> = {
	silent: "∅",
	correction: "▼",
	restated: "↺",
	conflict: "≠",
	implausibleZero: "0?",
	partial: "◔",
	sourceChanged: "⇄",
	spread: "÷",
	shortWeek: "7?",
	notYetKnown: "?",
	fewAreas: "◌",
	belowZero: "−",
};

/** The marks of a value in words. */
export function MarkList({ marks }: { marks: number }) {
	const { t } = useLanguage();
	const keys = marksIn(marks);
	if (keys.length === 0) return null;
	return (
		<ul className="mark-list">
			{keys.map((key) => (
				<li key={key} data-mark={key}>
					<span className="mark-glyph" aria-hidden>
						{MARK_GLYPHS[key]}
					</span>
					{t(`mark.${key}`)}
				</li>
			))}
		</ul>
	);
}

/** The marks of a value as small signs, with their words for those who hear or point. */
export function MarkChips({
	marks,
	signsOnly = false,
	oneInWords = false,
}: {
	marks: number;
	/** Where there is no room for words to be seen. */
	signsOnly?: boolean;
	/** Where there is room for the words of one. */
	oneInWords?: boolean;
}) {
	const { t } = useLanguage();
	const keys = marksIn(marks);
	const wordless = signsOnly || (oneInWords && keys.length > 1);
	return (
		<>
			{keys.map((key) => (
				<abbr
					key={key}
					className="mark-chip"
					data-mark={key}
					title={t(`mark.${key}`)}
				>
					<span aria-hidden>{MARK_GLYPHS[key]}</span>{" "}
					<span className={wordless ? "unseen" : undefined}>
						{t(`markShort.${key}`)}
					</span>
				</abbr>
			))}
		</>
	);
}
