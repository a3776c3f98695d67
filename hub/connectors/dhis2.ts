import {
	type AreaCode,
	parseAreaCode,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "../../core/areas/codes.ts";
import { isNamed } from "../../core/areas/resolve.ts";
import { mostPossible } from "../../core/quality/possible-count.ts";
import { readDay, readDayInJakarta } from "../../core/reading/cell.ts";
import { excerpt, type Reading } from "../../core/reading/fault.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import type { Connector, ConnectorContext } from "../reports/connector.ts";
import {
	DEFAULT_COMBO,
	type Dhis2Element,
	type Dhis2Unit,
	NO_METADATA,
} from "../reports/dhis2-metadata.ts";
import { type DataValue, openDataValues } from "../reports/dhis2-values.ts";
import { RowReader } from "../reports/read-row.ts";
import {
	ALL_COMBOS,
	LEFT_OUT,
	type ReadingRow,
} from "../reports/reading-tables.ts";
import {
	type CaseReport,
	type Parsed,
	type RowError,
	unreadable,
} from "../reports/report.ts";
import { vintageOf } from "../reports/vintage.ts";

/**
 * Values of DHIS2 (`dataValueSets`), JSON or XML. What an organisation unit and a data element are, the tables `dhis2-units` and
 * `dhis2-elements` of the hub say, with the imported metadata beside them (`hub import dhis2`); its web API guide says what the fields hold.
 */
export const dhis2: Connector = {
	key: "dhis2",
	describes:
		"Values of DHIS2 (dataValueSets, JSON or XML), of days alone: needs the table dhis2-elements, and dhis2-units or codes in the imported metadata (hub tables, hub import dhis2)",
	source: {
		key: "dhis2",
		idName: "DHIS2 (dinas kesehatan)",
		enName: "DHIS2 (health offices)",
		idOrder:
			"Sesudah portal provinsi sendiri, sebelum tabel kabupaten/kota yang dikirim terpisah",
		enOrder:
			"After a province's own portal, before tables of kabupaten/kota that are sent apart",
		rank: 14,
		cadence: "daily",
	},

	knows: (bytes) => !("error" in openDataValues(bytes)),

	/** Each data value counts as a line, the first as 1. */
	parse(bytes, context): Parsed {
		const opened = openDataValues(bytes);
		if ("error" in opened) return unreadable(opened.error, 1);
		const { values } = opened;
		const vintage = vintageOf(context);
		if ("error" in vintage) return unreadable(vintage.error, values.length);
		const codes = new Codes(context);
		const rules = rulesOf(
			context.reading?.tables["dhis2-elements"] ?? [],
			codes,
		);
		if ("error" in rules) return unreadable(rules.error, values.length);
		if (
			values.length > 0 &&
			!values.some((one) => one && rules.has(codes.element(one.dataElement)))
		)
			return unreadable(
				{
					line: null,
					column: "dataElement",
					reason: "no-table",
					found: excerpt(
						[...new Set(values.map((one) => one?.dataElement ?? ""))]
							.slice(0, 5)
							.join(", "),
					),
					expected:
						"a data element of the table dhis2-elements, in which a person says which indicator it is (hub tables put dhis2-elements FILE)",
				},
				values.length,
			);
		return readValues(values, rules, codes, context, vintage.day);
	},
};

/** What the table says of the values of an element and combo. */
type Rule =
	| { is: "left-out" }
	| { is: "read"; indicator: IndicatorKey; since: Day | null };

/** By the id of the element; of each by the id of its combos, or all of them. */
type Rules = ReadonlyMap<string, ReadonlyMap<string, Rule>>;

/** The table writes an element and a combo by its id or by its code: what it says twice of one of them is to be said once. */
function rulesOf(
	rows: readonly ReadingRow[],
	codes: Codes,
): Rules | { error: RowError } {
	const rules = new Map<string, Map<string, Rule>>();
	for (const row of rows) {
		const { dataElement = "", since = "" } = row;
		const element = codes.element(dataElement);
		const combo =
			row.categoryOptionCombo === ALL_COMBOS
				? ALL_COMBOS
				: codes.combo(row.categoryOptionCombo ?? "");
		const of = rules.get(element) ?? new Map<string, Rule>();
		rules.set(element, of);
		if (
			of.has(combo) ||
			of.has(ALL_COMBOS) ||
			(combo === ALL_COMBOS && of.size > 0)
		)
			return {
				error: {
					...{ line: null, column: "dataElement", reason: "no-table" },
					found: excerpt(`${dataElement} ${row.categoryOptionCombo}`),
					expected:
						"a table dhis2-elements that says of each element and combo once what it is: this one is written in it by its id and by its code",
				},
			};
		of.set(
			combo,
			row.indicator === LEFT_OUT
				? { is: "left-out" }
				: {
						is: "read",
						indicator: row.indicator as IndicatorKey,
						since: dayFromIso(since) ?? null,
					},
		);
	}
	return rules;
}

/** A data value of which it is known what it counts, where and when. */
interface Part {
	line: number;
	value: DataValue;
	combo: string;
	area: AreaCode;
	day: Day;
	asOf: Day;
	count: number;
}

/** The values of one element, unit and day, which are added up to one count. */
interface Cell {
	unit: string;
	element: string;
	indicator: IndicatorKey;
	since: Day | null;
	period: string;
	parts: Part[];
	/** A value of it cannot be used, or is written without one, so that its sum would be short. */
	broken: boolean;
	/** The last day on which a part of it was deleted; 0: none was. */
	deleted: Day;
}

function readValues(
	values: readonly (DataValue | null)[],
	rules: Rules,
	codes: Codes,
	context: ConnectorContext,
	vintage: Day | null,
): Parsed {
	const errors: RowError[] = [];
	const skipped: Parsed["skipped"] = {};
	const skip = (reason: keyof Parsed["skipped"]) => {
		skipped[reason] = (skipped[reason] ?? 0) + 1;
	};
	const cells = new Map<string, Cell>();
	for (const [at, value] of values.entries()) {
		const line = at + 1;
		if (!value) {
			errors.push({
				...{ line, column: null, reason: "format", found: "no data value" },
				expected: "an object with dataElement, period, orgUnit and value",
			});
			continue;
		}
		const reader = new RowReader({ line, cells: value, raw: value }, context);
		const deleted = reader.cell("deleted");
		if (deleted !== "" && deleted !== "true" && deleted !== "false")
			reader.fail("deleted", "columns", "true or false");
		const element = codes.element(value.dataElement);
		const unit = codes.unit(value.orgUnit);
		const combo = codes.combo(value.categoryOptionCombo);
		const of = rules.get(element);
		const rule = of?.get(ALL_COMBOS) ?? of?.get(combo);
		if (rule?.is === "left-out" || codes.isLeftOut(unit)) {
			skip("left out");
			continue;
		}
		if (!rule || (of?.has(ALL_COMBOS) && !codes.isOf(combo, element)))
			reader.fail(
				of ? "categoryOptionCombo" : "dataElement",
				"unknown-code",
				of?.has(ALL_COMBOS)
					? "a combo of the element by the imported metadata: another one is of other counts, or counts the same once more"
					: `one of the table dhis2-elements, which says which indicator it is, or ${LEFT_OUT}`,
			);
		// What is counted for one project or donor is a part of the area's, which without it is short.
		if (codes.combo(value.attributeOptionCombo) !== DEFAULT_COMBO)
			reader.fail(
				"attributeOptionCombo",
				"unknown-code",
				"the default one: values of one project or donor alone are not those of the area",
			);
		const asOf =
			value.lastUpdated === ""
				? (vintage ?? context.received)
				: reader.possibleDay(
						"lastUpdated",
						readDayInJakarta(value.lastUpdated),
						vintage,
					);
		const day = reader.possibleDay("period", dayOfPeriod(value.period), asOf);
		const cell = (): Cell | undefined => {
			if (!rule) return undefined;
			// One day, unit or element may be written in several ways.
			const key = JSON.stringify([
				...[unit, element, day ?? value.period, rule.indicator],
			]);
			const known = cells.get(key) ?? {
				...{ unit, element, indicator: rule.indicator, since: rule.since },
				...{ period: value.period, parts: [], broken: false, deleted: 0 },
			};
			cells.set(key, known);
			return known;
		};
		if (deleted === "true") {
			skip("deleted");
			const of = cell();
			if (of && asOf !== undefined) of.deleted = Math.max(of.deleted, asOf);
			continue;
		}
		const area = codes.areaOf(reader, value.orgUnit);
		if (reader.cell("value") === "" && reader.errors.length === 0) {
			skip("no counts");
			const of = cell();
			if (of) of.broken = true;
			continue;
		}
		const count =
			rule &&
			reader.counts({ [rule.indicator]: "value" }, area)[rule.indicator];
		const known = cell();
		if (
			reader.errors.length > 0 ||
			!known ||
			!area ||
			day === undefined ||
			asOf === undefined ||
			count === undefined
		) {
			errors.push(...reader.errors);
			if (known) known.broken = true;
			continue;
		}
		known.parts.push({ line, value, combo, area, day, asOf, count });
	}
	const reports: CaseReport[] = [];
	const refuse = (
		parts: readonly Part[],
		reason: RowError["reason"],
		found: string,
		expected: string,
	) => {
		for (const { line } of parts)
			errors.push({
				...{ line, column: "value", reason },
				...{ found: excerpt(found), expected: excerpt(expected) },
			});
	};
	const sums: Sum[] = [];
	for (const cell of cells.values()) {
		const { parts, repeated, differ } = eachOnce(cell.parts);
		if (differ) {
			refuse(
				cell.parts,
				"duplicate-row",
				`${cell.element}, ${cell.period}, ${cell.unit} with different values`,
				"each value of an element, combo, unit and period once",
			);
			continue;
		}
		for (let more = repeated; more > 0; more--) skip("repeated");
		if (parts.length === 0) continue;
		const missing = cell.broken
			? "a value of it that cannot be used"
			: codes.missingIn(
					cell.element,
					new Set(parts.map(({ combo }) => combo)),
					rules.get(cell.element) ?? new Map(),
					cell.indicator,
				);
		if (missing !== null) {
			refuse(
				parts,
				"missing-part",
				missing,
				"every part of the count: without it the sum is short",
			);
			continue;
		}
		sums.push({ cell, parts });
	}
	for (const ofArea of Map.groupBy(sums, ({ cell, parts }) =>
		JSON.stringify([parts[0]?.area, cell.indicator]),
	).values()) {
		const counted = new Set(
			ofArea.map(({ cell }) => JSON.stringify([cell.unit, cell.element])),
		);
		if (counted.size === 1) addSeries(ofArea, context, reports, refuse);
		else
			for (const { parts } of ofArea)
				refuse(
					parts,
					"duplicate-row",
					`${counted.size} units or elements for ${parts[0]?.area}: ${[...counted].slice(0, 5).join(", ")}`,
					`one of them, the others ${LEFT_OUT} in the tables dhis2-units and dhis2-elements: what several count is not added up, and one of them is not all`,
				);
	}
	return {
		...{ reports, facilityReports: [], errors, lines: values.length },
		...{ skipped, unread: 0, asOf: vintage },
	};
}

interface Sum {
	cell: Cell;
	parts: Part[];
}

/** Each combo once: what stands twice with one value is one; where the values differ none of them is. */
function eachOnce(all: readonly Part[]): {
	parts: Part[];
	repeated: number;
	differ: boolean;
} {
	const byCombo = new Map<string, Part>();
	let differ = false;
	for (const part of all) {
		const before = byCombo.get(part.combo);
		if (!before) byCombo.set(part.combo, part);
		else if (before.count !== part.count) differ = true;
	}
	return {
		parts: [...byCombo.values()],
		repeated: all.length - byCombo.size,
		differ,
	};
}

/**
 * Reports of one element of a unit, in the order of days. Counts of each day alone are added up from the first day on: after a day that is
 * missing nobody knows the count up to it, and what is behind it waits for that day.
 */
function addSeries(
	series: readonly Sum[],
	context: ConnectorContext,
	reports: CaseReport[],
	refuse: (
		parts: readonly Part[],
		reason: RowError["reason"],
		found: string,
		expected: string,
	) => void,
): void {
	let total = 0;
	let known: Day | null = null;
	let next = series[0]?.cell.since ?? null;
	for (const { cell, parts } of series.toSorted(
		(one, other) => (one.parts[0]?.day ?? 0) - (other.parts[0]?.day ?? 0),
	)) {
		const [{ area, day, line }] = parts as [Part, ...Part[]];
		const own = parts.reduce((sum, { count }) => sum + count, 0);
		let asOf = parts.reduce(
			(last, part) => Math.max(last, part.asOf),
			cell.deleted,
		);
		let value = own;
		if (next !== null && cell.since !== null) {
			if (day < cell.since) {
				refuse(
					parts,
					"impossible-day",
					isoFromDay(day),
					`${isoFromDay(cell.since)} or later, from which on the table dhis2-elements says that there were any`,
				);
				continue;
			}
			if (day !== next) {
				refuse(
					parts,
					"missing-part",
					`no usable value of ${isoFromDay(next)}`,
					`every day from ${isoFromDay(cell.since)} on: these are counts of each day alone, and a day without one is no zero (where DHIS2 stores none, make the zero of the element significant, or read an element of totals)`,
				);
				continue;
			}
			next = day + 1;
			total += own;
			value = total;
			known = Math.max(known ?? 0, asOf);
			asOf = known;
		}
		const people = context.people(area);
		const most = mostPossible(cell.indicator, people);
		if (most !== null && value > most) {
			refuse(
				parts,
				"impossible-count",
				String(value),
				`at most ${most}, by the people of the area (${people?.people})`,
			);
			continue;
		}
		reports.push({
			...{ area, day, asOf, line },
			also: parts.slice(1).map((part) => part.line),
			values: { [cell.indicator]: value },
			raw: Object.fromEntries([
				["dataElement", cell.element],
				["orgUnit", cell.unit],
				["period", cell.period],
				...parts.map((part) => [
					part.combo === DEFAULT_COMBO ? "value" : part.combo,
					part.value.value,
				]),
			]),
		});
	}
}

/** What the codes of a file mean, by the tables and the imported metadata. */
class Codes {
	private readonly context: ConnectorContext;
	private readonly units: ReadonlyMap<string, Dhis2Unit>;
	private readonly elements: ReadonlyMap<string, Dhis2Element>;
	private readonly combos: ReadonlyMap<string, string>;
	private readonly combosOf: ReadonlyMap<string, readonly string[]>;
	private readonly unitTable: ReadonlyMap<string, string>;
	private readonly statedAreas: ReadonlyMap<string, string>;
	private readonly found = new Map<string, readonly AreaCode[]>();

	constructor(context: ConnectorContext) {
		const { metadata = NO_METADATA, tables } = context.reading ?? {};
		this.context = context;
		this.units = byIdOrCode(metadata.units);
		this.elements = byIdOrCode(metadata.elements);
		const idOf = ({ id, name }: { id: string; name: string }) =>
			name === "default" ? DEFAULT_COMBO : id;
		this.combos = new Map(
			[...byIdOrCode(metadata.options)].map(([text, one]) => [text, idOf(one)]),
		);
		this.combosOf = new Map(
			[...Map.groupBy(metadata.options, ({ combo }) => combo)].map(
				([combo, options]) => [combo, options.map(idOf)],
			),
		);
		this.unitTable = new Map(
			tables?.["dhis2-units"].map(({ orgUnit = "", kode = "" }) => [
				orgUnit,
				kode,
			]),
		);
		this.statedAreas = new Map(
			[...this.unitTable].map(([unit, kode]) => [kode, unit]),
		);
	}

	/** The id of an element that is written by its id or its code; one that no metadata names as it is written. */
	element(text: string): string {
		return this.elements.get(text)?.id ?? text;
	}

	/** The id of a unit, likewise. */
	unit(text: string): string {
		return this.units.get(text)?.id ?? text;
	}

	/** Whether a combo may be one of an element's: by the metadata, where that names its combos. */
	isOf(combo: string, element: string): boolean {
		const own = this.combosOf.get(this.elements.get(element)?.combo ?? "");
		return own?.includes(combo) ?? true;
	}

	/** The id of a combo; of none that of the default one. */
	combo(text: string): string {
		return text === "" ? DEFAULT_COMBO : (this.combos.get(text) ?? text);
	}

	isLeftOut(unit: string): boolean {
		return this.stated(unit) === LEFT_OUT;
	}

	private stated(unit: string): string | undefined {
		const known = this.units.get(unit);
		return (
			this.unitTable.get(unit) ??
			this.unitTable.get(known?.id ?? "") ??
			this.unitTable.get(known?.code ?? "")
		);
	}

	/** The area of a unit: as the table says, else as its code in the metadata does, else as its own text does. */
	areaOf(reader: RowReader, unit: string): AreaCode | undefined {
		const stated = this.stated(unit);
		if (stated !== undefined) return parseAreaCode(stated);
		const known = this.units.get(unit);
		const code = known ? known.code : unit;
		// A name is held against those of all areas, which is not done again for each of a unit's values.
		const found = this.found.get(unit) ?? this.areasOf(code, known?.name ?? "");
		this.found.set(unit, found);
		const [only] = found;
		const put =
			"the table dhis2-units, in which a person says which area the unit is (hub tables put dhis2-units FILE)";
		const other = this.statedAreas.get(only ?? "");
		if (found.length === 1 && only)
			return other === undefined
				? only
				: reader.fail(
						"orgUnit",
						"duplicate-row",
						`another area: by ${put}, ${other} is ${only}, and what two units count is not added up`,
					);
		return found.length > 1
			? reader.fail(
					"orgUnit",
					"ambiguous-area",
					`one area: ${code} is ${found.join(" or ")} by the one or the other scheme; ${put}`,
				)
			: reader.fail(
					"orgUnit",
					"unknown-area",
					known
						? `a unit whose code is that of an area (the metadata has ${code === "" ? "none" : excerpt(code)} for ${excerpt(known.name)}); ${put}`
						: `a unit of the imported metadata with the code of an area; ${put}`,
				);
	}

	/**
	 * The areas that a code may be: digits without a dot are of either scheme. A unit with a name is the area only where it is called so: a
	 * puskesmas or hospital may have the code of the area in which it lies. Without one the code must say by itself of which scheme it is.
	 */
	private areasOf(code: string, name: string): AreaCode[] {
		const { tree, bridge } = this.context;
		const dotted = parseKemendagri(code);
		const bps = parseBps(code);
		const byBps = bps && bridge?.toKemendagri(bps);
		const undotted = parseKemendagriUndotted(code);
		if (!dotted && name.trim() === "" && !byBps) return [];
		return [...new Set(dotted ? [dotted] : [undotted, byBps])].filter(
			(one): one is NonNullable<typeof one> => {
				const area = one && tree.get(one);
				return (
					area !== undefined &&
					(name.trim() === "" || isNamed(tree, area, name))
				);
			},
		);
	}

	/**
	 * What of an element is not there of which its sum is made; null: nothing. Where DHIS2 keeps no zeros, what is missing beside other counts of
	 * the same form is one, as in its own sums.
	 */
	missingIn(
		element: string,
		stated: ReadonlySet<string>,
		rules: ReadonlyMap<string, Rule>,
		indicator: IndicatorKey,
	): string | null {
		const known = this.elements.get(element);
		const expected = rules.has(ALL_COMBOS)
			? this.combosOf.get(known?.combo ?? "")
			: [...rules]
					.filter(
						([, rule]) => rule.is === "read" && rule.indicator === indicator,
					)
					.map(([combo]) => combo);
		if (!expected)
			// One value without a breakdown is whole.
			return stated.size === 1 && stated.has(DEFAULT_COMBO)
				? null
				: `the combos of ${element}, which no imported metadata names`;
		if (known?.zeroIsSignificant === false) return null;
		const missing = expected.filter((combo) => !stated.has(combo));
		return missing.length === 0
			? null
			: `no value of ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}`;
	}
}

/** By its id, and by its code where that is of no other. */
function byIdOrCode<One extends { id: string; code: string }>(
	all: readonly One[],
): Map<string, One> {
	const codes = Map.groupBy(all, ({ code }) => code);
	const found = new Map<string, One>();
	for (const [code, [one, ...others]] of codes)
		if (code !== "" && one && others.length === 0) found.set(code, one);
	for (const one of all) found.set(one.id, one);
	return found;
}

/** What a period is that is no day. */
const PERIODS: readonly [RegExp, string][] = [
	[/^\d{4}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)?W\d{1,2}$/, "a week"],
	[/^\d{4}BiW\d{1,2}$/, "two weeks"],
	[/^\d{4}-?\d{2}$/, "a month"],
	[/^\d{6}B$/, "two months"],
	[/^\d{4}Q\d$/, "a quarter"],
	[/^\d{4}(?:S|AprilS)\d$/, "half a year"],
	[/^\d{4}(?:April|July|Oct|Nov)?$/, "a year"],
];

function dayOfPeriod(text: string): Reading<Day> {
	const [, year, month, date] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
	if (year !== undefined) return readDay(`${year}-${month}-${date}`);
	const longer = PERIODS.find(([form]) => form.test(text))?.[1];
	return {
		ok: false,
		reason: "not-a-day",
		expected: `the period of a day, such as 20200412${longer === undefined ? "" : `: this is ${longer}, and what is counted in ${longer} is of no day of it`}`,
	};
}
