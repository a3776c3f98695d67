import { gunzipSync } from "node:zlib";
import type { AreaCode, KemendagriCode } from "../../core/areas/codes.ts";
import { excerpt, type ReadingFault } from "../../core/reading/fault.ts";
import { isObject, jsonInWords, readJson } from "../../core/reading/json.ts";
import type { Table, TableRow } from "../../core/reading/table.ts";
import { day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { type RowReader, readRows, unreadRows } from "../reports/read-row.ts";
import {
	type Parsed,
	type Position,
	type RowError,
	unreadable,
} from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const JAKARTA = "31" as KemendagriCode;

/** What holds to the end: positif is dirawat + sembuh + meninggal + isolasi until the terms change, and goes on growing after it. */
const THROUGHOUT: Partial<Record<IndicatorKey, string>> = {
	confirmed: "positif",
	recovered: "sembuh",
	deaths: "meninggal",
};

/** The terms of before KMK 413/2020. */
const OLD_TERMS: Partial<Record<IndicatorKey, string>> = {
	odp: "odp",
	pdp: "pdp",
};

/**
 * From this day on the same keys hold something else: over all kelurahan odp falls from 85,472 to 30,263 and pdp grows from 10,676 to 28,664,
 * and nobody says what they count since. They are kept in the row and are no ODP and no PDP.
 */
const TERMS_CHANGE = day("2020-07-17");

const PLACE = "kelurahan";
const DAY = "tanggal";

/** What is unpacked is no larger; more is something else, made to fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The portal has eleven counts of a day; a row of a million is refused before it is looked at. */
const MOST_KEYS = 1000;

/** A kelurahan lies no further than this from the seat of its kabupaten/kota, in degrees: Pulau Sabira is half a degree from Pramuka. */
const NEAR = 1;

/**
 * corona.jakarta.go.id by kelurahan, as collected day by day in emsifa/jakarta-covid-19-heatmap: `{KELURAHAN: {day: {positif, …}}}`, days in any
 * order, names without codes. Each day is what the portal said on it and was never restated: 964 times a cumulative count falls, where
 * patients were moved to another kelurahan. Beside it `{KELURAHAN: [latitude, longitude]}`.
 */
export const jakartaKelurahan: Connector = {
	key: "jakarta-kelurahan",
	describes:
		"DKI Jakarta per kelurahan and day: the JSON of corona.jakarta.go.id ({KELURAHAN: {day: {positif, sembuh, meninggal, odp, pdp, …}}}), also as .gz; or where the kelurahan lie ({KELURAHAN: [latitude, longitude]}). From 2020-07-17 on odp and pdp hold something else and are not read",
	source: {
		key: "jakarta",
		idName: "Pemerintah Provinsi DKI Jakarta (per kelurahan)",
		enName: "Government of DKI Jakarta (by kelurahan)",
		idOrder:
			"Hanya kelurahan di Jakarta; ODP dan PDP sampai 16 Juli 2020, sesudahnya istilah itu berarti lain",
		enOrder:
			"Only the kelurahan of Jakarta; ODP and PDP until 16 July 2020, after which the terms mean something else",
		rank: 12,
		cadence: "daily",
	},

	/** Each day of a kelurahan, or each position, counts as a line, the first in the file as 1. */
	parse(bytes, context): Parsed {
		const vintage = vintageOf(context);
		const text = unpacked(bytes);
		const read = "error" in text ? { fault: text.error } : readJson(text.bytes);
		if ("fault" in read)
			return unreadable({
				...read.fault,
				line: null,
				found: excerpt(
					read.fault.line === null
						? read.fault.found
						: `in line ${read.fault.line}: ${read.fault.found}`,
				),
			});
		const entries = entriesOf(read.value);
		if (!entries)
			return unreadable({
				line: null,
				column: null,
				reason: "format",
				found: jsonInWords(read.value),
				expected:
					"kelurahan by name, each with its days ({ANCOL: {2020-07-18: {positif, sembuh, meninggal, …}}}) or with its position ({ANCOL: [-6.12, 106.83]})",
			});
		if (entries.kind === "positions")
			return { ...readPositions(entries.table, context), asOf: null };
		if ("error" in vintage)
			return { ...unreadRows(entries.table, vintage.error), asOf: null };
		const changed = new Set<string>();
		const parsed = readRows(entries.table, context, (reader) => {
			const area = kelurahan(reader);
			const on = reader.day(DAY, vintage.day);
			const isOld = on !== undefined && on < TERMS_CHANGE;
			const values = reader.counts(
				isOld ? { ...THROUGHOUT, ...OLD_TERMS } : THROUGHOUT,
				area,
			);
			if (!isOld)
				for (const term of Object.values(OLD_TERMS))
					if (reader.cell(term) !== "") changed.add(term);
			return area && on !== undefined
				? { area, day: on, asOf: on, values }
				: undefined;
		});
		return {
			...parsed,
			asOf: vintage.day,
			remarks:
				changed.size > 0 ? [{ day: TERMS_CHANGE, terms: [...changed] }] : [],
		};
	},
};

function kelurahan(reader: RowReader): AreaCode | undefined {
	return reader.areaNamed(PLACE, reader.cell(PLACE), {
		level: "village",
		within: JAKARTA,
	});
}

/** The text of a file, also of one that is packed. */
function unpacked(
	bytes: Uint8Array,
): { bytes: Uint8Array } | { error: RowError } {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes };
	try {
		return { bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) };
	} catch (error) {
		const isTooLarge =
			(error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
		return {
			error: {
				line: null,
				column: null,
				reason: "format",
				found: isTooLarge
					? `a packed file of more than ${MOST_BYTES / 1024 / 1024} MB`
					: "a .gz that cannot be unpacked",
				expected: "JSON, or JSON packed whole with gzip",
			},
		};
	}
}

/** The file as a table: of counts by kelurahan and day, or of positions; null when it is neither. */
function entriesOf(
	value: unknown,
): { kind: "counts" | "positions"; table: Table } | null {
	if (!isObject(value)) return null;
	const places = Object.entries(value);
	if (places.length === 0) return null;
	if (places.every(([, at]) => Array.isArray(at)))
		return {
			kind: "positions",
			table: tableOf(
				places.map(([name, at]) => ({
					[PLACE]: name,
					position: JSON.stringify(at),
				})),
			),
		};
	const rows: (Record<string, string> | string)[] = [];
	for (const [name, days] of places) {
		if (!isObject(days)) return null;
		for (const [on, counts] of Object.entries(days)) {
			if (!isObject(counts)) return null;
			const keys = Object.keys(counts);
			const place = keys.find((key) => key === PLACE || key === DAY);
			if (keys.length > MOST_KEYS) rows.push(`${keys.length} names`);
			// It would take the place of the name or day under which the counts stand.
			else if (place !== undefined) rows.push(`${place} among the counts`);
			else
				rows.push({
					[PLACE]: name,
					[DAY]: on,
					...Object.fromEntries(
						keys.map((key) => [key, textOf(counts[key])] as const),
					),
				});
		}
	}
	return { kind: "counts", table: tableOf(rows) };
}

/** @param rows what stands in each, or what was found in one that is none */
function tableOf(rows: readonly (Record<string, string> | string)[]): Table {
	const columns = new Set<string>();
	const table: TableRow[] = [];
	const errors: ReadingFault[] = [];
	for (const [at, cells] of rows.entries()) {
		const line = at + 1;
		if (typeof cells === "string") {
			errors.push({
				line,
				column: null,
				reason: "format",
				found: cells,
				expected: `at most ${MOST_KEYS} counts by name (positif, sembuh, meninggal, …)`,
			});
			continue;
		}
		for (const key in cells) columns.add(key);
		const raw = Object.fromEntries(
			Object.entries(cells).map(([key, text]) => [excerpt(key), excerpt(text)]),
		);
		table.push({ line, cells, raw });
	}
	return {
		columns: [...columns],
		rows: table,
		errors,
		lines: rows.length,
		unread: 0,
		skipped: {},
		delimiter: ",",
	};
}

/** Where the file says that kelurahan lie: of each a latitude and a longitude near its kabupaten/kota. */
function readPositions(
	table: Table,
	context: ConnectorContext,
): Omit<Parsed, "asOf"> {
	const positions: Position[] = [];
	const { errors, lines, skipped, unread } = readRows(
		table,
		context,
		(reader) => {
			const area = kelurahan(reader);
			const at: unknown = JSON.parse(reader.cell("position"));
			const seat = area && context.tree.get(area);
			const [lat, lng] = Array.isArray(at) ? at : [];
			if (
				seat &&
				!(
					Array.isArray(at) &&
					at.length === 2 &&
					// "-6.1" and [-6.1] would be subtracted from too.
					at.every((one) => typeof one === "number") &&
					Math.abs(lat - seat.lat) <= NEAR &&
					Math.abs(lng - seat.lng) <= NEAR
				)
			)
				reader.fail(
					"position",
					"format",
					"a latitude and a longitude, within a degree of its kabupaten/kota",
				);
			else if (area) positions.push({ area, line: reader.line, lat, lng });
			return area ? { area, day: 0, asOf: 0, values: {} } : undefined;
		},
	);
	const { "no counts": taken = 0, ...rest } = skipped;
	if (taken !== positions.length)
		throw new Error("a position is neither taken nor wrong");
	return {
		reports: [],
		facilityReports: [],
		positions,
		errors,
		lines,
		skipped: rest,
		unread,
	};
}

/** A cell as a table would have it: nothing for what is not there. */
function textOf(value: unknown): string {
	if (value === undefined || value === null) return "";
	return typeof value === "string" ? value : excerpt(JSON.stringify(value));
}
