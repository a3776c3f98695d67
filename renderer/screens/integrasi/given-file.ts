import { z } from "zod";
import { GivenTables, LARGEST_TABLE } from "../../../core/api/tables.ts";
import { giveFile } from "../../state/ask.ts";

const Given = z.object({ table: z.int() });

/** A file that is larger than what is given at a screen. */
export class TooLarge extends Error {
	override readonly name = "TooLarge";
	readonly bytes: number;
	constructor(bytes: number) {
		super(`${bytes} bytes`);
		this.bytes = bytes;
	}
}

/** Gives a table to the hub. @returns its number @throws TooLarge @throws BackendError */
export async function giveTable(file: File): Promise<number> {
	if (file.size > LARGEST_TABLE) throw new TooLarge(file.size);
	const answer = await giveFile(
		GivenTables,
		`/api/given-table?${new URLSearchParams({ name: file.name.slice(0, 200) })}`,
		file,
	);
	return Given.parse(await answer.json()).table;
}
