import type { BoundaryFeature } from "./boundary-file.ts";
import type { CodeBridge } from "./bridge.ts";
import {
	type KemendagriCode,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "./codes.ts";
import { otherAreasNamed, resolveArea } from "./resolve.ts";
import type { Area, AreaTree } from "./tree.ts";

/** The levels of which boundaries can be imported: kabupaten/kota and kecamatan. */
export type BoundaryLevel = "regency" | "district";

/** The schemes that the codes of a boundary file can be in. */
export const BOUNDARY_SCHEMES = [
	"kemendagri",
	"kemendagri-undotted",
	"bps",
] as const;
export type BoundaryScheme = (typeof BOUNDARY_SCHEMES)[number];

/** Which property of a file carries the codes, of which level and scheme. */
export interface CodeChoice {
	level: BoundaryLevel;
	property: string;
	scheme: BoundaryScheme;
	/** The area of 2020 that a code of the scheme names; a code of today leads to the one it replaced. */
	read(text: string): KemendagriCode | undefined;
}

export type CodeFault =
	| { kind: "no-code-property"; found: string[]; expected: string }
	| { kind: "ambiguous-codes"; found: string[]; expected: string }
	| { kind: "needs-bridge"; property: string; expected: string };

interface CodeOptions {
	tree: AreaTree;
	bridge?: CodeBridge;
	property?: string;
	scheme?: BoundaryScheme;
}

/**
 * Finds the property, level and scheme that name the most areas. A property read in two schemes is decided by which of them names more,
 * and of two that name as many, as in a file of one province, by the seats that lie on the land of their features; what that does not
 * decide is an error, because four digits mean different places in the two schemes. The level needs no asking: a code of a kecamatan is
 * longer than one of a kabupaten/kota, and the kabupaten/kota of the kecamatan names too few to be the property.
 * @param holdsSeat whether the land of a feature holds the seat of a kabupaten/kota
 */
export function chooseCodes(
	features: readonly BoundaryFeature[],
	options: CodeOptions,
	holdsSeat: (feature: BoundaryFeature, code: KemendagriCode) => boolean,
): CodeChoice | CodeFault {
	const properties = options.property
		? [options.property]
		: commonProperties(features);
	const schemes = options.scheme ? [options.scheme] : BOUNDARY_SCHEMES;
	const readers = {
		regency: readersOf("regency", options),
		district: readersOf("district", options),
	};
	const found = properties
		.flatMap((property) =>
			(["regency", "district"] as const).flatMap((level) =>
				schemes.map((scheme) => {
					const codes = features.map(({ properties: own }) =>
						readers[level][scheme](textOf(own[property])),
					);
					const distinct = new Set(codes.filter((code) => code !== undefined));
					return { property, level, scheme, count: distinct.size, codes };
				}),
			),
		)
		.filter(({ count }) => count > features.length / 2)
		.sort((a, b) => b.count - a.count);
	const [best] = found;
	if (!best) {
		const property = properties.find(
			(name) =>
				features.filter(({ properties: own }) =>
					isBpsDistrict(textOf(own[name])),
				).length >
				features.length / 2,
		);
		if (property !== undefined)
			return {
				kind: "needs-bridge",
				property,
				expected:
					"the bridge of kecamatan with them, which is not shipped: --bridge FILE (kode_bps,nama_bps,kode_dagri,nama_dagri, as sig.bps.go.id gives it), `hub import codes FILE` once for all imports, or a column of Kemendagri codes beside them",
			};
		return {
			kind: "no-code-property",
			found: [
				...new Set(features.flatMap((item) => Object.keys(item.properties))),
			],
			expected:
				"codes of kabupaten/kota, such as 35.07 or 3507, or of kecamatan, such as 35.07.01",
		};
	}
	const isOnItsLand = ({ level, codes }: typeof best) =>
		level === "regency" &&
		features.filter((item, at) => {
			const code = codes[at];
			return code !== undefined && holdsSeat(item, code);
		}).length >
			features.length / 2;
	// Nearly all BPS numbers are also numbers of Kemendagri, of other places: digits that do not fit entirely, or no land, are of BPS.
	const isUnsaid =
		best.level === "regency" &&
		best.scheme === "kemendagri-undotted" &&
		!options.scheme;
	const isElsewhere = isUnsaid && !isOnItsLand(best);
	if (
		isUnsaid &&
		!options.bridge &&
		(isElsewhere || best.codes.includes(undefined))
	)
		return {
			kind: "needs-bridge",
			property: best.property,
			expected:
				"the bridge between codes of BPS and of Kemendagri: `hub import codes FILE` once for all imports, or --bridge FILE (kode_bps,nama_bps,kode_dagri,nama_dagri); or, where they are Kemendagri's, --scheme kemendagri-undotted",
		};
	const agree = (one: typeof best, other: typeof best) =>
		one.codes.every((code, at) => code === other.codes[at]);
	// A bridge may not know all of them.
	const tied = found.filter(
		(one) =>
			one === best ||
			((isElsewhere || one.count === best.count) && !agree(one, best)),
	);
	const [chosen, ...others] = tied.length > 1 ? tied.filter(isOnItsLand) : tied;
	if (!chosen || !others.every((other) => agree(other, chosen)))
		return {
			kind: "ambiguous-codes",
			found: tied.map(({ property, scheme }) => `${property} as ${scheme}`),
			expected: "the one that is meant: --property and --scheme say which",
		};
	const { property, level, scheme } = chosen;
	return { property, level, scheme, read: readers[level][scheme] };
}

/** Codes of the same level and scheme in the other properties of a feature: what it may be called where the chosen one says nothing. */
export function otherCodes(
	{ properties }: BoundaryFeature,
	choice: CodeChoice,
): { property: string; code: KemendagriCode }[] {
	return Object.entries(properties).flatMap(([property, value]) => {
		const code =
			property === choice.property ? undefined : choice.read(textOf(value));
		return code ? [{ property, code }] : [];
	});
}

/** Properties that more than half of the features have: no other can name them. */
function commonProperties(features: readonly BoundaryFeature[]): string[] {
	const times = new Map<string, number>();
	for (const { properties } of features)
		for (const name of Object.keys(properties))
			times.set(name, (times.get(name) ?? 0) + 1);
	return [...times]
		.filter(([, count]) => count > features.length / 2)
		.map(([name]) => name);
}

/** Readers of a code to the code of 2020; a code of today leads to the one it replaced. Of BPS as far as the bridge knows. */
function readersOf(
	level: BoundaryLevel,
	{ tree, bridge }: CodeOptions,
): Record<BoundaryScheme, (text: string) => KemendagriCode | undefined> {
	const current = new Map<string, KemendagriCode>();
	const add = (code: string, of: string) =>
		current.set(code, of as KemendagriCode);
	for (const area of tree.at(level)) {
		add(area.code, area.code);
		for (const next of area.successors) add(next, area.code);
	}
	// The kecamatan of a kabupaten that got another number kept their own two digits.
	if (level === "district")
		for (const regency of tree.at("regency"))
			for (const next of regency.successors)
				for (const { code } of tree.children(regency.code))
					if (!current.has(next + code.slice(5)))
						add(next + code.slice(5), code);
	const known = (code: KemendagriCode | undefined) => code && current.get(code);
	return {
		kemendagri: (text) => known(parseKemendagri(text)),
		"kemendagri-undotted": (text) => known(parseKemendagriUndotted(text)),
		bps(text) {
			const code = parseBps(text);
			return code && known(bridge?.toKemendagri(code));
		},
	};
}

/** Codes of kecamatan have seven digits with BPS, and with nobody else. */
function isBpsDistrict(text: string): boolean {
	return text.length === 7 && parseBps(text) !== undefined;
}

/** The names that a file gives its areas beside their codes. */
export interface FeatureNames {
	/** As the file writes it; the text of the code property where it writes none. */
	nameOf(feature: BoundaryFeature): string;
	/** The area that the name means; undefined where it means none, or may mean several. */
	areaOf(
		feature: BoundaryFeature,
		among: readonly Area[],
	): KemendagriCode | undefined;
}

/** Enough of a file to tell its names from its other texts. */
const SAMPLE = 60;

/** Finds the property whose texts are the names of the areas beside whose codes they stand. */
export function findNames(
	features: readonly BoundaryFeature[],
	choice: CodeChoice,
	tree: AreaTree,
): FeatureNames {
	const step = Math.max(1, Math.floor(features.length / SAMPLE));
	const some = features.flatMap((item, at) => {
		const code = at % step === 0 && choice.read(codeText(item, choice));
		const area = code ? tree.get(code) : undefined;
		return area ? [{ item, area }] : [];
	});
	const fits = (property: string, { item, area }: (typeof some)[number]) =>
		spellings(item, property).some((name) => {
			const said = resolveArea(tree, name, {
				level: choice.level,
				within: area.parent ?? undefined,
			});
			return said.ok
				? said.area.code === area.code
				: said.reason === "ambiguous" &&
						otherAreasNamed(tree, area, name).length === 0;
		});
	const [best] = commonProperties(features)
		.map((property) => ({
			property,
			count: some.filter((one) => fits(property, one)).length,
		}))
		.filter(({ count }) => count > some.length / 2)
		.sort((a, b) => b.count - a.count);
	return {
		nameOf: (item) =>
			(best && textOf(item.properties[best.property])) ||
			codeText(item, choice),
		areaOf(item, among) {
			if (!best) return undefined;
			for (const name of spellings(item, best.property)) {
				const said = resolveArea(tree, name, { level: choice.level });
				const meant = said.ok
					? [said.area]
					: said.reason === "ambiguous"
						? said.candidates
						: [];
				const [one, another] = among.filter(({ code }) =>
					meant.some((area) => area.code === code),
				);
				if (one && !another) return one.code as KemendagriCode;
			}
			return undefined;
		},
	};
}

/** The text in which a feature carries its code. */
export function codeText(
	{ properties }: BoundaryFeature,
	{ property }: CodeChoice,
): string {
	return textOf(properties[property]);
}

/** Ways to read a name: as it stands, and with the words that a file ran together parted ("KotaBandaAceh"). */
function spellings(
	{ properties }: BoundaryFeature,
	property: string,
): string[] {
	const name = textOf(properties[property]).trim();
	const parted = name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
	return name === "" ? [] : [...new Set([parted, name])];
}

/** Columns in which files say of what kind a feature is, and the words for water there: it is no kabupaten and no kecamatan. */
const KIND = /^(eng)?type|tipe|jenis|kelas|class|kind|remark|ket/i;
const WATER =
	/water|lake|reservoir|perairan|danau|waduk|rawa|telaga|bendungan|\blaut\b/i;

/** Whether a file calls a feature water. Names are not asked: there are kecamatan called Danau Kerinci and Rawa Pitu. */
export function isWater({ properties }: BoundaryFeature): boolean {
	return Object.entries(properties).some(
		([name, value]) =>
			KIND.test(name) && typeof value === "string" && WATER.test(value),
	);
}

function textOf(value: unknown): string {
	return typeof value === "string" || typeof value === "number"
		? String(value)
		: "";
}
