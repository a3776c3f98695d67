import { z } from "zod";

/** What of the table of areas stands in the address of its screen. */
export const areaTableSearch = z.object({
	/** Its rows: the areas directly below, or the kecamatan. */
	rows: z.enum(["below", "kecamatan"]).default("below"),
});
