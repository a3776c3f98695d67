import { Button } from "@mantine/core";
import type { AreaRow, Explanation } from "../../../../core/api/situation.ts";
import { indicatorByKey } from "../../../../core/series/indicator.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { type ExplainedCell, useView } from "../../../state/view-state.ts";

/** How a number that no one reported came about: a rate, a week's sum, or a difference of indicators. */
export function Calculation({
	cell,
	area,
	explanation,
}: {
	cell: ExplainedCell;
	area: AreaRow;
	explanation: Explanation;
}) {
	const { t, format } = useLanguage();
	const explain = useView((view) => view.explain);
	const derived = indicatorByKey(cell.indicator).derived === true;
	const rate = cell.measure === "per100k" || cell.measure === "new7per100k";
	const week = cell.measure === "new7" || cell.measure === "new7per100k";
	if (!derived && !rate && !week) return null;
	const value = explanation.fact?.value ?? null;
	/** The built-in denominators by their keys; an imported file speaks for itself. */
	const populationSource = (source: string | null): string =>
		source === "census-2020"
			? t("explain.census2020")
			: source === "census-2020-divided"
				? t("explain.census2020Divided")
				: (source ?? "–");
	return (
		<section data-testid="explain-calculation">
			<h3>{t("explain.calculation")}</h3>
			{derived && (
				<>
					<p>{t("indicator.activeFormula")}</p>
					<div className="row">
						{(["confirmed", "recovered", "deaths"] as const).map((key) => (
							<Button
								key={key}
								size="compact-sm"
								variant="default"
								onClick={() => explain({ ...cell, indicator: key })}
							>
								{t(`indicator.${key}`)}
							</Button>
						))}
					</div>
				</>
			)}
			{week && (
				<p>
					{t("explain.new7", {
						from: format.day(cell.day - 6),
						to: format.day(cell.day),
					})}
				</p>
			)}
			{cell.measure === "per100k" && value !== null && area.population && (
				<p>
					{t("explain.per100k", {
						value: format.number(value),
						population: format.number(area.population),
						year: area.populationYear ?? "–",
						source: populationSource(area.populationSource),
						result: format.number((value / area.population) * 100_000),
					})}
				</p>
			)}
		</section>
	);
}
