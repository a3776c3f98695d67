import { SegmentedControl } from "@mantine/core";
import type { Language } from "../i18n/language.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useChooseLanguage } from "../state/settings.ts";
import { useView } from "../state/view-state.ts";

export function LanguageSwitch() {
	const { t } = useLanguage();
	const language = useView((view) => view.language);
	const choose = useChooseLanguage();
	return (
		<SegmentedControl
			size="xs"
			aria-label={t("app.language")}
			data-testid="language"
			value={language}
			// Where nobody may choose for the next time (before signing in, on a wall), it holds for this window.
			onChange={(value) => void choose(value as Language).catch(() => {})}
			data={[
				{ value: "id", label: "ID" },
				{ value: "en", label: "EN" },
			]}
		/>
	);
}
