import { useMemo } from "react";
import { ProjectionOf } from "../../core/api/projection.ts";
import { usePanelDay } from "../clock/use-clock.ts";
import { addTexts } from "../i18n/add-texts.ts";
import { epidemicEn } from "../i18n/epidemic-en.ts";
import { epidemicId } from "../i18n/epidemic-id.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import {
	lastCaseOf,
	ProjectionChart,
	projectedDays,
	readMeasures,
	useProjectionStatement,
} from "../screens/epidemi/projection-chart.tsx";
import { epidemicSearch } from "../screens/epidemi/search.ts";
import { useAnswer } from "../state/answers.ts";
import { useSearch } from "../state/search.ts";
import { useView } from "../state/view-state.ts";
import type { PanelProps } from "./panel-props.ts";

addTexts("epidemic", { id: epidemicId, en: epidemicEn });

/** What comes in four weeks, with the measures of the address, as Epidemi has it. */
export default function ProjectionPanel({ selected }: PanelProps) {
	const { t, format } = useLanguage();
	const [search] = useSearch(epidemicSearch);
	const asKnown = useView((view) => view.asKnown);
	const day = usePanelDay();
	const measures = useMemo(
		() => readMeasures(search.measures),
		[search.measures],
	);
	const { data, error, refetch } = useAnswer(
		ProjectionOf,
		{ area: selected.id, day, as_known: asKnown, measures },
		{ keepLast: true },
	);
	const told = data?.area === selected.id ? data : undefined;
	const statement = useProjectionStatement(told ? projectedDays(told) : []);
	return (
		<Panel
			title={t("epidemic.projection.title", { area: selected.name })}
			subtitle={statement}
			testId="projection-panel"
		>
			{error && <PanelFailure error={error} again={refetch} />}
			{told?.outcome.status === "projected" ? (
				<ProjectionChart told={told} description={statement} />
			) : told ? (
				<PanelNotice>
					{t("epidemic.projection.none", {
						day: format.day(lastCaseOf(told)),
						why: t(
							told.outcome.reason === "too-short"
								? "epidemic.gap.too-early"
								: `epidemic.gap.${told.outcome.reason}`,
						),
					})}
				</PanelNotice>
			) : (
				!error && (
					<div data-coming>
						<PanelNotice>{t("app.loading")}</PanelNotice>
					</div>
				)
			)}
		</Panel>
	);
}
