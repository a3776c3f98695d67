import { isNothing } from "../reading/cell.ts";
import type { TableRow } from "../reading/table.ts";
import { countedDay, partsOfDay, readDayAs, thousandsIn } from "./cells.ts";
import {
	alike,
	DAY_FORMS,
	type DayForm,
	type MappedColumn,
	type TableMapping,
	type Thousands,
} from "./mapping.ts";

export const DRIFTS = [
	"reordered",
	"spelling",
	"misspelt",
	"added",
	"gone",
	"day-form",
	"encoding",
	"title-lines",
] as const;

/** What is otherwise in a file than in the one on which its mapping was made, and did not matter: it is read all the same, and said. */
export interface Drift {
	kind: (typeof DRIFTS)[number];
	/** The column by its name in the mapping; null where it is of the file. */
	column: string | null;
	found: string;
}

export const QUESTIONS = ["missing", "day-form", "thousands"] as const;

/** What a person has to say before a file can be read: nothing of it is taken until then, and nothing of it is lost. */
export interface Question {
	kind: (typeof QUESTIONS)[number];
	column: string;
	found: string;
	/** Columns of the file that may be the one that is missed, the likeliest first. */
	candidates: string[];
}

/** How a table fits its mapping. */
export interface Fit {
	/** Of each mapped column that is there, what the file calls it. */
	columns: { own: string; column: MappedColumn }[];
	/** The form in which days are read: that of the mapping, or the only one that all of them allow. */
	dayForm: DayForm | null;
	drift: Drift[];
	questions: Question[];
}

/** So many letters may be otherwise in a column that is recognised by what stands in it. */
const SLIPS = 2;
/** A shorter name is another word sooner than a misspelt one: ODP, PDP, OTG. */
const SHORTEST_MISSPELT = 5;
/** So much of what stands in a column must be days, that it is taken for the misspelt column of days. */
const ALMOST_ALL = 0.95;

/**
 * Holds a table against a mapping. What cannot be mistaken is mapped: another order, other capitals and signs in names, columns more. A
 * misspelt column of days is recognised by its days. Of everything else somebody is asked: a column of counts that is called otherwise may be
 * another count, and `1.103` may be a thousand.
 * @param header names of the columns as the file has them
 */
export function fitTable(
	mapping: TableMapping,
	header: readonly string[],
	rows: readonly TableRow[],
	dayZero: number | null,
): Fit {
	const drift: Drift[] = [];
	const questions: Question[] = [];
	const columns: Fit["columns"] = [];
	const free = new Set(header.filter((name) => name !== ""));
	const missing: MappedColumn[] = [];
	for (const column of mapping.columns) {
		const names = [column.name, ...column.otherNames];
		const exact = names.find((name) => free.has(name));
		const own = exact ?? only([...free].filter((one) => isAlike(one, names)));
		if (own === undefined) {
			missing.push(column);
			continue;
		}
		free.delete(own);
		columns.push({ own, column });
		if (own !== column.name)
			drift.push({ kind: "spelling", column: column.name, found: own });
	}
	for (const column of missing) {
		const near = nearest(column, free);
		const { meaning } = column;
		const misspelt =
			meaning.is === "day"
				? only(
						near.filter(
							(own) =>
								isMisspelt(column, own) &&
								shareOf(
									rows,
									own,
									(text) => readDayAs(text, meaning.form, dayZero).ok,
								) >= ALMOST_ALL,
						),
					)
				: undefined;
		if (misspelt !== undefined) {
			free.delete(misspelt);
			columns.push({ own: misspelt, column });
			drift.push({ kind: "misspelt", column: column.name, found: misspelt });
		} else if (meaning.is === "area-name")
			// A name beside a code only holds it to account.
			drift.push({ kind: "gone", column: column.name, found: "" });
		else
			questions.push({
				kind: "missing",
				column: column.name,
				found: header.join(", "),
				candidates: near,
			});
	}
	drift.push(...changesOfHeader(mapping, header, columns, free));

	let dayForm: DayForm | null = null;
	for (const { own, column } of columns) {
		const { meaning } = column;
		if (meaning.is === "day") {
			const form = formOfDays(rows, own, meaning.form, dayZero);
			if (form === null) {
				const texts = said(rows, own);
				const example =
					texts.find((text) => !readDayAs(text, meaning.form, dayZero).ok) ??
					texts.find(partsOfDay);
				questions.push({
					kind: "day-form",
					column: column.name,
					found: example ?? "",
					candidates: [],
				});
			} else if (form !== meaning.form)
				drift.push({ kind: "day-form", column: column.name, found: form });
			dayForm = form;
		}
		if (meaning.is === "count") {
			const parted = said(rows, own).find((text) => {
				const by = thousandsIn(text);
				return by !== null && by !== mapping.thousands;
			});
			if (parted !== undefined)
				questions.push({
					kind: "thousands",
					column: column.name,
					found: parted,
					candidates: [],
				});
		}
	}
	return { columns, dayForm, drift, questions };
}

/** How the names of all columns differ from those of the file on which the mapping was made. */
function changesOfHeader(
	mapping: TableMapping,
	header: readonly string[],
	columns: Fit["columns"],
	free: ReadonlySet<string>,
): Drift[] {
	const drift: Drift[] = [];
	const before = mapping.header.map(alike);
	const added = [...free].filter((name) => !before.includes(alike(name)));
	if (added.length > 0)
		drift.push({ kind: "added", column: null, found: added.join(", ") });
	const now = header.map(alike);
	const gone = mapping.header.filter(
		(name) =>
			name !== "" &&
			!now.includes(alike(name)) &&
			!mapping.columns.some((column) => isAlike(name, [column.name])),
	);
	if (gone.length > 0)
		drift.push({ kind: "gone", column: null, found: gone.join(", ") });
	const places = columns
		.map(({ own, column }) => ({
			now: header.indexOf(own),
			before: before.indexOf(alike(column.name)),
		}))
		.filter((place) => place.before >= 0)
		.sort((a, b) => a.before - b.before);
	if (places.some((place, at) => at > 0 && place.now < places[at - 1].now))
		drift.push({ kind: "reordered", column: null, found: header.join(", ") });
	return drift;
}

/**
 * Whether a column of a workbook holds days that Excel counts beside days that are text. Excel reads 05/04/2020 in the order of the machine and leaves
 * as text what is no day in that order: the counted ones may have their day and their month swapped, and nothing in the file tells.
 */
export function isHalfRead(
	rows: readonly TableRow[],
	own: string,
	dayZero: number | null,
): boolean {
	if (dayZero === null) return false;
	const texts = said(rows, own);
	return (
		texts.some((text) => countedDay(text, dayZero) !== undefined) &&
		texts.some((text) => partsOfDay(text) !== undefined)
	);
}

/**
 * In which form the days of a column are written: that of the mapping where all are of it, else the only one that all of them allow.
 * @returns null where it cannot be told, or where the days themselves contradict each other
 */
export function formOfDays(
	rows: readonly TableRow[],
	own: string,
	stated: DayForm,
	dayZero: number | null,
): DayForm | null {
	const texts = said(rows, own);
	if (texts.length === 0) return stated;
	if (isHalfRead(rows, own, dayZero)) return null;
	const share = (form: DayForm) =>
		texts.filter((text) => readDayAs(text, form, dayZero).ok).length /
		texts.length;
	const yearLast = texts.flatMap((text) => partsOfDay(text) ?? []);
	if (share("iso") === 1) return "iso";
	// A slip in one row is an error of that row; where most rows are not of the form, the file is of another.
	if (!contradicts(yearLast, stated) && share(stated) >= 0.5) return stated;
	return (
		only(
			DAY_FORMS.filter(
				(form) => share(form) === 1 && !contradicts(yearLast, form),
			),
		) ?? null
	);
}

/** Whether days with the year last say that they are of the other order. */
function contradicts(
	days: readonly { first: number; second: number }[],
	form: DayForm,
): boolean {
	return days.some(({ first, second }) =>
		form === "day-month-year"
			? second > 12 && first <= 12
			: form === "month-day-year" && first > 12 && second <= 12,
	);
}

/** By what the thousands of the counts in some columns are parted; null where it cannot be told. */
export function thousandsOf(
	rows: readonly TableRow[],
	columns: readonly string[],
): Thousands | null {
	const found = new Set(
		columns.flatMap((own) => said(rows, own).map(thousandsIn)),
	);
	found.delete(null);
	if (found.size === 0) return "none";
	return found.size === 1 ? ([...found][0] as Thousands) : null;
}

/** What stands in a column, of the rows that say something in it. */
export function said(rows: readonly TableRow[], own: string): string[] {
	return rows.flatMap(({ cells }) => {
		const text = cells[own] ?? "";
		return isNothing(text) ? [] : [text];
	});
}

function shareOf(
	rows: readonly TableRow[],
	own: string,
	is: (text: string) => boolean,
): number {
	const texts = said(rows, own);
	return texts.length === 0 ? 0 : texts.filter(is).length / texts.length;
}

function isAlike(name: string, names: readonly string[]): boolean {
	return names.some((one) => alike(one) === alike(name));
}

function only<T>(found: readonly T[]): T | undefined {
	return found.length === 1 ? found[0] : undefined;
}

function isMisspelt(column: MappedColumn, own: string): boolean {
	const name = alike(column.name);
	return name.length >= SHORTEST_MISSPELT && slips(name, alike(own)) <= SLIPS;
}

/** Columns that may be the one that is missed: those of nearly the same name, then those of which one name is in the other. */
function nearest(column: MappedColumn, free: ReadonlySet<string>): string[] {
	const names = [column.name, ...column.otherNames].map(alike);
	const score = (own: string): number =>
		Math.min(
			...names.map((name) => {
				const other = alike(own);
				const apart = slips(name, other) / Math.max(name.length, other.length);
				return name.includes(other) || other.includes(name)
					? Math.min(apart, 0.5)
					: apart;
			}),
		);
	return [...free]
		.map((own) => ({ own, score: score(own) }))
		.filter((one) => one.score <= 0.5)
		.sort((a, b) => a.score - b.score || (a.own < b.own ? -1 : 1))
		.slice(0, 5)
		.map(({ own }) => own);
}

/** Letters that must be put in, taken out or changed to make one text of the other (Levenshtein 1966); long texts are far apart unread. */
function slips(a: string, b: string): number {
	if (a.length > 200 || b.length > 200) return Math.max(a.length, b.length);
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(
				row[j] + 1,
				next[j - 1] + 1,
				row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
			);
		row = next;
	}
	return row[b.length];
}
