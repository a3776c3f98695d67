import { useEffect } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { useSelectedArea } from "../../state/selected-area.ts";
import { compareChoices } from "./compare-choices.ts";
import { hasTwoMaps } from "./compare-search.ts";
import { History } from "./history.tsx";
import styles from "./sebaran.module.css";
import { useChoice } from "./use-choice.ts";
import { useOtherThere } from "./use-compared.ts";

/** What is drawn in the place of the map, by what is compared (compare-search), or whether official zones are shown. */
const MAPS = {
	off: fetched(() => import("./spread-map.tsx")),
	two: fetched(() => import("./compare-map.tsx")),
	difference: fetched(() => import("./difference-map.tsx")),
	zones: fetched(() => import("./zone-map.tsx")),
	many: fetched(() => import("./many-map.tsx")),
};
const ExplainDrawer = fetched(() =>
	import("../../parts/explain/explain-drawer.tsx").then(
		({ ExplainDrawer }) => ({ default: ExplainDrawer }),
	),
);

/** How it spread: the map alone, and its history below it. */
export default function Sebaran() {
	const { t } = useLanguage();
	const { areas, selected, onMap, select, failure, retry } = useSelectedArea();
	const choice = useChoice();
	useOtherThere(choice);
	useEffect(() => () => compareChoices.setState({ opened: false }), []);
	if (!areas || !selected || !onMap)
		return (
			<main className={styles.main}>
				<ScreenWaiting failure={failure} retry={retry} />
			</main>
		);
	const { compare, zones } = choice.search;
	const Drawn = MAPS[zones ? "zones" : hasTwoMaps(compare) ? "two" : compare];
	return (
		<>
			<main
				className={styles.main}
				// The zones have a panel beside their map, which goes onto paper with the page.
				data-prints={zones ? "page" : "sheet"}
			>
				<Drawn
					waiting={
						<ComingPanel className={styles.map}>{t("app.loading")}</ComingPanel>
					}
					{...onMap}
					chosen={selected}
					select={select}
					choice={choice}
				/>
				<History area={selected} areas={areas} choice={choice} />
				<p className={styles.toPrint}>{t("mapExport.toPrint")}</p>
			</main>
			<ExplainDrawer waiting={null} areas={areas} />
		</>
	);
}
