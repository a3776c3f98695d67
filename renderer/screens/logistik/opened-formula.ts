import { create } from "zustand";
import type { StockColumn } from "../../../core/logistics/watched-item.ts";

/** The figures that a person asked about: of an item in an area, or at a facility in it. */
export interface AskedFormula {
	readonly area: number;
	readonly facility: number | null;
	readonly item: StockColumn;
	/** Whose figures they are, in words. */
	readonly name: string;
}

/** What is open at the side of the screen. */
export const useOpenedFormula = create<{
	asked: AskedFormula | null;
	open: (asked: AskedFormula | null) => void;
}>()((set) => ({ asked: null, open: (asked) => set({ asked }) }));
