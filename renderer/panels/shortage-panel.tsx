import { addTexts } from "../i18n/add-texts.ts";
import { logisticsEn } from "../i18n/logistics-en.ts";
import { logisticsId } from "../i18n/logistics-id.ts";
import { FirstOutList } from "../screens/logistik/first-out.tsx";
import ShortageMap from "../screens/logistik/shortage-map.tsx";
import { ShortageMatrix } from "../screens/logistik/shortage-matrix.tsx";
import {
	ShortageNotThere,
	useShortage,
} from "../screens/logistik/use-shortage.tsx";
import type { PanelProps } from "./panel-props.ts";

addTexts("logistics", { id: logisticsId, en: logisticsEn });

const stay = () => {};

/** The matrix of what is missing, the list of what runs out first, or the map of one item, as Logistik has them. */
export default function ShortagePanel({ panel, areas, selected }: PanelProps) {
	const found = useShortage({ areas, selected, select: stay });
	if (!found.shown) return <ShortageNotThere {...found} className="" />;
	if (panel.kind === "stock-map")
		return (
			<ShortageMap
				areas={areas}
				selected={selected}
				select={stay}
				items={found.shown.shortage.items}
			/>
		);
	return panel.kind === "shortage" ? (
		<ShortageMatrix {...found.shown} />
	) : (
		<FirstOutList {...found.shown} />
	);
}
