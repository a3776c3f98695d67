import { SegmentedControl, Select } from "@mantine/core";
import { MEASURES, type Measure } from "../../../core/api/situation.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type MapLevel, useView } from "../../state/view-state.ts";
import { SHOWN_INDICATORS } from "./shown-indicators.ts";

/** The measure that stays when an indicator has no "new": active cases are a state, not a count of events. */
const WITHOUT_NEW: Record<Measure, Measure> = {
	total: "total",
	per100k: "per100k",
	new7: "total",
	new7per100k: "per100k",
};

function measuresOf(indicator: IndicatorKey): readonly Measure[] {
	return indicatorByKey(indicator).kind === "stock"
		? ["total", "per100k"]
		: MEASURES;
}

/** What is shown: indicator, measure, and whose values colour the map. */
export function ChoiceBar() {
	const { t } = useLanguage();
	const { indicator, measure, mapLevel, change } = useView();
	return (
		<div className="choice-bar">
			<Select
				size="xs"
				aria-label={t("indicator.label")}
				data-testid="indicator"
				allowDeselect={false}
				value={indicator}
				data={SHOWN_INDICATORS.map((key) => ({
					value: key,
					label: t(`indicator.${key}`),
				}))}
				onChange={(value) => {
					const next = value as IndicatorKey;
					const has = measuresOf(next).includes(measure);
					change({
						indicator: next,
						measure: has ? measure : WITHOUT_NEW[measure],
					});
				}}
			/>
			<Select
				size="xs"
				aria-label={t("measure.label")}
				data-testid="measure"
				allowDeselect={false}
				value={measure}
				data={measuresOf(indicator).map((key) => ({
					value: key,
					label: t(`measure.${key}`),
				}))}
				onChange={(value) => change({ measure: value as Measure })}
			/>
			<SegmentedControl
				size="xs"
				aria-label={t("level.label")}
				data-testid="map-level"
				value={mapLevel}
				data={[
					{ value: "regency", label: t("level.regency") },
					{ value: "province", label: t("level.province") },
				]}
				onChange={(value) => change({ mapLevel: value as MapLevel })}
			/>
		</div>
	);
}
