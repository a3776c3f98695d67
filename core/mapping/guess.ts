import {
	type AreaCode,
	type BpsCode,
	levelOf,
	parseBps,
	parseKemendagri,
	parseKemendagriUndotted,
} from "../areas/codes.ts";
import { resolveArea } from "../areas/resolve.ts";
import type { AreaTree } from "../areas/tree.ts";
import { readCount } from "../reading/cell.ts";
import type { TableRow } from "../reading/table.ts";
import type { IndicatorKey } from "../series/indicator.ts";
import { partsOfDay, readDayAs, withoutThousands } from "./cells.ts";
import { formOfDays, said, thousandsOf } from "./fit.ts";
import {
	type AreaScheme,
	alike,
	type ColumnMeaning,
	DAY_FORMS,
	type DayForm,
	TABLE_LEVELS,
	type TableLevel,
	type Thousands,
} from "./mapping.ts";

/** What a column seems to mean, and of how many of the cells looked at that holds. */
export interface GuessedColumn {
	/** As the file has it. */
	name: string;
	/** Null: it says nothing that is taken in, or nobody but a person can say what. */
	meaning: ColumnMeaning | null;
	/** Cells that are of the guessed meaning, of those that say something. */
	fits: number;
	of: number;
	/** Why a person has to look: the form of days or the scheme of codes cannot be told from the file. */
	doubt: "day-form" | "scheme" | null;
}

export interface Guess {
	level: TableLevel;
	thousands: Thousands;
	columns: GuessedColumn[];
}

/** Rows that are looked at. */
const LOOKED_AT = 500;
/** So much of a column must be of a meaning. */
const MOST = 0.8;
/** Of areas less: a table of few rows has a total below, and one that cannot be placed. What fits is said beside the guess. */
const MANY = 0.5;

/** What sources call what they count up to a day; what is new on a day is another count, and is guessed to be none of these. */
const COUNTS: readonly [IndicatorKey, RegExp][] = [
	[
		"confirmed",
		/^(total|jumlah|akumulasi|kum|kumulatif)?(kasus)?(ter)?(konfirm(asi)?|positif|positive|confirm(ed)?|kasus)(covid(19)?)?(total|kum|kumulatif)?$/,
	],
	[
		"recovered",
		/^(total|jumlah|akumulasi|kum|kumulatif)?(pasien)?(sembuh|recover(ed)?|pulih)(total|kum|kumulatif)?$/,
	],
	[
		"deaths",
		/^(total|jumlah|akumulasi|kum|kumulatif)?(pasien)?(meninggal(dunia)?|deaths?|wafat)(total|kum|kumulatif)?$/,
	],
	["odp", /^(total|jumlah)?odp(total)?$/],
	["pdp", /^(total|jumlah)?pdp(total)?$/],
	["otg", /^(total|jumlah)?otg(total)?$/],
	["suspek", /^(total|jumlah)?(suspek|suspect(ed)?)(total)?$/],
	["probable", /^(total|jumlah)?(probable|probabel)(total)?$/],
	["kontak-erat", /^(total|jumlah)?(kontakerat|closecontacts?)(total)?$/],
	["tests", /^(orangdiperiksa|diperiksa|peopletested|personstested)$/],
];

/**
 * Guesses what the columns of a table mean, from their names and from what stands in them. A guess is shown to a person and never used by itself.
 * Codes of four digits that may be of two schemes are of the one by which they agree with the names beside them; where there are none, the scheme
 * is left to the person, as is a form of days that could be another one.
 */
export function guessColumns(
	header: readonly string[],
	allRows: readonly TableRow[],
	known: {
		tree: AreaTree;
		bridge: { toKemendagri(code: BpsCode): AreaCode | undefined } | null;
	},
	dayZero: number | null,
): Guess {
	const rows = allRows.slice(0, LOOKED_AT);
	const columns = new Map<string, GuessedColumn>(
		header
			.filter((name) => name !== "")
			.map((name) => [
				name,
				{
					name,
					meaning: null,
					fits: 0,
					of: said(rows, name).length,
					doubt: null,
				},
			]),
	);
	const take = (
		name: string,
		meaning: ColumnMeaning,
		is: (text: string) => boolean,
		doubt: GuessedColumn["doubt"] = null,
	): void => {
		const texts = said(rows, name);
		columns.set(name, {
			...{ name, meaning, doubt },
			fits: texts.filter(is).length,
			of: texts.length,
		});
	};
	const left = () => [...columns.values()].filter(({ meaning }) => !meaning);
	const share = (name: string, is: (text: string) => boolean) => {
		const texts = said(rows, name);
		return texts.length === 0 ? 0 : texts.filter(is).length / texts.length;
	};

	// A day: of columns that all hold days the one that is called one.
	const days = left()
		.map(({ name }) => ({
			name,
			form: DAY_FORMS.reduce<{ form: DayForm; share: number }>(
				(best, form) => {
					const of = share(name, (text) => readDayAs(text, form, dayZero).ok);
					return of > best.share ? { form, share: of } : best;
				},
				{ form: "iso", share: 0 },
			),
			named: /tanggal|^tgl|date|^hari$|^day$/.test(written(name)),
		}))
		.filter(({ form }) => form.share >= MOST)
		.sort((a, b) => Number(b.named) - Number(a.named));
	const day = days[0];
	if (day) {
		const form = formOfDays(rows, day.name, day.form.form, dayZero);
		const unclear =
			form !== "iso" && form !== "words" && isUnclear(said(rows, day.name));
		// Indonesian offices write the day first; whether this one does is for a person to say.
		const taken = form === null || unclear ? "day-month-year" : form;
		take(
			day.name,
			{ is: "day", form: taken },
			(text) => readDayAs(text, taken, dayZero).ok,
			form === null || unclear ? "day-form" : null,
		);
	}

	// Names of areas, by the level at which most of them are known.
	const named = left()
		.map(({ name }) => ({
			name,
			...levelOfNames(known.tree, said(rows, name)),
		}))
		.filter(({ share: of }) => of > MANY);
	// Codes, by the scheme and level of which most of them are.
	const codes = left()
		.map(({ name }) => ({
			name,
			...schemeOfCodes(
				rows,
				name,
				named.filter((one) => one.name !== name).map((one) => one.name),
				known,
			),
		}))
		.filter(({ share: of }) => of > MANY)
		.sort((a, b) => depth(b.level) - depth(a.level));
	const code = codes[0];
	const deepest = [...named].sort((a, b) => depth(b.level) - depth(a.level))[0];
	let level: TableLevel = code?.level ?? deepest?.level ?? "regency";
	if (code && (!deepest || depth(code.level) >= depth(deepest.level))) {
		take(
			code.name,
			{ is: "area", scheme: code.scheme },
			code.is,
			code.doubt ? "scheme" : null,
		);
		const beside = named.find((one) => one.level === code.level);
		if (beside) take(beside.name, { is: "area-name" }, beside.is);
	} else if (deepest) {
		level = deepest.level;
		take(deepest.name, { is: "area", scheme: "name" }, deepest.is);
		const above = named.find(
			(one) => one.level === "province" && one.name !== deepest.name,
		);
		if (above && level !== "province")
			take(above.name, { is: "province-name" }, above.is);
	}

	const counts = left().filter(({ name }) =>
		COUNTS.some(([, pattern]) => pattern.test(written(name))),
	);
	const thousands = thousandsOf(
		rows,
		counts.map(({ name }) => name),
	);
	const parted = thousands ?? "none";
	const taken = new Set<IndicatorKey>();
	for (const { name } of counts) {
		const [indicator] =
			COUNTS.find(([, pattern]) => pattern.test(written(name))) ?? [];
		const is = (text: string) => readCount(withoutThousands(text, parted)).ok;
		if (!indicator || taken.has(indicator) || share(name, is) < MOST) continue;
		taken.add(indicator);
		take(name, { is: "count", indicator }, is);
	}
	return { level, thousands: parted, columns: [...columns.values()] };
}

/** Whether days with the year last may be read in both orders. */
function isUnclear(texts: readonly string[]): boolean {
	const days = texts.flatMap((text) => partsOfDay(text) ?? []);
	return (
		days.length > 0 &&
		days.every(({ first, second }) => first <= 12 && second <= 12)
	);
}

/** A name as the patterns have it: `Covid-19` with its hyphen is `covid19`. */
function written(name: string): string {
	return alike(name).replace(/(?<=\p{L})-(?=[\p{L}\p{N}])/gu, "");
}

const depth = (level: TableLevel): number => TABLE_LEVELS.indexOf(level);

/** Different texts of a column that are looked up as names: each costs a search. */
const NAMES_LOOKED_AT = 60;

function levelOfNames(
	tree: AreaTree,
	texts: readonly string[],
): { level: TableLevel; share: number; is: (text: string) => boolean } {
	const some = [...new Set(texts)].slice(0, NAMES_LOOKED_AT);
	const isName = (level: TableLevel) => (text: string) =>
		/\p{L}/u.test(text) &&
		// As names are read: `Bandung` may be the kota and the kabupaten.
		resolveArea(tree, text, { level }).ok;
	let best = {
		level: "regency" as TableLevel,
		share: 0,
		is: isName("regency"),
	};
	// Names of kecamatan repeat all over the country: alone they are no area.
	for (const level of ["province", "regency"] as const) {
		const is = isName(level);
		const share = some.filter(is).length / Math.max(1, some.length);
		if (share > best.share) best = { level, share, is };
	}
	return best;
}

function schemeOfCodes(
	rows: readonly TableRow[],
	column: string,
	names: readonly string[],
	{ tree, bridge }: Parameters<typeof guessColumns>[2],
): {
	scheme: AreaScheme;
	level: TableLevel;
	share: number;
	doubt: boolean;
	is: (text: string) => boolean;
} {
	const texts = said(rows, column);
	const readers: [AreaScheme, (text: string) => AreaCode | undefined][] = [
		["kemendagri", (text) => parseKemendagri(text)],
		[
			"kemendagri-undotted",
			(text) =>
				text.includes(".") ? undefined : parseKemendagriUndotted(text),
		],
		[
			"bps",
			(text) => {
				const code = parseBps(text);
				return code && bridge?.toKemendagri(code);
			},
		],
	];
	const found = readers.map(([scheme, read]) => {
		const areas = texts.map((text) => {
			const code = read(text.trim());
			return code && tree.get(code);
		});
		const levels = areas.flatMap((area) =>
			area && isTableLevel(area.level) ? [area.level] : [],
		);
		const level =
			TABLE_LEVELS.find(
				(one) =>
					levels.filter((other) => other === one).length * 2 > levels.length,
			) ?? "regency";
		// How often a name beside it is that of the area.
		let agree = 0;
		let compared = 0;
		for (const row of rows.slice(0, NAMES_LOOKED_AT)) {
			const code = read((row.cells[column] ?? "").trim());
			const area = code && tree.get(code);
			if (!area) continue;
			for (const name of names) {
				const other = resolveArea(tree, row.cells[name] ?? "", {
					level: area.level,
					bareMeansKabupaten: true,
				});
				if (!other.ok) continue;
				compared++;
				if (other.area.code === area.code) agree++;
			}
		}
		return {
			scheme,
			level,
			share: texts.length === 0 ? 0 : levels.length / texts.length,
			agree: compared === 0 ? null : agree / compared,
			is: (text: string) => {
				const code = read(text.trim());
				return (
					code !== undefined &&
					levelOf(code) === level &&
					tree.get(code) !== undefined
				);
			},
		};
	});
	const possible = found
		.filter(({ share }) => share > MANY)
		.sort((a, b) => (b.agree ?? 0) - (a.agree ?? 0) || b.share - a.share);
	const best = possible[0];
	if (!best)
		return {
			scheme: "kemendagri",
			level: "regency",
			share: 0,
			doubt: false,
			is: () => false,
		};
	// Digits without a point may be of either scheme wherever no name says which.
	const undotted = texts.every((text) => !text.includes("."));
	return {
		...best,
		doubt: undotted && (best.agree ?? 0) < MOST && possible.length > 1,
	};
}

function isTableLevel(level: string): level is TableLevel {
	return (TABLE_LEVELS as readonly string[]).includes(level);
}
