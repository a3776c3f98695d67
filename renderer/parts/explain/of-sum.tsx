import { Table, UnstyledButton } from "@mantine/core";
import type { SumExplanation } from "../../../core/api/sum.ts";
import { SumExplain } from "../../../core/api/sum.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { periodFromText } from "../../../core/series/period.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { type ExplainedSum, useView } from "../../state/view-state.ts";
import { UNNAMED } from "../ui/completeness.tsx";
import { MarkChips, MarkList } from "../ui/mark-list.tsx";
import numbers from "../ui/number-button.module.css";
import styles from "./explain.module.css";
import { ExplainWaiting } from "./explain-waiting.tsx";
import { Proof } from "./proof.tsx";
import { useShownAs } from "./shown.tsx";

/** Where the sum of several areas comes from: its terms, and what each of the areas tells, from whom; each leads to its own explanation. */
export function OfSum({
	asked,
	areas,
}: {
	asked: ExplainedSum;
	areas: AreaIndex;
}) {
	const asKnown = useView((view) => view.asKnown);
	const { sum, ...of } = asked;
	const { data, isError, refetch } = useAnswer(SumExplain, {
		...of,
		areas: [...sum],
		as_known: asKnown,
	});
	if (!data)
		return <ExplainWaiting failed={isError} again={() => void refetch()} />;
	return (
		<>
			<Told explanation={data} asked={asked} />
			<Proof
				cell={{ ...of, area: 0, measure: "total" }}
				figure={data.figure}
				of={null}
				areas={areas}
			/>
			{data.from !== null && (
				<Areas explanation={data} asked={asked} areas={areas} />
			)}
		</>
	);
}

function Told({
	explanation: { figure, from, day },
	asked,
}: {
	explanation: SumExplanation;
	asked: ExplainedSum;
}) {
	const { t, format } = useLanguage();
	const shownAs = useShownAs();
	return (
		<section className={styles.fact}>
			<div>
				<h3>
					{t(`indicator.${asked.indicator}`)} ·{" "}
					{shownAs({ ...asked, measure: "total" })}
				</h3>
				<output
					className={styles.value}
					data-testid="explain-value"
					data-missing={figure.value === null || undefined}
				>
					{figure.value === null
						? t(
								figure.marks & MARKS.notYetKnown
									? "value.notYetKnown"
									: from === null
										? "value.notReported"
										: "value.notKnown",
							)
						: format.count(
								figure.value,
								Number.isInteger(figure.value) ? 0 : 1,
							)}
				</output>
				{figure.corrected !== null && (
					<p>
						{t("value.corrected", { value: format.signed(figure.corrected) })}
					</p>
				)}
				{figure.reporting !== null && figure.expected !== null && (
					<p data-testid="explain-sum-reporting">
						{t("areaSet.reporting", {
							reporting: format.number(figure.reporting),
							expected: format.number(figure.expected),
						})}
					</p>
				)}
			</div>
			<div>
				<h3>{t("explain.rule")}</h3>
				<p>
					{from === null
						? t("areaSet.sumRule")
						: t(from === day ? "explain.dayRule" : "explain.weekRule", {
								from: format.day(from),
								to: format.day(day),
							})}
				</p>
				<h3>{t("explain.marks")}</h3>
				{figure.marks === 0 ? (
					<p className="muted">{t("explain.noMarks")}</p>
				) : (
					<MarkList marks={figure.marks} sourceChange={figure.sourceChange} />
				)}
			</div>
		</section>
	);
}

/** What each of the areas tells over the days of the figure. */
function Areas({
	explanation,
	asked,
	areas,
}: {
	explanation: SumExplanation;
	asked: ExplainedSum;
	areas: AreaIndex;
}) {
	const { t, format, language } = useLanguage();
	const explain = useView((view) => view.explain);
	const period = periodFromText(explanation.period) ?? asked.period;
	return (
		<section data-testid="explain-sum-areas">
			<h3>
				{t("explain.areas", { count: format.number(explanation.areas.length) })}
			</h3>
			<Table>
				<Table.Tbody>
					{explanation.areas.map(({ area, value, marks, source }) => (
						<Table.Tr key={area}>
							<Table.Td>
								{areas.byId(area)?.name ?? UNNAMED}
								{source && (
									<>
										<br />
										<small>
											{language === "id" ? source.id_name : source.en_name}
										</small>
									</>
								)}
							</Table.Td>
							<Table.Td className="number">
								<UnstyledButton
									className={numbers.button}
									data-missing={value === null || undefined}
									onClick={() =>
										explain({
											indicator: asked.indicator,
											area,
											day: asked.day,
											measure: "new7",
											period,
										})
									}
								>
									{value === null
										? t("value.notKnown")
										: format.count(value, Number.isInteger(value) ? 0 : 1)}
								</UnstyledButton>
							</Table.Td>
							<Table.Td>
								<MarkChips marks={marks} />
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
			<p className="muted">{t("areaSet.notAddedUp")}</p>
		</section>
	);
}
