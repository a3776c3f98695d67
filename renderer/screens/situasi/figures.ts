import type { QueryClient } from "@tanstack/react-query";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Kpis } from "../../../core/api/figures.ts";
import type { Asked } from "../../../core/api/route.ts";
import { clock } from "../../clock/use-clock.ts";
import { keyOf } from "../../state/answer-key.ts";
import { indexAreas } from "../../state/area-index.ts";
import { ask } from "../../state/ask.ts";
import { DEFAULT_VIEW, useView } from "../../state/view-state.ts";

/** What the strip of figures asks for. */
export function figuresAsked(
	area: AreaRow,
	{ day, asKnown }: { day: number; asKnown: number | null },
): Asked<typeof Kpis> {
	return { area: area.id, day, as_known: asKnown };
}

/**
 * Asks for the figures of the place of this window before anything has been drawn: else they would be asked for when all around them had
 * been, together with all that is larger. Not of a kecamatan, which is not among these areas.
 */
export async function askFigures(
	queries: QueryClient,
	areas: readonly AreaRow[],
): Promise<void> {
	const { area, asKnown } = useView.getState();
	const { byCode, nation } = indexAreas(areas);
	const selected = byCode(area) ?? (area === DEFAULT_VIEW.area ? nation : null);
	if (!selected) return;
	const asked = figuresAsked(selected, { day: clock.day, asKnown });
	await queries.prefetchQuery({
		queryKey: keyOf(Kpis, asked),
		queryFn: ({ signal }) => ask(Kpis, asked, signal),
	});
}
