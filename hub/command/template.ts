import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { REPORT_COLUMNS } from "../../core/facilities/report.ts";
import {
	REPORT_FORM,
	REPORT_HEAD,
} from "../../core/facilities/report-sheet.ts";
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
				write(file, stockTemplate(items), STOCK_SHEET);
				return EXIT.done;
			}),
		);
	template
		.command("report")
		.description(
			"the daily report of a hospital, laboratory or warehouse, as CSV: beds, patients, staff, stock, tests",
		)
		.argument(
			"[file]",
			"where it is written, which must not be there yet; else on the standard output",
		)
		.action((file: string | undefined) => {
			write(file, csvText([REPORT.map(({ name }) => name)]), REPORT);
		});
}

const REPORT = [
	...REPORT_HEAD,
	...REPORT_COLUMNS.map((column) => REPORT_FORM[column]),
];

function write(
	file: string | undefined,
	text: string,
	columns: readonly { name: string; about: string }[],
): void {
	// By `npm run` the standard output begins with lines of npm, and PowerShell would write it in UTF-16.
	if (file === undefined) process.stdout.write(text);
	else writeFileSync(file, text, { flag: "wx" });
	for (const { name, about } of columns) complain(`${name.padEnd(24)}${about}`);
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
