import type { MappingDraft, TablePreview } from "../../../core/api/tables.ts";
import {
	alike,
	type ColumnMeaning,
	type TableMapping,
} from "../../../core/mapping/mapping.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";

/** What a column means, as the choice of a list: `area/bps`, `day/iso`, `count/confirmed`, `nothing`. */
export type MeaningKey = string;

export function keyOfMeaning(meaning: ColumnMeaning | null): MeaningKey {
	if (meaning === null) return "nothing";
	switch (meaning.is) {
		case "area":
			return `area/${meaning.scheme}`;
		case "day":
			return `day/${meaning.form}`;
		case "count":
			return `count/${meaning.indicator}`;
		default:
			return meaning.is;
	}
}

export function meaningOf(key: MeaningKey): ColumnMeaning | null {
	const [is = "", what = ""] = key.split("/");
	switch (is) {
		case "area":
			return { is, scheme: what as "bps" };
		case "day":
			return { is, form: what as "iso" };
		case "count":
			return { is, indicator: what as IndicatorKey };
		case "area-name":
		case "province-name":
			return { is };
		default:
			return null;
	}
}

/** The mapping that the hub guesses, where nobody has saved one. */
export function guessedDraft({ guess, encoding }: TablePreview): MappingDraft {
	return {
		level: guess.level,
		thousands: guess.thousands,
		encoding: encoding === "windows-1252" ? "windows-1252" : "utf-8",
		columns: guess.columns.flatMap(({ name, meaning }) =>
			meaning ? [{ name, otherNames: [], meaning }] : [],
		),
	};
}

/** The mapping of a source as a draft for a file, in which its columns may be called otherwise. */
export function draftOf({ header: _, ...mapping }: TableMapping): MappingDraft {
	return mapping;
}

/** Which column of a draft a column of a file is; undefined: none. */
export function mappedColumn(
	draft: MappingDraft,
	own: string,
): MappingDraft["columns"][number] | undefined {
	const called = (is: (one: string) => boolean) =>
		draft.columns.find(({ name, otherNames }) =>
			[name, ...otherNames].some(is),
		);
	// As core/mapping/fit: the very name before one that is spelt alike.
	return (
		called((one) => one === own) ?? called((one) => alike(one) === alike(own))
	);
}

/** The draft in which a column of the file means something else; null: it says nothing that is read. */
export function withMeaning(
	draft: MappingDraft,
	own: string,
	meaning: ColumnMeaning | null,
): MappingDraft {
	const before = mappedColumn(draft, own);
	const others = draft.columns.filter((column) => column !== before);
	return {
		...draft,
		columns: meaning
			? [
					...others,
					before
						? { ...before, meaning }
						: { name: own, otherNames: [], meaning },
				]
			: others,
	};
}

/** The columns of a draft that a file does not have, by their names in the mapping. */
export function absentColumns(
	draft: MappingDraft,
	header: readonly string[],
): MappingDraft["columns"] {
	const there = new Set(header.map((own) => mappedColumn(draft, own)));
	return draft.columns.filter((column) => !there.has(column));
}

/** The draft without a column, of which a source says nothing any more. */
export function withoutColumn(draft: MappingDraft, name: string): MappingDraft {
	return {
		...draft,
		columns: draft.columns.filter((column) => column.name !== name),
	};
}

/** The draft in which a column that was missed is called as in the file: the names it had are kept for files to come. */
export function withOtherName(
	draft: MappingDraft,
	column: string,
	own: string,
): MappingDraft {
	const taken = mappedColumn(draft, own);
	return {
		...draft,
		columns: draft.columns
			.filter((one) => one !== taken || one.name === column)
			.map((one) =>
				one.name === column
					? { ...one, otherNames: [...one.otherNames, own] }
					: one,
			),
	};
}
