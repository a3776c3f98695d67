import { z } from "zod";

/** What a dataset may at first be published without: kecamatan and kelurahan; what facilities say. */
export const Detail = z.enum(["kecamatan", "facilities"]);
export type Detail = z.infer<typeof Detail>;

/** The sources that speak of a detail: all of them belong to the exercise, since only its datasets are published in parts. */
export const DETAIL_SOURCES = {
	kecamatan: ["latihan-kecamatan", "latihan-kelurahan"],
	facilities: [
		"latihan-fasilitas",
		"latihan-gudang",
		"latihan-lplpo",
		"latihan-rs",
		"latihan-lab",
	],
} as const satisfies Record<Detail, readonly string[]>;
export type DetailSource<Of extends Detail = Detail> =
	(typeof DETAIL_SOURCES)[Of][number];

/** Whether a source speaks of any of some details. */
export function speaksOf(key: string, details: readonly Detail[]): boolean {
	return details.some((detail) =>
		DETAIL_SOURCES[detail].some((source) => source === key),
	);
}
