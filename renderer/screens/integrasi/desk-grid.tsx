import type { CellKeyDownEvent, ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";

/** A list of the desk: sorted, filtered and gone through by keyboard; rows that are not seen are not drawn. */
export function DeskGrid<Row extends object>({
	rows,
	columns,
	idOf,
	filter,
	open,
	chosen,
	shown,
	testId,
}: {
	rows: readonly Row[];
	columns: ColDef<Row>[];
	idOf: (row: Row) => string;
	/** Text that each row shown has in it. */
	filter?: string;
	/** What Enter or a click on a row does. */
	open?: (row: Row) => void;
	chosen?: { id: string; className: string | undefined };
	/** Told how many rows the filter leaves. */
	shown?: (count: number) => void;
	testId: string;
}) {
	const { language } = useLanguage();
	const grid = useGridAnew();
	return (
		<div className={grids.grid} data-testid={testId}>
			<AgGridReact<Row>
				key={grid.key}
				{...grid.inOrder}
				theme={GRID_THEME}
				rowData={rows as Row[]}
				columnDefs={columns}
				defaultColDef={{ sortable: true, resizable: true }}
				getRowId={({ data }) => idOf(data)}
				localeText={gridTexts(language)}
				enableCellTextSelection
				ensureDomOrder
				animateRows={false}
				tooltipShowDelay={400}
				{...(filter === undefined ? {} : { quickFilterText: filter })}
				{...(shown && {
					onModelUpdated: ({ api }) => shown(api.getDisplayedRowCount()),
				})}
				{...(chosen?.className && {
					rowClassRules: {
						[chosen.className]: ({ data }) =>
							data !== undefined && idOf(data) === chosen.id,
					},
				})}
				{...(open && {
					onRowClicked: ({ data }) => data && open(data),
					onCellKeyDown: (event) => {
						const { data, event: key } = event as CellKeyDownEvent<Row>;
						if (!data || !(key instanceof KeyboardEvent) || key.key !== "Enter")
							return;
						key.preventDefault();
						open(data);
					},
				})}
			/>
		</div>
	);
}
