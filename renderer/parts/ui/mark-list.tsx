import type { SourceChange } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import { type MarkKey, marksIn } from "../../../core/series/mark.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./marks.module.css";
import { useSourceChangeText } from "./source-change.ts";

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
	definitionChanged: "§",
	lastReport: "⇤",
};

/** The marks of a value in words; a change of source with its names, an earlier report with its day, where they are known. */
export function MarkList({
	marks,
	sourceChange = null,
	reportDay = null,
}: {
	marks: number;
	sourceChange?: SourceChange | null;
	reportDay?: Day | null;
}) {
	const words = useMarkWords(sourceChange, reportDay);
	const keys = marksIn(marks);
	if (keys.length === 0) return null;
	return (
		<ul className={styles.list}>
			{keys.map((key) => (
				<li key={key} data-mark={key}>
					<span className={styles.glyph} aria-hidden>
						{MARK_GLYPHS[key]}
					</span>
					{words(key)}
				</li>
			))}
		</ul>
	);
}

/** The marks of a value as small signs, with their words for those who hear or point. */
export function MarkChips({
	marks,
	sourceChange = null,
	reportDay = null,
	signsOnly = false,
}: {
	marks: number;
	sourceChange?: SourceChange | null;
	reportDay?: Day | null;
	/** Where there is no room for words to be seen. */
	signsOnly?: boolean;
}) {
	const { t } = useLanguage();
	const words = useMarkWords(sourceChange, reportDay);
	const keys = marksIn(marks);
	return (
		<>
			{keys.map((key) => (
				<abbr
					key={key}
					className={styles.chip}
					data-mark={key}
					title={words(key)}
				>
					<span aria-hidden>{MARK_GLYPHS[key]}</span>{" "}
					<span className={signsOnly ? "unseen" : undefined}>
						{t(`markShort.${key}`)}
					</span>
				</abbr>
			))}
		</>
	);
}

/** What the signs of some marks mean: stands under a table or chart that has only the signs. */
export function MarkSigns({
	marks,
	className,
}: {
	marks: number;
	className: string;
}) {
	const { t } = useLanguage();
	const keys = marksIn(marks);
	if (keys.length === 0) return null;
	return (
		<p className={className} data-testid="mark-key">
			{keys.map((key) => (
				<span key={key} className={styles.key}>
					<span className={styles.glyph} aria-hidden>
						{MARK_GLYPHS[key]}
					</span>{" "}
					{t(`markShort.${key}`)}
				</span>
			))}
		</p>
	);
}

function useMarkWords(
	sourceChange: SourceChange | null,
	reportDay: Day | null,
): (key: MarkKey) => string {
	const { t, format } = useLanguage();
	const { sourceChangeText } = useSourceChangeText();
	return (key) =>
		key === "sourceChanged" && sourceChange
			? sourceChangeText(sourceChange)
			: key === "lastReport" && reportDay !== null
				? t("mark.lastReportOn", { day: format.day(reportDay) })
				: t(`mark.${key}`);
}
