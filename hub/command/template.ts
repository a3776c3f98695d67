import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { STOCK_SHEET } from "../../core/logistics/stock-sheet.ts";
import { csvText } from "../../core/writing/csv.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { inTransaction } from "../store/database.ts";
import { readItems } from "../store/items.ts";
import { complain } from "./terminal.ts";
import { type DataOption, withData, withDatabase } from "./with-database.ts";

/** Adds `template stock`, which changes nothing. */
export function registerTemplate(program: Command): void {
	const template = program
		.command("template")
		.description("empty forms that this hub takes in");
	withData(template.command("stock"))
		.description(
			"a sheet of stock in the form of the LPLPO, as CSV, with a line for each item of the catalogue",
		)
		.argument(
			"[file]",
			"where it is written, which must not be there yet; else on the standard output",
		)
		.action((file: string | undefined, options: DataOption) =>
			withDatabase(options, async (db) => {
				const items = await inTransaction(db.pool, readItems);
				// By `npm run` the standard output begins with lines of npm, and PowerShell would write it in UTF-16.
				if (file === undefined) process.stdout.write(stockTemplate(items));
				else writeFileSync(file, stockTemplate(items), { flag: "wx" });
				for (const { name, about } of STOCK_SHEET)
					complain(`${name.padEnd(18)}${about}`);
				return EXIT.done;
			}),
		);
}

/** The empty sheet: its columns, and each item with its unit. A line that nobody fills in says nothing. */
export function stockTemplate(
	items: readonly { id: string; unit: string }[],
): string {
	return csvText([
		STOCK_SHEET.map(({ name }) => name),
		...items.map(({ id, unit }) =>
			STOCK_SHEET.map(({ name }) =>
				name === "barang" ? id : name === "satuan" ? unit : null,
			),
		),
	]);
}
