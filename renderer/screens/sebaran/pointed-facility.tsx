import { useStore } from "zustand";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { statedOn } from "../../state/facility-cube.ts";
import type { FacilityKindOnMap, useFacilities } from "./use-facilities.ts";

/** The facility below the pointer and what it stated last. */
export function PointedFacility({
	kind,
	of: { pointed, cube },
}: {
	kind: FacilityKindOnMap;
	of: Pick<ReturnType<typeof useFacilities>, "pointed" | "cube">;
}) {
	const { t } = useLanguage();
	const state = useFacilityWords(kind);
	const day = useFigureDay();
	const { one } = useStore(pointed);
	if (!one || !cube) return <>{t("marks.pointAtOne")}</>;
	return (
		<strong data-testid="pointed-facility">
			{one.facility.name}: {state(statedOn(cube, one.row, day)).join(", ")}
		</strong>
	);
}

/** The state of a facility in words: what is told, and how old that is. */
export function useFacilityWords(kind: FacilityKindOnMap) {
	const { t, format } = useLanguage();
	return (stated: ReturnType<typeof statedOn>): string[] => {
		if (!stated) return [t("value.notReported")];
		return [
			stated.value === null
				? t("value.notKnown")
				: t(kind === "hospital" ? "marks.bedsFull" : "marks.capacityUsed", {
						share: format.count(stated.value * 100, 0),
					}),
			stated.age === 0
				? t("marks.today")
				: t("marks.daysOld", { days: format.number(stated.age) }),
		];
	};
}
