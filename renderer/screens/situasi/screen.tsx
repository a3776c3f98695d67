import { Button } from "@mantine/core";
import { lazy, Suspense } from "react";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { useSelectedArea } from "../../state/selected-area.ts";
import { inTurn } from "./in-turn.ts";
import { KpiStrip } from "./kpi-strip.tsx";
import { Opening } from "./opening.tsx";

const { figuresDrawn, ...turns } = inTurn(1_000);

const AreaTable = lazy(() =>
	turns
		.table(() => import("../../parts/table/area-table.tsx"))
		.then(({ AreaTable }) => ({ default: AreaTable })),
);
const TrendPanel = lazy(() =>
	turns
		.trend(() => import("../../parts/chart/trend-panel.tsx"))
		.then(({ TrendPanel }) => ({ default: TrendPanel })),
);
const MapPanel = lazy(() =>
	turns
		.map(() => import("../../parts/map/map-panel.tsx"))
		.then(({ MapPanel }) => ({ default: MapPanel })),
);
const ExplainDrawer = lazy(() =>
	import("../../parts/explain/explain-drawer.tsx").then(
		({ ExplainDrawer }) => ({ default: ExplainDrawer }),
	),
);

/** The first screen: where it is, how many, since when, and how sure. */
export default function Situation() {
	const { t } = useLanguage();
	const { areas, selected, select, failure, retry } = useSelectedArea();
	const coming = (className: string) => (
		<section className={`panel ${className}`}>
			<PanelNotice>{t("app.loading")}</PanelNotice>
		</section>
	);
	return (
		<>
			<main className="screen-main">
				{areas && selected ? (
					<>
						<Opening areas={areas} selected={selected} />
						<KpiStrip area={selected} areas={areas} onDrawn={figuresDrawn} />
						<Suspense fallback={coming("map-panel")}>
							<MapPanel areas={areas} selected={selected} select={select} />
						</Suspense>
						<Suspense fallback={coming("trend-panel")}>
							<TrendPanel area={selected} areas={areas} />
						</Suspense>
						<Suspense fallback={coming("table-panel")}>
							<AreaTable areas={areas} selected={selected} select={select} />
						</Suspense>
					</>
				) : failure ? (
					<PanelNotice
						role="alert"
						action={<Button onClick={retry}>{t("app.retry")}</Button>}
					>
						{t("error.panel", { message: failure.message })}
					</PanelNotice>
				) : (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				)}
			</main>
			<TimelineBar />
			{areas && (
				<Suspense fallback={null}>
					<ExplainDrawer areas={areas} />
				</Suspense>
			)}
		</>
	);
}
