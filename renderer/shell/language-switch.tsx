import { SegmentedControl } from "@mantine/core";
import i18next from "i18next";
import { useEffect } from "react";
import type { Language } from "../i18n/language.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useView } from "../state/view-state.ts";

export function LanguageSwitch() {
	const { t } = useLanguage();
	const language = useView((view) => view.language);
	const change = useView((view) => view.change);
	useEffect(() => {
		void i18next.changeLanguage(language);
		document.documentElement.lang = language;
	}, [language]);
	return (
		<SegmentedControl
			size="xs"
			aria-label={t("app.language")}
			data-testid="language"
			value={language}
			onChange={(value) => change({ language: value as Language })}
			data={[
				{ value: "id", label: "ID" },
				{ value: "en", label: "EN" },
			]}
		/>
	);
}
