/**
 * No count of people is larger than there are people: 8.3 thousand million in 2026 (United Nations, World Population Prospects 2024). What
 * lies above is a slip, and far above it sums and variances end in Infinity.
 */
export const LARGEST_COUNT = 8.3e9;
