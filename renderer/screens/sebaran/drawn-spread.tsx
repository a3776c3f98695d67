import type { AreaRow } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import { hasTwoMaps } from "./compare-search.ts";
import styles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";
import { useOtherThere } from "./use-compared.ts";

/** What is drawn in the place of the map, by what is compared (compare-search), or whether official zones are shown. */
const MAPS = {
	off: fetched(() => import("./spread-map.tsx")),
	two: fetched(() => import("./compare-map.tsx")),
	difference: fetched(() => import("./difference-map.tsx")),
	zones: fetched(() => import("./zone-map.tsx")),
	many: fetched(() => import("./many-map.tsx")),
};

/** The map, the maps or the zones that an address of Sebaran asks for. */
export function DrawnSpread(props: {
	areas: AreaIndex;
	selected: AreaRow;
	chosen: AreaRow;
	select: (area: AreaRow) => void;
	choice: Choice;
}) {
	const { t } = useLanguage();
	useOtherThere(props.choice);
	const { compare, zones } = props.choice.search;
	const Drawn = MAPS[zones ? "zones" : hasTwoMaps(compare) ? "two" : compare];
	return (
		<Drawn
			waiting={
				<ComingPanel className={styles.map}>{t("app.loading")}</ComingPanel>
			}
			{...props}
		/>
	);
}
