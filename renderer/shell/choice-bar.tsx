import { SegmentedControl, Select } from "@mantine/core";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Measure } from "../../core/series/measure.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { MeaningButton } from "../parts/ui/meaning-button.tsx";
import { mapMeasures, nearestMeasure } from "../state/measures.ts";
import { useIndicators } from "../state/shown-indicators.ts";
import {
	MAP_LEVELS,
	type MapLevel,
	upperLevel,
	useViewOf,
} from "../state/view-state.ts";
import styles from "./choice-bar.module.css";

/** What is shown: indicator, measure, and whose values colour the map. */
export function ChoiceBar({
	ownMeasure = false,
	districts = false,
}: {
	ownMeasure?: boolean;
	/** The screen draws kecamatan. */
	districts?: boolean;
}) {
	const { t } = useLanguage();
	const { indicator, measure, mapLevel, change } = useViewOf(
		"indicator",
		"measure",
		"mapLevel",
		"change",
	);
	const indicators = useIndicators(districts && mapLevel === "district");
	return (
		<div className={styles.bar}>
			<Select
				size="xs"
				aria-label={t("indicator.label")}
				data-testid="indicator"
				allowDeselect={false}
				value={indicator}
				data={indicators.map((key) => ({
					value: key,
					label: t(`indicator.${key}`),
				}))}
				onChange={(value) => {
					const next = value as IndicatorKey;
					change({ indicator: next, measure: nearestMeasure(next, measure) });
				}}
			/>
			<MeaningButton term={indicator} name={t(`indicator.${indicator}`)} />
			{!ownMeasure && (
				<Select
					size="xs"
					aria-label={t("measure.label")}
					data-testid="measure"
					className={styles.measure}
					allowDeselect={false}
					value={measure}
					data={mapMeasures(indicator).map((key) => ({
						value: key,
						label: t(`measure.${key}`),
					}))}
					onChange={(value) => change({ measure: value as Measure })}
				/>
			)}
			<SegmentedControl
				size="xs"
				aria-label={t("level.label")}
				data-testid="map-level"
				value={districts ? mapLevel : upperLevel(mapLevel)}
				data={(districts ? MAP_LEVELS : (["regency", "province"] as const)).map(
					(level) => ({ value: level, label: t(`level.${level}`) }),
				)}
				onChange={(value) => change({ mapLevel: value as MapLevel })}
			/>
		</div>
	);
}
