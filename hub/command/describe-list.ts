import { parseKemendagri } from "../../core/areas/codes.ts";
import { otherAreasNamed, resolveArea } from "../../core/areas/resolve.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { readJson } from "../../core/reading/json.ts";
import { readTable } from "../../core/reading/table.ts";
import type { ConnectorContext } from "../reports/connector.ts";
import { HospitalNames } from "../reports/facility-names.ts";

/**
 * What a file is that states nothing of any day: a list of codes, of names, the parts of another system. It is held against what is known here,
 * and nothing of it is taken in.
 * @returns null: it is none of these
 */
export function describeList(
	bytes: Uint8Array,
	file: string,
	tree: AreaTree,
	context: ConnectorContext,
): string[] | null {
	if (/\.json$/i.test(file)) return describeJson(bytes);
	if (!/\.(csv|tsv|txt)$/i.test(file)) return null;
	const codes = readTable(bytes, [
		{ required: ["kode", "nama"], optional: [] },
	]);
	if (codes.set && codes.columns.length === 2) return ofCodes(codes.rows, tree);
	const names = readTable(bytes, [
		{ required: ["nama", "hospital"], optional: ["address", "keyword"] },
	]);
	return names.set ? ofHospitals(names.rows, tree, context) : null;
}

type Rows = ReturnType<typeof readTable>["rows"];

/** A list of Kemendagri codes beside the areas that are known here. */
function ofCodes(rows: Rows, tree: AreaTree): string[] | null {
	let codes = 0;
	const unknown: string[] = [];
	const otherwise: string[] = [];
	const seen = new Set<string>();
	for (const { line, cells } of rows) {
		const code = parseKemendagri((cells.kode ?? "").trim());
		if (!code) continue;
		codes++;
		const area = tree.get(code);
		if (!area) unknown.push(`line ${line}: ${code} ${cells.nama}`);
		else {
			seen.add(code);
			const others = otherAreasNamed(tree, area, cells.nama ?? "");
			if (others.length > 0)
				otherwise.push(
					`line ${line}: ${code} ${cells.nama} is ${area.name} here, and that is the name of ${others.map(({ code: other }) => other).join(", ")}`,
				);
		}
	}
	// Digits of another scheme, or of something else.
	if (codes < rows.length / 2 || codes === 0) return null;
	const missing = (["province", "regency", "district"] as const).flatMap(
		(level) =>
			tree
				.at(level)
				.filter(({ code }) => !seen.has(code))
				.map(({ code, name }) => `${code} ${name}`),
	);
	return [
		`a list of Kemendagri codes and names: ${codes} codes, ${seen.size} of them known here; the areas that are shipped are not changed by it`,
		...first("not known here", unknown),
		...first("another area's name", otherwise),
		...first("known here and not in the list", missing),
	];
}

/** A list of hospitals by name beside those that are registered. */
function ofHospitals(
	rows: Rows,
	tree: AreaTree,
	{ facilities = [] }: ConnectorContext,
): string[] {
	const register = new HospitalNames(facilities);
	const refusal = register.refusal("hospital");
	if (refusal)
		return [
			`a list of ${rows.length} hospitals by name: ${refusal.found}; expected ${refusal.expected}`,
		];
	let found = 0;
	const places: string[] = [];
	const unknown: string[] = [];
	for (const { line, cells } of rows) {
		const area = resolveArea(tree, cells.nama ?? "", {
			level: "regency",
			bareMeansKabupaten: true,
		});
		if (!area.ok) {
			places.push(`line ${line}: ${cells.nama}`);
			continue;
		}
		const match = register.find(
			cells.hospital ?? "",
			area.area.code,
			line,
			"hospital",
		);
		if ("code" in match) found++;
		else unknown.push(`line ${line}: ${cells.hospital} (${cells.nama})`);
	}
	return [
		`a list of hospitals by name: ${rows.length} rows, ${found} are registered hospitals; no hospital is registered or renamed by it`,
		...first("an unknown kabupaten/kota", places),
		...first("no registered hospital of that name there", unknown),
	];
}

/** Files of other systems. */
function describeJson(bytes: Uint8Array): string[] | null {
	const read = readJson(bytes);
	if ("fault" in read || typeof read.value !== "object" || !read.value)
		return null;
	const value = read.value as Record<string, unknown>;
	const entries = Array.isArray(value.entry) ? value.entry : [];
	if (value.resourceType === "Bundle" && entries.length > 0) {
		const kinds = new Map<string, number>();
		for (const entry of entries) {
			const kind = String(
				(entry as { resource?: { resourceType?: unknown } } | null)?.resource
					?.resourceType,
			);
			// What is none of the words of the standard may be anything, and is not repeated.
			const word = /^[A-Z][A-Za-z]{2,40}$/.test(kind) ? kind : "other";
			kinds.set(word, (kinds.get(word) ?? 0) + 1);
		}
		return [
			`a FHIR bundle (${[...kinds].map(([kind, times]) => `${times} ${kind}`).join(", ")}); not taken in, and nothing of the persons in it is kept or repeated`,
		];
	}
	return null;
}

/** Of one kind so many are written out. */
const SHOWN = 5;

function first(what: string, all: readonly string[]): string[] {
	return all.length === 0
		? []
		: [
				`${what}: ${all.slice(0, SHOWN).join("; ")}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ""}`,
			];
}
