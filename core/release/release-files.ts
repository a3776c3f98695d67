import { isoFromDay } from "../series/day.ts";
import { indicatorByKey } from "../series/indicator.ts";
import { type Cell, csvText } from "../writing/csv.ts";
import { type CountedTable, cellAt } from "./counted-table.ts";
import { LICENCE, type ReleaseFacts, TITLE } from "./release-facts.ts";
import { CELL_STATES, type ReleasedTable, shownCell } from "./shown-cell.ts";
import { sitePages, withdrawnPages } from "./site-page.ts";

const LEVEL = {
	nation: "nasional",
	province: "provinsi",
	regency: "kabupaten-kota",
	district: "kecamatan",
	village: "kelurahan",
} as const;

const COLUMNS = [
	["indikator", "string", "kunci indikator", "key of the indicator"],
	[
		"kode_wilayah",
		"string",
		"kode Kemendagri; ID: nasional; 00 dan .00: tanpa wilayah",
		"code of the Ministry of Home Affairs; ID: the nation; 00 and .00: without a place",
	],
	["wilayah", "string", "nama wilayah", "name of the area"],
	[
		"tingkat",
		"string",
		"nasional, provinsi, atau kabupaten-kota",
		"nation, province, or regency/city",
	],
	["tanggal", "date", "hari terakhir periode", "last day of the period"],
	[
		"nilai",
		"integer",
		"orang, kumulatif sampai tanggal itu; kosong bila tidak tersedia, tidak pernah 0 sebagai gantinya",
		"people, counted up to that day; empty where there is none, never 0 in its place",
	],
	["keadaan", "string", "keadaan sel", "state of the cell"],
] as const;

/**
 * The files of a release, by name, but for their checksums and signature: of the same release the same bytes, on every day and machine.
 */
export function releaseFiles(
	content: ReleasedTable,
	facts: ReleaseFacts,
): Map<string, string> {
	const { table, recipe } = content;
	const rows: Cell[][] = [];
	table.indicators.forEach((key, indicator) => {
		table.areas.forEach(({ code, name, level }, area) => {
			table.days.forEach((day, at) => {
				const { state, value } = shownCell(
					content,
					cellAt(table, indicator, area, at),
				);
				rows.push([
					...[key, code, name, LEVEL[level], isoFromDay(day), value, state],
				]);
			});
		});
	});
	const title = facts.exercise
		? { id: `LATIHAN: ${TITLE.id}`, en: `EXERCISE: ${TITLE.en}` }
		: TITLE;
	const files = new Map([
		["data.csv", csvText([COLUMNS.map(([name]) => name), ...rows])],
		["wilayah.geojson", `${json(geography(content))}\n`],
		["resep.json", `${json(recipe)}\n`],
		["datapackage.json", `${json(dataPackage(table, facts, title))}\n`],
		["dcat.jsonld", `${json(catalogue(table, facts, title))}\n`],
		["CATATAN.md", changelog(facts)],
	]);
	return new Map([...files, ...sitePages(content, facts, files)]);
}

/** What stands in the place of a release that was withdrawn. */
export function withdrawnFiles(facts: ReleaseFacts): Map<string, string> {
	return new Map([["CATATAN.md", changelog(facts)], ...withdrawnPages(facts)]);
}

const json = (value: unknown) => JSON.stringify(value, null, "\t");

/** The areas as points, each with the newest day's counts. */
function geography(content: ReleasedTable) {
	const { table, places } = content;
	const last = table.days.length - 1;
	return {
		type: "FeatureCollection",
		features: table.areas.flatMap(({ code, name, level }, area) => {
			const place = places.get(code);
			if (!place) return [];
			const counts = table.indicators.flatMap((key, indicator) => {
				const { state, value } = shownCell(
					content,
					cellAt(table, indicator, area, last),
				);
				return [
					[key, value],
					[`${key}_keadaan`, state],
				];
			});
			return [
				{
					type: "Feature",
					id: code,
					geometry: { type: "Point", coordinates: place },
					properties: {
						...{ kode_wilayah: code, wilayah: name, tingkat: LEVEL[level] },
						tanggal: isoFromDay(table.days[last] as number),
						...Object.fromEntries(counts),
					},
				},
			];
		}),
	};
}

/** Frictionless Data Package (datapackage.org/standard, version 1). */
function dataPackage(
	table: CountedTable,
	{ number, seq, at }: ReleaseFacts,
	title: typeof TITLE,
) {
	return {
		profile: "tabular-data-package",
		name: "blc-data-terbuka",
		...{ title: title.id, title_en: title.en },
		version: `${number}.0.0`,
		created: new Date(at).toISOString(),
		publication: seq,
		licenses: [LICENCE],
		resources: [
			{
				...{ name: "data", path: "data.csv", profile: "tabular-data-resource" },
				...{ format: "csv", mediatype: "text/csv", encoding: "utf-8" },
				schema: {
					fields: COLUMNS.map(([name, type, id, en]) => ({
						...{ name, type, description: id, description_en: en },
						...(name === "keadaan"
							? {
									constraints: { enum: Object.keys(CELL_STATES) },
									states: CELL_STATES,
								}
							: {}),
						...(name === "indikator"
							? {
									constraints: { enum: table.indicators },
									indicators: Object.fromEntries(
										table.indicators.map((key) => {
											const { id_name, en_name } = indicatorByKey(key);
											return [key, [id_name, en_name]];
										}),
									),
								}
							: {}),
					})),
					missingValues: [""],
					primaryKey: ["indikator", "kode_wilayah", "tanggal"],
				},
			},
			{
				...{ name: "wilayah", path: "wilayah.geojson", format: "geojson" },
				mediatype: "application/geo+json",
			},
		],
	};
}

/** DCAT (W3C, version 3) as JSON-LD. */
function catalogue(
	{ days }: CountedTable,
	{ number, at }: ReleaseFacts,
	title: typeof TITLE,
) {
	const file = (name: string, mediaType: string) => ({
		"@type": "dcat:Distribution",
		"dcat:downloadURL": { "@id": name },
		"dcat:mediaType": mediaType,
	});
	return {
		"@context": {
			dcat: "http://www.w3.org/ns/dcat#",
			dct: "http://purl.org/dc/terms/",
			xsd: "http://www.w3.org/2001/XMLSchema#",
		},
		"@type": "dcat:Dataset",
		"dct:title": [
			{ "@language": "id", "@value": title.id },
			{ "@language": "en", "@value": title.en },
		],
		"dct:identifier": `blc-data-terbuka-${number}`,
		"dcat:version": String(number),
		"dct:license": { "@id": LICENCE.path },
		"dct:issued": {
			...{ "@type": "xsd:dateTime", "@value": new Date(at).toISOString() },
		},
		"dct:temporal": {
			"@type": "dct:PeriodOfTime",
			"dcat:startDate": isoFromDay(days[0] as number),
			"dcat:endDate": isoFromDay(days.at(-1) as number),
		},
		"dct:spatial": {
			"@id": "http://publications.europa.eu/resource/authority/country/IDN",
		},
		"dcat:distribution": [
			file("data.csv", "text/csv"),
			file("wilayah.geojson", "application/geo+json"),
		],
	};
}

const NOTED = {
	released: ["dibuka untuk umum", "released"],
	corrected: ["memperbaiki rilis", "corrects release"],
	withdrawn: ["ditarik", "withdrawn"],
} as const;

/** Public notes of releases, corrections and withdrawals, the newest first. */
function changelog({ notes, exercise }: ReleaseFacts): string {
	const lines = [...notes].reverse().map(({ at, release, kind, of, note }) => {
		const [id, en] = NOTED[kind];
		const which = of === undefined ? "" : ` ${of}`;
		return `- ${new Date(at).toISOString()} · rilis/release ${release}: ${id}${which} / ${en}${which}. ${note.replaceAll(/\s+/g, " ").trim()}`;
	});
	return `# ${exercise ? "LATIHAN / EXERCISE: " : ""}Catatan rilis / Release notes\n\n${lines.join("\n")}\n`;
}
