import { type AreaCode, parentOf, parseBps } from "../../core/areas/codes.ts";
import { resolveArea } from "../../core/areas/resolve.ts";
import { type Area, inForce, ORDER_OF } from "../../core/areas/tree.ts";
import { excerpt } from "../../core/reading/fault.ts";
import type { Day } from "../../core/series/day.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import { LONGEST_NAME } from "../reports/facility-names.ts";
import { type Entry, readEntries, textOf } from "../reports/read-entries.ts";
import type { FacilityEntry, Parsed, RowError } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const CODE = "d.kode_rs";
const NAME = "d.nama_rs";
const PROVINCE = "d.nama_prop";
const CLASS = "d.kelas";
const BEDS = "(d.total_tt)";

/** Seven digits, of which the first four are mostly the BPS code of the kabupaten/kota; of one field hospital with a letter behind. */
const HOSPITAL_CODE = /^\d{7}[A-Z]?$/;

/**
 * The register of hospitals of the health ministry (RS Online), as re-published in clumsyyyy/Milestone02_K01 (data/dataRumahSakit.js): a list
 * of `{d.kode_rs, d.nama_rs, d.nama_prop, d.jenis_rs, d.kelas, d.pemilik, (d.total_tt)}`. A total of beds from 1,000 on is a text with a comma
 * ("1,103"); 120 hospitals have 0, which says that nobody entered any. It has no day and no positions.
 */
export const rsOnline: Connector = {
	key: "rs-online",
	describes:
		"the health ministry's register of hospitals (RS Online JSON: d.kode_rs, d.nama_rs, d.nama_prop, d.kelas, (d.total_tt)); needs the bridge of BPS codes. A hospital whose code begins with no kabupaten/kota of its province is kept under the province",
	source: {
		key: "rs-online",
		idName: "RS Online (Kementerian Kesehatan)",
		enName: "RS Online (Ministry of Health)",
		idOrder: "Daftar rumah sakit: kode, nama, kelas, tempat tidur terdaftar",
		enOrder: "Register of hospitals: code, name, class, registered beds",
		rank: 20,
		cadence: "irregular",
	},

	/** Each entry of the list counts as a line, the first as 1. */
	parse(bytes, context): Parsed {
		const { bridge } = context;
		return readEntries<FacilityEntry>(
			bytes,
			{
				columns: [CODE, NAME, PROVINCE, CLASS, BEDS],
				expected: `the register: a list of {${[CODE, NAME, PROVINCE, CLASS, BEDS].join(", ")}}`,
				refused: bridge
					? null
					: {
							line: null,
							column: CODE,
							reason: "no-bridge",
							found: "codes of hospitals that begin with a BPS code",
							expected:
								"the bridge between BPS and Kemendagri codes (hub import codes FILE)",
						},
				vintage: vintageOf(context),
				received: context.received,
			},
			(entry, line, asOf) => hospital(entry, line, asOf, context),
			(facilities) => ({ facilities }),
		);
	},
};

function hospital(
	entry: Entry,
	line: number,
	asOf: Day,
	context: ConnectorContext,
): FacilityEntry | RowError {
	const fail = (
		column: string,
		reason: RowError["reason"],
		expected: string,
	): RowError => ({
		line,
		column,
		reason,
		found: excerpt(textOf(entry[column])),
		expected,
	});
	const code = textOf(entry[CODE]).trim();
	if (!HOSPITAL_CODE.test(code))
		return fail(CODE, "unknown-facility", "a code of seven digits");
	const written = entry[NAME];
	const name =
		typeof written === "string" ? written.replace(/\s+/g, " ").trim() : "";
	if (name === "" || name.length > LONGEST_NAME)
		return fail(
			NAME,
			"unknown-facility",
			`a name of at most ${LONGEST_NAME} characters`,
		);
	const province = resolveArea(context.tree, textOf(entry[PROVINCE]), {
		level: "province",
	});
	if (!province.ok)
		return fail(PROVINCE, "unknown-area", "the name of a province");
	const beds = bedsOf(entry[BEDS]);
	if (beds === undefined)
		return fail(BEDS, "not-a-number", 'a whole number, or one such as "1,103"');
	const hospitalClass = textOf(entry[CLASS]).trim();
	return {
		code,
		asOf,
		line,
		kind: "hospital",
		name,
		area: placeOf(code, name, province.area, context),
		...(/^[ABCD]\b/.test(hospitalClass) ? { class: hospitalClass } : {}),
		...(beds > 0 ? { beds: { total: beds } } : {}),
	};
}

/** A whole number as the register writes it. */
function bedsOf(value: unknown): number | undefined {
	const text = textOf(value).trim();
	if (!/^(?:\d{1,3}(?:,\d{3})+|\d{1,5})$/.test(text)) return undefined;
	return Number(text.replaceAll(",", ""));
}

/**
 * Where a hospital lies: the kabupaten/kota of the first four digits of its code, where that lies in the province named beside it; else the one
 * that its own name names; else the province. The codes of Papua, Kepulauan Riau and Kalimantan Utara begin with numbers from before these
 * were divided, which are those of other kabupaten now (9202 is written of hospitals in Jayawijaya, Nabire, Paniai and Yahukimo).
 */
function placeOf(
	code: string,
	name: string,
	province: Area,
	{ tree, bridge }: ConnectorContext,
): AreaCode {
	const bps = parseBps(code.slice(0, 4));
	const found = bps && bridge?.toKemendagri(bps);
	if (found && parentOf(found) === province.code) return found;
	const said = ` ${name.toLowerCase().replace(/[^a-z]+/g, " ")} `;
	const named = tree.children(province.code).filter((area) => {
		if (!inForce(area, ORDER_OF)) return false;
		const [, level = "", bare = ""] =
			/^(Kabupaten|Kota)(?: Administrasi)? (.*)$/.exec(area.name) ?? [];
		const words = bare.toLowerCase().replace(/[^a-z]+/g, " ");
		return (
			said.includes(` ${words} `) &&
			// "Jayapura" may be either, "Kota Jayapura" is one.
			(level === "Kota" || !said.includes(` kota ${words} `))
		);
	});
	return named.length === 1 && named[0] ? named[0].code : province.code;
}
