import { Button } from "@mantine/core";
import { QUERIES } from "../../../core/api/all.ts";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { DayField } from "../../clock/day-field.tsx";
import { PlayButtons, SpeedChoice } from "../../clock/play-buttons.tsx";
import { useClock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { EpidemicCurve } from "../../parts/chart/epidemic-curve.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useViewOf } from "../../state/view-state.ts";
import styles from "./sebaran.module.css";

/** Days per second: half a day for who explains, sixty for who looks for a wave. */
const SPEEDS = [0.5, 2, 5, 10, 20, 60] as const;

const ofTheDay = (day: Day): Day => day;

/** The history of the selected area, and everything that moves through it. */
export function History({ area }: { area: AreaRow }) {
	const range = useClock((clock) => clock.range);
	return range && <HistoryPanel area={area} range={range} />;
}

function HistoryPanel({
	area,
	range,
}: {
	area: AreaRow;
	range: { firstDay: Day; lastDay: Day };
}) {
	const { t } = useLanguage();
	const { indicator, asKnown } = useViewOf("indicator", "asKnown");
	const day = useFigureDay();
	const { data, isError, error, refetch } = useAnswer(
		QUERIES.series,
		{ indicator, area: area.id, as_known: asKnown },
		{ keepLast: true },
	);
	const series =
		data?.area === area.id && data.indicator === indicator ? data : null;
	const isCounted = indicatorByKey(indicator).kind === "cumulative";
	const what = t(isCounted ? "curve.new" : "curve.state", {
		indicator: t(`indicator.${indicator}`),
		area: area.name,
	});
	return (
		<Panel
			title={what}
			testId="history-panel"
			className={styles.history}
			tools={<SpeedChoice speeds={SPEEDS} />}
		>
			<div className={styles.bar}>
				<div className={styles.controls}>
					<DayField day={day} {...range} />
					<PlayButtons firstDay={range.firstDay} />
				</div>
				{isError && !series ? (
					<PanelNotice
						role="alert"
						action={
							<Button size="compact-sm" onClick={() => void refetch()}>
								{t("app.retry")}
							</Button>
						}
					>
						{t("error.panel", { message: error.message })}
					</PanelNotice>
				) : series?.value.every((value) => value === null) ? (
					<PanelNotice>
						{t("curve.nothing", {
							indicator: t(`indicator.${indicator}`),
							area: area.name,
						})}
					</PanelNotice>
				) : (
					<EpidemicCurve
						series={series}
						range={range}
						label={what}
						from={ofTheDay}
					/>
				)}
			</div>
		</Panel>
	);
}
