import type { UseQueryResult } from "@tanstack/react-query";
import type { AlertRuleVersion } from "../../../core/api/alerts.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import type { InboxAsked } from "./alert-inbox.tsx";
import { AlertRulePanel } from "./alert-rule-panel.tsx";
import type { AlertWords } from "./alert-words.ts";
import styles from "./alerts.module.css";
import { epidemicSearch } from "./search.ts";

/** The rules, how their alerts turned out, and the one that is chosen. */
export function AlertRulesPart({
	rules,
	inbox,
	words,
}: {
	rules: UseQueryResult<AlertRuleVersion[]>;
	inbox: InboxAsked;
	words: AlertWords;
}) {
	const { t, format } = useLanguage();
	const [search, change] = useSearch(epidemicSearch);
	const { data: all, error } = rules;
	const { data: told } = inbox.query;
	if (!all)
		return (
			<Panel
				title={t("alerts.rules.title")}
				testId="alert-rules"
				className={styles.list}
			>
				{error ? (
					<PanelFailure error={error} again={() => rules.refetch()} />
				) : (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				)}
			</Panel>
		);
	const newest = all.filter(
		({ rule }, at) => all.findIndex((one) => one.rule === rule) === at,
	);
	const counts = (value: number | undefined) =>
		value === undefined ? "…" : format.number(value);
	return (
		<div className={styles.parts}>
			<Panel
				title={t("alerts.rules.title")}
				subtitle={t("alerts.rules.about")}
				testId="alert-rules"
				className={styles.list}
			>
				<div className={styles.days}>
					<table data-testid="alert-rules-table">
						<thead>
							<tr>
								<th>{t("alerts.column.rule")}</th>
								<th>{t("alerts.rules.level")}</th>
								<th>{t("alerts.column.threshold")}</th>
								<th>{t("alerts.column.version")}</th>
								<th>{t("alerts.column.raised")}</th>
								<th>{t("alerts.column.open")}</th>
								<th>{t("alerts.column.trueAlarms")}</th>
								<th>{t("alerts.column.falseAlarms")}</th>
								<th>{t("alerts.column.falseShare")}</th>
							</tr>
						</thead>
						<tbody>
							{newest.map(({ rule, version, body }) => {
								const count = told?.rules.find((one) => one.rule === rule);
								return (
									<tr
										key={rule}
										className={search.rule === rule ? styles.chosen : ""}
										data-testid={`alert-rule-${rule}`}
									>
										<th>
											<button
												type="button"
												className={styles.link}
												onClick={() => leave(() => change({ rule }))}
											>
												{words.rule(rule)}
											</button>
											{!body.enabled && (
												<small> ({t("alerts.rules.disabled")})</small>
											)}
										</th>
										<td>{t(`level.${body.level}`)}</td>
										<td>{words.figure(body.kind, body.threshold)}</td>
										<td>{format.number(version)}</td>
										<td>{counts(count?.raised)}</td>
										<td>{counts(count?.open)}</td>
										<td>{counts(count?.trueAlarms)}</td>
										<td data-testid={`false-${rule}`}>
											{counts(count?.falseAlarms)}
										</td>
										<td>
											{count && count.falseShare !== null
												? t("alerts.figure.percent", {
														value: format.count(count.falseShare * 100, 1),
													})
												: "–"}
										</td>
									</tr>
								);
							})}
						</tbody>
					</table>
				</div>
			</Panel>
			<div className={styles.side}>
				<AlertRulePanel
					key={search.rule}
					versions={all.filter(({ rule }) => rule === search.rule)}
					lastDay={told?.lastDay ?? null}
					words={words}
				/>
			</div>
		</div>
	);
}
