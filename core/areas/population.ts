import { readCount } from "../reading/cell.ts";
import type { CodeBridge, ImportRowError } from "./bridge.ts";
import {
	type AreaCode,
	type KemendagriCode,
	levelOf,
	NATION,
	parentOf,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "./codes.ts";
import type { AreaTree } from "./tree.ts";

/** What is known of a kabupaten/kota without its population. */
export interface RegencySize {
	/** Villages of kind desa. */
	desa: number;
	/** Villages of kind kelurahan, which are towns' quarters and larger. */
	kelurahan: number;
	kecamatan: number;
	/** Inhabitants of the seat as a populated place (GeoNames); 0 when not known. */
	seatInhabitants: number;
}

/** The census of 2020 by province, and what it is divided by below the province. */
export interface CensusBasis {
	year: number;
	source: string;
	/** People by code of province. */
	provinces: Record<string, number>;
	/** By code of kabupaten/kota. */
	regencies: Record<string, RegencySize>;
}

/** People of an area, by its code: nation, provinces and kabupaten/kota. */
export type Population = ReadonlyMap<AreaCode, number>;

/** People that one desa counts for in the rule; a kelurahan counts three times and a kecamatan five times as much. */
export const PEOPLE_OF_DESA = 2500;

/**
 * How much of its province's people a kabupaten/kota is given until official figures are imported:
 * 2500 x (desa + 3 kelurahan + 5 kecamatan) + inhabitants of its seat.
 * A stated rule of thumb and no estimate: against the official figures of 2025 the median kabupaten/kota is off by a
 * factor of 1.3, one in ten by more than 2.
 */
export function weightOf(size: RegencySize): number {
	const { desa, kelurahan, kecamatan, seatInhabitants } = size;
	return (
		PEOPLE_OF_DESA * (desa + 3 * kelurahan + 5 * kecamatan) + seatInhabitants
	);
}

/**
 * Divides the census of the provinces over their kabupaten/kota in proportion to `weightOf`, in whole people by the
 * method of largest remainders, so that every province keeps its exact total.
 * @throws when a province has no kabupaten/kota of any weight.
 */
export function dividePopulation(basis: CensusBasis): Population {
	const people = new Map<AreaCode, number>();
	const regencies = Map.groupBy(
		Object.entries(basis.regencies),
		([code]) => parentOf(code as KemendagriCode) as string,
	);
	let nation = 0;
	for (const [province, total] of Object.entries(basis.provinces)) {
		nation += total;
		people.set(province as KemendagriCode, total);
		const own = (regencies.get(province) ?? []).map(([code, size]) => ({
			code,
			weight: weightOf(size),
		}));
		const whole = own.reduce((sum, { weight }) => sum + weight, 0);
		if (!(whole > 0)) throw new Error(`nothing to divide ${province} by`);
		const shares = own.map(({ code, weight }) => {
			const exact = (total * weight) / whole;
			return { code, people: Math.floor(exact), rest: exact % 1 };
		});
		const left = total - shares.reduce((sum, share) => sum + share.people, 0);
		shares
			.sort((a, b) => b.rest - a.rest || (a.code < b.code ? -1 : 1))
			.forEach((share, index) => {
				const one = index < left ? 1 : 0;
				people.set(share.code as KemendagriCode, share.people + one);
			});
	}
	people.set(NATION, nation);
	return people;
}

/**
 * Fewer are a figure in thousands: the largest kabupaten (Bogor) has 5.9 million people at most, the smallest (Tambrauw) had 6,144 when it
 * was counted first, in 2010.
 */
const FEWEST = 6_000;

export interface PopulationFile {
	tree: AreaTree;
	/** Scheme of the codes in the file. */
	scheme: "kemendagri" | "kemendagri-undotted" | "bps";
	/** Needed for codes of BPS. */
	bridge?: CodeBridge;
	/** Names of the columns with the code and with the number of people. */
	columns: { code: string; total: string };
	/** Line of the first row; 2 below a header line. */
	firstLine?: number;
}

export interface PopulationReading {
	/** Of the kabupaten/kota in the file; provinces and the nation only when all their parts are there. */
	population: Population;
	errors: ImportRowError[];
	/** Rows kept out of the sum: totals of a province or the nation that differ from the sum of their parts. */
	notes: ImportRowError[];
	/** Kabupaten/kota that the file says nothing of. */
	missing: KemendagriCode[];
}

/**
 * Reads an imported population table with one row for each kabupaten/kota, in codes of 2020 or of today.
 * Refused, with line, column, found and expected: a code that is none, an area that is not known, a second row for an
 * area, and a total that is no whole number of people or too small for any area, as one in thousands is. Rows of provinces and of the nation are only compared with the
 * sums, and not even that for provinces whose extent has changed since 2020.
 */
export function readPopulation(
	rows: readonly Readonly<Record<string, string>>[],
	file: PopulationFile,
): PopulationReading {
	const errors: ImportRowError[] = [];
	const notes: ImportRowError[] = [];
	const people = new Map<AreaCode, number>();
	const totals: { line: number; code: AreaCode; total: number }[] = [];
	const read = codeReader(file);
	rows.forEach((row, index) => {
		const line = (file.firstLine ?? 2) + index;
		const text = row[file.columns.code] ?? "";
		const totalText = row[file.columns.total] ?? "";
		const code = read(text);
		const wrong = (
			column: "code" | "total",
			found: string,
			expected: string,
		): void => {
			errors.push({ line, column: file.columns[column], found, expected });
		};
		if (!code) {
			wrong("code", text, `code of a known area, ${file.scheme}`);
			return;
		}
		const reading = readCount(totalText);
		if (!reading.ok || reading.value < FEWEST) {
			wrong(
				"total",
				totalText,
				`whole number of people, ${FEWEST} or more (not in thousands)`,
			);
			return;
		}
		const total = reading.value;
		if (levelOf(code) !== "regency") totals.push({ line, code, total });
		else if (people.has(code)) wrong("code", text, "one row for each area");
		else people.set(code, total);
	});

	const missing = file.tree
		.at("regency")
		.map(({ code }) => code as KemendagriCode)
		.filter((code) => !people.has(code));
	for (const { code } of file.tree.at("province")) {
		const own = file.tree.children(code).map((area) => people.get(area.code));
		const sum = own.reduce<number>((all, one) => all + (one ?? Number.NaN), 0);
		if (Number.isFinite(sum)) people.set(code, sum);
	}
	if (missing.length === 0)
		people.set(
			NATION,
			file.tree
				.at("province")
				.reduce((sum, { code }) => sum + (people.get(code) ?? 0), 0),
		);
	for (const { line, code, total } of totals) {
		const sum = people.get(code);
		const changed = (file.tree.get(code)?.successors.length ?? 0) > 0;
		if (sum !== undefined && sum !== total && !changed)
			notes.push({
				line,
				column: file.columns.total,
				found: String(total),
				expected: `${sum}, the sum of its parts`,
			});
	}
	return { population: people, errors, notes, missing };
}

/** Reads a code of the file to the area of 2020; a code of today leads to the one it replaced. */
function codeReader({
	tree,
	scheme,
	bridge,
}: PopulationFile): (text: string) => AreaCode | undefined {
	const replaced = new Map<AreaCode, AreaCode>();
	for (const area of tree.at("regency"))
		for (const next of area.successors) replaced.set(next, area.code);
	return (text) => {
		if (text === "0" || text === NATION) return NATION;
		const bps = scheme === "bps" ? parseBps(text) : undefined;
		const code =
			scheme === "bps"
				? bps && bridge?.toKemendagri(bps)
				: scheme === "kemendagri"
					? parseKemendagri(text)
					: parseKemendagriUndotted(text);
		if (!code || !tree.get(code)) return undefined;
		const level = levelOf(code);
		if (level !== "regency" && level !== "province") return undefined;
		return replaced.get(code) ?? code;
	};
}
