import { Button } from "@mantine/core";
import type { Progress } from "../../../core/api/progress.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { computingEn } from "../../i18n/computing-en.ts";
import { computingId } from "../../i18n/computing-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./computing.module.css";
import { PanelNotice } from "./panel.tsx";

addTexts("computing", { id: computingId, en: computingEn });

/** Said while something is computed that takes its time: how far it is, and the way to stop it. */
export function Working({
	progress,
	stop,
}: {
	progress: Pick<Progress, "done" | "of"> | null;
	stop: () => void;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.working} role="status">
			<progress
				aria-label={t("computing.working")}
				{...(progress && { value: progress.done, max: progress.of })}
			/>
			<span>{t("computing.working")}</span>
			<Button
				size="compact-xs"
				variant="default"
				data-testid="computing-stop"
				onClick={stop}
			>
				{t("computing.stop")}
			</Button>
		</div>
	);
}

/** Said where a person has stopped it, with the way to begin anew. */
export function Stopped({ again }: { again: () => void }) {
	const { t } = useLanguage();
	return (
		<PanelNotice
			action={
				<Button size="compact-sm" onClick={again}>
					{t("computing.again")}
				</Button>
			}
		>
			{t("computing.stopped")}
		</PanelNotice>
	);
}
