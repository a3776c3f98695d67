import { entryOf } from "../../../core/dictionary/dictionary.ts";
import type { Term } from "../../../core/dictionary/entry.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { dictionaryEn } from "../../i18n/dictionary-en.ts";
import { dictionaryId } from "../../i18n/dictionary-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { leave } from "../../state/drafts.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./meaning.module.css";

addTexts("dictionary", { id: dictionaryId, en: dictionaryEn });

/** What a figure means, in short: where it is shown. */
export function Meaning({ term }: { term: Term }) {
	const { t, language, format } = useLanguage();
	const { means, unit, caution, breaks } = entryOf(term);
	return (
		<div className={styles.meaning} data-testid={`meaning-${term}`}>
			<p>{means[language]}</p>
			<p>
				<small>
					{t("dictionary.unit")}: {unit[language]}
				</small>
			</p>
			{breaks.map(({ day, says }) => (
				<p key={day}>
					<b>{format.day(day)}</b>: {says[language]}
				</p>
			))}
			{caution && <p>{caution[language]}</p>}
			<button
				type="button"
				className={styles.open}
				onClick={() =>
					leave(() => {
						const { change, explain } = useView.getState();
						explain(null);
						change({ screen: "kamus", own: { entry: term } });
					})
				}
			>
				{t("dictionary.open")}
			</button>
		</div>
	);
}
