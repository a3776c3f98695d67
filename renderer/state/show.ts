import { create } from "zustand";
import { afterHearing, type HeardShow, Show } from "../../core/wall/show.ts";
import { backendNow } from "./backend-time.ts";

/** What a presenter has the walls do, as the backend tells it; null before its first word. */
export const useHeardShow = create<{ heard: HeardShow | null }>()(() => ({
	heard: null,
}));

/** The backend tells of an order, or of what holds. */
export function hearShow(told: unknown): void {
	const read = Show.safeParse(told);
	if (!read.success) return;
	useHeardShow.setState(({ heard }) => ({
		heard: afterHearing(heard, read.data, backendNow()),
	}));
}
