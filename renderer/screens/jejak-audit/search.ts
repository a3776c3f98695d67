import { z } from "zod";

/** What is looked for in the trail, as it stands in the address; a part that is empty asks for nothing. */
export const auditSearch = z.object({
	/** A person, as others see the name. */
	who: z.string().default(""),
	/** Name of a command. */
	what: z.string().default(""),
	/** Part of the code or name of an area. */
	place: z.string().default(""),
	text: z.string().default(""),
});
export type AuditFilter = z.output<typeof auditSearch>;
