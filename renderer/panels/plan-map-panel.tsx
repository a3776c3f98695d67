import { PlanOf } from "../../core/api/plan.ts";
import { watchedIn } from "../../core/logistics/watched-item.ts";
import { addTexts } from "../i18n/add-texts.ts";
import { logisticsEn } from "../i18n/logistics-en.ts";
import { logisticsId } from "../i18n/logistics-id.ts";
import { logisticsPlanEn } from "../i18n/logistics-plan-en.ts";
import { logisticsPlanId } from "../i18n/logistics-plan-id.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PlanMap } from "../screens/logistik/plan-map.tsx";
import { usePlanChoice, useShownPlan } from "../screens/logistik/use-plan.ts";
import { useAnswer } from "../state/answers.ts";
import type { PanelProps } from "./panel-props.ts";

addTexts("logistics", { id: logisticsId, en: logisticsEn });
addTexts("plan", { id: logisticsPlanId, en: logisticsPlanEn });

const stay = () => {};

/** What is sent where of one item, by the rules and pins of the address, as Logistik has it. */
export default function PlanMapPanel({ areas, selected }: PanelProps) {
	const { t, format } = useLanguage();
	const choice = usePlanChoice(areas, selected);
	// A plan of another day is kept by nobody here: a wall has no sign that one is being made.
	const { data, error, refetch } = useAnswer(PlanOf, choice.asked);
	const { plan } = useShownPlan(data, choice);
	// Its reasons stand beside the map on the screen; a bare map would read as one on which nothing is missing.
	if (plan && plan.kind !== "plan")
		return (
			<Panel title={t("walls.panel.plan-map")} testId="no-plan-panel">
				<PanelNotice>
					{plan.kind === "nothing"
						? t("plan.nothing", {
								area: choice.area.name,
								day: format.day(plan.day),
							})
						: t(
								plan.kind === "conflict"
									? "plan.clash.title"
									: "plan.timeLimit",
							)}
				</PanelNotice>
			</Panel>
		);
	return (
		<PlanMap
			areas={areas}
			selected={selected}
			select={stay}
			choice={choice}
			plan={plan}
			item={watchedIn(choice.search.item).item}
			error={error}
			again={refetch}
		/>
	);
}
