import { FreshnessOf } from "../../core/api/sources.ts";
import { ageInDays, isStale } from "../../core/wall/panel-age.ts";
import { staleAfter } from "../../core/wall/scene.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import { useAnswer } from "../state/answers.ts";
import { useConnection } from "../state/connection.ts";
import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

/** How far each source reports, and how old that is; the oldest first. */
export default function SourcesPanel({ panel }: PanelProps) {
	const { t, format, language } = useLanguage();
	const { data, error, refetch } = useAnswer(FreshnessOf, {});
	const dataset = useConnection(({ state }) => state?.dataset);
	const told = data
		?.map((entry) => ({
			...entry,
			age: dataset ? ageInDays(entry.lastDay, dataset, Date.now()) : null,
		}))
		.sort(
			(a, b) =>
				(b.age ?? Number.POSITIVE_INFINITY) -
				(a.age ?? Number.POSITIVE_INFINITY),
		);
	return (
		<Panel title={t("walls.panel.sources")} testId="sources-panel">
			{error && data && <PanelFailure error={error} again={refetch} />}
			{error && !data ? (
				<PanelFailure error={error} again={refetch} />
			) : !told ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : told.length === 0 ? (
				<PanelNotice>{t("walls.noSources")}</PanelNotice>
			) : (
				<table className={styles.list}>
					<thead>
						<tr>
							<th scope="col">{t("freshness.source")}</th>
							<th scope="col">{t("freshness.sourceLastDay")}</th>
							<th scope="col" className="number">
								{t("walls.age")}
							</th>
						</tr>
					</thead>
					<tbody>
						{told.map(({ source, lastDay, follows, age }) => (
							<tr
								key={source.key}
								data-stale={
									(!follows && isStale(age, staleAfter(panel))) || undefined
								}
							>
								<th scope="row">
									{language === "id" ? source.id_name : source.en_name}
								</th>
								<td>
									{lastDay === null
										? t(follows ? "follow.source" : "freshness.never")
										: format.day(lastDay)}
								</td>
								<td className="number">
									{age === null ? "–" : t("walls.days", { count: age })}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
}
