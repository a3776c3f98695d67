/** How one plan is chosen among those that can be carried out: by steps, of which none takes from the one before, or by one weighted sum. */
export const PLAN_POLICIES = ["lexicographic", "weighted"] as const;
export type PlanPolicy = (typeof PLAN_POLICIES)[number];
