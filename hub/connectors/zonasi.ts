import {
	ZONES,
	zoneFromPublished,
	zoneNumber,
} from "../../core/epidemic/zone-transition.ts";
import {
	labelsOutOfOrder,
	type OutOfOrder,
	type WrongLabel,
} from "../../core/quality/label-order.ts";
import { readDayInWords } from "../../core/reading/cell.ts";
import { excerpt } from "../../core/reading/fault.ts";
import {
	type ColumnSet,
	readTable,
	type TableRow,
} from "../../core/reading/table.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import type { Connector } from "../reports/connector.ts";
import { readRows, unreadRows } from "../reports/read-row.ts";
import type { Parsed } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

/**
 * The risk zones of all kabupaten/kota as covid19.go.id published them week by week (skor.json), in the table in which they were re-published
 * (zakiego/data-zonasi-covid19goid, zonasi.csv): the rows of an area in the order of publication. Two of its 32 labels are wrong ("09 Desember
 * 2021" stands between 2 and 16 January 2022, "13 Februari 2021" between 6 and 27 March 2022): sorted by them, zones of March would be those
 * of the year before.
 */
const COLUMNS: ColumnSet = {
	required: ["tanggal", "kode_kota", "hasil"],
	optional: ["prov", "kode_prov", "kota"],
};

export const zonasi: Connector = {
	key: "zonasi",
	labelled: true,
	describes:
		'Official weekly risk zones of kabupaten/kota (tanggal in Indonesian words, kode_kota without dots by Kemendagri, hasil). A label that breaks the order of the file is held back; --label "09 Desember 2021=2022-01-09" says what day it stands for',
	source: {
		key: "zonasi",
		idName: "Zonasi risiko Satgas (covid19.go.id)",
		enName: "Risk zones of the task force (covid19.go.id)",
		idOrder: "Satu-satunya sumber zona risiko resmi; tidak dijumlahkan.",
		enOrder: "The only source of official risk zones; added into nothing.",
		rank: 19,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const table = readTable(bytes, [COLUMNS]);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		if (vintage.day === null && vintage.unread)
			return { ...unreadRows(table, vintage.unread), asOf: null };
		const asOf = vintage.day ?? context.received;
		const labels = context.labels ?? new Map<string, Day>();
		const unknown = [...labels.keys()].find(
			(label) => !table.rows.some(({ cells }) => labelOf(cells) === label),
		);
		if (unknown !== undefined)
			return {
				...unreadRows(table, {
					line: null,
					column: "tanggal",
					reason: "not-a-day",
					found: `${excerpt(unknown)} in --label`,
					expected: "a label as it stands in the file",
				}),
				asOf,
			};
		const wrong = wrongLabels(table.rows, labels);
		const read = readRows(table, context, (reader) => {
			const area = reader.kemendagriUndotted("kode_kota", "kota");
			const label = reader.cell("tanggal").trim();
			const day = reader.dayInWords("tanggal", asOf, labels.get(label));
			const zone = zoneFromPublished(reader.cell("hasil"));
			if (!zone)
				reader.fail("hasil", "not-a-zone", `one of ${ZONES.join(", ")}`);
			const held = wrong.byLine.get(reader.line);
			if (held) reader.fail("tanggal", "out-of-order", inWords(held));
			return area && day !== undefined && zone && !held
				? { area, day, asOf, values: { zone: zoneNumber(zone) } }
				: undefined;
		});
		return { ...read, asOf, remarks: wrong.labels };
	},
};

function labelOf(cells: TableRow["cells"]): string {
	return (cells.tanggal ?? "").trim();
}

/** What the place of a label in its file says of it. */
function inWords({ after, before, possible }: OutOfOrder): string {
	const place = [
		...(after === null ? [] : [`after ${isoFromDay(after)}`]),
		...(before === null ? [] : [`before ${isoFromDay(before)}`]),
	].join(" and ");
	const days = possible.map(isoFromDay).join(" or ");
	return `a day ${place}, where the row stands${days === "" ? "" : `: ${days}`}; say which with --label`;
}

/**
 * The rows whose label breaks the order in which the file has the publications of their area, and what is remarked of each label. A label
 * that does so in most rows is wrong in all of them, also in those of an area with too few to tell; one that most rows have in order is
 * wrong only where it breaks it.
 */
function wrongLabels(
	rows: readonly TableRow[],
	labels: ReadonlyMap<string, Day>,
): { byLine: ReadonlyMap<number, OutOfOrder>; labels: WrongLabel[] } {
	const dayOf = (row: TableRow): Day | undefined => {
		const reading = readDayInWords(labelOf(row.cells));
		return (
			labels.get(labelOf(row.cells)) ?? (reading.ok ? reading.value : undefined)
		);
	};
	const byLine = new Map<number, OutOfOrder>();
	/** Areas mostly have one course: it is looked through once. */
	const courses = new Map<string, ReadonlyMap<number, OutOfOrder>>();
	for (const ofArea of Map.groupBy(
		rows,
		({ cells }) => cells.kode_kota,
	).values()) {
		const dated = ofArea.flatMap((row) => {
			const day = dayOf(row);
			return day === undefined ? [] : [{ row, day }];
		});
		const days = dated.map(({ day }) => day);
		const course = days.join(" ");
		const found = courses.get(course) ?? labelsOutOfOrder(days);
		courses.set(course, found);
		for (const [at, place] of found) {
			const line = dated[at]?.row.line;
			if (line !== undefined) byLine.set(line, place);
		}
	}
	const remarks: WrongLabel[] = [];
	for (const [label, all] of Map.groupBy(rows, ({ cells }) => labelOf(cells))) {
		const places = all.flatMap(({ line }) => byLine.get(line) ?? []);
		const [first] = places;
		if (!first) continue;
		const everywhere = places.length * 2 > all.length;
		if (everywhere)
			for (const { line } of all)
				if (!byLine.has(line)) byLine.set(line, first);
		remarks.push({
			label: excerpt(label),
			rows: everywhere ? all.length : places.length,
			...first,
		});
	}
	return { byLine, labels: remarks };
}
