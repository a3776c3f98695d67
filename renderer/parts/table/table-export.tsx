import { Button, Menu } from "@mantine/core";
import { Download } from "lucide-react";
import { useLanguage } from "../../i18n/use-language.ts";
import { type CsvCell, csvTable, type ExportEnding } from "../ui/csv.ts";
import { CsvItems } from "../ui/csv-items.tsx";
import type { useSave } from "../ui/save.tsx";
import { workbookOf } from "../ui/workbook.ts";

/** A table as it leaves: its heads, its rows as they stand when it is saved, and what its file is called. */
interface ExportedTable {
	readonly title: string;
	readonly name: (ending: ExportEnding) => string;
	readonly heads: readonly string[];
	readonly rows: () => readonly (readonly CsvCell[])[];
}

/** The menu from which a table is saved: as text in either form, and as a workbook. */
export function TableExport({
	table: { title, name, heads, rows },
	save,
	testId,
	disabled = false,
}: {
	table: ExportedTable;
	save: ReturnType<typeof useSave>["save"];
	testId: string;
	disabled?: boolean;
}) {
	const { t } = useLanguage();
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button
					variant="default"
					size="xs"
					leftSection={<Download size="1em" aria-hidden />}
					disabled={disabled}
					data-testid={testId}
				>
					{t("table.exportMenu")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<CsvItems
					save={(form) =>
						save(
							name("csv"),
							() => csvTable(heads, rows(), form),
							"text/csv;charset=utf-8",
						)
					}
				/>
				<Menu.Item
					onClick={() =>
						void save(
							name("xlsx"),
							() => workbookOf(title, heads, rows()),
							"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
						)
					}
				>
					{t("table.exportWorkbook")}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
