import { type StoreApi, useStore } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Day } from "../../../core/series/day.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries, DrawnAs } from "../../parts/map/boundaries.ts";
import { HoverFrame, type Pointer } from "../../parts/map/hover-card.tsx";
import { MarkList } from "../../parts/ui/mark-list.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import type { Spread } from "../../state/spread.ts";
import { useView } from "../../state/view-state.ts";
import { writtenFigure } from "./written-figure.ts";

/** The card at the pointer: what the colour under it stands for. */
export function HoveredArea({
	pointer,
	areas,
	boundaries,
	spread,
	label,
	dayOf,
	write,
}: {
	pointer: StoreApi<Pointer>;
	areas: AreaIndex;
	boundaries: Boundaries | null;
	spread: Pick<Spread, "cube">;
	label: string;
	/** The day that is drawn, where it is not that of the clock. */
	dayOf?: (day: Day) => Day;
	/** How a value is written, where it is not a figure of its day. */
	write?: (area: AreaRow, value: number | null, marks: number) => string;
}) {
	const at = useStore(pointer);
	const hovered = useView((view) => view.hovered);
	const area = hovered === null ? undefined : areas.byId(hovered);
	if (!at.onMap || area?.level !== spread.cube.header.level) return null;
	const drawnAs = boundaries?.drawnAs(area);
	return (
		<Card
			area={area}
			at={at}
			{...{ areas, drawnAs, spread, label, dayOf, write }}
		/>
	);
}

function Card({
	area,
	areas,
	drawnAs,
	spread: { cube },
	label,
	at,
	dayOf,
	write,
}: {
	area: AreaRow;
	areas: AreaIndex;
	drawnAs: DrawnAs | undefined;
	spread: Pick<Spread, "cube">;
	label: string;
	at: Pointer;
	dayOf: ((day: Day) => Day) | undefined;
	write:
		| ((area: AreaRow, value: number | null, marks: number) => string)
		| undefined;
}) {
	const language = useLanguage();
	const now = useFigureDay();
	const day = dayOf?.(now) ?? now;
	const { firstDay, days, rate } = cube.header;
	const cell = areas.row(area) * days + day - firstDay;
	const isInside = day >= firstDay && day < firstDay + days;
	const value = isInside ? (cube.values[cell] ?? null) : null;
	const marks = isInside ? (cube.marks[cell] ?? 0) : 0;
	const parent = area.parent === null ? undefined : areas.byId(area.parent);
	return (
		<HoverFrame
			at={at}
			area={area}
			parentName={area.level !== "province" && parent ? parent.name : null}
			day={day}
			drawnAs={drawnAs}
			label={label}
			value={
				<b>
					{write?.(area, value, marks) ??
						writtenFigure(language, area, value, marks, rate)}
				</b>
			}
		>
			<MarkList marks={marks} sourceChange={null} />
		</HoverFrame>
	);
}
