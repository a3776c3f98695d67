import { Loader, Select } from "@mantine/core";
import type { ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useMemo } from "react";
import { ReleasePreview } from "../../../core/api/releases.ts";
import type { Answered } from "../../../core/api/route.ts";
import { dayFromIso, isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { Panel } from "../../parts/ui/panel.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useAnswer } from "../../state/answers.ts";
import { useSearch } from "../../state/search.ts";
import styles from "./data-terbuka.module.css";
import { ReleaseFailure } from "./release-failure.tsx";
import { openDataSearch } from "./search.ts";

type Row = Answered<typeof ReleasePreview>["rows"][number];

/** The counts of a release on a day as the public sees them. */
export function PreviewPanel({ release }: { release: number }) {
	const { t, format, language } = useLanguage();
	const grid = useGridAnew();
	const root = useRootSize();
	const [{ on, level }, change] = useSearch(openDataSearch);
	const { data, error, refetch } = useAnswer(ReleasePreview, {
		release,
		on: dayFromIso(on) ?? null,
	});
	const levels = useMemo(
		() => [...new Set((data?.rows ?? []).map((row) => row.level))],
		[data],
	);
	const shownLevel = levels.find((one) => one === level) ?? levels.at(-1);
	const rows = useMemo(
		() => (data?.rows ?? []).filter((row) => row.level === shownLevel),
		[data, shownLevel],
	);
	const columns = useMemo(
		(): ColDef<Row>[] => [
			{
				field: "code",
				headerName: t("openData.column.code"),
				minWidth: root * 4.5,
				flex: 0.5,
			},
			{
				field: "name",
				headerName: t("openData.column.area"),
				minWidth: root * 10,
				flex: 1.5,
			},
			...(data?.indicators ?? []).map(
				(key, at): ColDef<Row> => ({
					colId: key,
					headerName: t(`indicator.${key}`),
					minWidth: root * 7,
					flex: 1,
					type: "rightAligned",
					// Without a count last, whichever way it is sorted by.
					valueGetter: ({ data: row }) => row?.cells[at]?.value ?? null,
					valueFormatter: ({ data: row }) => {
						const cell = row?.cells[at];
						if (cell?.state === "dirahasiakan") return t("openData.withheld");
						if (!cell || cell.value === null) return t("openData.silent");
						const value = format.number(cell.value);
						return cell.state === "sebagian"
							? t("openData.partial", { value })
							: value;
					},
					cellClassRules: {
						[styles.withheld ?? ""]: ({ data: row }) =>
							row?.cells[at]?.state === "dirahasiakan",
						[styles.silent ?? ""]: ({ data: row }) =>
							row?.cells[at]?.state === "tidak-dilaporkan",
					},
				}),
			),
		],
		[t, format, root, data?.indicators],
	);
	return (
		<Panel
			title={t("openData.preview")}
			subtitle={t("openData.previewSubtitle")}
			testId="release-preview"
		>
			<div className={styles.tools}>
				<Select
					size="xs"
					label={t("openData.day")}
					data={(data?.days ?? []).toReversed().map((day) => ({
						value: isoFromDay(day),
						label: format.day(day),
					}))}
					value={data ? isoFromDay(data.day) : null}
					allowDeselect={false}
					searchable
					data-testid="release-day"
					onChange={(value) => change({ on: value ?? "" })}
				/>
				<Select
					size="xs"
					label={t("openData.levelShown")}
					data={levels.map((one) => ({ value: one, label: t(`level.${one}`) }))}
					value={shownLevel ?? null}
					allowDeselect={false}
					data-testid="release-level"
					onChange={(value) => change({ level: value ?? "" })}
				/>
				<span role="status">
					{data
						? t("openData.cells", { shown: format.number(rows.length) })
						: !error && <Loader size="xs" />}
				</span>
			</div>
			{error && <ReleaseFailure error={error} again={refetch} />}
			<div className={grids.grid} data-testid="release-preview-table">
				<AgGridReact<Row>
					key={grid.key}
					{...grid.inOrder}
					theme={GRID_THEME}
					rowData={rows}
					columnDefs={columns}
					defaultColDef={{ sortable: true, resizable: true }}
					getRowId={({ data: row }) => row.code}
					localeText={gridTexts(language)}
					loading={!data && !error}
					enableCellTextSelection
					ensureDomOrder
					animateRows={false}
				/>
			</div>
		</Panel>
	);
}
