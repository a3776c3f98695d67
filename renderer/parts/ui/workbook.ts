import { harmlessText } from "../../../core/writing/csv.ts";
import type { CsvCell } from "./csv.ts";

/** A table as a workbook: numbers are numbers, nothing where nothing was reported, and no text that a program would run. */
export async function workbookOf(
	name: string,
	heads: readonly string[],
	rows: readonly (readonly CsvCell[])[],
): Promise<Uint8Array<ArrayBuffer>> {
	const { default: write } = await import("write-excel-file/browser");
	const blob = await write(
		[
			heads.map((value) => ({
				value,
				type: String,
				fontWeight: "bold" as const,
			})),
			...rows.map((row) =>
				row.map(({ value }) =>
					value === null
						? null
						: typeof value === "number"
							? { value, type: Number }
							: { value: harmlessText(value), type: String },
				),
			),
		],
		{
			// What a sheet may be called.
			sheet: name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31),
			stickyRowsCount: 1,
			columns: heads.map((head) => ({ width: Math.max(12, head.length + 2) })),
		},
	).toBlob();
	return new Uint8Array(await blob.arrayBuffer());
}

/** Rows of a form as a workbook of one sheet: numbers are numbers, and no text that a program would run. */
export async function sheetBook(
	name: string,
	rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array<ArrayBuffer>> {
	const { default: write } = await import("write-excel-file/browser");
	const width = Math.max(1, ...rows.map((row) => row.length));
	const blob = await write(
		rows.map((row) =>
			Array.from({ length: width }, (_, at) => {
				const value = row[at] ?? null;
				return value === null
					? null
					: typeof value === "number"
						? { value, type: Number }
						: { value: harmlessText(value), type: String };
			}),
		),
		{
			sheet: name.slice(0, 31),
			columns: Array.from({ length: width }, (_, at) => ({
				width: at === 1 ? 34 : 20,
			})),
		},
	).toBlob();
	return new Uint8Array(await blob.arrayBuffer());
}
