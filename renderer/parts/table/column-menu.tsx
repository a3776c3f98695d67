import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { Columns3, RotateCcw } from "lucide-react";
import { useLanguage } from "../../i18n/use-language.ts";

/** Which columns of a table are there; their order and widths are drawn in the table itself. */
export function ColumnMenu({
	columns,
	show,
	restore,
}: {
	columns: readonly { name: string; head: string; shown: boolean }[];
	show: (name: string, shown: boolean) => void;
	/** Undefined where the table is as it first was. */
	restore: (() => void) | undefined;
}) {
	const { t } = useLanguage();
	return (
		<Menu position="bottom-end" closeOnItemClick={false}>
			<Menu.Target>
				<Tooltip label={t("table.columns")}>
					<ActionIcon
						variant="default"
						aria-label={t("table.columns")}
						data-testid="table-columns"
					>
						<Columns3 size="1em" />
					</ActionIcon>
				</Tooltip>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{t("table.columnsHelp")}</Menu.Label>
				{columns.map(({ name, head, shown }) => (
					<Menu.CheckboxItem
						key={name}
						checked={shown}
						// Rows without the name of their area say nothing.
						disabled={name === "name"}
						data-testid={`table-column-${name}`}
						onChange={(now) => show(name, now)}
					>
						{head}
					</Menu.CheckboxItem>
				))}
				<Menu.Divider />
				<Menu.Item
					leftSection={<RotateCcw size="1em" aria-hidden />}
					disabled={!restore}
					data-testid="table-columns-standard"
					onClick={restore}
				>
					{t("table.columnsStandard")}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
