import { Table, UnstyledButton } from "@mantine/core";
import type { Series } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import { MARKS, WEEKLY_MARKS } from "../../../core/series/mark.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MarkChips } from "../ui/mark-list.tsx";
import numbers from "../ui/number-button.module.css";

/** The trend as a table, newest day first; every number leads to its origin. */
export function TrendTable({
	series,
	upTo,
	explain,
}: {
	series: Series;
	upTo: Day;
	explain: (day: Day) => void;
}) {
	const { t, format } = useLanguage();
	const rows = [];
	for (
		let index = Math.min(upTo - series.firstDay, series.value.length - 1);
		index >= 0;
		index--
	) {
		const day = series.firstDay + index;
		const value = series.value[index] ?? null;
		const daily = series.daily[index] ?? null;
		const correction = series.correction[index] ?? null;
		const mean = series.mean7[index] ?? null;
		rows.push(
			<Table.Tr key={day}>
				<Table.Th scope="row">{format.day(day)}</Table.Th>
				<Table.Td className="number">
					<UnstyledButton
						className={numbers.button}
						onClick={() => explain(day)}
						title={t("value.explainOf", { what: format.day(day) })}
					>
						{value === null
							? t(
									(series.marks[index] ?? 0) & MARKS.notYetKnown
										? "value.notYetKnown"
										: "value.notReported",
								)
							: format.number(value)}
					</UnstyledButton>
				</Table.Td>
				<Table.Td className="number">
					{daily === null ? "–" : format.number(daily)}
					{(series.span[index] ?? 0) > 1 && (
						<small> ({t("trend.span", { days: series.span[index] })})</small>
					)}
				</Table.Td>
				<Table.Td className="number">
					{correction === null ? "" : format.signed(correction)}
				</Table.Td>
				<Table.Td className="number">
					{mean === null ? "–" : format.count(mean, 1)}
				</Table.Td>
				<Table.Td>
					<MarkChips
						marks={
							(series.marks[index] ?? 0) |
							((series.weekMarks[index] ?? 0) & WEEKLY_MARKS)
						}
						sourceChange={
							series.sourceChanges.find((one) => one.day === day) ?? null
						}
					/>
				</Table.Td>
			</Table.Tr>,
		);
	}
	return (
		<div className="scroll" data-testid="trend-table">
			<Table stickyHeader>
				<Table.Thead>
					<Table.Tr>
						<Table.Th>{t("trend.day")}</Table.Th>
						<Table.Th className="number">{t("trend.value")}</Table.Th>
						<Table.Th className="number">{t("trend.daily")}</Table.Th>
						<Table.Th className="number">{t("trend.correction")}</Table.Th>
						<Table.Th className="number">{t("trend.mean7")}</Table.Th>
						<Table.Th>{t("trend.marks")}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>{rows}</Table.Tbody>
			</Table>
		</div>
	);
}
