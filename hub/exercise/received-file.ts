import { createHash } from "node:crypto";
import type { DetailSource } from "../../core/feed/details.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import type {
	CaseReport,
	FacilityEntry,
	FacilityReport,
	Parsed,
	StockRow,
} from "../reports/report.ts";
import type { ExerciseFacility } from "./facilities.ts";
import type { ExerciseKelurahan } from "./kelurahan.ts";

/** Keys of the simulated sources that speak of areas down to the kabupaten/kota. */
export type AreaSource = "latihan-dinkes" | "latihan-portal" | "latihan-zonasi";

/** Keys of the simulated sources. */
export type ExerciseSource = AreaSource | DetailSource;

/** A file as the hub's intake takes it in, with the rows already read. */
export interface ReceivedFile {
	source: ExerciseSource;
	connector: "exercise";
	name: string;
	/** Of the canonical text: the header and one line for each row. */
	sha256: string;
	/** Of the canonical text. */
	bytes: number;
	/** Milliseconds since 1970 (UTC), in the time of the simulation. */
	receivedAt: number;
	parsed: Parsed;
}

/** Rows of the exercise were never a text with columns of its own: what the source wrote is `values`. */
const NO_RAW: Record<string, string> = Object.freeze({});

/** Minutes after midnight WIB (UTC+7) at which each source sends its file. */
const SENT: Record<ExerciseSource, number> = {
	"latihan-fasilitas": 8 * 60,
	"latihan-portal": 15 * 60 + 40,
	"latihan-kecamatan": 17 * 60 + 30,
	"latihan-kelurahan": 17 * 60 + 40,
	"latihan-dinkes": 18 * 60,
	"latihan-zonasi": 19 * 60,
	"latihan-gudang": 19 * 60 + 30,
	"latihan-lab": 20 * 60 + 30,
	"latihan-lplpo": 21 * 60,
	"latihan-rs": 22 * 60,
};

/** The file of a source on a day, of rows that were read already. */
function received(
	source: ExerciseSource,
	asOf: Day,
	text: string,
	rows: number,
	said: Partial<
		Pick<
			Parsed,
			"reports" | "facilityReports" | "facilities" | "stock" | "positions"
		>
	>,
): ReceivedFile {
	return {
		source,
		connector: "exercise",
		name: `${source}_${isoFromDay(asOf)}.csv`,
		sha256: createHash("sha256").update(text).digest("hex"),
		bytes: Buffer.byteLength(text),
		receivedAt: ((asOf * 24 - 7) * 60 + SENT[source]) * 60_000,
		parsed: {
			reports: [],
			facilityReports: [],
			...said,
			errors: [],
			asOf,
			lines: rows + 1,
			skipped: { header: 1 },
			unread: 0,
		},
	};
}

/** The register of facilities, with the beds that each of them has by type. */
export function registerFile(
	asOf: Day,
	facilities: readonly ExerciseFacility[],
	bedsOf: (facility: ExerciseFacility) => Record<string, number> | undefined,
): ReceivedFile {
	const entries = facilities.map(
		(facility, index): FacilityEntry => ({
			code: facility.code,
			asOf,
			line: index + 2,
			kind: facility.kind,
			name: facility.name,
			area: facility.area,
			class: facility.class ?? undefined,
			referral: facility.referral,
			position: { lat: facility.lat, lng: facility.lng },
			beds: bedsOf(facility),
		}),
	);
	const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
	return received("latihan-fasilitas", asOf, text, entries.length, {
		facilities: entries,
	});
}

/** Where the kelurahan lie; null where there are none. */
export function placesFile(
	asOf: Day,
	kelurahan: readonly ExerciseKelurahan[],
): ReceivedFile | null {
	if (kelurahan.length === 0) return null;
	const positions = kelurahan.map(({ code, lat, lng }, index) => ({
		area: code,
		line: index + 2,
		lat,
		lng,
	}));
	const text = positions.map((one) => `${JSON.stringify(one)}\n`).join("");
	return received("latihan-kelurahan", asOf, text, positions.length, {
		positions,
	});
}

/** Sheets of stock of a day, one line for each row. */
export function sheetFile(asOf: Day, rows: readonly StockRow[]): ReceivedFile {
	const stock = rows.map((row, index) => ({ ...row, line: index + 2 }));
	const text = stock.map((row) => `${JSON.stringify(row)}\n`).join("");
	return received("latihan-lplpo", asOf, text, stock.length, { stock });
}

/** A file being written, row by row, with the text its digest is taken of. */
export class FileInWriting {
	private readonly source: ExerciseSource;
	private readonly asOf: Day;
	private readonly columns: readonly string[];
	private readonly text: string[];
	private readonly reports: CaseReport[] = [];
	private readonly facilityReports: FacilityReport[] = [];

	/** @param columns names of the values a row may carry, in the order of the canonical text. */
	constructor(source: ExerciseSource, asOf: Day, columns: readonly string[]) {
		this.source = source;
		this.asOf = asOf;
		this.columns = columns;
		this.text = [`place,day,${columns.join(",")}`];
	}

	/** Adds what the source says of an area; rows without any value are not written. */
	area(code: CaseReport["area"], day: Day, values: CaseReport["values"]): void {
		if (!this.line(code, day, values as Record<string, number>)) return;
		this.reports.push({
			area: code,
			day,
			asOf: this.asOf,
			line: this.text.length,
			values,
			raw: NO_RAW,
		});
	}

	/** Adds what a facility states. */
	facility(code: string, day: Day, values: Record<string, number>): void {
		if (!this.line(code, day, values)) return;
		this.facilityReports.push({
			facility: code,
			day,
			asOf: this.asOf,
			line: this.text.length,
			values,
		});
	}

	/** The file, or undefined when the source had nothing to say. */
	close(): ReceivedFile | undefined {
		const rows = this.text.length - 1;
		if (rows === 0) return undefined;
		const text = `${this.text.join("\n")}\n`;
		return received(this.source, this.asOf, text, rows, {
			reports: this.reports,
			facilityReports: this.facilityReports,
		});
	}

	private line(
		place: string,
		day: Day,
		values: Record<string, number>,
	): boolean {
		let line = `${place},${isoOf(day)}`;
		let stated = false;
		for (const column of this.columns) {
			const value = values[column];
			if (value === undefined) line += ",";
			else {
				line += `,${value}`;
				stated = true;
			}
		}
		if (stated) this.text.push(line);
		return stated;
	}
}

let lastDay = Number.NaN;
let lastIso = "";

/** Most rows of a file speak of one day: its text is made once. */
function isoOf(day: Day): string {
	if (day !== lastDay) {
		lastDay = day;
		lastIso = isoFromDay(day);
	}
	return lastIso;
}
