import { z } from "zod";

/** The term that is read, as it stands in the address; one that there is not is as none. */
export const dictionarySearch = z.object({
	entry: z.string().default(""),
});
