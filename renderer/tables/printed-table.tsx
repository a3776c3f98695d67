import { Table } from "@mantine/core";
import { useLanguage } from "../i18n/use-language.ts";
import { MarkChips } from "../ui/mark-list.tsx";
import type { AreaTableRow } from "./area-rows.ts";

/** The table of areas on paper: all rows, largest first. */
export function PrintedTable({
	rows,
	stock,
}: {
	rows: readonly AreaTableRow[];
	stock: boolean;
}) {
	const { t, format } = useLanguage();
	const columns = stock
		? (["total", "change7", "per100k"] as const)
		: (["total", "new7", "per100k", "new7per100k"] as const);
	const sorted = [...rows].sort((a, b) => (b.total ?? -1) - (a.total ?? -1));
	return (
		<Table>
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{t("table.area")}</Table.Th>
					<Table.Th>{t("table.code")}</Table.Th>
					{columns.map((column) => (
						<Table.Th key={column} className="number">
							{t(`table.${column}`)}
						</Table.Th>
					))}
					<Table.Th>{t("table.marks")}</Table.Th>
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{sorted.map((row) => (
					<Table.Tr key={row.id}>
						<Table.Td>{row.name}</Table.Td>
						<Table.Td>{row.code}</Table.Td>
						{columns.map((column) => (
							<Table.Td key={column} className="number">
								{row[column] === null
									? t("value.notReported")
									: format.number(row[column])}
							</Table.Td>
						))}
						<Table.Td>
							<MarkChips marks={row.marks} />
						</Table.Td>
					</Table.Tr>
				))}
			</Table.Tbody>
		</Table>
	);
}
