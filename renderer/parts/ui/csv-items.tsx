import { Menu } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import { type CsvForm, EXCEL, PLAIN } from "./csv.ts";

/** The two forms in which figures leave as text, in the menu of a panel. */
export function CsvItems({ save }: { save: (form: CsvForm) => Promise<void> }) {
	const { t } = useLanguage();
	return (
		<>
			<Menu.Item onClick={() => void save(EXCEL)}>
				{t("table.exportExcel")}
			</Menu.Item>
			<Menu.Item onClick={() => void save(PLAIN)}>
				{t("table.exportPlain")}
			</Menu.Item>
		</>
	);
}
