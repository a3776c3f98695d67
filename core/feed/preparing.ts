import { z } from "zod";

/**
 * How far a hub is that has not published yet (`GET /v1/preparing`; null: it does not know). It is not signed: nothing is decided by it,
 * a person only sees why there is no picture yet. exercise: days simulated, of so many; publishing: the first publication is being made.
 */
export const Preparing = z.object({
	what: z.enum(["exercise", "publishing"]),
	done: z.int().nonnegative(),
	total: z.int().nonnegative(),
});
export type Preparing = z.infer<typeof Preparing>;
