import { z } from "zod";
import type { AreaCode } from "../../core/areas/codes.ts";
import { NATION } from "../../core/areas/codes.ts";
import type { CasesWithoutDay } from "../../core/quality/file-remark.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { isObject, jsonInWords, readJson } from "../../core/reading/json.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { textOf } from "../reports/read-entries.ts";
import { RowReader, readRows } from "../reports/read-row.ts";
import {
	type CaseReport,
	type Parsed,
	type RowError,
	unreadable,
} from "../reports/report.ts";
import { covid19goidProvinsi } from "./covid19goid-provinsi.ts";

type Counted = "confirmed" | "recovered" | "deaths";
type Entry = Record<string, unknown>;
type Said = Omit<CaseReport, "line" | "raw" | "asOf">;

/** What an answer of the portal says, once its form is known. */
interface Answer {
	/** The day of the answer by its own word, and where that stands. */
	day: { column: string; text: string };
	entries: readonly Entry[];
	/** What an entry has for a column of a table. */
	cell(entry: Entry, column: string): unknown;
	columns: readonly string[];
	/** What an entry says; undefined when the reader has noted an error. */
	read(reader: RowReader, asOf: Day): Said | undefined;
	/** Why no entry can be used, whatever it says. */
	refused?: RowError;
	remarks?: CasesWithoutDay[];
}

/** One of the portal's answers. */
interface Payload {
	/** Whether it is this one, right or not. */
	isMeant(value: Entry): boolean;
	expected: string;
	open(value: Entry, context: ConnectorContext): Answer | { wrong: z.ZodError };
}

/** `prov.json`: where every province stands on one day. Its `doc_count` is a share in percent and is not read. */
const PROVINCES = z.object({
	last_date: z.string(),
	list_data: z.array(z.looseObject({ key: z.string() })),
});

/** Cases without a province stand as an entry of a province that has no place on the portal's map. */
const PLACE = "lokasi";

const ofProvinces: Payload = {
	isMeant: (value) => "list_data" in value,
	expected:
		"the portal's answer for provinces: last_date, and list_data of {key, jumlah_kasus, jumlah_sembuh, jumlah_meninggal}",
	open(value) {
		const read = PROVINCES.safeParse(value);
		if (!read.success) return { wrong: read.error };
		const counts = {
			confirmed: "jumlah_kasus",
			recovered: "jumlah_sembuh",
			deaths: "jumlah_meninggal",
		} as const satisfies Record<Counted, string>;
		return {
			day: { column: "last_date", text: read.data.last_date },
			entries: read.data.list_data,
			columns: ["key", ...Object.values(counts), PLACE],
			cell: (entry, column) => entry[column],
			read(reader, day) {
				const area =
					reader.cell(PLACE) === ""
						? reader.fail(
								PLACE,
								"unknown-area",
								"a province with a place on the portal's map: without one these are cases of no province",
							)
						: reader.areaNamed("key", reader.cell("key"), {
								level: "province",
							});
				const values = reader.counts(counts, area);
				return area ? { area, day, values } : undefined;
			},
		};
	},
};

/** `update.json`: the nation from its first case on. Specimens, ODP and PDP stand in it as of no day, and are not read. */
const NATION_BY_DAY = z.object({
	update: z.object({
		penambahan: z.looseObject({ tanggal: z.string() }),
		harian: z.array(z.looseObject({ key: z.unknown() })).min(1),
	}),
});

const ofNation: Payload = {
	isMeant: (value) => "update" in value,
	expected:
		"the portal's answer for the nation: update with penambahan {tanggal} and harian of {key, jumlah_positif_kum, jumlah_sembuh_kum, jumlah_meninggal_kum}",
	open(value) {
		const read = NATION_BY_DAY.safeParse(value);
		if (!read.success) return { wrong: read.error };
		const { penambahan, harian } = read.data.update;
		return {
			day: { column: "tanggal", text: penambahan.tanggal },
			entries: harian,
			columns: [...new Set(harian.flatMap((entry) => Object.keys(entry)))],
			// Each count lies in an object of its own, as Elasticsearch adds up.
			cell: (entry, column) => unpacked(entry[column]),
			read(reader, asOf) {
				const day = dayOfMidnight(reader, NATION_DAY, asOf);
				const written = reader.cell("key_as_string");
				if (
					day !== undefined &&
					written !== "" &&
					written.slice(0, 10) !== isoFromDay(day)
				)
					reader.fail(
						"key_as_string",
						"impossible-day",
						`${isoFromDay(day)}, the day of ${NATION_DAY}`,
					);
				const values = reader.counts(
					{
						confirmed: "jumlah_positif_kum",
						recovered: "jumlah_sembuh_kum",
						deaths: "jumlah_meninggal_kum",
					},
					NATION,
				);
				return day === undefined || reader.errors.length > 0
					? undefined
					: { area: NATION, day, values };
			},
		};
	},
};
const NATION_DAY = "key";

/** `prov_detail_PROVINSI.json`: one province from its first case on. What it says of ages and symptoms are shares in percent, and is not read. */
const ONE_PROVINCE = z.object({
	last_date: z.string(),
	provinsi: z.string(),
	list_perkembangan: z.array(z.looseObject({ tanggal: z.unknown() })).min(1),
});

const ofOneProvince: Payload = {
	isMeant: (value) => "list_perkembangan" in value,
	expected:
		"the portal's answer for one province: last_date, provinsi, and list_perkembangan of {tanggal, AKUMULASI_KASUS, AKUMULASI_SEMBUH, AKUMULASI_MENINGGAL}",
	open(value, context) {
		const read = ONE_PROVINCE.safeParse(value);
		if (!read.success) return { wrong: read.error };
		const { last_date, provinsi, list_perkembangan } = read.data;
		const column = "provinsi";
		const head = new RowReader(
			{ line: 1, cells: { [column]: provinsi }, raw: {} },
			context,
		);
		const area: AreaCode | undefined = head.areaNamed(column, provinsi, {
			level: "province",
		});
		const [error] = head.errors;
		return {
			day: { column: "last_date", text: last_date },
			entries: list_perkembangan,
			columns: [
				...new Set(list_perkembangan.flatMap((entry) => Object.keys(entry))),
			],
			cell: (entry, name) => entry[name],
			read(reader, asOf) {
				const day = dayOfMidnight(reader, "tanggal", asOf);
				const values = reader.counts(
					{
						confirmed: "AKUMULASI_KASUS",
						recovered: "AKUMULASI_SEMBUH",
						deaths: "AKUMULASI_MENINGGAL",
					},
					area,
				);
				return area && day !== undefined ? { area, day, values } : undefined;
			},
			...(error && { refused: { ...error, line: null } }),
			remarks: withoutDay(value),
		};
	},
};

/** What the answer counts in its totals and cannot put on a day: it is in none of its series. */
function withoutDay(value: Entry): CasesWithoutDay[] {
	const counted = Object.entries({
		confirmed: value.kasus_tanpa_tgl,
		recovered: value.sembuh_tanpa_tgl,
		deaths: value.meninggal_tanpa_tgl,
	} satisfies Record<Counted, unknown>).filter(
		(entry): entry is [Counted, number] =>
			Number.isSafeInteger(entry[1]) && (entry[1] as number) > 0,
	);
	return counted.length === 0
		? []
		: [{ withoutDay: Object.fromEntries(counted) }];
}

const PAYLOADS = [ofProvinces, ofNation, ofOneProvince];

export const covid19goidJson: Connector = {
	key: "covid19goid-json",
	describes:
		"National portal covid19.go.id, answers of its API: all provinces on one day (prov.json), the nation by day (update.json), one province by day (prov_detail_….json)",
	source: covid19goidProvinsi.source,

	/** Each entry of an answer counts as a line, the first as 1. It speaks as of the day that it states itself, whatever its name says. */
	parse(bytes, context): Parsed {
		const read = readJson(bytes);
		if ("fault" in read) {
			const { line, found } = read.fault;
			return unreadable({
				...read.fault,
				// A line of its text is none of its entries.
				line: null,
				found: excerpt(line === null ? found : `in line ${line}: ${found}`),
			});
		}
		const value = isObject(read.value) ? read.value : {};
		const payload = PAYLOADS.find((one) => one.isMeant(value));
		const answer = payload?.open(value, context);
		if (!payload || !answer || "wrong" in answer)
			return unreadable({
				line: null,
				column: null,
				reason: "format",
				found:
					answer && "wrong" in answer
						? whatIsNot(value, answer.wrong)
						: jsonInWords(read.value),
				expected: payload
					? payload.expected
					: `one of ${PAYLOADS.map(({ expected }) => expected).join("; ")}`,
			});
		const { column, text } = answer.day;
		const lines = answer.entries.length;
		const asOf = dayFromIso(text);
		if (asOf === undefined || asOf > context.received)
			return unreadable(
				{
					line: null,
					column,
					reason: asOf === undefined ? "not-a-day" : "impossible-day",
					found: excerpt(text),
					expected: `a day such as 2020-09-03, ${isoFromDay(context.received)} or earlier`,
				},
				lines,
			);
		if (answer.refused) return unreadable(answer.refused, lines);
		const rows = answer.entries.map((entry, at) => {
			const cells = Object.fromEntries(
				answer.columns.map((name) => [name, textOf(answer.cell(entry, name))]),
			);
			return { line: at + 1, cells, raw: cells };
		});
		const parsed = readRows(
			{
				columns: [...answer.columns],
				rows,
				errors: [],
				lines,
				unread: 0,
				skipped: {},
				delimiter: ",",
			},
			context,
			(reader) => {
				const said = answer.read(reader, asOf);
				return said && { ...said, asOf };
			},
		);
		return {
			...parsed,
			asOf,
			...(answer.remarks && { remarks: answer.remarks }),
		};
	},
};

const MS_A_DAY = 86_400_000;

/**
 * A day that stands as milliseconds since 1970 at its midnight in UTC, which is seven in the morning in Jakarta. Whoever converts it by
 * another clock gets another moment, which may be of either day, and is refused.
 */
function dayOfMidnight(
	reader: RowReader,
	column: string,
	asOf: Day,
): Day | undefined {
	const text = reader.cell(column);
	const ms = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
	return ms % MS_A_DAY === 0
		? reader.possibleDay(
				column,
				{ ok: true, value: (ms / MS_A_DAY) as Day },
				asOf,
			)
		: reader.fail(
				column,
				"not-a-day",
				"a midnight of UTC in milliseconds since 1970, such as 1586649600000 for 2020-04-12",
			);
}

/** `{"value": 4241}` is 4241. */
function unpacked(count: unknown): unknown {
	return isObject(count) && Object.keys(count).length === 1 && "value" in count
		? count.value
		: count;
}

/** What stands where the portal's answer would have something else: the whole of a foreign file, or the entry that differs. */
function whatIsNot(value: Entry, error: z.ZodError): string {
	const path = error.issues[0]?.path ?? [];
	const found = path.reduce<unknown>(
		(part, key) => (part as Record<PropertyKey, unknown> | null)?.[key],
		value,
	);
	// What is not there at all is told by what is there instead.
	return found === undefined && path.length < 2
		? jsonInWords(value)
		: `${path.map((key) => (typeof key === "number" ? `entry ${key + 1}` : String(key))).join(", ")}: ${jsonInWords(found)}`;
}
