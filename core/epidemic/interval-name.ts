/** The published serial intervals of published-interval.ts by name: an address names one without bringing in how they are drawn. */
export const PUBLISHED_INTERVALS = ["nishiura", "du", "li"] as const;
export type PublishedInterval = (typeof PUBLISHED_INTERVALS)[number];
