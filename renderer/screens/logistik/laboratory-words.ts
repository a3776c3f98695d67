import type { TFunction } from "i18next";
import type {
	Laboratories,
	LaboratoryRow,
	SpecimenRoutes,
} from "../../../core/api/laboratories.ts";
import {
	CAPACITY_CAUSES,
	type LaboratoryLimit,
} from "../../../core/logistics/laboratory.ts";
import type { Format } from "../../i18n/format.ts";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { type Bound, boundSign, leastUnlessNone } from "./bound-sign.ts";

export interface LaboratoryWords {
	readonly t: TFunction;
	readonly format: Format;
}

/** What is not known of what a laboratory's capacity follows from, and what its own tests refute. */
export function doubts(
	row: LaboratoryRow,
	{ refutedAbove }: Laboratories["assumptions"],
	{ t, format }: LaboratoryWords,
): string[] {
	const parts = CAPACITY_CAUSES.filter((one) => row.parts[one] === null);
	return [
		...row.refuted.map(({ part, day, tested, days }) =>
			t(days > 1 ? "laboratories.refutedMean" : "laboratories.refuted", {
				part: t(`laboratories.limit.${part}`),
				tested: format.count(tested, days > 1 ? 1 : 0),
				day: format.day(day),
				days: format.number(days),
				above: format.number(refutedAbove),
				allows: format.number(row.parts[part] ?? 0),
			}),
		),
		...(row.able === null || parts.length === 0
			? []
			: [
					t("laboratories.notTold", {
						parts: parts
							.map((one) => t(`laboratories.limit.${one}`))
							.join(", "),
					}),
				]),
	];
}

/** A part of a capacity; where it is many times that, how many. */
export function loadText(load: number, format: Format): string {
	return load < 10
		? `${format.count(load * 100, 0)} %`
		: `${format.count(load, 0)} ×`;
}

/** Numbers of laboratories as the words take them. */
export function written<K extends LaboratoryLimit>(
	counts: Record<K, number>,
	format: Format,
): Record<K, string> {
	return Object.fromEntries(
		Object.entries<number>(counts).map(([key, value]) => [
			key,
			format.number(value),
		]),
	) as Record<K, string>;
}

/** The columns of the table beside the name, and what each sorts by. */
export const FIGURES = {
	able: (row: LaboratoryRow) => row.able,
	load: (row: LaboratoryRow) => row.load,
	waiting: (row: LaboratoryRow) => row.waiting,
	wait: (row: LaboratoryRow) =>
		row.endless ? Number.POSITIVE_INFINITY : row.waitDays,
	received: (row: LaboratoryRow) => row.receivedPerDay,
	positivity: (row: LaboratoryRow) => row.positivity.share,
	reagents: (row: LaboratoryRow) =>
		row.reagentUnused ? Number.POSITIVE_INFINITY : row.reagentDays,
	pool: (row: LaboratoryRow) => row.pool?.size ?? null,
	age: (row: LaboratoryRow) => row.age,
} as const;
export type Figure = keyof typeof FIGURES;

/** What the figures of a laboratory bound that rest on what it can do. */
const BOUNDS = {
	able: ({ isMost }: LaboratoryRow): Bound => (isMost ? "most" : null),
	load: ({ lastingIsMost, load }: LaboratoryRow) =>
		leastUnlessNone(lastingIsMost, load),
	wait: ({ isMost, waitDays }: LaboratoryRow) =>
		leastUnlessNone(isMost, waitDays),
} as const;

export function boundOf(row: LaboratoryRow, figure: Figure): Bound {
	return isSigned(figure) ? BOUNDS[figure](row) : null;
}

function isSigned(figure: Figure): figure is keyof typeof BOUNDS {
	return figure in BOUNDS;
}

/** A figure as it is written: what is not known is a dash, and never a zero. */
export function figureText(
	row: LaboratoryRow,
	figure: Figure,
	{ t, format }: LaboratoryWords,
): string {
	const value = FIGURES[figure](row);
	const refuted = figure === "able" && row.refuted.length > 0 ? " !" : "";
	if (value === null) return `–${refuted}`;
	if (value === Number.POSITIVE_INFINITY)
		return t(figure === "wait" ? "laboratories.never" : "laboratories.unused");
	const sign = boundSign(boundOf(row, figure));
	switch (figure) {
		case "able": {
			const able = `${sign}${format.count(value, 0)}${refuted}`;
			return row.limit === null
				? able
				: `${able} · ${
						row.limit === "reagents" && row.reagent === 0
							? t("laboratories.reagentsOut")
							: t(`laboratories.limit.${row.limit}`)
					}`;
		}
		case "load":
			return `${sign}${loadText(value, format)}`;
		case "positivity":
			return `${format.count(value * 100, 1)} %`;
		case "wait":
			return `${sign}${format.count(value, 1)}`;
		case "reagents":
			return format.count(value, 1);
		case "pool":
			return value === 1 ? t("laboratories.oneByOne") : format.number(value);
		default:
			return format.count(value, 0);
	}
}

/** Heads of a figure in the exported table: one that can be a bound has its sign in a column before it. */
export function exportHeads(figure: Figure, t: TFunction): string[] {
	const head = t(`laboratories.column.${figure}`);
	return isSigned(figure)
		? [`${head}: ${t("laboratories.bound")}`, head]
		: [head];
}

/** A figure in the exported table, as of `exportHeads`. */
export function exportCells(
	row: LaboratoryRow,
	figure: Figure,
	words: LaboratoryWords,
): CsvCell[] {
	const value = FIGURES[figure](row);
	return [
		...(isSigned(figure)
			? [
					{
						value: boundSign(boundOf(row, figure)).trim(),
						kind: "text",
					} as const,
				]
			: []),
		value === Number.POSITIVE_INFINITY
			? { value: figureText(row, figure, words), kind: "text" }
			: { value, kind: "number" },
	];
}

/** Of routes that rest on capacities that are the most that they can be: what that bounds. */
export function mostTested(
	{ ableMost, specimens, untested }: SpecimenRoutes,
	{ t, format }: LaboratoryWords,
): string[] {
	return ableMost === 0
		? []
		: [
				t("laboratories.routing.most", {
					count: ableMost,
					tested: format.count(specimens - untested, 0),
					untested: format.count(untested, 0),
				}),
			];
}
