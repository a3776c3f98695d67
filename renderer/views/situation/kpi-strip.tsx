import { Button, UnstyledButton } from "@mantine/core";
import { Info } from "lucide-react";
import type { AreaRow, Kpi } from "../../../core/api/situation.ts";
import { type Day, day as dayOf } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	indicatorByKey,
} from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useFigureDay, usePlaying } from "../../playback/use-playhead.ts";
import { useKpis } from "../../state/queries.ts";
import { useView } from "../../state/view-state.ts";
import { ChangeText } from "../../ui/change-text.tsx";
import { MarkChips } from "../../ui/mark-list.tsx";
import { PanelNotice } from "../../ui/panel.tsx";
import { SHOWN_INDICATORS } from "./shown-indicators.ts";

/** The figures of the selected area on the shown day. */
export function KpiStrip({ area }: { area: AreaRow }) {
	const { t } = useLanguage();
	const { asKnown } = useView();
	const shownDay = useFigureDay();
	const { data, isError, error, refetch } = useKpis(area.id, shownDay, asKnown);
	if (isError && !data)
		return (
			<div className="kpi-strip">
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
			</div>
		);
	// Figures of another area would stand under this area's name.
	const current = data?.area === area.id ? data : undefined;
	return (
		<section
			className="kpi-strip"
			aria-label={area.name}
			data-testid="kpis"
			data-day={current?.day}
		>
			{SHOWN_INDICATORS.map((key) => (
				<KpiCard
					key={key}
					indicator={key}
					area={area}
					day={current?.day ?? shownDay}
					figure={current?.figures.find((entry) => entry.indicator === key)}
					loading={current === undefined}
				/>
			))}
		</section>
	);
}

/** KMK 413/2020 replaced ODP and PDP by other terms, with no one-to-one map. */
const TERMS_CHANGED = dayOf("2020-07-13");

function termEnded(indicator: IndicatorKey, day: Day): boolean {
	return (
		indicatorByKey(indicator).vocabulary === "before-2020-07-13" &&
		day >= TERMS_CHANGED
	);
}

function KpiCard({
	indicator,
	area,
	day,
	figure,
	loading,
}: {
	indicator: IndicatorKey;
	area: AreaRow;
	day: Day;
	figure: Kpi | undefined;
	loading: boolean;
}) {
	const { t, format } = useLanguage();
	const explain = useView((view) => view.explain);
	const playing = usePlaying();
	const chosen = useView((view) => view.indicator === indicator);
	const name = t(`indicator.${indicator}`);
	const value = figure?.value ?? null;
	const last = figure?.lastReported ?? null;
	return (
		<UnstyledButton
			className="kpi"
			data-testid={`kpi-${indicator}`}
			data-chosen={chosen || undefined}
			aria-label={t("value.explainOf", { what: name })}
			aria-describedby={`kpi-${indicator}`}
			onClick={() =>
				explain({ indicator, area: area.id, day, measure: "total" })
			}
		>
			<span className="kpi-name">
				{name}
				<span className="kpi-marks">
					{figure && <MarkChips marks={figure.marks} signsOnly />}
				</span>
				<Info size="0.9em" aria-hidden />
			</span>
			<span id={`kpi-${indicator}`} className="kpi-detail">
				<span
					className="kpi-value"
					data-testid={`kpi-value-${indicator}`}
					data-missing={value === null || undefined}
				>
					{loading
						? "…"
						: value === null
							? t("value.notReported")
							: format.number(value)}
				</span>
				<span className="kpi-note">
					{loading ? null : playing ? (
						// While time plays a figure may be a moment behind the map, and says which day it is.
						<span className="change muted">{format.day(day)}</span>
					) : value === null && termEnded(indicator, day) ? (
						<span className="change muted">
							{t("value.termEnded", { day: format.day(TERMS_CHANGED) })}
						</span>
					) : value === null ? (
						<span className="change muted">
							{last
								? t("value.lastReported", {
										value: format.number(last.value),
										day: format.day(last.day),
									})
								: t("value.never")}
						</span>
					) : (
						<ChangeText change={figure?.week.value ?? null} />
					)}
				</span>
			</span>
		</UnstyledButton>
	);
}
