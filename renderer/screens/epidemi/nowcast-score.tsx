import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { ToldNowcast } from "../../../core/api/nowcast.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import styles from "./nowcast.module.css";
import table from "./reproduction.module.css";

/** Nowcasts as they were made a day after the event, beside what came. */
export function NowcastScore({
	area,
	told,
	state,
}: {
	area: AreaRow;
	told: ToldNowcast | null;
	/** What is shown while there is no answer. */
	state: ReactNode;
}) {
	const { t, format } = useLanguage();
	const [as, setAs] = useState<"chart" | "table">("chart");
	const shown = useMemo(() => {
		const first = told?.past[0]?.day;
		const last = told?.past.at(-1)?.day;
		if (!told || first === undefined || last === undefined) return null;
		const byDay = new Map(told.past.map((one) => [one.day, one]));
		const line = (
			value: (one: ToldNowcast["past"][number]) => number,
		): (number | null)[] =>
			Array.from({ length: last - first + 1 }, (_, at) => {
				const one = byDay.get(first + at);
				return one ? value(one) : null;
			});
		const lines: ChartLine[] = [
			{
				label: t("epidemic.nowcast.came"),
				values: line(({ came }) => came),
				look: 0,
			},
			{
				label: t("epidemic.nowcast.toldThen"),
				values: line(({ estimate }) => estimate),
				look: 1,
				band: { low: line(({ low }) => low), high: line(({ high }) => high) },
			},
			{
				label: t("epidemic.nowcast.reportedThen"),
				values: line(({ observed }) => observed),
				look: 2,
			},
		];
		return { first, last, lines };
	}, [told, t]);
	const score = told?.score;
	const says =
		score &&
		t("epidemic.nowcast.score", {
			area: area.name,
			scored: format.number(score.scored),
			share: format.count(score.coverage * 100, 0),
			error: format.rate(score.absoluteError),
			reported: format.rate(score.reportedError),
		});
	return (
		<Panel
			title={t("epidemic.nowcast.past")}
			testId="nowcast-past"
			className={styles.past ?? ""}
			tools={
				<SegmentedControl
					size="xs"
					aria-label={t("epidemic.shownAs.label")}
					data-testid="nowcast-past-as"
					value={as}
					data={(["chart", "table"] as const).map((one) => ({
						value: one,
						label: t(`epidemic.shownAs.${one}`),
					}))}
					onChange={(one) => setAs(one as typeof as)}
				/>
			}
		>
			{state}
			{says ? (
				<>
					{!shown ? null : as === "table" ? (
						// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
						<div className={table.scroll} tabIndex={0}>
							<table data-testid="nowcast-past-days">
								<thead>
									<tr>
										<th scope="col">{t("epidemic.rt.day")}</th>
										<th scope="col" className="number">
											{t("epidemic.nowcast.reportedThen")}
										</th>
										<th scope="col" className="number">
											{t("epidemic.nowcast.toldThen")}
										</th>
										<th scope="col" className="number">
											{t("epidemic.nowcast.came")}
										</th>
									</tr>
								</thead>
								<tbody>
									{told.past.toReversed().map((one) => (
										<tr key={one.day}>
											<th scope="row" className={styles.day}>
												{format.day(one.day)}
											</th>
											<td className="number">
												{format.count(one.observed, 0)}
											</td>
											<td className="number">
												{format.count(one.estimate, 0)} (
												{format.count(one.low, 0)}–{format.count(one.high, 0)})
											</td>
											<td className="number">{format.count(one.came, 0)}</td>
										</tr>
									))}
								</tbody>
							</table>
						</div>
					) : (
						<LinesChart
							firstDay={shown.first}
							lines={shown.lines}
							today={shown.last}
							todayLabel={format.day(shown.last)}
							description={says}
							testId="nowcast-past-chart"
						/>
					)}
					<p className={table.note} data-testid="nowcast-score">
						{says}
					</p>
				</>
			) : (
				!state && <PanelNotice>{t("epidemic.nowcast.noPast")}</PanelNotice>
			)}
		</Panel>
	);
}
