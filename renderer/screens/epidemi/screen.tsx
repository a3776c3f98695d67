import { SegmentedControl } from "@mantine/core";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { addTexts } from "../../i18n/add-texts.ts";
import { epidemicEn } from "../../i18n/epidemic-en.ts";
import { epidemicId } from "../../i18n/epidemic-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import styles from "./epidemi.module.css";
import { epidemicSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("epidemic", { id: epidemicId, en: epidemicEn });

/** Whether it grows, how sure that is, and what comes. */
export default function Epidemi() {
	const { t } = useLanguage();
	const { onMap, select, failure, retry } = useSelectedArea();
	const [{ view }, change] = useSearch(epidemicSearch);
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
				<SegmentedControl
					size="xs"
					className={styles.views}
					aria-label={t("epidemic.views")}
					data-testid="epidemic-views"
					value={shown.key}
					data={VIEWS.map(({ key }) => ({
						value: key,
						label: t(`epidemic.view.${key}`),
					}))}
					onChange={(key) => leave(() => change({ view: key }))}
				/>
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
