import type { ReactNode } from "react";
import { type StoreApi, useStore } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import { FiguresOf } from "../../../core/api/figures.ts";
import type { Day } from "../../../core/series/day.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { MARKS } from "../../../core/series/mark.ts";
import type { Measure } from "../../../core/series/measure.ts";
import { isRate } from "../../../core/series/measure.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { figureOf, isWeekly, isWhole, partOf } from "../../state/figure.ts";
import { useView } from "../../state/view-state.ts";
import { useCompletenessText } from "../ui/completeness.tsx";
import { ESTIMATED, hasEstimatedPeople } from "../ui/estimated-people.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { PendingValue } from "../ui/pending-value.tsx";
import { WeekText } from "../ui/week-text.tsx";
import type { Boundaries, DrawnAs } from "./boundaries.ts";
import { DrawnAsNote } from "./drawn-as.tsx";
import styles from "./hover-card.module.css";

/** Where the pointer is in the frame of the map, and to which side of it there is room. */
export interface Pointer {
	readonly x: number;
	readonly y: number;
	readonly onMap: boolean;
	readonly flipX: boolean;
	readonly flipY: boolean;
}

export const NOWHERE: Pointer = {
	x: 0,
	y: 0,
	onMap: false,
	flipX: false,
	flipY: false,
};

/** How the map shows its values. */
interface Shown {
	label: string;
	indicator: IndicatorKey;
	measure: Measure;
	asKnown: Day | null;
}

/** The card at the pointer: all that is drawn again when the pointer moves. */
export function HoverCard({
	pointer,
	areas,
	level,
	boundaries,
	...shown
}: Shown & {
	pointer: StoreApi<Pointer>;
	areas: AreaIndex;
	boundaries: Boundaries | null;
	/** The level whose values colour the map. */
	level: AreaRow["level"];
}) {
	const at = useStore(pointer);
	const hovered = useView((view) => view.hovered);
	const area = hovered === null ? undefined : areas.byId(hovered);
	if (!at.onMap || area?.level !== level) return null;
	const parent =
		area.level === "regency" && area.parent !== null
			? areas.byId(area.parent)
			: undefined;
	return (
		<AreaCard
			area={area}
			parentName={parent?.name ?? null}
			drawnAs={boundaries?.drawnAs(area)}
			at={at}
			{...shown}
		/>
	);
}

/** What the pointer is on: name, code, value, weekly figure, marks in words, as the backend states them. */
function AreaCard({
	area,
	parentName,
	drawnAs,
	at,
	label,
	indicator,
	measure,
	asKnown,
}: Shown & {
	area: AreaRow;
	parentName: string | null;
	drawnAs: DrawnAs | undefined;
	at: Pointer;
}) {
	const { t, format } = useLanguage();
	const completenessText = useCompletenessText();
	const day = usePanelDay();
	const { data } = useAnswer(
		FiguresOf,
		{ indicator, area: area.id, day, as_known: asKnown },
		{ keepLast: true },
	);
	const figures =
		data?.area === area.id && data.indicator === indicator ? data : null;
	const value = figures && figureOf(figures, measure);
	const part =
		figures &&
		!isWhole(figures, measure) &&
		completenessText(partOf(figures, measure) ?? figures.completeness, area);
	return (
		<HoverFrame
			at={at}
			area={area}
			parentName={parentName}
			day={figures?.day ?? null}
			drawnAs={drawnAs}
			label={label}
			value={
				figures && (
					<b>
						{part && `${part}: `}
						{value === null
							? t(
									figures.marks & MARKS.notYetKnown
										? "value.notYetKnown"
										: isWeekly(measure) && figures.value !== null
											? "value.notKnown"
											: "value.notReported",
								)
							: `${isRate(measure) && hasEstimatedPeople(area) ? ESTIMATED : ""}${format.figure(measure, value as number)}`}
					</b>
				)
			}
		>
			{figures && (
				<>
					<PendingValue pending={figures.pending} />
					{figures.value === null && figures.lastReported && (
						<small>
							{t("value.lastReported", {
								value: format.number(figures.lastReported.value),
								day: format.day(figures.lastReported.day),
							})}
						</small>
					)}
					{figures.value !== null && measure !== figures.week.measure && (
						<WeekText figures={figures} />
					)}
					{isRate(measure) && hasEstimatedPeople(area) && (
						<small>{t("people.estimated")}</small>
					)}
					<MarkList
						marks={figures.marks | (isWeekly(measure) ? figures.week.marks : 0)}
						reportDay={figures.lastReported?.day ?? null}
						sourceChange={figures.sourceChange}
					/>
				</>
			)}
		</HoverFrame>
	);
}

/** The frame of a card at the pointer: whose it is, of which day, how its area is drawn, and the value that its colour stands for. */
export function HoverFrame({
	at: { x, y, flipX, flipY },
	area,
	parentName,
	day,
	drawnAs,
	label,
	value,
	children,
}: {
	at: Pointer;
	area: AreaRow;
	parentName: string | null;
	day: Day | null;
	drawnAs: DrawnAs | undefined;
	label: string;
	value: ReactNode;
	children: ReactNode;
}) {
	const { format } = useLanguage();
	return (
		<div
			className={styles.card}
			data-testid="hover-card"
			style={{
				left: x,
				top: y,
				transform: `translate(${flipX ? "calc(-100% - 1rem)" : "1rem"}, ${flipY ? "calc(-100% - 0.5rem)" : "0.5rem"})`,
			}}
		>
			<strong>{area.name}</strong>
			<small>
				{area.code}
				{parentName && ` · ${parentName}`}
				{day !== null && ` · ${format.day(day)}`}
			</small>
			<DrawnAsNote drawnAs={drawnAs} />
			<div className={styles.value}>
				<span>{label}</span>
				{value}
			</div>
			{children}
		</div>
	);
}
