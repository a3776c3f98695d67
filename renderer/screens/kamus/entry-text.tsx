import { STATED_TERMS, StatedOf } from "../../../core/api/dictionary.ts";
import { entryOf } from "../../../core/dictionary/dictionary.ts";
import type { Term } from "../../../core/dictionary/entry.ts";
import type { FacilityMeasure } from "../../../core/facilities/measure.ts";
import type { StoredKey } from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { termName } from "../../parts/ui/term-name.ts";
import { useAnswer } from "../../state/answers.ts";
import { countingOf, statedOf } from "./dictionary-rows.ts";
import styles from "./kamus.module.css";

/** A term whole. */
export function EntryText({
	term,
	open,
}: {
	term: Term;
	open: (term: Term) => void;
}) {
	const { t, language, format } = useLanguage();
	const { means, unit, caution, breaks, related, documents } = entryOf(term);
	const stated = statedOf(term);
	return (
		<article className={styles.entry} aria-label={termName(t, term)}>
			<h3>{termName(t, term)}</h3>
			<p className={styles.means}>{means[language]}</p>
			<dl>
				<div>
					<dt>{t("dictionary.unit")}</dt>
					<dd>{unit[language]}</dd>
				</div>
				<div>
					<dt>{t("dictionary.counting")}</dt>
					<dd>{t(`dictionary.countings.${countingOf(term)}`)}</dd>
				</div>
				{stated && (
					<div>
						<dt>{t("dictionary.level")}</dt>
						<dd>{t(`dictionary.levels.${stated}`)}</dd>
					</div>
				)}
				{caution && (
					<div>
						<dt>{t("dictionary.caution")}</dt>
						<dd>{caution[language]}</dd>
					</div>
				)}
				{breaks.length > 0 && (
					<div>
						<dt>{t("dictionary.breaks")}</dt>
						<dd>
							{breaks.map(({ day, says }) => (
								<p key={day}>
									<b>{format.day(day)}</b>: {says[language]}
								</p>
							))}
						</dd>
					</div>
				)}
				<div>
					<dt>{t("dictionary.related")}</dt>
					<dd className={styles.related}>
						{related.map((one) => (
							<button key={one} type="button" onClick={() => open(one)}>
								{termName(t, one)}
							</button>
						))}
					</dd>
				</div>
				{documents.length > 0 && (
					<div>
						<dt>{t("dictionary.documents")}</dt>
						<dd>
							{documents.map((document) => (
								<p key={document}>{document}</p>
							))}
						</dd>
					</div>
				)}
			</dl>
			{isStated(term) && <Statements term={term} />}
		</article>
	);
}

function isStated(term: Term): term is StoredKey | FacilityMeasure {
	return (STATED_TERMS as readonly Term[]).includes(term);
}

/** Which sources state it: where a term ended and another began, their days show when each of them changed over. */
function Statements({ term }: { term: StoredKey | FacilityMeasure }) {
	const { t, language, format } = useLanguage();
	const { data, error, refetch } = useAnswer(StatedOf, { term });
	return (
		<section>
			<h4>{t("dictionary.sources")}</h4>
			{error && !data ? (
				<PanelFailure error={error} again={refetch} />
			) : !data ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : data.length === 0 ? (
				<p className="muted">{t("dictionary.noSources")}</p>
			) : (
				<table data-testid="dictionary-sources">
					<thead>
						<tr>
							<th scope="col">{t("dictionary.source")}</th>
							<th scope="col">{t("dictionary.of")}</th>
							<th scope="col">{t("dictionary.firstDay")}</th>
							<th scope="col">{t("dictionary.lastDay")}</th>
						</tr>
					</thead>
					<tbody>
						{data.map(({ source, levels, facilities, firstDay, lastDay }) => (
							<tr key={source.key}>
								<th scope="row">
									{language === "id" ? source.id_name : source.en_name}
								</th>
								<td>
									{facilities !== null
										? t("dictionary.facilities", {
												units: format.number(facilities),
											})
										: levels
												.map(({ level, units }) =>
													t(`dictionary.units.${level}`, {
														units: format.number(units),
													}),
												)
												.join(", ")}
								</td>
								<td>{format.day(firstDay)}</td>
								<td>{format.day(lastDay)}</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</section>
	);
}
