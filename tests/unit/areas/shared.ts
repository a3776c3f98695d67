import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

/** The folder with the published files, where it stands beside the project; what they state is in tests/fixtures as well. */
export const DATA = "../shared/data";
export const hasData = existsSync(DATA);

export function table(path: string): Record<string, string>[] {
	return parse(readFileSync(`${DATA}/${path}`, "utf8"), {
		columns: true,
		relax_column_count: true,
	});
}

export function json<T>(path: string): T {
	return JSON.parse(readFileSync(`${DATA}/${path}`, "utf8"));
}

/** `350718` as `35.07.18`. */
export function dotted(digits: string): string {
	return (digits.match(/../g) ?? []).join(".");
}
