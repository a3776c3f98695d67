import {
	type BpsCode,
	type KemendagriCode,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "./codes.ts";
import { resolveArea } from "./resolve.ts";
import type { Area, AreaTree } from "./tree.ts";

/** One row of the bridge as it stands in the file, all text. */
export interface BridgeRow {
	kode_bps: string;
	nama_bps: string;
	kode_dagri: string;
	nama_dagri: string;
}

export const BRIDGE_COLUMNS = [
	"kode_bps",
	"nama_bps",
	"kode_dagri",
	"nama_dagri",
] as const;

/** Why a row of an imported reference file was refused. */
export interface ImportRowError {
	/** Line in the file; the header is line 1. */
	line: number;
	column: string;
	found: string;
	expected: string;
}

/** A remark on a row that was kept. */
export type ImportRowNote = ImportRowError;

/** Translates between the two code schemes for the areas of one bridge file. */
export interface CodeBridge {
	readonly size: number;
	/** The area of a BPS code; undefined when the bridge does not know the code. */
	toKemendagri(bps: BpsCode): KemendagriCode | undefined;
	toBps(code: KemendagriCode): BpsCode | undefined;
	/** Pairs in the file's order. */
	readonly pairs: readonly (readonly [BpsCode, KemendagriCode])[];
}

export interface BridgeReading {
	bridge: CodeBridge;
	/** Rows left out, with the reason. */
	errors: ImportRowError[];
	/** Rows kept although their name says something else than their code (the source cuts long names). */
	notes: ImportRowNote[];
}

/**
 * Reads a bridge between BPS and Kemendagri codes (`kode_bps,nama_bps,kode_dagri,nama_dagri`), of provinces,
 * kabupaten/kota or kecamatan. `kode_dagri` may be written with or without dots.
 * Left out, with line, column, found and expected: a code of neither form, two codes of different levels, an area that
 * the tree does not have, and a code that occurred before. A name that does not fit is only a note: the published
 * file cuts five names ("KAB. OGAN KOMERING ULU" three times), so the code decides.
 * @param rows the rows below the header, in order.
 * @param firstLine line of the first row in the file.
 */
export function readBridge(
	tree: AreaTree,
	rows: readonly BridgeRow[],
	firstLine = 2,
): BridgeReading {
	const errors: ImportRowError[] = [];
	const notes: ImportRowNote[] = [];
	const toKemendagri = new Map<BpsCode, KemendagriCode>();
	const toBps = new Map<KemendagriCode, BpsCode>();
	rows.forEach((row, index) => {
		const line = firstLine + index;
		const bps = parseBps(row.kode_bps);
		const code =
			parseKemendagri(row.kode_dagri) ??
			parseKemendagriUndotted(row.kode_dagri);
		const area = code && tree.get(code);
		const problem = problemOf(bps, code, area);
		if (problem) {
			errors.push({ line, found: row[problem.column], ...problem });
		} else if (bps && code && area) {
			toKemendagri.set(bps, code);
			toBps.set(code, bps);
			if (!fitsName(row.nama_dagri, area))
				notes.push({
					line,
					column: "nama_dagri",
					found: row.nama_dagri,
					expected: area.name,
				});
		}
	});

	function problemOf(
		bps: BpsCode | undefined,
		code: KemendagriCode | undefined,
		area: Area | undefined,
	): { column: keyof BridgeRow; expected: string } | undefined {
		if (!bps)
			return {
				column: "kode_bps",
				expected: "BPS code of 2, 4 or 7 digits, such as 3507",
			};
		if (!code)
			return {
				column: "kode_dagri",
				expected: "Kemendagri code, such as 3507 or 35.07",
			};
		if (LENGTH_BESIDE_BPS[bps.length] !== code.length)
			return {
				column: "kode_dagri",
				expected: `code of the same level as BPS ${bps}`,
			};
		if (!area)
			return { column: "kode_dagri", expected: "area of the order of 2020" };
		const otherCode = toKemendagri.get(bps);
		if (otherCode)
			return { column: "kode_bps", expected: `once; already ${otherCode}` };
		const otherBps = toBps.get(code);
		if (otherBps)
			return {
				column: "kode_dagri",
				expected: `once; already BPS ${otherBps}`,
			};
		return undefined;
	}

	function fitsName(name: string, area: Area): boolean {
		const said = resolveArea(tree, name, {
			level: area.level,
			within: area.parent ?? undefined,
			bareMeansKabupaten: true,
		});
		return said.ok && said.area.code === area.code;
	}

	return {
		bridge: {
			size: toKemendagri.size,
			toKemendagri: (code) => toKemendagri.get(code),
			toBps: (code) => toBps.get(code),
			pairs: [...toKemendagri],
		},
		errors,
		notes,
	};
}

/** Length of a BPS code to the length of the dotted Kemendagri code of the same level. */
const LENGTH_BESIDE_BPS: Record<number, number> = { 2: 2, 4: 5, 7: 8, 10: 13 };
