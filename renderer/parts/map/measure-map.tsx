import type { AreaRow } from "../../../core/api/areas.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { isRate } from "../../../core/series/measure.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type AreaIndex, parentOf } from "../../state/area-index.ts";
import { useViewOf } from "../../state/view-state.ts";
import { hasEstimatedPeople } from "../ui/estimated-people.ts";
import { HoverCard } from "./hover-card.tsx";
import { Legend } from "./legend.tsx";
import type { MapMarks } from "./map-marks.ts";
import { MapPanel } from "./map-panel.tsx";
import { useColouring } from "./use-colouring.ts";
import { useGround } from "./use-ground.ts";

/** The map coloured by the chosen indicator and measure. */
export function MeasureMap({
	areas,
	selected,
	...place
}: {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	className: string | undefined;
	/** What stands on it besides its colours. */
	marks?: MapMarks | null;
}) {
	const { t } = useLanguage();
	const { indicator, measure, mapLevel, asKnown } = useViewOf(
		"indicator",
		"measure",
		"mapLevel",
		"asKnown",
	);
	const { ground } = useGround();
	const { colouring, query } = useColouring(
		areas,
		indicator,
		measure,
		mapLevel,
		asKnown,
		ground,
	);
	const drawn = colouring?.cube.header;
	const drawnIndicator = (drawn?.indicator ?? indicator) as IndicatorKey;
	const drawnMeasure = drawn?.measure ?? measure;
	const label = `${t(`indicator.${drawnIndicator}`)} · ${t(`measure.${drawnMeasure}`)}`;
	return (
		<MapPanel
			{...place}
			areas={areas}
			selected={selected}
			shown={{
				colouring,
				failure: query.isError
					? { message: query.error.message, retry: () => void query.refetch() }
					: null,
			}}
			label={label}
			pin="map"
			legend={
				colouring && (
					<Legend
						colouring={colouring}
						title={t(`indicator.${drawnIndicator}`)}
						measure={t(`measure.${drawnMeasure}`)}
						unit={
							isRate(drawnMeasure)
								? t("map.per", { year: areas.nation.populationYear ?? "–" })
								: null
						}
						estimated={
							isRate(drawnMeasure) &&
							areas
								.at(drawn?.level === "province" ? "province" : "regency")
								.some(hasEstimatedPeople)
						}
						of={{ indicator, parent: parentOf(areas, selected), asKnown }}
					/>
				)
			}
			card={(pointer, boundaries) =>
				drawn && (
					<HoverCard
						pointer={pointer}
						areas={areas}
						boundaries={boundaries}
						level={drawn.level}
						label={label}
						indicator={drawnIndicator}
						measure={drawnMeasure}
						asKnown={asKnown}
					/>
				)
			}
		/>
	);
}
