import { Switch } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Choice } from "./use-choice.ts";

/** Whether the map shows official zones in the place of figures. */
export function ZoneSwitch({
	choice: { search, changeSearch },
}: {
	choice: Choice;
}) {
	const { t } = useLanguage();
	return (
		<Switch
			size="xs"
			label={t("zones.switch")}
			title={t("zones.title")}
			data-testid="zone-switch"
			checked={search.zones ?? false}
			onChange={({ currentTarget }) =>
				changeSearch({ zones: currentTarget.checked, cell: null, zone: "" })
			}
		/>
	);
}
