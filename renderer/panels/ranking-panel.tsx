import { type CSSProperties, useLayoutEffect, useState } from "react";
import { TableOf } from "../../core/api/figures.ts";
import { ranked } from "../../core/series/rank.ts";
import { linesThatFit } from "../../core/wall/legibility.ts";
import { useFigureDay } from "../clock/use-clock.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { abbreviated } from "../parts/ui/area-name.ts";
import { FreshnessChip } from "../parts/ui/freshness-chip.tsx";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import { useRootSize } from "../parts/ui/root-size.ts";
import { useAnswer } from "../state/answers.ts";
import { parentOf } from "../state/area-index.ts";
import { figureOf } from "../state/figure.ts";
import { useView, useViewOf } from "../state/view-state.ts";
import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

/** The areas with the highest figures, in their order; who has none has no place. */
export default function RankingPanel({ areas, selected }: PanelProps) {
	const { t, format } = useLanguage();
	const { indicator, measure, asKnown } = useViewOf(
		"indicator",
		"measure",
		"asKnown",
	);
	const pointed = useView((view) => view.pointed);
	const day = useFigureDay();
	const parent = parentOf(areas, selected);
	const { data, error, refetch } = useAnswer(
		TableOf,
		{ indicator, area: parent.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	const table =
		data?.area === parent.id && data.indicator === indicator ? data : undefined;
	const ranks = ranked(table?.rows ?? [], (row) => figureOf(row, measure));
	const most = ranks[0]?.value || 1;
	const [list, setList] = useState<HTMLElement | null>(null);
	const lines = useLines(list);
	const first = ranks.slice(0, lines);
	// Who is pointed at is seen, whatever the place.
	const beyond = ranks.slice(lines).find(({ of }) => of.area === pointed);
	const shown = beyond ? [...first.slice(0, -1), beyond] : first;
	return (
		<Panel
			title={t("walls.ranking", {
				indicator: t(`indicator.${indicator}`),
				measure: t(`measure.${measure}`),
			})}
			subtitle={`${parent.name} · ${format.day(table?.day ?? day)}`}
			testId="ranking-panel"
			means={{ term: indicator, name: t(`indicator.${indicator}`) }}
			freshness={
				<FreshnessChip
					indicator={indicator}
					completeness={table?.completeness ?? null}
					area={parent}
					areas={areas}
				/>
			}
		>
			{error && table && <PanelFailure error={error} again={refetch} />}
			{error && !table ? (
				<PanelFailure error={error} again={refetch} />
			) : !table ? (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			) : ranks.length === 0 ? (
				<PanelNotice>
					{t("walls.nobodyRanked", { day: format.day(table.day) })}
				</PanelNotice>
			) : (
				<ol
					className={styles.ranking}
					ref={setList}
					style={{ "--lines": Math.max(1, shown.length) } as CSSProperties}
				>
					{shown.map(({ of, rank, value }) => (
						<li
							key={of.area}
							data-pointed={of.area === pointed || undefined}
							style={{ "--share": Math.max(0, value / most) } as CSSProperties}
						>
							<span>{rank}</span>
							<span>{abbreviated(areas.byId(of.area)?.name ?? "")}</span>
							<b>{format.figure(measure, value)}</b>
						</li>
					))}
				</ol>
			)}
		</Panel>
	);
}

/** How many lines a list has room for; measured again with its panel. */
function useLines(list: HTMLElement | null): number {
	const [lines, setLines] = useState(0);
	const type = useRootSize();
	useLayoutEffect(() => {
		if (!list) return;
		const measure = () =>
			setLines(
				linesThatFit({
					height: list.clientHeight,
					type,
					width: innerWidth,
				}),
			);
		measure();
		const resize = new ResizeObserver(measure);
		resize.observe(list);
		return () => resize.disconnect();
	}, [list, type]);
	return lines;
}
