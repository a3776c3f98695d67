import path from "node:path";
import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { RowReader, readRows, unreadRows } from "../reports/read-row.ts";
import type { Parsed, RowError } from "../reports/report.ts";
import { nameWithoutVintage, vintageOf } from "../reports/vintage.ts";

/** The three tables in which the series of the national portal are handed on. */
interface Layout extends ColumnSet {
	day: string;
	counts: Partial<Record<IndicatorKey, string>>;
	/** Where the place stands: a column, the name of the file, or nowhere because it is the nation. */
	place: "provinsi" | "file-name" | "nation";
}

const PROVINCES: Layout = {
	required: [
		"provinsi",
		"tanggal",
		"AKUMULASI_KASUS",
		"AKUMULASI_SEMBUH",
		"AKUMULASI_MENINGGAL",
	],
	optional: [
		"KASUS",
		"SEMBUH",
		"MENINGGAL",
		"DIRAWAT_OR_ISOLASI",
		"AKUMULASI_DIRAWAT_OR_ISOLASI",
	],
	day: "tanggal",
	counts: {
		confirmed: "AKUMULASI_KASUS",
		recovered: "AKUMULASI_SEMBUH",
		deaths: "AKUMULASI_MENINGGAL",
	},
	place: "provinsi",
};

const NATIONAL: Layout = {
	required: [
		"key_as_string",
		"jumlah_positif_kum",
		"jumlah_sembuh_kum",
		"jumlah_meninggal_kum",
	],
	optional: [
		"jumlah_positif",
		"jumlah_sembuh",
		"jumlah_meninggal",
		"jumlah_dirawat",
		"jumlah_dirawat_kum",
	],
	day: "key_as_string",
	counts: {
		confirmed: "jumlah_positif_kum",
		recovered: "jumlah_sembuh_kum",
		deaths: "jumlah_meninggal_kum",
	},
	place: "nation",
};

const ONE_PLACE: Layout = {
	required: ["date", "total_confirmed", "total_recover", "total_death"],
	optional: ["confirmed", "recover", "death", "active", "total_active"],
	day: "date",
	counts: {
		confirmed: "total_confirmed",
		recovered: "total_recover",
		deaths: "total_death",
	},
	place: "file-name",
};

const LAYOUTS = [PROVINCES, NATIONAL, ONE_PLACE];

export const covid19goidProvinsi: Connector = {
	key: "covid19goid-provinsi",
	describes:
		"National portal covid19.go.id: series of provinces (prov_as-of_…), of the nation (update_as-of_…), or of one place named by the file (JAWA_TIMUR.csv, NATIONAL.csv)",
	source: {
		key: "covid19goid",
		idName: "Portal nasional covid19.go.id",
		enName: "National portal covid19.go.id",
		idOrder:
			"Didahulukan untuk angka nasional; untuk provinsi sesudah sumber provinsi sendiri",
		enOrder:
			"Asked first for the nation; for a province after the province's own source",
		rank: 20,
		cadence: "on-change",
	},

	parse(bytes, context): Parsed {
		const table = readTable(bytes, LAYOUTS);
		const layout = LAYOUTS.find((entry) => entry === table.set);
		const vintage = vintageOf(context);
		if ("error" in vintage)
			return { ...unreadRows(table, vintage.error), asOf: null };
		const { day: asOf } = vintage;
		// A file that is no table of the portal has been refused already.
		if (!layout) return { ...readRows(table, context, noRow), asOf };
		if (asOf === null)
			return {
				...unreadRows(table, {
					line: null,
					column: null,
					reason: "not-a-day",
					found: path.basename(context.path),
					expected: AS_OF_EXPECTED,
				}),
				asOf,
			};
		const place = placeOfFile(layout, context);
		if (place && "reason" in place)
			return { ...unreadRows(table, place), asOf };
		const read = readRows(table, context, (reader) => {
			const area =
				layout.place === "provinsi"
					? reader.areaNamed("provinsi", reader.cell("provinsi"), {
							level: "province",
						})
					: place?.code;
			const day = reader.day(layout.day, asOf);
			const values = reader.counts(layout.counts, area);
			return area && day !== undefined
				? { area, day, asOf, values }
				: undefined;
		});
		return { ...read, asOf };
	},
};

const AS_OF_EXPECTED =
	"the day of the vintage in the name of the file or its folder (as-of_2020-06-08), or --as-of";

function noRow(): undefined {
	return undefined;
}

/** The place that the name of the file stands for; undefined when each row names its own. */
function placeOfFile(
	layout: Layout,
	context: ConnectorContext,
): { code: AreaCode } | RowError | undefined {
	if (layout.place === "provinsi") return undefined;
	if (layout.place === "nation") return { code: NATION };
	const name = nameWithoutVintage(
		path.basename(context.path, path.extname(context.path)),
	);
	if (/^(NATIONAL|NASIONAL|INDONESIA)$/i.test(name)) return { code: NATION };
	const reader = new RowReader({ line: 1, cells: {}, raw: {} }, context);
	const code = reader.areaNamed(null, name, { level: "province" });
	return code ? { code } : { ...reader.errors[0], line: null };
}
