import { z } from "zod";

/** What of the table of areas stands in the address of its screen. */
export const areaTableSearch = z.object({
	/** Its rows: the areas directly below, the kecamatan, or the kelurahan. */
	rows: z.enum(["below", "kecamatan", "kelurahan"]).default("below"),
});
