import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { day } from "../../../core/series/day.ts";
import { CONNECTORS } from "../../../hub/connectors/all.ts";
import {
	type Dhis2Metadata,
	readDhis2Metadata,
} from "../../../hub/reports/dhis2-metadata.ts";
import type { Parsed } from "../../../hub/reports/report.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";
import { DEATHS, NEW_CASES, PACKAGE, reading } from "../../fixtures/dhis2.ts";

/** Whatever a file holds, each reader makes rows or errors of it: nothing is thrown, and every line is accounted for. */

const tree = loadAreaTree();
const HOSPITAL = {
	...{ code: "3507015", name: "RS Malang", area: "35.07", kind: "hospital" },
} as const;

const READING = reading(
	readDhis2Metadata(strToU8(JSON.stringify(PACKAGE))) as Dhis2Metadata,
);

/** Words that are keys and values somewhere, so that what is drawn is often nearly right. */
const WORDS = [
	..."update penambahan tanggal harian key key_as_string jumlah_positif_kum value last_date list_data list_perkembangan".split(
		" ",
	),
	..."provinsi AKUMULASI_KASUS KASUS d.kode_rs d.nama_rs d.total_tt d.(d.total_tt) name region lat long odp positif".split(
		" ",
	),
	..."hospital address bed_availability queue last_update province district scraped_at bed_type nama keyword".split(
		" ",
	),
	...["JAWA TIMUR", "2020-04-12", "BALI", "35.07", "3507", "RS Malang"],
	..."dataValues dataElement period orgUnit categoryOptionCombo 20200401 deleted UnitMalang1".split(
		" ",
	),
	...[DEATHS, NEW_CASES],
	..."resourceType Bundle type collection entry resource Observation status final kode_lab kode_wilayah".split(
		" ",
	),
	...["Tersedia 2 bed kosong IGD", "kode_faskes", "sisa_stok", "kode,nama"],
];
const scalar = fc.oneof(
	fc.constantFrom<unknown>(...WORDS),
	fc.constantFrom<unknown>(null, true, -1, 0, 7, 1e308, 1586649600000, "1,103"),
	fc.string({ maxLength: 6 }),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		scalar,
		fc.array(tie("value"), { maxLength: 4 }),
		fc.dictionary(
			fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 5 })),
			tie("value"),
			{ maxKeys: 5 },
		),
	),
}));
const asText = json.map((value) => strToU8(JSON.stringify(value) ?? "null"));
const table = fc
	.array(
		fc.array(scalar.map(String), { maxLength: 7 }).map((row) => row.join(",")),
		{ maxLength: 8 },
	)
	.map((rows) => strToU8(rows.join("\n")));
/** XML of elements and attributes with the same words, as often broken as not. */
const xml = fc
	.array(
		fc.tuple(
			fc.constantFrom(
				...["<dataValueSet>", "</dataValueSet>", "<dataValue ", "/>", ">"],
				...["<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<![CDATA[", "]]>"],
			),
			fc.constantFrom(...WORDS),
			fc.constantFrom(...WORDS),
		),
		{ maxLength: 12 },
	)
	.map((parts) =>
		strToU8(
			parts.map(([sign, key, text]) => `${sign}${key}="${text}" `).join(""),
		),
	);
const raw = fc.uint8Array({ maxLength: 300 });
const plain = fc.oneof(asText, table, raw, xml);
const workbook = fc
	.record({ book: plain, sheet: plain, texts: plain })
	.map(({ book, sheet, texts }) =>
		zipSync({
			"xl/workbook.xml": book,
			"xl/worksheets/sheet1.xml": sheet,
			"xl/sharedStrings.xml": texts,
		}),
	);
const bytes = fc.oneof(
	{ weight: 4, arbitrary: plain },
	{ weight: 1, arbitrary: workbook },
	{
		weight: 1,
		arbitrary: plain.map((inner) => new Uint8Array(gzipSync(inner))),
	},
);
const name = fc.constantFrom(
	..."NATIONAL.csv update.json prov_as-of_2020-06-08.csv covid_bed_data_all_0712.csv rs_2020-04-12.json.gz laporan.xlsx".split(
		" ",
	),
);

/** Lines that something was made of, or that are named as wrong, skipped or unread. */
function accounted(parsed: Parsed): number {
	const { reports, facilityReports, facilities, positions, stock } = parsed;
	const lines = new Set<number | null>();
	for (const said of [
		...[reports, facilityReports, facilities, positions, stock],
		parsed.errors,
	])
		for (const { line } of said ?? []) lines.add(line);
	for (const { also = [] } of [...reports, ...facilityReports])
		for (const line of also) lines.add(line);
	lines.delete(null);
	const skipped = Object.values(parsed.skipped).reduce(
		(sum, count) => sum + count,
		0,
	);
	return lines.size + skipped + parsed.unread;
}

describe("any bytes at all", () => {
	it.each(CONNECTORS.map((one) => [one.key, one] as const))(
		"are rows or errors to %s, and every line of them is accounted for",
		(_, connector) => {
			fc.assert(
				fc.property(bytes, name, (given, called) => {
					const parsed = connector.parse(given, {
						...{ tree, bridge: null, people: () => null, asOf: null },
						...{ facilities: [HOSPITAL] as never, items: [], reading: READING },
						...{ path: `/in/${called}`, received: day("2020-09-30") },
					});
					expect(accounted(parsed)).toBe(parsed.lines);
					if (parsed.lines > 0 && accounted(parsed) === parsed.unread)
						expect(parsed.errors).not.toEqual([]);
				}),
				{ numRuns: 150 },
			);
		},
	);
});
