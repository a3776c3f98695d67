import type { computingId } from "./computing-id.ts";
import type { WithSingular } from "./texts.ts";

export const computingEn: WithSingular<typeof computingId> = {
	working: "Computing …",
	stop: "Stop",
	stopped: "The computation was stopped.",
	again: "Compute again",
};
