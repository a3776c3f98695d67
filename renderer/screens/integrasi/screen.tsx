import { SegmentedControl } from "@mantine/core";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { addTexts } from "../../i18n/add-texts.ts";
import { integrationEn } from "../../i18n/integration-en.ts";
import { integrationId } from "../../i18n/integration-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import styles from "./integrasi.module.css";
import { integrationSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("integration", { id: integrationId, en: integrationEn });

/** Who has reported, what conflicts, what is in quarantine, and how tables are read. */
export default function Integrasi() {
	const { t } = useLanguage();
	const { areas, failure, retry } = useSelectedArea();
	const [{ view }, change] = useSearch(integrationSearch);
	const shown = VIEWS.find(({ key }) => key === view) ?? VIEWS[0];
	if (!areas || !shown)
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
					aria-label={t("integration.views")}
					data-testid="integration-views"
					value={shown.key}
					data={VIEWS.map(({ key }) => ({
						value: key,
						label: t(`integration.view.${key}`),
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
					areas={areas}
				/>
			</main>
			<TimelineBar />
		</>
	);
}
