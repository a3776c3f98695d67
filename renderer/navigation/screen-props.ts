import type { State } from "../../core/api/state.ts";

/** What every screen is given. */
export interface ScreenProps {
	dataset: NonNullable<State["dataset"]>;
}
