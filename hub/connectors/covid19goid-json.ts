import { z } from "zod";
import { excerpt } from "../../core/reading/fault.ts";
import { jsonInWords, readJson } from "../../core/reading/json.ts";
import type { Table } from "../../core/reading/table.ts";
import { dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { Connector } from "../reports/connector.ts";
import { readRows } from "../reports/read-row.ts";
import type { Parsed, RowError } from "../reports/report.ts";
import { covid19goidProvinsi } from "./covid19goid-provinsi.ts";

/** The answer of the portal itself: where every province stands on one day. */
const Answer = z.object({
	last_date: z.string(),
	list_data: z.array(z.looseObject({ key: z.string() })),
});

const COUNTS = {
	confirmed: "jumlah_kasus",
	recovered: "jumlah_sembuh",
	deaths: "jumlah_meninggal",
} as const;

/** Cases without a province stand as an entry of a province that has no place on the portal's map. */
const PLACE = "lokasi";

export const covid19goidJson: Connector = {
	key: "covid19goid-json",
	describes:
		"National portal covid19.go.id: the answer of its API for all provinces on one day (prov.json: last_date, list_data)",
	source: covid19goidProvinsi.source,

	/** Each entry of `list_data` counts as a line, the first as 1. Its `doc_count` is a share in percent and is not read. */
	parse(bytes, context): Parsed {
		const read = readJson(bytes);
		if ("fault" in read) {
			const { line, found } = read.fault;
			return refused({
				...read.fault,
				// A line of its text is none of its entries.
				line: null,
				found: excerpt(line === null ? found : `in line ${line}: ${found}`),
			});
		}
		const answer = Answer.safeParse(read.value);
		if (!answer.success)
			return refused({
				line: null,
				column: null,
				reason: "format",
				found: whatIsNot(read.value, answer.error),
				expected:
					"the portal's answer for provinces: last_date, and list_data of {key, jumlah_kasus, jumlah_sembuh, jumlah_meninggal}",
			});
		const { last_date, list_data } = answer.data;
		const day = dayFromIso(last_date);
		if (day === undefined || day > context.received)
			return refused(
				{
					line: null,
					column: "last_date",
					reason: day === undefined ? "not-a-day" : "impossible-day",
					found: excerpt(last_date),
					expected: `a day such as 2020-09-03, ${isoFromDay(context.received)} or earlier`,
				},
				list_data.length,
			);
		const table: Table = {
			columns: ["key", ...Object.values(COUNTS)],
			rows: list_data.map((entry, at) => {
				const cells = Object.fromEntries(
					["key", ...Object.values(COUNTS), PLACE].map((name) => [
						name,
						textOf(entry[name]),
					]),
				);
				return { line: at + 1, cells, raw: cells };
			}),
			errors: [],
			lines: list_data.length,
			unread: 0,
			skipped: {},
			delimiter: ",",
		};
		const parsed = readRows(table, context, (reader) => {
			const area =
				reader.cell(PLACE) === ""
					? reader.fail(
							PLACE,
							"unknown-area",
							"a province with a place on the portal's map: without one these are cases of no province",
						)
					: reader.areaNamed("key", reader.cell("key"), { level: "province" });
			const values = reader.counts(COUNTS, area);
			return area ? { area, day, asOf: day, values } : undefined;
		});
		return { ...parsed, asOf: day };
	},
};

/** What stands where the portal's answer would have something else: the whole of a foreign file, or the entry that differs. */
function whatIsNot(value: unknown, error: z.ZodError): string {
	const path = error.issues[0]?.path ?? [];
	const [first] = path;
	const isAnswer =
		typeof value === "object" &&
		value !== null &&
		"last_date" in value &&
		"list_data" in value;
	if (!isAnswer || first === undefined) return jsonInWords(value);
	const found = path.reduce<unknown>(
		(part, key) => (part as Record<PropertyKey, unknown> | null)?.[key],
		value,
	);
	return `${path.map((key) => (typeof key === "number" ? `entry ${key + 1}` : String(key))).join(", ")}: ${jsonInWords(found)}`;
}

/** A cell as a table would have it: nothing for what is not there. */
function textOf(value: unknown): string {
	if (value === undefined || value === null) return "";
	return typeof value === "string" ? value : excerpt(JSON.stringify(value));
}

function refused(error: RowError, unread = 1): Parsed {
	return {
		reports: [],
		facilityReports: [],
		errors: [error],
		lines: unread,
		skipped: {},
		unread,
		asOf: null,
	};
}
