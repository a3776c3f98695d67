import { useEffect } from "react";
import { addTexts } from "../../i18n/add-texts.ts";
import { mapExportEn } from "../../i18n/map-export-en.ts";
import { mapExportId } from "../../i18n/map-export-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { useSelectedArea } from "../../state/selected-area.ts";
import { compareChoices } from "./compare-choices.ts";
import { DrawnSpread } from "./drawn-spread.tsx";
import { History } from "./history.tsx";
import styles from "./sebaran.module.css";
import { useChoice } from "./use-choice.ts";

const ExplainDrawer = fetched(() =>
	import("../../parts/explain/explain-drawer.tsx").then(
		({ ExplainDrawer }) => ({ default: ExplainDrawer }),
	),
);

addTexts("mapExport", { id: mapExportId, en: mapExportEn });

/** How it spread: the map alone, and its history below it. */
export default function Sebaran() {
	const { t } = useLanguage();
	const { areas, selected, onMap, select, failure, retry } = useSelectedArea();
	const choice = useChoice();
	useEffect(() => () => compareChoices.setState({ opened: false }), []);
	if (!areas || !selected || !onMap)
		return (
			<main className={styles.main}>
				<ScreenWaiting failure={failure} retry={retry} />
			</main>
		);
	const { zones } = choice.search;
	return (
		<>
			<main
				className={styles.main}
				// The zones have a panel beside their map, which goes onto paper with the page.
				data-prints={zones ? "page" : "sheet"}
			>
				<DrawnSpread
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
