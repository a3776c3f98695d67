import type { ColDef } from "ag-grid-community";
import { useMemo } from "react";
import { type SourceScore, SourceScoresOf } from "../../../core/api/desk.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { knownFirst } from "../../parts/table/known-first.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useAnswer } from "../../state/answers.ts";
import { DeskGrid } from "./desk-grid.tsx";
import styles from "./integrasi.module.css";
import type { ViewProps } from "./view-props.ts";

/** How well each source does: a line of figures that can be sorted. */
export default function ScoreView(_: ViewProps) {
	const { t, format, language } = useLanguage();
	const asked = usePanelDay();
	const root = useRootSize();
	const query = useAnswer(SourceScoresOf, { day: asked }, { keepLast: true });
	// While the answer of another day is on its way the last one stays, under its own day.
	const day = query.data?.day ?? asked;
	const columns = useMemo((): ColDef<SourceScore>[] => {
		const number = (
			field:
				| "files"
				| "accepted"
				| "quarantined"
				| "values"
				| "restated"
				| "corrections",
		): ColDef<SourceScore> => ({
			field,
			headerName: t(`integration.score.${field}`),
			type: "rightAligned",
			flex: 0.7,
			minWidth: root * 5.5,
			comparator: knownFirst,
			valueFormatter: ({ value }) =>
				value === null ? "–" : format.number(value as number),
		});
		const share = (
			colId: "complete" | "inTime",
			of: (score: SourceScore) => number | null,
		): ColDef<SourceScore> => ({
			colId,
			headerName: t(`integration.score.${colId}`),
			type: "rightAligned",
			flex: 0.7,
			minWidth: root * 5.5,
			comparator: knownFirst,
			valueGetter: ({ data }) => (data ? of(data) : null),
			valueFormatter: ({ value }) =>
				value === null ? "–" : `${format.count((value as number) * 100, 0)} %`,
		});
		return [
			{
				colId: "source",
				headerName: t("integration.source"),
				flex: 2,
				minWidth: root * 12,
				valueGetter: ({ data }) =>
					data &&
					(language === "id" ? data.source.id_name : data.source.en_name),
				tooltipValueGetter: ({ data }) => data?.source.key,
			},
			share("complete", ({ complete }) => complete),
			share("inTime", ({ delays }) => {
				const all = delays.reduce((sum, count) => sum + count, 0);
				return all === 0 ? null : ((delays[0] ?? 0) + (delays[1] ?? 0)) / all;
			}),
			{
				colId: "delay",
				headerName: t("integration.score.delay"),
				flex: 1.6,
				minWidth: root * 13,
				sortable: false,
				valueGetter: ({ data }) =>
					data?.delays.map((count) => format.number(count)).join(" / "),
			},
			number("files"),
			number("accepted"),
			number("quarantined"),
			number("values"),
			number("restated"),
			number("corrections"),
		];
	}, [t, format, root, language]);
	return (
		<Panel
			title={t("integration.score.title", { day: format.day(day) })}
			testId="score-panel"
			className={styles.whole}
		>
			{query.error && !query.data ? (
				<PanelFailure error={query.error} again={query.refetch} />
			) : !query.data ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : query.data.scores.length === 0 ? (
				<PanelNotice>{t("integration.score.none")}</PanelNotice>
			) : (
				<DeskGrid
					rows={query.data.scores}
					columns={columns}
					idOf={({ source }) => source.key}
					testId="score-table"
				/>
			)}
			<p className={styles.how}>{t("integration.score.how")}</p>
		</Panel>
	);
}
