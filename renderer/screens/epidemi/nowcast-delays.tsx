import type { ReactNode } from "react";
import type { ToldNowcast } from "../../../core/api/nowcast.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import styles from "./nowcast.module.css";
import table from "./reproduction.module.css";

/** How long reports take: which share of a day's count is known after how many days. Its bars stand in their table. */
export function NowcastDelays({
	told,
	state,
}: {
	told: ToldNowcast | null;
	/** What is shown while there is no answer. */
	state: ReactNode;
}) {
	const { t, format } = useLanguage();
	return (
		<Panel
			title={t("epidemic.nowcast.delays")}
			testId="nowcast-delays"
			className={styles.delays ?? ""}
		>
			{state}
			{told ? (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
				<div className={table.scroll} tabIndex={0}>
					<table>
						<thead>
							<tr>
								<th scope="col">{t("epidemic.nowcast.delay")}</th>
								<th scope="col" className="number">
									{t("epidemic.nowcast.within")}
								</th>
								<td className={styles.barHead} />
							</tr>
						</thead>
						<tbody>
							{told.within.map((share, days) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: the place is the delay
								<tr key={days}>
									<th scope="row">
										{t("epidemic.nowcast.withinDays", { count: days })}
									</th>
									<td className="number">
										{share === null ? "–" : `${format.count(share * 100, 0)} %`}
									</td>
									<td aria-hidden="true">
										{share !== null && (
											<i
												className={styles.bar}
												style={{ width: `${share * 100}%` }}
											/>
										)}
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			) : (
				!state && <PanelNotice>{t("epidemic.nowcast.noDelays")}</PanelNotice>
			)}
		</Panel>
	);
}
