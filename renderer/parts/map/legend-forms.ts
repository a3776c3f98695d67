/** How much is said in the legends; empty: as the room allows (./legend-stack). */
export const LEGENDS = ["", "strip", "full"] as const;
export type LegendForm = (typeof LEGENDS)[number];
