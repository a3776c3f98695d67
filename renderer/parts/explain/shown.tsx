import type { AreaRow } from "../../../core/api/areas.ts";
import type { Explanation } from "../../../core/api/explain.ts";
import { FiguresOf } from "../../../core/api/figures.ts";
import { isApart } from "../../../core/areas/codes.ts";
import { RULES } from "../../../core/quality/rule.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { MARKS, marksIn } from "../../../core/series/mark.ts";
import { isRate } from "../../../core/series/measure.ts";
import { periodFromText } from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type ExplainedCell, useView } from "../../state/view-state.ts";
import {
	IncompleteRule,
	MissingAreas,
	useCompletenessText,
} from "../ui/completeness.tsx";
import { ESTIMATED, hasEstimatedPeople } from "../ui/estimated-people.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { PendingValue } from "../ui/pending-value.tsx";
import { usePeriodWords } from "../ui/period-words.ts";
import { useSourceChangeText } from "../ui/source-change.ts";
import styles from "./explain.module.css";

/** What a number was shown as: its measure, or the days that it was of, in words. */
export function useShownAs() {
	const { t } = useLanguage();
	const periodWords = usePeriodWords();
	return ({
		indicator,
		measure,
		period,
	}: Pick<ExplainedCell, "indicator" | "measure" | "period">): string =>
		period
			? [
					periodWords(period, indicatorByKey(indicator).kind !== "cumulative"),
					...(isRate(measure) ? [t("spread.rate")] : []),
				].join(", ")
			: t(`measure.${measure}`);
}

/** The number that was clicked, as large as it deserves, with its rule, its marks and who is in it. */
export function Shown({
	explanation,
	area,
	areas,
}: {
	explanation: Explanation;
	area: AreaRow;
	areas: AreaIndex;
}) {
	const { t, format, language } = useLanguage();
	const { sourceChangeText } = useSourceChangeText();
	const completenessText = useCompletenessText();
	const shownAs = useShownAs();
	const { figure, fact, measure, completeness } = explanation;
	const asKnown = useView((view) => view.asKnown);
	const { data: figures } = useAnswer(FiguresOf, {
		indicator: explanation.indicator as IndicatorKey,
		area: area.id,
		day: explanation.day,
		as_known: asKnown,
	});
	const rule = RULES.find((entry) => entry.key === fact?.rule);
	const counted = completenessText(completeness, area);
	const { reporting, expected } = figure;
	const part =
		!figure.whole && reporting !== null && expected !== null
			? completenessText({ reporting, expected }, area)
			: null;
	const estimated = isRate(measure) && hasEstimatedPeople(area);
	return (
		<>
			<section className={styles.fact}>
				<div>
					<h3>
						{t(`indicator.${explanation.indicator as IndicatorKey}`)} ·{" "}
						{shownAs({
							measure,
							indicator: explanation.indicator as IndicatorKey,
							period: periodFromText(explanation.period ?? ""),
						})}
					</h3>
					<output
						className={styles.value}
						data-testid="explain-value"
						data-missing={figure.value === null || undefined}
						data-part={!figure.whole || undefined}
					>
						{figure.value === null
							? t(
									figure.marks & MARKS.notYetKnown
										? "value.notYetKnown"
										: isRate(measure) &&
												isApart(area.level) &&
												area.population === null
											? "value.noPeople"
											: explanation.from !== null &&
													(fact?.value ?? null) !== null
												? "value.notKnown"
												: "value.notReported",
								)
							: `${part ? `${part}: ` : ""}${estimated ? ESTIMATED : ""}${format.figure(measure, figure.value, isRate(measure) ? 2 : Number.isInteger(figure.value) ? 0 : 1)}`}
					</output>
					{measure === "total" && explanation.from === null && (
						<PendingValue pending={figures?.pending ?? null} />
					)}
					{figure.corrected !== null && (
						<p>
							{t("value.corrected", { value: format.signed(figure.corrected) })}
						</p>
					)}
					{measure === "total" && explanation.from === null && fact?.source && (
						<small>
							{language === "id" ? fact.source.id_name : fact.source.en_name}
						</small>
					)}
					{estimated && <small>{t("people.estimated")}</small>}
				</div>
				<div>
					<h3>{t("explain.rule")}</h3>
					<p data-testid="explain-rule" data-rule={fact?.rule}>
						{explanation.from !== null
							? t(
									explanation.figure.how === "change" ||
										explanation.figure.of?.how === "change"
										? "explain.changeRule"
										: explanation.from === explanation.day
											? "explain.dayRule"
											: "explain.weekRule",
									{
										from: format.day(explanation.from),
										to: format.day(explanation.day),
										before: format.day(explanation.day - 7),
									},
								)
							: rule
								? language === "id"
									? rule.id_text
									: rule.en_text
								: fact?.rule === "derived"
									? t("indicator.activeFormula")
									: t("explain.nothing")}
					</p>
					<h3>{t("explain.marks")}</h3>
					<div data-testid="explain-marks">
						{figure.sourceChange && !(figure.marks & MARKS.sourceChanged) && (
							<p>{sourceChangeText(figure.sourceChange)}</p>
						)}
						{marksIn(figure.marks).length === 0 ? (
							!figure.sourceChange && (
								<p className="muted">{t("explain.noMarks")}</p>
							)
						) : (
							<MarkList
								marks={figure.marks}
								sourceChange={figure.sourceChange}
								reportDay={explanation.reportDay}
							/>
						)}
						{explanation.reportDay !== explanation.day && (
							<p data-testid="explain-report-day">
								{t("explain.reportOf", {
									day: format.day(explanation.reportDay),
								})}
							</p>
						)}
					</div>
				</div>
			</section>
			{counted && (
				<section data-testid="explain-completeness">
					<h3>{t("explain.completeness")}</h3>
					<p>{counted}</p>
					<MissingAreas completeness={completeness} areas={areas} />
					<IncompleteRule />
				</section>
			)}
		</>
	);
}
