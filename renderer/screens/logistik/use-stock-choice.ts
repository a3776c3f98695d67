import type { ShortageOf } from "../../../core/api/logistics.ts";
import type { Asked } from "../../../core/api/route.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { logisticsSearch } from "./search.ts";

/** How stocks are reckoned and shown, as it stands in the address, and what of it every question of them states. */
export function useStockChoice() {
	const [search, changeSearch] = useSearch(logisticsSearch);
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const asked: Omit<Asked<typeof ShortageOf>, "area" | "rows" | "item"> = {
		day,
		as_known: asKnown,
		horizon: Number(search.weeks) * 7,
		stratum: search.stratum,
		reuse: Number(search.reuse),
		use: search.use,
	};
	return { search, changeSearch, asked, asKnown };
}
