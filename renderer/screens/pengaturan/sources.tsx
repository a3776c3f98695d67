import { NameSource as NameSourceCommand } from "../../../core/api/decisions.ts";
import { FreshnessOf } from "../../../core/api/sources.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { NameSource } from "../../parts/decision/name-source.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useMay } from "../../state/session.ts";
import styles from "./pengaturan.module.css";

/** What the sources are called, for whoever may call them otherwise. */
export function SourceNames() {
	const { t, language } = useLanguage();
	const may = useMay(NameSourceCommand);
	const { data } = useAnswer(FreshnessOf, {}, { enabled: may });
	if (!may || !data || data.length === 0) return null;
	return (
		<section aria-labelledby="settings-sources">
			<h3 id="settings-sources">{t("settings.sources")}</h3>
			<p className="muted">{t("settings.sourcesHelp")}</p>
			<ul className={styles.sources}>
				{data.map(({ source }) => {
					const names = { id: source.id_name, en: source.en_name };
					return (
						<li key={source.key} data-testid={`source-${source.key}`}>
							<span>{names[language]}</span>
							<NameSource source={source.key} names={names} />
						</li>
					);
				})}
			</ul>
		</section>
	);
}
