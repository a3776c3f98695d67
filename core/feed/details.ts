import { z } from "zod";

/** What a dataset may at first be published without: kecamatan and kelurahan; what facilities say. */
export const Detail = z.enum(["kecamatan", "facilities"]);
export type Detail = z.infer<typeof Detail>;
