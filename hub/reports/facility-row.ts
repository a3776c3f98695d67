import {
	type AreaCode,
	NATION,
	parseKemendagri,
} from "../../core/areas/codes.ts";
import { type Day, day } from "../../core/series/day.ts";
import type { HospitalNames } from "./facility-names.ts";
import type { RowReader } from "./read-row.ts";

/** Of whom and of which day a row of a facility's form speaks: columns kode_faskes, faskes, kode_wilayah and days. */

/** Days among which a number of a cell may be one. */
const WRITTEN_DAYS = { from: day("2000-01-01"), to: day("2099-12-31") };

/** By its code; where there is none, by its name in an area. */
export function facilityOf(
	reader: RowReader,
	codes: ReadonlyMap<string, AreaCode>,
	names: HospitalNames,
): string | undefined {
	const code = reader.cell("kode_faskes").trim();
	if (code !== "") {
		const area = codes.get(code);
		if (area === undefined)
			return reader.fail(
				"kode_faskes",
				"unknown-facility",
				"the code of a registered hospital, laboratory or warehouse",
			);
		const said = parseKemendagri(reader.cell("kode_wilayah").trim());
		// The code of one and the place of another: whose shelf it is nobody can say.
		if (
			said &&
			area !== NATION &&
			!said.startsWith(area) &&
			!area.startsWith(said)
		)
			return reader.fail(
				"kode_wilayah",
				"two-areas",
				`that of ${code}: ${area}`,
			);
		return code;
	}
	const name = reader.cell("faskes").trim();
	if (name === "")
		return reader.fail(
			"kode_faskes",
			"unknown-facility",
			"a code, or a name in faskes and its kabupaten/kota in kode_wilayah",
		);
	const area = reader.kemendagri("kode_wilayah");
	if (area === undefined) return undefined;
	const found = names.find(name, area, reader.line, "faskes");
	if ("code" in found) return found.code;
	reader.errors.push(found.error);
	return undefined;
}

/** A day as it is written, or as Excel counts it. */
export function dayOf(
	reader: RowReader,
	column: string,
	{ latest, dayZero }: { latest: Day; dayZero: Day },
): Day | undefined {
	const serial = countedDay(reader.cell(column), dayZero);
	if (serial === undefined) return reader.day(column, latest);
	return serial <= latest
		? serial
		: reader.fail(column, "impossible-day", "a day up to that of the sheet");
}

/** A day that is written as the number by which Excel counts it. */
export function countedDay(text: string, dayZero: Day): Day | undefined {
	const counted = /^\d{5}$/.test(text.trim())
		? Number(text) + dayZero
		: Number.NaN;
	return counted >= WRITTEN_DAYS.from && counted <= WRITTEN_DAYS.to
		? counted
		: undefined;
}
