import { z } from "zod";

/** What of the desk stands in its address. */
export const integrationSearch = z.object({
	view: z.string().max(20).default("kelengkapan"),
	/** The table that is looked at, by its number. */
	table: z
		.string()
		.regex(/^([1-9]\d{0,8})?$/)
		.default(""),
});
export type IntegrationSearch = z.output<typeof integrationSearch>;
