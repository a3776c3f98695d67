import { z } from "zod";

/** How far the answer to a question is, told to the windows of whoever asks (event `progress`). */
export const Progress = z.object({
	/** The path of the question and what it asks with. */
	address: z.string(),
	done: z.int(),
	of: z.int(),
});
export type Progress = z.infer<typeof Progress>;
