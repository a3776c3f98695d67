import { Button, Loader, Select, TextInput } from "@mantine/core";
import type { ColDef, ICellRendererParams } from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { mayAs } from "../../../core/access/person.ts";
import { AUDITORS } from "../../../core/api/audit.ts";
import { NATION } from "../../../core/areas/codes.ts";
import { dayInWib, isoFromDay } from "../../../core/series/day.ts";
import { addTexts } from "../../i18n/add-texts.ts";
import { auditEn } from "../../i18n/audit-en.ts";
import { auditId } from "../../i18n/audit-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import {
	DECISIONS,
	decisionWords,
} from "../../parts/decision/decision-words.tsx";
import { UndoButton } from "../../parts/decision/undo-button.tsx";
import grids from "../../parts/table/grid.module.css";
import { useGridAnew } from "../../parts/table/grid-anew.ts";
import { gridTexts } from "../../parts/table/grid-texts.ts";
import { GRID_THEME } from "../../parts/table/grid-theme.ts";
import { Panel, PanelNotice, Space } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useSave } from "../../parts/ui/save.tsx";
import { useAreasFor } from "../../state/area-index.ts";
import { BackendError } from "../../state/ask.ts";
import { useConnection } from "../../state/connection.ts";
import { useSearch } from "../../state/search.ts";
import { useSession } from "../../state/session.ts";
import {
	type AuditLine,
	auditCsv,
	auditLines,
	filtered,
} from "./audit-lines.ts";
import styles from "./jejak-audit.module.css";
import { auditSearch } from "./search.ts";
import { useTrail } from "./trail.ts";
import { withStanding } from "./trail-words.ts";

addTexts("audit", { id: auditId, en: auditEn });

/** Who changed what, when and why, and the way back. */
export default function JejakAudit() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	const person = session?.person ?? null;
	if (session && (!person || !mayAs(person, AUDITORS)))
		return (
			<main className={styles.main}>
				<Panel title={t("audit.title")} testId="audit-panel">
					<PanelNotice>{t("audit.notAllowed")}</PanelNotice>
				</Panel>
			</main>
		);
	return (
		<main className={styles.main}>
			<AuditPanel />
		</main>
	);
}

/** A name that a link asks for and nobody in the trail has is there to be seen, and taken off. */
function offered(people: readonly string[], asked: string): string[] {
	return asked === "" || people.includes(asked)
		? [...people]
		: [asked, ...people];
}

function AuditPanel() {
	const { t, format, language } = useLanguage();
	const grid = useGridAnew();
	const { data: session } = useSession();
	const dataset = useConnection(({ state }) => state?.dataset ?? null);
	const person = session?.person ?? null;
	const { data, error, isFetching, refetch } = useTrail(
		person,
		dataset?.epoch ?? "",
	);
	const areas = useAreasFor(
		useMemo(
			() =>
				(data?.rows ?? []).flatMap((row) => JSON.parse(row.areas) as string[]),
			[data],
		),
	);
	const { save, notice } = useSave();
	const [filter, change] = useSearch(auditSearch);
	const lines = useMemo(
		() =>
			auditLines(
				data?.rows ?? [],
				withStanding(decisionWords(t, format, areas), t, format),
				(code) => areas?.byCode(code)?.name ?? "",
			),
		[data, t, format, areas],
	);
	const shown = useMemo(() => filtered(lines, filter), [lines, filter]);
	const people = useMemo(
		() => [...new Set(lines.map((line) => line.person))].sort(),
		[lines],
	);
	const root = useRootSize();
	const columns = useMemo(
		(): ColDef<AuditLine>[] => [
			{
				field: "number",
				headerName: t("audit.number"),
				minWidth: root * 4.4,
				flex: 0.4,
			},
			{
				field: "at",
				headerName: t("audit.when"),
				minWidth: root * 10.5,
				flex: 1.1,
				valueFormatter: ({ value }) => format.time(value as number),
			},
			{
				field: "person",
				headerName: t("audit.who"),
				minWidth: root * 6.5,
				flex: 1,
			},
			{
				field: "command",
				headerName: t("audit.what"),
				minWidth: root * 8,
				flex: 1,
			},
			{
				field: "subject",
				headerName: t("audit.subject"),
				minWidth: root * 12,
				flex: 2,
			},
			{
				field: "before",
				headerName: t("audit.before"),
				minWidth: root * 5.5,
				flex: 0.8,
			},
			{
				field: "after",
				headerName: t("audit.after"),
				minWidth: root * 5.5,
				flex: 0.8,
			},
			{
				field: "reason",
				headerName: t("audit.why"),
				minWidth: root * 9,
				flex: 1.6,
			},
			{
				colId: "undo",
				headerName: t("decision.undo"),
				minWidth: root * 8,
				flex: 0.8,
				sortable: false,
				cellRenderer: ({ data: line }: ICellRendererParams<AuditLine>) =>
					line?.undoable ? <UndoButton audit={line.number} /> : null,
			},
		],
		[t, format, root],
	);
	const away = error instanceof BackendError && error.code === "hub-away";
	const gone = error instanceof BackendError && error.code === "no-person";
	const failed = error && (
		<PanelFailure error={error} again={refetch}>
			{away ? t("audit.hubAway") : gone ? t("audit.signIn") : undefined}
		</PanelFailure>
	);
	return (
		<Panel
			title={t("audit.title")}
			subtitle={
				person && person.scope !== NATION
					? t("audit.ownOnly", {
							area: areas?.byCode(person.scope)?.name ?? person.scope,
						})
					: t("audit.subtitle")
			}
			testId="audit-panel"
			className={styles.panel}
			tools={
				<span data-testid="audit-count" role="status">
					{isFetching && <Loader size="xs" />}{" "}
					{t("audit.count", {
						shown: format.number(shown.length),
						of: format.number(lines.length),
					})}
				</span>
			}
		>
			<div className={styles.tools}>
				<Select
					size="xs"
					aria-label={t("audit.who")}
					placeholder={t("audit.anyone")}
					data={offered(people, filter.who)}
					value={filter.who || null}
					clearable
					searchable
					data-testid="audit-person"
					onChange={(value) => change({ who: value ?? "" })}
				/>
				<Select
					size="xs"
					aria-label={t("audit.what")}
					placeholder={t("audit.anything")}
					data={DECISIONS.map((name) => ({
						value: name,
						label: t(`decision.command.${name}`),
					}))}
					value={filter.what || null}
					clearable
					data-testid="audit-command"
					onChange={(value) => change({ what: value ?? "" })}
				/>
				<TextInput
					size="xs"
					aria-label={t("audit.area")}
					placeholder={t("audit.area")}
					value={filter.place}
					data-testid="audit-area"
					onChange={(event) => change({ place: event.currentTarget.value })}
				/>
				<TextInput
					size="xs"
					aria-label={t("audit.text")}
					placeholder={t("audit.text")}
					value={filter.text}
					data-testid="audit-text"
					aria-keyshortcuts="/"
					onChange={(event) => change({ text: event.currentTarget.value })}
				/>
				<Space />
				<Button
					size="xs"
					variant="default"
					leftSection={<Download size="1em" aria-hidden />}
					disabled={shown.length === 0}
					data-testid="audit-export"
					onClick={() =>
						save(
							`${dataset?.exercise ? "LATIHAN_" : ""}blc-jejak-audit_${isoFromDay(dayInWib(Date.now()))}.csv`,
							() =>
								auditCsv(
									shown,
									[
										t("audit.number"),
										t("audit.when"),
										t("audit.who"),
										t("audit.what"),
										t("audit.subject"),
										t("audit.before"),
										t("audit.after"),
										t("audit.why"),
										t("audit.area"),
									],
									(at) => format.time(at),
								),
							"text/csv;charset=utf-8",
						)
					}
				>
					{t("table.export")}
				</Button>
			</div>
			{notice}
			{failed && lines.length > 0 && <div className={styles.old}>{failed}</div>}
			{failed && lines.length === 0 ? (
				failed
			) : data?.whole && lines.length === 0 ? (
				<PanelNotice>{t("audit.empty")}</PanelNotice>
			) : (
				<div className={grids.grid} data-testid="audit-table">
					<AgGridReact<AuditLine>
						key={grid.key}
						{...grid.inOrder}
						theme={GRID_THEME}
						rowData={shown}
						columnDefs={columns}
						defaultColDef={{
							sortable: true,
							resizable: true,
							// A reason is read whole.
							wrapText: true,
							autoHeight: true,
							cellClass: styles.wraps,
							tooltipValueGetter: ({ valueFormatted, value }) =>
								valueFormatted ?? value,
						}}
						getRowId={({ data: line }) => String(line.number)}
						localeText={gridTexts(language)}
						loading={!data}
						enableCellTextSelection
						ensureDomOrder
						animateRows={false}
						tooltipShowDelay={400}
					/>
				</div>
			)}
		</Panel>
	);
}
