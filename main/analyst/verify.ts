/**
 * `verify`: recomputes a file in the reference format and compares every quantity the file expects.
 *
 * A file's kind is told by its content. Before anything is recomputed the expected part is taken out of the file, so a
 * verifier cannot read what it has to arrive at. A quantity that is expected and not recomputed is a failure, not a gap.
 */

import { isObject } from "../../core/reading/json.ts";
import { EXIT } from "../../core/writing/exit.ts";
import { readJson } from "./series-file.ts";

/** How far a recomputed number may be from the expected one: either bound suffices. */
export type Tolerance = { relative?: number; absolute?: number };

/** A value that is expected but deliberately not compared, and why. */
export type NotCompared = { notCompared: string };

/** Where a value stands in the expected part: object keys and array indices. */
export type ValuePath = readonly (string | number)[];

/** One model's way to recompute its reference files. */
export type Verifier = {
	/** Printed name of the kind of file, e.g. "rt". */
	kind: string;
	/** Whether a parsed file is of this kind, judged by its content only. */
	recognises(file: unknown): boolean;
	/**
	 * Recomputes everything the file expects, in the shape of the expected part.
	 * @param inputs `inputs`, `input` or `parameters` of the file when it has one of them, else the whole file
	 * @param file the whole file without its expected part
	 */
	recompute(inputs: unknown, file: unknown): Promise<unknown> | unknown;
	/** Takes the file apart when the expected values are not under `expected` (e.g. interleaved in `cases`). */
	split?(file: unknown): { expected: unknown; rest: unknown };
	/**
	 * Tolerance of one value, where the file's own `tolerance` does not say it or says it in prose.
	 * Undefined falls back to the file's tolerance.
	 */
	toleranceOf?(
		path: ValuePath,
		file: unknown,
	): Tolerance | NotCompared | undefined;
};

/** What the comparison found for one quantity, that is all values whose paths differ by array index only. */
export type QuantityReport = {
	quantity: string;
	compared: number;
	worstAbsolute: number;
	worstRelative: number;
	tolerance: Tolerance;
	/** Up to a few failures, in words; empty means the quantity passed. */
	failures: string[];
	failed: number;
	/** Reasons for values left out, with their number. */
	notCompared: Map<string, number>;
};

/** The verdict on one file. */
export type FileReport =
	| { file: string; outcome: "unusable"; reason: string }
	| {
			file: string;
			outcome: "pass" | "fail";
			kind: string;
			quantities: QuantityReport[];
			remarks: string[];
	  };

/** Used where a file states no tolerance: published tables carry about 15 digits, so 9 leave room for rounding only. */
export const DEFAULT_TOLERANCE: Tolerance = { relative: 1e-9 };

/**
 * Rounding left in a value that is nearly zero beside its neighbours in one list of numbers (the tail of a distribution,
 * a difference of sums): a share of the largest magnitude in that list. Values outside such a list get none.
 */
const ROUNDING_SHARE = 1e-13;
const FAILURES_SHOWN = 3;

type JsonObject = Record<string, unknown>;

function splitFile(
	verifier: Verifier,
	file: unknown,
): { expected: unknown; rest: unknown } {
	if (verifier.split) return verifier.split(file);
	const { expected, ...rest } = file as JsonObject;
	return { expected, rest };
}

function inputsOf(rest: unknown): unknown {
	if (!isObject(rest)) return rest;
	return rest.inputs ?? rest.input ?? rest.parameters ?? rest;
}

function numberOr(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value)
		? value
		: undefined;
}

/** The tolerance that a file states: for everything, or under a quantity's own name. */
function statedTolerance(
	file: unknown,
	path: ValuePath,
): Tolerance | undefined {
	const stated = isObject(file) ? file.tolerance : undefined;
	if (typeof stated === "number") return { relative: stated };
	if (!isObject(stated)) return undefined;
	for (const key of path.toReversed()) {
		const own = typeof key === "string" ? stated[key] : undefined;
		if (typeof own === "number" && key !== "relative" && key !== "absolute")
			return { relative: own };
		if (isObject(own))
			return {
				relative: numberOr(own.relative),
				absolute: numberOr(own.absolute),
			};
	}
	const relative = numberOr(stated.relative);
	const absolute = numberOr(stated.absolute);
	return relative === undefined && absolute === undefined
		? undefined
		: { relative, absolute };
}

function quantityOf(path: ValuePath): string {
	let name = "";
	for (const key of path)
		name += typeof key === "number" ? "[]" : name === "" ? key : `.${key}`;
	return name || "value";
}

function placeOf(path: ValuePath): string {
	let place = "";
	for (const key of path)
		place +=
			typeof key === "number" ? `[${key}]` : place === "" ? key : `.${key}`;
	return place || "value";
}

function inWords(value: unknown): string {
	if (value === undefined) return "nothing";
	if (Array.isArray(value)) return `${value.length} values`;
	if (typeof value === "object" && value !== null) return "an object";
	return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** A missing number: JSON writes null (R sometimes "NA") for what a model leaves undefined or NaN. */
function isMissingNumber(value: unknown): boolean {
	return value === null || (typeof value === "number" && Number.isNaN(value));
}

function isTypedArray(value: unknown): value is Float64Array {
	return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Compares a recomputed tree with an expected one, leaf by leaf. */
export function compare(
	expected: unknown,
	actual: unknown,
	toleranceOf: (path: ValuePath) => Tolerance | NotCompared,
): QuantityReport[] {
	const reports = new Map<string, QuantityReport>();
	const scales = new Map<string, number>();

	function measureScale(value: unknown, path: ValuePath): void {
		if (Array.isArray(value)) {
			const numbers = value.filter((item) => typeof item === "number");
			if (numbers.length > 0)
				scales.set(
					placeOf(path),
					numbers.reduce((scale, item) => Math.max(scale, Math.abs(item)), 0),
				);
			for (const [index, item] of value.entries())
				if (typeof item === "object") measureScale(item, [...path, index]);
		} else if (isObject(value))
			for (const [key, item] of Object.entries(value))
				measureScale(item, [...path, key]);
	}
	measureScale(expected, []);

	function reportFor(path: ValuePath): QuantityReport {
		const quantity = quantityOf(path);
		let report = reports.get(quantity);
		if (!report) {
			report = {
				quantity,
				compared: 0,
				worstAbsolute: 0,
				worstRelative: 0,
				tolerance: {},
				failures: [],
				failed: 0,
				notCompared: new Map(),
			};
			reports.set(quantity, report);
		}
		return report;
	}

	function fail(path: ValuePath, message: string): void {
		const report = reportFor(path);
		report.failed++;
		if (report.failures.length < FAILURES_SHOWN)
			report.failures.push(`${placeOf(path)}: ${message}`);
	}

	function compareNumber(
		path: ValuePath,
		wanted: number,
		found: unknown,
		tolerance: Tolerance,
	): void {
		const report = reportFor(path);
		report.compared++;
		report.tolerance = tolerance;
		if (typeof found !== "number" || Number.isNaN(found)) {
			fail(path, `expected ${wanted}, found ${inWords(found)}`);
			return;
		}
		const absolute = found === wanted ? 0 : Math.abs(found - wanted);
		const relative =
			absolute === 0
				? 0
				: wanted === 0
					? Number.POSITIVE_INFINITY
					: absolute / Math.abs(wanted);
		const rounding =
			typeof path.at(-1) === "number"
				? (scales.get(placeOf(path.slice(0, -1))) ?? 0) * ROUNDING_SHARE
				: 0;
		const within =
			absolute <= rounding ||
			(tolerance.relative !== undefined && relative <= tolerance.relative) ||
			(tolerance.absolute !== undefined && absolute <= tolerance.absolute);
		report.worstAbsolute = Math.max(report.worstAbsolute, absolute);
		// A value as small as the rounding of its list has no meaningful relative difference.
		if (absolute > rounding || Math.abs(wanted) > 100 * rounding)
			report.worstRelative = Math.max(report.worstRelative, relative);
		if (!within) fail(path, `expected ${wanted}, found ${found}`);
	}

	function walk(path: ValuePath, wanted: unknown, found: unknown): void {
		const tolerance = toleranceOf(path);
		if ("notCompared" in tolerance) {
			const { notCompared } = reportFor(path);
			notCompared.set(
				tolerance.notCompared,
				(notCompared.get(tolerance.notCompared) ?? 0) + 1,
			);
			return;
		}
		if (found === undefined) {
			reportFor(path).compared++;
			fail(path, `expected ${inWords(wanted)}, not recomputed`);
			return;
		}
		if (Array.isArray(wanted)) {
			const items = isTypedArray(found) ? Array.from(found) : found;
			if (!Array.isArray(items)) {
				fail(path, `expected ${inWords(wanted)}, found ${inWords(found)}`);
				return;
			}
			if (items.length !== wanted.length)
				fail(path, `expected ${wanted.length} values, found ${items.length}`);
			if (wanted.length === 0) reportFor(path).compared++;
			for (const [index, item] of wanted.entries())
				walk([...path, index], item, items[index]);
		} else if (isObject(wanted)) {
			if (!isObject(found)) {
				fail(path, `expected an object, found ${inWords(found)}`);
				return;
			}
			for (const [key, item] of Object.entries(wanted))
				walk([...path, key], item, found[key]);
		} else if (typeof wanted === "number")
			compareNumber(path, wanted, found, tolerance);
		else {
			const report = reportFor(path);
			report.compared++;
			const same =
				wanted === null || wanted === "NA"
					? isMissingNumber(found)
					: wanted === found;
			if (!same)
				fail(path, `expected ${inWords(wanted)}, found ${inWords(found)}`);
		}
	}

	walk([], expected, actual);
	return [...reports.values()];
}

/** Verifies one parsed file. */
export async function verifyParsed(
	name: string,
	file: unknown,
	verifiers: readonly Verifier[],
): Promise<FileReport> {
	const verifier = verifiers.find((candidate) => {
		try {
			return candidate.recognises(file);
		} catch {
			return false;
		}
	});
	if (!verifier)
		return {
			file: name,
			outcome: "unusable",
			reason: `not a reference file this program knows (found ${isObject(file) ? `keys ${Object.keys(file).slice(0, 8).join(", ")}` : inWords(file)}; expected one of: ${verifiers.map((known) => known.kind).join(", ")})`,
		};
	const { expected, rest } = splitFile(verifier, file);
	if (expected === undefined || expected === null)
		return {
			file: name,
			outcome: "unusable",
			reason: `a ${verifier.kind} file without "expected": nothing to compare with`,
		};
	const remarks: string[] = [];
	let actual: unknown;
	try {
		actual = await verifier.recompute(inputsOf(rest), rest);
	} catch (error) {
		return {
			file: name,
			outcome: "unusable",
			reason: `its ${verifier.kind} inputs cannot be computed: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
	let defaulted = false;
	const quantities = compare(expected, actual, (path) => {
		const own = verifier.toleranceOf?.(path, rest);
		if (own) return own;
		const stated = statedTolerance(rest, path);
		if (stated) return stated;
		defaulted = true;
		return DEFAULT_TOLERANCE;
	});
	if (defaulted)
		remarks.push(
			`no tolerance stated in the file for some values: relative ${DEFAULT_TOLERANCE.relative} used`,
		);
	const compared = quantities.reduce((sum, { compared }) => sum + compared, 0);
	if (compared === 0) remarks.push("no value was compared");
	const failed =
		compared === 0 || quantities.some((quantity) => quantity.failed > 0);
	return {
		file: name,
		outcome: failed ? "fail" : "pass",
		kind: verifier.kind,
		quantities,
		remarks,
	};
}

/** Reads and verifies one file; an unreadable one is "unusable", never an exception. */
export async function verifyFile(
	path: string,
	verifiers: readonly Verifier[],
): Promise<FileReport> {
	let file: unknown;
	try {
		file = await readJson(path);
	} catch (error) {
		return {
			file: path,
			outcome: "unusable",
			reason: error instanceof Error ? error.message : String(error),
		};
	}
	return verifyParsed(path, file, verifiers);
}

function figure(value: number): string {
	if (value === 0) return "0";
	return Number.isFinite(value) ? value.toExponential(2) : String(value);
}

/** The report as text: one block for each file, worst differences per quantity, PASS or FAIL. */
export function formatReport(report: FileReport): string {
	if (report.outcome === "unusable")
		return `UNUSABLE ${report.file}\n  ${report.reason}`;
	const lines = [
		`${report.outcome === "pass" ? "PASS" : "FAIL"} ${report.file} (${report.kind})`,
	];
	const shown = report.quantities.filter(
		({ compared, failed, notCompared }) =>
			compared > 0 || failed > 0 || notCompared.size > 0,
	);
	const width = Math.max(8, ...shown.map(({ quantity }) => quantity.length));
	lines.push(
		`  ${"quantity".padEnd(width)}  ${"values".padStart(7)}  ${"worst abs".padStart(10)}  ${"worst rel".padStart(10)}  tolerance`,
	);
	for (const quantity of shown) {
		const { relative, absolute } = quantity.tolerance;
		const allowed = [
			relative === undefined ? "" : `rel ${relative}`,
			absolute === undefined ? "" : `abs ${absolute}`,
		]
			.filter(Boolean)
			.join(" or ");
		const left = [...quantity.notCompared]
			.map(([reason, count]) => `${count} not compared: ${reason}`)
			.join("; ");
		const verdict =
			quantity.failed > 0
				? `FAIL (${quantity.failed})`
				: quantity.compared > 0
					? "PASS"
					: "----";
		lines.push(
			`  ${quantity.quantity.padEnd(width)}  ${String(quantity.compared).padStart(7)}  ${figure(quantity.worstAbsolute).padStart(10)}  ${figure(quantity.worstRelative).padStart(10)}  ${[allowed || "exact", verdict, left].filter(Boolean).join("  ")}`,
		);
		for (const failure of quantity.failures) lines.push(`      ${failure}`);
	}
	for (const remark of report.remarks) lines.push(`  note: ${remark}`);
	return lines.join("\n");
}

/** Failed when any file was unusable, incomplete when any value differed. */
export function exitCodeOf(reports: readonly FileReport[]): number {
	if (reports.some(({ outcome }) => outcome === "unusable")) return EXIT.failed;
	return reports.some(({ outcome }) => outcome === "fail")
		? EXIT.incomplete
		: EXIT.done;
}
