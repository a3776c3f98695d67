import { UnstyledButton } from "@mantine/core";
import { Info } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Kpi } from "../../../core/api/figures.ts";
import { Kpis } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	type IndicatorKey,
	isInUse,
	VOCABULARY_BREAK,
} from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { useClock, useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	firstNamesOf,
	namesOf,
	useCompletenessText,
} from "../../parts/ui/completeness.tsx";
import { sharedOut, useLitParts } from "../../parts/ui/lit-parts.ts";
import { MarkChips } from "../../parts/ui/mark-list.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { PendingValue } from "../../parts/ui/pending-value.tsx";
import { PinMenu } from "../../parts/ui/pin-menu.tsx";
import { WeekNote, WeekText } from "../../parts/ui/week-text.tsx";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { useView, useViewOf } from "../../state/view-state.ts";
import { figuresAsked } from "./figures.ts";
import styles from "./kpi.module.css";
import { tilesOf } from "./tiles.ts";

/** The figures of the selected area on the shown day. */
export function KpiStrip({
	area,
	areas,
	onDrawn,
}: {
	area: AreaRow;
	areas: AreaIndex;
	/** The figures are on the screen, or it says that they cannot be had. */
	onDrawn: () => void;
}) {
	const { asKnown, indicator } = useViewOf("asKnown", "indicator");
	const { t } = useLanguage();
	const shownDay = useFigureDay();
	const lit = useLitParts();
	const { data, isError, error, refetch } = useAnswer(
		Kpis,
		figuresAsked(area, { day: shownDay, asKnown }),
		{ keepLast: true },
	);
	const answered = data !== undefined || isError;
	useEffect(() => {
		if (answered) onDrawn();
	}, [answered, onDrawn]);
	if (isError && !data)
		return (
			<div className={styles.strip}>
				<PanelFailure error={error} again={refetch} />
			</div>
		);
	// While another answer is on its way the last one stays, with its day; figures of another area would stand under this area's name.
	const current = data?.[0]?.area === area.id ? data : undefined;
	const day = current?.[0]?.day;
	const tiles = tilesOf(day ?? shownDay, current, indicator).map((key) => (
		<KpiCard
			key={key}
			indicator={key}
			area={area}
			areas={areas}
			day={day ?? shownDay}
			figure={current?.find((entry) => entry.indicator === key)}
			loading={current === undefined}
		/>
	));
	return (
		<section
			className={styles.strip}
			aria-label={area.name}
			data-testid="kpis"
			data-day={day}
		>
			{lit ? <BesideFrames parts={lit.across}>{tiles}</BesideFrames> : tiles}
			<PinMenu kind="kpi" what={`${t("pin.kpi")}, ${area.name}`} />
		</section>
	);
}

/** Tiles on several displays: none lies behind a frame, where half a figure would be read as another one. */
function BesideFrames({
	parts,
	children,
}: {
	parts: readonly (readonly [from: number, to: number])[];
	children: readonly ReactNode[];
}) {
	const counts = sharedOut(children.length, parts);
	const widthAt = (at: number) => {
		const [from, to] = parts[at] ?? [0, 1];
		return (to - from) / (counts[at] || 1);
	};
	// All figures are as large as they are in the narrowest tile.
	const narrowest = Math.min(...parts.map((_, at) => widthAt(at)));
	return (
		<div className={styles.besideFrames}>
			{parts.map(([from, to], at) => {
				const before = counts.slice(0, at).reduce((sum, one) => sum + one, 0);
				return (
					<div
						key={from}
						className={styles.strip}
						style={
							{
								left: `${100 * from}%`,
								width: `${100 * (to - from)}%`,
								"--of-widest": narrowest / widthAt(at),
							} as CSSProperties
						}
					>
						{children.slice(before, before + (counts[at] ?? 0))}
					</div>
				);
			})}
		</div>
	);
}

/** Letters in which a tile names who is missing: what two lines hold. All of them stand where the number is explained. */
const LETTERS = 28;

function KpiCard({
	indicator,
	area,
	areas,
	day,
	figure,
	loading,
}: {
	indicator: IndicatorKey;
	area: AreaRow;
	areas: AreaIndex;
	day: Day;
	figure: Kpi | undefined;
	loading: boolean;
}) {
	const { t, format } = useLanguage();
	const explain = useView((view) => view.explain);
	const playing = useClock((clock) => clock.playing);
	const chosen = useView((view) => view.indicator === indicator);
	const name = t(`indicator.${indicator}`);
	const value = figure?.value ?? null;
	const last = figure?.lastReported ?? null;
	const completenessText = useCompletenessText();
	const follows = useLevelFollows(area.level);
	// Of a value that is a sum: who is in it and who is not. A report of the area's own is whole whoever is silent below it.
	const parts =
		figure && value !== null && figure.reporting !== null
			? completenessText(figure.completeness, area)
			: null;
	const missing = figure?.completeness.missing ?? [];
	return (
		<UnstyledButton
			className={styles.tile}
			data-testid={`kpi-${indicator}`}
			data-chosen={chosen || undefined}
			title={t("value.explainOf", { what: name })}
			onClick={() =>
				explain({ indicator, area: area.id, day, measure: "total" })
			}
		>
			<span className={styles.name}>
				{name}
				<span className={styles.marks}>
					{figure && (
						<MarkChips
							marks={figure.marks}
							reportDay={last?.day ?? null}
							signsOnly
						/>
					)}
				</span>
				<Info size="0.9em" aria-hidden />
			</span>
			<span>
				<span
					className={styles.value}
					data-testid={`kpi-value-${indicator}`}
					// On a wall its size follows from how long it is.
					style={
						{
							"--signs": value === null ? 8 : format.number(value).length,
						} as CSSProperties
					}
					data-missing={value === null || undefined}
					data-part={(figure && !figure.whole) || undefined}
				>
					{loading
						? "…"
						: value === null
							? t(
									figure && figure.marks & MARKS.notYetKnown
										? "value.notYetKnown"
										: "value.notReported",
								)
							: figure?.whole === false && parts
								? `${parts}: ${format.number(value)}`
								: format.number(value)}
				</span>
				<PendingValue pending={figure?.pending ?? null} />
				<span className={styles.note}>
					{loading ? null : playing ? (
						// While time plays a figure may be a moment behind the map, and says which day it is.
						<WeekNote>{format.day(day)}</WeekNote>
					) : value === null && !isInUse(indicator, day) ? (
						<WeekNote>
							{t(
								day < VOCABULARY_BREAK ? "value.termBegins" : "value.termEnded",
								{ day: format.day(VOCABULARY_BREAK) },
							)}
						</WeekNote>
					) : value === null || (figure?.marks ?? 0) & MARKS.lastReport ? (
						<WeekNote>
							{last
								? t("value.lastReported", {
										value: format.number(last.value),
										day: format.day(last.day),
									})
								: t(follows ? "follow.source" : "value.never")}
						</WeekNote>
					) : (
						figure && <WeekText figures={figure} />
					)}
					{!loading && !playing && parts && missing.length > 0 && (
						<span
							className={styles.missing}
							title={namesOf(areas, missing)}
							data-testid={`kpi-missing-${indicator}`}
						>
							{figure?.whole && `${parts}; `}
							{t("completeness.without", {
								areas: firstNamesOf(areas, missing, LETTERS),
							})}
						</span>
					)}
				</span>
			</span>
		</UnstyledButton>
	);
}
