import { create } from "zustand";
import { Progress } from "../../core/api/progress.ts";

/** How far answers are that take their time, by the address that was asked. */
const useAll = create<Readonly<Record<string, Progress>>>()(() => ({}));

/** Notes what the backend tells of an answer on its way. */
export function hearProgress(told: unknown): void {
	const progress = Progress.safeParse(told);
	if (!progress.success) return;
	const { address, done, of } = progress.data;
	// Of what has come nothing more is told.
	useAll.setState((all) => {
		const { [address]: _, ...others } = all;
		return done >= of ? others : { ...others, [address]: progress.data };
	}, true);
}

/** How far the answer to a question is; null: nothing is told. */
export function useProgress(address: string | null): Progress | null {
	return useAll((all) => (address === null ? null : (all[address] ?? null)));
}
