import { Table } from "@mantine/core";
import type { Measure } from "../../../core/series/measure.ts";
import { isRate } from "../../../core/series/measure.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ESTIMATED } from "../ui/estimated-people.ts";
import { MarkChips } from "../ui/mark-list.tsx";
import type { AreaTableRow } from "./area-rows.ts";
import { figureText } from "./figure-columns.ts";
import styles from "./printed-table.module.css";
import type { TableOrder } from "./table-order.ts";

/**
 * The table of areas on paper: every row that the person's filter leaves, in the person's order, over as many sheets as it takes, each
 * with the head of the table. What is left out is said before the first row: paper cannot be asked.
 */
export function PrintedTable({
	rows,
	of,
	order,
	columns,
	caption,
}: {
	rows: readonly AreaTableRow[];
	/** How many rows there are without the filter. */
	of: number;
	order: TableOrder;
	columns: readonly Measure[];
	/** What the sheet shows: it may be taken from the others. */
	caption: string;
}) {
	const { t, format } = useLanguage();
	const named = (column: string) => t(`table.${column as Measure}`);
	const left = of - rows.length;
	const filters = [
		...(order.search ? [`“${order.search}”`] : []),
		...order.filters.map(({ column, words }) => `${headOf(column)} ${words}`),
	];
	function headOf(column: string): string {
		return column === "name"
			? t("table.area")
			: column === "code"
				? t("table.code")
				: named(column);
	}
	return (
		<div className={styles.printed} data-testid="printed-table">
			<p>
				{left === 0
					? t("print.all", { count: of })
					: t("print.part", { count: rows.length, of, left })}
				{filters.length > 0 &&
					` ${t("print.filter", { filter: filters.join("; ") })}`}
				{order.sorted.length > 0 &&
					` ${t("print.sorted", {
						columns: order.sorted
							.map(
								({ column, descending }) =>
									`${headOf(column)} ${descending ? "↓" : "↑"}`,
							)
							.join(", "),
					})}`}
			</p>
			<Table>
				<Table.Thead>
					<Table.Tr>
						<Table.Th colSpan={columns.length + 3}>{caption}</Table.Th>
					</Table.Tr>
					<Table.Tr>
						<Table.Th>{t("table.area")}</Table.Th>
						<Table.Th>{t("table.code")}</Table.Th>
						{columns.map((column) => (
							<Table.Th key={column} className="number">
								{named(column)}
							</Table.Th>
						))}
						<Table.Th>{t("table.marks")}</Table.Th>
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{rows.map((row) => (
						<Table.Tr key={row.id}>
							<Table.Td>{row.name}</Table.Td>
							<Table.Td>{row.code}</Table.Td>
							{columns.map((column) => (
								<Table.Td key={column} className="number">
									{row[column] === null
										? column === "total"
											? t(
													row.notYetKnown
														? "value.notYetKnown"
														: "value.notReported",
												)
											: "–"
										: `${row.estimatedPeople && isRate(column) ? ESTIMATED : ""}${figureText(format, column, row[column], rows)}`}
								</Table.Td>
							))}
							<Table.Td>
								<MarkChips marks={row.marks} sourceChange={row.sourceChange} />
							</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</div>
	);
}
