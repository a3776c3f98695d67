import { ActionIcon, Button } from "@mantine/core";
import { Printer } from "lucide-react";
import { useCallback, useEffect } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { State } from "../../../core/api/state.ts";
import { TimelineBar } from "../../clock/timeline-bar.tsx";
import { useDatasetDays } from "../../clock/use-dataset-days.ts";
import { useKeys } from "../../clock/use-keys.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TrendPanel } from "../../parts/chart/trend-panel.tsx";
import { ExplainDrawer } from "../../parts/explain/explain-drawer.tsx";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import { AreaTable } from "../../parts/table/area-table.tsx";
import { AsKnownControl } from "../../parts/ui/as-known-control.tsx";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { Banners } from "../../shell/banners.tsx";
import { ExerciseBanner } from "../../shell/exercise-banner.tsx";
import { LanguageSwitch } from "../../shell/language-switch.tsx";
import { PersonMenu } from "../../shell/person-menu.tsx";
import { SyncIndicator } from "../../shell/sync-indicator.tsx";
import { printWindow } from "../../state/desktop.ts";
import { isKnownDay, knownDays } from "../../state/known-days.ts";
import { useAreas } from "../../state/queries.ts";
import { useView } from "../../state/view-state.ts";
import { AreaBreadcrumb } from "./area-breadcrumb.tsx";
import { AreaSearch } from "./area-search.tsx";
import { ChoiceBar } from "./choice-bar.tsx";
import { KpiStrip } from "./kpi-strip.tsx";

type Dataset = NonNullable<State["dataset"]>;

/** The first screen: where it is, how many, since when, and how sure. */
export function SituationView({ dataset }: { dataset: Dataset }) {
	const { t } = useLanguage();
	const { index: areas, isError, error, refetch } = useAreas();
	const code = useView((view) => view.area);
	const change = useView((view) => view.change);
	useDatasetDays(dataset.firstDay, dataset.lastDay);

	const asKnown = useView((view) => view.asKnown);
	const refuseKnown = useView((view) => view.refuseKnown);
	const known = knownDays(dataset.knownFrom, Date.now());
	// An address may name any day: one outside what was known is not asked for, and the screen says so.
	const refused = asKnown !== null && !isKnownDay(known, asKnown);
	useEffect(() => {
		if (refused) refuseKnown(asKnown);
	}, [refused, refuseKnown, asKnown]);

	const selected = areas?.byCode(code) ?? areas?.nation;
	const select = useCallback(
		(area: AreaRow) => change({ area: area.code }),
		[change],
	);
	const goUp = useCallback(() => {
		if (!areas || !selected || selected.parent === null) return;
		const parent = areas.byId(selected.parent);
		if (parent) select(parent);
	}, [areas, selected, select]);
	useKeys(goUp);
	if (refused) return null;

	return (
		<div className="screen" data-exercise={dataset.exercise || undefined}>
			<ExerciseBanner />
			<header className="screen-header">
				<div className="brand">
					<img src="./icon.svg" alt="" />
					<span>
						<b>{t("app.name")}</b> {t("app.situation")}
					</span>
				</div>
				{areas && selected && (
					<AreaBreadcrumb areas={areas} selected={selected} select={select} />
				)}
				<span className="panel-space" />
				{areas && <AreaSearch areas={areas} select={select} />}
				<ChoiceBar />
				<AsKnownControl days={known} />
				<SyncIndicator />
				<ActionIcon
					variant="default"
					aria-label={t("app.print")}
					onClick={() => void printWindow()}
				>
					<Printer size="1.1em" />
				</ActionIcon>
				<PersonMenu />
				<LanguageSwitch />
			</header>
			<Banners known={known} />
			{areas && selected ? (
				<main className="screen-main">
					<KpiStrip area={selected} areas={areas} />
					<MapPanel areas={areas} selected={selected} select={select} />
					<TrendPanel area={selected} areas={areas} />
					<AreaTable areas={areas} selected={selected} select={select} />
				</main>
			) : (
				<main className="screen-main">
					{isError ? (
						<PanelNotice
							role="alert"
							action={
								<Button onClick={() => void refetch()}>{t("app.retry")}</Button>
							}
						>
							{t("error.panel", { message: error.message })}
						</PanelNotice>
					) : (
						<PanelNotice>{t("app.loading")}</PanelNotice>
					)}
				</main>
			)}
			<TimelineBar firstDay={dataset.firstDay} lastDay={dataset.lastDay} />
			{areas && <ExplainDrawer areas={areas} />}
		</div>
	);
}
