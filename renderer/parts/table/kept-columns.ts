import type { ColDef, ColumnState } from "ag-grid-community";
import type { TableLayout } from "../../../core/workspace/workspace.ts";

type Named<Row> = ColDef<Row> & { colId?: string };

function nameOf({ colId, field }: { colId?: string; field?: unknown }): string {
	return colId ?? String(field);
}

/**
 * The columns of a table as a person left them. One that was not there then stands behind the one that it follows in the table.
 * @param rem pixels of one rem
 */
export function arranged<Row>(
	standard: readonly Named<Row>[],
	layout: TableLayout | undefined,
	rem: number,
): Named<Row>[] {
	// What the grid was told once it keeps until it is told otherwise.
	if (!layout) return standard.map((column) => ({ ...column, hide: false }));
	const kept = new Map(layout.columns.map((column) => [column.name, column]));
	const ordered = layout.columns.flatMap(({ name }) => {
		const column = standard.find((one) => nameOf(one) === name);
		return column ? [column] : [];
	});
	standard.forEach((column, at) => {
		if (kept.has(nameOf(column))) return;
		const before = standard[at - 1];
		ordered.splice(before ? ordered.indexOf(before) + 1 : 0, 0, column);
	});
	return ordered.map((column) => {
		const { width = null, hidden = false } = kept.get(nameOf(column)) ?? {};
		return {
			...column,
			hide: hidden,
			...(width !== null && { flex: 0, width: width * rem }),
		};
	});
}

/** The columns as they stand in the grid. @param rem pixels of one rem */
export function layoutOf(
	states: readonly ColumnState[],
	rem: number,
): TableLayout {
	return {
		columns: states.map(({ colId, width, flex, hide }) => ({
			name: colId,
			width: flex || !width ? null : Math.round((width / rem) * 100) / 100,
			hidden: hide === true,
		})),
	};
}
