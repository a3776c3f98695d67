import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { Measure } from "../../../core/series/measure.ts";
import { isRate } from "../../../core/series/measure.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { figureOf, isWeekly, isWhole, partOf } from "../../state/figure.ts";
import { useFigures } from "../../state/queries.ts";
import { useCompletenessText } from "../ui/completeness.tsx";
import { ESTIMATED, hasEstimatedPeople } from "../ui/estimated-people.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { WeekText } from "../ui/week-text.tsx";

/** What the pointer is on: name, code, value, weekly figure, marks in words, as the backend states them. */
export function HoverCard({
	area,
	parentName,
	label,
	indicator,
	measure,
	day,
	asKnown,
	x,
	y,
	flipX,
	flipY,
}: {
	area: AreaRow;
	parentName: string | null;
	label: string;
	indicator: IndicatorKey;
	measure: Measure;
	day: Day;
	asKnown: Day | null;
	x: number;
	y: number;
	flipX: boolean;
	flipY: boolean;
}) {
	const { t, format } = useLanguage();
	const completenessText = useCompletenessText();
	const { data } = useFigures(indicator, area.id, day, asKnown);
	const figures =
		data?.area === area.id && data.indicator === indicator ? data : null;
	const value = figures && figureOf(figures, measure);
	const part =
		figures &&
		!isWhole(figures, measure) &&
		completenessText(partOf(figures, measure) ?? figures.completeness, area);
	return (
		<div
			className="hover-card"
			data-testid="hover-card"
			style={{
				left: x,
				top: y,
				transform: `translate(${flipX ? "calc(-100% - 1rem)" : "1rem"}, ${flipY ? "calc(-100% - 0.5rem)" : "0.5rem"})`,
			}}
		>
			<strong>{area.name}</strong>
			<small>
				{area.code}
				{parentName && ` · ${parentName}`}
				{figures && ` · ${format.day(figures.day)}`}
			</small>
			<div className="hover-value">
				<span>{label}</span>
				{figures && (
					<b>
						{part && `${part}: `}
						{value === null
							? t(
									figures.marks & MARKS.notYetKnown
										? "value.notYetKnown"
										: isWeekly(measure) && figures.value !== null
											? "value.notKnown"
											: "value.notReported",
								)
							: `${isRate(measure) && hasEstimatedPeople(area) ? ESTIMATED : ""}${format.figure(measure, value as number)}`}
					</b>
				)}
			</div>
			{figures && (
				<>
					{figures.value === null && figures.lastReported && (
						<small>
							{t("value.lastReported", {
								value: format.number(figures.lastReported.value),
								day: format.day(figures.lastReported.day),
							})}
						</small>
					)}
					{figures.value !== null && measure !== figures.week.measure && (
						<WeekText figures={figures} />
					)}
					{isRate(measure) && hasEstimatedPeople(area) && (
						<small>{t("people.estimated")}</small>
					)}
					<MarkList
						marks={figures.marks | (isWeekly(measure) ? figures.week.marks : 0)}
						sourceChange={figures.sourceChange}
					/>
				</>
			)}
		</div>
	);
}
