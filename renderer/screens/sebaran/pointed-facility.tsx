import { UnstyledButton } from "@mantine/core";
import { useStore } from "zustand";
import { FacilityStates } from "../../../core/api/facilities.ts";
import type { Day } from "../../../core/series/day.ts";
import { useFigureDay, usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { statedOn } from "../../state/facility-cube.ts";
import { useView } from "../../state/view-state.ts";
import type {
	FacilityKindOnMap,
	MeasureOnMap,
	useFacilities,
} from "./use-facilities.ts";

/** The facility that was pointed at last, what it stated last, and where that comes from. */
export function PointedFacility({
	kind,
	of: { pointed, cube, measure },
	asKnown,
}: {
	kind: FacilityKindOnMap;
	of: Pick<ReturnType<typeof useFacilities>, "pointed" | "cube" | "measure">;
	asKnown: Day | null;
}) {
	const { t } = useLanguage();
	const state = useFacilityWords(measure);
	const day = useFigureDay();
	const explain = useView((view) => view.explain);
	const { one } = useStore(pointed);
	if (!one || !cube) return <>{t("marks.pointAtOne")}</>;
	return (
		<UnstyledButton
			fz="inherit"
			title={t("value.explainOf", { what: one.facility.name })}
			data-testid="pointed-facility"
			onClick={() => explain({ facility: one.facility.id, measure, day })}
		>
			<strong>
				{one.facility.name}: {state(statedOn(cube, one.row, day)).join(", ")}
			</strong>
			<ToldBy
				kind={kind}
				measure={measure}
				facility={one.facility.id}
				area={one.facility.area}
				asKnown={asKnown}
			/>
		</UnstyledButton>
	);
}

/** Whose report tells it; while time stands still. */
function ToldBy({
	kind,
	measure,
	facility,
	area,
	asKnown,
}: {
	kind: FacilityKindOnMap;
	measure: MeasureOnMap;
	facility: number;
	area: number;
	asKnown: Day | null;
}) {
	const { language } = useLanguage();
	const day = usePanelDay();
	const { data } = useAnswer(FacilityStates, {
		kind,
		area,
		day,
		as_known: asKnown,
	});
	const told = data?.find((one) => one.facility === facility)?.measures[
		measure
	];
	return told?.source ? (
		<small>
			{" · "}
			{language === "id" ? told.source.id_name : told.source.en_name}
		</small>
	) : null;
}

/** The state of a facility in words: what is told, and how old that is. */
export function useFacilityWords(measure: MeasureOnMap) {
	const { t, format } = useLanguage();
	return (stated: ReturnType<typeof statedOn>): string[] => {
		if (!stated) return [t("value.notReported")];
		return [
			stated.value === null
				? t("value.notKnown")
				: measure === "emergency-free"
					? t(
							stated.value > 0 ? "marks.emergencyFree" : "marks.emergencyFull",
							{
								beds: format.number(stated.value),
							},
						)
					: t(
							measure === "bed-occupancy"
								? "marks.bedsFull"
								: "marks.capacityUsed",
							{ share: format.count(stated.value * 100, 0) },
						),
			stated.age === 0
				? t("marks.today")
				: t("marks.daysOld", { days: format.number(stated.age) }),
		];
	};
}
