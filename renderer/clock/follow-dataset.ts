import { useConnection } from "../state/connection.ts";
import { clock } from "./use-clock.ts";

/** Tells the clock which days there are, before anything is drawn of them; while no dataset is there, those it knew. */
export function followDataset(): void {
	useConnection.subscribe(({ state }) => {
		if (state?.dataset) clock.setRange(state.dataset);
	});
}
