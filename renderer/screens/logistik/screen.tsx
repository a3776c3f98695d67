import { SegmentedControl } from "@mantine/core";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { addTexts } from "../../i18n/add-texts.ts";
import { logisticsEn } from "../../i18n/logistics-en.ts";
import { logisticsId } from "../../i18n/logistics-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import styles from "./logistik.module.css";
import { logisticsSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("logistics", { id: logisticsId, en: logisticsEn });

/** Who runs out of what, when, and what is sent. */
export default function Logistik() {
	const { t } = useLanguage();
	const { onMap, select, failure, retry } = useSelectedArea();
	const [{ view }, changeSearch] = useSearch(logisticsSearch);
	const shown = VIEWS.find(({ key }) => key === view) ?? VIEWS[0];
	if (!onMap || !shown)
		return (
			<main className={styles.main}>
				<ScreenWaiting failure={failure} retry={retry} />
			</main>
		);
	const { Part } = shown;
	return (
		<>
			<main className={styles.main}>
				{VIEWS.length > 1 && (
					<SegmentedControl
						size="xs"
						className={styles.views}
						aria-label={t("logistics.views")}
						data-testid="logistics-views"
						value={shown.key}
						data={VIEWS.map(({ key }) => ({
							value: key,
							label: t(`logistics.view.${key}`),
						}))}
						onChange={(key) => changeSearch({ view: key })}
					/>
				)}
				<Part
					key={shown.key}
					waiting={
						<ComingPanel className={styles.whole}>
							{t("app.loading")}
						</ComingPanel>
					}
					{...onMap}
					select={select}
				/>
			</main>
			<TimelineBar />
		</>
	);
}
