/** How the bounds of the classes of a map are found; `fixed`: given by somebody else, with a source. */
export const SCALES = ["log", "linear", "quantile", "jenks", "fixed"] as const;
export type Scale = (typeof SCALES)[number];
