import { Button } from "@mantine/core";
import type { ColDef } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { Printer } from "lucide-react";
import { useMemo, useState } from "react";
import { isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { usePrinting } from "../../parts/ui/use-printing.ts";
import { printWindow } from "../../state/desktop.ts";
import { useFollows } from "../../state/follow.ts";
import { openFacility } from "../../state/open-facility.ts";
import { useView } from "../../state/view-state.ts";
import { useReferralWords } from "./referral-words.ts";
import styles from "./rujukan.module.css";
import type { ReferralLine, ReferralView } from "./use-referral.ts";

/** The hospitals, nearest first. */
export function ReferralList(view: ReferralView) {
	const { t, format, language } = useLanguage();
	const follows = useFollows("facilities");
	const { selected, search, change, found, lines, error, again, day, at } =
		view;
	const grid = useGridAnew(`${search.bed} ${search.show}`);
	const words = useReferralWords();
	const root = useRootSize();
	const isWall = useView((view) => view.wall);
	const printing = usePrinting();
	const [filter, setFilter] = useState("");
	const { save, notice } = useSave();
	const table = useReferralTable(view);
	const columns = useMemo(
		(): ColDef<ReferralLine>[] => [
			{
				field: "km",
				headerName: t("referral.column.km"),
				type: "rightAligned",
				width: root * 6,
				valueFormatter: ({ data }) => (data ? words.km(data) : ""),
				tooltipValueGetter: ({ data }) =>
					data?.atSeat ? t("referral.aboutHelp") : undefined,
			},
			{
				colId: "name",
				headerName: t("referral.column.name"),
				flex: 2,
				minWidth: root * 11,
				wrapText: true,
				autoHeight: true,
				valueGetter: ({ data }) => data?.hospital.name,
				tooltipValueGetter: ({ data }) =>
					data && `${data.hospital.name} · ${data.hospital.code}`,
			},
			// Of those alone that have a free one it would say the same of each.
			...(search.show === "all"
				? [
						{
							colId: "state",
							headerName: t("referral.column.state"),
							width: root * 7.4,
							valueGetter: ({ data }) => data && words.state(data),
							cellClass: ({ data }) => styles[data?.state ?? "unknown"],
						} satisfies ColDef<ReferralLine>,
					]
				: []),
			{
				field: "free",
				headerName: t("referral.column.free"),
				type: "rightAligned",
				width: root * 6.4,
				valueFormatter: ({ data }) => (data ? words.free(data) : ""),
			},
			...(search.bed === "emergency"
				? [
						{
							field: "queue",
							headerName: t("referral.column.queue"),
							type: "rightAligned",
							width: root * 5.2,
							valueFormatter: ({ value }) =>
								value === null ? "–" : format.number(value as number),
						} satisfies ColDef<ReferralLine>,
					]
				: []),
			{
				field: "age",
				headerName: t("referral.column.age"),
				flex: 1,
				minWidth: root * 7.5,
				wrapText: true,
				autoHeight: true,
				valueFormatter: ({ data }) => (data ? words.age(data) : ""),
				cellClass: ({ data }) => (data?.old ? styles.old : undefined),
			},
			// From five metres nobody reads more beside one another than how far, where, how many and how old.
			...(isWall
				? []
				: [
						{
							colId: "class",
							headerName: t("referral.column.class"),
							width: root * 4.4,
							valueGetter: ({ data }) => data?.hospital.class ?? "–",
						} satisfies ColDef<ReferralLine>,
						{
							colId: "referral",
							headerName: t("referral.column.referral"),
							width: root * 5.4,
							valueGetter: ({ data }) =>
								data?.hospital.referral ? t("referral.yes") : "–",
						} satisfies ColDef<ReferralLine>,
					]),
			{
				colId: "area",
				headerName: t("referral.column.area"),
				flex: 1,
				minWidth: root * 8,
				valueGetter: ({ data }) => data?.place?.name ?? "–",
			},
			...(isWall
				? []
				: [
						{
							colId: "source",
							headerName: t("referral.column.source"),
							flex: 1,
							minWidth: root * 8,
							wrapText: true,
							autoHeight: true,
							valueGetter: ({ data }) => data && words.source(data),
						} satisfies ColDef<ReferralLine>,
					]),
		],
		[t, words, root, search.bed, search.show, format, isWall],
	);
	const place =
		at === null ? t("referral.seatOf", { area: selected.name }) : search.at;
	const notices = () => {
		if (error && !lines) return <PanelFailure error={error} again={again} />;
		if (!lines || !found) return <PanelNotice>{t("app.loading")}</PanelNotice>;
		if (!view.isAsked) return <PanelNotice>{t("referral.choose")}</PanelNotice>;
		const { free, full, unknown } = found.counts;
		if (free + full + unknown + found.withoutPlace === 0)
			return (
				<PanelNotice>
					{t(follows ? "follow.facilities" : "referral.noHospitals")}
				</PanelNotice>
			);
		return lines.length === 0 ? (
			<PanelNotice>
				{t("referral.nothing", { day: format.day(day) })}
			</PanelNotice>
		) : null;
	};
	const instead = notices();
	const chosen = lines?.find(
		({ facility }) => String(facility) === search.facility,
	);
	return (
		<Panel
			title={t(search.show === "free" ? "referral.title" : "referral.titleAll")}
			subtitle={`${t(`referral.beds.${search.bed}`)} · ${t("referral.from", { place, day: format.day(day) })}`}
			testId="referral-panel"
			pin={{
				kind: "referral",
				what: `${t(`referral.beds.${search.bed}`)}, ${place}`,
			}}
			className={styles.list ?? ""}
			tools={
				found &&
				view.isAsked && (
					<span role="status" data-testid="referral-counts">
						{t("referral.counts", {
							free: format.number(found.counts.free),
							full: format.number(found.counts.full),
							unknown: format.number(found.counts.unknown),
						})}
						{lines &&
							lines.length > 0 &&
							` · ${t("referral.shown", { shown: format.number(lines.length) })}`}
					</span>
				)
			}
		>
			{!isWall && (
				<div className={styles.tools}>
					<TableFilter
						value={filter}
						change={setFilter}
						testId="referral-filter"
						label={t("referral.filter")}
					/>
					<Button
						variant="default"
						size="xs"
						leftSection={<Printer size="1em" aria-hidden />}
						disabled={!lines || lines.length === 0}
						data-testid="referral-print"
						onClick={() => void printWindow()}
					>
						{t("referral.print")}
					</Button>
					<TableExport
						table={{ title: t("referral.title"), ...table }}
						save={save}
						testId="referral-export"
						disabled={!lines || lines.length === 0}
					/>
				</div>
			)}
			{notice}
			{error && lines && <PanelFailure error={error} again={again} />}
			{instead ?? (
				<div className={grids.grid} data-testid="referral-list">
					<AgGridReact<ReferralLine>
						key={grid.key}
						{...grid.inOrder}
						theme={GRID_THEME}
						rowData={lines ?? []}
						columnDefs={columns}
						defaultColDef={{ sortable: true, resizable: true }}
						getRowId={({ data }) => String(data.facility)}
						localeText={gridTexts(language)}
						quickFilterText={filter}
						rowSelection={{
							mode: "singleRow",
							checkboxes: false,
							enableClickSelection: true,
						}}
						onRowSelected={({ node, data }) => {
							if (node.isSelected() && data)
								change({ facility: String(data.facility) });
						}}
						enableCellTextSelection
						ensureDomOrder
						animateRows={false}
						tooltipShowDelay={400}
					/>
				</div>
			)}
			{chosen && (
				<p className={styles.foot} data-testid="referral-chosen">
					<b>{chosen.hospital.name}</b> · {words.state(chosen)} ·{" "}
					{words.free(chosen)} · {words.age(chosen)}{" "}
					{!isWall && (
						<Button
							size="compact-xs"
							variant="default"
							data-testid="referral-open"
							onClick={() => openFacility(chosen.hospital, view.areas)}
						>
							{t("facilityExplain.open")}
						</Button>
					)}
				</p>
			)}
			<p className={styles.foot} data-testid="referral-foot">
				{t("referral.distance")} {t("referral.call")}
				{found &&
					found.withoutPlace > 0 &&
					` ${t("referral.withoutPlace", {
						hospitals: format.number(found.withoutPlace),
					})}`}
			</p>
			{printing && lines && <Printed lines={lines} />}
		</Panel>
	);
}

function Printed({ lines }: { lines: readonly ReferralLine[] }) {
	const { t } = useLanguage();
	const words = useReferralWords();
	return (
		<table className={styles.printed} data-testid="printed-referral">
			<thead>
				<tr>
					{(
						[
							"km",
							"name",
							"class",
							"referral",
							"area",
							"state",
							"free",
							"age",
						] as const
					).map((column) => (
						<th key={column} scope="col">
							{t(`referral.column.${column}`)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{lines.map((line) => (
					<tr key={line.facility}>
						<td>{words.km(line)}</td>
						<td>{line.hospital.name}</td>
						<td>{line.hospital.class ?? "–"}</td>
						<td>{line.hospital.referral ? t("referral.yes") : "–"}</td>
						<td>{line.place?.name ?? "–"}</td>
						<td>{words.state(line)}</td>
						<td>{words.free(line)}</td>
						<td>{words.age(line)}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

const text = (value: string | null): CsvCell => ({ value, kind: "text" });
const number = (value: number | null): CsvCell => ({ value, kind: "number" });

/** The list as a table of all that is known of it. */
function useReferralTable({
	selected,
	search,
	lines,
	day,
	asKnown,
}: ReferralView) {
	const { t } = useLanguage();
	const words = useReferralWords();
	const exported = useExport({
		part: `rujukan-${search.bed}`,
		area: selected,
		indicator: "beds",
		day,
		asKnown,
	});
	return {
		name: exported.name,
		heads: [
			...(
				[
					"km",
					"code",
					"name",
					"class",
					"referral",
					"area",
					"lat",
					"lng",
					"state",
					"free",
					"of",
					"queue",
					"reported",
					"age",
				] as const
			).map((column) => t(`referral.column.${column}`)),
			...exported.heads,
		],
		rows: (): CsvCell[][] =>
			(lines ?? []).map((line) => [
				number(line.km),
				{ value: line.hospital.code, kind: "code" },
				text(line.hospital.name),
				text(line.hospital.class),
				text(line.hospital.referral ? t("referral.yes") : null),
				text(line.place?.name ?? null),
				number(line.hospital.lat),
				number(line.hospital.lng),
				text(words.state(line)),
				number(line.free),
				number(line.of),
				number(line.queue),
				text(line.day === null ? null : isoFromDay(line.day)),
				number(line.age),
				...exported.row(
					day,
					line.source && { source: line.source, sum: false },
				),
			]),
	};
}
