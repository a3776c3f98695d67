import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import styles from "./exercise-banner.module.css";

/** Says on every screen, and on paper, that the data is of an exercise. */
export function ExerciseBanner() {
	const { t } = useLanguage();
	const dataset = useConnection((connection) => connection.state?.dataset);
	if (!dataset?.exercise) return null;
	const label = dataset.label || t("exercise.label");
	return (
		<div className={styles.banner} role="note" data-testid="exercise-banner">
			<b>{label}</b>
			<span>
				{t("exercise.text")}
				{dataset.follow.length > 0 && (
					// Without it a shelf that was not simulated yet is taken for one nobody reports.
					<span data-testid="exercise-follows">
						{dataset.follow.map((detail) => ` · ${t(`follow.${detail}`)}`)}
					</span>
				)}
			</span>
			<b aria-hidden>{label}</b>
		</div>
	);
}
