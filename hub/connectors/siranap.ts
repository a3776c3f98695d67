import { type AreaCode, parentOf } from "../../core/areas/codes.ts";
import { resolveArea } from "../../core/areas/resolve.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import type { ReportColumn } from "../../core/facilities/report.ts";
import { type ColumnSet, readTable } from "../../core/reading/table.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { Connector } from "../reports/connector.ts";
import { HospitalNames } from "../reports/facility-names.ts";
import { FIRST_DAY, RowReader, unreadRows } from "../reports/read-row.ts";
import type { FacilityReport, Parsed, RowError } from "../reports/report.ts";

const EMERGENCY: ColumnSet = {
	required: [
		"hospital",
		"bed_availability",
		"queue",
		"last_update",
		"district",
		"scraped_at",
	],
	optional: ["row", "address", "tlp_number", "province", "bed_type"],
};

const CLASSES = ["class1", "class2", "class3"] as const;
const BY_CLASS: ColumnSet = {
	required: [
		"hospital",
		...CLASSES.flatMap((name) => [`bed_${name}`, `last_update_${name}`]),
		"district",
		"scraped_at",
	],
	optional: ["row", "address", "tlp_number", "province", "bed_type"],
};

const MINUTES_OF = { menit: 1, jam: 60, hari: 1440 } as const;
const SCRAPED = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::\d{2})?$/;

/**
 * Free beds by hospital as the health ministry's SIRANAP 3.0 shows them, as scraped in jswsean/siranap_hospital_data (csv/): for people with
 * COVID-19 in the emergency room (`covid_bed_data_all_*`), for others by class (`noncovid_bed_data_all_*`). The numbers stand in sentences, the
 * times are ages relative to the moment of the scrape (WIB), the places are BPS codes, the hospitals have no codes. Hospitals that do not
 * report are not in it, nor are two provinces: a file says nothing of capacity.
 */
export const siranap: Connector = {
	key: "siranap",
	describes:
		"SIRANAP scrapes of free beds (hospital, bed_availability, queue, last_update, district, scraped_at; or bed_class1, last_update_class1, …), hospitals found by name among the registered ones (take in rs-online before); needs the bridge of BPS codes",
	source: {
		key: "siranap",
		idName: "SIRANAP (Kementerian Kesehatan)",
		enName: "SIRANAP (Ministry of Health)",
		idOrder: "Satu-satunya sumber tempat tidur kosong dan antrean IGD",
		enOrder: "The only source of free beds and of queues in emergency rooms",
		rank: 21,
		cadence: "irregular",
	},

	parse(bytes, context): Parsed {
		const table = readTable(asLines(bytes), [EMERGENCY, BY_CLASS]);
		const names = new HospitalNames(context.facilities ?? []);
		const refusal =
			table.rows.length === 0
				? null
				: context.bridge
					? names.refusal("hospital")
					: {
							line: null,
							column: "district",
							reason: "no-bridge" as const,
							found: `${table.rows.length} rows with BPS codes`,
							expected:
								"the bridge between BPS and Kemendagri codes (hub import codes FILE)",
						};
		if (refusal) return { ...unreadRows(table, refusal), asOf: null };
		const said = table.set === BY_CLASS ? byClass : emergency;
		const facilityReports: FacilityReport[] = [];
		const errors: RowError[] = [...table.errors];
		const skipped: Parsed["skipped"] = { ...table.skipped };
		let asOf: Day | null = null;
		for (const row of table.rows) {
			const reader = new RowReader(row, context);
			const scraped = scrapedAt(reader);
			const bedType = reader.cell("bed_type").trim();
			const expectedType = table.set === BY_CLASS ? "Non COVID-19" : "COVID-19";
			if (bedType !== "" && bedType !== expectedType)
				reader.fail(
					"bed_type",
					"columns",
					`${expectedType}: these columns are of no other beds`,
				);
			const area = reader.bps("district");
			if (area) holdAgainstProvince(reader, area, context.tree);
			const days = scraped === undefined ? [] : said(reader, scraped.minutes);
			if (reader.errors.length > 0 || !area || scraped === undefined) {
				errors.push(...reader.errors);
				continue;
			}
			if (days.length === 0) {
				skipped["no counts"] = (skipped["no counts"] ?? 0) + 1;
				continue;
			}
			const found = names.find(
				reader.cell("hospital"),
				area,
				row.line,
				"hospital",
			);
			if ("error" in found) {
				errors.push(found.error);
				continue;
			}
			asOf = Math.max(asOf ?? scraped.day, scraped.day);
			for (const { day, values } of days)
				facilityReports.push({
					facility: found.code,
					day,
					asOf: scraped.day,
					line: row.line,
					values,
				});
		}
		return {
			reports: [],
			facilityReports,
			errors,
			lines: table.lines,
			skipped,
			unread: table.unread,
			asOf,
			remarks: names.remarks(),
		};
	},
};

/** A province beside the district is its own: of two places that a row names nobody can say which is meant. */
function holdAgainstProvince(
	reader: RowReader,
	area: AreaCode,
	tree: AreaTree,
): void {
	const said = reader.cell("province").trim();
	const district = reader.cell("district").trim();
	const isOther = /^\d+$/.test(said)
		? said !== district.slice(0, 2)
		: said !== "" && !isNamed(tree, said, parentOf(area));
	if (isOther)
		reader.fail(
			"province",
			"two-areas",
			`the province of the district ${district}: ${district.slice(0, 2)}`,
		);
}

function isNamed(
	tree: AreaTree,
	name: string,
	province: AreaCode | null,
): boolean {
	const found = resolveArea(tree, name, { level: "province" });
	return found.ok && found.area.code === province;
}

/**
 * The file as R wrote it, made a table of lines: the number of the row is given a name, and an address that goes over several lines stands on
 * the first of them, so that every other line keeps its number.
 */
function asLines(bytes: Uint8Array): Uint8Array {
	const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
	let quoted = false;
	let broken = "";
	const lines = text
		.replace(/^\ufeff?"",/, '"row",')
		.replace(/["\n]/g, (sign) => {
			if (sign === '"') quoted = !quoted;
			else if (quoted) {
				broken += "\n";
				return " ";
			} else {
				const after = `\n${broken}`;
				broken = "";
				return after;
			}
			return sign;
		});
	// One that is not even text is refused as it came.
	return quoted || lines.includes("\ufffd")
		? bytes
		: new TextEncoder().encode(lines + broken);
}

interface DayOfRow {
	day: Day;
	values: Partial<Record<ReportColumn, number>>;
}

/** `Tersedia 2 bed kosong IGD`, `Bed IGD Penuh!`; `dengan antrian 12 pasien.`, `tanpa antrian pasien.` */
function emergency(reader: RowReader, scraped: number): DayOfRow[] {
	const free = inSentence(
		reader,
		"bed_availability",
		/^Tersedia (\d{1,4}) bed kosong IGD\.?$/i,
		/^Bed IGD Penuh!?$/i,
		"`Tersedia 2 bed kosong IGD` or `Bed IGD Penuh!`",
	);
	const queue = inSentence(
		reader,
		"queue",
		/^dengan antrian (\d{1,4}) pasien\.?$/i,
		/^tanpa antrian pasien\.?$/i,
		"`dengan antrian 12 pasien` or `tanpa antrian pasien.`",
	);
	const day = updatedOn(reader, "last_update", scraped);
	if (day === undefined || (free === undefined && queue === undefined))
		return [];
	return [
		{
			day,
			values: {
				...(free === undefined ? {} : { emergency_free: free }),
				...(queue === undefined ? {} : { emergency_queue: queue }),
			},
		},
	];
}

/** Each class has its own age, so that a row may speak of several days; one without an age is of no day and says nothing. */
function byClass(reader: RowReader, scraped: number): DayOfRow[] {
	const days = new Map<Day, DayOfRow["values"]>();
	for (const name of CLASSES) {
		const text = reader.cell(`bed_${name}`).trim();
		const day = updatedOn(reader, `last_update_${name}`, scraped);
		if (text === "") continue;
		if (!/^\d{1,4}$/.test(text)) {
			reader.fail(`bed_${name}`, "not-a-number", "a whole number of free beds");
			continue;
		}
		if (day === undefined) continue;
		days.set(day, { ...days.get(day), [`${name}_free`]: Number(text) });
	}
	return [...days].map(([day, values]) => ({ day, values }));
}

function inSentence(
	reader: RowReader,
	column: string,
	some: RegExp,
	none: RegExp,
	expected: string,
): number | undefined {
	const text = reader.cell(column).trim();
	if (text === "") return undefined;
	const [, number] = some.exec(text) ?? [];
	if (number !== undefined) return Number(number);
	return none.test(text) ? 0 : reader.fail(column, "not-a-number", expected);
}

/** Day and minutes since 1970 by the clock in Jakarta, which the scrape writes without a zone. */
function scrapedAt(
	reader: RowReader,
): { day: Day; minutes: number } | undefined {
	const day = reader.day("scraped_at");
	if (day === undefined) return undefined;
	const [, iso = "", hours, minutes] =
		SCRAPED.exec(reader.cell("scraped_at").trim()) ?? [];
	return dayFromIso(iso) === undefined
		? reader.fail(
				"scraped_at",
				"not-a-day",
				"a day and time of Jakarta such as 2021-07-12 21:53:21",
			)
		: { day, minutes: day * 1440 + Number(hours) * 60 + Number(minutes) };
}

/** The day (WIB) of an age: `13 jam`, `56 menit`, `kurang dari 1 menit`. */
function updatedOn(
	reader: RowReader,
	column: string,
	scraped: number,
): Day | undefined {
	const text = reader.cell(column).trim();
	if (text === "") return undefined;
	const [, number, unit] =
		/^(?:kurang dari (?=1 ))?(\d{1,3}) (menit|jam|hari)$/i.exec(text) ?? [];
	if (number === undefined || unit === undefined)
		return reader.fail(
			column,
			"not-a-day",
			"an age such as `13 jam` or `kurang dari 1 menit`",
		);
	const ago =
		Number(number) * MINUTES_OF[unit.toLowerCase() as keyof typeof MINUTES_OF];
	const day = Math.floor((scraped - ago) / 1440);
	return day >= FIRST_DAY
		? day
		: reader.fail(
				column,
				"impossible-day",
				`an age back to ${isoFromDay(FIRST_DAY)} or later`,
			);
}
