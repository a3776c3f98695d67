import { ReproductionOfAreas } from "../../../core/api/reproduction.ts";
import { PUBLISHED_INTERVALS } from "../../../core/epidemic/interval-name.ts";
import { INTERVALS } from "../../../core/epidemic/published-interval.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import { fetched } from "../../parts/ui/fetched.tsx";
import { Option } from "../../parts/ui/option.tsx";
import { ComingPanel, Panel } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useStoppable } from "../../state/stoppable.ts";
import styles from "./reproduction.module.css";
import { ReproductionChart } from "./reproduction-chart.tsx";
import { ReproductionSmall } from "./reproduction-lines.tsx";
import { ReproductionTable } from "./reproduction-table.tsx";
import { ofTheChoice, WINDOWS } from "./search.ts";
import { useReproductionChoice } from "./use-reproduction.ts";
import type { ViewProps } from "./view-props.ts";

const ReproductionMap = fetched(() => import("./reproduction-map.tsx"));

/** Where it grows and how sure that is: map, ranking, and the curve of the chosen area. */
export default function ReproductionView(props: ViewProps) {
	const { t, format } = useLanguage();
	const choice = useReproductionChoice();
	const { search, changeSearch } = choice;
	const { query, progress, stopped, stop, again } = useStoppable(
		ReproductionOfAreas,
		choice.asked,
	);
	const { error } = query;
	const data = ofTheChoice(query.data, search);
	const interval = INTERVALS[search.interval];
	return (
		<div className={styles.view}>
			<div className={styles.options}>
				<Option
					label={t("level.label")}
					help={t("epidemic.option.levelHelp")}
					testId="rt-level"
					value={search.level}
					values={["province", "regency"]}
					nameOf={(one) => t(`level.${one}`)}
					choose={(level) => changeSearch({ level })}
				/>
				<Option
					label={t("epidemic.option.window")}
					help={t("epidemic.option.windowHelp")}
					testId="rt-window"
					value={search.window}
					values={WINDOWS}
					nameOf={(one) => t("epidemic.option.days", { count: Number(one) })}
					choose={(window) => changeSearch({ window })}
				/>
				<Option
					label={t("epidemic.option.interval")}
					help={t("epidemic.option.intervalHelp")}
					testId="rt-interval"
					value={search.interval}
					values={PUBLISHED_INTERVALS}
					nameOf={(one) => t(`epidemic.intervalOf.${one}`)}
					choose={(one) => changeSearch({ interval: one })}
				/>
				{interval.uncertainty && (
					<Option
						label={t("epidemic.option.draw")}
						help={t("epidemic.option.drawHelp")}
						testId="rt-draw"
						value={search.draw}
						values={["uncertain", "fixed"]}
						nameOf={(one) => t(`epidemic.option.draws.${one}`)}
						choose={(draw) => changeSearch({ draw })}
					/>
				)}
				<p className={styles.source} data-testid="rt-source">
					{t("epidemic.option.source", {
						mean: format.rate(interval.mean),
						sd: format.rate(interval.sd),
						source: interval.source,
					})}{" "}
					{t(
						interval.verified
							? "epidemic.option.verified"
							: "epidemic.option.unverified",
					)}
				</p>
			</div>
			{data && data.shown < data.day && (
				<p className={styles.coming} role="status" data-testid="rt-coming">
					{t("epidemic.rt.comingMap", {
						shown: format.day(data.shown),
						day: format.day(data.day),
					})}
				</p>
			)}
			<div className={styles.parts}>
				<ReproductionMap
					waiting={
						<ComingPanel className={styles.map}>{t("app.loading")}</ComingPanel>
					}
					{...props}
					choice={choice}
					data={data}
					failure={
						error && !data ? { message: error.message, retry: again } : null
					}
				/>
				{data ? (
					<ReproductionTable {...props} choice={choice} data={data} />
				) : (
					<Panel
						title={t("epidemic.rt.title")}
						testId="reproduction-ranking"
						className={styles.ranking ?? ""}
					>
						{stopped ? (
							<Stopped again={again} />
						) : error ? (
							<PanelFailure error={error} again={again} />
						) : (
							<Working progress={progress} stop={stop} />
						)}
					</Panel>
				)}
				<ReproductionChart area={props.selected} choice={choice} />
				{data ? (
					<ReproductionSmall {...props} choice={choice} data={data} />
				) : (
					<ComingPanel className={styles.small}>{t("app.loading")}</ComingPanel>
				)}
			</div>
		</div>
	);
}
