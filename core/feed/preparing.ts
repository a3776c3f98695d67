import { z } from "zod";

/**
 * How far a hub is that still makes its dataset (`GET /v1/preparing`; null: it does not, or does not know). It is not signed: nothing is
 * decided by it, a person only sees why there is no picture yet, or no details. exercise, details: days simulated, of so many, first of
 * what is said down to the kabupaten/kota, then below and by facilities; publishing: what was simulated is being published.
 */
export const Preparing = z.object({
	what: z.enum(["exercise", "publishing", "details"]),
	done: z.int().nonnegative(),
	total: z.int().nonnegative(),
});
export type Preparing = z.infer<typeof Preparing>;
