import { TextInput } from "@mantine/core";
import i18next from "i18next";
import { Search } from "lucide-react";
import { useState } from "react";
import {
	entryOf,
	groupOf,
	isTerm,
	TERMS,
} from "../../../core/dictionary/dictionary.ts";
import type { Term } from "../../../core/dictionary/entry.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { dictionaryEn } from "../../i18n/dictionary-en.ts";
import { dictionaryId } from "../../i18n/dictionary-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { termName } from "../../parts/ui/term-name.ts";
import { useSearch } from "../../state/search.ts";
import { countingOf, statedOf, termsLike } from "./dictionary-rows.ts";
import { EntryText } from "./entry-text.tsx";
import styles from "./kamus.module.css";
import { dictionarySearch } from "./search.ts";

addTexts("dictionary", { id: dictionaryId, en: dictionaryEn });

/** What each figure means: definition, unit, breaks, and who states it. */
export default function Kamus() {
	const { t, language } = useLanguage();
	const [{ entry }, change] = useSearch(dictionarySearch);
	const [typed, setTyped] = useState("");
	const { save, notice } = useSave();
	const table = useDictionaryTable();
	const term = isTerm(entry) ? entry : TERMS.indicator[0];
	// Whoever knows a word of one language alone finds it in the other.
	const found = termsLike(typed, (one) =>
		(["id", "en"] as const).map((of) => termName(i18next.getFixedT(of), one)),
	);
	return (
		<main className={styles.main}>
			<Panel
				title={t("dictionary.title")}
				testId="dictionary"
				className={styles.panel}
				tools={
					<TableExport table={table} save={save} testId="dictionary-export" />
				}
			>
				{notice}
				<div className={styles.parts}>
					<div className={styles.list}>
						<TextInput
							size="xs"
							type="search"
							aria-label={t("dictionary.filter")}
							placeholder={t("dictionary.filter")}
							aria-keyshortcuts="/"
							leftSection={<Search size="1em" aria-hidden />}
							value={typed}
							onChange={(event) => setTyped(event.currentTarget.value)}
						/>
						<nav aria-label={t("dictionary.list")}>
							{found.map(({ group, terms }) => (
								<section key={group}>
									<h3>{t(`dictionary.group.${group}`)}</h3>
									<ul>
										{terms.map((one) => (
											<li key={one}>
												<button
													type="button"
													className={styles.term}
													aria-current={one === term ? "true" : undefined}
													onClick={() => change({ entry: one })}
												>
													{termName(t, one)}
												</button>
											</li>
										))}
									</ul>
								</section>
							))}
							{found.length === 0 && (
								<PanelNotice>{t("dictionary.none", { typed })}</PanelNotice>
							)}
						</nav>
					</div>
					<EntryText
						key={`${term} ${language}`}
						term={term}
						open={(next) => change({ entry: next })}
					/>
				</div>
			</Panel>
		</main>
	);
}

/** The whole dictionary as it leaves: in the language that is read, with name and meaning in the other beside it. */
function useDictionaryTable() {
	const { t, language } = useLanguage();
	const other = language === "id" ? "en" : "id";
	const heads = [
		"key",
		"group",
		"name",
		"otherName",
		"means",
		"otherMeans",
		"unit",
		"counting",
		"level",
		"caution",
		"breaks",
		"documents",
	] as const;
	const cells = (term: Term): (string | null)[] => {
		const { means, unit, caution, breaks, documents } = entryOf(term);
		const stated = statedOf(term);
		return [
			term,
			t(`dictionary.group.${groupOf(term)}`),
			termName(t, term),
			termName(i18next.getFixedT(other), term),
			means[language],
			means[other],
			unit[language],
			t(`dictionary.countings.${countingOf(term)}`),
			stated && t(`dictionary.levels.${stated}`),
			caution?.[language] ?? null,
			breaks
				.map(({ day, says }) => `${isoFromDay(day)}: ${says[language]}`)
				.join(" "),
			documents.join("; "),
		];
	};
	return {
		title: t("screen.kamus"),
		name: (ending: string) => `blc-kamus-data.${ending}`,
		heads: heads.map((head) => t(`dictionary.export.${head}`)),
		rows: () =>
			Object.values(TERMS).flatMap((terms) =>
				(terms as readonly Term[]).map((term) =>
					cells(term).map((value): CsvCell => ({ value, kind: "text" })),
				),
			),
	};
}
