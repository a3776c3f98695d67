import type { ReproductionOfAreas } from "../../../core/api/reproduction.ts";
import type { Asked } from "../../../core/api/route.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { epidemicSearch } from "./search.ts";

/** How R is estimated and shown, as it stands in the address, and what of it every question states. */
export function useReproductionChoice() {
	const [search, changeSearch] = useSearch(epidemicSearch);
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const asked: Asked<typeof ReproductionOfAreas> = {
		level: search.level,
		day,
		as_known: asKnown,
		window: Number(search.window),
		interval: search.interval,
	};
	return { search, changeSearch, asked, day, asKnown };
}
export type ReproductionChoice = ReturnType<typeof useReproductionChoice>;
