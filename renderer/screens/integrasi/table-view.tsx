import { Alert, Button, FileButton, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ColDef } from "ag-grid-community";
import { Upload } from "lucide-react";
import { useMemo, useState } from "react";
import {
	type GivenTable,
	GivenTables,
	LARGEST_TABLE,
} from "../../../core/api/tables.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { keyOf } from "../../state/answer-key.ts";
import { useAnswer } from "../../state/answers.ts";
import { BackendError } from "../../state/ask.ts";
import { leave } from "../../state/drafts.ts";
import { useSearch } from "../../state/search.ts";
import { DeskGrid } from "./desk-grid.tsx";
import { giveTable, TooLarge } from "./given-file.ts";
import styles from "./integrasi.module.css";
import { MappingPanel } from "./mapping-panel.tsx";
import { integrationSearch } from "./search.ts";
import type { ViewProps } from "./view-props.ts";

const MEGABYTE = 1024 * 1024;

/** What became of a table, in one word. */
function stateOf({ taken }: GivenTable) {
	if (!taken) return "new";
	if (taken.withdrawn) return "withdrawn";
	if (taken.held.length > 0) return "held";
	if (taken.accepted === 0)
		return taken.quarantined > 0 ? "quarantined" : "empty";
	return taken.quarantined > 0 ? "part" : "taken";
}

/** Tables that were given, and what their columns mean. */
export default function TableView(_: ViewProps) {
	const { t, format } = useLanguage();
	const root = useRootSize();
	const queries = useQueryClient();
	const [{ table }, change] = useSearch(integrationSearch);
	const query = useAnswer(GivenTables, {}, { keepLast: true });
	const [giving, setGiving] = useState(false);
	const [refused, setRefused] = useState<string | null>(null);
	const chosen = query.data?.find((one) => String(one.table) === table);
	const give = async (file: File | null) => {
		if (!file) return;
		setGiving(true);
		setRefused(null);
		try {
			const number = await giveTable(file);
			const list = { queryKey: keyOf(GivenTables, {}) };
			// A first answer on its way may have been read before: it would be waited for, and be taken for the new one.
			await queries.cancelQueries(list);
			await queries.invalidateQueries(list);
			leave(() => change({ table: String(number) }));
		} catch (error) {
			setRefused(
				error instanceof TooLarge
					? t("integration.tables.tooLarge", {
							name: file.name,
							size: format.number(Math.ceil(error.bytes / MEGABYTE)),
							most: format.number(LARGEST_TABLE / MEGABYTE),
						})
					: t("integration.tables.failed", {
							name: file.name,
							why: (error as Error).message,
						}),
			);
		}
		setGiving(false);
	};
	const columns = useMemo(
		(): ColDef<GivenTable>[] => [
			{
				field: "name",
				headerName: t("integration.tables.name"),
				flex: 2,
				minWidth: root * 8,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
			},
			{
				colId: "state",
				headerName: t("integration.tables.state"),
				flex: 1.2,
				minWidth: root * 7,
				wrapText: true,
				autoHeight: true,
				cellClass: ({ data }) => [
					styles.wraps ?? "",
					(data && stateOf(data) === "held" ? styles.part : "") ?? "",
				],
				valueGetter: ({ data }) =>
					data && t(`integration.tables.states.${stateOf(data)}`),
			},
			{
				colId: "lines",
				headerName: t("integration.tables.lines"),
				type: "rightAligned",
				width: root * 7,
				sortable: false,
				valueGetter: ({ data }) =>
					data?.taken
						? `${format.number(data.taken.accepted)} / ${format.number(data.taken.quarantined)}`
						: "–",
			},
			{
				field: "at",
				headerName: t("integration.tables.at"),
				minWidth: root * 8,
				flex: 1,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
				valueFormatter: ({ value }) => format.time(value as number),
			},
			{
				field: "person",
				headerName: t("integration.tables.person"),
				minWidth: root * 5,
				flex: 0.8,
				wrapText: true,
				autoHeight: true,
				cellClass: styles.wraps,
			},
		],
		[t, format, root],
	);
	const away =
		query.error instanceof BackendError && query.error.code === "hub-away";
	return (
		<div className={styles.tables}>
			<Panel
				title={t("integration.tables.title", {
					shown: query.data ? format.number(query.data.length) : "…",
				})}
				testId="tables-panel"
				tools={
					<FileButton
						accept=".csv,.tsv,.txt,.xlsx"
						onChange={(file) => void give(file)}
					>
						{(props) => (
							<Button
								{...props}
								size="xs"
								leftSection={
									giving ? (
										<Loader size="xs" />
									) : (
										<Upload size="1em" aria-hidden />
									)
								}
								disabled={giving}
								data-testid="give-table"
							>
								{t(
									giving
										? "integration.tables.giving"
										: "integration.tables.give",
								)}
							</Button>
						)}
					</FileButton>
				}
			>
				{refused && (
					<Alert color="red" role="alert" data-testid="table-refused">
						{refused}
					</Alert>
				)}
				{query.error && !query.data ? (
					<PanelFailure error={query.error} again={query.refetch}>
						{away ? t("integration.hubAway") : undefined}
					</PanelFailure>
				) : !query.data ? (
					<PanelNotice>{t("app.loading")}</PanelNotice>
				) : query.data.length === 0 ? (
					<PanelNotice>{t("integration.tables.none")}</PanelNotice>
				) : (
					<DeskGrid
						rows={query.data}
						columns={columns}
						idOf={({ table: one }) => String(one)}
						chosen={{ id: table, className: styles.chosen }}
						open={({ table: one }) =>
							leave(() => change({ table: String(one) }))
						}
						testId="tables-table"
					/>
				)}
			</Panel>
			{chosen ? (
				<MappingPanel key={chosen.table} given={chosen} />
			) : (
				<Panel title={t("integration.view.tabel")} testId="mapping-panel">
					<PanelNotice>{t("integration.map.choose")}</PanelNotice>
				</Panel>
			)}
		</div>
	);
}
