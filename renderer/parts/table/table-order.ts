import type { FilterModel, GridApi } from "ag-grid-community";

/** One condition of a column's filter, as the grid states it. */
interface Condition {
	type?: string | null;
	filter?: string | number | null;
	filterTo?: string | number | null;
	operator?: "AND" | "OR";
	conditions?: Condition[];
}

/** How a person has ordered and narrowed a table, as words can be made of it. */
export interface TableOrder {
	/** Column names in the order in which they sort. */
	readonly sorted: readonly { column: string; descending: boolean }[];
	/** What is searched for in all columns; empty for nothing. */
	readonly search: string;
	/** One entry for each column with a filter, its conditions in words. */
	readonly filters: readonly { column: string; words: string }[];
}

const ENGLISH: Record<string, string> = {
	equals: "equals",
	notEqual: "does not equal",
	lessThan: "less than",
	lessThanOrEqual: "at most",
	greaterThan: "more than",
	greaterThanOrEqual: "at least",
	inRange: "between",
	contains: "contains",
	notContains: "does not contain",
	startsWith: "begins with",
	endsWith: "ends with",
	blank: "is blank",
	notBlank: "is not blank",
	andCondition: "AND",
	orCondition: "OR",
};

function words(condition: Condition, texts: Record<string, string>): string {
	const say = (key: string) => texts[key] ?? ENGLISH[key] ?? key;
	if (condition.conditions)
		return condition.conditions
			.map((one) => words(one, texts))
			.join(
				` ${say(condition.operator === "OR" ? "orCondition" : "andCondition")} `,
			);
	const values = [condition.filter, condition.filterTo].filter(
		(value) => value !== null && value !== undefined,
	);
	return [say(condition.type ?? "").toLowerCase(), values.join(" – ")]
		.filter((part) => part !== "")
		.join(" ");
}

/** @param texts the grid's own texts in the language of the screen; English where it has none. */
export function filterWords(
	model: FilterModel,
	texts: Record<string, string>,
): { column: string; words: string }[] {
	return Object.entries(model).map(([column, condition]) => ({
		column,
		words: words(condition as Condition, texts),
	}));
}

/** Reads from the grid what a person did to it. */
export function tableOrder(
	api: GridApi,
	search: string,
	texts: Record<string, string>,
): TableOrder {
	return {
		sorted: api
			.getColumnState()
			.filter(({ sort }) => sort != null)
			.sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
			.map(({ colId, sort }) => ({
				column: colId,
				descending: sort === "desc",
			})),
		search: search.trim(),
		filters: filterWords(api.getFilterModel(), texts),
	};
}

/** The rows that a person sees, in the order in which they see them. */
export function rowsInOrder<Row>(api: GridApi<Row>): Row[] {
	const rows: Row[] = [];
	api.forEachNodeAfterFilterAndSort(({ data }) => {
		if (data) rows.push(data);
	});
	return rows;
}

/**
 * Brings those without a report to the top, each part in the order it had: who is silent is asked first in the evening, and stands last in
 * every order of figures.
 */
export function silentFirst(
	nodes: {
		readonly data?:
			| { readonly total: number | null; readonly unknownPlace: boolean }
			| undefined;
	}[],
): void {
	// Nobody reports for cases without a place.
	const isSilent = ({ data }: (typeof nodes)[number]) =>
		data?.total === null && !data.unknownPlace;
	nodes.splice(
		0,
		nodes.length,
		...nodes.filter(isSilent),
		...nodes.filter((node) => !isSilent(node)),
	);
}
