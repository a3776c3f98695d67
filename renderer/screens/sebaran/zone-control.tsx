import { Switch } from "@mantine/core";
import { addTexts } from "../../i18n/add-texts.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { zonesEn } from "../../i18n/zones-en.ts";
import { zonesId } from "../../i18n/zones-id.ts";
import type { Choice } from "./use-choice.ts";

// Whatever else tells of zones lies on the map that this stands on.
addTexts("zones", { id: zonesId, en: zonesEn });

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
