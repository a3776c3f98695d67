/** Strata of care by which protective equipment is used (CDC, Strategies for Optimizing the Supply of PPE). */
export const STRATA = ["conventional", "contingency", "crisis"] as const;
export type Stratum = (typeof STRATA)[number];
