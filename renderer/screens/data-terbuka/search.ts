import { z } from "zod";

/** Which release is looked at, and what of it: in words, so that an address says it. */
export const openDataSearch = z.object({
	release: z.string().default(""),
	on: z.string().default(""),
	level: z.string().default(""),
});
