import { resolveArea } from "../../core/areas/resolve.ts";
import { excerpt } from "../../core/reading/fault.ts";
import type { Connector } from "../reports/connector.ts";
import { HospitalNames } from "../reports/facility-names.ts";
import { readEntries, textOf } from "../reports/read-entries.ts";
import type { FacilityEntry, Parsed, RowError } from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

const COLUMNS = ["name", "region", "province", "lat", "long"] as const;

/** A hospital lies no further than this from the seat of its kabupaten/kota, in degrees; Indonesia's largest ones reach as far. */
const NEAR = 1.5;

/**
 * The referral hospitals for COVID-19 that the minister named in March 2020, with their positions, as re-published in
 * hndryno/covid-mobile-app (extra/datarumahsakit.js): 128 of 132, without codes. The region is wrong of some (a hospital of Palangka Raya in
 * MURUNG RAYA, one of Serang in TANGERANG): those wait for a person.
 */
export const rsRujukan: Connector = {
	key: "rs-rujukan",
	describes:
		"referral hospitals with their positions (JSON: name, region, province, lat, long), found by name among the registered ones (take in rs-online before)",
	source: {
		key: "rs-rujukan",
		idName: "RS rujukan COVID-19 (Maret 2020)",
		enName: "COVID-19 referral hospitals (March 2020)",
		idOrder: "Penetapan rumah sakit rujukan dan letaknya",
		enOrder: "Which hospitals are for referral, and where they lie",
		rank: 19,
		cadence: "irregular",
	},

	/** Each entry of the list counts as a line, the first as 1. */
	parse(bytes, context): Parsed {
		const names = new HospitalNames(context.facilities ?? []);
		return readEntries<FacilityEntry>(
			bytes,
			{
				columns: COLUMNS,
				expected: `a list of {${COLUMNS.join(", ")}}`,
				refused: names.refusal("name"),
				vintage: vintageOf(context),
				received: context.received,
			},
			(entry, line, asOf) => {
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
				const province = resolveArea(context.tree, textOf(entry.province), {
					level: "province",
				});
				if (!province.ok)
					return fail("province", "unknown-area", "the name of a province");
				// "KOTA BANDA ACEH, ACEH": the kabupaten/kota stands before the province.
				const [place = ""] = textOf(entry.region).split(",");
				const area = resolveArea(context.tree, place, {
					level: "regency",
					within: province.area.code,
					bareMeansKabupaten: true,
				});
				if (!area.ok)
					return fail(
						"region",
						"unknown-area",
						`a kabupaten/kota of ${province.area.name}`,
					);
				const { lat, long: lng } = entry;
				const seat = area.area;
				if (
					typeof lat !== "number" ||
					typeof lng !== "number" ||
					Math.hypot(lat - seat.lat, lng - seat.lng) > NEAR
				)
					return {
						...fail(
							"lat",
							"two-areas",
							`a position within ${NEAR} degrees of the seat of ${seat.name} (${seat.lat}, ${seat.lng})`,
						),
						found: excerpt(`${textOf(lat)}, ${textOf(lng)}`),
					};
				const found = names.find(
					textOf(entry.name),
					area.area.code,
					line,
					"name",
				);
				return "error" in found
					? found.error
					: {
							code: found.code,
							asOf,
							line,
							referral: true,
							position: { lat, lng },
						};
			},
			(facilities) => ({ facilities, remarks: names.remarks() }),
		);
	},
};
