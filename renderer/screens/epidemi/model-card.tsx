import { useLanguage } from "../../i18n/use-language.ts";
import { Panel } from "../../parts/ui/panel.tsx";
import styles from "./reproduction.module.css";

interface Card {
	model: "rt" | "renewal" | "nowcast";
	/** How it did last, where that is known. */
	score: string | null;
}

/** What a model assumes, when it fails, and what its numbers rest on, in words; the formula is one press away. */
export function ModelWords({ model, score }: Card) {
	const { t } = useLanguage();
	return (
		// What is pressed for the formula scrolls along: the whole is reached by keyboard.
		<div className={styles.words}>
			<dl>
				{(["says", "assumes", "fails", "rests"] as const).map((part) => (
					<div key={part}>
						<dt>{t(`epidemic.card.${part}`)}</dt>
						<dd>{t(`epidemic.card.${model}.${part}`)}</dd>
					</div>
				))}
				<div>
					<dt>{t("epidemic.card.score")}</dt>
					<dd>{score ?? t(`epidemic.card.${model}.score`)}</dd>
				</div>
			</dl>
			<details className={styles.formula}>
				<summary>{t("epidemic.card.formula")}</summary>
				<p>{t(`epidemic.card.${model}.formula`)}</p>
			</details>
		</div>
	);
}

/** The same as a panel. */
export function ModelCard(card: Card) {
	const { t } = useLanguage();
	return (
		<Panel
			title={t(`epidemic.card.${card.model}.title`)}
			testId={`model-card-${card.model}`}
			className={styles.card ?? ""}
		>
			<ModelWords {...card} />
		</Panel>
	);
}
