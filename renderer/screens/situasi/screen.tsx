import { useMergedRef } from "@mantine/hooks";
import type { CSSProperties, ReactNode } from "react";
import { Geography } from "../../../core/api/areas.ts";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { useLanguage } from "../../i18n/use-language.ts";
import { useTopology } from "../../parts/map/use-topology.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { ScreenWaiting } from "../../parts/ui/screen-waiting.tsx";
import { type DividerPlace, useDivider } from "../../parts/ui/use-divider.ts";
import { useAnswer } from "../../state/answers.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import { askFigures } from "./figures.ts";
import { inTurn } from "./in-turn.ts";
import { KpiStrip } from "./kpi-strip.tsx";
import { Opening } from "./opening.tsx";
import styles from "./situasi.module.css";

const { figuresDrawn, ...turns } = inTurn(1_000);

const AreaTable = fetched(() =>
	turns
		.table(() => import("../../parts/table/area-table.tsx"))
		.then(({ AreaTable }) => ({ default: AreaTable })),
);
const TrendPanel = fetched(() =>
	turns
		.trend(() => import("../../parts/chart/trend-panel.tsx"))
		.then(({ TrendPanel }) => ({ default: TrendPanel })),
);
const MeasureMap = fetched(() =>
	turns
		.map(() => import("../../parts/map/measure-map.tsx"))
		.then(({ MeasureMap }) => ({ default: MeasureMap })),
);
const ExplainDrawer = fetched(() =>
	import("../../parts/explain/explain-drawer.tsx").then(
		({ ExplainDrawer }) => ({ default: ExplainDrawer }),
	),
);

export { askFigures as ahead };

/** The first screen: where it is, how many, since when, and how sure. */
export default function Situation() {
	const { t } = useLanguage();
	const { areas, selected, onMap, select, failure, retry } = useSelectedArea();
	const coming = (className: string | undefined) => (
		<ComingPanel className={className}>{t("app.loading")}</ComingPanel>
	);
	return (
		<>
			<main className={styles.main}>
				{areas && selected && onMap ? (
					<>
						<Opening {...onMap} />
						<KpiStrip area={selected} areas={areas} onDrawn={figuresDrawn} />
						<BoundariesAhead />
						<Parts>
							<MeasureMap
								waiting={coming(styles.map)}
								className={styles.map}
								{...onMap}
								select={select}
							/>
							<TrendPanel
								waiting={coming(styles.trend)}
								className={styles.trend}
								area={selected}
								areas={areas}
							/>
							<AreaTable
								waiting={coming(styles.table)}
								className={styles.table}
								areas={areas}
								selected={selected}
								select={select}
							/>
						</Parts>
					</>
				) : (
					<ScreenWaiting failure={failure} retry={retry} />
				)}
			</main>
			<TimelineBar />
			{areas && <ExplainDrawer waiting={null} areas={areas} />}
		</>
	);
}

/** Asks for the boundaries while the code of the map is on its way; draws nothing. */
function BoundariesAhead() {
	useTopology(useAnswer(Geography, {}).data?.version);
	return null;
}

/** Map and trend to the left of the table, and the map above the trend. */
const ACROSS: DividerPlace = {
	name: "situasi-across",
	orientation: "horizontal",
	standard: 0.62,
	min: 0.35,
	max: 0.75,
};
const DOWN: DividerPlace = {
	name: "situasi-down",
	orientation: "vertical",
	standard: 0.65,
	min: 0.35,
	max: 0.8,
};

/** Map, trend and table, each as large as the person drew it. */
function Parts({ children }: { children: ReactNode }) {
	const { t } = useLanguage();
	const across = useDivider(ACROSS);
	const down = useDivider(DOWN);
	const box = useMergedRef(across.box, down.box);
	return (
		<div
			ref={box}
			className={styles.parts}
			style={
				{
					"--left": `${across.share}fr`,
					"--right": `${1 - across.share}fr`,
					"--top": `${down.share}fr`,
					"--bottom": `${1 - down.share}fr`,
				} as CSSProperties
			}
		>
			{children}
			{/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the spread makes it a separator */}
			<div
				{...across.line}
				className={styles.across}
				aria-label={t("divider.across")}
				title={t("divider.help")}
			/>
			{/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the spread makes it a separator */}
			<div
				{...down.line}
				className={styles.down}
				aria-label={t("divider.down")}
				title={t("divider.help")}
			/>
		</div>
	);
}
