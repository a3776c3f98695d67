import type { Explanation } from "../../../core/api/explain.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./explain.module.css";

/** Who is asked first, of those who speak. */
export function SourceOrder({ order }: Pick<Explanation, "order">) {
	const { t, language } = useLanguage();
	return (
		<section>
			<h3>{t("explain.order")}</h3>
			<ol className={styles.order}>
				{order.map((entry) => (
					<li key={entry.key}>
						<b>{language === "id" ? entry.id_name : entry.en_name}</b>
						<br />
						<small>{language === "id" ? entry.id_order : entry.en_order}</small>
					</li>
				))}
			</ol>
		</section>
	);
}
