import { SegmentedControl } from "@mantine/core";
import { AlertRules, AlertsRaised } from "../../../core/api/alerts.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { alertsEn } from "../../i18n/alerts-en.ts";
import { alertsId } from "../../i18n/alerts-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import { useStoppable } from "../../state/stoppable.ts";
import { AlertInboxPart } from "./alert-inbox.tsx";
import { AlertRulesPart } from "./alert-rules.tsx";
import { useAlertWords } from "./alert-words.ts";
import styles from "./alerts.module.css";
import { ALERT_PARTS, epidemicSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

addTexts("alerts", { id: alertsId, en: alertsEn });

const NO_RULES: never[] = [];

/** What is alerted, what was made of it, and the rules by which that is done. */
export default function AlertsView(props: ViewProps) {
	const { t } = useLanguage();
	const [search, change] = useSearch(epidemicSearch);
	const rules = useAnswer(AlertRules, {}, { keepLast: true });
	const inbox = useStoppable(AlertsRaised, {});
	const words = useAlertWords(rules.data ?? NO_RULES);
	return (
		<div className={styles.view}>
			<SegmentedControl
				size="xs"
				className={styles.choice}
				aria-label={t("alerts.parts")}
				data-testid="alert-parts"
				value={search.alerts}
				data={ALERT_PARTS.map((one) => ({
					value: one,
					label: t(`alerts.part.${one}`),
				}))}
				onChange={(one) =>
					leave(() => change({ alerts: one as (typeof ALERT_PARTS)[number] }))
				}
			/>
			{search.alerts === "masuk" ? (
				<AlertInboxPart {...props} inbox={inbox} words={words} />
			) : (
				<AlertRulesPart rules={rules} inbox={inbox} words={words} />
			)}
		</div>
	);
}
