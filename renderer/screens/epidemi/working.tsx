import { Button } from "@mantine/core";
import type { Progress } from "../../../core/api/progress.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./reproduction.module.css";

/** Said while a model is at work: how far it is, and the way to stop it. */
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
				aria-label={t("epidemic.working")}
				{...(progress && { value: progress.done, max: progress.of })}
			/>
			<span>{t("epidemic.working")}</span>
			<Button
				size="compact-xs"
				variant="default"
				data-testid="epidemic-stop"
				onClick={stop}
			>
				{t("epidemic.stop")}
			</Button>
		</div>
	);
}
